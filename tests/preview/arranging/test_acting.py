"""Arranging an issue in a real browser, with editor.md compared after: by pointer and by keys alone."""

from __future__ import annotations

import random
import time
from collections.abc import Iterator
from datetime import date
from typing import Any

import pytest

from digest.issue import editor
from digest.models import EditorNotes
from digest.workflow.gathering.collecting import collect
from digest.workflow.making.building import build
from digest.workflow.project import Project
from tests.conftest import Blog
from tests.preview.browsing import inside, opened
from tests.preview.conftest import ISSUE, gardeners, running

pytestmark = pytest.mark.browser


def url(name: str) -> str:
    return f"https://letter.example/{name}/"


@pytest.fixture
def arranged(tmp_path: Any) -> Blog:
    """Make a project with five posts in two sections, and one more that finds no room."""
    return gardeners(tmp_path / "garden")


@pytest.fixture
def page(browser: Any, arranged: Blog) -> Iterator[Any]:
    """Open the page on it."""
    context = browser.new_context(viewport={"width": 1280, "height": 900})
    with running(Project(arranged.root)) as visitor, context as made:
        yield opened(made, visitor.preview)


def notes(blog: Blog) -> EditorNotes:
    return editor.parse(text_of(blog))


def text_of(blog: Blog) -> str:
    return (blog.issue(ISSUE) / "editor.md").read_text()


def item(page: Any, title: str) -> Any:
    return page.locator("#panel li[data-id]", has_text=title).first


def titles(page: Any) -> list[str]:
    return [str(name) for name in page.locator("#panel .held .name").all_inner_texts()]


def held(page: Any, title: str) -> Any:
    """Return the name of a post that the issue holds."""
    return page.locator("#panel .held .name", has_text=title)


def settled(page: Any, first: str) -> None:
    """Wait until the issue was built and the panel tells the new order."""
    page.locator("#panel .held .name").first.filter(has_text=first).wait_for()


def handle(page: Any, title: str) -> Any:
    return item(page, title).locator(".handle")


def drag(page: Any, title: str, onto: str, *, below: bool = False) -> None:
    """Drag a post by its handle to the upper or lower part of another."""
    start = handle(page, title).bounding_box()
    target = item(page, onto).bounding_box()
    page.mouse.move(start["x"] + 10, start["y"] + 10)
    page.mouse.down()
    y = target["y"] + (target["height"] - 4 if below else 4)
    page.mouse.move(target["x"] + 60, (start["y"] + y) / 2, steps=4)
    page.mouse.move(target["x"] + 60, y, steps=4)
    page.wait_for_timeout(50)  # a frame or two


def written(page: Any) -> None:
    page.locator("#undo:not([disabled])").wait_for()


def test_a_drag_writes_the_order_and_the_page_follows(page: Any, arranged: Blog) -> None:
    """The list is what was drawn, in editor.md and in the email; comments stay."""
    before = text_of(arranged)
    drag(page, "Counting the swifts", "An owl at noon")
    assert titles(page)[1:3] == ["Counting the swifts", "An owl at noon"]
    page.mouse.up()
    written(page)
    assert notes(arranged).order == (url("two"), url("one"), url("five"))
    assert notes(arranged).pin == ()
    assert set(before.splitlines()) <= set(text_of(arranged).splitlines())
    page.locator("#panel .held .why b >> text=ordered").wait_for(state="detached")
    assert titles(page)[0] == "Learning by doing"
    assert titles(page)[1:3] == ["Counting the swifts", "An owl at noon"]


def test_decision_and_bytes_move_while_dragging(page: Any, arranged: Blog) -> None:
    """Nothing is written until the post is let go; Escape takes it back."""
    before, total = text_of(arranged), page.locator("#bar .of-html").inner_text()
    drag(page, "Gutters", "Slates and sparrows")
    assert item(page, "Gutters").locator(".why b").inner_text() == "pinned"
    assert "about" in page.locator("#bar .of-html").inner_text()
    page.keyboard.press("Escape")
    page.mouse.up()
    page.locator("#panel .others .name >> text=Gutters").wait_for()
    page.locator(f"#bar .of-html >> text={total.strip().split()[0]}").wait_for()
    assert text_of(arranged) == before


def test_a_post_that_found_no_room_is_dragged_in(page: Any, arranged: Blog) -> None:
    drag(page, "Gutters", "Slates and sparrows")
    page.mouse.up()
    held(page, "Gutters").wait_for()
    written(page)
    assert notes(arranged).pin == (url("two"), url("six"))
    assert notes(arranged).sections == {url("six"): "Roofs"}


def test_who_drags_away_from_the_panels_edge_is_not_scrolled_towards_it(page: Any) -> None:
    """Only who goes on towards the edge wants to see what lies behind it."""
    page.set_viewport_size({"width": 1280, "height": 500})
    panel = page.locator("#panel")
    handle(page, "Counting the swifts").evaluate("handle => handle.scrollIntoView({block: 'end'})")
    page.wait_for_function("() => document.getElementById('panel').scrollTop > 0")
    top = panel.evaluate("panel => panel.scrollTop")
    start = handle(page, "Counting the swifts").bounding_box()
    page.mouse.move(start["x"] + 10, start["y"] + 14)
    page.mouse.down()
    page.mouse.move(start["x"] + 10, start["y"] + 8, steps=3)
    for _ in range(4):
        page.evaluate("() => new Promise(requestAnimationFrame)")
    assert panel.evaluate("panel => panel.scrollTop") <= top
    page.mouse.move(start["x"] + 10, start["y"] + 12, steps=2)
    page.wait_for_function("top => document.getElementById('panel').scrollTop > top", arg=top)
    page.keyboard.press("Escape")
    page.mouse.up()


def test_to_feature_a_post_it_is_dragged_to_the_top(page: Any, arranged: Blog) -> None:
    drag(page, "A roof of moss", "Learning by doing")
    page.mouse.up()
    written(page)
    assert notes(arranged).pin == (url("three"),)
    settled(page, "A roof of moss")
    assert titles(page)[1] == "Learning by doing"


def test_the_same_by_keyboard_alone(page: Any, arranged: Blog) -> None:
    """Space, arrows, Space; every step is said aloud, and the focus stays on the post."""
    handle(page, "Counting the swifts").focus()
    page.keyboard.press("Space")
    assert "is picked up" in page.locator("#said").inner_text()
    page.keyboard.press("ArrowUp")
    assert "number 1 in Birds" in page.locator("#said").inner_text()
    page.keyboard.press("Space")
    written(page)
    assert notes(arranged).order == (url("two"), url("one"), url("five"))
    page.locator("#panel li", has_text="Counting the swifts").locator(".handle:focus").wait_for()


def test_a_post_is_moved_to_another_section_by_keys(page: Any, arranged: Blog) -> None:
    handle(page, "Counting the swifts").focus()
    page.keyboard.press("Space")
    page.keyboard.press("ArrowDown")
    assert "in Roofs" in page.locator("#said").inner_text()
    page.keyboard.press("Enter")
    written(page)
    assert notes(arranged).sections == {url("one"): "Roofs"}


def test_what_was_picked_up_can_be_put_back(page: Any, arranged: Blog) -> None:
    before = text_of(arranged)
    seen = titles(page)
    handle(page, "Counting the swifts").focus()
    for key in ("Space", "ArrowUp", "ArrowUp", "Escape"):
        page.keyboard.press(key)
    page.locator("#panel .held li:not(.moving)").first.wait_for()
    assert titles(page) == seen
    assert text_of(arranged) == before


@pytest.mark.parametrize(("name", "key"), [("Pin", "pin"), ("Not now", "later"), ("Never", "drop")])
def test_a_button_says_it_in_editor_md(page: Any, arranged: Blog, name: str, key: str) -> None:
    one = item(page, "An owl at noon")
    one.locator("summary").click()
    one.get_by_role("button", name=name).click()
    written(page)
    assert url("five") in getattr(notes(arranged), key)


def test_what_was_left_out_can_be_taken_back(page: Any, arranged: Blog) -> None:
    fresh = text_of(arranged)
    one = item(page, "An owl at noon")
    one.locator("summary").click()
    one.get_by_role("button", name="Never").click()
    page.get_by_role("button", name="Take back: An owl at noon").click()
    held(page, "An owl at noon").wait_for()
    assert text_of(arranged) == fresh


def test_a_title_is_written_in_place(page: Any, arranged: Blog) -> None:
    """And taken back by leaving it empty."""
    one = item(page, "An owl at noon")
    one.locator("summary").click()
    one.get_by_role("textbox", name="Title").fill('The "owl": at noon # really')
    page.keyboard.press("Enter")
    page.locator('#panel .held .name >> text=The "owl": at noon # really').wait_for()
    assert notes(arranged).titles == {url("five"): 'The "owl": at noon # really'}
    page.locator("#panel details[open] >> label:has-text('Title') >> input").fill("")
    page.keyboard.press("Enter")
    page.locator("#panel .held .name >> text=An owl at noon").wait_for()
    assert notes(arranged).titles == {}


def test_the_letter_is_written_in_place(page: Any, arranged: Blog) -> None:
    page.keyboard.press("e")
    page.get_by_role("textbox", name="Introduction").fill("Dear *all*,\n\nit is {{ first_name }}.")
    page.get_by_role("button", name="Save Introduction").click()
    inside(page).wait_for_selector("text=Dear all")
    page.get_by_role("textbox", name="Subject").fill("Owls")
    page.keyboard.press("Enter")
    page.locator("h1 >> text=Owls").wait_for()
    assert notes(arranged).introduction == "Dear *all*,\n\nit is {{ first_name }}."
    assert notes(arranged).subject == "Owls"


def test_a_link_is_added(page: Any, arranged: Blog) -> None:
    page.locator("summary >> text=Add a link").click()
    form = page.locator("form[data-act=link]")
    form.get_by_role("textbox", name="Title").fill("A map of owls")
    form.get_by_label("Address").fill("https://owls.example/map")
    form.get_by_label("Section").select_option("Roofs")
    form.get_by_role("button").click()
    held(page, "A map of owls").wait_for()
    assert notes(arranged).links[0].section == "Roofs"
    inside(page).wait_for_selector("text=A map of owls")


def test_undo_and_redo_give_the_very_file_back(page: Any, arranged: Blog) -> None:
    fresh = text_of(arranged)
    one = item(page, "An owl at noon")
    one.locator("summary").click()
    one.get_by_role("button", name="Never").click()
    written(page)
    dropped = text_of(arranged)
    page.locator("#stage").focus()
    page.keyboard.press("z")
    page.locator("#redo:not([disabled])").wait_for()
    held(page, "An owl at noon").wait_for()
    assert text_of(arranged) == fresh
    for _ in range(40):  # a page that is shown anew at this moment hears no key
        page.keyboard.press("y")
        page.wait_for_timeout(250)
        if text_of(arranged) == dropped:
            break
    page.locator("#undo:not([disabled])").wait_for()
    assert text_of(arranged) == dropped


def test_a_busy_machine_never_takes_the_page_away(page: Any, arranged: Blog) -> None:
    """The frame comes back to its place by the history, in which the page itself has one, too."""
    home, dice = page.url, random.Random(2)

    def late(route: Any) -> None:
        time.sleep(dice.choice((0.6, 1.2, 0.0)))
        route.continue_()

    page.route("**/issue/**", late)
    one = item(page, "An owl at noon")
    one.locator("summary").click()
    one.get_by_role("button", name="Never").click()
    written(page)
    page.locator("#stage").focus()
    for key in "zyzyzyzyzy":
        page.keyboard.press(key)
        page.wait_for_timeout(dice.choice((700, 1200, 100)))
        assert page.url == home


# ---------------------------------------------------------------- several at once


def test_nothing_is_written_over_a_text_editor(page: Any, arranged: Blog) -> None:
    """Both files are shown; done again on top, both changes stand."""
    path = arranged.issue(ISSUE) / "editor.md"
    page.route("**/events*", lambda route: route.abort())  # the page has not heard of it yet
    page.reload()
    theirs = text_of(arranged) + "\nWritten in vi.\n"
    seen = page.evaluate("document.body.dataset.editor")
    path.write_text(theirs)
    page.evaluate("seen => { document.body.dataset.editor = seen }", seen)
    one = item(page, "An owl at noon")
    one.locator("summary").click()
    one.get_by_role("button", name="Never").click()
    page.locator("#conflict[open]").wait_for()
    assert page.locator("#theirs").input_value() == theirs
    assert f"- {url('five')}\n" in page.locator("#ours").input_value()
    assert page.evaluate("document.activeElement.id") == "keep-theirs"
    for field in ("theirs", "ours"):  # from where they differ, far below the beginning
        assert page.locator(f"#{field}").evaluate("field => field.scrollTop") > 0
    assert path.read_text() == theirs
    page.get_by_role("button", name="Do it again").click()
    written(page)
    assert notes(arranged).introduction == "Written in vi."
    assert notes(arranged).drop == (url("five"),)


def test_two_windows_see_each_other(browser: Any, arranged: Blog) -> None:
    """What one does the other shows; each may undo it."""
    with running(Project(arranged.root)) as visitor, browser.new_context() as context:
        one, two = opened(context, visitor.preview), opened(context, visitor.preview)
        for window in (one, two):
            window.set_viewport_size({"width": 1280, "height": 900})
        for window, title in ((one, "An owl at noon"), (two, "A roof of moss")):
            there = item(window, title)
            there.locator("summary").click()
            there.get_by_role("button", name="Never").click()
            for other in (one, two):
                other.get_by_role("button", name=f"Take back: {title}").wait_for()
        assert notes(arranged).drop == (url("five"), url("three"))


def test_what_is_being_written_is_not_taken_away(page: Any, arranged: Blog) -> None:
    """The issue may change under it."""
    page.keyboard.press("e")
    page.get_by_role("textbox", name="Introduction").fill("Half a sent")
    path = arranged.issue(ISSUE) / "editor.md"
    path.write_text(path.read_text().replace("---\n", "---\nsubject: From vi\n", 1))
    page.locator("h1 >> text=From vi").wait_for()
    assert page.get_by_role("textbox", name="Introduction").input_value() == "Half a sent"


def test_a_sealed_issue_cannot_be_arranged(browser: Any, arranged: Blog) -> None:
    (arranged.issue(ISSUE) / "approval.json").write_text("{}")
    with running(Project(arranged.root)) as visitor, browser.new_context() as context:
        page = opened(context, visitor.preview)
        page.set_viewport_size({"width": 1280, "height": 900})
        assert page.locator("#panel .handle, #panel details, #undo").count() == 0
        assert "sealed" in page.locator("#panel").inner_text()


KINDS = [
    # a title, its rule and field, and what the issue shows once it is refused
    ("Guest post: A roof of moss", "byline-label", "title", "Guest post: A roof of moss"),
    ("A roof of moss. By Ada Penhaligon", "byline-by", "authors", "By Ada Penhaligon"),
    ("Roofs of moss, part 2 of 3", "series-title", "series", "Roofs of moss, part 2 of 3"),
]


@pytest.mark.parametrize(("title", "rule", "field", "shown"), KINDS)
def test_a_fixup_is_refused_with_one_click(
    browser: Any, tmp_path: Any, title: str, rule: str, field: str, shown: str
) -> None:
    """What the source said stands in the issue again, by a line of editor.md, and not after all."""
    blog = Blog(tmp_path / "garden")
    blog.root.mkdir()
    blog.configure()
    blog.write("moss", title, "2026-10-06T09:00:00Z", body="Green. " * 20)
    project = Project(blog.root)
    collect(project)
    build(project, project.config.edition(), date(2026, 10, 11))
    with running(Project(blog.root)) as visitor, browser.new_context() as context:
        page = opened(context, visitor.preview)
        page.keyboard.press("f")
        name = f"{field} by {rule}"
        page.get_by_role("button", name=f"Keep what was: {name}").click()
        page.get_by_role("button", name=f"Do it after all: {name}").wait_for()
        inside(page).wait_for_selector(f"text={shown}")
        assert notes(blog).as_written == {url("moss"): rule}
        page.get_by_role("button", name=f"Do it after all: {name}").click()
        page.get_by_role("button", name=f"Keep what was: {name}").wait_for()
        assert notes(blog).as_written == {}


def test_a_change_of_a_sent_post_is_told_if_the_editor_says_so(
    browser: Any, arranged: Blog
) -> None:
    """Accepted below the issue's posts, and taken back there."""
    (arranged.issue(ISSUE) / "approval.json").write_text("{}")  # what readers have stays
    arranged.write("one", "Counting the swifts", "2026-10-05T09:00:00Z", "birds",
                   "Correction: it was nine. " + "About them. " * 30)  # fmt: skip
    arranged.write("seven", "Gulls", "2026-10-14T09:00:00Z", "birds", "About gulls. " * 12)
    project = Project(arranged.root)
    collect(project)
    later = build(project, project.config.edition(), date(2026, 10, 18))
    text = arranged.root / later.folder / "editor.md"
    with running(project) as visitor, browser.new_context() as context:
        page = opened(context, visitor.preview)
        page.set_viewport_size({"width": 1280, "height": 900})
        page.goto(f"{visitor.preview.origin}/?issue={later.issue}")
        page.get_by_role("button", name="Tell readers: Counting the swifts").click()
        page.get_by_role("button", name="Do not tell: Counting the swifts").wait_for()
        assert editor.parse(text.read_text()).updates == (url("one"),)
        page.get_by_role("button", name="Do not tell: Counting the swifts").click()
        page.get_by_role("button", name="Tell readers: Counting the swifts").wait_for()
        assert editor.parse(text.read_text()).updates == ()

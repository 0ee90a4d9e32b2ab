"""The preview in a real browser: the keyboard, the sandbox, and following what is edited."""

from __future__ import annotations

import shutil
import time
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from digest.workflow.making.building import build
from digest.workflow.project import Project
from tests.conftest import Blog
from tests.preview.browsing import PATIENCE_MS, inside, opened
from tests.preview.conftest import ISSUE, Visitor, running

pytestmark = pytest.mark.browser

HOSTILE = (
    "<script>document.title = 'owned'; top.document.title = 'owned'</script>"
    "<img src=x onerror=\"document.title = 'owned'\"><a id=home href='{origin}/?way=text'>home</a>"
    "<a id=there href='#place'>there</a><p style='height: 3000px'>long</p><p id=place>place</p>"
)


@pytest.fixture(scope="module")
def visitor(seed: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Visitor]:
    """Run a preview of an issue whose HTML means no good; sealed, so that it stays as it is."""
    root = Path(shutil.copytree(seed, tmp_path_factory.mktemp("hostile") / "garden"))
    folder = root / "issues" / ISSUE
    (folder / "approval.json").write_text("{}")
    with running(Project(root)) as visitor:
        events = visitor.events()
        file = folder / "email.html"
        file.write_text(
            file.read_text().replace("</body>", HOSTILE.format(origin=visitor.preview.origin))
        )
        (folder / "delivery.json").write_text("{}")
        events.next()
        yield visitor


@pytest.fixture
def page(browser: Any, visitor: Visitor) -> Iterator[Any]:
    """Open the printed address."""
    with browser.new_context(viewport={"width": 1200, "height": 900}) as context:
        yield opened(context, visitor.preview)


def height(page: Any) -> float:
    """Return where in the window a post stands that is being read."""
    post = inside(page).locator("text=Counting the swifts").first
    return float(post.evaluate("element => element.getBoundingClientRect().top"))


def stays(page: Any, top: float) -> None:
    """Wait until the post stands there: a browser restores the place once the page is laid out."""
    end = time.monotonic() + 30
    while abs(height(page) - top) > 2 and time.monotonic() < end:
        page.wait_for_timeout(50)
    assert height(page) == pytest.approx(top, abs=2)


def test_the_token_leaves_the_address_bar(page: Any, visitor: Visitor) -> None:
    assert page.url == f"{visitor.preview.origin}/"
    assert page.evaluate("document.cookie") == ""


def test_the_versions_lie_one_key_apart(page: Any) -> None:
    """By number, by letter and by arrow; quick keys add up, and the way back works."""
    for key, version in (
        ("2", "text"),
        ("w", "web"),
        ("h", "html"),
        ("ArrowRight", "text"),
        ("3", "web"),
    ):
        page.keyboard.press(key)
        page.locator(f"#way-{version}[aria-current]").wait_for()
    page.keyboard.press("p")
    page.keyboard.press("d")
    page.keyboard.press("1")
    page.locator(".holder[data-width='360'] #frame.dark").wait_for()
    page.wait_for_url("**/?width=360&colours=dark")
    page.go_back()
    page.locator("#way-web[aria-current]").wait_for()


def test_no_key_of_the_page_is_taken_by_another_word_for_a_version(page: Any) -> None:
    """Pressing it does what the palette says beside it: here, a width can be typed."""
    keys = page.locator("[data-key]").evaluate_all("found => found.map((e) => e.dataset.key)")
    assert len(keys) == len(set(keys))
    assert not {"h", "t", "w"} & set(keys)
    page.keyboard.press("x")
    assert page.evaluate("document.activeElement.id") == "width"


def test_the_focus_is_seen_and_stays(page: Any) -> None:
    """Whoever goes by keyboard does not lose the place."""
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.className") == "skip"
    page.keyboard.press("Tab")
    assert page.evaluate("getComputedStyle(document.activeElement).outlineStyle") == "solid"
    page.locator("#way-html").focus()
    page.keyboard.press("ArrowRight")
    page.locator("#way-text[aria-current]").wait_for()
    page.locator("#way-text:focus").wait_for()


def test_nothing_runs_in_the_frame(page: Any) -> None:
    """Neither a script nor an event handler; nor can the frame reach the page around it."""
    frame = inside(page)
    frame.wait_for_selector("#place", state="attached")
    assert "owned" not in (page.title(), frame.evaluate("document.title"))
    assert page.evaluate("document.getElementById('frame').contentDocument") is None
    assert frame.evaluate("origin") == "null"


def test_links_within_the_issue_stay_in_the_frame(page: Any) -> None:
    frame = inside(page)
    frame.click("#there")
    frame.wait_for_function("scrollY > 1000")
    assert len(page.context.pages) == 1


def test_a_link_in_the_issue_cannot_use_the_cookie(page: Any) -> None:
    """It opens in a new tab, as somebody else's request."""
    with page.context.expect_page() as popup:
        inside(page).click("#home")
    popup.value.wait_for_load_state()
    assert "opens only from the whole address" in popup.value.content()


def test_width_and_colours_are_those_asked_for(page: Any) -> None:
    """A phone has 360 pixels, dark has the email's own dark colours, and the page itself stays as it is."""
    assert inside(page).evaluate("document.documentElement.clientWidth") == 600
    light = inside(page).evaluate("getComputedStyle(document.body).backgroundColor")
    page.click("#width-360")
    page.locator(".holder[data-width='360']").wait_for()
    assert inside(page).evaluate("document.documentElement.clientWidth") == 360
    page.click("#colours-dark")
    page.locator("#frame.dark").wait_for()
    inside(page).wait_for_selector("#place", state="attached")
    assert inside(page).evaluate("getComputedStyle(document.body).backgroundColor") != light
    assert page.evaluate("matchMedia('(prefers-color-scheme: dark)').matches") is False


def test_an_edit_appears_where_one_was_reading(browser: Any, garden: Blog) -> None:
    """Also after going from version to version; what is wrong is told above and leaves again."""
    editor = garden.issue(ISSUE) / "editor.md"
    before = editor.read_text()
    with running(Project(garden.root)) as visitor, browser.new_context() as context:
        page = opened(context, visitor.preview)
        page.set_viewport_size({"width": 800, "height": 500})
        for words in ("The swifts are early.", "The swifts are late."):
            page.keyboard.press("2")
            page.locator("#text").wait_for()
            page.keyboard.press("1")
            page.locator("#frame").wait_for()
            inside(page).wait_for_selector("text=Counting the swifts")
            inside(page).evaluate("scrollTo(0, 150)")
            seen = height(page)
            editor.write_text(f"{before}\n{words}\n")
            inside(page).wait_for_selector(f"text={words}")
            stays(page, seen)
        editor.write_text("---\nsubjekt: Early\n---\n")
        page.locator("#troubles >> text=unknown key").wait_for()
        stays(page, seen)
        editor.write_text(before)
        page.locator("#troubles li").wait_for(state="detached")


def test_a_slow_picture_in_the_issue_takes_the_page_nowhere(browser: Any, garden: Blog) -> None:
    """A frame that still loads leaves no step in the history, and none may be gone back."""
    path = garden.issue(ISSUE) / "editor.md"
    with running(Project(garden.root)) as visitor, browser.new_context() as context:
        page = context.new_page()
        page.set_default_timeout(PATIENCE_MS)
        page.route("**/issue/**", lambda route: None)  # never answered
        page.goto(visitor.preview.address, wait_until="commit")
        page.locator("#connection[data-state=live]").wait_for()
        for subject in ("Owls", "Swifts"):
            path.write_text(f"---\nsubject: {subject}\n---\n")
            page.locator("h1", has_text=subject).wait_for()
        assert page.url == f"{visitor.preview.origin}/"


def test_the_page_says_when_the_preview_has_ended(browser: Any, garden: Blog) -> None:
    with browser.new_context() as context:
        with running(Project(garden.root)) as visitor:
            page = opened(context, visitor.preview)
        page.locator("#connection[data-state=ended]").wait_for()
        assert page.locator("#connection").inner_text() == "The preview has ended"


def test_it_works_without_javascript(browser: Any, visitor: Visitor) -> None:
    """Every link leads somewhere; only the reload is one's own."""
    with browser.new_context(java_script_enabled=False) as context:
        page = context.new_page()
        page.goto(visitor.preview.address)
        page.click("#way-text")
        assert "Counting the swifts" in page.locator("#text").inner_text()
        page.click("#width-360")
        page.click("#way-web")
        assert page.url.endswith("/?way=web&width=360")
        assert "Reload the page" in page.locator("#connection").inner_text()


@pytest.mark.parametrize("width", [320, 390, 1200])
def test_the_page_never_scrolls_sideways(page: Any, width: int) -> None:
    page.set_viewport_size({"width": width, "height": 844})
    for key in ("1", "2"):
        page.keyboard.press(key)
        assert page.evaluate("document.documentElement.scrollWidth") <= width


def test_everything_is_in_the_palette(page: Any) -> None:
    """Found by some letters of its name, chosen by the arrows, and told with its key."""
    page.keyboard.press("Control+k")
    page.locator("#palette[open]").wait_for()
    page.keyboard.type("images off")
    assert page.locator("#commands li").first.inner_text().split("\n")[0] == "Show: Images off"
    page.keyboard.press("Enter")
    page.locator("figure[data-way=blocked]").wait_for()
    assert page.locator("#palette[open]").count() == 0


@pytest.mark.parametrize(("width", "height"), [(1280, 900), (360, 740)])
@pytest.mark.parametrize("key", ["i", "v", "b"])
def test_a_list_that_opens_fits_the_window(page: Any, key: str, width: int, height: int) -> None:
    """All of it is seen, whatever the window."""
    page.set_viewport_size({"width": width, "height": height})
    page.keyboard.press(key)
    box = page.locator(":popover-open").bounding_box()
    assert box["x"] >= 0
    assert box["x"] + box["width"] <= width
    assert box["y"] + box["height"] <= height
    last = page.locator(":popover-open a").last.bounding_box()
    assert last["x"] + last["width"] <= width


def test_a_list_is_walked_by_keys_alone(page: Any) -> None:
    """It has the focus at once; Enter follows, and Escape gives the focus back."""
    page.keyboard.press("v")
    page.locator("#clients a:focus").wait_for()
    page.keyboard.press("ArrowDown")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("ArrowUp")
    page.keyboard.press("Enter")
    page.locator("figure[data-way=inverted]").wait_for()
    assert page.locator(":popover-open").count() == 0
    page.keyboard.press("b")
    page.locator("#beside a:focus").wait_for()
    page.keyboard.press("Escape")
    assert page.locator(":popover-open").count() == 0
    page.keyboard.press("1")
    page.locator("figure[data-way=html]").wait_for()


def test_a_list_stays_open_while_the_issue_changes(browser: Any, garden: Blog) -> None:
    with running(Project(garden.root)) as visitor, browser.new_context() as context:
        page = opened(context, visitor.preview)
        page.keyboard.press("i")
        page.locator("#issues a:focus").wait_for()
        editor = garden.issue(ISSUE) / "editor.md"
        editor.write_text(editor.read_text().replace("---\n", "---\nsubject: New\n", 1))
        page.locator("h1 >> text=New").wait_for()
        assert page.locator("#issues:popover-open a:focus").count() == 1


@pytest.mark.parametrize("key", ["5", "6", "7", "8", "9", "0", "u", "4", "l"])
def test_each_view_has_its_key(page: Any, key: str) -> None:
    page.keyboard.press(key)
    page.locator("figure:not([data-way=html])").wait_for()


def test_a_width_can_be_drawn_and_typed(page: Any) -> None:
    """Between the presets; the frame is as wide as the number says."""
    edge = page.locator("#frame-edge").bounding_box()
    page.mouse.move(edge["x"] + 5, edge["y"] + 100)
    page.mouse.down()
    page.mouse.move(edge["x"] - 45, edge["y"] + 100)
    page.mouse.up()
    page.locator(".holder[data-width='500']").wait_for()
    page.wait_for_url("**/?width=500")
    page.locator("#frame-edge").focus()
    page.keyboard.press("ArrowRight")
    page.locator(".holder[data-width='510']").wait_for()
    assert inside(page).evaluate("document.documentElement.clientWidth") == 510


def test_a_desktop_is_scaled_down_where_the_window_is_narrower(page: Any) -> None:
    """The email believes itself on a desktop, and all of it is seen."""
    page.set_viewport_size({"width": 390, "height": 844})
    page.locator("#frame").wait_for()
    assert inside(page).evaluate("document.documentElement.clientWidth") == 600
    assert page.locator("#frame").bounding_box()["width"] <= 390


@pytest.mark.parametrize(("width", "height", "most"), [(1280, 900, 120), (390, 844, 100)])
def test_the_chrome_is_thin(page: Any, width: int, height: int, most: int) -> None:
    page.set_viewport_size({"width": width, "height": height})
    assert page.locator(".chrome").bounding_box()["height"] <= most


def test_a_finding_leads_to_its_place(browser: Any, garden: Blog) -> None:
    """In the page, and to its line of the source."""
    body = "[here](https://letter.example/elsewhere) and more words to read."
    garden.write("one", "Counting the swifts", "2026-10-05T09:00:00Z", "birds", body)
    garden.configure("excerpt_words = 200\n")
    (garden.issue(ISSUE) / "editor.md").write_text("[here](https://letter.example/x)\n")
    project = Project(garden.root)
    build(project, project.config.edition(), date(2026, 10, 11))
    with running(project) as visitor, browser.new_context() as context:
        page = opened(context, visitor.preview)
        page.keyboard.press("c")
        page.locator(".findings a >> text=In the page").first.click()
        page.frame_locator("#frame").locator(":target").wait_for(state="attached")
        page.locator(".findings a >> text=Line").first.click()
        page.locator(".source .at").wait_for()

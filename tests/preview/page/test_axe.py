"""The page in every state, judged by axe-core: no violation, light and dark, wide and narrow.

That is a clean issue in every view and panel, a busy one (posts in sections, near misses, a link,
a refused fix-up, a mistake in editor.md, a sealed issue before it), and whatever opens above them.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from digest.preview.page.view import PANELS
from digest.preview.sharing import pages
from digest.preview.views import WAYS
from digest.workflow.gathering.collecting import collect
from digest.workflow.making.building import build
from digest.workflow.project import Project
from tests.conftest import Blog
from tests.preview.browsing import opened
from tests.preview.conftest import ISSUE, Visitor, gardeners, running

pytestmark = pytest.mark.browser

PLACES = (
    # named by whoever runs the tests, put there by .ci/run, or installed for Node in this folder
    Path(os.environ.get("AXE_CORE", "nowhere")),
    Path(".venv/axe/node_modules/axe-core/axe.min.js"),
    Path("node_modules/axe-core/axe.min.js"),
)
STATES = [
    *(f"?way={way.id}" for way in WAYS),
    *(f"?panel={panel}" for panel in PANELS),
    "?way=word&beside=text&panel=none",
    "?way=source&panel=findings&at=finding-0",
]
OPENERS = ["i", "v", "b", "k"]
# every rule is tried, and no more is told of what passes than its first place
RUN = """axe.run(document, { iframes: false, resultTypes: ['violations'] })
  .then(result => result.violations)"""


@pytest.fixture(scope="module")
def axe() -> str:
    """Read axe-core."""
    found = next((place for place in PLACES if place.is_file()), None)
    if found is None:
        pytest.skip("axe-core is not installed: npm install --prefix .venv/axe axe-core")
    return found.read_text()


@pytest.fixture(scope="module", params=["light wide", "dark narrow"])
def context(request: pytest.FixtureRequest, browser: Any) -> Iterator[Any]:
    """Make a window."""
    scheme, width = request.param.split()
    size = {"width": 1280, "height": 900} if width == "wide" else {"width": 390, "height": 844}
    with browser.new_context(viewport=size, color_scheme=scheme) as context:
        yield context


@pytest.fixture(scope="module")
def page(context: Any, still: Visitor) -> Any:
    """Open the clean issue's page in the window."""
    return opened(context, still.preview)


@pytest.fixture(scope="module")
def busy(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Visitor]:
    """Run a preview of an issue with something of everything, and of a sealed one before it."""
    blog = gardeners(tmp_path_factory.mktemp("busy") / "garden")
    blog.write("one", "Guest post: Swifts, part 2 of 3", "2026-10-05T09:00:00Z", "birds",
               "[here](https://letter.example/x) " + "About swifts. " * 12)  # fmt: skip
    project = Project(blog.root)
    collect(project)
    before = build(project, project.config.edition(), date(2026, 10, 7)).issue
    (blog.issue(before) / "approval.json").write_text("{}")
    (blog.issue(ISSUE) / "editor.md").write_text(
        "---\nlinks:\n  - title: A link\n    url: https://letter.example/elsewhere\n"
        "as_written:\n  https://letter.example/four/: byline-by\n---\n\nDear reader,\n"
    )
    build(project, project.config.edition(), date(2026, 10, 11), force=True)
    with running(Project(blog.root)) as visitor:
        events = visitor.events()
        editor = blog.issue(ISSUE) / "editor.md"
        editor.write_text(editor.read_text().replace("---\n", "---\nsubjekt: Late\n", 1))
        while "unknown key" not in visitor.get("/"):
            events.next()
        yield visitor


def violations(page: Any, axe: str) -> list[str]:
    """Return what axe-core finds, each with the first place where."""
    page.evaluate(axe)
    found = page.evaluate(RUN)
    return [f"{one['id']}: {one['help']}: {one['nodes'][0]['html'][:200]}" for one in found]


@pytest.mark.parametrize("state", STATES)
def test_no_state_shuts_anybody_out(page: Any, axe: str, still: Visitor, state: str) -> None:
    page.goto(f"{still.preview.origin}/{state}")
    page.locator("#connection[data-state=live]").wait_for()
    assert violations(page, axe) == []


@pytest.mark.parametrize("key", OPENERS)
def test_what_opens_shuts_nobody_out(page: Any, axe: str, still: Visitor, key: str) -> None:
    page.goto(f"{still.preview.origin}/")
    page.locator("#connection[data-state=live]").wait_for()
    page.keyboard.press(key)
    page.locator(":popover-open, dialog[open]").wait_for()
    assert violations(page, axe) == []


BUSY = [
    *(f"?panel={panel}" for panel in PANELS),
    "?way=inbox&panel=none",
    "?way=last&panel=none",
    "?way=service&service=mailchimp&beside=last",
    "?issue=2026-10-07-weekly&panel=posts",
    "?issue=2026-10-07-weekly&panel=handing",
]


@pytest.mark.parametrize("state", BUSY)
def test_a_busy_issue_shuts_nobody_out(context: Any, axe: str, busy: Visitor, state: str) -> None:
    page = opened(context, busy.preview)
    page.goto(f"{busy.preview.origin}/{state}")
    page.locator("#connection[data-state=live]").wait_for()
    for summary in page.locator("#panel summary:visible").all():
        summary.click()
    assert violations(page, axe) == []
    page.close()


def test_two_files_in_conflict_shut_nobody_out(context: Any, axe: str, still: Visitor) -> None:
    """The dialog is named by its title, and both files are labelled."""
    page = opened(context, still.preview)
    page.goto(f"{still.preview.origin}/?panel=posts")
    page.locator("#connection[data-state=live]").wait_for()
    page.evaluate("document.body.dataset.editor = 'a state that nobody saw'")
    page.locator("#panel summary").first.click()
    page.get_by_role("button", name="Never").first.click()
    page.get_by_role("dialog", name="editor.md was changed meanwhile").wait_for()
    assert violations(page, axe) == []
    page.get_by_role("button", name="Keep it as it is").click()
    page.close()


PLANS = {
    "Approve …": "Approve the issue",
    "Send a test …": "Send a test",
}


@pytest.mark.parametrize("button", PLANS)
def test_a_plan_shuts_nobody_out(context: Any, axe: str, still: Visitor, button: str) -> None:
    """Neither one to agree to, nor one that something stands in the way of."""
    page = opened(context, still.preview)
    page.goto(f"{still.preview.origin}/?panel=handing")
    page.locator("#connection[data-state=live]").wait_for()
    page.get_by_role("button", name=button).click()
    page.get_by_role("dialog", name=PLANS[button]).wait_for()
    assert violations(page, axe) == []
    page.close()


def test_what_went_wrong_shuts_nobody_out(context: Any, axe: str, still: Visitor) -> None:
    """An act that is refused says why, above the page."""
    page = opened(context, still.preview)
    page.goto(f"{still.preview.origin}/?panel=posts")
    page.locator("#connection[data-state=live]").wait_for()
    page.evaluate("import('/static/acts.js').then(acts => acts.act({ act: 'fly' }))")
    page.get_by_role("alert").filter(has_text="nothing is known to do").wait_for()
    assert violations(page, axe) == []
    page.close()


def test_a_preview_that_ended_shuts_nobody_out(context: Any, axe: str, garden: Blog) -> None:
    """What was done is told in the dialog before it; then the page says that nobody answers."""
    with running(Project(garden.root)) as visitor:
        page = opened(context, visitor.preview)
        page.goto(f"{visitor.preview.origin}/?panel=handing")
        page.locator("#connection[data-state=live]").wait_for()
        page.get_by_role("button", name="Approve …").click()
        page.get_by_role("button", name="Approve these bytes").click()
        page.locator("#plan >> text=is approved").wait_for()
        assert violations(page, axe) == []
        page.get_by_role("button", name="Close").click()
    page.locator("#connection[data-state=ended]").wait_for()
    assert violations(page, axe) == []
    page.close()


def test_pages_that_are_taken_along_shut_nobody_out(
    context: Any, axe: str, seed: Path, tmp_path: Path
) -> None:
    pages(Project(seed), ISSUE, tmp_path)
    page = context.new_page()
    for name in ("index.html", "views/inbox.html", "views/text.html", "views/source.html"):
        page.goto((tmp_path / name).as_uri())
        assert violations(page, axe) == [], name
    page.close()


def test_a_post_in_the_air_shuts_nobody_out(page: Any, axe: str, still: Visitor) -> None:
    """Nor does what can be changed about it, when that is open."""
    page.goto(f"{still.preview.origin}/?panel=posts")
    page.locator("#connection[data-state=live]").wait_for()
    page.locator("#panel summary").first.click()
    assert violations(page, axe) == []
    page.locator("#panel .handle").first.focus()
    page.keyboard.press("Space")
    assert violations(page, axe) == []
    page.keyboard.press("Escape")

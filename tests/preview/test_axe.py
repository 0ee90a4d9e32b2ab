"""The page in every state, judged by axe-core: no violation, light and dark, wide and narrow."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from digest.preview.page.view import PANELS
from digest.preview.views import WAYS
from tests.preview.browsing import opened
from tests.preview.conftest import Visitor

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


@pytest.fixture(scope="module")
def axe() -> str:
    """Read axe-core."""
    found = next((place for place in PLACES if place.is_file()), None)
    if found is None:
        pytest.skip("axe-core is not installed: npm install --prefix .venv/axe axe-core")
    return found.read_text()


@pytest.fixture(scope="module", params=["light wide", "dark narrow"])
def page(request: pytest.FixtureRequest, browser: Any, still: Visitor) -> Iterator[Any]:
    """Open the page in a window."""
    scheme, width = request.param.split()
    size = {"width": 1280, "height": 900} if width == "wide" else {"width": 390, "height": 844}
    with browser.new_context(viewport=size, color_scheme=scheme) as context:
        yield opened(context, still.preview)


def violations(page: Any, axe: str) -> list[str]:
    """Return what axe-core finds, each with the first place where."""
    page.evaluate(axe)
    found = page.evaluate("axe.run(document, { iframes: false }).then(result => result.violations)")
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

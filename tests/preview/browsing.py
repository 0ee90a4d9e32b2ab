"""A real browser, for the tests of the page; without one they are skipped."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest

from digest.preview.server import Preview
from digest.preview.sharing.chromium import NAMES

CHROMIUM = next(filter(None, map(shutil.which, NAMES)), None)
ARGUMENTS = [
    "--no-sandbox",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-dev-shm-usage",
    "--disable-gpu",
]
PATIENCE_MS = 120_000
"""How long the page may take: a machine that many tests share is no fault of it."""


@contextmanager
def started_browser() -> Iterator[Any]:
    """Start a Chromium once."""
    playwright = pytest.importorskip("playwright.sync_api", reason="playwright is not installed")
    if not CHROMIUM:
        pytest.skip("no Chromium on this machine")
    with playwright.sync_playwright() as started:
        browser = started.chromium.launch(
            executable_path=CHROMIUM, args=ARGUMENTS, timeout=PATIENCE_MS
        )
        yield browser
        browser.close()


def opened(context: Any, preview: Preview) -> Any:
    """Return a page at the preview's address, ready."""
    page = context.new_page()
    page.set_default_timeout(PATIENCE_MS)
    page.goto(preview.address)
    page.locator("#connection[data-state=live]").wait_for()
    return page


def inside(page: Any) -> Any:
    """Return the page in the frame."""
    return page.locator("#frame").element_handle().content_frame()

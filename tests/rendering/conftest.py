"""What the tests of rendering share."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from digest.rendering import Renderer
from tests.preview.browsing import started_browser

SHIPPED = Path(__file__).parents[2] / "templates"


@pytest.fixture(scope="session")
def renderer() -> Renderer:
    """Return a renderer of the shipped templates, one for all tests, so that shapes are compiled once."""
    return Renderer([SHIPPED])


@pytest.fixture
def own(tmp_path: Path) -> Callable[..., Renderer]:
    """Return what makes a renderer of a project's own template `mine`, from the text of its files."""

    def make(mjml: str, text: str = "{{ issue.subject }}\n", **files: str) -> Renderer:
        root = tmp_path / "templates"
        written = {"mine/issue.mjml.j2": mjml, "mine/issue.txt.j2": text} | files
        for name, content in written.items():
            path = root / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(content, "utf-8")
        return Renderer([root, SHIPPED])

    return make


@pytest.fixture(scope="module")
def show() -> Iterator[Callable[..., Any]]:
    """Return what shows a page in a browser, without the network, and gives what a script finds on it."""
    with started_browser() as browser:
        page = browser.new_page()
        page.route("**/*", lambda route: route.abort())

        def ask(html: str, width: int, script: str) -> Any:
            page.set_viewport_size({"width": width, "height": 800})
            page.set_content(html)
            return page.evaluate(script)

        yield ask

"""Bodies as text for a terminal: `texts.txt` shows the HTML, and all that stands in the text part."""

from __future__ import annotations

from pathlib import Path

from digest.rendering.html_text import from_html
from tests.golden import hold


def test_bodies_are_laid_out_as_listed() -> None:
    hold(Path(__file__).with_name("texts.txt"), lambda _, html: from_html(html))

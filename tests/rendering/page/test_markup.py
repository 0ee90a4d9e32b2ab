"""What designers write into a page, and what they are told of it: `markup.txt` shows both."""

from __future__ import annotations

from pathlib import Path

from digest.rendering.page.compiling.mjml import lint
from digest.rendering.page.faults import MarkupFault
from tests.golden import hold


def test_what_is_wrong_with_a_page_is_told_with_its_place() -> None:
    """Cases not called "page" stand in a body, from its third line on."""
    hold(Path(__file__).with_name("markup.txt"), _told)


def _told(name: str, said: str) -> str:
    is_page = name.startswith("page: ")
    try:
        lint(said if is_page else f"<mjml>\n<mj-body>\n{said}\n</mj-body>\n</mjml>")
    except MarkupFault as fault:
        return f"{fault.line}:{fault.column}: {fault.message}"
    return "nothing"

"""Texts that run against their page, and the marks that keep their signs in place."""

from __future__ import annotations

from pathlib import Path

from digest.knowledge.directions import against, in_order, mark
from tests.golden import hold_lines


def test_what_runs_against_its_page_is_marked_as_it_is_listed() -> None:
    """In `directions.txt`: which way it runs, if not with the page; a name's mark; a text's own."""

    def told(name: str, text: str) -> str:
        page = name.rpartition(" ")[2]
        return f"{against(text, page)!r} {mark(text, page)!r} {in_order(text, page)}"

    hold_lines(Path(__file__).with_name("directions.txt"), told)

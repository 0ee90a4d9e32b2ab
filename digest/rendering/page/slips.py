"""Finds slips in a page's markup that the compiler and every client would pass over in silence.

Each is told where it stands, with what was probably meant.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping
from typing import Any, Final, NamedTuple

from digest.lazy import regex


class Slip(NamedTuple):
    """Hold what is wrong and where."""

    message: str
    line: int
    column: int = 0


_CURLY: Final = regex(r"[\w-]+\s*=\s*[“”„‘’]")
_MEASURES: Final = regex(r"(?:inner-)?padding(?:-\w+)?|font-size|line-height|height|border-radius")
_WITHOUT_UNIT: Final = frozenset(("line-height",))
_DATA: Final = "application/ld+json"


def in_text(page: str) -> Iterator[Slip]:
    """Yield slips that make a page unreadable as markup, which a parser tells in its own words."""
    for number, row in enumerate(page.split("\n"), start=1):
        curly = _CURLY.search(row)
        if curly and row.rfind("<", 0, curly.start()) > row.rfind(">", 0, curly.start()):
            told = f'curly quotes cannot hold an attribute: write {curly[0][:-1].strip()}"…"'
            yield Slip(told, number, curly.start() + 1)


def unclosed(message: str, places: Mapping[str, Collection[str]]) -> Slip | None:
    """Return where a component begins that is never closed, of what libxml2 says where it noticed.

    That is often in another file, which is not at fault. `places` tells what may stand in what: a
    closing tag that could not hold the element is itself what is too much.
    """
    found = re.search(r"tag mismatch: (mj-[\w-]+) line (\d+) and ([\w-]+)", message)
    if not found or found[1] not in places.get(found[3], ()):
        return None
    told = f"tag mismatch: <{found[1]}> is never closed, and </{found[3]}> comes first"
    return Slip(told, int(found[2]))


def in_elements(root: Any) -> Iterator[Slip]:
    """Yield slips in elements that are well-formed."""
    headings = 0
    for element in root.iter():
        if not isinstance(element.tag, str):
            continue
        line = element.sourceline or 0
        headings += element.tag == "h1"
        if element.tag == "h1" and headings == 2:
            yield Slip("a page has one <h1>, and this is another: write <h2>", line)
        if element.tag == "script" and element.get("type") != _DATA:
            yield Slip("no mail client runs a <script>: take it out", line)
        if element.tag == "mj-style":
            yield from _in_css("".join(element.itertext()), line)
        if element.tag.startswith("mj-"):
            yield from (Slip(told, line) for told in _without_unit(element))


def _without_unit(element: Any) -> Iterator[str]:
    for name, value in element.attrib.items():
        parts = value.split()
        bare = [part for part in parts if part.isdecimal() and int(part)]
        if bare and _MEASURES.fullmatch(name):
            pixels = " ".join(f"{part}px" if part in bare else part for part in parts)
            yield f'{name}="{value}" has no unit, and shows nothing: write {name}="{pixels}"'


def _in_css(css: str, line: int) -> Iterator[Slip]:
    opened, closed = css.count("{"), css.count("}")
    if opened != closed:
        missing, there = ("}", "{") if opened > closed else ("{", "}")
        told = (
            f"a {missing} is missing: {max(opened, closed)} {there} against {min(opened, closed)}"
        )
        yield Slip(f"the style sheet does not end where it should: {told}", line)

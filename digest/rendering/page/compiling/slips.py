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
_DATA: Final = "application/ld+json"

SMALLEST: Final = 12
"""The least pixels of text that are taken; phones enlarge what is smaller, and break its lines."""
_SPACER: Final = 7  # text of so few pixels is none: it holds white space, or a bar
_FONT: Final = regex(r"font(?:-size)?\s*:[^;}]*?(?<![\d.])(\d+(?:\.\d+)?)px")

_IN_WORDS: Final = {
    # what libxml2 says of a mark that begins something
    "xmlParseEntityRef: no name": "a bare & begins the name of a character: write &amp;",
    "StartTag: invalid element name": "a bare < begins a tag: write &lt;",
    "Unescaped '<' not allowed in attributes values": (
        "a < stands in an attribute: write &lt;, or close the quote before it"
    ),
    "Sequence ']]>' not allowed in content": "]]> ends what never began: write ]]&gt;",
    # of an attribute
    "AttValue: \" or ' expected": 'an attribute\'s value needs quotes: write name="value"',
    "attributes construct error": "two attributes need a space between them",
    "error parsing attribute name": "there is no attribute after the tag's name: take the mark out",
    # of a comment
    "Double hyphen within comment": "-- cannot stand in a comment: write a single -",
}
"""A parser's words for what a designer meets, as what to do."""
_BARE: Final = regex(r"Specification mandates value for attribute (\S+)")
_TWICE: Final = regex(r"Attribute (\S+) redefined")


def in_text(page: str) -> Iterator[Slip]:
    """Yield slips that make a page unreadable as markup, which a parser tells in its own words."""
    for number, row in enumerate(page.split("\n"), start=1):
        curly = _CURLY.search(row)
        if curly and row.rfind("<", 0, curly.start()) > row.rfind(">", 0, curly.start()):
            told = f'curly quotes cannot hold an attribute: write {curly[0][:-1].strip()}"…"'
            yield Slip(told, number, curly.start() + 1)


def in_words(message: str) -> str:
    """Return what a parser says of markup as what is wrong and what to write.

    >>> in_words("xmlParseEntityRef: no name")
    'a bare & begins the name of a character: write &amp;'
    >>> in_words("Specification mandates value for attribute hidden")
    'the attribute hidden needs a value: write hidden="hidden"'
    """
    if bare := _BARE.match(message):
        return f'the attribute {bare[1]} needs a value: write {bare[1]}="{bare[1]}"'
    if twice := _TWICE.match(message):
        return f"the attribute {twice[1]} stands twice in one tag"
    known = (told for said, told in _IN_WORDS.items() if message.startswith(said))
    return next(known, message)


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
            css = "".join(element.itertext())
            yield from _in_css(css, line)
            yield from _too_small(css, line)
        size = element.get("font-size", "") if element.tag.startswith("mj-") else ""
        yield from _too_small(f"{element.get('style', '')};font-size:{size}", line)
        if element.tag.startswith("mj-"):
            yield from (Slip(told, line) for told in _without_unit(element))


def _without_unit(element: Any) -> Iterator[str]:
    for name, value in element.attrib.items():
        parts = value.split()
        bare = [part for part in parts if part.isdecimal() and int(part)]
        if bare and _MEASURES.fullmatch(name):
            pixels = " ".join(f"{part}px" if part in bare else part for part in parts)
            yield f'{name}="{value}" has no unit, and shows nothing: write {name}="{pixels}"'


def _too_small(css: str, line: int) -> Iterator[Slip]:
    for size in _FONT.findall(css):
        if _SPACER < float(size) < SMALLEST:
            told = f"text of {size} px cannot be read on a phone: 14px, or 13px for a label"
            yield Slip(told, line)


def _in_css(css: str, line: int) -> Iterator[Slip]:
    opened, closed = css.count("{"), css.count("}")
    if opened != closed:
        missing, there = ("}", "{") if opened > closed else ("{", "}")
        told = (
            f"a {missing} is missing: {max(opened, closed)} {there} against {min(opened, closed)}"
        )
        yield Slip(f"the style sheet does not end where it should: {told}", line)

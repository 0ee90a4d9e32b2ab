"""Finds slips in a page's markup that the compiler and every client would pass over in silence.

Each is told where it stands, with what was probably meant.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from functools import lru_cache
from html.entities import html5
from typing import Any, Final, NamedTuple

from digest.lazy import regex
from digest.rendering.page.tokens import TOKEN


class Slip(NamedTuple):
    """Hold what is wrong and where."""

    message: str
    line: int
    column: int = 0


_ENTITY: Final = regex(r"&([A-Za-z][A-Za-z0-9]*);")
_CURLY: Final = regex(r"[\w-]+\s*=\s*[“”„‘’]")
_MEASURES: Final = regex(
    r"(?:inner-)?padding(?:-\w+)?|font-size|line-height|height|border-radius|border-width|icon-\w+"
)
_MEASURE: Final = regex(r"\d|^(?:normal|inherit|initial|auto|unset)$")
# What takes one of a few words, any other of which is passed over.
_ONE_OF: Final = {
    "align": "left center right justify",
    "text-align": "left center right justify",
    "vertical-align": "top middle bottom",
    "direction": "ltr rtl",
}
_DATA: Final = "application/ld+json"

SMALLEST: Final = 12
"""The least pixels of text that are taken; phones enlarge what is smaller, and break its lines."""
_SPACER: Final = 7  # text of so few pixels is none: it holds white space, or a bar
_FONT: Final = regex(r"font(?:-size)?\s*:[^;}]*?(?<![\d.])(\d+(?:\.\d+)?)(px|pt)")

# What every mail client takes out, as it can hold a script.
_UNSHOWN: Final = frozenset(("iframe", "frame", "object", "embed", "applet"))

# Of two, MJML would show one and say nothing.
_ONCE: Final = ("mj-head", "mj-body", "mj-head/mj-title", "mj-head/mj-preview")

_COMMENT: Final = regex(r"/\*.*?\*/", re.DOTALL)
_PROPERTY = (
    r"(?:margin|padding|border|background|color|font|width|height|display|text-align|line-height)"
    r"(?:-[a-z-]+)?"
)
# a length without a unit, which only a line's height and nought may be
_BARE_LENGTH: Final = regex(
    r"(?<![\w-])((?:margin|padding)(?:-\w+)?|font-size|(?:max-|min-)?(?:width|height)|"
    r"border-radius|letter-spacing|text-indent)\s*:\s*([^;{}()\"']+)"
)
_NUMBER: Final = regex(r"-?(?:\d*\.)?\d*[1-9]\d*(?:\.\d+)?")
_PARTED_UNIT: Final = regex(r"(?<![\w.#])(\d+)\s+(px|em|rem|pt|%)(?![\w-])")
_NO_SEMICOLON: Final = regex(rf":[^;{{}}:()\"']+\s({_PROPERTY})\s*:")
_NO_COLON: Final = regex(rf"[{{;]\s*({_PROPERTY})\s+[^:;{{}}]*[;}}]")
_NO_SELECTOR: Final = regex(r"[>+~,]\s*\{")
_NOT_IMPORTANT: Final = regex(r"!\s*(?!important\b)\w+\s*[;}]")
_NO_COLON_OF_QUERY: Final = regex(r"@media[^{]*\(\s*((?:max|min)-(?:device-)?width)\s+\d")
_HEX: Final = regex(r"(?:color|background|border[\w-]*)\s*:[^;{}()]*?(#[0-9a-zA-Z]+)")
_HEX_DIGITS: Final = regex("#[0-9a-fA-F]+")
_LENGTHS_OF_HEX: Final = frozenset((4, 5, 7, 9))  # with the mark itself

# A parser's words for what a designer meets, as what to do.
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
    "Comment not terminated": "a comment is never closed: write -->",
}
_BARE: Final = regex(r"Specification mandates value for attribute (\S+)")
_TWICE: Final = regex(r"Attribute (\S+) redefined")
_CROSSED: Final = regex(r"Opening and ending tag mismatch: (\S+)(?: line \d+)? and (\S+)")


def in_text(page: str) -> Iterator[Slip]:
    """Yield slips that make a page unreadable as markup, which a parser tells in its own words."""
    yield from _open_comments(page)
    for number, row in enumerate(page.split("\n"), start=1):
        yield from (Slip(told, number, column) for told, column in _in_row(row))


@lru_cache(maxsize=4096)  # most lines of a page are those of the page before
def _in_row(row: str) -> tuple[tuple[str, int], ...]:
    found = []
    for strange in _ENTITY.finditer(row):
        if f"{strange[1]};" not in html5:
            told = f"there is no character {strange[0]}: write &amp; for an & that begins none"
            found.append((told, strange.start() + 1))
    curly = _CURLY.search(row)
    if curly and row.rfind("<", 0, curly.start()) > row.rfind(">", 0, curly.start()):
        told = f'curly quotes cannot hold an attribute: write {curly[0][:-1].strip()}"…"'
        found.append((told, curly.start() + 1))
    return tuple(found)


def _open_comments(page: str) -> Iterator[Slip]:
    """Yield where a comment begins that is never closed, which the next one's mark only reveals."""
    at = page.find("<!--")
    while at >= 0:
        end = page.find("-->", at)
        begun = page.find("<!--", at + 4)
        # "<!-->" ends what Outlook alone skips, and begins nothing
        if end < 0 or (0 <= begun < end and end != begun + len("<!")):
            line = page.count("\n", 0, at) + 1
            yield Slip("a comment is never closed: write -->", line, at - page.rfind("\n", 0, at))
            return
        at = page.find("<!--", end)


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
    if crossed := _CROSSED.match(message):
        opened, closed = crossed.groups()
        return (
            f"tag mismatch: </{closed}> comes while <{opened}> is open: "
            f"close <{opened}> before it, or take it out"
        )
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


def in_elements(root: Any, rows: Sequence[str]) -> Iterator[Slip]:
    """Yield slips in elements that are well-formed; `rows` are the lines of their page.

    Several files may have written one line, so each slip is told its element's column as well.
    """
    headings = 0
    yield from _of_the_page(root, rows)
    for element in root.iter():
        if not isinstance(element.tag, str):
            continue
        line = element.sourceline or 0
        column = _column(element, rows)
        headings += element.tag == "h1"
        if element.tag == "h1" and headings == 2:
            yield Slip("a page has one <h1>, and this is another: write <h2>", line, column)
        if element.tag == "mj-style":
            css = "".join(element.itertext())
            yield from (Slip(told, line, column) for told in (*_in_sheet(css), *_in_css(css)))
        found = [*_without_effect(element), *_in_css(_style_of(element))]
        if element.tag.startswith("mj-"):
            found += _unread(element)
        yield from (Slip(told, line, column) for told in found)


def _column(element: Any, rows: Sequence[str]) -> int:
    """Return where an element begins in its line, from 1; 0 if nobody knows."""
    line = element.sourceline or 0
    return rows[line - 1].rfind(f"<{element.tag}") + 1 if 0 < line <= len(rows) else 0


def _of_the_page(root: Any, rows: Sequence[str]) -> Iterator[Slip]:
    """Yield what a page has twice, and classes that it uses and nobody defines."""
    for place in _ONCE:
        for another in root.findall(place)[1:]:
            name = another.tag
            told = f"a page has one <{name}>, and this is another: put what it holds into the first"
            yield Slip(told, another.sourceline or 0, _column(another, rows))
    defined = {element.get("name") for element in root.iter("mj-class")}
    for element in root.iter():
        for used in (element.get("mj-class") or "").split():
            if used not in defined and not TOKEN.search(used):
                told = f"no <mj-class> is called {used}; a class of CSS is named by css-class"
                yield Slip(told, element.sourceline or 0, _column(element, rows))


def _style_of(element: Any) -> str:
    """Return what an element says of its look, as CSS."""
    own = element.get("style", "")
    if not element.tag.startswith("mj-"):
        return f"{own}"
    told = (f"{n}:{v}" for n, v in element.attrib.items() if n == "font-size" or "color" in n)
    return ";".join([own, *told])


def _without_effect(element: Any) -> Iterator[str]:
    """Yield what no mail client runs or shows."""
    if element.tag == "script" and element.get("type") != _DATA:
        yield "no mail client runs a <script>: take it out"
    if element.tag in _UNSHOWN:
        yield f"no mail client shows an <{element.tag}>: link to what it holds"
    for name, value in element.attrib.items():
        is_script = name.startswith("on") or value.lstrip().lower().startswith("javascript:")
        if is_script and not TOKEN.search(value):
            yield f"no mail client runs what stands in {name}: take it out"


def _unread(element: Any) -> Iterator[str]:
    """Yield attributes of a component whose value says nothing to it."""
    for name, value in element.attrib.items():
        if TOKEN.search(value):
            continue
        if _MEASURES.fullmatch(name) and (written := _measure(value)):
            yield f'{name}="{value}" has no unit, and shows nothing: write {name}="{written}"'
        if name in _ONE_OF and value not in _ONE_OF[name].split():
            words = _ONE_OF[name].replace(" ", ", ")
            yield f'{name}="{value}" says nothing: it is one of {words}'
        if element.tag == "mj-image" and name == "width" and value.endswith("%"):
            yield f'a picture\'s width is told in pixels: write width="300px", not "{value}"'


def _measure(value: str) -> str:
    """Return how a length should be written; empty for one that can stay.

    >>> _measure("10 20"), _measure("10 px"), _measure("10px 5%"), _measure("wide")
    ('10px 20px', '10px', '', '16px')
    """
    if not _MEASURE.search(value):
        return "16px"
    whole = _PARTED_UNIT.sub(r"\1\2", value)
    parts = [f"{part}px" if part.isdecimal() and int(part) else part for part in whole.split()]
    written = " ".join(parts)
    return "" if written == " ".join(value.split()) else written


@lru_cache(maxsize=1024)
def _in_css(css: str) -> tuple[str, ...]:
    """Return slips in declarations, of an element or of a whole style sheet."""
    return tuple(_in_declarations(css))


def _in_declarations(css: str) -> Iterator[str]:
    css = _COMMENT.sub(" ", css)
    for size, unit in _FONT.findall(css):
        if _SPACER < float(size) * (4 / 3 if unit == "pt" else 1) < SMALLEST:
            yield f"text of {size} {unit} cannot be read on a phone: 14px, or 13px for a label"
    for name, value in _BARE_LENGTH.findall(css):
        whole = _PARTED_UNIT.sub(r"\1\2", value.strip())
        parts = [f"{p}px" if _NUMBER.fullmatch(p) else p for p in whole.split()]
        if parts != value.split():
            told = " ".join(parts)
            yield f"{name}: {value.strip()} has no unit, and shows nothing: write {name}: {told}"
    for told in _HEX.findall(css):
        if len(told) not in _LENGTHS_OF_HEX or not _HEX_DIGITS.fullmatch(told):
            yield f"{told} is no colour: write # and six digits"


def _in_sheet(css: str) -> Iterator[str]:
    """Yield slips by which a style sheet loses what follows them."""
    opened, closed = css.count("{"), css.count("}")
    if opened != closed:
        missing, there = ("}", "{") if opened > closed else ("{", "}")
        told = (
            f"a {missing} is missing: {max(opened, closed)} {there} against {min(opened, closed)}"
        )
        yield f"the style sheet does not end where it should: {told}"
    css = _COMMENT.sub(" ", css)
    if "/*" in css:
        yield "a comment of the style sheet is never closed: write */"
    if re.search(r"(?m)^\s*//", css):
        yield "a style sheet knows no //: write /* … */"
    if found := _NO_SEMICOLON.search(css):
        yield f"a ; is missing before {found[1]}"
    for pattern in (_NO_COLON, _NO_COLON_OF_QUERY):
        if found := pattern.search(css):
            yield f"a : is missing after {found[1]}"
    if _NOT_IMPORTANT.search(css):
        yield "only !important stands behind a mark of exclamation"
    if found := _NO_SELECTOR.search(css):
        yield f"a selector ends in {found[0][0]}: what it leads to is missing"

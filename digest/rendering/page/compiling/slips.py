"""Finds slips in a page's markup that the compiler and every client would pass over in silence.

Each is told where it stands, with what was probably meant.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from functools import lru_cache
from html.entities import html5
from typing import Any, Final, NamedTuple

from digest.knowledge.links import misspelt
from digest.lazy import regex
from digest.nearest import nearest
from digest.rendering.page.compiling import sheets
from digest.rendering.page.tokens import TOKEN


class Slip(NamedTuple):
    """Hold what is wrong and where."""

    message: str
    line: int
    column: int = 0


_ENTITY: Final = regex(r"&([A-Za-z][A-Za-z0-9]*);")
# An expression of Jinja's with one brace too few.
_SINGLE: Final = regex(
    r"(?<!\{)\{%?\s*((?:issue|post|newsletter|theme|labels|slots|series|section)\.\w[^{}]*)\}(?!\})"
)
_CURLY: Final = regex(r"[\w-]+\s*=\s*[“”„‘’]")
_MEASURES: Final = regex(
    r"(?:inner-)?padding(?:-\w+)?|font-size|line-height|height|border-radius|border-width|icon-\w+"
)
_MEASURE: Final = regex(r"\d|^(?:normal|inherit|initial|auto|unset)$")
# What takes one of a few words, any other of which is passed over.
_ONE_OF: Final = {
    "align": "left center right justify",
    "vertical-align": "top middle bottom",
    "full-width": "full-width",
    "fluid-on-mobile": "true false",
    "hamburger": "hamburger",
    "inline": "inline",
    "mode": "vertical horizontal fluid-height fixed-height",
}
_WIDTH: Final = regex(r"(?!0+(?:\.0+)?\D)\d+(?:\.\d+)?(?:px|%)")
_PIXELS: Final = regex(r"\d+px")
_ANYTHING: Final = regex(".*", re.DOTALL)
# Which widths components take, and such a one.
_TAKEN_WIDTHS: Final = {
    "mj-body": (_PIXELS, "600px"),
    "mj-breakpoint": (_PIXELS, "480px"),
    "mj-image": (_PIXELS, "300px"),
    "mj-column": (_WIDTH, "50%"),
}
_WIDEST: Final = 640  # no client shows a wider page whole
_ADDRESSES: Final = frozenset(("href", "src", "background", "background-url", "thumbnails-src"))
# Without these a component shows nothing, or a button that leads nowhere.
_NEEDED: Final = {
    "mj-image": "src",
    "mj-carousel-image": "src",
    "mj-button": "href",
    "mj-navbar-link": "href",
    "mj-class": "name",
}
# What HTML closes by itself where another of these begins, and leaves an empty one behind.
_BLOCKS: Final = frozenset(
    "p div ul ol dl table h1 h2 h3 h4 h5 h6 blockquote pre hr section".split()
)
# What stands in a tag of a mail; any other is passed over.
_HTML: Final = frozenset(
    "class style href src alt title width height align valign bgcolor background border "
    "cellpadding cellspacing role lang dir target rel name id colspan rowspan headers scope "
    "color face size type start value reversed cite datetime srcset sizes media content "
    "http-equiv charset hidden tabindex nowrap summary usemap shape coords label".split()
)
_DATA: Final = "application/ld+json"

# What every mail client takes out, as it can hold a script.
_UNSHOWN: Final = frozenset(("iframe", "frame", "object", "embed", "applet", "canvas"))

# Of two, MJML would show one and say nothing.
_ONCE: Final = ("mj-head", "mj-body", "mj-head/mj-title", "mj-head/mj-preview")

_CLASS: Final = regex(r"\.([A-Za-z][\w-]*)")

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
    if single := _SINGLE.search(row):
        told = f"{single[0]} would stand there as it is: write {{{{ {single[1].strip()} }}}}"
        found.append((told, single.start() + 1))
    curly = _CURLY.search(row)
    before = row[: curly.start()] if curly else ""
    if curly and before.rfind("<") > before.rfind(">"):
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
            rows = page[:at].split("\n")
            told = "a comment is never closed: write -->"
            yield Slip(told, len(rows), len(rows[-1]) + 1)
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
            in_sheet = sheets.in_sheet(css, is_inlined=element.get("inline") == "inline")
            yield from (Slip(told, line, column) for told in (*in_sheet, *sheets.in_css(css)))
        found = [*_without_effect(element), *sheets.in_css(_style_of(element))]
        if element.tag.startswith("mj-"):
            found += [*_unread(element), *_widths(element)]
        else:
            found += _of_html(element)
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
    yield from _unstyled(root, rows)
    defined = {element.get("name") for element in root.iter("mj-class")}
    for element in root.iter():
        for used in (element.get("mj-class") or "").split():
            if used not in defined and not TOKEN.search(used):
                told = f"no <mj-class> is called {used}; a class of CSS is named by css-class"
                yield Slip(told, element.sourceline or 0, _column(element, rows))


def _unstyled(root: Any, rows: Sequence[str]) -> Iterator[Slip]:
    """Yield classes that no style sheet knows, but for a slip of the pen."""
    css = "".join("".join(each.itertext()) for each in root.iter("mj-style", "style"))
    known = frozenset(_CLASS.findall(css))
    for element in root.iter():
        for name in ("class", "css-class") if isinstance(element.tag, str) else ():
            for used in element.get(name, "").split():
                if used in known or TOKEN.search(used):
                    continue
                bare = used.removeprefix(".")
                near = bare if bare in known else _near_class(used, known)
                if near:
                    told = f"no style knows the class {used}; did you mean {near}?"
                    yield Slip(told, element.sourceline or 0, _column(element, rows))


@lru_cache(maxsize=256)
def _near_class(used: str, known: frozenset[str]) -> str | None:
    return nearest(used, known)


def _style_of(element: Any) -> str:
    """Return what an element says of its look, as CSS."""
    own = element.get("style", "")
    if not element.tag.startswith("mj-"):
        return f"{own}"
    told = (f"{n}:{v}" for n, v in element.attrib.items() if n in sheets.JUDGED or "color" in n)
    return ";".join([own, *told])


def _without_effect(element: Any) -> Iterator[str]:
    """Yield what no mail client runs or shows."""
    if element.tag == "script" and element.get("type") != _DATA:
        yield "no mail client runs a <script>: take it out"
    if element.tag in _UNSHOWN:
        yield f"no mail client shows an <{element.tag}>: link to what it holds"
    for name, value in element.attrib.items():
        is_script = name.startswith("on") or value.lstrip().lower().startswith("javascript:")
        if TOKEN.search(value):
            continue  # its value is content, which has rules of its own
        if is_script:
            yield f"no mail client runs what stands in {name}: take it out"
        if name in _ADDRESSES and (slip := misspelt(value)):
            yield f'{name}="{value}": {slip.wrong}: write {slip.write}'


def _unread(element: Any) -> Iterator[str]:
    """Yield attributes of a component whose value says nothing to it, and those it lacks."""
    for name, value in element.attrib.items():
        if not TOKEN.search(value):
            yield from _of_attribute(name, value)
    needed, parent = _NEEDED.get(element.tag), element.getparent()
    is_default = parent is not None and parent.tag == "mj-attributes" and element.tag != "mj-class"
    if needed and not is_default and not element.get(needed, "").strip():
        yield f'<{element.tag}> needs {needed}: write {needed}="…"'


def _of_attribute(name: str, value: str) -> Iterator[str]:
    if _MEASURES.fullmatch(name) and (written := _measure(value)):
        yield f'{name}="{value}" has no unit, and shows nothing: write {name}="{written}"'
    if name == "font-family" and '"' in value:
        yield f"double quotes cannot stand in {name}: write single ones"
    if name.endswith("padding") and (told := sheets.of_padding(value)):
        yield told
    words = _ONE_OF.get(name, value).split()
    if value not in words and name in _ONE_OF:
        yield f'{name}="{value}" says nothing: it is one of {", ".join(words)}'


def _measure(value: str) -> str:
    """Return how a length should be written; empty for one that can stay.

    >>> _measure("10 20"), _measure("10 px"), _measure("10px 5%"), _measure("wide")
    ('10px 20px', '10px', '', '16px')
    """
    return sheets.length(value) if _MEASURE.search(value) else "16px"


def _widths(element: Any) -> Iterator[str]:
    """Yield widths that a component passes over, and columns that are wider than their row."""
    width, tag = element.get("width", ""), element.tag
    pattern, such = _TAKEN_WIDTHS.get(tag, (_ANYTHING, ""))
    if width and not TOKEN.search(width) and not pattern.fullmatch(width):
        written = f"{width}px" if width.isdecimal() else such
        yield f'width="{width}" says nothing to <{tag}>: write width="{written}"'
    elif tag == "mj-body" and _PIXELS.fullmatch(width) and int(width[:-2]) > _WIDEST:
        yield f"a page of {width} is wider than clients show: write {_WIDEST}px, or less"
    if tag in ("mj-section", "mj-group"):
        yield from _columns(element)


def _columns(row: Any) -> Iterator[str]:
    """Yield that a row's columns come to more than the row, so that clients part or cut them."""
    columns = [each for each in row if each.tag in ("mj-column", "mj-group")]
    body = row.getroottree().find("mj-body")
    page = "600px" if body is None else body.get("width", "600px")
    whole = sum(_share(column.get("width", ""), len(columns), page) for column in columns)
    if whole <= _ALL:
        return
    if len(columns) == 1:
        yield f"a column of {columns[0].get('width')} is wider than its row: write 100% at most"
    else:
        yield (
            f"the columns of this <{row.tag}> come to {whole:.0f} % of it, and Outlook shows them "
            "side by side: write 100 % at most, or give the last a section of its own"
        )


_ALL: Final = 101  # thrice 33.4 % is meant to be all


def _share(width: str, columns: int, page: str) -> float:
    """Return how much of its row a column takes, in percent."""
    if _PIXELS.fullmatch(width):
        return 100 * int(width[:-2]) / int(page[:-2]) if _PIXELS.fullmatch(page) else 0
    return float(width[:-1]) if _WIDTH.fullmatch(width) else 100 / columns


def _of_html(element: Any) -> Iterator[str]:
    """Yield attributes that HTML does not know, and elements that cannot stand in each other."""
    for name in element.attrib:
        is_plain = name not in _HTML and name.isalpha()
        if name in ("css-class", "mj-class"):
            yield f"<{element.tag}> is HTML, and knows no {name}: write class"
        elif is_plain and (near := nearest(name, _HTML)):
            yield f"<{element.tag}> knows no attribute {name}; did you mean {near}?"
    parent = element.getparent()
    if element.tag == "a" and any(each.tag == "a" for each in element.iterancestors("a")):
        yield "a link cannot stand in a link: close the first before it"
    if parent is not None and parent.tag == "p" and element.tag in _BLOCKS:
        yield f"a <p> cannot hold <{element.tag}>: close it before"

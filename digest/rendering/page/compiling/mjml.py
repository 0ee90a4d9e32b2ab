"""MJML: checks a template's markup, then has mjml-python compile it.

The compiler accepts mismatched and unknown tags silently and crashes the process on deep nesting,
so a page is linted first, with lines and columns. What stands in attributes beyond ASCII is written
as entities, since the compiler prints attributes in Rust's debug form. Only the shape of a page
comes here, never content.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any, Final

from digest.lazy import regex
from digest.nearest import or_meant
from digest.rendering.page.compiling import slips
from digest.rendering.page.compiling.components import (
    HOLD_HTML,
    KNOWN,
    PLACES,
    PLAIN,
    TAKE_TOKENS,
    VOID,
)
from digest.rendering.page.faults import LATE, MarkupFault
from digest.rendering.page.tokens import TOKEN

DEPTH_LIMIT: Final = 100
"""How deep elements may nest; the compiler's stack is far from endless."""

_INLINE_STYLE = regex(r"<mj-style\s[^>]*inline=[\"']inline[\"'][^>]*>(.*?)</mj-style>", re.DOTALL)
_VERBATIM = regex(r"(<mj-style\b.*?</mj-style>|<!--.*?-->)", re.DOTALL)
_SPACES_BETWEEN = regex(
    r">[ \t]+(?=</?mj-|\n)"
)  # the compiler refuses these in the head, but not line ends
_DEBUG_FORM = regex(
    r"[^\x00-\x5b\x5d-\x7e]"
)  # a backslash, or beyond ASCII; said so, it compiles fast


def compile_mjml(page: str) -> tuple[str, str]:
    """Return the HTML of an MJML page, and the CSS that it wants inlined.

    Raises:
        MarkupFault: if the page is not the MJML it should be.
    """
    from mjml import mjml2html

    lint(page)
    css = ""
    for found in _INLINE_STYLE.finditer(page):
        # each line of the sheets keeps its number in the page
        css += "\n" * (page[: found.start(1)].count("\n") - css.count("\n")) + found[1]
    # lines are kept, so that the compiler's positions still tell the line
    bare = _readable(_INLINE_STYLE.sub(lambda found: "\n" * found[0].count("\n"), page))
    try:
        return mjml2html(bare, fonts={}), css
    except ValueError as exc:
        raise MarkupFault(f"MJML: {exc}", *_offset_place(bare, str(exc))) from exc


def _readable(page: str) -> str:
    """Return the page in a form that the compiler reads as it is meant."""
    parts = _VERBATIM.split(_SPACES_BETWEEN.sub(">", page))
    parts[0::2] = [
        _DEBUG_FORM.sub(lambda found: f"&#{ord(found[0])};", part) for part in parts[0::2]
    ]
    return "".join(parts)


def _offset_place(page: str, message: str) -> tuple[int, int]:
    """Return line and column of the byte offset that the compiler's message names, else zeros."""
    offset = re.search(r"\bat position (\d+)|(\d+)\.\.\d+", message)
    if not offset:
        return 0, 0
    before = page.encode()[: int(offset[1] or offset[2])].decode(errors="replace")
    return before.count("\n") + 1, len(before) - before.rfind("\n")


# ---------------------------------------------------------------- lint


def lint(page: str) -> None:
    """Check tags, attributes and nesting of an MJML page; the first fault of all is raised.

    Raises:
        MarkupFault: with line and column.
    """
    from lxml import etree

    parser = etree.XMLParser(recover=True, resolve_entities=False, no_network=True, huge_tree=False)
    try:
        root = etree.fromstring(page.encode(), parser)
    except etree.XMLSyntaxError as exc:
        is_empty = not page.strip()
        told = "the file is empty: an issue's page begins with <mjml>" if is_empty else exc.msg
        raise MarkupFault(told, *exc.position) from exc
    faults = [MarkupFault(*slip) for slip in slips.in_text(page)]
    if faults:
        raise faults[0]  # whatever the parser says follows from it
    faults = [*_syntax_faults(parser.error_log)]
    if root is None:
        raise MarkupFault("the page holds no element", 1, 1)
    if root.tag != "mjml":
        raise MarkupFault(
            f"the outermost element is <{root.tag}>, not <mjml>", root.sourceline or 1, 1
        )
    faults += _element_faults(root, page.split("\n"), is_torn=bool(faults))
    if root.find("mj-body") is None and not faults:
        raise MarkupFault("a page needs an <mj-body>, which holds what is shown", 1, 1)
    faults += [MarkupFault(*slip) for slip in slips.in_elements(root, page.split("\n"))]
    if faults:
        # one whose column nobody knows comes after what else is wrong in its line
        raise min(faults, key=lambda fault: (fault.line, fault.column or len(page)))


def _syntax_faults(log: Any) -> Iterator[MarkupFault]:
    is_first = True  # what the parser says after its first mismatch follows from that one
    for entry in log:
        kind = entry.type_name
        if "ENTITY" in kind or kind.startswith(("NS_", "WAR_")):
            continue
        message = entry.message
        void = re.search(r"tag mismatch: (\w+) line", message)
        if void and void[1] in VOID:
            message = f"<{void[1]}> must be closed: write <{void[1]} />"
            is_first = False
        elif is_first and (slip := slips.unclosed(message, PLACES)):
            yield MarkupFault(*slip)
            return
        is_first = is_first and "mismatch" not in message
        # the line that libxml2 names is one of the whole page, which nobody can open
        message = re.sub(r" line \d+(?= and )", "", message)
        # it stands behind the tag, where another file may begin in the same line
        closed = re.search(r" and ([\w-]+)$", message)
        before = len(f"</{closed[1]}>") if closed else 0
        yield MarkupFault(slips.in_words(message), entry.line, max(1, entry.column - before))


def _element_faults(root: Any, rows: list[str], *, is_torn: bool) -> Iterator[MarkupFault]:
    """Yield what is wrong with elements; in torn markup text may stand where nobody put it."""
    depth = 0
    open_at: dict[Any, int] = {root: 1}
    for element in root.iter():
        if not isinstance(element.tag, str):
            continue
        parent = element.getparent()
        depth = open_at[element] = open_at.get(parent, 0) + 1
        line = element.sourceline or 0
        column = rows[line - 1].rfind(f"<{element.tag}") + 1 if 0 < line <= len(rows) else 0
        if depth > DEPTH_LIMIT:
            yield MarkupFault(f"elements nest deeper than {DEPTH_LIMIT}", line, 1)
            return
        yield from (MarkupFault(message, line, column) for message in _complaints(element, parent))
        if element.tag in PLACES and not is_torn:
            yield from _strange_texts(element, rows)


def _strange_texts(element: Any, rows: list[str]) -> Iterator[MarkupFault]:
    """Yield where a text stands directly in an element that holds other elements only."""
    texts = (text.strip() for text in (element.text, *(child.tail for child in element)) if text)
    text = next(filter(None, texts), "")
    if not text:
        return
    # the parser knows no line of a text, so its first words are looked for
    begins, line = text.partition("\n")[0].strip(), element.sourceline or 1
    places = "<mj-text>" if "mj-text" in PLACES[element.tag] else _places_of("mj-text")
    places = "<mj-style>" if element.tag == "mj-head" else places
    told = f"text cannot stand directly in <{element.tag}>: put it in {places}"
    for number, row in enumerate(rows[line - 1 :], start=line):
        if (column := row.rfind(begins)) >= 0:
            yield MarkupFault(told, number, column + 1)
            return
    yield MarkupFault(told, line)


def _complaints(element: Any, parent: Any) -> Iterator[str]:
    tag, within = element.tag, parent.tag if parent is not None else ""
    if within in PLAIN:
        yield f"<{within}> holds plain text only, not <{tag}>"
    is_component = tag == "mjml" or tag.startswith("mj-")
    if is_component:
        misplaced = _misplaced(tag, within)
        if misplaced:
            yield misplaced
        else:
            yield from _attribute_complaints(element, within == "mj-attributes")
    elif within in KNOWN and within not in HOLD_HTML:
        places = (
            "<mj-raw>, and CSS in <mj-style>" if within == "mj-head" else "<mj-text> or <mj-raw>"
        )
        yield f"<{tag}> cannot stand directly in <{within}>: put it in {places}"


def _misplaced(tag: str, within: str) -> str:
    """Return what is wrong about a component where it stands; empty if nothing is."""
    if within in HOLD_HTML:
        return f"<{tag}> cannot stand in <{within}>, which holds HTML"
    if tag not in KNOWN:
        return f"there is no element <{tag}>{_nearest(tag, KNOWN)}"
    if within in PLACES and tag not in PLACES[within]:
        return f"<{tag}> cannot stand in <{within}>: put it in {_places_of(tag)}"
    return ""


def _places_of(tag: str) -> str:
    """Return in words where an element belongs."""
    places = [f"<{parent}>" for parent, tags in PLACES.items() if tag in tags]
    return " or ".join(places) or "a file of its own, and that here by {% include %}"


_ANY: Final = frozenset(name for known in KNOWN.values() for name in known if name != "*")


def _attribute_complaints(element: Any, in_attributes: bool) -> Iterator[str]:
    # what stands for all components may say what any of them knows
    known = _ANY if element.tag in ("mj-all", "mj-class") else KNOWN[element.tag]
    for name, value in element.attrib.items():
        if "*" not in known and name not in known and not (in_attributes and name == "name"):
            yield f"<{element.tag}> knows no attribute {name}{_nearest(name, known)}"
        elif name not in TAKE_TOKENS and (token := TOKEN.search(value)):
            # MJML computes with this attribute, so a value that is put in afterwards comes too late
            yield f"{LATE}{token[0]}"


def _nearest(name: str, known: Any) -> str:
    if name == "class" and "css-class" in known:
        return "; did you mean css-class?"
    return or_meant(name, known)

"""Outlook for Windows, which shows mail by Microsoft Word, as a page that a browser shows.

Word reads conditional comments, tables, and a small part of CSS. What it drops is dropped here, as
measured by caniemail.com and the clients' own documentation for Outlook 2007 to 2019: padding
anywhere but in a table's cell, margins of boxes, every largest and least size, floats, positions,
round corners, media queries, selectors beyond names and classes, and all fonts of a list but the
first. What it does instead of the rest of CSS
(its `mso-` properties) is played where a browser has a way to.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any, Final

from digest.lazy import regex

VERSION: Final = 16
"""The version that conditional comments are asked about: 2016 and 2019 call themselves so."""

# ---------------------------------------------------------------- conditional comments

# Both kinds: those that other clients take for comments, and those whose content they show.
_CONDITIONAL: Final = regex(
    r"<!--\[if ([^\]]*)\]>(?:<!-->|-->)?(.*?)(?:<!--)?<!\[endif\]-->", re.DOTALL
)

_OFFICE_XML: Final = regex(r"<noscript>\s*<xml>.*?</xml>\s*</noscript>|<xml>.*?</xml>", re.DOTALL)
_COMPARED: Final = regex(r"(?:(lt|lte|gt|gte)\s+)?mso(?:\s+(\d+))?", re.IGNORECASE)


def conditional(html: str) -> str:
    """Return a page as Word reads its conditional comments.

    >>> conditional("<!--[if mso]><b>W</b><![endif]--><!--[if !mso]><!--><i>x</i><!--<![endif]-->")
    '<b>W</b>'
    """
    shown = _CONDITIONAL.sub(lambda found: found[2] if holds(found[1]) else "", html)
    return _OFFICE_XML.sub("", shown)


def holds(condition: str) -> bool:
    """Tell whether a condition is true of Word.

    >>> holds("mso | IE"), holds("!mso"), holds("lte mso 11"), holds("(mso)&(IE)")
    (True, False, False, False)
    """
    parts = re.split(r"[|]", condition)
    return any(all(_is_true(one) for one in part.split("&")) for part in parts)


def _is_true(claim: str) -> bool:
    claim = claim.strip(" ()")
    if claim.startswith("!"):
        return not _is_true(claim[1:])
    compared = _COMPARED.fullmatch(claim)
    if not compared:
        return False
    asked = int(compared[2] or VERSION)
    word = (compared[1] or "").lower()
    truths = {
        "lt": asked > VERSION,
        "lte": asked >= VERSION,
        "gt": asked < VERSION,
        "gte": asked <= VERSION,
    }
    return truths.get(word, asked == VERSION)


# ---------------------------------------------------------------- declarations

_CELLS: Final = frozenset(("td", "th"))
_PARAGRAPHS: Final = frozenset("p h1 h2 h3 h4 h5 h6 ul ol li blockquote pre hr".split())
_BLOCKS: Final = _CELLS | _PARAGRAPHS | {"div", "table", "body", "center"}

_NEVER: Final = regex(
    # sizes that depend, places, effects, newer layouts; none has a meaning in Word
    r"(?:max|min)-(?:width|height)|float|clear|position|top|left|right|bottom|z-index"
    r"|overflow(?:-[xy])?|border(?:-[a-z]+)*-radius|border-spacing|box-(?:shadow|sizing)"
    r"|text-(?:shadow|overflow)|opacity|filter|transform|transition.*|animation.*|flex.*|grid.*"
    r"|gap|justify-.*|align-.*|order|object-fit|object-position|aspect-ratio|columns?(?:-.*)?"
    r"|cursor|outline.*|background-(?:image|size|position|repeat|clip|origin|attachment|blend-mode)"
    r"|white-space|word-(?:break|spacing)|overflow-wrap|hyphens"
    r"|list-style(?:-.*)?|content|color-scheme|-(?:webkit|moz|ms)-.*|--.*"
)
_UNREAD: Final = regex(
    r"\b(?:hsla?|var|calc|min|max|clamp|url|(?:linear|radial)-gradient)\(|!important.*"
)
_FONTS_OF_WINDOWS: Final = frozenset(
    "arial|calibri|cambria|candara|consolas|constantia|corbel|courier new|georgia|helvetica|impact"
    "|lucida console|palatino linotype|segoe ui|tahoma|times|times new roman|trebuchet ms|verdana"
    "|serif|sans-serif|monospace".split("|")
)
_PADDING: Final = regex(r"padding(?:-(?:top|right|bottom|left))?")
_MARGIN: Final = regex(r"margin(?:-(?:top|right|bottom|left))?")
_BORDER: Final = regex(r"border(?:-.*)?")


def declarations(style: str, tag: str) -> str:
    """Return of a style what Word honours on an element of that name.

    >>> declarations("padding:8px;margin:0 0 4px;max-width:9px;color:#111111", "p")
    'margin:0 0 4px;color:#111111'
    """
    return ";".join(
        f"{name}:{value}" for name, value in _declared(style) if _is_honoured(name, value, tag)
    )


def _declared(style: str) -> Iterator[tuple[str, str]]:
    """Yield each declaration; a list of fonts as its first, an `mso-` property as what it does."""
    for part in style.split(";"):
        name, _, value = part.partition(":")
        name, value = name.strip().lower(), value.strip()
        if name == "font-family":
            value = _first_font(value)
        elif name == "font":
            value = _with_first_font(value)
        elif name == "mso-padding-alt":
            name = "padding"
        elif name == "mso-hide" and value == "all":
            name, value = "display", "none"
        if name and value and not name.startswith("mso-"):
            yield name, value


def _first_font(families: str) -> str:
    first = families.partition(",")[0].strip(" '\"")
    return f"'{first}'" if first.lower() in _FONTS_OF_WINDOWS else "'Times New Roman'"


def _with_first_font(shorthand: str) -> str:
    sized = re.match(r"(.*?[\d.](?:px|pt|em|rem|%)(?:/\S+)?)\s+(.*)", shorthand)
    return f"{sized[1]} {_first_font(sized[2])}" if sized else shorthand


def _is_honoured(name: str, value: str, tag: str) -> bool:
    if _NEVER.fullmatch(name) or _UNREAD.search(value):
        return False
    if name == "display":
        return value == "none"
    if _PADDING.fullmatch(name):
        return tag in _CELLS
    if _MARGIN.fullmatch(name):
        return tag in _PARAGRAPHS and "auto" not in value and "-" not in value
    if name in ("width", "height"):
        return tag in _CELLS or tag == "table"
    if _BORDER.fullmatch(name):
        return tag in _BLOCKS
    if name == "vertical-align":
        return tag in _CELLS or tag in ("tr", "img")
    return True


# ---------------------------------------------------------------- style sheets

_STYLE_ELEMENT: Final = regex(r"(<style\b([^>]*)>)(.*?)(</style>)", re.DOTALL | re.IGNORECASE)
_PLAIN_SELECTOR: Final = regex(
    r"(?:[a-z][a-z0-9]*)?(?:[.#][\w-]+)*(?:\s+[a-z.#][\w.#-]*)*", re.IGNORECASE
)


def _sheet(found: re.Match[str]) -> str:
    """Return a style sheet as Word reads it; one for certain media not at all."""
    if "media" in found[2]:
        return ""
    return f"{found[1]}{''.join(_rules(found[3]))}{found[4]}"


def _rules(css: str) -> Iterator[str]:
    """Yield the rules that Word understands: none within an at-rule, none with a newer selector."""
    css = re.sub(r"/\*.*?\*/", "", css, flags=re.DOTALL)
    position = 0
    while (opened := css.find("{", position)) >= 0:
        selector = css[position:opened].strip()
        closed = _closing(css, opened)
        if not selector.startswith("@"):
            yield from _rule(selector, css[opened + 1 : closed])
        position = closed + 1


def _closing(css: str, opened: int) -> int:
    depth = 0
    for at in range(opened, len(css)):
        depth += {"{": 1, "}": -1}.get(css[at], 0)
        if depth == 0:
            return at
    return len(css)


def _rule(selector: str, style: str) -> Iterator[str]:
    for one in selector.split(","):
        one = one.strip()
        if one and _PLAIN_SELECTOR.fullmatch(one):
            last = one.split()[-1]
            kept = declarations(style, re.split(r"[.#]", last)[0].lower())
            if kept:
                yield f"{one}{{{kept}}}"


# ---------------------------------------------------------------- the page

# Where Word begins: its own font, and cells with a pixel of padding unless the table tells.
_AS_WORD: Final = (
    "<style>"
    "body{font-family:'Times New Roman';margin:0}ul,ol{padding:0;margin-left:40px}"
    "table{border-collapse:collapse;border-spacing:0}td,th{padding:1px}"
    "table[cellpadding='0']>tbody>tr>td,table[cellpadding='0']>tbody>tr>th{padding:0}"
    "</style>"
)


def word(html: str) -> str:
    """Return a page as Outlook for Windows shows it."""
    from lxml import html as tree

    page = _STYLE_ELEMENT.sub(_sheet, conditional(html))
    root = tree.document_fromstring(page)
    for element in root.iter():
        if isinstance(element.tag, str):
            _played(element)
    head = root.find("head")
    if head is not None:
        head.insert(0, tree.fragment_fromstring(_AS_WORD))
    written: str = tree.tostring(root, encoding="unicode", doctype="<!DOCTYPE html>")
    return written


def _played(element: Any) -> None:
    """Leave an element what Word honours of it."""
    tag = element.tag.lower()
    style = element.get("style")
    if style is not None:
        element.set("style", declarations(style, tag))
    if tag == "img":
        _sized(element)
    elif tag == "table" and element.get("align") == "center":
        # Word centres a table by its attribute; so does a browser, unless a margin is in the way
        element.set("style", f"{element.get('style', '')};margin:0 auto")


def _sized(image: Any) -> None:
    """Give a picture the size that its attributes tell in whole pixels; Word knows no other."""
    for name in ("width", "height"):
        if not (image.get(name) or "").isdecimal():
            image.attrib.pop(name, None)
    hold = "".join(
        f"{name}:{image.get(name)}px;" for name in ("width", "height") if image.get(name)
    )
    image.set("style", f"{image.get('style', '')};{hold}")

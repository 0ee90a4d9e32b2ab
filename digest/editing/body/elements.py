"""Knows what may stand in what: paragraphs hold no blocks, lists hold points, rows hold cells.

Tables of HTML's elements, as far as a mail shows them. This module refuses to write; `flow` does.
"""

from __future__ import annotations

import re
from functools import cache

INLINE = frozenset("em strong b i u s sub sup code abbr q cite time a".split())
HEADINGS = frozenset({"h1", "h2", "h3", "h4", "h5", "h6"})
PARAGRAPH = INLINE | {"p"}  # what a container's edge ends
ABOVE_BLOCKS = INLINE | HEADINGS | {"p", "pre"}  # what a block's beginning ends
LISTS = frozenset({"ul", "ol"})
CELLS = frozenset({"td", "th"})
GROUPS = frozenset({"thead", "tbody", "tfoot"})
PARTS = CELLS | GROUPS | {"tr", "caption"}
BLOCKS = LISTS | {"p", "blockquote", "pre", "figure", "table", "dl"}
LABELS = frozenset({"dt", "caption", "figcaption"})
TEXT_ONLY = HEADINGS | LABELS  # hold text and inline tags, no paragraphs
PARENTS = {
    "li": LISTS,
    "dt": frozenset({"dl"}),
    "dd": frozenset({"dl"}),
    "figcaption": frozenset({"figure"}),
}
CHILD = {
    "ul": "li",
    "ol": "li",
    "dl": "dd",
    "table": "tbody",
    "thead": "tr",
    "tbody": "tr",
    "tfoot": "tr",
}
CHILD |= {"tr": "td", "blockquote": "p"}  # what text needs around it there
WALLS = CELLS | LISTS | {"caption", "table", "blockquote", "figure", "dl"}
ALLOWED = INLINE | HEADINGS | BLOCKS | PARTS | PARENTS.keys() | {"br", "hr", "img"}


# What each may carry, and what its value may be; anything else goes.
ATTRIBUTES = {
    "*": {"lang", "dir"},
    "a": {"href", "title", "hreflang"},
    "img": {"src", "alt", "width", "height"},
    "ol": {"start", "reversed", "type"},
    "li": {"value"},
    "td": {"colspan", "rowspan", "align"},
    "th": {"colspan", "rowspan", "align", "scope"},
    "abbr": {"title"},
    "time": {"datetime"},
}
_VALUE = {
    "lang": r"[A-Za-z]{2,8}(-[A-Za-z0-9]{1,8}){0,4}",
    "hreflang": r"[A-Za-z]{2,8}(-[A-Za-z0-9]{1,8}){0,4}",
    "dir": r"ltr|rtl|auto",
    "start": r"-?\d{1,6}",
    "value": r"-?\d{1,6}",
    "reversed": r".{0,10}",
    "type": r"[1aAiI]",
    "colspan": r"[1-9]\d{0,2}",
    "rowspan": r"[1-9]\d{0,2}",
    "align": r"left|right|center",
    "scope": r"col|row|colgroup|rowgroup",
    "datetime": r"[\w :.+-]{1,40}",
}
VALUES = {name: re.compile(pattern) for name, pattern in _VALUE.items()}
# Where a cell's words stand is told by an attribute, by WordPress (both its ways), or by a style,
# as Markdown's tables have it.
_SIDE = re.compile(r"(?:text-align:\s*|has-text-align-)(left|right|center)\b", re.IGNORECASE)
# Elements by other names; what only divides a page; what holds no words; what plays.
SAME = {
    "strike": "s",
    "del": "s",
    "ins": "u",
    "kbd": "code",
    "samp": "code",
    "tt": "code",
    "var": "code",
}
SAME |= {"dfn": "em", "acronym": "abbr", "listing": "pre", "menu": "ul", "dir": "ul"}
SAME |= {"amp-img": "img", "amp-anim": "img"}
DIVIDES = frozenset(
    "div section article main header footer nav aside address center fieldset legend details "
    "summary hgroup search option body html form".split()
)
DROPPED = frozenset(
    "form button select textarea datalist svg math canvas map applet frameset template object "
    "audio video".split()
)
MEDIA = frozenset({"iframe", "video", "audio", "object", "embed"})
REPLACED = MEDIA | DROPPED
PLAIN = ALLOWED - HEADINGS - REPLACED - {"a", "br", "hr", "img"}
"""Elements that stay what they are, most of those that there are."""


@cache
def ends_of(name: str) -> tuple[frozenset[str], frozenset[str]]:
    """Return which elements an end tag may close, and beyond which it looks for none."""
    names = HEADINGS if name in HEADINGS else frozenset({name})
    walls = frozenset({"table"}) if name in PARTS else CELLS | {"caption", "table"}
    return names, walls | PARENTS.get(name, frozenset())


def sided(found: dict[str, str]) -> dict[str, str]:
    """Return a cell's attributes with the side on which its words stand, however that was told.

    >>> sided({"data-align": "right"})["align"], sided({"style": "text-align: Right"})["align"]
    ('right', 'right')
    """
    told = _SIDE.search(f"{found.get('style', '')} {found.get('class', '')}")
    side = found.get("align") or found.get("data-align") or (told[1] if told else "")
    return {**found, "align": side.lower()} if side else found

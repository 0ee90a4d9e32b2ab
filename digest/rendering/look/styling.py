"""Styling clean HTML: the theme's styles put on the elements of a body or an introduction.

The HTML comes clean (canonical, without style or class), so one pass over its tags is enough.
Headings are moved below the heading they stand under, without skipping a level. Only attributes are
added.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from functools import lru_cache
from typing import Final

from digest.knowledge.directions import against
from digest.lazy import regex
from digest.rendering.look import code
from digest.rendering.look.long_words import pliable

_TAG = regex(r'<(/?)([a-z][a-z0-9]*)((?:\s+[^\s"=<>/]+(?:="[^"]*")?)*)\s*(/?)>')
_SIZE = regex(r'\s(width|height)="([^"]*)"')
_HEADINGS: Final = frozenset(("h1", "h2", "h3", "h4", "h5", "h6"))
# These have no end tag, and nothing stands in them.
_VOID: Final = frozenset(("img", "br", "hr", "col", "wbr"))
# What may run against the page. An item of a list keeps its mark on the page's own side.
_TURNING: Final = _HEADINGS | {"p", "td", "th", "caption", "figcaption", "dt", "dd"}
_MARKUP = regex(r"<[^>]*>|&#?\w+;")
_QUOTED: Final = "blockquote p"
_NESTED: Final = "list in a list"
_OF_PARAGRAPHS: Final = "blockquote of paragraphs"
_TABLE_ENDS: Final = regex(r"</table>(?!</div>|\s*(?:<h[1-6]|$))")
_BELOW: Final = '<p style="margin:0;font-size:16px;line-height:16px">&#160;</p>'
# Outlook puts no margin below a table; a heading brings its own above.
_BELOW_TABLE: Final = f"</table><!--[if mso]>{_BELOW}<![endif]-->"
# A wide table scrolls inside these, and widens no phone's page: a cell of no width at most takes
# what its table has, and none of its content's. (A fixed layout does the same in fewer programs.)
# That cell has the rule at the table's end, which is in sight however far a reader has scrolled.
_SCROLLING: Final = (
    '<table role="presentation" width="100%" cellspacing="0" cellpadding="0"'
    ' style="width:100%;margin:0 0 16px"><tr><td{}><div style="overflow-x:auto">'
)
_FRAME: Final = "frame of a table"
_SCROLLED: Final = "</div></td></tr></table>"
_ABOVE: Final = "margin:24px "
# Markdown's columns say their side by an attribute; styled cells need it in their style.
_SIDE = regex(r' align="(left|right|center)"')
# Pixels: an emoji or an icon, and no picture of a post.
_IN_LINE: Final = 32
_HEADING_SIZES: Final = {2: "22px/28px", 3: "19px/26px"}


def style(
    html: str,
    theme: Mapping[str, str],
    *,
    under: int,
    width: int,
    direction: str = "ltr",
    for_browsers: bool = False,
) -> str:
    """Return clean HTML in the theme's look.

    `under` is the level of the heading it stands under; pictures are at most `width` pixels wide.
    Mail programs need another form of code than browsers, from which it can be copied as it is.

    >>> style("<h1>a</h1>", {}, under=2, width=552)[:3]
    '<h3'
    """
    dressed = _attributes(tuple(theme.items()), direction)
    relevel = _leveller(under)
    within = [""]

    def put(found: re.Match[str]) -> str:
        closing, tag, attributes, slash = found.groups()
        if tag in _HEADINGS:
            tag = relevel(tag, bool(closing))
        if closing:
            del within[max(1, len(within) - 1) :]
            ends = _SCROLLED if tag == "table" and "table" not in within else ""
            return f"</{tag}>{ends}"
        look = dressed.get(_known_as(tag, within[-1], html, found.end()), "")
        if tag not in _VOID:
            within.append(tag)
        if tag == "img":
            return _picture(attributes, width, dressed)
        attributes += _told(found, html, direction)
        if side := _SIDE.search(attributes):
            attributes = attributes.replace(side[0], "")
            look = f'{look[:-1]};text-align:{side[1]}"'
        is_framed = tag == "table" and within.count("table") == 1
        begins = _SCROLLING.format(dressed[_FRAME]) if is_framed else ""
        return f"{begins}<{tag}{attributes}{look}{' /' if slash else ''}>"

    shown = _TAG.sub(put, html)
    if shown.startswith("<h"):  # the page's own white space stands above it already
        shown = shown.replace(_ABOVE, "margin:0 ", 1)
    return shown if for_browsers else _TABLE_ENDS.sub(_BELOW_TABLE, pliable(code.wrapping(shown)))


def _told(found: re.Match[str], html: str, direction: str) -> str:
    """Return the attributes that an element lacks: what a cell is the heading of, its direction."""
    _, tag, attributes, _ = found.groups()
    # WCAG 1.3.1: a screen reader reads a cell together with its headings.
    is_unscoped = tag == "th" and " scope=" not in attributes
    told = f' scope="{_scope(html, found.end())}"' if is_unscoped else ""
    if tag not in _TURNING or " dir=" in attributes:
        return told
    words = _MARKUP.sub("", html[found.end() : html.find(f"</{tag}", found.end())])
    way = against(words, direction)
    return f'{told} dir="{way}"' if way else told


def _known_as(tag: str, within: str, html: str, end: int) -> str:
    """Return by which name an element has its style.

    Outlook puts no padding between a quotation's rule and its words; its paragraphs' margin does.
    """
    if tag == "p" and within == "blockquote":
        return _QUOTED
    if tag in ("ul", "ol") and within == "li":
        return _NESTED
    begins = end + (html[end : end + 1] == "\n")
    if tag == "blockquote" and html.startswith(("<p>", "<p "), begins):
        return _OF_PARAGRAPHS
    return tag


def _leveller(under: int) -> Callable[[str, bool], str]:
    """Return what maps each heading to a level below `under` that skips none."""
    outline: list[tuple[int, int]] = [(0, under)]
    closes: list[str] = []

    def relevel(tag: str, is_closing: bool) -> str:
        if is_closing:
            return closes.pop() if closes else tag
        level = int(tag[1])
        # By their order and not their number: "h1, h4" is two levels, whatever lies between.
        while outline[-1][0] >= level:
            outline.pop()
        outline.append((level, min(outline[-1][1] + 1, 6)))
        closes.append(f"h{outline[-1][1]}")
        return closes[-1]

    return relevel


def _scope(html: str, start: int) -> str:
    """Return what a heading cell is the heading of: its row, where cells of data follow it."""
    row = html[start : html.find("</tr>", start)]
    return "row" if "<td" in row else "col"


def _picture(attributes: str, width: int, dressed: Mapping[str, str]) -> str:
    """Return a picture in whole-number sizes that fit, in its own ratio.

    It may shrink, and is told its greatest width beside its attributes: without that it would widen
    a phone's page while it is blocked. What is no larger than a letter or two stays in its line.
    """
    sizes = {
        name: int(value)
        for name, value in _SIZE.findall(attributes)
        if value.isdecimal() and int(value) > 0
    }
    bare = _SIZE.sub("", attributes)
    own = sizes.get("width", width)
    shown = min(own, width)
    height = f' height="{max(1, round(sizes["height"] * shown / own))}"' if len(sizes) == 2 else ""
    alt = "" if " alt=" in bare else ' alt=""'
    look = ' style="vertical-align:middle"' if shown <= _IN_LINE else dressed["img"]
    return f'<img{bare}{alt} width="{shown}"{height}{look[:-1]};max-width:{shown}px" />'


@lru_cache(maxsize=32)
def _attributes(theme: tuple[tuple[str, str], ...], direction: str) -> dict[str, str]:
    """Return the class and style attributes of each element, ready to be put in."""
    start = "right" if direction == "rtl" else "left"
    table = _styles({**_UNLESS_TOLD, **dict(theme)}, start)
    return {tag: _written(names, css) for tag, (names, css) in table.items()}


# What a theme without these keys looks like.
_UNLESS_TOLD: Final = {
    "ink": "#1f1e1b",
    "quiet": "#5e5a52",
    "accent": "#0f6655",
    "hairline": "#e2ddd2",
    "tint": "#f1efe8",
    "title_font": "Georgia, serif",
    "body_font": "Helvetica, Arial, sans-serif",
    "radius": "4px",
}


def _styles(t: Mapping[str, str], start: str) -> dict[str, tuple[str, str]]:
    """Return the classes and the style of each element, in a theme, from the side lines start."""
    # Outlook knows neither padding here nor a logical side: what stands in has a margin
    aside = "0 {}px 16px 0" if start == "right" else "0 0 16px {}px"
    inner = "8px 24px 0 0" if start == "right" else "8px 0 0 24px"
    title = f"{_ABOVE}0 8px;color:{t['ink']};font-family:{t['title_font']};font-weight:bold"
    quote = f"margin:0 0 16px;border-{start}:3px solid {t['hairline']};color:{t['quiet']}"
    end = "left" if start == "right" else "right"
    cell = (
        f"padding:8px;border:1px solid {t['hairline']};border-{end}:0;vertical-align:top;"
        "word-break:normal"
    )
    # Outlook takes the first font of a list
    mono = "font-family:Consolas,Menlo,monospace;font-size:14px"
    table = {
        "p": ("", "margin:0 0 16px"),
        "a": ("accent", f"color:{t['accent']};text-decoration:underline"),
        "ul": ("", f"margin:{aside.format(24)};padding:0"),
        "ol": ("", f"margin:{aside.format(24)};padding:0"),
        _NESTED: ("", f"margin:{inner};padding:0"),
        "li": ("", "margin:0 0 8px"),
        "blockquote": ("quiet rule", f"{quote};padding:0;padding-{start}:16px"),
        _OF_PARAGRAPHS: ("quiet rule", quote),
        _QUOTED: ("", f"margin:{aside.format(16)}"),
        # a line with a raised figure in it stays as high as the others
        "sup": ("", "font-size:13px;line-height:13px"),
        "img": (
            "picture",
            f"display:block;width:100%;height:auto;border-radius:{t['radius']};"
            f"background:{t['tint']};color:{t['quiet']}",
        ),
        "figure": ("", "margin:0 0 16px"),
        "figcaption": (
            "quiet",
            f"margin:8px 0 0;color:{t['quiet']};font-size:14px;line-height:20px",
        ),
        "pre": (
            "tint",
            f"{code.BELOW};padding:16px;background-color:{t['tint']};{code.WRAPS};{mono}",
        ),
        "code": ("", mono),
        "hr": ("rule", f"margin:24px 0;border:0;border-top:1px solid {t['hairline']}"),
        _FRAME: ("rule", f"max-width:0;border-{end}:1px solid {t['hairline']}"),
        "table": ("", "width:100%;border-collapse:collapse"),
        "th": ("rule", f"{cell};text-align:{start}"),
        "td": ("rule", cell),
    }
    for level in range(1, 7):
        table[f"h{level}"] = ("ink", f"{title};font-size:{_size(level)};line-height:{_line(level)}")
    return table


def _size(level: int) -> str:
    return _HEADING_SIZES.get(level, "17px/24px").partition("/")[0]


def _line(level: int) -> str:
    return _HEADING_SIZES.get(level, "17px/24px").partition("/")[2]


def _written(names: str, css: str) -> str:
    return f'{f" class={chr(34)}{names}{chr(34)}" if names else ""} style="{css}"'

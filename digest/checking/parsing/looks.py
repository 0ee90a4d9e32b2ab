"""What a reader sees of each element: ink and ground, size and weight, or nothing at all."""

from __future__ import annotations

import re
from collections.abc import Mapping
from colorsys import hls_to_rgb
from functools import lru_cache
from typing import Final

from digest import colours
from digest.checking.parsing.cascade import Cascade, Scheme
from digest.checking.parsing.tree import Document, Node
from digest.lazy import regex

Paint = tuple[int, int, int, float]
"""Red, green and blue from 0 to 255, and opacity from 0 to 1."""

_HEADINGS: Final = {"h1": 2.0, "h2": 1.5, "h3": 1.17, "h4": 1.0, "h5": 0.83, "h6": 0.67}
_KEYWORDS: Final = {
    "xx-small": 9, "x-small": 10, "small": 13, "medium": 16,
    "large": 18, "x-large": 24, "xx-large": 32,
}  # fmt: skip
_FONT_SIZES: Final = (10, 13, 16, 18, 24, 32, 48)  # of <font size="1"> to "7"
_BOLD: Final = frozenset(("b", "strong", "th", *_HEADINGS))
_INK_ATTRIBUTES: Final = {"font": "color", "body": "text"}
_UNSEEN: Final = frozenset(
    ("head", "style", "script", "title", "template", "noscript", "meta", "link")
)
_LENGTH: Final = regex(r"(-?\d*\.?\d+)(px|pt|em|rem|ex|%|vw|)")
_RGB: Final = regex(r"rgba?\(([^()]*)\)")
_HSL: Final = regex(r"hsla?\(([^()]*)\)")
_PAINT_WORD: Final = regex(
    r"#[0-9a-f]{3,8}\b|rgba?\([^()]*\)|hsla?\([^()]*\)|[a-z]+", re.IGNORECASE
)


class Look:
    """Hold how an element's own text looks; `ground` is None where a picture lies behind."""

    __slots__ = (
        "_line",
        "_opacity",
        "ground",
        "ink",
        "is_bold",
        "is_hidden",
        "is_underlined",
        "size",
    )

    def __init__(self, over: Look | None = None) -> None:
        self.ink: str | None = over.ink if over else "#000000"
        self.ground: str | None = over.ground if over else "#ffffff"
        self.size: float = over.size if over else 16.0
        self._opacity: float = over._opacity if over else 1.0
        self._line: tuple[float, bool] = over._line if over else (1.2, True)
        self.is_bold: bool = over.is_bold if over else False
        self.is_hidden: bool = over.is_hidden if over else False
        self.is_underlined: bool = over.is_underlined if over else False

    @property
    def line(self) -> float:
        """Return the height of a line in pixels."""
        number, is_factor = self._line
        return number * self.size if is_factor else number

    @property
    def shown_ink(self) -> str | None:
        """Return the ink as it is seen: what is half transparent lets the ground through."""
        if self._opacity >= 1 or self.ink is None:
            return self.ink
        return over((*_digits(self.ink), self._opacity), self.ground)

    def take_opacity(self, value: str) -> None:
        """Take over a value of `opacity`, which counts for everything inside as well."""
        if found := re.fullmatch(r"(\d*\.?\d+)(%?)", value):
            self._opacity *= min(float(found[1]) / (100 if found[2] else 1), 1.0)

    def take_line(self, value: str) -> None:
        """Take over a value of `line-height`; a bare number is a factor, and inherited as one."""
        if re.fullmatch(r"\d*\.?\d+", value):
            self._line = float(value), True
        elif _LENGTH.fullmatch(value):
            self._line = length(value, self.size), False


def looks(page: Document, cascade: Cascade, scheme: Scheme = "light") -> dict[Node, Look]:
    """Return the look of every element in light or in dark mode."""
    found: dict[Node, Look] = {page.root: Look()}
    known: dict[tuple[int, int, str], Look] = {}
    for node in page.nodes:
        above = found[node.parent or page.root]
        declared = cascade.declared(node, scheme)
        key = (id(above), id(declared), node.name)
        is_plain = not node.attributes.keys() & {"hidden", "size", "color", "text"}
        look = known.get(key) if is_plain else None
        if look is None:
            look = _look(node, above, declared)
            if is_plain:
                known[key] = look
        found[node] = look
    return found


def _look(node: Node, above: Look, declared: Mapping[str, str]) -> Look:
    look = Look(above)
    look.size = _size(node, declared, above.size)
    look.take_line(declared.get("line-height", ""))
    look.take_opacity(declared.get("opacity", ""))
    look.is_bold = _is_bold(node, declared, above.is_bold)
    look.is_hidden = above.is_hidden or _is_hidden(node, declared)
    look.is_underlined = _is_underlined(node, declared, above.is_underlined)
    look.ground = _ground(declared, above.ground)
    look.ink = _ink(node, declared, above.ink, look.ground)
    return look


# ---------------------------------------------------------------- text


def _size(node: Node, declared: Mapping[str, str], above: float) -> float:
    value = declared.get("font-size")
    if value is None and "font" in declared:
        found = re.search(r"(?<![\w.])(\d*\.?\d+(?:px|pt|em|rem|%))", declared["font"])
        value = found[1] if found else None
    if value is not None:
        return length(value, above) if value not in _KEYWORDS else float(_KEYWORDS[value])
    if node.name in _HEADINGS:
        return above * _HEADINGS[node.name]
    if node.name == "font" and node.get("size").isdecimal():
        return float(_FONT_SIZES[min(max(int(node.get("size")[:2]), 1), 7) - 1])
    return above * 0.83 if node.name in ("small", "sub", "sup") else above


@lru_cache(maxsize=512)
def length(value: str, of: float = 16.0) -> float:
    """Return a length in pixels; relative ones are of `of`. What cannot be read is `of` itself.

    >>> length("12pt"), length("1.5em", 20), length("auto", 7)
    (16.0, 30.0, 7)
    """
    found = _LENGTH.fullmatch(value.strip())
    if not found:
        return of
    number = float(found[1])
    factor = {"px": 1.0, "": 1.0, "pt": 4 / 3, "rem": 16.0, "ex": of / 2, "%": of / 100, "vw": 6.0}
    return number * factor.get(found[2], of)


def _is_bold(node: Node, declared: Mapping[str, str], above: bool) -> bool:
    value = declared.get("font-weight", declared.get("font", ""))
    if "bold" in value or re.search(r"\b[6-9]00\b", value):
        return True
    if value and (value == "normal" or re.fullmatch(r"[1-5]00", value)):
        return False
    return above or node.name in _BOLD


def _is_underlined(node: Node, declared: Mapping[str, str], above: bool) -> bool:
    value = declared.get("text-decoration-line", declared.get("text-decoration"))
    if value is not None:
        return "underline" in value or (above and node.name != "a")
    return above or node.name == "u" or (node.name == "a" and "href" in node.attributes)


def _is_hidden(node: Node, declared: Mapping[str, str]) -> bool:
    if node.name in _UNSEEN or "hidden" in node.attributes:
        return True
    if declared.get("display") == "none" or declared.get("visibility") in ("hidden", "collapse"):
        return True
    if declared.get("opacity", "1") in ("0", "0.0", "0%"):
        return True
    is_clipped = "hidden" in declared.get("overflow", "")
    is_flat = any(
        length(declared.get(name, "auto"), 9) == 0 for name in ("max-height", "height", "max-width")
    )
    return is_clipped and is_flat


# ---------------------------------------------------------------- colours


def _ground(declared: Mapping[str, str], above: str | None) -> str | None:
    ground = above
    for name in ("background", "background-color", "background-image"):
        value = declared.get(name)
        if value is None or value in ("none", "inherit", "initial"):
            continue
        if "url(" in value or "gradient(" in value or name == "background-image":
            return None
        color = paint(value)
        if color is not None:
            ground = over(color, ground)
    return ground


def _ink(
    node: Node, declared: Mapping[str, str], above: str | None, ground: str | None
) -> str | None:
    value = declared.get("color")
    if value is None:
        value = node.get(_INK_ATTRIBUTES.get(node.name, ""))
        value = f"#{value}" if re.fullmatch(r"[0-9a-fA-F]{6}", value) else value
        if not value:
            return "#0000ee" if node.name == "a" and "href" in node.attributes else above
    color = paint(value)
    return above if color is None else over(color, ground)


def over(color: Paint, ground: str | None) -> str | None:
    """Return what a colour looks like on a ground, as six digits; None if the ground is unknown."""
    red, green, blue, opacity = color
    if opacity >= 1:
        return f"#{red:02x}{green:02x}{blue:02x}"
    if ground is None or opacity <= 0:
        return ground
    under = (int(ground[i : i + 2], 16) for i in (1, 3, 5))
    mixed = (
        round(a * opacity + b * (1 - opacity))
        for a, b in zip((red, green, blue), under, strict=True)
    )
    return "#" + "".join(f"{part:02x}" for part in mixed)


@lru_cache(maxsize=512)
def paint(value: str) -> Paint | None:
    """Return the colour in a value of `color` or `background`; None where there is none.

    >>> paint("#fff"), paint("url(a) no-repeat rgba(0, 0, 0, .5)"), paint("inherit")
    ((255, 255, 255, 1.0), (0, 0, 0, 0.5), None)
    """
    for word in _PAINT_WORD.findall(value):
        found = _paint(word.lower())
        if found is not None:
            return found
    return None


def _paint(word: str) -> Paint | None:
    if word == "transparent":
        return 0, 0, 0, 0.0
    if function := _RGB.fullmatch(word):
        return _from_rgb(function[1])
    if function := _HSL.fullmatch(word):
        return _from_hsl(function[1])
    opacity = 1.0
    if word.startswith("#") and len(word) in (5, 9):
        size = (len(word) - 1) // 4
        opacity = int(word[-size:] * (3 - size), 16) / 255
        word = word[:-size]
    known = colours.colour(word)
    return (*_digits(known), opacity) if known else None


def _digits(known: str) -> tuple[int, int, int]:
    return int(known[1:3], 16), int(known[3:5], 16), int(known[5:7], 16)


def _numbers(text: str) -> list[tuple[float, bool]]:
    return [(float(n), unit == "%") for n, unit in re.findall(r"(-?\d*\.?\d+)(%?)", text)]


def _from_rgb(text: str) -> Paint | None:
    parts = _numbers(text)
    if len(parts) < 3:
        return None
    red, green, blue = (
        min(max(round(n * 2.55 if is_share else n), 0), 255) for n, is_share in parts[:3]
    )
    return red, green, blue, _opacity(parts)


def _from_hsl(text: str) -> Paint | None:
    parts = _numbers(text)
    if len(parts) < 3:
        return None
    hue, saturation, light = (n for n, _ in parts[:3])
    share = hls_to_rgb(
        hue / 360 % 1, min(max(light, 0), 100) / 100, min(max(saturation, 0), 100) / 100
    )
    red, green, blue = (round(255 * part) for part in share)
    return red, green, blue, _opacity(parts)


def _opacity(parts: list[tuple[float, bool]]) -> float:
    if len(parts) < 4:
        return 1.0
    number, is_share = parts[3]
    return min(max(number / 100 if is_share else number, 0.0), 1.0)

"""What a reader sees of each element: ink and ground, size and weight, or nothing at all."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import lru_cache
from typing import Final

from digest.checking.parsing.cascade import Cascade, Scheme
from digest.checking.parsing.paints import Mode, Paint, is_unknowable, paint, stops
from digest.checking.parsing.tree import Document, Node
from digest.knowledge.colours import contrast
from digest.lazy import regex

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
_LENGTH: Final = regex(r"(-?\d*\.?\d+)([a-z]+|%|)", re.IGNORECASE)
# pixels in a unit (CSS Values 4, sections 6 and 7), on a screen 600 pixels wide and 800 high
_UNITS: Final = {
    "": 1.0, "px": 1.0, "pt": 4 / 3, "pc": 16.0, "in": 96.0, "cm": 96 / 2.54, "mm": 96 / 25.4,
    "q": 96 / 101.6, "rem": 16.0, "rex": 8.0, "rch": 8.0, "rcap": 11.0, "ric": 16.0, "rlh": 19.2,
    "vw": 6.0, "vi": 6.0, "vmin": 6.0, "vh": 8.0, "vb": 8.0, "vmax": 8.0,
}  # fmt: skip
# the size of the letters around, in a unit that goes by them
_RELATIVE: Final = {
    "%": 0.01, "em": 1.0, "ex": 0.5, "ch": 0.5, "cap": 0.7, "ic": 1.0, "lh": 1.2,
}  # fmt: skip
_SIZED_SCREEN: Final = regex(r"[sld](?=v)")  # svw, lvh, dvmin: as vw, vh, vmin


class Look:
    """Hold how an element's own text looks.

    `grounds` are the colours behind it, several of a gradient; None where a picture lies there.
    `ink` is None where nobody outside can know it.
    """

    __slots__ = (
        "_line",
        "_opacity",
        "grounds",
        "ink",
        "is_bold",
        "is_hidden",
        "is_underlined",
        "size",
    )

    def __init__(self, over: Look | None = None) -> None:
        self.ink: str | None = over.ink if over else "#000000"
        self.grounds: tuple[str, ...] | None = over.grounds if over else ("#ffffff",)
        self.size: float = over.size if over else 16.0
        self._opacity: float = over._opacity if over else 1.0
        self._line: tuple[float, bool] = over._line if over else (1.2, True)
        self.is_bold: bool = over.is_bold if over else False
        self.is_hidden: bool = over.is_hidden if over else False
        self.is_underlined: bool = over.is_underlined if over else False

    @property
    def ground(self) -> str | None:
        """Return the colour behind it; of a gradient the one that the ink stands out from most."""
        if self.grounds is None or len(self.grounds) == 1:
            return self.grounds and self.grounds[0]
        ink = self.ink or self.grounds[0]
        return max(self.grounds, key=lambda ground: contrast(ink, ground))

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
            look = _look(node, above, declared, "dark" if scheme == "dark" else "light")
            if is_plain:
                known[key] = look
        found[node] = look
    return found


def _look(node: Node, above: Look, declared: Mapping[str, str], mode: Mode) -> Look:
    look = Look(above)
    look.size = _size(node, declared, above.size)
    look.take_line(declared.get("line-height", ""))
    look.take_opacity(declared.get("opacity", ""))
    look.is_bold = _is_bold(node, declared, above.is_bold)
    look.is_hidden = above.is_hidden or _is_hidden(node, declared)
    look.is_underlined = _is_underlined(node, declared, above.is_underlined)
    look.grounds = _grounds(declared, above.grounds, mode)
    look.ink = _ink(node, declared, look, mode)
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
    number, unit = float(found[1]), _SIZED_SCREEN.sub("", found[2].lower())
    if unit in _RELATIVE:
        return number * of * _RELATIVE[unit]
    return number * _UNITS[unit] if unit in _UNITS else of


def _is_bold(node: Node, declared: Mapping[str, str], above: bool) -> bool:
    value = declared.get("font-weight", declared.get("font", ""))
    if value and ("bold" in value or re.search(r"\b[6-9]00\b", value)):
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


def _grounds(
    declared: Mapping[str, str], above: tuple[str, ...] | None, mode: Mode
) -> tuple[str, ...] | None:
    """Return the colours behind an element: one, those of a gradient, or None for a picture."""
    grounds = above
    for name in ("background", "background-color", "background-image"):
        value = declared.get(name)
        if value is None or value in ("none", "inherit", "initial"):
            continue
        colours = _painted(value, mode, may_be_plain=name != "background-image")
        if colours is None:
            return None
        if colours:
            grounds = _over_each(colours, grounds)
    return grounds


def _painted(value: str, mode: Mode, *, may_be_plain: bool) -> tuple[Paint, ...] | None:
    """Return the colours of a background, none if it has no say; None where nobody can know."""
    if "url(" in value:
        return None
    if colours := stops(value, mode):
        return colours
    if "gradient(" in value or not may_be_plain:
        return None
    if color := paint(value, mode):
        return (color,)
    is_unknown = is_unknowable(value) or "currentcolor" in value.lower()
    return None if is_unknown else ()


def _over_each(
    colours: tuple[Paint, ...], grounds: tuple[str, ...] | None
) -> tuple[str, ...] | None:
    under: tuple[str | None, ...] = grounds or (None,)
    found = dict.fromkeys(over(color, ground) for color in colours for ground in under)
    known = tuple(one for one in found if one is not None)
    return known if len(known) == len(found) else None


def _ink(node: Node, declared: Mapping[str, str], look: Look, mode: Mode) -> str | None:
    value = declared.get("color")
    if value is None:
        value = node.get(_INK_ATTRIBUTES.get(node.name, ""))
        value = f"#{value}" if re.fullmatch(r"[0-9a-fA-F]{6}", value) else value
        if not value:
            return "#0000ee" if node.name == "a" and "href" in node.attributes else look.ink
    color = paint(value, mode)
    if color is None:
        return None if is_unknowable(value) else look.ink
    return over(color, look.ground)


def over(color: Paint, ground: str | None) -> str | None:
    """Return what a colour looks like on a ground, as six digits; None if the ground is unknown."""
    red, green, blue, opacity = color
    if opacity >= 1:
        return f"#{red:02x}{green:02x}{blue:02x}"
    if ground is None or opacity <= 0:
        return ground
    under = _digits(ground)
    mixed = (
        round(a * opacity + b * (1 - opacity))
        for a, b in zip((red, green, blue), under, strict=True)
    )
    return "#" + "".join(f"{part:02x}" for part in mixed)


def _digits(known: str) -> tuple[int, int, int]:
    return int(known[1:3], 16), int(known[3:5], 16), int(known[5:7], 16)

"""Reads colours in all the ways that CSS Color 4 and 5 write them, and mixes them as they do.

What depends on a reader's system (`CanvasText`), on variables or on sums is told from what is no
colour at all: of the first nobody outside knows, the second a mail program passes over.
Colours outside of sRGB are cut to it, as browsers do.
"""

from __future__ import annotations

import math
from collections.abc import Iterator
from functools import lru_cache
from typing import Final, Literal

from digest.checking.parsing.spaces import ANGLES, SPACES, Three, Turn, each
from digest.knowledge import colours
from digest.lazy import regex

Paint = tuple[int, int, int, float]
"""Red, green and blue from 0 to 255, and opacity from 0 to 1."""
Shade = tuple[float, float, float, float]
"""Red, green and blue from 0 to 1, or outside of it, and opacity."""

_MOST_CHARACTERS: Final = 2_000  # of a value; a colour stands at its beginning
_FAR: Final = 1e6  # beyond it no number makes a difference, and sums run out of what there is
_NUMBER: Final = regex(r"([-+]?(?:\d*\.)?\d+(?:e[-+]?\d+)?)(%|deg|grad|rad|turn)?")
_HEX: Final = regex(r"#(?:[0-9a-f]{3,4}|[0-9a-f]{6}|[0-9a-f]{8})")
_WORD: Final = regex(r"[()]|[\s,/]+|[^\s,/()]+")
_TURNS: Final = {"deg": 1.0, "grad": 0.9, "rad": 180 / math.pi, "turn": 360.0}
_GRADIENT: Final = regex(r"(?:-\w+-)?(?:repeating-)?(?:linear|radial|conic)-gradient\(")
# CSS Color 4, section 6.2, and the older names of CSS 2 that browsers still know
_SYSTEM: Final = frozenset(
    "accentcolor accentcolortext activetext buttonborder buttonface buttontext canvas canvastext"
    " field fieldtext graytext highlight highlighttext linktext mark marktext selecteditem"
    " selecteditemtext visitedtext activeborder activecaption appworkspace background"
    " buttonhighlight buttonshadow captiontext inactiveborder inactivecaption"
    " inactivecaptiontext infobackground infotext menu menutext scrollbar threeddarkshadow"
    " threedface threedhighlight threedlightshadow threedshadow window windowframe"
    " windowtext".split()
)
# functions whose outcome stands in no text
_UNKNOWABLE: Final = ("var(", "env(", "attr(", "contrast-color(", "device-cmyk(", "(from ")

Mode = Literal["light", "dark"]


# ---------------------------------------------------------------- reading


@lru_cache(maxsize=512)
def paint(value: str, mode: Mode = "light") -> Paint | None:
    """Return the colour in a value of `color` or `background`; None where there is none.

    >>> paint("#fff"), paint("url(a) no-repeat rgba(0, 0, 0, .5)"), paint("inherit")
    ((255, 255, 255, 1.0), (0, 0, 0, 0.5), None)
    >>> paint("hwb(120 0% 50%)"), paint("oklch(62.8% 0.2577 29.23)"), paint("lab(100% 0 0 / 50%)")
    ((0, 128, 0, 1.0), (255, 0, 0, 1.0), (255, 255, 255, 0.5))
    >>> paint("color-mix(in srgb, red 25%, white)"), paint("light-dark(red, #000)", "dark")
    ((255, 191, 191, 1.0), (0, 0, 0, 1.0))
    """
    for word in _words(value[:_MOST_CHARACTERS].lower()):
        shade = _shade(word, mode)
        if shade is not None:
            return _cut(shade)
    return None


@lru_cache(maxsize=512)
def is_unknowable(value: str) -> bool:
    """Tell whether a value sets a colour that only the reader's own screen knows.

    >>> told = ("CanvasText", "var(--ink)", "rgb(from red r g b)")
    >>> [is_unknowable(value) for value in told]
    [True, True, True]
    >>> is_unknowable("#fff"), is_unknowable("nocolour")
    (False, False)
    """
    if paint(value) is not None:
        return False
    value = value[:_MOST_CHARACTERS].lower()
    words = list(_words(value))
    if any(sign in value for sign in _UNKNOWABLE) or not _SYSTEM.isdisjoint(words):
        return True
    # a function that is one of colours, and holds what cannot be worked out, such as a sum
    return any(word.partition("(")[0] in _FUNCTIONS for word in words if "(" in word)


def stops(value: str, mode: Mode = "light") -> tuple[Paint, ...]:
    """Return the colours of a gradient in a value; none if it holds none, or one cannot be read.

    >>> stops("linear-gradient(to right, #fff 0%, rgb(0 0 0) 50%)")
    ((255, 255, 255, 1.0), (0, 0, 0, 1.0))
    """
    if not _GRADIENT.search(value.lower()):
        return ()
    found: list[Paint | None] = []
    for word in _words(value[:_MOST_CHARACTERS].lower()):
        if _GRADIENT.match(word):
            parts = list(_words(_inside(word)))
            colour_like = [part for part in parts if _is_colour_like(part)]
            found += [paint(part, mode) for part in colour_like]
    read = tuple(one for one in found if one is not None)
    return read if len(read) == len(found) else ()


def _is_colour_like(word: str) -> bool:
    name = word.partition("(")[0]
    if "(" in word:
        return name in _FUNCTIONS or word.startswith(_UNKNOWABLE)
    return word.startswith("#") or word in _SYSTEM or _named(word) is not None


def _words(value: str) -> Iterator[str]:
    """Yield what spaces, commas and slashes part, a function with all that it holds as one."""
    depth, word = 0, ""
    for found in _WORD.finditer(value):
        part = found[0]
        depth += (part == "(") - (part == ")")
        if depth <= 0 and part[0] in " \t\r\n\f,/":
            if word:
                yield word
            depth, word = 0, ""
        else:
            word += part
    if word:
        yield word


def _inside(function: str) -> str:
    return function.partition("(")[2].removesuffix(")")


def _shade(word: str, mode: Mode) -> Shade | None:
    """Return the colour that one word or function is, None if it is none or cannot be known."""
    name, opened, _ = word.partition("(")
    if not opened:
        return _named(word)
    if any(sign in word for sign in _UNKNOWABLE):
        return None
    if name == "light-dark":
        both = [_shade(part, mode) for part in _words(_inside(word))]
        return both[mode == "dark"] if len(both) == 2 else None
    if name == "color-mix":
        return _mixed(_inside(word), mode)
    return _called(name, _inside(word)) if name in _FUNCTIONS else None


def _named(word: str) -> Shade | None:
    if word == "transparent":
        return 0.0, 0.0, 0.0, 0.0
    opacity = 1.0
    if word.startswith("#"):
        if not _HEX.fullmatch(word):
            return None
        if len(word) in (5, 9):
            size = (len(word) - 1) // 4
            opacity = int(word[-size:] * (3 - size), 16) / 255
            word = word[:-size]
    known = colours.colour(word)
    if known is None:
        return None
    red, green, blue = (int(known[i : i + 2], 16) / 255 for i in (1, 3, 5))
    return red, green, blue, opacity


def _called(name: str, inside: str) -> Shade | None:
    """Return what a function of three channels and an opacity says."""
    scales, made = _FUNCTIONS[name]
    parts = list(_words(inside))
    if name == "color":
        space = parts.pop(0) if parts else ""
        if space not in SPACES:
            return None
        made = SPACES[space][0]
    if not 3 <= len(parts) <= 4:
        return None
    numbers = [_number(part, full) for part, full in zip(parts, (*scales, 1.0), strict=False)]
    known = [number for number in numbers if number is not None]
    if len(known) != len(parts):
        return None
    red, green, blue = made((known[0], known[1], known[2]))
    opacity = min(max(known[3], 0.0), 1.0) if len(known) > 3 else 1.0
    return red, green, blue, opacity


def _number(word: str, full: float) -> float | None:
    """Return a channel; of a percentage `full` is 100, an angle is in degrees, `none` is 0."""
    if word == "none":
        return 0.0
    found = _NUMBER.fullmatch(word)
    if not found:
        return None
    number = min(max(float(found[1]), -_FAR), _FAR)
    return number * full / 100 if found[2] == "%" else number * _TURNS.get(found[2] or "", 1.0)


def _cut(shade: Shade) -> Paint:
    red, green, blue = (round(255 * min(max(part, 0.0), 1.0)) for part in shade[:3])
    return red, green, blue, shade[3]


# ---------------------------------------------------------------- mixing (CSS Color 5, section 3)


def _mixed(inside: str, mode: Mode) -> Shade | None:
    """Return what `in SPACE [HUE hue], COLOUR [SHARE], COLOUR [SHARE]` comes to."""
    words = [word for word in _words(inside) if word not in ("in", "hue", "shorter")]
    space = words.pop(0) if words and words[0] in SPACES else ""
    found = _weighed(words, mode)
    if not space or found is None:
        return None
    (one, share), (other, rest) = found
    if share is None:
        share = 0.5 if rest is None else 1 - rest
    rest = 1 - share if rest is None else rest
    whole = share + rest
    if whole <= 0:
        return None
    red, green, blue, opacity = _between(one, other, rest / whole, space)
    return red, green, blue, opacity * min(whole, 1.0)


def _weighed(words: list[str], mode: Mode) -> list[tuple[Shade, float | None]] | None:
    """Return two colours, each with its share if it is told; None if a word is neither."""
    found: list[tuple[Shade, float | None]] = []
    for word in words:
        shade = _shade(word, mode)
        if shade is not None:
            found.append((shade, None))
        elif found and word.endswith("%"):
            found[-1] = found[-1][0], _number(word, 1.0)
        else:
            return None
    return found if len(found) == 2 else None


def _between(one: Shade, other: Shade, share: float, space: str) -> Shade:
    """Return the colour on the way between two, in a space, each as heavy as it is opaque."""
    made, told = SPACES[space]
    first, second = told(one[:3]), told(other[:3])
    opacity = one[3] * (1 - share) + other[3] * share
    weight = other[3] * share / opacity if opacity else share
    angle = ANGLES.get(space)
    mixed = []
    for at, (a, b) in enumerate(zip(first, second, strict=True)):
        if at == angle:
            b = a + (b - a + 180) % 360 - 180  # the shorter way round
            mixed.append(a + (b - a) * share)
        else:
            mixed.append(a + (b - a) * weight)
    red, green, blue = made((mixed[0], mixed[1], mixed[2]))
    return red, green, blue, opacity


def _of_bytes(rgb: Three) -> Three:
    return each(lambda part: part / 255, rgb)


# each function: what 100 % of a channel is, and how its three come to sRGB
_FUNCTIONS: Final[dict[str, tuple[Three, Turn]]] = {
    "rgb": ((255.0, 255.0, 255.0), _of_bytes),
    "rgba": ((255.0, 255.0, 255.0), _of_bytes),
    "hsl": ((360.0, 100.0, 100.0), SPACES["hsl"][0]),
    "hsla": ((360.0, 100.0, 100.0), SPACES["hsl"][0]),
    "hwb": ((360.0, 100.0, 100.0), SPACES["hwb"][0]),
    "lab": ((100.0, 125.0, 125.0), SPACES["lab"][0]),
    "lch": ((100.0, 150.0, 360.0), SPACES["lch"][0]),
    "oklab": ((1.0, 0.4, 0.4), SPACES["oklab"][0]),
    "oklch": ((1.0, 0.4, 360.0), SPACES["oklch"][0]),
    "color": ((1.0, 1.0, 1.0), SPACES["srgb"][0]),
    "color-mix": ((1.0, 1.0, 1.0), SPACES["srgb"][0]),
    "light-dark": ((1.0, 1.0, 1.0), SPACES["srgb"][0]),
}

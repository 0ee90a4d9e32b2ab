"""Colours: how they may be written, how well one reads on another, and the nearest that reads well.

Pure arithmetic on sRGB after WCAG 2. A colour is six hexadecimal digits with a hash, the form every
client reads; nothing else leaves this room.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from colorsys import hls_to_rgb, rgb_to_hls
from functools import cache, lru_cache
from typing import Final

from digest.lazy import regex
from digest.nearest import nearest

READABLE: Final = 4.5
"""The least contrast between a text and its ground (WCAG 2.2, 1.4.3)."""

_HEX = regex(r"#?([0-9a-f]+)")
_NUMBER = r"\s*(-?[\d.]+)(%?|deg)\s*"
_FUNCTION = regex(rf"(rgb|hsl)a?\({_NUMBER}[,\s]{_NUMBER}[,\s]{_NUMBER}(?:[,/].*)?\)")

# The names of CSS Color 4, each with its six digits.
_NAMES: Final = """
aliceblue f0f8ff antiquewhite faebd7 aqua 00ffff aquamarine 7fffd4 azure f0ffff beige f5f5dc
bisque ffe4c4 black 000000 blanchedalmond ffebcd blue 0000ff blueviolet 8a2be2 brown a52a2a
burlywood deb887 cadetblue 5f9ea0 chartreuse 7fff00 chocolate d2691e coral ff7f50
cornflowerblue 6495ed cornsilk fff8dc crimson dc143c cyan 00ffff darkblue 00008b darkcyan 008b8b
darkgoldenrod b8860b darkgray a9a9a9 darkgreen 006400 darkgrey a9a9a9 darkkhaki bdb76b
darkmagenta 8b008b darkolivegreen 556b2f darkorange ff8c00 darkorchid 9932cc darkred 8b0000
darksalmon e9967a darkseagreen 8fbc8f darkslateblue 483d8b darkslategray 2f4f4f
darkslategrey 2f4f4f darkturquoise 00ced1 darkviolet 9400d3 deeppink ff1493 deepskyblue 00bfff
dimgray 696969 dimgrey 696969 dodgerblue 1e90ff firebrick b22222 floralwhite fffaf0
forestgreen 228b22 fuchsia ff00ff gainsboro dcdcdc ghostwhite f8f8ff gold ffd700 goldenrod daa520
gray 808080 green 008000 greenyellow adff2f grey 808080 honeydew f0fff0 hotpink ff69b4
indianred cd5c5c indigo 4b0082 ivory fffff0 khaki f0e68c lavender e6e6fa lavenderblush fff0f5
lawngreen 7cfc00 lemonchiffon fffacd lightblue add8e6 lightcoral f08080 lightcyan e0ffff
lightgoldenrodyellow fafad2 lightgray d3d3d3 lightgreen 90ee90 lightgrey d3d3d3 lightpink ffb6c1
lightsalmon ffa07a lightseagreen 20b2aa lightskyblue 87cefa lightslategray 778899
lightslategrey 778899 lightsteelblue b0c4de lightyellow ffffe0 lime 00ff00 limegreen 32cd32
linen faf0e6 magenta ff00ff maroon 800000 mediumaquamarine 66cdaa mediumblue 0000cd
mediumorchid ba55d3 mediumpurple 9370db mediumseagreen 3cb371 mediumslateblue 7b68ee
mediumspringgreen 00fa9a mediumturquoise 48d1cc mediumvioletred c71585 midnightblue 191970
mintcream f5fffa mistyrose ffe4e1 moccasin ffe4b5 navajowhite ffdead navy 000080 oldlace fdf5e6
olive 808000 olivedrab 6b8e23 orange ffa500 orangered ff4500 orchid da70d6 palegoldenrod eee8aa
palegreen 98fb98 paleturquoise afeeee palevioletred db7093 papayawhip ffefd5 peachpuff ffdab9
peru cd853f pink ffc0cb plum dda0dd powderblue b0e0e6 purple 800080 rebeccapurple 663399
red ff0000 rosybrown bc8f8f royalblue 4169e1 saddlebrown 8b4513 salmon fa8072 sandybrown f4a460
seagreen 2e8b57 seashell fff5ee sienna a0522d silver c0c0c0 skyblue 87ceeb slateblue 6a5acd
slategray 708090 slategrey 708090 snow fffafa springgreen 00ff7f steelblue 4682b4 tan d2b48c
teal 008080 thistle d8bfd8 tomato ff6347 turquoise 40e0d0 violet ee82ee wheat f5deb3 white ffffff
whitesmoke f5f5f5 yellow ffff00 yellowgreen 9acd32
"""


@cache
def _names() -> dict[str, str]:
    return {name: f"#{digits}" for name, digits in re.findall(r"(\S+)\s(\S+)", _NAMES)}


def colour(text: str) -> str | None:
    """Return a colour written as three or six digits or by its CSS name; None for anything else.

    >>> colour("#FB0"), colour("Teal"), colour("rgb(1,2,3)")
    ('#ffbb00', '#008080', None)
    """
    text = text.strip().lower()
    if not text.startswith("#"):
        return _names().get(text)
    digits = text[1:]
    if len(digits) not in (3, 6) or not _HEX.fullmatch(digits):
        return None
    return f"#{digits}" if len(digits) == 6 else "#" + "".join(2 * digit for digit in digits)


def meant(text: str) -> str | None:
    """Return the colour that a text which is none was probably meant to be.

    >>> meant("rgb(15, 102, 85)"), meant("#0f66558c"), meant("seegreen"), meant("?")
    ('#0f6655', '#0f6655', '#2e8b57', None)
    """
    text = text.strip().lower()
    if digits := _HEX.fullmatch(text):
        return _from_digits(digits[1])
    if function := _FUNCTION.fullmatch(text):
        try:
            return _from_function(function)
        except ValueError:
            return None
    name = text.replace(" ", "")
    near = name if name in _names() else nearest(name, _names())
    return _names()[near] if near else None


def _from_digits(digits: str) -> str:
    """Return a wrong number of digits as six: transparency dropped, or the last repeated."""
    if len(digits) in (3, 4):
        return "#" + "".join(2 * digit for digit in digits[:3])
    return f"#{digits[:6]:{digits[-1]}<6}"


def _from_function(found: re.Match[str]) -> str:
    if found[1] == "rgb":
        return _written(
            *(float(found[i]) / (100 if found[i + 1] == "%" else 255) for i in (2, 4, 6))
        )
    hue, saturation, lightness = float(found[2]) / 360, float(found[4]) / 100, float(found[6]) / 100
    return _written(*hls_to_rgb(hue, lightness, min(max(saturation, 0), 1)))


def _written(*parts: float) -> str:
    return "#" + "".join(f"{round(255 * min(max(part, 0), 1)):02x}" for part in parts)


# ---------------------------------------------------------------- contrast


@lru_cache(maxsize=1024)
def _luminance(of: str) -> float:
    red, green, blue = (
        p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in _parts(of)
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _parts(of: str) -> tuple[float, float, float]:
    red, green, blue = (int(of[i : i + 2], 16) / 255 for i in (1, 3, 5))
    return red, green, blue


def contrast(one: str, other: str) -> float:
    """Return how well two colours are told apart, from 1 to 21.

    >>> contrast("#000000", "#ffffff"), round(contrast("#777777", "#ffffff"), 2)
    (21.0, 4.48)
    """
    light, deep = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (light + 0.05) / (deep + 0.05)


def nearest_colour(to: str, is_fit: Callable[[str], bool]) -> str | None:
    """Return the fit colour of the same hue whose lightness is nearest; None if no lightness fits.

    >>> nearest_colour("#ffd700", lambda c: contrast(c, "#ffffff") >= READABLE)
    '#8b7500'
    """
    hue, lightness, saturation = rgb_to_hls(*_parts(to))
    # beyond black and white there is more of the same
    steps = (lightness + sign * step / 255 for step in range(256) for sign in (-1, 1))
    tried = (_written(*hls_to_rgb(hue, step, saturation)) for step in steps)
    return next((found for found in (to, *tried) if is_fit(found)), None)

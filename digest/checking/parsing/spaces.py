"""Turns the colours of one space into those of another (CSS Color 4, section 10).

Three numbers come in and go out: lightness and hue in the units that CSS has for them, the rest
from 0 to 1. All go by way of sRGB as it is shown, which may lie outside of 0 to 1.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from colorsys import hls_to_rgb, rgb_to_hls
from typing import Final

Three = tuple[float, float, float]
Turn = Callable[[Three], Three]
Matrix = tuple[Three, Three, Three]

# All matrices are those of CSS Color 4's own sample code: sRGB, Display P3, the two white points,
# OKLab.
_XYZ_OF_RGB: Final[Matrix] = (
    (0.41239079926595934, 0.357584339383878, 0.1804807884018343),
    (0.21263900587151027, 0.715168678767756, 0.07219231536073371),
    (0.01933081871559182, 0.11919477979462598, 0.9505321522496607),
)
_RGB_OF_XYZ: Final[Matrix] = (
    (3.2409699419045226, -1.537383177570094, -0.4986107602930034),
    (-0.9692436362808796, 1.8759675015077202, 0.04155505740717559),
    (0.05563007969699366, -0.20397695888897652, 1.0569715142428786),
)
_XYZ_OF_P3: Final[Matrix] = (
    (0.4865709486482162, 0.26566769316909306, 0.1982172852343625),
    (0.2289745640697488, 0.6917385218365064, 0.079286914093745),
    (0.0, 0.04511338185890264, 1.043944368900976),
)
_P3_OF_XYZ: Final[Matrix] = (
    (2.493496911941425, -0.9313836179191239, -0.40271078445071684),
    (-0.8294889695615747, 1.7626640603183463, 0.023624685841943577),
    (0.03584583024378447, -0.07617238926804182, 0.9568845240076872),
)
_D65_OF_D50: Final[Matrix] = (
    (0.955473421488075, -0.02309845494876471, 0.06325924320057072),
    (-0.0283697093338637, 1.0099953980813041, 0.021041441191917323),
    (0.012314014864481998, -0.020507649298898964, 1.330365926242124),
)
_D50_OF_D65: Final[Matrix] = (
    (1.0479297925449969, 0.022946870601609652, -0.05019226628920524),
    (0.02962780877005599, 0.9904344267538799, -0.017073799063418826),
    (-0.009243040646204504, 0.015055191490298152, 0.7518742814281371),
)
_LMS_OF_RGB: Final[Matrix] = (
    (0.4122214708, 0.5363325363, 0.0514459929),
    (0.2119034982, 0.6806995451, 0.1073969566),
    (0.0883024619, 0.2817188376, 0.6299787005),
)
_RGB_OF_LMS: Final[Matrix] = (
    (4.0767416621, -3.3077115913, 0.2309699292),
    (-1.2684380046, 2.6097574011, -0.3413193965),
    (-0.0041960863, -0.7034186147, 1.7076147010),
)
_OKLAB_OF_LMS: Final[Matrix] = (
    (0.2104542553, 0.7936177850, -0.0040720468),
    (1.9779984951, -2.4285922050, 0.4505937099),
    (0.0259040371, 0.7827717662, -0.8086757660),
)
_LMS_OF_OKLAB: Final[Matrix] = (
    (1.0, 0.3963377774, 0.2158037573),
    (1.0, -0.1055613458, -0.0638541728),
    (1.0, -0.0894841775, -1.2914855480),
)
_WHITE: Final[Three] = (0.9642956764295677, 1.0, 0.8251046025104602)  # D50
_KAPPA, _EPSILON = 24389 / 27, 216 / 24389  # of CIE Lab


def _times(matrix: Matrix, by: Three) -> Three:
    one, two, three = (row[0] * by[0] + row[1] * by[1] + row[2] * by[2] for row in matrix)
    return one, two, three


def each(change: Callable[[float], float], of: Three) -> Three:
    """Return three numbers, each changed."""
    return change(of[0]), change(of[1]), change(of[2])


def _linear(part: float) -> float:
    size = abs(part)
    light = size / 12.92 if size <= 0.04045 else ((size + 0.055) / 1.055) ** 2.4
    # Below nought as above it: a colour may lie outside of what a screen shows.
    return math.copysign(light, part)


def _encoded(part: float) -> float:
    size = abs(part)
    shown = 12.92 * size if size <= 0.0031308 else 1.055 * size ** (1 / 2.4) - 0.055
    return math.copysign(shown, part)


def _same(rgb: Three) -> Three:
    return rgb


def _from_linear(light: Three) -> Three:
    return each(_encoded, light)


def _to_linear(rgb: Three) -> Three:
    return each(_linear, rgb)


def _from_xyz(xyz: Three) -> Three:
    return _from_linear(_times(_RGB_OF_XYZ, xyz))


def _to_xyz(rgb: Three) -> Three:
    return _times(_XYZ_OF_RGB, _to_linear(rgb))


def _from_xyz_d50(xyz: Three) -> Three:
    return _from_xyz(_times(_D65_OF_D50, xyz))


def _to_xyz_d50(rgb: Three) -> Three:
    return _times(_D50_OF_D65, _to_xyz(rgb))


def _from_p3(p3: Three) -> Three:
    return _from_xyz(_times(_XYZ_OF_P3, each(_linear, p3)))


def _to_p3(rgb: Three) -> Three:
    return each(_encoded, _times(_P3_OF_XYZ, _to_xyz(rgb)))


def _from_lab(lab: Three) -> Three:
    middle = (lab[0] + 16) / 116
    around = (lab[1] / 500 + middle, middle, middle - lab[2] / 200)
    x, y, z = each(lambda f: f**3 if f**3 > _EPSILON else (116 * f - 16) / _KAPPA, around)
    return _from_xyz_d50((x * _WHITE[0], y * _WHITE[1], z * _WHITE[2]))


def _to_lab(rgb: Three) -> Three:
    x, y, z = _to_xyz_d50(rgb)
    share = (x / _WHITE[0], y / _WHITE[1], z / _WHITE[2])
    a, b, c = each(lambda v: math.cbrt(v) if v > _EPSILON else (_KAPPA * v + 16) / 116, share)
    return 116 * b - 16, 500 * (a - b), 200 * (b - c)


def _from_oklab(oklab: Three) -> Three:
    cubes = each(lambda part: part**3, _times(_LMS_OF_OKLAB, oklab))
    return _from_linear(_times(_RGB_OF_LMS, cubes))


def _to_oklab(rgb: Three) -> Three:
    return _times(_OKLAB_OF_LMS, each(math.cbrt, _times(_LMS_OF_RGB, _to_linear(rgb))))


def _flat(polar: Three) -> Three:
    """Return lightness, chroma and hue as lightness and two axes."""
    turn = math.radians(polar[2])
    return polar[0], polar[1] * math.cos(turn), polar[1] * math.sin(turn)


def _round(flat: Three) -> Three:
    return flat[0], math.hypot(flat[1], flat[2]), math.degrees(math.atan2(flat[2], flat[1])) % 360


def _from_hsl(hsl: Three) -> Three:
    saturation, light = (min(max(part, 0.0), 100.0) / 100 for part in hsl[1:])
    return hls_to_rgb(hsl[0] / 360 % 1, light, saturation)


def _to_hsl(rgb: Three) -> Three:
    hue, light, saturation = rgb_to_hls(*each(lambda part: min(max(part, 0.0), 1.0), rgb))
    return hue * 360, saturation * 100, light * 100


def _from_hwb(hwb: Three) -> Three:
    white, black = (max(part, 0.0) / 100 for part in hwb[1:])
    # More white and black than there is room for is a grey (CSS Color 4, 8).
    if white + black >= 1:
        grey = white / (white + black)
        return grey, grey, grey
    pure = hls_to_rgb(hwb[0] / 360 % 1, 0.5, 1.0)
    return each(lambda part: part * (1 - white - black) + white, pure)


def _to_hwb(rgb: Three) -> Three:
    return _to_hsl(rgb)[0], min(rgb) * 100, (1 - max(rgb)) * 100


# each space: how to sRGB from it, and from sRGB to it
SPACES: Final[dict[str, tuple[Turn, Turn]]] = {
    "srgb": (_same, _same),
    "srgb-linear": (_from_linear, _to_linear),
    "display-p3": (_from_p3, _to_p3),
    "xyz": (_from_xyz, _to_xyz),
    "xyz-d65": (_from_xyz, _to_xyz),
    "xyz-d50": (_from_xyz_d50, _to_xyz_d50),
    "lab": (_from_lab, _to_lab),
    "lch": (lambda lch: _from_lab(_flat(lch)), lambda rgb: _round(_to_lab(rgb))),
    "oklab": (_from_oklab, _to_oklab),
    "oklch": (lambda lch: _from_oklab(_flat(lch)), lambda rgb: _round(_to_oklab(rgb))),
    "hsl": (_from_hsl, _to_hsl),
    "hwb": (_from_hwb, _to_hwb),
}
# at which place a space has its hue, which goes round
ANGLES: Final = {"lch": 2, "oklch": 2, "hsl": 0, "hwb": 0}

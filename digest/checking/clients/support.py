"""What each family of mail programs lacks, and what its readers would see instead."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Any, Final, Literal

from digest.models import Value, decode

_HERE: Final = Path(__file__).parent

DEFAULT_SHARES: Final = {
    "apple-mail": 50.0,
    "gmail": 28.0,
    "outlook-windows": 5.0,
    "outlook": 5.0,
    "yahoo": 5.0,
    "samsung": 2.0,
    "gmx": 1.0,
    "thunderbird": 1.0,
}
"""Shares of readers in percent, about as trackers of opens tell.

`[check] clients` sets your own.
"""

# A family is one way of showing a mail: caniemail's family and platforms, by a name readers know.
FAMILIES: Final[dict[str, tuple[str, tuple[tuple[str, tuple[str, ...]], ...]]]] = {
    "apple-mail": ("Apple Mail", (("apple-mail", ()),)),
    "gmail": ("Gmail", (("gmail", ()),)),
    "outlook-windows": (
        "Outlook for Windows (classic)",
        (("outlook", ("windows", "windows-mail")),),
    ),
    "outlook": (
        "Outlook on the web, the telephone and the Mac",
        (("outlook", ("outlook-com", "ios", "android", "macos")),),
    ),
    "yahoo": ("Yahoo and AOL", (("yahoo", ()), ("aol", ()))),
    "samsung": ("Samsung Email", (("samsung-email", ()),)),
    "gmx": ("GMX and WEB.DE", (("gmx", ()), ("web-de", ()))),
    "thunderbird": ("Thunderbird", (("thunderbird", ()),)),
    "proton": ("Proton Mail", (("protonmail", ()),)),
    "fastmail": ("Fastmail", (("fastmail", ()),)),
    "hey": ("HEY", (("hey", ()),)),
    "orange": ("Orange", (("orange", ()),)),
    "laposte": ("LaPoste.net", (("laposte", ()),)),
    "mail-ru": ("Mail.ru", (("mail-ru", ()),)),
    "t-online": ("T-online", (("t-online-de", ()),)),
}


class Effect(Value):
    """Say what readers see where a feature is missing: a broken layout, or another look."""

    sees: str
    grade: Literal["breaks", "differs"] = "breaks"


# Only what is listed here is reported. What does no harm where it is missing (round corners,
# shadows, moving things, a second file for a picture) is left out on purpose.
EFFECTS: Final = {
    # layout
    "css-display-flex": Effect("columns stand below each other"),
    "css-display-grid": Effect("columns stand below each other"),
    "css-grid-template": Effect("columns stand below each other"),
    "css-position": Effect("what was moved stays where it stood"),
    "css-column-count": Effect("there is one column"),
    "css-clip-path": Effect("nothing is cut out", "differs"),
    "css-mask-image": Effect("nothing is masked", "differs"),
    "css-object-fit": Effect("pictures are squeezed"),
    "css-aspect-ratio": Effect("boxes have another height"),
    "css-visibility": Effect("what should be hidden shows"),
    "css-writing-mode": Effect("text runs the usual way"),
    "css-gap": Effect("there are no gaps between columns", "differs"),
    "css-z-index": Effect("what should lie on top may lie below", "differs"),
    # pictures and grounds
    "css-background-image": Effect("the picture behind the text is missing"),
    "css-linear-gradient": Effect("the ground has one colour", "differs"),
    "css-radial-gradient": Effect("the ground has one colour", "differs"),
    "css-conic-gradient": Effect("the ground has one colour", "differs"),
    "css-mix-blend-mode": Effect("colours do not blend", "differs"),
    "css-background-blend-mode": Effect("colours do not blend", "differs"),
    "css-filter": Effect("pictures are unfiltered", "differs"),
    "css-list-style-image": Effect("the bullets are plain", "differs"),
    # values
    "css-variables": Effect("colours and sizes set by var() are lost"),
    "css-unit-calc": Effect("sizes set by calc() are lost"),
    "css-function-clamp": Effect("sizes set by clamp() are lost"),
    "css-function-min": Effect("sizes set by min() are lost"),
    "css-function-max": Effect("sizes set by max() are lost"),
    "css-unit-rem": Effect("sizes in rem are lost"),
    "css-unit-vw": Effect("sizes in vw are lost"),
    "css-unit-vh": Effect("sizes in vh are lost"),
    "css-unit-vmin": Effect("sizes in vmin are lost"),
    "css-unit-vmax": Effect("sizes in vmax are lost"),
    "css-unit-ch": Effect("sizes in ch are lost"),
    "css-modern-color": Effect("colours written as lab() or lch() are lost"),
    "css-rgba": Effect("half-transparent colours are lost"),
    "css-hsl": Effect("colours written as hsl() are lost"),
    "css-function-light-dark": Effect("colours written as light-dark() are lost"),
    # sheets
    "css-at-import": Effect("imported styles are missing"),
    "css-nesting": Effect("nested styles are missing"),
    "css-at-supports": Effect("styles within @supports are missing", "differs"),
    "css-pseudo-class-has": Effect("styles by :has() are missing", "differs"),
    "css-pseudo-class-checked": Effect("what opens on a click stays shut"),
    "css-pseudo-element-before": Effect("what ::before adds is missing"),
    "css-pseudo-element-after": Effect("what ::after adds is missing"),
    # elements
    "html-link": Effect("styles of another file are missing"),
    "html-video": Effect("the film is missing"),
    "html-audio": Effect("the sound is missing"),
    "html-svg": Effect("the drawing is missing"),
    "html-dialog": Effect("the dialog does not open"),
    "html-popover": Effect("the popover does not open"),
    "html-marquee": Effect("the text stands still", "differs"),
    "html-meter": Effect("the gauge is missing"),
    "html-progress": Effect("the bar is missing"),
    "html-base": Effect("relative links lead nowhere"),
    "html-image-maps": Effect("the picture is one link, or none"),
    "html-details": Effect("what should fold stands open", "differs"),
    "html-ruby": Effect("readings stand beside the characters", "differs"),
}

# What caniemail has no entry for and facts of our own say.
_OWN: Final = {
    "css-hsl": {"outlook-windows"},
    "html-details": {"gmail", "outlook-windows", "outlook", "yahoo"},
}


@cache
def _data() -> dict[str, Any]:
    return decode((_HERE / "caniemail.json").read_bytes(), dict[str, Any])


def looked_up_on() -> str:
    """Return the day of caniemail's data, as 2025-09-09."""
    return str(_data()["date"])


def families() -> dict[str, str]:
    """Return the names of the families of mail programs by id."""
    return {name: shown for name, (shown, _) in FAMILIES.items()}


@cache
def lacking(feature: str) -> frozenset[str]:
    """Return the families most of whose programs lack a feature, by caniemail's slug."""
    if feature in _OWN:
        return frozenset(_OWN[feature])
    stats: dict[str, dict[str, str]] = _data()["features"].get(feature, {})
    return frozenset(
        name for name, (_, sources) in FAMILIES.items() if _mostly_lack(stats, sources)
    )


def _mostly_lack(
    stats: dict[str, dict[str, str]], sources: tuple[tuple[str, tuple[str, ...]], ...]
) -> bool:
    told = [
        state
        for family, platforms in sources
        for platform, state in stats.get(family, {}).items()
        if not platforms or platform in platforms
    ]
    return bool(told) and sum(state == "n" for state in told) * 2 > len(told)


@cache
def _properties() -> frozenset[str]:
    return frozenset((_HERE / "properties.txt").read_text("utf-8").split())


def is_css_property(name: str) -> bool:
    """Tell whether CSS, or a program of its own (`mso-`, `-webkit-`), has such a property."""
    return name.startswith(("mso-", "-", "*", "_")) or name in _properties()

"""Themes: what a template lets a newsletter choose, and values that are sure to work.

A template's theme.toml names its keys, each with what it is unless told; a `base` there, or in `[theme]`,
takes over a ready theme from `themes/`. Theme values are printed into MJML and CSS as they are, so each is
checked for what it is, which follows from the table it stands in, and every text for being readable on its
ground.

Each refusal tells the nearest value that works.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from difflib import get_close_matches
from typing import Any, Final, TypeAlias

from digest.errors import ConfigError
from digest.models import Value
from digest.rendering.colours import READABLE, colour, contrast, meant, nearest

_FONTS = re.compile(r"[\w .,'-]+")
_FONT = re.compile(r"[\w -]+")
_LENGTH = re.compile(r"([0-9]{1,4})(?:\.0+)?(?:px)?")
_NUMBER = re.compile(r"[0-9]+(?:\.[0-9]+)?")
_ADDRESS = re.compile(r"https://[^\s\"'<>\\^`{|}()]+\.[^\s\"'<>\\^`{|}()]+")
_FONT_FILE = re.compile(r"https://[A-Za-z0-9._~:/-]+\.(?:woff2?|ttf|otf)")

KINDS: Final = {
    "colours": "a colour",
    "fonts": "a list of fonts",
    "web_fonts": "the name of one font",
    "font_files": "the address of a font file",
    "lengths": "a length",
    "addresses": "an https address",
    "words": "one line of text",
    "choices": "one of its choices",
}
_OPTIONAL: Final = frozenset(("web_fonts", "font_files", "addresses", "words"))
"""Kinds whose values may be empty."""

_LIMITS: Final = {"width": (320, 640), "radius": (0, 40), "logo_width": (16, 592), "logo_height": (0, 600)}

_ON: Final = {
    "ink": ("surface", "canvas", "tint"),
    "quiet": ("surface", "canvas", "tint"),
    "accent": ("surface",),
    "on_accent": ("accent",),
}
"""What is read on what, where a theme has colours of these names; likewise with `dark_` before each."""


class ThemeKey(Value, frozen=True):
    """Describe one key of a theme: its kind, what it is unless told, and its choices where it has some."""

    kind: str
    default: str
    choices: tuple[str, ...] = ()


Keys: TypeAlias = Mapping[str, ThemeKey]


def read_keys(tables: Mapping[str, Any], known: Keys, where: str) -> dict[str, ThemeKey]:
    """Return the keys of a theme file over those it is based on.

    Raises:
        ConfigError: if a table or value means nothing.
    """
    keys = dict(known)
    for table, entries in tables.items():
        if table == "base":
            continue
        if table not in KINDS or not isinstance(entries, dict):
            hint = f"Tables are {', '.join(KINDS)}."
            raise ConfigError(f"a theme has no table [{table}]", where=where, hint=hint)
        for key, value in entries.items():
            keys[key] = _key(table, key, value, keys.get(key), where)
    return keys


def _key(kind: str, key: str, value: object, before: ThemeKey | None, where: str) -> ThemeKey:
    choices = tuple(map(str, value)) if isinstance(value, list) else before.choices if before else ()
    first = choices[0] if isinstance(value, list) and choices else value
    made = ThemeKey(kind=kind, default=str(first), choices=choices)
    return ThemeKey(kind=kind, default=_checked(key, made.default, made, where), choices=choices)


def themed(keys: Keys, overrides: Mapping[str, str], where: str = "[theme]") -> dict[str, str]:
    """Return every key of a theme with its value: the override where there is one, checked.

    Raises:
        ConfigError: for a key the theme does not have, a value of the wrong kind, or a text that cannot be
            read on its ground; the hint is the nearest that works.
    """
    for key in overrides:
        if key not in keys:
            near = get_close_matches(key, list(keys), n=1)
            hint = f"Did you mean {near[0]}?" if near else f"Its keys are {', '.join(keys)}."
            raise ConfigError(f"the theme has no key {key}", where=where, hint=hint)
    theme = {key: known.default for key, known in keys.items()}
    theme |= {key: _checked(key, str(value), keys[key], where) for key, value in overrides.items()}
    _refuse_unreadable(theme, overrides, where)
    return theme


# ---------------------------------------------------------------- values


def _checked(key: str, value: str, known: ThemeKey, where: str) -> str:
    value = value.strip()
    if not value and known.kind in _OPTIONAL:
        return ""
    checked = _CHECKS[known.kind](value, known)
    if checked is None:
        hint = _HINTS[known.kind](value, known)
        raise ConfigError(f"{value!r} is not {KINDS[known.kind]}", where=f"{where} {key}", hint=hint)
    least, most = _LIMITS.get(key, (0, 9999)) if known.kind == "lengths" else (0, 0)
    if known.kind == "lengths" and not least <= int(checked[:-2]) <= most:
        works = least if int(checked[:-2]) < least else most
        hint = f"The nearest that works is {works}px."
        raise ConfigError(f"{checked} is beyond {least}px to {most}px", where=f"{where} {key}", hint=hint)
    return checked


def _length(value: str, _: ThemeKey) -> str | None:
    found = _LENGTH.fullmatch(value)
    return f"{int(found[1])}px" if found else None


def _fonts(value: str, _: ThemeKey) -> str | None:
    return value if _FONTS.fullmatch(value) and value.count("'") % 2 == 0 else None


def _choice(value: str, known: ThemeKey) -> str | None:
    return value if value in known.choices else None


_CHECKS: Final = {
    "colours": lambda value, _: colour(value),
    "fonts": _fonts,
    "web_fonts": lambda value, _: value if _FONT.fullmatch(value) else None,
    "font_files": lambda value, _: value if _FONT_FILE.fullmatch(value) else None,
    "lengths": _length,
    "addresses": lambda value, _: value if _ADDRESS.fullmatch(value) else None,
    "words": lambda value, _: value if value.isprintable() else None,
    "choices": _choice,
}


def _colour_hint(value: str, known: ThemeKey) -> str:
    near = meant(value)
    return f"The nearest that works is {near}." if near else f"Write six digits, such as {known.default}."


def _fonts_hint(value: str, known: ThemeKey) -> str:
    near = ", ".join(part for part in re.sub(r"[^\w .,-]", "", value.partition(";")[0]).split(", ") if part)
    return f"The nearest that works is {near}." if near else f"Such as {known.default}."


def _length_hint(value: str, known: ThemeKey) -> str:
    number = _NUMBER.search(value)
    if not number:
        return f"Write whole pixels, such as {known.default}."
    pixels = float(number[0]) * (16 if re.search(r"r?em\b", value) else 1)
    return f"The nearest that works is {min(round(pixels), 9999)}px."


def _address_hint(value: str, _: ThemeKey) -> str:
    secure = value.replace("http://", "https://", 1).replace(" ", "%20")
    return (
        f"The nearest that works is {secure}." if _ADDRESS.fullmatch(secure) else "It starts with https://."
    )


def _file_hint(value: str, _: ThemeKey) -> str:
    secure = value.replace("http://", "https://", 1).partition("?")[0]
    fits = _FONT_FILE.fullmatch(secure)
    return f"The nearest that works is {secure}." if fits else "Such as https://your.blog/fonts/serif.woff2."


def _choice_hint(value: str, known: ThemeKey) -> str:
    near = get_close_matches(value.lower(), known.choices, n=1)
    return f"Did you mean {near[0]}?" if near else f"Choose {', '.join(known.choices)}."


_HINTS: Final = {
    "colours": _colour_hint,
    "fonts": _fonts_hint,
    "web_fonts": lambda _, __: "One name without quotes, such as Literata.",
    "font_files": _file_hint,
    "lengths": _length_hint,
    "addresses": _address_hint,
    "words": lambda _, __: "Leave out line breaks and control characters.",
    "choices": _choice_hint,
}


# ---------------------------------------------------------------- readable


def _pairs(theme: Mapping[str, str]) -> Iterator[tuple[str, str]]:
    """Yield each text colour of a theme with each of its grounds, by their keys."""
    for dark in ("", "dark_"):
        for text, grounds in _ON.items():
            yield from (
                (dark + text, dark + g) for g in grounds if dark + text in theme and dark + g in theme
            )


def _reads(theme: Mapping[str, str], key: str, value: str) -> bool:
    changed = {**theme, key: value}
    return all(contrast(changed[t], changed[g]) >= READABLE for t, g in _pairs(theme) if key in (t, g))


def _refuse_unreadable(theme: Mapping[str, str], overrides: Mapping[str, str], where: str) -> None:
    """Refuse a text that cannot be read on its ground, blaming what the newsletter changed.

    Raises:
        ConfigError: with the nearest colour of the same hue that works.
    """
    for text, ground in _pairs(theme):
        reached = contrast(theme[text], theme[ground])
        if reached >= READABLE:
            continue
        blamed = ground if ground in overrides and text not in overrides else text
        other = ground if blamed == text else text
        works = nearest(theme[blamed], lambda value, key=blamed: _reads(theme, key, value))  # type: ignore[misc]
        told = f"{theme[blamed]} has a contrast of {reached:.1f} with {other} {theme[other]}"
        raise ConfigError(
            f"{told}; text needs {READABLE}",
            where=f"{where} {blamed}",
            hint=f"The nearest that works is {works}." if works else f"Change {other} as well.",
        )

"""Themes: what a template lets a newsletter choose, and values that are sure to work.

A template's theme.toml names its keys, each with what it is unless told; a `base` there, or in
`[theme]`, takes over a ready theme from `themes/`. Theme values are printed into MJML and CSS as
they are, so each is checked for what it is, which follows from the table it stands in, and every
text for being readable on its ground.

Each refusal tells the nearest value that works.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from functools import partial
from math import floor
from typing import Any, Final, TypeAlias

from digest.errors import ConfigError
from digest.knowledge.colours import READABLE, colour, contrast, meant, nearest_colour
from digest.lazy import regex
from digest.models import Value
from digest.nearest import nearest

_FONTS = regex(r"[\w .,'-]+")
_FONT = regex(r"[\w -]+")
_LENGTH = regex(r"([0-9]{1,4})(?:\.0+)?(?:px)?")
_NUMBER = regex(r"-?[0-9]+(?:\.[0-9]+)?")
_UNIT = regex(r"%|[a-z]+")
# No quotes, brackets or spaces: it is printed into attributes and CSS as it is.
_ADDRESS = regex(r"https://[^\s\"'<>\\^`{|}()]+\.[^\s\"'<>\\^`{|}()]+")
_FONT_FILE = regex(r"https://[A-Za-z0-9._~:/-]+\.(?:woff2?|ttf|otf)")

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
# Kinds whose values may be empty.
_OPTIONAL: Final = frozenset(("web_fonts", "font_files", "addresses", "words"))

# In pixels: narrower no post can be read, wider no client shows.
_LIMITS: Final = {
    "width": (320, 640),
    "radius": (0, 40),
    "logo_width": (16, 592),
    "logo_height": (0, 600),
}

# What is read on what, where a theme has such colours; likewise with `dark_` before each.
_ON: Final = {
    "ink": ("surface", "canvas", "tint"),
    "quiet": ("surface", "canvas", "tint"),
    "accent": ("surface",),
    "on_accent": ("accent",),
}


class ThemeKey(Value):
    """Describe one key of a theme: its kind, what it is unless told, and its choices if any."""

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
            raise ConfigError(
                f"a theme has no table [{table}]",
                where=f"{where} {table}",
                hint=_place(table, keys),
            )
        for key, value in entries.items():
            before = keys.get(key)
            if key == "base" or (before and before.kind != table):
                told = f"{key} does not stand in [{table}]"
                raise ConfigError(told, where=f"{where} {key}", hint=_place(key, keys))
            keys[key] = _key(table, key, value, before, where)
    return keys


def _place(name: str, keys: Keys) -> str:
    """Return where in a theme file a name belongs that stands in a wrong place."""
    if name == "base":
        return "Write it at the top, before any table."
    if name in keys:
        return f"Put it under [{keys[name].kind}]."
    near = nearest(name, ("base", *KINDS))
    return f"Did you mean {near}?" if near else f"Tables are {', '.join(KINDS)}."


def _key(kind: str, key: str, value: object, before: ThemeKey | None, where: str) -> ThemeKey:
    choices = before.choices if before else ()
    first = value
    if isinstance(value, list):
        choices = tuple(map(str, value))
        first = choices[0] if choices else value
    made = ThemeKey(kind=kind, default=str(first), choices=choices)
    return ThemeKey(kind=kind, default=_checked(key, made.default, made, where), choices=choices)


def themed(keys: Keys, overrides: Mapping[str, str], where: str = "[theme]") -> dict[str, str]:
    """Return every key of a theme with its value: the override where there is one, checked.

    Raises:
        ConfigError: for a key the theme does not have, a value of the wrong kind or without the
        other that it
            needs, or a text that cannot be read on its ground; the hint is the nearest that works.
    """
    for key in overrides:
        if key not in keys:
            near = nearest(key, keys)
            hint = f"Did you mean {near}?" if near else f"Its keys are {', '.join(keys)}."
            raise ConfigError(f"the theme has no key {key}", where=where, hint=hint)
    # All values first, since whether one can be read depends on the others.
    theme = {key: known.default for key, known in keys.items()}
    told = {key: _read(key, str(value), keys[key]) for key, value in overrides.items()}
    theme |= {key: value for key, value in told.items() if value is not None}
    for key, value in overrides.items():
        if told[key] is None:
            raise _refusal(key, str(value).strip(), keys[key], theme, where)
    _refuse_unreadable(theme, overrides, where)
    _refuse_alone(theme, where)
    return theme


# What is of no use without another.
_NEEDS: Final = {"web_font": "web_font_url", "web_font_url": "web_font", "logo_dark": "logo"}


def _refuse_alone(theme: Mapping[str, str], where: str) -> None:
    """Refuse a value that shows nothing because the one it belongs to is not told.

    Raises:
        ConfigError: naming what is missing.
    """
    for key, other in _NEEDS.items():
        if theme.get(key) and not theme.get(other):
            example = "Literata" if other == "web_font" else "https://…"
            raise ConfigError(
                f"there is {key}, but no {other}, without which it is not used",
                where=f"{where} {key}",
                hint=f'Add {other} = "{example}", or take {key} out.',
            )


# ---------------------------------------------------------------- values


def _checked(key: str, value: str, known: ThemeKey, where: str) -> str:
    read = _read(key, value, known)
    if read is None:
        raise _refusal(key, value.strip(), known, {}, where)
    return read


def _read(key: str, value: str, known: ThemeKey) -> str | None:
    """Return a value as a theme holds it; None if it cannot be what this key is."""
    value = value.strip()
    if not value and known.kind in _OPTIONAL:
        return ""
    read = _CHECKS[known.kind](value, known)
    if read is None or known.kind != "lengths":
        return read
    least, most = _limits(key)
    return read if least <= int(read[:-2]) <= most else None


def _limits(key: str) -> tuple[int, int]:
    return _LIMITS.get(key, (0, 9999))


def _refusal(
    key: str, value: str, known: ThemeKey, theme: Mapping[str, str], where: str
) -> ConfigError:
    """Return the error for a value that is not what its key is, among a theme's other values."""
    least, most = _limits(key)
    is_beyond = known.kind == "lengths" and _length(value, known) is not None
    told = (
        f"{value} is beyond {least}px to {most}px"
        if is_beyond
        else f"{value!r} is not {KINDS[known.kind]}"
    )
    near = _MEANT[known.kind](key, value, known)
    if near is not None and known.kind == "colours":
        near = nearest_colour(near, partial(_reads, theme, key))
    works = near is not None and _read(key, near, known)
    # a choice that is nearly a known one, and a font, are told in words of their own
    hint = _NEAR.get(known.kind, "The nearest that works is {}.").format(works) if works else ""
    return ConfigError(told, where=f"{where} {key}", hint=hint or _otherwise(key, known, theme))


def _otherwise(key: str, known: ThemeKey, theme: Mapping[str, str]) -> str:
    """Return what to write where nothing is near what was written."""
    if known.kind == "colours":
        works = nearest_colour(colour(known.default) or "#336699", partial(_reads, theme, key))
        return f"Write six digits, such as {works}." if works else "Write six digits after a #."
    if known.kind == "choices":
        return f"Choose {', '.join(known.choices)}."
    works = _read(key, known.default, known)
    if works is None:  # the default itself is what is wrong, in a theme file
        least, most = _limits(key)
        works = f"{min(max(16, least), most)}px" if known.kind == "lengths" else "Georgia, serif"
    return _OTHERWISE[known.kind].format(works)


def _length(value: str, _: ThemeKey) -> str | None:
    found = _LENGTH.fullmatch(value)
    return f"{int(found[1])}px" if found else None


def _fonts(value: str, _: ThemeKey) -> str | None:
    # A quote left open would swallow the rest of the style.
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


def _meant_fonts(_: str, value: str, __: ThemeKey) -> str:
    return ", ".join(
        part for part in re.sub(r"[^\w .,-]", "", value.partition(";")[0]).split(", ") if part
    )


def _meant_length(key: str, value: str, _: ThemeKey) -> str | None:
    number = _NUMBER.search(value)
    if not number:
        return None
    least, most = _limits(key)
    # What the unit comes to in a browser that nobody set otherwise.
    units = {"em": 16, "rem": 16, "pt": 4 / 3, "%": most / 100}
    unit = _UNIT.match(value, number.end())
    pixels = float(number[0]) * units.get(unit[0] if unit else "", 1)
    return f"{round(min(max(pixels, least), most))}px"


def _meant_address(_: str, value: str, __: ThemeKey) -> str:
    return re.sub("^http:", "https:", value).replace(" ", "%20")


def _meant_file(_: str, value: str, __: ThemeKey) -> str:
    return re.sub("^http:", "https:", value).partition("?")[0]


def _meant_choice(_: str, value: str, known: ThemeKey) -> str | None:
    return nearest(value, known.choices)


# What a value that does not work was probably meant to be: of key, value and kind; or none.
_MEANT: Final[Mapping[str, Callable[[str, str, ThemeKey], str | None]]] = {
    "colours": lambda _, value, __: meant(value),
    "fonts": _meant_fonts,
    "web_fonts": lambda _, value, __: re.sub(r"[^\w -]", "", value.partition(",")[0]),
    "font_files": _meant_file,
    "lengths": _meant_length,
    "addresses": _meant_address,
    "words": lambda _, value, __: "".join(c for c in value if c.isprintable()),
    "choices": _meant_choice,
}

_NEAR: Final = {
    "web_fonts": "One name without quotes: {}.",
    "words": "Leave out line breaks and control characters: {}.",
    "choices": "Did you mean {}?",
}
_OTHERWISE: Final = {
    "fonts": "Such as {}.",
    "web_fonts": "One name without quotes, such as Literata.",
    "font_files": "Such as https://your.blog/fonts/serif.woff2.",
    "lengths": "Write whole pixels, such as {}.",
    "addresses": "Such as https://your.blog/logo.png.",
    "words": "Leave out line breaks and control characters.",
}


# ---------------------------------------------------------------- readable


def _pairs(theme: Mapping[str, str]) -> Iterator[tuple[str, str]]:
    """Yield each text colour of a theme with each of its grounds, by their keys."""
    for dark in ("", "dark_"):
        for text, grounds in _ON.items():
            yield from (
                (dark + text, dark + g)
                for g in grounds
                if dark + text in theme and dark + g in theme
            )


def _reads(theme: Mapping[str, str], key: str, value: str) -> bool:
    changed = {**theme, key: value}
    return all(
        contrast(changed[t], changed[g]) >= READABLE for t, g in _pairs(theme) if key in (t, g)
    )


def _refuse_unreadable(theme: Mapping[str, str], overrides: Mapping[str, str], where: str) -> None:
    """Refuse a text that cannot be read on its ground, blaming what the newsletter changed.

    Raises:
        ConfigError: with the nearest colour of the same hue that works.
    """
    for text, ground in _pairs(theme):
        reached = contrast(theme[text], theme[ground])
        if reached >= READABLE:
            continue
        # Whoever changed only the ground learns of the ground.
        blamed = ground if ground in overrides and text not in overrides else text
        other = ground if blamed == text else text
        works = nearest_colour(theme[blamed], partial(_reads, theme, blamed))
        told = f"{theme[blamed]} has a contrast of {_shown(reached)} with {other} {theme[other]}"
        raise ConfigError(
            f"{told}; text needs {READABLE}",
            where=f"{where} {blamed}",
            hint=f"The nearest that works is {works}." if works else f"Change {other} as well.",
        )


def _shown(reached: float) -> str:
    """Return a contrast in at most two decimals, rounded down: what falls short looks so too."""
    return f"{floor(100 * reached) / 100:g}"

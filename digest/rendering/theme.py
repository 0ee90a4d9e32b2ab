"""Themes: what a template lets a newsletter choose, with defaults in its theme.toml.

Theme values are printed into MJML and CSS as they are, so each is checked for what it is: a colour, a list of
fonts or a length. Which it must be follows from the table of theme.toml that the key stands in.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from difflib import get_close_matches
from pathlib import Path
from typing import Final

from digest.errors import ConfigError, TemplateError
from digest.models import Value

_HEX = re.compile(r"#(?:[0-9a-f]{3}|[0-9a-f]{6})")
_FONTS = re.compile(r"[\w .,'-]+")
_LENGTH = re.compile(r"(?:0|[1-9][0-9]{0,3})px")
_KINDS: Final = {"colours": "a colour", "fonts": "a list of fonts", "lengths": "a length"}

_NAMED: Final = {
    "black": "#000000",
    "white": "#ffffff",
    "red": "#ff0000",
    "green": "#008000",
    "blue": "#0000ff",
    "navy": "#000080",
    "teal": "#008080",
    "maroon": "#800000",
    "olive": "#808000",
    "purple": "#800080",
    "gray": "#808080",
    "grey": "#808080",
    "silver": "#c0c0c0",
    "orange": "#ffa500",
    "yellow": "#ffff00",
    "crimson": "#dc143c",
    "indigo": "#4b0082",
    "tomato": "#ff6347",
}


class ThemeKey(Value, frozen=True):
    """Describe one key of a theme: what kind of value it takes and what it is unless told."""

    kind: str
    default: str


def read_theme(path: Path) -> dict[str, ThemeKey]:
    """Return the keys of a template's theme.toml; no file is a theme without keys.

    Raises:
        TemplateError: if the file is no TOML, or holds a table or value that means nothing.
    """
    try:
        tables = tomllib.loads(path.read_text("utf-8"))
    except FileNotFoundError:
        return {}
    except (OSError, ValueError) as exc:
        raise TemplateError(f"the theme cannot be read: {exc}", where=str(path)) from exc
    keys: dict[str, ThemeKey] = {}
    for table, entries in tables.items():
        if table not in _KINDS or not isinstance(entries, dict):
            hint = f"Tables are {', '.join(_KINDS)}."
            raise TemplateError(f"a theme has no table [{table}]", where=str(path), hint=hint)
        keys |= {key: ThemeKey(kind=table, default=str(value)) for key, value in entries.items()}
    try:
        return {
            key: ThemeKey(kind=k.kind, default=_checked(key, k.default, k.kind)) for key, k in keys.items()
        }
    except ConfigError as exc:
        raise TemplateError(exc.message, where=str(path), hint=exc.hint) from exc


def themed(keys: Mapping[str, ThemeKey], overrides: Mapping[str, str]) -> dict[str, str]:
    """Return every key of a theme with its value: the override where there is one, checked.

    Raises:
        ConfigError: for a key the theme does not have, or a value of the wrong kind.
    """
    for key in overrides:
        if key not in keys:
            near = get_close_matches(key, list(keys), n=1)
            hint = f"Did you mean {near[0]}?" if near else f"Its keys are {', '.join(keys)}."
            raise ConfigError(f"the theme has no key {key}", where="[theme]", hint=hint)
    defaults = {key: known.default for key, known in keys.items()}
    return defaults | {key: _checked(key, value, keys[key].kind) for key, value in overrides.items()}


def _checked(key: str, value: str, kind: str) -> str:
    check = {"colours": _colour, "fonts": _fonts, "lengths": _length}[kind]
    checked = check(str(value).strip())
    if checked is None:
        hints = {
            "colours": "Write six hexadecimal digits, such as #0f6655.",
            "fonts": "Write names with commas between them, such as Georgia, serif.",
            "lengths": "Write whole pixels, such as 8px.",
        }
        where = f"[theme] {key}"
        raise ConfigError(f"{value!r} is not {_KINDS[kind]}", where=where, hint=hints[kind])
    return checked


def _colour(value: str) -> str | None:
    """Return a colour as six hexadecimal digits, the form every client reads.

    >>> _colour("#FB0"), _colour("Teal"), _colour("rgb(1,2,3)")
    ('#ffbb00', '#008080', None)
    """
    value = _NAMED.get(value.lower(), value.lower())
    if not _HEX.fullmatch(value):
        return None
    return value if len(value) == 7 else "#" + "".join(2 * digit for digit in value[1:])


def _fonts(value: str) -> str | None:
    return value if _FONTS.fullmatch(value) and value.count("'") % 2 == 0 else None


def _length(value: str) -> str | None:
    value = f"{value}px" if value.isdecimal() else value
    return value if _LENGTH.fullmatch(value) else None

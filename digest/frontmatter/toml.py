"""TOML, read as data: what is wrong with it is told with its line and the name it is about.

tomllib says that a key stands twice, but not which, and lets out what its own Python cannot hold.
"""

from __future__ import annotations

import re
import tomllib
from typing import Any

from digest.errors import ConfigError
from digest.frontmatter.whole_yaml import TOO_DEEP, beyond, whole
from digest.lazy import regex

_TWICE = regex(r"twice|overwrite|immutable|duplicate", re.IGNORECASE)
"""What tomllib says of a key or table that is there already."""

_DEEP = regex(r"(?:[\[{][^\[{\]}\n]*){50}")
_LONG = regex(r"[\da-fA-F_]{3000}")


def load_toml(text: str, where: str, first_line: int = 1) -> dict[str, Any]:
    """Return what TOML says; `first_line` is the file's line on which the text begins.

    Raises:
        ConfigError: if it is no TOML; `where` is `file:line`, and what stands twice is named.
    """
    try:
        loaded: dict[str, Any] = whole(tomllib.loads(text))
    except tomllib.TOMLDecodeError as exc:
        raise _no_toml(str(exc), text, where, first_line) from exc
    except (RecursionError, ValueError) as exc:
        reason = beyond(exc) or str(exc)
        shape = _DEEP if reason == TOO_DEEP else _LONG
        raise _beyond(reason, shape.search(text), where, first_line) from exc
    return loaded


def _beyond(reason: str, found: re.Match[str] | None, where: str, first_line: int) -> ConfigError:
    """Return the error for what is TOML, but more of it than anybody means."""
    line = first_line + (found.string[: found.end()].count("\n") if found else 0)
    return ConfigError(f"not valid TOML: {reason}", where=f"{where}:{line}", hint="Shorten it.")


def _no_toml(told: str, text: str, where: str, first_line: int) -> ConfigError:
    found = re.search(r"\(at line (\d+)", told)
    lines = text.removesuffix("\n").split("\n")  # TOML knows no other ends of lines
    line = int(found[1]) if found else len(lines)
    reason = re.sub(r" \(at .*\)$", "", told)
    if not _TWICE.search(reason):
        return ConfigError(
            f"not valid TOML: {reason[:1].lower()}{reason[1:]}",
            where=f"{where}:{line + first_line - 1}",
            hint="Text needs quotes, lists need brackets and commas.",
        )
    what, line = _what_stands_twice(reason, lines, line)
    place = f"{where}:{line + first_line - 1}"
    return ConfigError(f"{what} stands twice", where=place, hint="Keep one of them.")


def _what_stands_twice(reason: str, lines: list[str], line: int) -> tuple[str, int]:
    """Return the name of what stands twice, and its line: tomllib counts to the end of a value."""
    if inline := re.search(r"inline table key '(.*)'", reason):
        return f'the key "{inline[1]}"', line
    # Upwards from where tomllib noticed: the key stands where its value begins.
    for number, said in reversed([*enumerate(map(str.strip, lines[:line]), 1)]):
        if header := re.match(r"\[+[^\]]*\]+", said):
            return f"the table {header[0]}", number
        if entry := re.match(r"""("[^"]*"|'[^']*'|[\w.-]+)\s*=""", said):
            return f'the key "{entry[1].strip(chr(34) + chr(39))}"', number
    return "a key or table", line

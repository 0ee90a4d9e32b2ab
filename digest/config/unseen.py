"""Refuses characters in digest.toml that nobody sees, in keys and values alike.

What a source says is cleaned; here a person wrote, who can be asked. Names and titles go from here
to the page, the text part and JSON as they are.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator, Mapping
from typing import Any

from digest.config.places import Places, label
from digest.errors import ConfigError
from digest.knowledge.unseen import UNSEEN


def refuse_unseen(raw: Mapping[str, Any], places: Places) -> None:
    """Refuse control characters and direction overrides.

    Raises:
        ConfigError: for the first one, with its line.
    """
    for table, key, text in _texts(raw, "", ""):
        found = None if text.isprintable() else UNSEEN.search(text)
        if found:
            code = f"U+{ord(found[0]):04X}"
            named = f"{code} {unicodedata.name(found[0], '')}".strip()
            raise ConfigError(
                f"{label(table)} {key}: holds a character that nobody sees, {named}".strip(),
                where=places.where(table, key),
                hint="Delete it, or type the text anew.",
            )


def _texts(value: Any, table: str, key: str) -> Iterator[tuple[str, str, str]]:
    """Yield each key and text below a value with the table and the key where it stands."""
    if isinstance(value, str):
        yield table, key, value
    elif isinstance(value, dict):
        inside = f"{table}.{key}".strip(".")
        for name, each in value.items():
            # a table's name stands in its own line
            yield (f"{inside}.{name}", "", name) if isinstance(each, dict) else (inside, name, name)
            yield from _texts(each, inside, name)
    elif isinstance(value, list):
        for place, each in enumerate(value):
            # a table in a list is one of its own, a text in a list stands at the list's key
            yield from _texts(each, table, f"{key}[{place}]" if isinstance(each, dict) else key)

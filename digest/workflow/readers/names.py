"""Reads what one reader follows from one cell, in whatever form a service or a form wrote it."""

from __future__ import annotations

import csv
import json
import re
import unicodedata
from collections.abc import Iterable, Iterator
from typing import Any

# A comma that Mailchimp escapes is part of a name; lists in Chinese and Japanese have commas of
# their own.
_BETWEEN = re.compile(r"\s*(?<!\\)[;|,\n、，；]\s*")
# What columns are called in exports of mailing services and forms.
FOLLOWS = re.compile(
    r"(?<![^\W\d_])(?:follow|topic|interest|choice|tag|label|categor|subject|serie|author|segment)",
    re.IGNORECASE,
)


def names(cell: str, whole: frozenset[str] = frozenset()) -> list[str]:
    r"""Return the names in a cell: parted by signs, quoted, or a list or object in JSON.

    `whole` are names that hold a sign which parts others, as `parted` returns them.

    >>> names("Birds; Roofs|moss"), names('["Birds", "Roofs, old"]'), names('"Birds","Roofs"')
    (['Birds', 'Roofs', 'moss'], ['Birds', 'Roofs, old'], ['Birds', 'Roofs'])
    >>> names('{"city": "Kent", "topics": ["Birds"]}'), names(r"Roofs\, old, Birds")
    (['Birds'], ['Roofs, old', 'Birds'])
    """
    cell = cell.strip()
    told = _of_json(cell)
    if told is None:
        told = list(_listed(cell, whole))
    return [name for name in map(cleaned, told) if name]


def cleaned(text: str) -> str:
    r"""Return a text in one line, without what cannot be seen.

    >>> cleaned("\u200b Birds\n and\xa0 moss ")
    'Birds and moss'
    """
    if not text.isprintable():
        text = "".join(map(_shown, text))
    return " ".join(text.split())


def _shown(character: str) -> str:
    kind = unicodedata.category(character)
    # Joiners may be part of how a word is written.
    is_unseen = kind == "Cf" and character not in "\u200c\u200d"
    if is_unseen:
        return ""
    return " " if kind == "Cc" else character


def parted(name: str) -> str:
    """Return a name in the form in which its parts are found again in a list.

    >>> parted("Roofs,Old")
    'roofs, old'
    """
    return ", ".join(_BETWEEN.split(cleaned(name))).casefold()


def is_object(cell: str) -> bool:
    """Tell whether a cell is an object in JSON, as services keep a reader's attributes."""
    return cell.lstrip()[:1] == "{" and _of_json(cell.strip()) is not None


def _of_json(cell: str) -> list[str] | None:
    if cell[:1] not in ("[", "{"):
        return None
    try:
        return list(_flat(json.loads(cell)))
    except (ValueError, RecursionError):
        return None


def _flat(told: Any) -> Iterator[str]:
    """Yield the names in a list, or below those keys of an object that tell what is followed."""
    if isinstance(told, str):
        yield told
    elif isinstance(told, list):
        for each in told:
            # Some list objects, of which one key tells the name.
            yield from _flat(each.get("name") if isinstance(each, dict) else each)
    elif isinstance(told, dict):
        for name, value in told.items():
            if FOLLOWS.search(name):
                yield from names(value) if isinstance(value, str) else _flat(value)


def _listed(cell: str, whole: frozenset[str]) -> Iterable[str]:
    if cell[:1] == "[" and cell[-1:] == "]":  # as a program prints a list
        cell = cell[1:-1].strip()
    quote = cell[:1]
    if quote in ('"', "'") and cell[-1:] == quote and len(cell) > 1:
        delimiter = max(",;|", key=cell.count)
        return next(csv.reader([cell], delimiter=delimiter, quotechar=quote, skipinitialspace=True))
    parts = [part.replace("\\,", ",") for part in _BETWEEN.split(cell)]
    return _joined(parts, whole) if whole else parts


def _joined(parts: list[str], whole: frozenset[str]) -> Iterator[str]:
    """Yield parts, and those together that are one name."""
    at = 0
    while at < len(parts):
        ends = range(len(parts), at + 1, -1)
        end = next((e for e in ends if ", ".join(parts[at:e]).casefold() in whole), at + 1)
        yield ", ".join(parts[at:end])
        at = end

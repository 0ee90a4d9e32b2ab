"""Reads the plainest YAML, as nearly every post's head is: "key: value" lines and lists of words.

ruamel takes half a millisecond for such a head, which is what a folder of 20,000 posts waits for.
This reader knows only what can mean one thing; for everything else it returns None, and ruamel
decides. Both are compared on random heads by the tests.
"""

from __future__ import annotations

import re
from datetime import date, datetime
from typing import Any

_ENTRY = re.compile(r"([A-Za-z_][\w-]*):(?: +(.*?))? *")
_POINT = re.compile(r"( *)- +(.*?) *")
_NUMBER = re.compile(r"-?(?:0|[1-9][0-9]{0,14})")
_TIMESTAMP = re.compile(
    r"[0-9]{4}-[0-9]{2}-[0-9]{2}(?:[T ][0-9]{2}:[0-9]{2}:[0-9]{2}(?:Z|[+-][0-9]{2}:[0-9]{2})?)?"
)
_WORDS = re.compile(r"[^\W\d_][^#:\[\]{},]*|[^\W\d_](?:(?!: | #)[^\[\]{},])*[^:\s\[\]{},]")
"""Text that begins with a letter, and holds nothing that could end it."""

_ONE_QUOTED = re.compile(r""""([^"\\]*)"|'([^']*)'""")
_SPECIAL = frozenset("true false null yes no on off y n".split())
_CONSTANTS = {"true": True, "false": False}


class _NotPlain(Exception):
    """Says that a head is for the whole of YAML."""


def plain_yaml(head: str) -> dict[str, Any] | None:
    r"""Return what a head of plain lines says; None if it may say more than this reader knows.

    >>> plain_yaml("title: Ferns\ntags: [moss, shade]\ndate: 2026-11-22")
    {'title': 'Ferns', 'tags': ['moss', 'shade'], 'date': datetime.date(2026, 11, 22)}
    >>> plain_yaml("title: >\n  Ferns") is None
    True
    """
    try:
        return _read(head.split("\n"))
    except _NotPlain:
        return None


def _read(lines: list[str]) -> dict[str, Any]:
    found: dict[str, Any] = {}
    points: list[Any] | None = None  # of the key above, while its list may still begin
    key, indent = "", ""
    for line in lines:
        if not line.strip(" ") or line.startswith("#"):
            continue
        if not line.isprintable():
            raise _NotPlain
        if points is not None and (point := _POINT.fullmatch(line)):
            if points and point[1] != indent:
                raise _NotPlain
            indent = point[1]
            points.append(_scalar(point[2]))
            found[key] = points
        else:
            key, value = _entry(line, found)
            points = None if value else []
            found[key] = _value(value) if value else None
    return found


def _entry(line: str, found: dict[str, Any]) -> tuple[str, str]:
    entry = _ENTRY.fullmatch(line)
    if entry is None or entry[1] in found or entry[1].lower() in _SPECIAL:
        raise _NotPlain
    return entry[1], entry[2] or ""


def _value(text: str) -> Any:
    if not text.startswith("["):
        return _scalar(text)
    if not text.endswith("]"):
        raise _NotPlain
    inner = text[1:-1].strip(" ")
    return [_scalar(part.strip(" ")) for part in inner.split(",")] if inner else []


def _scalar(text: str) -> Any:
    if quoted := _ONE_QUOTED.fullmatch(text):
        return quoted[1] if quoted[1] is not None else quoted[2]
    if text in _CONSTANTS:
        return _CONSTANTS[text]
    if _NUMBER.fullmatch(text):
        return int(text)
    if _TIMESTAMP.fullmatch(text):
        return _moment(text)
    if text.lower() in _SPECIAL or not _WORDS.fullmatch(text):
        raise _NotPlain
    return text


def _moment(text: str) -> date | datetime | str:
    """Return the date a scalar says.

    An impossible one stays text, for its user to complain about.
    """
    for kind in (date, datetime):
        try:
            return kind.fromisoformat(text)
        except ValueError:
            continue
    return text

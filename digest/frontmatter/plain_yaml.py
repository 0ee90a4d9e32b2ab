"""Reads the plainest YAML, as nearly every post's head is: "key: value" lines, lists, text.

ruamel takes half a millisecond for such a head, which is what a folder of 20,000 posts waits for.
This reader knows only what can mean one thing; for everything else it returns None, and ruamel
decides. Both are compared on random heads by the tests.
"""

from __future__ import annotations

import re
from datetime import date, datetime
from typing import Any

_ENTRY = re.compile(r"([A-Za-z_][\w-]*):(?: +(.*?))? *")
_POINT = re.compile(r"- +(.*?) *")
_NUMBER = re.compile(r"-?(?:0|[1-9][0-9]{0,14})")
_TIMESTAMP = re.compile(
    r"[0-9]{4}-[0-9]{2}-[0-9]{2}(?:[T ][0-9]{2}:[0-9]{2}:[0-9]{2}(?:Z|[+-][0-9]{2}:[0-9]{2})?)?"
)
# what blogs write as moments and YAML takes for text: no seconds, or an offset without its colon
_NO_TIMESTAMP = re.compile(
    r"[0-9]{4}-[0-9]{2}-[0-9]{2}[T ][0-9]{2}:[0-9]{2}(?:(?::[0-9]{2})? ?[+-][0-9]{4})?"
)
# Text begins with what starts neither a number nor anything that YAML means something by, unless
# it is a path or a count: "../moss.jpg", "10 ferns".
_BEGINS = r"(?:\.{0,2}/|[0-9]+ +[^\W\d_]|[^\W\d_]|[^\x00-\x7f]|\()"
_WORDS = re.compile(rf"{_BEGINS}(?:[^: \n]++|:(?! )|[ ](?!#))*(?<!:)")
# The same between brackets or braces, where commas part.
_WORDS_BETWEEN = re.compile(rf"{_BEGINS}(?:[^: \[\]{{}},]++|:(?! )|[ ](?!#))*(?<!:)")

_ONE_QUOTED = re.compile(r""""((?:[^"\\]++|\\["\\/])*)"|'((?:[^']++|'')*)'""")
_ESCAPED = re.compile(r"\\(.)")
_BLOCK = re.compile(r"([>|])(-?)")
_SPECIAL = frozenset({"true", "false", "null"})  # the rest, as "yes", is text since YAML 1.2
_CONSTANTS = {"true": True, "false": False}
_MOST_NESTED = 4


class _NotPlain(Exception):
    """Says that a head is for the whole of YAML."""


def plain_yaml(head: str) -> dict[str, Any] | None:
    r"""Return what a head of plain lines says; None if it may say more than this reader knows.

    >>> plain_yaml("title: Ferns\ntags: [moss, shade]\ndate: 2026-11-22")
    {'title': 'Ferns', 'tags': ['moss', 'shade'], 'date': datetime.date(2026, 11, 22)}
    >>> plain_yaml("title: &x Ferns") is None
    True
    """
    try:
        return _read(head.split("\n"))
    except _NotPlain:
        return None


def _read(lines: list[str]) -> dict[str, Any]:
    rows = [line for line in lines if line.strip(" ") and not line.lstrip(" ").startswith("#")]
    if not all(row.isprintable() for row in rows):
        raise _NotPlain
    reader = _Reader(rows, has_gaps=len(rows) < len(lines))
    found = reader.mapping(0, 0)
    if reader.at < len(rows):
        raise _NotPlain
    return found


class _Reader:
    """Take rows in order; `at` is the next one."""

    def __init__(self, rows: list[str], *, has_gaps: bool) -> None:
        self.at = 0
        self._rows, self._has_gaps = rows, has_gaps

    def mapping(self, indent: int, depth: int) -> dict[str, Any]:
        """Return the keys that stand at one indent, with what stands below them."""
        found: dict[str, Any] = {}
        while self._indent() == indent:
            entry = _ENTRY.fullmatch(self._rows[self.at], indent)
            if entry is None or entry[1] in found or entry[1].lower() in _SPECIAL:
                raise _NotPlain
            self.at += 1
            block = _BLOCK.fullmatch(entry[2] or "")
            if block:
                found[entry[1]] = self._block(
                    indent, is_folded=block[1] == ">", is_cut=bool(block[2])
                )
            else:
                found[entry[1]] = _value(entry[2]) if entry[2] else self._below(indent, depth)
        return found

    def _indent(self) -> int:
        """Return how far the next row is indented; -1 after the last."""
        if self.at == len(self._rows):
            return -1
        row = self._rows[self.at]
        return len(row) - len(row.lstrip(" "))

    def _below(self, indent: int, depth: int) -> Any:
        """Return the list or the keys below a key; None where nothing is."""
        inner = self._indent()
        if inner >= indent and self._rows[self.at].startswith("- ", inner):
            return self._points(inner)
        if inner <= indent:
            return None
        if depth == _MOST_NESTED:
            raise _NotPlain
        return self.mapping(inner, depth + 1)

    def _points(self, indent: int) -> list[Any]:
        found = []
        while self._indent() == indent and (point := _POINT.fullmatch(self._rows[self.at], indent)):
            found.append(_scalar(point[1]))
            self.at += 1
        return found

    def _block(self, indent: int, *, is_folded: bool, is_cut: bool) -> str:
        """Return lines of text as they stand below a key, where none is indented otherwise."""
        inner, lines = self._indent(), []
        if self._has_gaps or inner <= indent:  # a gap or a comment may belong to the text
            raise _NotPlain
        while (here := self._indent()) > indent:
            if here != inner or self._rows[self.at].endswith(" "):
                raise _NotPlain
            lines.append(self._rows[self.at][inner:])
            self.at += 1
        ends = "" if is_cut or self.at == len(self._rows) else "\n"
        return (" " if is_folded else "\n").join(lines) + ends


def _value(text: str) -> Any:
    if text[0] not in "[{":
        return _scalar(text)
    if text[0] + text[-1] not in ("[]", "{}"):
        raise _NotPlain
    inner = text[1:-1].strip(" ")
    parts = [part.strip(" ") for part in inner.split(",")] if inner else []
    if text[0] == "{":
        return _mapping_between(parts)
    return [_scalar(part, _WORDS_BETWEEN) for part in parts]


def _mapping_between(parts: list[str]) -> dict[str, Any]:
    """Return the keys that stand between braces."""
    found: dict[str, Any] = {}
    for part in parts:
        entry = _ENTRY.fullmatch(part)
        if entry is None or not entry[2] or entry[1] in found or entry[1].lower() in _SPECIAL:
            raise _NotPlain
        found[entry[1]] = _scalar(entry[2], _WORDS_BETWEEN)
    return found


def _scalar(text: str, words: re.Pattern[str] = _WORDS) -> Any:
    if quoted := _ONE_QUOTED.fullmatch(text):
        double, single = quoted.groups()
        return single.replace("''", "'") if double is None else _ESCAPED.sub(r"\1", double)
    if text in _CONSTANTS:
        return _CONSTANTS[text]
    if _NUMBER.fullmatch(text):
        return int(text)
    if _TIMESTAMP.fullmatch(text):
        return moment(text)
    if _NO_TIMESTAMP.fullmatch(text):
        return text
    if text.lower() in _SPECIAL or not words.fullmatch(text):
        raise _NotPlain
    return text


def moment(text: str) -> date | datetime | str:
    """Return the date a scalar says.

    An impossible one stays text, for its user to complain about.
    """
    for kind in (date, datetime):
        try:
            return kind.fromisoformat(text)
        except ValueError:
            continue
    return text

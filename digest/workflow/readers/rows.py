"""Reads a CSV of readers: whose row it is, and what that reader follows."""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TextIO

from digest.errors import UsageError

# What columns are called in exports of mailing services and forms.
_ADDRESS = re.compile(r"e[-_ ]?mail|address", re.IGNORECASE)
_FOLLOWS = re.compile(
    r"follow|topic|interest|choice|tag|label|categor|subject|serie|author|segment", re.IGNORECASE
)
_NAME = re.compile(r"(?:full[-_ ]?)?name", re.IGNORECASE)
_FIRST = re.compile(r"(?:first|given|fore)[-_ ]?name|first", re.IGNORECASE)
_LAST = re.compile(r"(?:last|family|sur)[-_ ]?name|last", re.IGNORECASE)
_YES = frozenset(("1", "x", "y", "yes", "true", "on", "✓"))
_BETWEEN = re.compile(r"\s*[;|,]\s*")


class Rows:
    """Yield for each row of an open file an address, what it follows, and the reader's name.

    `has_names` tells whether the file knows names.
    """

    def __init__(self, file: TextIO, where: str) -> None:
        head = file.readline()
        self._where = where
        delimiter = max(",;\t", key=head.count)
        self._rows = csv.reader(file, delimiter=delimiter)
        self._columns = next(csv.reader([head], delimiter=delimiter), [])
        self._address = self._find_address()
        told = [i for i, name in enumerate(self._columns) if _FOLLOWS.search(name)]
        told = [i for i in told if i != self._address]
        self._follows = told[0] if len(told) == 1 else None
        self._first = self._column(_FIRST, _NAME)
        self._last = self._column(_LAST)
        self.has_names = self._first is not None or self._last is not None

    def _column(self, *patterns: re.Pattern[str]) -> int | None:
        """Return the column whose name is the first of these that one is called."""
        named = (
            i
            for pattern in patterns
            for i, name in enumerate(self._columns)
            if pattern.fullmatch(name.strip())
        )
        return next(named, None)

    def _find_address(self) -> int:
        for i, name in enumerate(self._columns):
            if _ADDRESS.search(name):
                return i
        raise UsageError(
            "no column is called after addresses",
            where=f"{self._where}:1",
            hint='The first line names the columns, as "email,follows".',
        )

    def __iter__(self) -> Iterator[tuple[str, str, tuple[str, str] | None]]:
        """Yield each row's address, what it follows as one text that `names` reads, and its name.

        The name is the first and the last, None where the file knows no names.
        """
        for row in self._rows:
            if len(row) > self._address:
                yield row[self._address].strip(), self._followed(row), self._name(row)

    def _name(self, row: Sequence[str]) -> tuple[str, str] | None:
        if not self.has_names:
            return None
        return _cell(row, self._first), _cell(row, self._last)

    def _followed(self, row: Sequence[str]) -> str:
        if self._follows is not None:
            return _cell(row, self._follows)
        # One column for each name, ticked or not.
        persons = (self._address, self._first, self._last)
        return ";".join(
            name
            for i, (name, cell) in enumerate(zip(self._columns, row, strict=False))
            if i not in persons and cell.strip().casefold() in _YES
        )


def _cell(row: Sequence[str], column: int | None) -> str:
    return row[column].strip() if column is not None and len(row) > column else ""


def names(followed: str) -> list[str]:
    """Return the names in a cell.

    >>> names("Birds; Roofs|moss")
    ['Birds', 'Roofs', 'moss']
    """
    return [name for name in _BETWEEN.split(followed.strip()) if name]


@contextmanager
def open_rows(path: Path) -> Iterator[Rows]:
    """Open a CSV of readers.

    Raises:
        UsageError: if it cannot be read, or has no column of addresses.
    """
    try:
        with path.open(encoding="utf-8-sig", newline="") as file:
            yield Rows(file, path.name)
    except (OSError, UnicodeDecodeError, csv.Error) as exc:
        raise UsageError(
            f"cannot be read ({exc})", where=str(path), hint="It must be a CSV file in UTF-8."
        ) from exc

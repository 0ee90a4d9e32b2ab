"""Reads a CSV of readers, as services write it: whose row, and what is followed."""

from __future__ import annotations

import codecs
import csv
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from io import BufferedReader, TextIOWrapper
from itertools import chain, islice
from pathlib import Path
from types import MappingProxyType

from digest.errors import UsageError
from digest.workflow.readers.columns import Columns, address, holds_address
from digest.workflow.readers.names import cleaned, names, parted

_LOOKED_AT = 1000  # rows that tell what a column holds
_WINDOWS = "digest.windows-1252"


def _as_windows(error: UnicodeError) -> tuple[str, int]:
    """Read bytes that are no UTF-8 as what Excel writes on Windows."""
    if not isinstance(error, UnicodeDecodeError):
        raise error
    return error.object[error.start : error.end].decode("cp1252", "replace"), error.end


codecs.register_error(_WINDOWS, _as_windows)


class Rows:
    """Yield for each row of a file an address, what it follows, and the reader's name.

    `has_names` tells whether the file knows names, `followed` which columns tell what is followed,
    `ignored` which ticked ones do not count.
    `known` are the names that posts carry, by key; `follows` names columns.

    Raises:
        UsageError: if it is not clear which columns hold what.
    """

    def __init__(
        self,
        lines: Iterable[str],
        where: str,
        known: Mapping[str, str] = MappingProxyType({}),
        follows: Collection[str] = (),
    ) -> None:
        self._where = where
        first, lines = _begun(iter(lines))
        self._reader = csv.reader(chain([first], lines), delimiter=_delimiter(first))
        head = next(self._reader, [])
        begun = list(islice(self._reader, _LOOKED_AT))
        self._rows = chain(enumerate(begun, 2), self._others())
        self._columns = Columns(head, begun, known, follows, where)
        self.ignored = self._columns.ignored
        self.followed = [cleaned(head[i]) for i in (*self._columns.lists, *self._columns.ticks)]
        self.has_names = self._columns.first is not None or self._columns.last is not None
        self._whole = frozenset(told for name in known.values() if ", " in (told := parted(name)))

    def _others(self) -> Iterator[tuple[int, list[str]]]:
        yield from enumerate(self._reader, _LOOKED_AT + 2)

    def __iter__(self) -> Iterator[tuple[str, list[str], tuple[str, str] | None]]:
        """Yield each row's address, empty where there is none, what it follows, and its name.

        The name is the first and the last, None where the file knows no names.

        Raises:
            UsageError: if what is followed holds an address, as it does where a quote stays open.
        """
        for number, row in self._rows:
            if len(row) <= self._columns.address:
                continue
            followed = self._followed(row)
            if any(map(holds_address, followed)):
                raise UsageError(
                    f"an address stands in what row {number} follows",
                    where=self._where,
                    hint="See whether each quote that opens there ends, and which columns count.",
                )
            yield address(row[self._columns.address]), followed, self._name(row)

    def _name(self, row: Sequence[str]) -> tuple[str, str] | None:
        if not self.has_names:
            return None
        return _cell(row, self._columns.first), _cell(row, self._columns.last)

    def _followed(self, row: Sequence[str]) -> list[str]:
        found = [
            name for i in self._columns.lists if len(row) > i for name in names(row[i], self._whole)
        ]
        ticked = self._columns.ticks.items()
        found += [n for i, n in ticked if len(row) > i and self._columns.is_yes(i, row[i])]
        return found


def _cell(row: Sequence[str], column: int | None) -> str:
    return cleaned(row[column]) if column is not None and len(row) > column else ""


def _begun(lines: Iterator[str]) -> tuple[str, Iterator[str]]:
    """Return the line of the columns' names; Excel may say before how it parts them."""
    for line in lines:
        if line.strip() and not line.casefold().startswith("sep="):
            return line, lines
    return "", lines


def _delimiter(head: str) -> str:
    """Return what parts the columns: what stands most often outside of quotes.

    >>> _delimiter('email;"What, if any, do you follow, and why?"')
    ';'
    """
    outside = "".join(head.split('"')[::2])
    return max(",;\t|", key=outside.count)


@contextmanager
def open_rows(
    path: Path, known: Mapping[str, str] = MappingProxyType({}), follows: Collection[str] = ()
) -> Iterator[Rows]:
    """Open a CSV of readers in UTF-8, UTF-16 or Windows-1252.

    Raises:
        UsageError: if it cannot be read, or it is not clear which columns hold what.
    """
    try:
        with path.open("rb") as file:
            told = TextIOWrapper(file, _encoding(file), errors=_WINDOWS, newline="")
            yield Rows(told, path.name, known, follows)
    except OSError as exc:
        raise UsageError(
            f"cannot be read ({exc.strerror or exc})",
            where=str(path),
            hint="See that it is there, and that you may read it.",
        ) from exc
    except (UnicodeError, csv.Error) as exc:
        hint = "It must be a CSV file, in which each quote that opens ends."
        raise UsageError(f"cannot be read ({exc})", where=str(path), hint=hint) from exc


def _encoding(file: BufferedReader) -> str:
    """Return the encoding of a file, or of a pipe, by its first bytes."""
    begin = file.peek(1024)[:1024]
    if begin.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return "utf-16"
    half = len(begin) // 4  # of every second byte, half
    if begin[1::2].count(0) > half:
        return "utf-16-le"
    return "utf-16-be" if begin[::2].count(0) > half else "utf-8-sig"

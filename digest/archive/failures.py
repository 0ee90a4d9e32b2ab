"""Turns what SQLite reports about the archive into `ArchiveError`, with what to do."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from digest.errors import ArchiveError

HINTS = {
    "readonly": "Make the folder writable, or set the project up in one that is.",
    "damaged": "Move the file away and run `digest collect`: posts come back from their sources, "
    "and what was sent lies in the issue folders.",
    "busy": "Another digest is writing; try again when it is done.",
    "broken": "The disk or the network share failed; see that it is well and try again.",
    "full": "Free some disk space and try again.",
}
_MEANINGS = {
    "readonly": "is in a place that cannot be written",
    "damaged": "is damaged or no archive",
    "busy": "is in use",
    "broken": "cannot be read or written",
    "full": "the disk is full",
}
_KINDS = {
    sqlite3.SQLITE_READONLY: "readonly",
    sqlite3.SQLITE_CANTOPEN: "readonly",
    sqlite3.SQLITE_PERM: "readonly",
    sqlite3.SQLITE_CORRUPT: "damaged",
    sqlite3.SQLITE_NOTADB: "damaged",
    sqlite3.SQLITE_BUSY: "busy",
    sqlite3.SQLITE_LOCKED: "busy",
    sqlite3.SQLITE_FULL: "full",
    sqlite3.SQLITE_IOERR: "broken",
    sqlite3.SQLITE_PROTOCOL: "busy",
    sqlite3.SQLITE_NOLFS: "broken",
}

# What the archive's own files beside it grow by at once; SQLite needs them even to read.
_ROOM_BYTES = 256 * 1024


class Damaged(sqlite3.DatabaseError):
    """Tell of a row that holds what nobody wrote, which SQLite itself does not notice."""

    sqlite_errorcode = sqlite3.SQLITE_CORRUPT


@contextmanager
def translating(path: Path) -> Iterator[None]:
    """Turn what SQLite reports about the file into an ArchiveError.

    Misuse of sqlite3 stays a bug.
    """
    try:
        yield
    except (sqlite3.ProgrammingError, sqlite3.IntegrityError):
        raise
    except (sqlite3.DatabaseError, UnicodeDecodeError) as exc:
        # What names a table that is no text cannot even be told by SQLite.
        is_text = isinstance(exc, sqlite3.DatabaseError)
        code = getattr(exc, "sqlite_errorcode", sqlite3.SQLITE_OK) & 0xFF
        kind = _KINDS.get(code, "" if is_text else "damaged")
        if kind == "broken" and _is_full(path):
            kind = "full"
        meaning = f"{_MEANINGS[kind]} ({exc})" if kind else f"cannot be used ({exc})"
        raise ArchiveError(meaning, where=str(path), hint=HINTS.get(kind, "")) from exc


def _is_full(path: Path) -> bool:
    """Tell whether the disk of a file has no room left, which SQLite may call an I/O error."""
    import shutil

    try:
        return shutil.disk_usage(path.parent).free < _ROOM_BYTES
    except OSError:  # a disk or share that is gone
        return False

"""Reads an archive that lies where nothing can be written: from a copy, which is gone afterwards.

Even to read, SQLite writes beside a file in WAL mode; and posts may have to be edited again, or the
file brought to a newer shape, before they can be listed. All that happens in the copy.
"""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

from digest.archive.failures import translating
from digest.archive.store import Archive
from digest.errors import ArchiveError


@contextmanager
def open_to_read(path: Path) -> Iterator[Archive]:
    """Open the archive for listing.

    Where it cannot be written, what is changed meanwhile is not kept.

    Raises:
        ArchiveError: as `Archive.open` says; or if a copy is needed and cannot be made.
    """
    can_write = os.access(path, os.W_OK) and os.access(path.parent, os.W_OK)
    if can_write or not os.access(path, os.R_OK):
        with Archive.open(path) as archive:
            yield archive
        return
    with _folder(path) as folder:
        copy = folder / path.name
        _copy(path, copy)
        try:
            archive = Archive.open(copy)
        except ArchiveError as exc:
            raise ArchiveError(exc.message, where=str(path), hint=exc.hint) from exc
        archive.path = path  # for messages
        with archive:
            yield archive


@contextmanager
def _folder(path: Path) -> Iterator[Path]:
    from tempfile import TemporaryDirectory  # hardly ever needed, and slow to import

    try:
        made = TemporaryDirectory(prefix="digest-")
    except OSError as exc:
        raise ArchiveError(
            f"cannot be written, and no copy can be made ({exc.strerror or exc})",
            where=str(path),
            hint="Make its folder writable, or name one for temporary files in TMPDIR.",
        ) from exc
    with made as name:
        yield Path(name)


def _copy(path: Path, copy: Path) -> None:
    """Copy the archive as it is at this moment, also while somebody else writes into it."""
    try:
        with translating(path):
            _backup(path, copy)
    except ArchiveError:
        # Nobody has it open: its files, the log of the last changes among them, stand still.
        _copy_files(path, copy)


def _backup(path: Path, copy: Path) -> None:
    with (
        closing(sqlite3.connect(f"{path.resolve().as_uri()}?mode=ro", uri=True)) as source,
        closing(sqlite3.connect(copy)) as target,
    ):
        source.backup(target)


def _copy_files(path: Path, copy: Path) -> None:
    import shutil

    try:
        for ending in ("", "-wal"):
            file = path.with_name(path.name + ending)
            if file.exists():
                shutil.copyfile(file, copy.with_name(copy.name + ending))
    except OSError as exc:
        raise ArchiveError(
            f"cannot be read ({exc.strerror or exc})",
            where=str(path),
            hint="Make it readable to you.",
        ) from exc

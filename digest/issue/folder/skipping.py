"""Dates on which editions had nothing to send.

A file each, so that two editors' work can be merged. `skipped.json` beside them is made of them,
and is the record only where an earlier version wrote it.
"""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path
from typing import Any

from digest.errors import IssueFolderError
from digest.files import write_atomically
from digest.issue.folder import places
from digest.issue.folder.alone import unwritable
from digest.issue.record import Skipped
from digest.models import decode, pretty, replace

SKIPPED_FILE = "skipped.json"
SKIPPED_FOLDER = "skipped"

# What git leaves where two editors had nothing to send on one date. Either side will do, but for
# what each of them dropped.
_CONFLICT = re.compile(rb"^<{7} [^\n]*\n(.*?)^={7}\n(.*?)^>{7} [^\n]*\n", re.S | re.M)


def read(root: Path, edition: str | None = None) -> tuple[Skipped, ...]:
    """Return the dates that are recorded below a folder, of one edition or all, oldest first.

    Raises:
        IssueFolderError: if a record is damaged.
    """
    if (root / SKIPPED_FOLDER).is_dir():
        found = [_together(path) for path in _records(root, edition)]
    else:
        found = list(_read(root / SKIPPED_FILE, tuple[Skipped, ...]))
    wanted = (entry for entry in found if edition in (None, entry.edition))
    return tuple(sorted(wanted, key=lambda s: (s.dated, s.edition)))


def files(root: Path, edition: str) -> list[Path]:
    """Return where the dates of an edition may be recorded."""
    is_apart = (root / SKIPPED_FOLDER).is_dir()
    # What is made of the records changes with other editions, too.
    return _records(root, edition) if is_apart else [root / SKIPPED_FILE]


def _records(root: Path, edition: str | None) -> list[Path]:
    folder = root / SKIPPED_FOLDER
    stems = {name: name.removesuffix(".json") for name in places.names(folder)}
    return [
        folder / name
        for name, stem in stems.items()
        if stem != name and places.is_id(stem) and edition in (None, places.edition_of(stem))
    ]


def add(root: Path, skipped: Skipped) -> None:
    """Record a date, once.

    Raises:
        IssueFolderError: if it cannot be written.
    """
    _write(root, [*_others(root, skipped.edition, skipped.dated), skipped])


def forget(root: Path, edition: str, dated: date) -> bool:
    """Forget a date, and tell whether it was recorded.

    Raises:
        IssueFolderError: if it cannot be written.
    """
    if not any(entry.dated == dated for entry in read(root, edition)):
        return False
    _write(root, _others(root, edition, dated))
    try:
        (root / SKIPPED_FOLDER / _name(edition, dated)).unlink(missing_ok=True)
    except OSError as exc:
        raise unwritable(root / SKIPPED_FOLDER, exc) from exc
    return True


def _others(root: Path, edition: str, dated: date) -> list[Skipped]:
    return [entry for entry in read(root) if (entry.edition, entry.dated) != (edition, dated)]


def _name(edition: str, dated: date) -> str:
    return f"{dated.isoformat()}-{edition}.json"


def _together(path: Path) -> Skipped:
    """Return a date's record, with what both sides dropped where git could not merge them."""
    ours: Skipped = _read(path, Skipped)
    if not _CONFLICT.search(path.read_bytes()):
        return ours
    theirs: Skipped = _read(path, Skipped, side=rb"\2")
    both = dict.fromkeys((*ours.remembered, *theirs.remembered))
    return replace(ours, remembered=tuple(both))


def _read(path: Path, type_: Any, side: bytes = rb"\1") -> Any:
    try:
        return decode(_CONFLICT.sub(side, path.read_bytes()), type_)
    except FileNotFoundError:
        return ()
    except ValueError as exc:
        raise IssueFolderError(f"is damaged ({exc})", where=str(path), hint="Delete it.") from exc


def _write(root: Path, entries: list[Skipped]) -> None:
    folder = root / SKIPPED_FOLDER
    try:
        folder.mkdir(parents=True, exist_ok=True)
        for entry in entries:
            path, told = folder / _name(entry.edition, entry.dated), pretty(entry)
            if not path.exists() or path.read_bytes() != told:
                write_atomically(path, told)
    except OSError as exc:
        raise unwritable(folder, exc) from exc

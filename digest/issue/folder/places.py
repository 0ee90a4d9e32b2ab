"""Where issues lie below `issues/`: side by side, or those of an edition in a folder of its own.

    issues/2026-11-23-weekly/                      an edition that is described by itself
    issues/by-tag-birds/2026-11-23-by-tag-birds/   one of many that a pattern makes

Either way an issue's folder bears its id, and where it lies is found by looking. So one edition
among ten thousand is listed by reading two folders, and a folder that was moved by hand is found
again.
"""

from __future__ import annotations

import os
import time
from collections.abc import Collection, Iterable
from pathlib import Path

from digest.lazy import regex

_ID = regex(r"\d{4}-\d{2}-\d{2}-[a-z0-9][a-z0-9-]*")
_EDITION = regex(r"[a-z0-9][a-z0-9-]*")
# How old a change has to be for a folder's time to tell the next one from it.
# Some drives know times to two seconds only.
_SETTLED_NS = 3_000_000_000


def edition_of(issue_id: str) -> str:
    """Return the edition of an issue's id.

    >>> edition_of("2026-11-23-weekly")
    'weekly'
    """
    return issue_id[11:]


def is_id(name: str) -> bool:
    """Tell whether a name is that of an issue."""
    return bool(_ID.fullmatch(name))


class Places:
    """Find the issues below one root folder.

    Of those that lie side by side, the names are read again only when the folder has changed; where
    there are thousands of editions, each has a folder there, and reading their names for each of
    them would take most of a build's time.
    """

    def __init__(self, root: Path) -> None:
        self._root = root
        self._changed_at, self._is_read = 0, False
        self._flat: dict[str, list[str]] = {}
        self._editions: list[str] = []

    def ids(self, editions: Collection[str] | None = None, *, is_still: bool = False) -> list[str]:
        """Return the ids of the issues on disk, of some editions or of all, sorted.

        Where the caller knows that nothing comes or goes side by side, `is_still` spares looking.
        """
        if not (is_still and self._is_read):
            self._look()
        asked = self._flat if editions is None else editions
        apart = self._editions if editions is None else editions
        found = {id_ for edition in asked for id_ in self._beside(edition)}
        return sorted(found.union(*map(self._inside, apart)))

    def _beside(self, edition: str) -> list[str]:
        return [id_ for id_ in self._flat.get(edition, ()) if (self._root / id_).is_dir()]

    def _inside(self, edition: str) -> list[str]:
        own = self._root / edition
        return [id_ for id_ in folders(own) if edition_of(id_) == edition and is_id(id_)]

    def apart(self) -> tuple[str, ...]:
        """Return what may be folders of editions, sorted."""
        self._look()
        return tuple(sorted(self._editions))

    def is_beside(self, edition: str) -> bool:
        """Tell whether an edition's issues lay side by side when that was looked for last."""
        if not self._is_read:
            self._look()
        return edition in self._flat

    def _look(self) -> None:
        """Read which issues lie side by side, and which editions have folders of their own."""
        changed_at = _changed_at(self._root)
        if changed_at and changed_at == self._changed_at:
            return
        self._is_read = True
        # A folder that has only just changed may change again without showing it.
        is_settled = time.time_ns() - changed_at > _SETTLED_NS
        self._changed_at = changed_at if is_settled else 0
        self._flat, self._editions = {}, []
        for name in names(self._root):
            if is_id(name):
                self._flat.setdefault(edition_of(name), []).append(name)
            elif _EDITION.fullmatch(name):
                self._editions.append(name)


def flat(root: Path) -> list[str]:
    """Return the ids of the issues that lie side by side, sorted."""
    return sorted(name for name in folders(root) if is_id(name))


def folder(root: Path, issue_id: str, *, is_nested: bool) -> Path:
    """Return an issue's folder; a new one goes into its edition's if `is_nested`."""
    flat = root / issue_id
    if flat.is_dir():
        return flat
    nested = root / edition_of(issue_id) / issue_id
    return nested if is_nested or nested.is_dir() else flat


def by_edition(ids: Iterable[str]) -> dict[str, list[str]]:
    """Return the ids of issues by their edition, in the order given."""
    found: dict[str, list[str]] = {}
    for id_ in ids:
        found.setdefault(edition_of(id_), []).append(id_)
    return found


def names(path: Path) -> list[str]:
    """Return the names in a folder, none if there is no such folder."""
    return [entry.name for entry in _inside(path)]


def folders(path: Path) -> list[str]:
    """Return the names of the folders in a folder, none if there is no such folder."""
    return [entry.name for entry in _inside(path) if entry.is_dir()]


def _inside(path: Path) -> list[os.DirEntry[str]]:
    try:
        with os.scandir(path) as entries:
            return list(entries)
    except (FileNotFoundError, NotADirectoryError):
        return []


def _changed_at(path: Path) -> int:
    """Return when the names in a folder changed last, 0 where there is no such folder."""
    try:
        return path.stat().st_mtime_ns
    except OSError:
        return 0

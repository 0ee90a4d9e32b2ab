"""Where issues lie below `issues/`: side by side, or those of an edition in a folder of its own.

    issues/2026-11-23-weekly/                      an edition that is described by itself
    issues/by-tag-birds/2026-11-23-by-tag-birds/   one of many that a pattern makes

Either way an issue's folder bears its id, and where it lies is found by looking. So one edition
among ten thousand is listed by reading two folders, and a folder that was moved by hand is found
again.
"""

from __future__ import annotations

import os
from collections.abc import Collection, Iterable
from pathlib import Path

from digest.lazy import regex

_ID = regex(r"\d{4}-\d{2}-\d{2}-[a-z0-9][a-z0-9-]*")
_EDITION = regex(r"[a-z0-9][a-z0-9-]*")


def edition_of(issue_id: str) -> str:
    """Return the edition of an issue's id.

    >>> edition_of("2026-11-23-weekly")
    'weekly'
    """
    return issue_id[11:]


def is_id(name: str) -> bool:
    """Tell whether a name is that of an issue."""
    return bool(_ID.fullmatch(name))


def ids(root: Path, editions: Collection[str] | None = None) -> list[str]:
    """Return the ids of the issues on disk, of some editions or of all, sorted."""
    there = names(root)
    found = {name for name in there if _is_issue_of(name, editions) and (root / name).is_dir()}
    for name in there:
        is_asked = editions is None or name in editions
        if is_asked and _EDITION.fullmatch(name) and not is_id(name):
            inside = (each for each in names(root / name) if _is_issue_of(each, (name,)))
            found.update(each for each in inside if (root / name / each).is_dir())
    return sorted(found)


def flat(root: Path) -> list[str]:
    """Return the ids of the issues that lie side by side, sorted."""
    return sorted(name for name in names(root) if is_id(name) and (root / name).is_dir())


def folder(root: Path, issue_id: str, *, is_nested: bool = False) -> Path:
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


def _is_issue_of(name: str, editions: Collection[str] | None) -> bool:
    """Tell whether a folder is named like an issue; its edition is asked first, which is cheap."""
    return (editions is None or edition_of(name) in editions) and is_id(name)


def names(path: Path) -> list[str]:
    """Return the names in a folder, none if there is no such folder."""
    try:
        with os.scandir(path) as entries:
            return [entry.name for entry in entries]
    except (FileNotFoundError, NotADirectoryError):
        return []

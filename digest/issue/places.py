"""Where issues lie below `issues/`: side by side, or those of an edition in a folder of its own.

    issues/2026-11-23-weekly/                      an edition that is described by itself
    issues/by-tag-birds/2026-11-23-by-tag-birds/   one of many that a pattern makes

Either way an issue's folder bears its id, and where it lies is found by looking. So one edition
among ten thousand is listed by reading two folders, and a folder that was moved by hand is found
again.
"""

from __future__ import annotations

import os
import re
from collections.abc import Iterator
from pathlib import Path

_ID = re.compile(r"\d{4}-\d{2}-\d{2}-[a-z0-9][a-z0-9-]*")
_EDITION = re.compile(r"[a-z0-9][a-z0-9-]*")


def edition_of(issue_id: str) -> str:
    """Return the edition of an issue's id.

    >>> edition_of("2026-11-23-weekly")
    'weekly'
    """
    return issue_id[11:]


def is_id(name: str) -> bool:
    """Tell whether a name is that of an issue."""
    return bool(_ID.fullmatch(name))


def ids(root: Path, edition: str | None = None) -> list[str]:
    """Return the ids of the issues on disk, of one edition or of all, sorted."""
    found = {name for name in _folders(root) if is_id(name)}
    if edition is not None:
        found = {name for name in found if edition_of(name) == edition}
        return sorted(found.union(_inside(root, edition)))
    for name in _folders(root):
        if _EDITION.fullmatch(name) and not is_id(name):
            found.update(_inside(root, name))
    return sorted(found)


def flat(root: Path) -> list[str]:
    """Return the ids of the issues that lie side by side, sorted."""
    return sorted(name for name in _folders(root) if is_id(name))


def folder(root: Path, issue_id: str, *, is_nested: bool = False) -> Path:
    """Return an issue's folder; one that is not there yet goes into its edition's if `is_nested`."""
    flat = root / issue_id
    nested = root / edition_of(issue_id) / issue_id
    if flat.is_dir():
        return flat
    return nested if is_nested or nested.is_dir() else flat


def _inside(root: Path, edition: str) -> Iterator[str]:
    names = _folders(root / edition)
    return (name for name in names if is_id(name) and edition_of(name) == edition)


def _folders(path: Path) -> list[str]:
    try:
        with os.scandir(path) as entries:
            return [entry.name for entry in entries if entry.is_dir()]
    except (FileNotFoundError, NotADirectoryError):
        return []

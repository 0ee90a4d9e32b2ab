"""What files look like from outside, so that two moments can be compared unread."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator
from pathlib import Path
from stat import S_ISDIR

Stamp = tuple[int, ...]
FOLDER = 2  # the numbers in a folder's stamp; a file's has more
PASSED_OVER = ("node_modules", "__pycache__")


def stamp(path: str | Path | os.DirEntry[str]) -> Stamp | None:
    """Return what a change changes: a file's time, size and inode, or which folder it is.

    None without one. A folder's own time is left out: passing files of editors move it, and what is
    inside has stamps too.
    """
    try:
        found = path.stat() if isinstance(path, os.DirEntry) else os.stat(path)  # noqa: PTH116
    except OSError:
        return None
    if S_ISDIR(found.st_mode):
        return (found.st_dev, found.st_ino)
    return (found.st_mtime_ns, found.st_size, found.st_ino)


def stamps(
    folders: Iterable[Path], trees: Iterable[Path], without: Iterable[Path] = ()
) -> dict[str, Stamp]:
    """Return the stamps of folders with what lies directly inside, and of trees with all below.

    Hidden ones are passed over, and so is what lies in the folders of `without`, unless named
    itself. A folder that links lead to several times is looked into once.
    """
    found: dict[str, Stamp] = {}
    for folder in folders:
        found |= _inside(str(folder))
    waiting, closed, seen = [str(tree) for tree in trees], {str(path) for path in without}, set()
    while waiting:
        folder_name = waiting.pop()
        inside = _inside(folder_name)
        its = inside.pop(folder_name, None)
        if its is None or its in seen:
            continue
        seen.add(its)
        found |= {folder_name: its} | inside
        waiting += (
            name for name, its in inside.items() if len(its) == FOLDER and name not in closed
        )
    return found


def _inside(folder: str) -> dict[str, Stamp]:
    """Return the stamps of a folder and of what lies directly inside.

    Nothing if it cannot be read.
    """
    try:
        with os.scandir(folder) as entries:
            return {name: its for name, its in [(folder, stamp(folder)), *_stamped(entries)] if its}
    except OSError:
        return {}


def _stamped(entries: Iterable[os.DirEntry[str]]) -> Iterator[tuple[str, Stamp | None]]:
    for entry in entries:
        if not entry.name.startswith(".") and entry.name not in PASSED_OVER:
            yield entry.path, stamp(entry)

"""What a source may read in its own folder: regular files that lie there, and nothing else.

A link that leads out of the folder would publish whatever it leads to, and a pipe would be waited
for without end; both are reported and passed over. What a file means, this room does not know.
"""

from __future__ import annotations

import os
import stat
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import BinaryIO, NamedTuple

from digest.errors import SourceError
from digest.models import Problem

OUTSIDE = "is a link that leads out of the source's folder, so it is not read"
IRREGULAR = "is no regular file, so it is not read"

_READ_ONLY = os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0)


class Found(NamedTuple):
    """Hold one file; `refusal` is why it must not be read, empty for all others.

    `name` is its path within the folder, with "/" on every system.
    """

    path: Path
    refusal: str
    name: str


class Folder:
    """List the files of a folder and of those below it. The folder itself may be a link.

    `problems` fills with the folders passed over while `files` runs; `is_complete` tells whether
    all others could be listed. Both are for after the listing.
    """

    def __init__(
        self,
        path: Path,
        *,
        belongs: Callable[[str], bool],
        enters: Callable[[str], bool],
        why_not: Callable[[Path], str] = lambda folder: "",
    ) -> None:
        """Name the files that belong and the folders to enter, each by its bare name.

        `why_not` tells of a folder why it is passed over, where that is worth saying.

        Raises:
            SourceError: if there is no such folder, or it cannot be listed.
        """
        self._path = path
        self._belongs = belongs
        self._enters = enters
        self._why_not = why_not
        self._root = os.path.realpath(path)
        self.problems: list[Problem] = []
        self.is_complete = True
        try:
            next(path.iterdir(), None)
        except OSError as exc:
            reason = (
                "no such folder" if isinstance(exc, FileNotFoundError) else exc.strerror or str(exc)
            )
            raise SourceError(
                reason, where=shown_path(path), hint="Check the source's path."
            ) from exc

    def files(self) -> Iterator[Found]:
        """Yield the files in the order of their names.

        Each folder once, however links lead to it.
        """
        seen: set[str] = set()
        for folder, folders, files in os.walk(self._path, onerror=self._failed, followlinks=True):
            real = os.path.realpath(folder)
            if real in seen:
                folders.clear()
                continue
            seen.add(real)
            folders[:] = [name for name in sorted(folders) if self._is_entered(Path(folder, name))]
            within = Path(folder).relative_to(self._path)
            lead = "" if within == Path() else f"{within.as_posix()}/"
            for name in sorted(files):
                if self._belongs(name):
                    path = Path(folder, name)
                    yield Found(path, self._refusal(path), f"{lead}{name}")

    def _is_entered(self, folder: Path) -> bool:
        if not self._enters(folder.name):
            return False
        if why := self._why_not(folder):
            self.problems.append(Problem(where=shown_path(folder), message=why))
            return False
        if self._leads_out(folder):
            self.problems.append(Problem(where=shown_path(folder), message=OUTSIDE))
            return False
        return True

    def _refusal(self, path: Path) -> str:
        try:
            mode = path.lstat().st_mode
            if stat.S_ISLNK(mode):
                if self._leads_out(path):
                    return OUTSIDE
                mode = path.stat().st_mode
            return "" if stat.S_ISREG(mode) else IRREGULAR
        except OSError:  # whoever reads it will say so
            return ""

    def _leads_out(self, path: Path) -> bool:
        return path.is_symlink() and not Path(os.path.realpath(path)).is_relative_to(self._root)

    def _failed(self, exc: OSError) -> None:
        self.is_complete = False
        message = f"this folder cannot be listed: {exc.strerror or exc}"
        self.problems.append(Problem(where=shown_path(exc.filename or self._path), message=message))


def read_file(path: Path, most: int) -> bytes:
    """Return a file's bytes, at most `most` of them. Never waits.

    A pipe is refused, not opened for good.

    Raises:
        SourceError: if it cannot be read, or is no regular file.
    """
    with open_regular(path) as file:
        size = os.fstat(file.fileno()).st_size
        try:
            # room for all that may be read costs more than to read a file of the usual size
            return file.read(min(most, size + 1) if size else most)
        except OSError as exc:
            raise _unreadable(path, exc) from exc


def open_regular(path: Path) -> BinaryIO:
    """Open a file to read it, and nothing that may never end.

    Raises:
        SourceError: if it cannot be opened, or is no regular file.
    """
    try:
        file = open(path, "rb", opener=_opened)  # noqa: SIM115 -- closed by whoever reads it
    except OSError as exc:
        raise _unreadable(path, exc) from exc
    if stat.S_ISREG(os.fstat(file.fileno()).st_mode):
        return file
    file.close()
    raise SourceError("is no regular file", where=shown_path(path))


def _unreadable(path: Path, exc: OSError) -> SourceError:
    return SourceError(f"unreadable: {exc.strerror or exc}", where=shown_path(path))


def stamp_of(path: Path) -> str:
    """Return what changes when a file is written again.

    Raises:
        SourceError: if there is no such file, or nobody may look at it.
    """
    try:
        found = path.stat()
    except OSError as exc:
        raise _unreadable(path, exc) from exc
    return f"{found.st_mtime_ns}-{found.st_size}-{found.st_ino}"


def shown_path(path: Path | str) -> str:
    r"""Return a path as text that can be stored and printed.

    Old disks hold names that are not UTF-8.
    >>> shown_path("caf\udce9.md")
    'caf\\xe9.md'
    """
    return os.fsencode(path).decode("utf-8", "backslashreplace")


def _opened(path: str, flags: int) -> int:
    return os.open(path, flags | _READ_ONLY)

"""Reading and writing files: a reader sees the old or the new one whole, also after a power cut."""

from __future__ import annotations

import errno
import os
import sys
from collections.abc import Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager, suppress
from io import FileIO
from itertools import islice
from pathlib import Path
from typing import Final, TextIO

from digest.errors import TemplateError

TEMPORARY: Final = ".tmp-"
"""What the names of files and folders begin with while they are being written."""

# What systems answer that cannot sync a folder; a full or broken disk answers something else.
_CANNOT_SYNC: Final = {errno.EINVAL, errno.ENOTSUP, errno.EBADF, errno.EACCES}
_OPEN: Final = 64  # files at a time: some systems let a process open no more than 256
_KEPT_OPEN: Final = 8  # files of a folder that is to appear
TOGETHER: Final = _OPEN // _KEPT_OPEN
"""So many folders may be written before they appear."""


def write_atomically(path: Path, data: bytes, *, durably: bool = True) -> None:
    """Replace a file so that a reader sees the old or the new one whole.

    Leave it alone if it is equal. What may be lost in a power cut need not be written `durably`,
    and is written without a look at what is there.

    Raises:
        OSError: if it cannot be written.
    """
    if durably and not _is_other(path, data):
        return
    temporary = temporary_of(path)
    try:
        if durably:
            write_durably(temporary, data)
        else:
            temporary.write_bytes(data)
        temporary.replace(path)
    except OSError:
        with suppress(OSError):  # a full disk is not to be left fuller
            temporary.unlink()
        raise
    if durably:
        sync_folder(path.parent)


def stamp(path: Path) -> tuple[str, int, int]:
    """Return what tells a file from what it was, without reading it."""
    try:
        found = path.stat()
    except OSError:
        return str(path), 0, 0
    return str(path), found.st_size, found.st_mtime_ns


def seen_from(folder: Path, told: str) -> Path:
    """Return the place that a path means, seen from a folder, without steps back on the way.

    They stay where a link would make them lead elsewhere.

    >>> seen_from(Path("/home/ada/letter"), "../posts").as_posix()
    '/home/ada/posts'
    """
    place = folder / at_home(told)
    if ".." not in place.parts:
        return place
    straight = Path(os.path.normpath(place))
    with suppress(ValueError):  # it holds a NUL, which whoever opens it refuses
        if os.path.realpath(straight) == os.path.realpath(place):
            return straight
    return place


def at_home(told: str) -> Path:
    """Return a path with the home folder that it begins with, if there is one of that name."""
    try:
        return Path(told).expanduser()
    except RuntimeError:  # nobody is called so: it is a name like any other
        return Path(told)


def write_where_told(path: Path, data: bytes) -> None:
    """Write to a place that somebody named: a file, what a link leads to, or a device or pipe.

    Raises:
        OSError: if it cannot be written.
    """
    if _is_stream(path):
        path.write_bytes(data)
    else:
        write_atomically(path.resolve(), data)


def _is_stream(path: Path) -> bool:
    """Tell whether a place is a device or a pipe: it is read without end, and not to be replaced.

    >>> _is_stream(Path(os.devnull))
    True
    """
    return path.exists() and not path.is_file()


def write_durably(path: Path, data: bytes) -> None:
    """Write a file and wait until the disk has it.

    Raises:
        OSError: if it cannot be written.
    """
    with path.open("wb") as file:
        file.write(data)
        file.flush()
        os.fsync(file.fileno())


class Appearing:
    """A folder that appears whole once the disk has its files: written now, waited for later.

    Whoever has other work meanwhile leaves the disk its time, and then lets several appear at once.
    """

    def __init__(self, folder: Path, files: Mapping[str, bytes]) -> None:
        """Write the files below a name that nobody takes for the folder's own.

        Raises:
            OSError: if one of them cannot be written; then nothing is left of any.
        """
        self.folder, self._temporary = folder, temporary_of(folder)
        self.error: OSError | None = None
        self.is_settled = False
        self._files, self._open = list[FileIO](), ExitStack()
        self._temporary.mkdir(parents=True)
        named = [(self._temporary / name, data) for name, data in files.items()]
        try:
            # Most folders have six files. Those that have many pictures would keep too many open.
            _write_all(dict(named[_KEPT_OPEN:]), made=self._temporary)
            self._files = _begin_all(dict(named[:_KEPT_OPEN]), self._open, made=self._temporary)
        except BaseException:  # a full disk, or Ctrl-C
            self.give_up()
            raise

    def give_up(self) -> None:
        """Remove what has not appeared."""
        import shutil

        self._open.close()
        shutil.rmtree(self._temporary, ignore_errors=True)

    def _wait(self) -> None:
        with self._open:
            for file in self._files:
                os.fsync(file.fileno())
        sync_folder(self._temporary)

    def _take_name(self) -> None:
        self._temporary.rename(self.folder)

    def _wait_for_name(self) -> None:
        sync_folder(self.folder.parent)


def settle(folders: Sequence[Appearing]) -> None:
    """Let folders appear, all of them in as little time as one takes if the disk is done by now.

    One that cannot appear keeps why as its `error`, and nothing is left of it.
    """
    for step in (Appearing._wait, Appearing._take_name, Appearing._wait_for_name):
        for folder in folders:
            if not folder.is_settled and not folder.error:
                try:
                    step(folder)
                except OSError as exc:
                    folder.error = exc
                    folder.give_up()
    for folder in folders:
        folder.is_settled = True


def replace_in_folder(folder: Path, files: Mapping[str, bytes]) -> None:
    """Replace files of a folder in their order, each so that a reader sees the old or the new one.

    Those that are equal are left alone, and all others are waited for at once.

    Raises:
        OSError: if one of them cannot be written; then none was replaced, or the first ones were.
    """
    changed = {
        folder / name: data for name, data in files.items() if _is_other(folder / name, data)
    }
    temporary = {path: temporary_of(path) for path in changed}
    try:
        _write_all({temporary[path]: data for path, data in changed.items()})
        for path in changed:
            temporary[path].replace(path)
    except OSError:
        for path in temporary.values():
            with suppress(OSError):
                path.unlink()
        raise
    for parent in {path.parent for path in changed}:
        sync_folder(parent)


def _is_other(path: Path, data: bytes) -> bool:
    try:
        return path.read_bytes() != data
    except FileNotFoundError:
        return True


def temporary_of(path: Path) -> Path:
    """Return where a file or folder is written before it takes its name, one for each process."""
    return path.with_name(f"{TEMPORARY}{path.name}-{os.getpid()}")


@contextmanager
def private_text(path: Path) -> Iterator[TextIO]:
    """Open a text file that only its owner may read; all of it is there in the end, or nothing.

    Raises:
        OSError: if it cannot be written.
    """
    if _is_stream(path):
        with path.open("w", encoding="utf-8", newline="") as stream:
            yield stream
        return
    path = path.resolve()
    temporary = temporary_of(path)
    # Made with these rights, not given them later: in between, others could open it.
    descriptor = os.open(temporary, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    try:
        with os.fdopen(descriptor, "w", encoding="utf-8", newline="") as file:
            yield file
        temporary.replace(path)
    except BaseException:
        with suppress(OSError):
            temporary.unlink()
        raise


def _write_all(files: Mapping[Path, bytes], made: Path | None = None) -> None:
    """Write files, and only then wait for all of them, so that the disk works on all at once.

    Raises:
        OSError: if one of them cannot be written.
    """
    left = iter(files.items())
    while some := dict(islice(left, _OPEN)):
        with ExitStack() as stack:
            for file in _begin_all(some, stack, made):
                os.fsync(file.fileno())


def _begin_all(
    files: Mapping[Path, bytes], stack: ExitStack, made: Path | None = None
) -> list[FileIO]:
    """Write files and let the disk begin with all of them; the stack closes them.

    A folder that was only just `made` is there.
    """
    for parent in {path.parent for path in files} - {made}:
        parent.mkdir(exist_ok=True)
    return [stack.enter_context(begin(path, data)) for path, data in files.items()]


def begin(path: Path, data: bytes) -> FileIO:
    """Write a file and let the disk begin with it, where it can be asked to; return it, still open.

    Waiting comes later: for six files so begun it takes two thirds of the time of each in turn.

    Raises:
        OSError: if it cannot be written.
    """
    file = FileIO(path, "wb")  # all of the data is at hand: no buffer, and no look at the system's
    try:
        written = 0
        while written < len(data):  # a disk that is nearly full takes a part
            written += file.write(memoryview(data)[written:])
        if sys.platform == "linux":
            os.posix_fadvise(file.fileno(), 0, 0, os.POSIX_FADV_DONTNEED)
    except OSError:
        file.close()
        raise
    return file


def keep_newest(folder: Path, most: int) -> None:
    """Remove the files of a folder that were written longest ago, until `most` are left.

    Raises:
        OSError: if one cannot be looked at or removed.
    """
    files = sorted(folder.iterdir(), key=lambda path: path.stat().st_mtime_ns, reverse=True)
    for path in files[most:]:
        path.unlink(missing_ok=True)


def sync_folder(folder: Path) -> None:
    """Wait until the disk knows of the names in a folder, where the system can.

    Windows opens no folders, and some network drives sync none. The files themselves are synced by
    then; what is not sure to outlast a power cut is only that they have their names already.
    """
    try:
        descriptor = os.open(folder, os.O_RDONLY)
    except OSError:
        return
    try:
        os.fsync(descriptor)
    except OSError as exc:
        if exc.errno not in _CANNOT_SYNC:
            raise
    finally:
        os.close(descriptor)


@contextmanager
def readable(where: str) -> Iterator[None]:
    """Tell what keeps a file from being read as text.

    Raises:
        TemplateError: if it cannot be opened, or is not UTF-8; names the line.
    """
    try:
        yield
    except LookupError:  # what a loader of templates raises where there is none is an OSError too
        raise
    except UnicodeDecodeError as exc:
        line = exc.object.count(b"\n", 0, exc.start) + 1
        told = f"the byte 0x{exc.object[exc.start]:02x} is not UTF-8"
        hint = "Save the file as UTF-8 in your editor."
        raise TemplateError(told, where=f"{where}:{line}", hint=hint) from exc
    except OSError as exc:
        hint = "See that it is a file and that you may read it."
        raise TemplateError(
            f"cannot be read ({exc.strerror or exc})", where=where, hint=hint
        ) from exc

"""Compiled templates, kept for the next process: compiling them takes longer than all else of a build.

What is kept runs when it is read, so this room trusts nothing that somebody else may have written.
It lies in the user's own cache folder, never in a project, since a project may come from elsewhere.
The folder and its files must belong to the user and be closed to all others, none may be a link,
and each carries a hash of itself under its key, so that a damaged or renamed one is not read
either. Where a system cannot say whose a file is, nothing is kept. Whatever is wrong, the template
is compiled: this room never fails.

What is kept is Python's code for the sandbox that the template would run in anyway; it gets no more
rights by having been kept.
"""

from __future__ import annotations

import marshal
import os
import stat
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from functools import cache
from hashlib import blake2b
from importlib.util import MAGIC_NUMBER
from pathlib import Path
from types import CodeType
from typing import Final

from digest import __version__
from digest.rendering.jinja.splicing import Part
from digest.rendering.page import version

FILES_LIMIT: Final = 60

_HASH_BYTES = 32
_CAN_TELL_OWNERS = hasattr(os, "geteuid") and os.open in os.supports_dir_fd


def user_folder() -> Path | None:
    """Return where the user's compiled templates are kept; None where there is no such place.

    That is `digest/templates` in $XDG_CACHE_HOME (if it is absolute, as its specification asks), in
    ~/Library/Caches on macOS, else in ~/.cache.
    """
    named = os.environ.get("XDG_CACHE_HOME", "")
    if os.path.isabs(named):  # noqa: PTH117 - a Path says no sooner
        return Path(named, "digest", "templates")
    with suppress(RuntimeError):
        home = Path.home()
        caches = home / "Library" / "Caches" if sys.platform == "darwin" else home / ".cache"
        return caches / "digest" / "templates"
    return None


class CompiledTemplates:
    """Keep code with the parts that it was compiled from; with no folder, keep nothing."""

    def __init__(self, folder: Path | None) -> None:
        self._folder = folder if _CAN_TELL_OWNERS else None

    def key(self, *told: object) -> str:
        """Return the name of a piece of code: what was compiled, and by which programs."""
        said = "\n".join(map(repr, told)).encode(errors="surrogatepass")
        return blake2b(said, key=_stamp(), digest_size=16).hexdigest()

    def read(self, key: str) -> tuple[tuple[Part, ...], CodeType] | None:
        """Return what is kept under a key: the parts it was compiled from, and the code; None if nothing."""
        if self._folder is None:
            return None
        try:
            with _opened(self._folder) as folder:
                data = _read_own(folder, key)
        except OSError:
            return None
        if data[:_HASH_BYTES] != _hash(key, data[_HASH_BYTES:]):
            return None
        parts, code = marshal.loads(data[_HASH_BYTES:])  # noqa: S302 - the user's own, and whole
        return tuple(Part(*part) for part in parts), code

    def write(self, key: str, parts: tuple[Part, ...], code: CodeType) -> None:
        """Keep code; a folder that is not the user's own, or cannot be written, only costs time."""
        if self._folder is None:
            return
        body = marshal.dumps((tuple(tuple(part) for part in parts), code))
        with suppress(OSError):
            self._folder.mkdir(mode=0o700, parents=True, exist_ok=True)
            with _opened(self._folder) as folder:
                _write_whole(folder, key, _hash(key, body) + body)
                _prune(folder)


def _hash(key: str, body: bytes) -> bytes:
    return blake2b(body, key=key.encode(), digest_size=_HASH_BYTES).digest()


@contextmanager
def _opened(path: Path) -> Iterator[int]:
    """Yield a descriptor of the folder, through which alone its files are named.

    Raises:
        OSError: if it cannot be opened, or is not the user's alone.
    """
    folder = os.open(path, os.O_RDONLY | os.O_DIRECTORY | os.O_NOFOLLOW)
    try:
        _refuse_foreign(os.fstat(folder))
        yield folder
    finally:
        os.close(folder)


def _refuse_foreign(status: os.stat_result) -> None:
    if status.st_uid != os.geteuid() or status.st_mode & 0o077:
        raise PermissionError("not the user's alone")


def _read_own(folder: int, name: str) -> bytes:
    opened = os.open(name, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK, dir_fd=folder)
    with os.fdopen(opened, "rb") as file:
        status = os.fstat(file.fileno())
        _refuse_foreign(status)
        if not stat.S_ISREG(status.st_mode):
            raise PermissionError("no file")
        with suppress(OSError):
            os.utime(file.fileno())  # the oldest file is the one not used for longest
        return file.read()


def _write_whole(folder: int, name: str, data: bytes) -> None:
    """Write a file at once, so that another process reads all of it or nothing."""
    temporary = f".{name}.{os.urandom(8).hex()}"
    made = os.open(temporary, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600, dir_fd=folder)
    try:
        with os.fdopen(made, "wb") as file:
            file.write(data)
        os.replace(temporary, name, src_dir_fd=folder, dst_dir_fd=folder)
    except OSError:
        os.unlink(temporary, dir_fd=folder)
        raise


def _prune(folder: int) -> None:
    """Remove the files used longest ago, those that a stopped process left among them."""
    files = {
        name: os.stat(name, dir_fd=folder, follow_symlinks=False) for name in os.listdir(folder)
    }
    for name in sorted(files, key=lambda name: -files[name].st_mtime_ns)[FILES_LIMIT:]:
        with suppress(FileNotFoundError):
            os.unlink(name, dir_fd=folder)


@cache
def _stamp() -> bytes:
    """Return what changes when Python, Jinja or the code of this room does.

    All of the room's modules count: Jinja works out filters of constants while it compiles.
    """
    stamp = blake2b(digest_size=32)
    stamp.update(MAGIC_NUMBER)
    programs = (sys.version, sys.flags.optimize, version("jinja2", "jinja2-"), __version__)
    stamp.update(repr(programs).encode())
    for path in sorted(Path(__file__).parent.glob("*.py")):
        stamp.update(path.read_bytes())
    return stamp.digest()

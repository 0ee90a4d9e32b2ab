"""Compiled templates, kept for the next process by Jinja's own cache, since they take long.

What is kept runs when it is read, so it lies in the user's own cache folder, never in a project,
since a project may come from elsewhere. The folder and its files must belong to the user and be
closed to all others, and none may be a link; where a system cannot say whose they are, nothing is
kept. Whatever is wrong with a file, the template is compiled. What is kept is code for the sandbox
that the template would run in anyway.
"""

from __future__ import annotations

import os
import pickle
import stat
import sys
from collections.abc import Callable
from contextlib import suppress
from functools import cache
from hashlib import blake2b
from pathlib import Path

from jinja2.bccache import Bucket, FileSystemBytecodeCache

from digest import __version__
from digest.rendering.page import version

_CAN_TELL_OWNERS = hasattr(os, "geteuid")
_CODE = ("generating.py", "printing.py", "splicing.py", "template.py")


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


def kept_in(folder: Path | None) -> CompiledTemplates | None:
    """Return the cache in a folder, which is made; None if it is not the user's alone."""
    if folder is None or not _CAN_TELL_OWNERS:
        return None
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        status = folder.lstat()
    except OSError:
        return None
    return CompiledTemplates(str(folder)) if _is_own(status, stat.S_ISDIR) else None


def _is_own(status: os.stat_result, is_kind: Callable[[int], bool]) -> bool:
    """Tell whether a file or folder is no link, the user's, and closed to all others."""
    is_closed = not status.st_mode & 0o077
    return is_closed and status.st_uid == os.geteuid() and is_kind(status.st_mode)


class CompiledTemplates(FileSystemBytecodeCache):
    """Keep compiled templates; a file that cannot be read or written only costs time."""

    def load_bytecode(self, bucket: Bucket) -> None:
        """Load a template's code, unless it is damaged or another user may have written it."""
        with suppress(OSError, EOFError, ValueError, TypeError, pickle.UnpicklingError):
            if _is_own(os.lstat(self._get_cache_filename(bucket)), stat.S_ISREG):
                super().load_bytecode(bucket)

    def dump_bytecode(self, bucket: Bucket) -> None:
        """Keep a template's code."""
        with suppress(OSError):
            super().dump_bytecode(bucket)

    def get_source_checksum(self, source: str) -> str:
        """Return the hash of a source, with its includes in place, and of what compiles it."""
        said = f"{_stamp()}\n{source}".encode(errors="surrogatepass")
        return blake2b(said, digest_size=20).hexdigest()


@cache
def _stamp() -> str:
    """Return what changes when Jinja or our own code does; Pythons are told apart by Jinja."""
    stamp = blake2b(f"{__version__} {version('jinja2', 'jinja2-')}".encode(), digest_size=8)
    for name in _CODE:
        with suppress(OSError):
            stamp.update(Path(__file__).with_name(name).read_bytes())
    return stamp.hexdigest()

"""The user's own cache folder: what lies there is trusted, since nobody else can have written it.

Compiled templates and patterns are read back without being looked through, so each of their folders
and files must belong to the user and be closed to all others, and none may be a link. Where a
system cannot say whose they are, nothing is kept. A project's folder is no place for them: it may
come from elsewhere.
"""

from __future__ import annotations

import os
import stat
import sys
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

CAN_TELL_OWNERS = hasattr(os, "geteuid")


def user_folder(kind: str) -> Path | None:
    """Return where the user's files of a kind are kept; None where there is no such place.

    That is `digest/KIND` in $XDG_CACHE_HOME (if it is absolute, as its specification asks), in
    ~/Library/Caches on macOS, else in ~/.cache.
    """
    named = os.environ.get("XDG_CACHE_HOME", "")
    if os.path.isabs(named):  # noqa: PTH117 - a Path says no sooner
        return Path(named, "digest", kind)
    with suppress(RuntimeError):
        home = Path.home()
        caches = home / "Library" / "Caches" if sys.platform == "darwin" else home / ".cache"
        return caches / "digest" / kind
    return None


def is_closed_folder(folder: Path) -> bool:
    """Tell whether a folder, which is made if need be, is the user's alone."""
    if not CAN_TELL_OWNERS:
        return False
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        return _is_own(folder.lstat(), stat.S_ISDIR)
    except OSError:
        return False


def is_closed_file(path: str | Path) -> bool:
    """Tell whether a file is there, and is the user's alone."""
    try:
        return CAN_TELL_OWNERS and _is_own(os.lstat(path), stat.S_ISREG)
    except OSError:
        return False


def _is_own(status: os.stat_result, is_kind: Callable[[int], bool]) -> bool:
    """Tell whether a file or folder is no link, the user's, and closed to all others."""
    is_closed = not status.st_mode & 0o077
    return is_closed and status.st_uid == os.geteuid() and is_kind(status.st_mode)

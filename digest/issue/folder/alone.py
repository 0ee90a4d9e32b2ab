"""Keeps two processes from writing issues at once, and clears away what a killed one left."""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager, suppress
from pathlib import Path
from typing import Final

from digest.errors import IssueFolderError
from digest.files import TEMPORARY
from digest.issue.folder import places
from digest.machine.locking import locked

# How the names begin under which files are written without the lock: editor.md by the preview, and
# delivery.json by whoever asks a service meanwhile, which takes longer than anybody waits here.
_UNLOCKED: Final = (f"{TEMPORARY}editor.md-", f"{TEMPORARY}delivery.json-")

# How long writing a small file may take; what is older was left behind.
_WRITING_SECONDS: Final = 60.0


def unwritable(path: Path, error: OSError) -> IssueFolderError:
    """Return the error that tells why something cannot be written."""
    return IssueFolderError(
        f"cannot be written ({error.strerror or error})",
        where=str(path),
        hint="Make it writable to you, or free some space.",
    )


def _sweep(root: Path) -> None:
    """Remove what a killed process left behind; we hold the lock, so nobody is writing it.

    Folders of editions have locks of their own, and are passed over.
    """
    found = {root: places.names(root)}
    found |= {root / name: places.names(root / name) for name in found[root] if places.is_id(name)}
    begun = (
        folder / name
        for folder, names in found.items()
        for name in names
        if name.startswith(TEMPORARY)
    )
    for leftover in begun:
        if _is_being_written(leftover):
            continue
        if leftover.is_dir() and not leftover.is_symlink():
            import shutil

            shutil.rmtree(leftover, ignore_errors=True)
        else:
            with suppress(OSError):
                leftover.unlink()


def _is_being_written(path: Path) -> bool:
    """Tell whether somebody may be writing by this file, who waits for no build."""
    if not path.name.startswith(_UNLOCKED):
        return False
    try:
        return time.time() - path.stat().st_mtime < _WRITING_SECONDS
    except FileNotFoundError:  # it has just taken its name
        return True


@contextmanager
def alone(root: Path) -> Iterator[None]:
    """Hold `.lock` in a folder of issues; wait ten seconds for whoever holds it.

    Raises:
        IssueFolderError: if another process keeps it, or nothing can be written there.
    """
    with ExitStack() as stack:
        try:
            root.mkdir(parents=True, exist_ok=True)
            stack.enter_context(locked(root / ".lock", seconds=10))
            _sweep(root)
        except TimeoutError as exc:
            raise IssueFolderError(
                "another digest is writing here",
                where=str(root),
                hint="Try again when it is done.",
            ) from exc
        except OSError as exc:
            raise unwritable(root, exc) from exc
        yield

"""Keeps two processes from writing issues at once, and clears away what a killed one left."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import ExitStack, contextmanager, suppress
from itertools import chain
from pathlib import Path

from digest.errors import IssueFolderError
from digest.files import TEMPORARY
from digest.locking import locked


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
    inside = (path.glob(f"{TEMPORARY}*") for path in root.glob("????-??-??-*"))
    for leftover in [*root.glob(f"{TEMPORARY}*"), *chain.from_iterable(inside)]:
        if leftover.is_dir() and not leftover.is_symlink():
            import shutil

            shutil.rmtree(leftover, ignore_errors=True)
        else:
            with suppress(OSError):
                leftover.unlink()


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

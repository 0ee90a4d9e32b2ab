"""Lets one process at a time into a folder, by a lock that ends with the process.

A library for this takes longer to import than all of the archive, and does what is here.
"""

from __future__ import annotations

import os
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Final

_PAUSE_SECONDS: Final = 0.05


@contextmanager
def locked(path: Path, seconds: float) -> Iterator[None]:
    """Hold the lock that a file stands for; the file itself stays, and stays empty.

    Whoever asks second waits, in another thread of this process too.

    Raises:
        TimeoutError: if another one held it all of these seconds.
        OSError: if the file cannot be opened.
    """
    descriptor = os.open(path, os.O_RDWR | os.O_CREAT, 0o644)
    try:
        _wait(descriptor, time.monotonic() + seconds)
        yield
    finally:
        os.close(descriptor)  # which gives the lock back


def _wait(descriptor: int, until: float) -> None:
    while not _is_taken(descriptor):
        if time.monotonic() >= until:
            raise TimeoutError
        time.sleep(_PAUSE_SECONDS)


if sys.platform == "win32":
    import msvcrt

    def _is_taken(descriptor: int) -> bool:
        """Try to take the lock, and tell whether it is ours now."""
        try:
            msvcrt.locking(descriptor, msvcrt.LK_NBLCK, 1)
        except OSError:
            return False
        return True

else:
    import fcntl

    def _is_taken(descriptor: int) -> bool:
        """Try to take the lock, and tell whether it is ours now."""
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            return False
        return True

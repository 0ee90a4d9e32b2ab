"""Tells versions of installed libraries without importing them, for keys of what is kept."""

from __future__ import annotations

import os
import sys
from contextlib import suppress
from functools import cache


def version(prefix: str) -> str:
    """Return the name of a library's metadata folder, which ends in its version; "" without one.

    `prefix` is how that name begins, in lower case. Reading a name takes microseconds, where
    importlib.metadata takes tens of milliseconds.
    """
    for folder in sys.path:
        if found := [name for name in _metadata(folder or ".") if name.startswith(prefix)]:
            return ",".join(found)
    return ""


@cache
def _metadata(folder: str) -> tuple[str, ...]:
    with suppress(OSError):  # a folder that is not there, or a zip
        # names only, and many of them
        names = (name.lower() for name in os.listdir(folder) if name.endswith("-info"))  # noqa: PTH208
        return tuple(sorted(names))
    return ()

"""Tells versions of installed libraries without importing them, for keys of what is kept."""

from __future__ import annotations

import os
from functools import cache
from importlib.util import find_spec
from pathlib import Path


def version(module: str, prefix: str) -> str:
    """Return the name of the metadata folder beside a library, which ends in its version.

    `prefix` is how that name begins, in lower case. Reading a name takes microseconds, where
    importlib.metadata takes tens of milliseconds.
    """
    spec = find_spec(module)
    if spec is None or spec.origin is None:
        return ""
    return ",".join(
        name for name in _metadata(str(Path(spec.origin).parent.parent)) if name.startswith(prefix)
    )


@cache
def _metadata(folder: str) -> tuple[str, ...]:
    # names only, and many of them
    names = (name.lower() for name in os.listdir(folder))  # noqa: PTH208
    return tuple(sorted(name for name in names if name.endswith("-info")))

"""What a library may take or leave, kept from it while it is imported."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def absent(module: str) -> Iterator[None]:
    """Have whatever is imported meanwhile find that a module is not there.

    Where it has been imported already, nothing is won, and nothing happens.
    """
    if module in sys.modules:
        yield
        return
    sys.modules[module] = None  # type: ignore[assignment]  # as Python's own import system has it
    try:
        yield
    finally:
        del sys.modules[module]

"""How large the result of an operation would be, asked before it is worked out."""

from __future__ import annotations

from collections.abc import Sized
from typing import Any, Final

LONGEST: Final = 1_000_000
"""The most characters of a text, or elements of a list, that an expression may make."""


def added(left: Any, right: Any) -> int:
    """Return how long two texts or lists are together; 0 for anything else."""
    return len(left) + len(right) if isinstance(left, Sized) and isinstance(right, Sized) else 0


def multiplied(left: Any, right: Any) -> int:
    """Return how long a list or text is, repeated, whichever side it stands on; else 0."""
    for many, times in ((left, right), (right, left)):
        if isinstance(many, Sized) and isinstance(times, int):
            return len(many) * times
    return 0


def replaced(value: Any, old: Any, new: Any, *_: Any, **__: Any) -> int:
    """Return how long a text would be, at most, with one of its parts replaced."""
    text, old, new = str(value), str(old), str(new)
    return len(text) + text.count(old) * max(0, len(new) - len(old))

"""Finds what a project's own templates hold and nothing uses: files, themes' keys, rules.

All of it would be passed over in silence, and is nearly always a slip of the pen.
"""

from digest.rendering.unread.files import (
    Unread,
    are_computed,
    astray,
    unread,
    unread_keys,
    unused,
)
from digest.rendering.unread.rules import Unmet, unmet

__all__ = [
    "Unmet",
    "Unread",
    "are_computed",
    "astray",
    "unmet",
    "unread",
    "unread_keys",
    "unused",
]

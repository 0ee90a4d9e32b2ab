"""Finds what a project's own templates hold and nothing uses: files, themes' keys, rules.

All of it would be passed over in silence, and is nearly always a slip of the pen.
"""

from typing import TYPE_CHECKING

from digest.lazy import opener
from digest.rendering.unread.files import (
    Unread,
    are_computed,
    astray,
    unread,
    unread_keys,
    unused,
)

if TYPE_CHECKING:
    from digest.rendering.unread.rules import Unmet, unmet
else:  # what reads style sheets is wanted only where a project has some
    __getattr__ = opener(__name__, {"rules": "Unmet unmet"})

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

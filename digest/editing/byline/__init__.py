"""Owns bylines: who wrote a post, told by its title, its first words, and what its source declared.

It refuses to know of series and excerpts; a title leaves here without its byline, else as it was.
"""

from __future__ import annotations

from digest.editing.byline.byline import RULES, read
from digest.editing.byline.openings import opening

__all__ = [
    "RULES",
    "opening",
    "read",
]

"""Owns bylines: who wrote a post, told by its title, its text, and what its source declared.

How a blog writes them is learnt from all its posts (`learn`) and then used to read each (`read`).
The room refuses to know of series and excerpts; but for its byline a title leaves it as it was.
"""

from __future__ import annotations

from digest.editing.byline.byline import RULES, Reading, read
from digest.editing.byline.learning import BylineHabit, Seen, learn
from digest.editing.byline.shapes import IN_TITLES
from digest.editing.byline.texts import opening

__all__ = ["IN_TITLES", "RULES", "BylineHabit", "Reading", "Seen", "learn", "opening", "read"]

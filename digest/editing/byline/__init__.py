"""Owns bylines: who wrote a post, told by its title, its first words, and what its source declared.

How a blog writes them is learnt from all its titles (`learn`) and then used to read each (`read`).
The room refuses to know of series and excerpts; but for its byline a title leaves it as it was.
"""

from __future__ import annotations

from digest.editing.byline.byline import RULES, Reading, read
from digest.editing.byline.learning import BylineHabit, Seen, learn
from digest.editing.byline.shapes import TEXT_BY
from digest.editing.byline.texts import opening

__all__ = ["RULES", "TEXT_BY", "BylineHabit", "Reading", "Seen", "learn", "opening", "read"]

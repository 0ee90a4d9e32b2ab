"""Owns bylines: who wrote a post, by its title, text, and source. It knows nothing of series."""

from __future__ import annotations

from digest.editing.byline.byline import RULES, Reading, read
from digest.editing.byline.learning import BylineHabit, Seen, learn
from digest.editing.byline.shapes import IN_TITLES
from digest.editing.byline.texts import opening

__all__ = ["IN_TITLES", "RULES", "BylineHabit", "Reading", "Seen", "learn", "opening", "read"]

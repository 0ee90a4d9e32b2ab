"""Owns series: which posts belong together, which part each is, and what is missing between them.

It refuses to change a title: readers search for what the blog shows.
"""

from __future__ import annotations

from digest.editing.series.outlines import Outline, outline
from digest.editing.series.running import Run, SeriesHabit, learn
from digest.editing.series.series import RULES, SeriesReading, read, without_author

__all__ = [
    "RULES",
    "Outline",
    "Run",
    "SeriesHabit",
    "SeriesReading",
    "learn",
    "outline",
    "read",
    "without_author",
]

"""Owns series: which posts belong together, and which part each is.

How a blog counts is learnt from all its titles (`learn`) and then used to read each (`read`);
`marks_in` reads one by itself. The room refuses to change a title: readers look for what they saw.
"""

from __future__ import annotations

from digest.editing.series.marks import SeriesHabit, learn, marks_in
from digest.editing.series.series import RULES, SeriesReading, read, without_author

__all__ = ["RULES", "SeriesHabit", "SeriesReading", "learn", "marks_in", "read", "without_author"]

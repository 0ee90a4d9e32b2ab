"""Owns series: which posts belong together, and which part each is. It changes no title."""

from __future__ import annotations

from digest.editing.series.marks import SeriesHabit, learn, marks_in
from digest.editing.series.series import RULES, SeriesReading, read

__all__ = ["RULES", "SeriesHabit", "SeriesReading", "learn", "marks_in", "read"]

"""Owns the clock face of selection: durations and schedules.

The present moment is always handed in.
"""

from __future__ import annotations

from digest.selection.times.durations import (
    EARLIEST,
    Duration,
    back,
    days_before,
    duration,
    end_of_day,
    issues,
    moment,
    zone,
)
from digest.selection.times.schedules import due, latest, scheduled_at, upcoming

__all__ = [
    "EARLIEST",
    "Duration",
    "back",
    "days_before",
    "due",
    "duration",
    "end_of_day",
    "issues",
    "latest",
    "moment",
    "scheduled_at",
    "upcoming",
    "zone",
]

"""Owns the choice of an issue's posts: pure, so that it can be shown, tested and explained.

No clock, no SQL, no files: candidates, past issues, the editor's notes and the present moment are
handed in, and the outcome does not depend on the order in which they come. Every candidate gets a
`Decision` under one of the names in `RULES`.
"""

from __future__ import annotations

from digest.selection import evergreen
from digest.selection.choose import new_posts, select
from digest.selection.doubles import twins, which_first
from digest.selection.matching import matches, refusal
from digest.selection.past import (
    Ledger,
    PastIssue,
    change,
    cool_since,
    cooled,
    fingerprint,
    repeated,
    ruled,
    sketch,
    sketch_of,
    unmatched,
)
from digest.selection.rules import RULES, is_asked
from digest.selection.times import Duration, due, duration, latest, scheduled_at, upcoming
from digest.selection.windows import LAST_ISSUE, first_start, window
from digest.selection.wishes import references

__all__ = [
    "LAST_ISSUE",
    "RULES",
    "Duration",
    "Ledger",
    "PastIssue",
    "change",
    "cool_since",
    "cooled",
    "due",
    "duration",
    "evergreen",
    "fingerprint",
    "first_start",
    "is_asked",
    "latest",
    "matches",
    "new_posts",
    "references",
    "refusal",
    "repeated",
    "ruled",
    "scheduled_at",
    "select",
    "sketch",
    "sketch_of",
    "twins",
    "unmatched",
    "upcoming",
    "which_first",
    "window",
]

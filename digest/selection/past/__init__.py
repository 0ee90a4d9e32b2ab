"""Owns what earlier issues mean for the next.

What was taken, known again under another name, or changed.
"""

from __future__ import annotations

from digest.selection.past.cooling import Cooling, cool_since
from digest.selection.past.identity import Known, Prints, Whole, fingerprint, marks
from digest.selection.past.ledger import Ledger, PastIssue, cooled, repeated, unmatched
from digest.selection.past.updates import change

__all__ = [
    "Cooling",
    "Known",
    "Ledger",
    "PastIssue",
    "Prints",
    "Whole",
    "change",
    "cool_since",
    "cooled",
    "fingerprint",
    "marks",
    "repeated",
    "unmatched",
]

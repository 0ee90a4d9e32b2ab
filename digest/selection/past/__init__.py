"""Owns what earlier issues mean for the next.

What was taken, known again under another name, or changed.
"""

from __future__ import annotations

from digest.selection.past.cooling import Cooling, cool_since
from digest.selection.past.identity import Known, Prints, Whole, fingerprint, marks, title_print
from digest.selection.past.ledger import Ledger, PastIssue, cooled, repeated, ruled, unmatched
from digest.selection.past.likeness import sketch, sketch_of
from digest.selection.past.twins import Living, Twins, remembered
from digest.selection.past.updates import change

__all__ = [
    "Cooling",
    "Known",
    "Ledger",
    "Living",
    "PastIssue",
    "Prints",
    "Twins",
    "Whole",
    "change",
    "cool_since",
    "cooled",
    "fingerprint",
    "marks",
    "remembered",
    "repeated",
    "ruled",
    "sketch",
    "sketch_of",
    "title_print",
    "unmatched",
]

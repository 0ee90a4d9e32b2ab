"""Readers and what they follow: which editions there have to be, and who gets which.

    readers.csv ──▶ choices/for-choice.csv (in the project: names that were chosen together)
                └─▶ a file for the mailing service (outside it: addresses, each with its edition)

Only distinct choices are rendered, however many readers made them. No address is ever written into
the project, and none is kept in memory: rows pass through one by one.
"""

from __future__ import annotations

from digest.workflow.readers.forms import FORMS, Form
from digest.workflow.readers.mapping import Mapped, map_readers

__all__ = ["FORMS", "Form", "Mapped", "map_readers"]

"""Owns the archive: one SQLite file with every post, as it was said and as it was edited.

It never chooses, edits or fetches. sqlite3 is used in this room only, and its errors leave it as
`ArchiveError`. Losing the file loses no history of what was sent: that lies in the issue folders.
"""

from __future__ import annotations

from digest.archive.lessons import Lesson
from digest.archive.read_only import open_to_read
from digest.archive.store import Archive
from digest.archive.writing import Tally

__all__ = ["Archive", "Lesson", "Tally", "open_to_read"]

"""Owns the folders in `issues/`: the record of what was sent, and what is written beside it.

    folders    all issues of a project, read and written
    one        a single issue's files, and how far it has come
    places     where issues lie            index      what lists need of them, kept
    sealing    which were ever sealed      skipping   dates that had no issue
    published  index.html and its kind     alone      one process at a time

It refuses to know how an issue is composed or rendered. editor.md belongs to the editor: it is made
with the folder and never touched afterwards.
"""

from __future__ import annotations

from digest.issue.folder.folders import IssueFolders
from digest.issue.folder.one import (
    APPROVAL_FILE,
    DELIVERY_FILE,
    EDITOR_FILE,
    FORMAT,
    ISSUE_FILE,
    PICTURES,
    Begun,
    state_of,
)
from digest.issue.folder.places import edition_of, flat, is_id
from digest.issue.folder.published import FEED_FILE, INDEX_FILE
from digest.issue.folder.skipping import SKIPPED_FILE

__all__ = [
    "APPROVAL_FILE",
    "DELIVERY_FILE",
    "EDITOR_FILE",
    "FEED_FILE",
    "FORMAT",
    "INDEX_FILE",
    "ISSUE_FILE",
    "PICTURES",
    "SKIPPED_FILE",
    "Begun",
    "IssueFolders",
    "edition_of",
    "flat",
    "is_id",
    "state_of",
]

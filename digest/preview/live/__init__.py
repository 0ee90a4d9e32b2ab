"""Owns what happens while a preview is open: files are watched, issues rebuilt, windows told.

    files change ──▶ `Follower` (watch, collect, build) ──▶ `Live` (what is shown, what is wrong)
                                                             └─▶ `Facts`, for a panel that opens

`Desk` keeps one of each for every issue that was opened. It refuses to know the page, and writes
nothing: what changes on disk is changed by the workflow's `build`.
"""

from __future__ import annotations

from digest.preview.live.choosing import choose
from digest.preview.live.desk import Desk, Opened
from digest.preview.live.facts import Entry, Facts
from digest.preview.live.following import Follower
from digest.preview.live.live import Live
from digest.preview.live.shown import EMAIL, TEXT, WEB, Shown, Trouble, read

__all__ = [
    "EMAIL",
    "TEXT",
    "WEB",
    "Desk",
    "Entry",
    "Facts",
    "Follower",
    "Live",
    "Opened",
    "Shown",
    "Trouble",
    "choose",
    "read",
]

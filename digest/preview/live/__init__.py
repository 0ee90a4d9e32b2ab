"""Owns what happens while a preview is open: files are watched, issues rebuilt, windows told."""

from __future__ import annotations

from digest.preview.live.following import Follower
from digest.preview.live.live import Live

__all__ = [
    "Follower",
    "Live",
]

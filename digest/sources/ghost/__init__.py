"""Owns posts from Ghost's export: one JSON file with a whole site.

It refuses what is not public: drafts, scheduled posts, those for members, pages, and authors'
e-mail addresses.
"""

from __future__ import annotations

from digest.sources.ghost.source import GhostSource, is_export

__all__ = ["GhostSource", "is_export"]

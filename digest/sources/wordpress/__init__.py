"""Owns posts from a WordPress site's REST API.

Finding it, asking it a page at a time, reading its answers. It refuses posts that are not public,
and never asks for what it already has.
"""

from __future__ import annotations

from digest.sources.wordpress.api import MAX_HEAD, Api, announced_root, api_of
from digest.sources.wordpress.posts import heading
from digest.sources.wordpress.source import WordPressSource

__all__ = [
    "MAX_HEAD",
    "Api",
    "WordPressSource",
    "announced_root",
    "api_of",
    "heading",
]

"""Owns posts from feeds: RSS 0.9x to 2.0, RDF, Atom and JSON Feed; feedparser lives here.

It refuses to fetch what no feed named, and to edit: words leave as the feed sent them.
"""

from __future__ import annotations

from digest.sources.feed.source import FeedSource

__all__ = [
    "FeedSource",
]

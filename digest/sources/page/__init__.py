"""Owns posts from listing pages: live, saved by a browser, or copied as text; lxml reads the HTML.

It refuses to follow links to the posts themselves: what the listing does not show is not known.
"""

from __future__ import annotations

from digest.sources.page.source import PageSource

__all__ = [
    "PageSource",
]

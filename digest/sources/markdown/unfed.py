"""Tells by a post's front matter whether it is kept out of feeds, and so is no news.

Plug-ins and themes have no common word for it, but one way of making it: `rss: false`, `in_feed`,
`rss_exclude`, `hideFromFeed`, `eleventyExcludeFromCollections`.
"""

from __future__ import annotations

from functools import lru_cache

from digest.lazy import regex
from digest.sources.markdown.meta import NO, YES, Meta
from digest.sources.reading import as_text

_FEEDS = r"(?:rss|atom|feeds?|collections?)"
_OUT = regex(
    rf"(?:eleventy)?(?:no|hidden|hide|excluded?|skip|disabled?|ignored?|omit)(?:in|from)?{_FEEDS}"
    rf"|{_FEEDS}(?:excluded?|ignored?|hidden|hide|skip|disabled?)"
)
_IN = regex(rf"(?:in|show|showin|include|includein|addto)?{_FEEDS}(?:included?|enabled?)?")

UNFED = "is not to be published: its front matter keeps it out of feeds"


def why_unfed(meta: Meta) -> str:
    """Return why a post stands in no feed; nothing if nothing says so.

    >>> why_unfed(Meta({"rss": False})), why_unfed(Meta({"rss": "https://garden.example/rss"}))
    ('is not to be published: its front matter keeps it out of feeds', '')
    """
    for name, value in meta.items():
        if (answers := _keeping(name)) and as_text(value).lower() in answers:
            return UNFED
    return ""


@lru_cache(maxsize=500)  # a blog's posts have the same few keys
def _keeping(name: str) -> frozenset[str]:
    """Return the answers with which a key keeps a post out of feeds; none for other keys."""
    if _OUT.fullmatch(name):
        return YES
    return NO if _IN.fullmatch(name) else frozenset()

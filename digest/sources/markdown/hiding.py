"""Tells by a post's front matter whether it is public, and if not, why.

Static site generators each have their own words for a draft, for a page that stands in no list, and
for readers who pay. Plug-ins and themes have no common word for what is kept out of feeds, and so
is no news, but one way of making it: `rss: false`, `in_feed`, `rss_exclude`, `hideFromFeed`,
`eleventyExcludeFromCollections`.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache

from digest.lazy import regex
from digest.sources.markdown.meta import NO, YES, Meta, names, seldom, squeezed
from digest.sources.reading import as_text

# keys that say "not public" when they are true, and those that do so when they are false
_HIDING = (
    "draft", "private", "unlisted", "hidden", "hide", "headless", "archived", "wip", "scheduled",
)  # fmt: skip
_SHOWING = (
    "published", "publish", "dg_publish", "public", "listed", "render", "visible", "show",
    "newsletter",
)  # fmt: skip
# What generators and editors call a post that is not out.
_STATES = ("status", "state", "access", "audience")
_CLOSED = frozenset(
    "draft drafting hidden private unlisted unpublished scheduled archived trash pending sent skip"
    " wip todo inprogress review inreview members paid onlypaid founding".split()
)
_OPEN_TO_ALL = frozenset({"", "public", "true", "everyone"})
# What WordPress and Substack hand out beside posts.
_NO_POSTS = frozenset("page thread attachment revision".split())
# Drawings and boards that plug-ins of Obsidian keep in a file of Markdown.
_PLUGINS = ("excalidraw_plugin", "kanban_plugin", "tldraw_plugin", "canvas_plugin")
_NEVER = NO | {"never"}

_FEEDS = r"(?:rss|atom|feeds?|collections?)"
_OUT = regex(
    rf"(?:eleventy)?(?:no|hidden|hide|excluded?|skip|disabled?|ignored?|omit)(?:in|from)?{_FEEDS}"
    rf"|{_FEEDS}(?:excluded?|ignored?|hidden|hide|skip|disabled?)"
)
_IN = regex(rf"(?:in|show|showin|include|includein|addto)?{_FEEDS}(?:included?|enabled?)?")

_UNFED = "is not to be published: its front matter keeps it out of feeds"


def why_hidden(meta: Meta) -> str:
    """Return why the file says that it is not to be published, or in no feed; nothing if neither.

    >>> [why_hidden(Meta(m)) for m in ({"draft": True}, {"status": "private"}, {})]
    ['is a draft', 'is not to be published: its status is "private"', '']
    """
    return _why_hidden(meta) or _why_unfed(meta)


@seldom
def _why_hidden(meta: Meta) -> str:
    if (kind := meta.text("type", "post_type").lower()) in _NO_POSTS:
        return f"is a {kind}, no post"
    if _says(meta, "draft", YES) or meta.text("status").lower() == "draft":
        return "is a draft"
    for name in _STATES:
        if squeezed(said := meta.text(name).lower()) in _CLOSED:
            return f'is not to be published: its {name} is "{said}"'
    for name in _HIDING:
        if _says(meta, name, YES):
            return f"is not to be published: it says {name}: true"
    for name in _SHOWING:
        if _says(meta, name, NO):
            return f"is not to be published: it says {name}: false"
    if any(meta.get(name) for name in _PLUGINS):
        return "is a drawing or a board of one of Obsidian's plug-ins, no post"
    return _why_closed(meta) or _why_unlisted(meta)


def _says(meta: Meta, name: str, answers: frozenset[str]) -> bool:
    """Tell whether a key says so, also one such as `isDraft`, or `_draft` of Nuxt."""
    value = meta.get(name, f"is_{name}")
    return value is not None and as_text(value).lower() in answers


def _part_says(meta: Meta, name: str, keys: tuple[str, ...], answers: frozenset[str]) -> bool:
    """Tell whether a table of front matter, such as Hugo's `build`, says so under a key."""
    inner = meta.get(name)
    found = (inner.get(key) for key in keys) if isinstance(inner, Mapping) else ()
    return any(as_text(value).lower() in answers for value in found)


def _why_closed(meta: Meta) -> str:
    """Return why a post is for some readers only."""
    visibility = meta.text("visibility").lower()
    if visibility not in _OPEN_TO_ALL:
        return f'is not for everybody: its visibility is "{visibility}"'
    return "is behind a password, so it is left out" if meta.text("password") else ""


def _why_unlisted(meta: Meta) -> str:
    """Return why a page has an address perhaps, but stands in no list of posts."""
    kept_out = (
        _part_says(meta, "build", ("list", "render"), _NEVER)
        or _part_says(meta, "feed", ("excluded", "exclude"), YES)
        or meta.get("permalink") is False
        or (_is_unmapped(meta) and _is_unindexed(meta))
    )
    if kept_out:
        return (
            "is not to be published: its front matter keeps it out of lists, or gives it no address"
        )
    return ""


def _is_unmapped(meta: Meta) -> bool:
    """Tell a page that stands in no site map, as Jekyll, Hugo and Hexo write it."""
    return (
        _says(meta, "sitemap", NO)
        or _says(meta, "sitemap_exclude", YES)
        or _part_says(meta, "sitemap", ("disable", "exclude"), YES)
    )


def _is_unindexed(meta: Meta) -> bool:
    robots = " ".join(names(meta.get("robots") or ""))
    return "noindex" in robots or _says(meta, "noindex", YES)


def _why_unfed(meta: Meta) -> str:
    """Return why a post stands in no feed; nothing if nothing says so.

    >>> _why_unfed(Meta({"rss": False})), _why_unfed(Meta({"rss": "https://garden.example/rss"}))
    ('is not to be published: its front matter keeps it out of feeds', '')
    """
    for name, value in meta.items():
        if (answers := _keeping(name)) and as_text(value).lower() in answers:
            return _UNFED
    return ""


@lru_cache(maxsize=500)  # a blog's posts have the same few keys
def _keeping(name: str) -> frozenset[str]:
    """Return the answers with which a key keeps a post out of feeds; none for other keys."""
    if _OUT.fullmatch(name):
        return YES
    return NO if _IN.fullmatch(name) else frozenset()

"""Makes raw items with the posts that editing would make of them."""

from __future__ import annotations

from typing import Any

from digest.models import Post, RawItem
from tests.selection.makers import post


def pair(
    identity: str, number: int | None = 10, *, source: str = "garden", **fields: Any
) -> tuple[RawItem, Post]:
    """Return an item and its post, dated a day of November 2026; ids are unique across sources."""
    edited = post(f"{source}-{identity}", number, source=source, identity=identity, **fields)
    item = RawItem(
        identity=identity,
        where=edited.url or identity,
        url=edited.url,
        title=edited.title,
        published_at=edited.published_at,
        tags=edited.tags,
        body=edited.text,
    )
    return item, edited

"""Turns values into rows and back: times, fingerprints, match keys, documents. No SQL here."""

from __future__ import annotations

import zlib
from collections.abc import Iterable, Iterator
from datetime import UTC, datetime, timedelta
from functools import lru_cache

from digest.addresses import canonical
from digest.archive.failures import Damaged
from digest.machine.hashing import blake2b
from digest.models import Post, RawItem, decode, encode, key, replace

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_MICROSECOND = timedelta(microseconds=1)

match_key = lru_cache(maxsize=1024)(key)
"""The form in which names are compared, remembered, since a few names come in very many posts."""

Label = tuple[str, str, str]
"""Kind ("tag", "category", "series", "author"), name, slug."""


def to_micros(moment: datetime) -> int:
    """Return an aware time as whole microseconds since 1970."""
    return (moment - _EPOCH) // _MICROSECOND


def from_micros(micros: int) -> datetime:
    """Return whole microseconds since 1970 as an aware UTC time."""
    return _EPOCH + timedelta(microseconds=micros)


def fingerprint(item: RawItem) -> bytes:
    """Return 16 bytes that change whenever what the source said changes.

    `where` serves messages only, so a post read through another address is the same post.
    """
    return blake2b(encode(replace(item, where="")), digest_size=16).digest()


def documents(post: Post, first_seen_at: int, changed_at: int | None) -> tuple[bytes, bytes]:
    """Return an edited post as JSON, with when it was first seen and when it changed, and its card.

    The card is the post without its words.
    """
    edited = replace(
        post,
        first_seen_at=from_micros(first_seen_at),
        changed_at=None if changed_at is None else from_micros(changed_at),
    )
    card = replace(edited, excerpt="", body="", text="", fixups=(), sketch="")
    return encode(edited), encode(card)


def post_of(document: bytes) -> Post:
    """Return the post that a document or card holds."""
    return posts_of([document])[0]


def posts_of(documents: Iterable[bytes]) -> list[Post]:
    """Return the posts that documents or cards hold, read at one go.

    Raises:
        Damaged: if one holds none.
    """
    try:
        return decode(b"[" + b",".join(documents) + b"]", list[Post])
    except (TypeError, ValueError) as exc:  # of another kind: one bit tells bytes from text
        raise Damaged(f"a post in it cannot be read: {exc}") from exc


def packed(item: RawItem) -> bytes:
    """Return what a source said as compressed JSON.

    It is large, and read only to edit posts again.
    """
    return zlib.compress(encode(item), zlib.Z_BEST_SPEED)


def unpacked(raw: bytes) -> RawItem:
    """Return the raw item that `packed` made.

    Raises:
        Damaged: if it is none.
    """
    try:
        return decode(zlib.decompress(raw), RawItem)
    except (TypeError, ValueError, zlib.error) as exc:
        raise Damaged(f"what a source said cannot be read: {exc}") from exc


def link_of(post: Post) -> str | None:
    """Return the address by which a post is found."""
    return canonical(post.url) if post.url else None


def labels_of(post: Post) -> Iterator[Label]:
    """Yield every name a selector may ask for, once."""
    yield from dict.fromkeys(
        [("tag", term.name, term.slug) for term in post.tags]
        + [("category", term.name, term.slug) for term in post.categories]
        + [("series", part.name, part.slug) for part in post.series]
        + [("author", name, "") for name in post.authors]
    )

"""Finds one post by its id or address, or what was meant by one that is none.

Nothing here writes.
"""

# ruff: noqa: S608 - SQL is put together from the archive's own constants, values are parameters

from __future__ import annotations

import sqlite3
from collections.abc import Collection, Iterator
from typing import TYPE_CHECKING

from digest.addresses import canonical
from digest.archive import rows
from digest.archive.reading import LIVE, condition_of_sources, posts_of
from digest.models import Post
from digest.nearest import alike_where_they_differ

if TYPE_CHECKING:
    from difflib import SequenceMatcher

# Enough for a slip, and the same few milliseconds however large the archive is.
_NEIGHBOURS = 300
_RECENT = 1_000
_LEAST_ALIKE = 0.6


def find(
    connection: sqlite3.Connection, reference: str, sources: Collection[str] | None = None
) -> Post | None:
    """Return the post of an id or address; of several at one address, the one dated last.

    Addresses are compared as `addresses.canonical` says.
    """
    allowed, parameters = condition_of_sources(sources)
    for condition, value in (("p.id = ?", reference), ("p.link = ?", canonical(reference))):
        row = connection.execute(
            f"SELECT d.edited FROM posts p JOIN documents d ON d.post = p.number"
            f" WHERE {LIVE} AND {condition} AND {allowed} ORDER BY p.dated_at DESC, p.id LIMIT 1",
            [value, *parameters],
        ).fetchone()
        if row:
            return rows.post_of(row[0])
    return None


def source_of(connection: sqlite3.Connection, id_: str) -> str | None:
    """Return the source of the post of an id, None if there is no such post."""
    row = connection.execute(
        "SELECT s.name FROM posts p JOIN sources s ON s.number = p.source"
        f" WHERE {LIVE} AND p.id = ?",
        (id_,),
    ).fetchone()
    return row[0] if row else None


def is_withdrawn(connection: sqlite3.Connection, reference: str) -> bool:
    """Tell whether an id or address names a post that its source no longer holds."""
    states = connection.execute(
        "SELECT withdrawn_at IS NOT NULL FROM posts WHERE id = ? OR link = ?",
        (reference, canonical(reference)),
    ).fetchall()
    return bool(states) and all(state for (state,) in states)


def near(
    connection: sqlite3.Connection,
    reference: str,
    count: int = 3,
    sources: Collection[str] | None = None,
) -> list[str]:
    """Return what the reference may have meant, likeliest first: addresses, ids or titles.

    Compared are the addresses that begin like it and the newest posts, never all there are.
    """
    from difflib import SequenceMatcher

    wanted = canonical(reference)
    likeness: dict[int, float] = {}
    matcher = SequenceMatcher(b=wanted.casefold(), autojunk=False)
    for number, *texts in _pool(connection, wanted, sources):
        if number not in likeness:
            likeness[number] = max(_alike(matcher, wanted, text or "") for text in texts)
    ranked = sorted(likeness, key=lambda number: (-likeness[number], number))[:count]
    posts = posts_of(connection, [number for number in ranked if likeness[number] >= _LEAST_ALIKE])
    return list(dict.fromkeys(post.url or post.id for post in posts))


def _alike(matcher: SequenceMatcher[str], wanted: str, text: str) -> float:
    """Return how alike a text and what was wanted are; pages of one site by what differs."""
    matcher.set_seq1(text.casefold())
    # Both are upper bounds, and refuse nearly all before the slow one is asked.
    bounds = (matcher.real_quick_ratio, matcher.quick_ratio)
    if any(bound() < _LEAST_ALIKE for bound in bounds):
        return 0.0
    if "/" in wanted and "/" in text and alike_where_they_differ(wanted, text) < _LEAST_ALIKE:
        return 0.0
    return matcher.ratio()


def _pool(
    connection: sqlite3.Connection, wanted: str, sources: Collection[str] | None
) -> Iterator[tuple[int, str, str | None, str]]:
    allowed, parameters = condition_of_sources(sources)
    columns = "p.number, p.id, p.link, p.title"
    # A slip is rarely in the first letters: those that begin alike come first.
    whole = len(wanted)
    for begins in (wanted, wanted[: whole * 3 // 4], wanted[: whole // 2]):
        if begins:
            yield from connection.execute(
                f"SELECT {columns} FROM posts p"
                f" WHERE p.link >= ? AND p.link < ? AND {LIVE} AND {allowed}"
                " ORDER BY p.link LIMIT ?",
                # No text sorts above the last code point, so this is all that begins so.
                [begins, begins + "\U0010ffff", *parameters, _NEIGHBOURS],
            )
    yield from connection.execute(
        f"SELECT {columns} FROM posts p WHERE {LIVE} AND {allowed}"
        " ORDER BY p.dated_at DESC LIMIT ?",
        [*parameters, _RECENT],
    )

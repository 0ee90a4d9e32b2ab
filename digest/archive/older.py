"""Asks the archive for older posts: a handful out of however many, and those that changed since.

What is read is bounded by constants, not by the size of the archive: of a long span of time only
some places are looked at, always the same ones for the same seed.
"""

# ruff: noqa: S608 - SQL is put together from this module's own constants; values are always
# parameters

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from datetime import datetime

from digest.archive import rows
from digest.archive.reading import cards_of, condition_of_sources, narrowest_terms, posts_of
from digest.machine.hashing import blake2b
from digest.models import Post, Selectors, Window

_LIVE = "p.withdrawn_at IS NULL"

Span = tuple[datetime, datetime]
"""Start (included) and end (excluded)."""

# What a thin issue is filled from: far more than it takes, few enough to rank in a moment.
_ROWS = 200
_PLACES = 24
_ROWS_A_PLACE = 8
_LEAST = 8
_AT_ONCE = 500


def changed(
    connection: sqlite3.Connection,
    ids: Iterable[str],
    since: datetime,
    sources: Collection[str] | None = None,
) -> list[Post]:
    """Return those of the posts of these ids whose source said something else since."""
    allowed, parameters = condition_of_sources(sources)
    wanted, numbers = list(dict.fromkeys(ids)), []
    for start in range(0, len(wanted), _AT_ONCE):
        some = wanted[start : start + _AT_ONCE]
        found = connection.execute(
            f"SELECT p.number FROM posts p WHERE p.id IN ({', '.join('?' * len(some))})"
            f" AND p.changed_at >= ? AND p.withdrawn_at IS NULL AND {allowed}",
            [*some, rows.to_micros(since), *parameters],
        )
        numbers += [number for (number,) in found]
    return list(posts_of(connection, sorted(numbers)))


def beside(
    connection: sqlite3.Connection,
    window: Window,
    sources: Collection[str] | None,
    *,
    before: int,
    after: int,
) -> tuple[list[str], list[str]]:
    """Return the ids of the posts dated next before a window and next after it."""
    allowed, parameters = condition_of_sources(sources)
    select = f"SELECT p.id FROM posts p WHERE {_LIVE} AND {allowed}"
    older = connection.execute(
        f"{select} AND p.dated_at < ? ORDER BY p.dated_at DESC, p.id LIMIT ?",
        [*parameters, rows.to_micros(window.start_at), before],
    )
    newer = connection.execute(
        f"{select} AND p.dated_at >= ? ORDER BY p.dated_at, p.id LIMIT ?",
        [*parameters, rows.to_micros(window.cutoff_at), after],
    )
    return [id_ for (id_,) in older], [id_ for (id_,) in newer]


def pool(
    connection: sqlite3.Connection,
    spans: Sequence[Span],
    selectors: Selectors,
    *,
    rank: Callable[[str], str],
    is_known: Callable[[str], bool],
    sources: Collection[str] | None,
    most: int = 60,
) -> list[Post]:
    """Return up to `most` posts of the spans that may fulfil the selectors, lowest rank first.

    They come without their words. Looked at are the posts that carry a name of the narrowest
    condition. Of more than a few hundred only some are, at places in time that the ranks decide:
    always the same for the same ranks.
    """
    terms = narrowest_terms(connection, selectors)
    walks = [
        (term, rows.to_micros(start), rows.to_micros(end))
        for start, end in spans
        for term in (sorted(terms) if terms is not None else [None])
        # A selector may name hundreds of tags; each walk costs a look into the index.
    ][:_ROWS]
    walk = _Walk(connection, sources, max(_LEAST, _ROWS // max(len(walks), 1)), rank)
    found = {
        id_: number
        for term, start, end in walks
        for number, id_ in walk.rows(term, start, end, max(1, _PLACES // len(walks)))
        if not is_known(id_)
    }
    chosen = sorted(found, key=rank)[:most]
    return list(cards_of(connection, [found[id_] for id_ in chosen]))


class _Walk:
    """Walk along an index of dates, whole if it is short, else looking in here and there."""

    def __init__(
        self,
        connection: sqlite3.Connection,
        sources: Collection[str] | None,
        limit: int,
        rank: Callable[[str], str],
    ) -> None:
        self._connection, self._limit, self._rank = connection, limit, rank
        self._on_posts, self._sources = condition_of_sources(sources)
        self._on_labels, _ = condition_of_sources(sources, "l.source")

    def rows(
        self, term: int | None, start: int, end: int, places: int
    ) -> Iterator[tuple[int, str]]:
        """Yield number and id of posts of one term, or of all, dated from start to before end."""
        found = self._some(term, start, end, self._limit + 1)
        if len(found) <= self._limit:
            yield from ((number, id_) for number, id_, _ in found)
            return
        first = found[0][2]
        for place in range(places):
            at = first + _share(self._rank(f"{term}/{start}/{place}"), end - first)
            yield from (
                (number, id_) for number, id_, _ in self._some(term, at, end, _ROWS_A_PLACE)
            )

    def _some(
        self, term: int | None, start: int, end: int, limit: int
    ) -> list[tuple[int, str, int]]:
        if term is None:
            query = (
                "SELECT p.number, p.id, p.dated_at FROM posts p INDEXED BY posts_by_date"
                " WHERE p.withdrawn_at IS NULL AND p.dated_at >= ? AND p.dated_at < ?"
                f" AND {self._on_posts}"
                " ORDER BY p.dated_at LIMIT ?"
            )
            return self._connection.execute(query, [start, end, *self._sources, limit]).fetchall()
        query = (
            "SELECT p.number, p.id, l.dated_at FROM labels l JOIN posts p ON p.number = l.post"
            f" WHERE l.term = ? AND l.dated_at >= ? AND l.dated_at < ? AND {self._on_labels}"
            " ORDER BY l.dated_at LIMIT ?"
        )
        return self._connection.execute(query, [term, start, end, *self._sources, limit]).fetchall()


def _share(seed: str, length: int) -> int:
    """Return a number from 0 to before a length, always the same for a seed."""
    return int.from_bytes(blake2b(seed.encode(), digest_size=8).digest()) % length

"""Asks the archive: candidates for an issue, lists of posts and names.

What an index excludes is never decoded, so memory follows the size of the answer, not of the
archive. Nothing here writes. Posts that were withdrawn count as not there.
"""

# ruff: noqa: S608 - SQL is put together from this module's own constants, values are parameters

from __future__ import annotations

import sqlite3
from collections.abc import Collection, Iterable, Iterator, Sequence
from datetime import datetime
from itertools import groupby
from operator import itemgetter
from typing import Final

from digest.addresses import canonical
from digest.archive import rows
from digest.models import Post, Selectors, Window, decode, encode

LIVE: Final = "p.withdrawn_at IS NULL"

# SQLite takes 999 parameters at most, in versions that are still about.
_AT_ONCE = 200

Settled = tuple[datetime, Collection[str]]
"""A cut-off and the ids on which its issue decided: they cannot be late if dated before it."""


def condition_of_sources(
    sources: Collection[str] | None, column: str = "p.source"
) -> tuple[str, list[str]]:
    """Return the SQL condition and parameters that keep posts of these sources; None keeps all.

    The plus sign keeps SQLite from walking through all posts of a source, instead of those of a
    date.
    """
    if sources is None:
        return "1", []
    marks = ", ".join("?" * len(sources))
    return f"+{column} IN (SELECT number FROM sources WHERE name IN ({marks}))", list(sources)


def _marks(values: Collection[object]) -> str:
    return ", ".join("?" * len(values))


# ---------------------------------------------------------------- candidates


class Candidates:
    """Gather the posts an issue may be chosen from, each once.

    Cards are decoded at the very end.
    """

    def __init__(self, connection: sqlite3.Connection, sources: Collection[str] | None) -> None:
        self._connection = connection
        self._allowed, self._sources = condition_of_sources(sources)
        # A dict and not a set: its order is that of the questions, always the same.
        self._numbers: dict[int, None] = {}

    def dated_in(self, window: Window, selectors: Selectors | None, narrow_above: int) -> None:
        """Add the posts dated inside the window.

        If there are more than `narrow_above`, only those that carry a name the selectors ask for.
        """
        start, cutoff = rows.to_micros(window.start_at), rows.to_micros(window.cutoff_at)
        # A pattern's edition asks for one tag of a large blog: its window may hold thousands.
        if selectors is not None and self._holds_more(start, cutoff, narrow_above):
            terms = narrowest_terms(self._connection, selectors)
            if terms is not None:
                self._add_labelled(terms, start, cutoff)
                return
        self._add("p.dated_at >= ? AND p.dated_at < ?", [start, cutoff])

    def unconsidered(
        self,
        start_at: datetime,
        end_at: datetime,
        selectors: Selectors | None,
        settled: Iterable[Settled],
    ) -> None:
        """Add the posts of earlier times that no issue decided on, dated from start to before end.

        Only those that carry a name the selectors ask for: the rest was refused in its own time.
        `settled` comes latest first.
        """
        terms = narrowest_terms(self._connection, selectors) if selectors is not None else None
        start, end = rows.to_micros(start_at), rows.to_micros(end_at)
        known: set[str] = set()
        # From the end on backwards, so that `known` is what issues with a later cut-off decided.
        for cutoff_at, ids in settled:
            cutoff = max(rows.to_micros(cutoff_at), start)
            if cutoff < end:
                self.with_ids(self._ids(terms, cutoff, end).difference(known))
                end = cutoff
            known.update(ids)
        self.with_ids(self._ids(terms, start, end).difference(known))

    def _ids(self, terms: Collection[int] | None, start: int, end: int) -> set[str]:
        """Return the ids of the posts dated from start to before end, of these terms or of all."""
        if terms is None:
            query = f"FROM posts p WHERE {LIVE} AND p.dated_at >= ? AND p.dated_at < ?"
        else:
            query = (
                "FROM labels l JOIN posts p ON p.number = l.post"
                f" WHERE l.dated_at >= ? AND l.dated_at < ? AND l.term IN ({_marks(terms)})"
            )
        # Handed over at one go: a hundred thousand rows would each cost more than the looking.
        (found,) = self._connection.execute(
            f"SELECT json_group_array(p.id) {query} AND {self._allowed}",
            [start, end, *sorted(terms or ()), *self._sources],
        ).fetchone()
        return set(decode(found, list[str]))

    def with_ids(self, ids: Collection[str]) -> None:
        """Add the posts of these ids."""
        if ids:
            asked = encode(sorted(ids)).decode()
            self._add("p.id IN (SELECT value FROM json_each(?))", [asked])

    def with_references(self, references: Iterable[str]) -> None:
        """Add the posts of these ids or addresses."""
        for reference in references:
            self._add("p.id = ?", [reference])
            self._add("p.link = ?", [canonical(reference)])

    def cards(self) -> list[Post]:
        """Return the posts without their words, in no order that means anything."""
        return list(cards_of(self._connection, sorted(self._numbers)))

    def _add(self, condition: str, parameters: Sequence[object]) -> None:
        found = self._connection.execute(
            f"SELECT p.number FROM posts p WHERE {LIVE} AND {condition} AND {self._allowed}",
            [*parameters, *self._sources],
        )
        self._numbers.update((number, None) for (number,) in found)

    def _holds_more(self, start: int, cutoff: int, posts: int) -> bool:
        """Tell whether more posts than so many are dated from start to before the cut-off."""
        further = self._connection.execute(
            f"SELECT 1 FROM posts p WHERE {LIVE} AND p.dated_at >= ? AND p.dated_at < ?"
            " LIMIT 1 OFFSET ?",
            (start, cutoff, posts),
        )
        return further.fetchone() is not None

    def _add_labelled(self, terms: Iterable[int], start: int, cutoff: int) -> None:
        for term in terms:
            found = self._connection.execute(
                "SELECT p.post FROM labels p"
                " WHERE p.term = ? AND p.dated_at >= ? AND p.dated_at < ?"
                f" AND {self._allowed}",
                [term, start, cutoff, *self._sources],
            )
            self._numbers.update((number, None) for (number,) in found)


def narrowest_terms(connection: sqlite3.Connection, selectors: Selectors) -> set[int] | None:
    """Return the terms of the condition that leaves fewest posts, None if none names any."""
    conditions = [
        ("tag", selectors.tags), *(("tag", (name,)) for name in selectors.all_tags),
        ("series", selectors.series),
        ("author", selectors.authors),
        ("category", selectors.categories),
    ]  # fmt: skip
    found = [terms_of(connection, kind, names) for kind, names in conditions if names]
    # Whatever fulfils all conditions fulfils this one, so that it misses nothing.
    return min(found, key=len, default=None)


def terms_of(connection: sqlite3.Connection, kind: str, names: Iterable[str]) -> set[int]:
    """Return the numbers of the terms that any of these names, or slugs, name."""
    found: set[int] = set()
    for wanted in {rows.match_key(name) for name in names} - {""}:
        found.update(
            number
            for (number,) in connection.execute(
                "SELECT number FROM terms WHERE kind = :kind AND name_key = :wanted"
                " UNION SELECT number FROM terms WHERE kind = :kind AND slug_key = :wanted",
                {"kind": kind, "wanted": wanted},
            )
        )
    return found


def bears(connection: sqlite3.Connection, kind: str, name: str) -> bool:
    """Tell whether a post that was not withdrawn bears a name of a kind, as `names` lists them."""
    return any(
        connection.execute("SELECT 1 FROM labels WHERE term = ? LIMIT 1", (term,)).fetchone()
        for term in terms_of(connection, kind, [name])
    )


def posts_of(connection: sqlite3.Connection, numbers: Sequence[int]) -> Iterator[Post]:
    """Yield the posts of these numbers, in their order."""
    return _decoded(connection, "SELECT post, edited FROM documents", numbers)


def cards_of(connection: sqlite3.Connection, numbers: Sequence[int]) -> Iterator[Post]:
    """Yield the posts of these numbers without their words, in their order."""
    return _decoded(connection, "SELECT post, card FROM cards", numbers)


def _decoded(connection: sqlite3.Connection, select: str, numbers: Sequence[int]) -> Iterator[Post]:
    for start in range(0, len(numbers), _AT_ONCE):
        some = numbers[start : start + _AT_ONCE]
        marks = ", ".join("?" * len(some))
        found = dict(connection.execute(f"{select} WHERE post IN ({marks})", some))
        yield from rows.posts_of(found[number] for number in some)


def whole(connection: sqlite3.Connection, ids: Sequence[str]) -> dict[str, Post]:
    """Return the posts of these ids with all their words, by id."""
    found: dict[str, Post] = {}
    for start in range(0, len(ids), _AT_ONCE):
        some = ids[start : start + _AT_ONCE]
        edited = dict(
            connection.execute(
                "SELECT p.id, d.edited FROM posts p JOIN documents d ON d.post = p.number"
                f" WHERE p.id IN ({', '.join('?' * len(some))})",
                some,
            )
        )
        found.update(zip(edited, rows.posts_of(edited.values()), strict=True))
    return found


def count(connection: sqlite3.Connection, sources: Collection[str] | None = None) -> int:
    """Return how many posts there are."""
    allowed, parameters = condition_of_sources(sources)
    counted = connection.execute(
        f"SELECT count(*) FROM posts p WHERE {LIVE} AND {allowed}", parameters
    )
    return int(counted.fetchone()[0])


# ---------------------------------------------------------------- lists


def posts(
    connection: sqlite3.Connection,
    *,
    names: Iterable[tuple[str, str]],
    source: str | None,
    since: datetime | None,
    until: datetime | None,
    sources: Collection[str] | None,
    limit: int | None,
    is_whole: bool,
) -> Iterator[Post]:
    """Yield posts newest first; `names` are pairs of kind and name that each post must carry.

    They come without their words unless `is_whole`.
    """
    allowed, parameters = condition_of_sources(sources)
    conditions: list[str] = [LIVE, allowed]
    values: list[object] = list(parameters)
    if source is not None:
        conditions.append("p.source = (SELECT number FROM sources WHERE name = ?)")
        values.append(source)
    for moment, sign in ((since, ">="), (until, "<")):
        if moment is not None:
            conditions.append(f"p.dated_at {sign} ?")
            values.append(rows.to_micros(moment))
    for kind, name in names:
        terms = sorted(terms_of(connection, kind, [name]))
        conditions.append(
            f"p.number IN (SELECT post FROM labels WHERE term IN ({', '.join('?' * len(terms))}))"
        )
        values.extend(terms)
    found = connection.execute(
        f"SELECT {'d.edited' if is_whole else 'd.card'} FROM posts p"
        f" JOIN {'documents' if is_whole else 'cards'} d ON d.post = p.number"
        f" WHERE {' AND '.join(conditions)} ORDER BY p.dated_at DESC, p.id"
        " LIMIT ifnull(?, -1)",  # which is none
        [*values, limit],
    )
    for row in found:
        yield rows.post_of(row[0])


def has_dated(connection: sqlite3.Connection, start_at: datetime, end_at: datetime) -> bool:
    """Tell whether there is a post that counts from a time between two, the first included."""
    found = connection.execute(
        f"SELECT EXISTS (SELECT 1 FROM posts p WHERE {LIVE} AND dated_at >= ? AND dated_at < ?)",
        (rows.to_micros(start_at), rows.to_micros(end_at)),
    )
    return bool(found.fetchone()[0])


def _languages(
    connection: sqlite3.Connection, sources: Collection[str] | None
) -> list[tuple[str, int]]:
    """Return each language that posts name with how many do, by name. Reads every card."""
    allowed, parameters = condition_of_sources(sources)
    return connection.execute(
        "SELECT json_extract(CAST(c.card AS TEXT), '$.language') AS language, count(*)"
        f" FROM posts p JOIN cards c ON c.post = p.number WHERE {LIVE} AND {allowed}"
        " GROUP BY language HAVING language <> '' ORDER BY language",
        parameters,
    ).fetchall()


def names(
    connection: sqlite3.Connection,
    kind: str,
    sources: Collection[str] | None = None,
    *,
    name_key: str | None = None,
) -> list[tuple[str, int]]:
    """Return every "tag", "category", "series" or "author" with its number of posts, by name.

    The commonest spelling stands. A "language" is what posts say of theirs. With `name_key` only
    names that compare so.
    """
    if kind == "language":
        return _languages(connection, sources)
    allowed, parameters = condition_of_sources(sources, "l.source")
    # Two spellings are one name; signs alone ("!!!") have no key to be compared by.
    counted = connection.execute(
        "SELECT coalesce(nullif(t.name_key, ''), t.name) known_as, t.name,"
        f" sum((SELECT count(*) FROM labels l WHERE l.term = t.number AND {allowed})) posts"
        f" FROM terms t WHERE t.kind = ?{' AND t.name_key = ?' if name_key is not None else ''}"
        " GROUP BY known_as, t.name HAVING posts ORDER BY known_as",
        [*parameters, kind, *([] if name_key is None else [name_key])],
    )
    found = []
    for _, same in groupby(counted, key=itemgetter(0)):
        spelled = [(posts, name) for _, name, posts in same]
        found.append((max(spelled)[1], sum(posts for posts, _ in spelled)))
    return sorted(found)

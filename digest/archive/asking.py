"""Offers each question to the archive as a method; none of them changes anything.

All raise ArchiveError if the file cannot be read.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence
from datetime import datetime

from digest.archive import alike, finding, lessons, older, reading, rows
from digest.archive.opening import Opened, method
from digest.models import Post, RawItem, Selectors, Window

REVISION = "revision"


class Readable(Opened):
    """Answer what the archive holds."""

    # ------------------------------------------------------------ posts

    count = method(reading.count)
    has_dated = method(reading.has_dated)
    names = method(reading.names)
    bears = method(reading.bears)
    find = method(finding.find)
    near = method(finding.near)
    source_of = method(finding.source_of)
    is_withdrawn = method(finding.is_withdrawn)
    alike = method(alike.cards)
    beside = method(older.beside)
    pool = method(older.pool)
    changed = method(older.changed)

    def candidates(
        self,
        window: Window,
        *,
        first_start: datetime | None = None,
        settled: Iterable[reading.Settled] = (),
        ids: Collection[str] = (),
        references: Iterable[str] = (),
        sources: Collection[str] | None = None,
        selectors: Selectors | None = None,
        narrow_above: int = 500,
    ) -> list[Post]:
        """Return the posts an issue may be chosen from, without their words, decoding nothing else.

        These are the posts dated inside the window; those dated from `first_start` to before it,
        unless an issue had decided on them: `settled` are the issues' cut-offs, latest first, each
        with the ids it decided on; those with one of the `ids`; those the editor's `references`
        (ids or addresses) name. Posts of other than the allowed sources and withdrawn posts are
        never among them. A window of more than `narrow_above` posts is narrowed to what carries a
        name the selectors ask for.
        """
        with self._reading() as connection:
            found = reading.Candidates(connection, sources)
            found.dated_in(window, selectors, narrow_above)
            if first_start is not None:
                found.unconsidered(first_start, window.start_at, selectors, settled)
            found.with_ids(ids)
            found.with_references(references)
            return found.cards()

    def whole(self, posts: Sequence[Post]) -> list[Post]:
        """Return posts that came without excerpt, body, text and fixups with them, in order."""
        with self._reading() as connection:
            found = reading.whole(connection, [post.id for post in posts])
        return [found[post.id] for post in posts]

    def posts(
        self,
        *,
        tag: str | None = None,
        series: str | None = None,
        category: str | None = None,
        author: str | None = None,
        source: str | None = None,
        since: datetime | None = None,
        until: datetime | None = None,
        sources: Collection[str] | None = None,
        limit: int | None = None,
        is_whole: bool = True,
    ) -> list[Post]:
        """Return the posts that fulfil every condition, newest first.

        `since` included, `until` not. Names match by name or slug, ignoring case; `sources` are
        those that are configured. Unless `is_whole`, they come without their words.
        """
        asked = [("tag", tag), ("series", series), ("category", category), ("author", author)]
        names = [(kind, name) for kind, name in asked if name is not None]
        with self._reading() as connection:
            return list(
                reading.posts(
                    connection, names=names, source=source, since=since, until=until,
                    sources=sources, limit=limit, is_whole=is_whole,
                )
            )  # fmt: skip

    def tags(self, sources: Collection[str] | None = None) -> list[tuple[str, int]]:
        """Return every tag with its number of posts, by name."""
        return self.names("tag", sources)

    # ------------------------------------------------------------ sources

    def state(self, source: str) -> dict[str, str]:
        """Return what the source wanted to be handed next time; empty for an unknown one."""
        import json

        with self._reading() as connection:
            row = connection.execute(
                "SELECT state FROM sources WHERE name = ?", (source,)
            ).fetchone()
        return dict(json.loads(row[0])) if row else {}

    def sources(self) -> list[tuple[str, int]]:
        """Return every source that ever brought a post, with how many of its posts are there."""
        with self._reading() as connection:
            return connection.execute(
                "SELECT s.name, count(p.number) FROM sources s"
                " LEFT JOIN posts p ON p.source = s.number AND p.withdrawn_at IS NULL"
                " GROUP BY s.number ORDER BY s.name"
            ).fetchall()

    def unchanged(self, source: str, items: Iterable[RawItem]) -> set[str]:
        """Return the identities of those items that the archive holds exactly so, not withdrawn."""
        with self._reading() as connection:
            holds_some = connection.execute(
                "SELECT 1 FROM posts WHERE source = (SELECT number FROM sources WHERE name = ?)",
                (source,),
            ).fetchone()
            if not holds_some:  # a first collect, which may bring many thousands
                return set()
            return {
                item.identity
                for item in items
                if connection.execute(
                    "SELECT 1 FROM posts WHERE source = (SELECT number FROM sources WHERE name = ?)"
                    " AND identity = ? AND fingerprint = ? AND withdrawn_at IS NULL",
                    (source, item.identity, rows.fingerprint(item)),
                ).fetchone()
            }

    def raw_items(self, batch_size: int = 500) -> Iterator[list[tuple[str, RawItem]]]:
        """Yield what the sources said, with the source's name, in batches.

        Writing in between is fine.
        """
        last = 0
        while True:
            with self._reading() as connection:
                found = connection.execute(
                    "SELECT p.number, s.name, d.raw FROM posts p"
                    " JOIN documents d ON d.post = p.number JOIN sources s ON s.number = p.source"
                    " WHERE p.number > ? ORDER BY p.number LIMIT ?",
                    (last, batch_size),
                ).fetchall()
            if not found:
                return
            last = found[-1][0]
            # In batches by number, so that writing in between moves nothing under the reader.
            yield [(source, rows.unpacked(raw)) for _, source, raw in found]

    # ------------------------------------------------------------ conventions

    evidence = method(lessons.evidence)
    conventions = method(lessons.conventions)
    raw_items_of = method(lessons.raw_items)

    # ------------------------------------------------------------ notes

    def note(self, name: str) -> str:
        """Return what was noted under a name; empty if nothing ever was."""
        with self._reading() as connection:
            row = connection.execute(
                "SELECT value FROM settings WHERE name = ?", (name,)
            ).fetchone()
        return str(row[0]) if row else ""

    @property
    def revision(self) -> int:
        """Return a number that grows whenever posts change: not with what is noted beside them."""
        return int(self.note(REVISION) or 0)

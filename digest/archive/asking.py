"""Offers each question to the archive as a method; none of them changes anything."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from datetime import datetime

from digest.archive import alike, finding, lessons, older, reading, rows
from digest.archive.opening import Opened
from digest.models import Post, RawItem, Selectors, Window

REVISION = "revision"


class Readable(Opened):
    """Answer what the archive holds."""

    # ------------------------------------------------------------ posts

    def count(self, sources: Collection[str] | None = None) -> int:
        """Return how many posts there are.

        Raises:
            ArchiveError: if the file cannot be read.
        """
        with self._reading() as connection:
            return reading.count(connection, sources)

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

        Raises:
            ArchiveError: if the file cannot be read.
        """
        with self._reading() as connection:
            found = reading.Candidates(connection, sources)
            found.dated_in(window, selectors, narrow_above)
            if first_start is not None:
                found.unconsidered(first_start, window.start_at, selectors, settled)
            found.with_ids(ids)
            found.with_references(references)
            return found.cards()

    def beside(
        self,
        window: Window,
        sources: Collection[str] | None,
        *,
        before: int,
        after: int,
    ) -> tuple[list[str], list[str]]:
        """Return the ids of the posts dated next before a window and next after it.

        Raises:
            ArchiveError: if the file cannot be read.
        """
        with self._reading() as connection:
            return older.beside(connection, window, sources, before=before, after=after)

    def whole(self, posts: Sequence[Post]) -> list[Post]:
        """Return posts that came without excerpt, body, text and fixups with them, in order.

        Raises:
            ArchiveError: if the file cannot be read.
        """
        with self._reading() as connection:
            found = reading.whole(connection, [post.id for post in posts])
        return [found[post.id] for post in posts]

    def pool(
        self,
        spans: Sequence[older.Span],
        selectors: Selectors,
        *,
        rank: Callable[[str], str],
        is_known: Callable[[str], bool],
        sources: Collection[str] | None,
        most: int = 60,
    ) -> list[Post]:
        """Return up to `most` posts of the spans that may fulfil the selectors, lowest rank first.

        They come without their words. Of a large archive only some places in time are looked at,
        always the same for the same ranks.

        Raises:
            ArchiveError: if the file cannot be read.
        """
        with self._reading() as connection:
            return older.pool(
                connection,
                spans,
                selectors,
                rank=rank,
                is_known=is_known,
                sources=sources,
                most=most,
            )

    def changed(
        self, ids: Iterable[str], since: datetime, sources: Collection[str] | None = None
    ) -> list[Post]:
        """Return those of the posts of these ids whose source said something else since that time.

        Raises:
            ArchiveError: if the file cannot be read.
        """
        with self._reading() as connection:
            return older.changed(connection, ids, since, sources)

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

        Raises:
            ArchiveError: if the file cannot be read.
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
        """Return every tag with its number of posts, by name.

        Raises:
            ArchiveError: if the file cannot be read.
        """
        return self.names("tag", sources)

    def alike(self) -> list[Post]:
        """Return the posts that may be another's twin, without their words.

        Raises:
            ArchiveError: if the file cannot be read.
        """
        with self._reading() as connection:
            return alike.cards(connection)

    def has_dated(self, start_at: datetime, end_at: datetime) -> bool:
        """Tell whether there is a post that counts from a time between two, the first included.

        Raises:
            ArchiveError: if the file cannot be read.
        """
        with self._reading() as connection:
            return reading.has_dated(connection, start_at, end_at)

    def names(
        self, kind: str, sources: Collection[str] | None = None, *, name_key: str | None = None
    ) -> list[tuple[str, int]]:
        """Return every "tag", "category", "series" or "author" with its number of posts, by name.

        A "language" is what posts say of theirs. With `name_key` only names that compare so.

        Raises:
            ArchiveError: if the file cannot be read.
        """
        with self._reading() as connection:
            if kind == "language":
                return reading.languages(connection, sources)
            return reading.names(connection, kind, sources, name_key)

    def bears(self, kind: str, name: str) -> bool:
        """Tell whether any post bears a name of a kind, as `names` lists them.

        Raises:
            ArchiveError: if the file cannot be read.
        """
        with self._reading() as connection:
            return reading.bears(connection, kind, name)

    def find(self, reference: str, sources: Collection[str] | None = None) -> Post | None:
        """Return the post of an id or address, addresses compared as `addresses.canonical` says.

        Raises:
            ArchiveError: if the file cannot be read.
        """
        with self._reading() as connection:
            return finding.find(connection, reference, sources)

    def source_of(self, id_: str) -> str | None:
        """Return the source of the post of an id, None if there is no such post.

        Raises:
            ArchiveError: if the file cannot be read.
        """
        with self._reading() as connection:
            return finding.source_of(connection, id_)

    def is_withdrawn(self, reference: str) -> bool:
        """Tell whether an id or address names a post that its source no longer holds.

        Raises:
            ArchiveError: if the file cannot be read.
        """
        with self._reading() as connection:
            return finding.is_withdrawn(connection, reference)

    def near(
        self, reference: str, count: int = 3, sources: Collection[str] | None = None
    ) -> list[str]:
        """Return the addresses (or ids) of posts the reference may have meant, likeliest first.

        Raises:
            ArchiveError: if the file cannot be read.
        """
        with self._reading() as connection:
            return finding.near(connection, reference, count, sources)

    # ------------------------------------------------------------ sources

    def state(self, source: str) -> dict[str, str]:
        """Return what the source wanted to be handed next time; empty for an unknown one.

        Raises:
            ArchiveError: if the file cannot be read.
        """
        import json

        with self._reading() as connection:
            row = connection.execute(
                "SELECT state FROM sources WHERE name = ?", (source,)
            ).fetchone()
        return dict(json.loads(row[0])) if row else {}

    def sources(self) -> list[tuple[str, int]]:
        """Return every source that ever brought a post, with how many of its posts are there.

        Raises:
            ArchiveError: if the file cannot be read.
        """
        with self._reading() as connection:
            return connection.execute(
                "SELECT s.name, count(p.number) FROM sources s"
                " LEFT JOIN posts p ON p.source = s.number AND p.withdrawn_at IS NULL"
                " GROUP BY s.number ORDER BY s.name"
            ).fetchall()

    def unchanged(self, source: str, items: Iterable[RawItem]) -> set[str]:
        """Return the identities of those items that the archive holds exactly so, not withdrawn.

        Raises:
            ArchiveError: if the file cannot be read.
        """
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

        Raises:
            ArchiveError: if the file cannot be read.
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

    def evidence(self, source: str) -> dict[str, bytes]:
        """Return what the source's convention is learnt from, by identity, oldest posts first.

        Raises:
            ArchiveError: if the file cannot be read.
        """
        with self._reading() as connection:
            return lessons.evidence(connection, source)

    def conventions(self) -> dict[str, bytes]:
        """Return every source's convention as it was kept.

        Raises:
            ArchiveError: if the file cannot be read.
        """
        with self._reading() as connection:
            return lessons.conventions(connection)

    def raw_items_of(self, source: str, identities: Iterable[str]) -> list[RawItem]:
        """Return what the source said of some of its posts.

        Raises:
            ArchiveError: if the file cannot be read.
        """
        with self._reading() as connection:
            return lessons.raw_items(connection, source, identities)

    # ------------------------------------------------------------ notes

    def note(self, name: str) -> str:
        """Return what was noted under a name; empty if nothing ever was.

        Raises:
            ArchiveError: if the file cannot be read.
        """
        with self._reading() as connection:
            row = connection.execute(
                "SELECT value FROM settings WHERE name = ?", (name,)
            ).fetchone()
        return str(row[0]) if row else ""

    @property
    def revision(self) -> int:
        """Return a number that grows whenever posts change: not with what is noted beside them.

        Raises:
            ArchiveError: if the file cannot be read.
        """
        return int(self.note(REVISION) or 0)

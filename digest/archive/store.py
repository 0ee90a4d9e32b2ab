"""The archive's door: opens the file safely, and offers each question and change as a method.

WAL with full synchronisation: what a method has stored survives a crash and a power cut, and a
killed process leaves the state before or after, never between. An `Archive` belongs to one thread.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from types import TracebackType

from digest.archive import lessons, older, reading, rows, schema
from digest.archive.failures import HINTS, translating
from digest.archive.lessons import Lesson
from digest.archive.writing import Tally, Writer, save_state
from digest.errors import ArchiveError
from digest.models import Post, RawItem, Selectors, Window

_BUSY_SECONDS = 30.0
_CACHE_KIB = 16 * 1024
_EDITING_KEY = "editing_key"
_REVISION = "revision"


def _nothing_known(_id: str, _dated_at: datetime) -> bool:
    return False


class Archive:
    """Keep every post that was ever collected. Use as a context manager, from one thread."""

    def __init__(self, connection: sqlite3.Connection, path: Path) -> None:
        self._connection = connection
        self.path = path

    # ------------------------------------------------------------ opening

    @classmethod
    def open(cls, path: Path, *, create: bool = True) -> Archive:
        """Open the archive and bring it to the newest shape.

        Make it and its folder unless told not to.

        Raises:
            ArchiveError: if it is missing, damaged, read-only, another program's or a newer
            version's.
        """
        if not create and not path.exists():
            raise ArchiveError(
                "there is no archive yet", where=str(path), hint="Run `digest collect` first."
            )
        with translating(path):
            try:
                path.parent.mkdir(parents=True, exist_ok=True)
            except OSError as exc:
                raise ArchiveError(
                    f"its folder cannot be made ({exc.strerror})",
                    where=str(path),
                    hint=HINTS["readonly"],
                ) from exc
            connection = sqlite3.connect(path, isolation_level=None, timeout=_BUSY_SECONDS)
            try:
                connection.execute("PRAGMA foreign_keys = ON")
                connection.execute("PRAGMA synchronous = FULL")
                connection.execute("PRAGMA temp_store = MEMORY")
                connection.execute(f"PRAGMA cache_size = -{_CACHE_KIB}")
                schema.migrate(connection, path)
                connection.execute("PRAGMA journal_mode = WAL")
            except BaseException:
                connection.close()
                raise
        return cls(connection, path)

    def close(self) -> None:
        """Close the file."""
        self._connection.close()

    def __enter__(self) -> Archive:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()

    # ------------------------------------------------------------ storing

    def store(
        self,
        source: str,
        pairs: Iterable[tuple[RawItem, Post]],
        *,
        now: datetime,
        state: Mapping[str, str] | None = None,
        present: Collection[str] | None = None,
        seen: Collection[str] = (),
        again: Iterable[tuple[RawItem, Post]] = (),
        lesson: Lesson | None = None,
    ) -> Tally:
        """Store a source's posts, its state and what it no longer holds, all or nothing.

        A post is known by source and identity. It counts as changed only if what the source said
        changed. `present` are all identities the source holds now: other posts are withdrawn,
        withdrawn ones among them come back. `seen` are identities known to be unchanged, which are
        therefore present. `lesson` is what was learnt of the source, `again` are known posts that
        therefore read otherwise now.

        Raises:
            ArchiveError: if the file cannot be written.
        """
        with self._writing() as connection:
            writer = Writer(connection, source, rows.to_micros(now), seen)
            # What comes in this run is there, whatever an older list of the source says.
            here = None if present is None else {*present, *seen}
            for item, post in pairs:
                writer.store(item, post)
                if here is not None:
                    here.add(item.identity)
            withdrawn = 0 if here is None else writer.reconcile(here)
            reads_otherwise = False
            for item, post in again:
                writer.replace_by_identity(item.identity, post)
                reads_otherwise = True
            if lesson is not None:
                lessons.keep(connection, writer.source, lesson)
            if state is not None:
                save_state(connection, writer.source, state)
            if writer.new or writer.changed or withdrawn or reads_otherwise:
                _tell_change(connection)
        return Tally(
            new=writer.new, changed=writer.changed, unchanged=writer.unchanged, withdrawn=withdrawn
        )

    def replace_posts(self, edited: Iterable[tuple[str, RawItem, Post]]) -> None:
        """Put posts that were edited again in place of those there, all or nothing.

        Each comes with its source and raw item. When they were seen or changed stays as it was.

        Raises:
            ArchiveError: if the file cannot be written.
        """
        writers: dict[str, Writer] = {}
        with self._writing() as connection:
            for source, item, post in edited:
                writer = writers.setdefault(source, Writer(connection, source, 0))
                writer.replace_by_identity(item.identity, post)
            if writers:
                _tell_change(connection)

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

    def keep_note(self, name: str, value: str) -> None:
        """Note something about the archive as a whole, in place of what was noted before.

        Raises:
            ArchiveError: if the file cannot be written.
        """
        with self._writing() as connection:
            connection.execute("INSERT OR REPLACE INTO settings VALUES (?, ?)", (name, value))

    @property
    def editing_key(self) -> str:
        """Name the rules and settings by which the posts were edited; empty if never told.

        Raises:
            ArchiveError: if the file cannot be read or written.
        """
        return self.note(_EDITING_KEY)

    @editing_key.setter
    def editing_key(self, value: str) -> None:
        self.keep_note(_EDITING_KEY, value)

    @property
    def revision(self) -> int:
        """Return a number that grows whenever posts change: not with what is noted beside them.

        Raises:
            ArchiveError: if the file cannot be read.
        """
        with self._reading() as connection:
            row = connection.execute(
                "SELECT value FROM settings WHERE name = ?", (_REVISION,)
            ).fetchone()
        return int(row[0]) if row else 0

    # ------------------------------------------------------------ sources

    def state(self, source: str) -> dict[str, str]:
        """Return what the source wanted to be handed next time; empty for an unknown one.

        Raises:
            ArchiveError: if the file cannot be read.
        """
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
            yield [(source, rows.unpacked(raw)) for _, source, raw in found]

    # ------------------------------------------------------------ conventions

    def rename_source(self, former: str, name: str) -> bool:
        """Give a source another name; tell whether it was there by its former one alone.

        Its posts keep their ids. They name the source until they are edited again.

        Raises:
            ArchiveError: if the file cannot be written.
        """
        with self._reading() as connection:
            known = {found for (found,) in connection.execute("SELECT name FROM sources")}
        if former not in known or name in known:
            return False
        with self._writing() as connection:
            connection.execute("UPDATE sources SET name = ? WHERE name = ?", (name, former))
            _tell_change(connection)
        return True

    def keep_lesson(self, source: str, lesson: Lesson) -> None:
        """Keep what was learnt of a source and nothing else.

        Raises:
            ArchiveError: if the file cannot be written.
        """
        with self._writing() as connection:
            lessons.keep(connection, Writer(connection, source, 0).source, lesson)

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

    # ------------------------------------------------------------ asking

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
        known: Callable[[str, datetime], bool] = _nothing_known,
        ids: Iterable[str] = (),
        references: Iterable[str] = (),
        sources: Collection[str] | None = None,
        selectors: Selectors | None = None,
        narrow_above: int = 500,
    ) -> list[Post]:
        """Return the posts an issue may be chosen from, without their words, decoding nothing else.

        These are the posts dated inside the window; those dated from `first_start` to before it,
        unless `known` tells that an issue has considered them; those with one of the
        `ids`; those the editor's `references` (ids or addresses) name. Posts of other than the
        allowed sources and withdrawn posts are never among them. A window of more than
        `narrow_above` posts is narrowed to what carries a name the selectors ask for.

        Raises:
            ArchiveError: if the file cannot be read.
        """
        with self._reading() as connection:
            found = reading.Candidates(connection, sources)
            found.dated_in(window, selectors, narrow_above)
            if first_start is not None:
                found.unconsidered(first_start, window.start_at, selectors, known)
            found.with_ids(ids)
            found.with_references(references)
            return found.cards()

    def beside(
        self,
        window: Window,
        sources: Collection[str] | None = None,
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
        is_known: Callable[[str], bool] = lambda _id: False,
        sources: Collection[str] | None = None,
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
    ) -> list[Post]:
        """Return the posts that fulfil every condition, newest first.

        `since` included, `until` not. Names match by name or slug, ignoring case; `sources` are
        those that are configured.

        Raises:
            ArchiveError: if the file cannot be read.
        """
        asked = [("tag", tag), ("series", series), ("category", category), ("author", author)]
        names = [(kind, name) for kind, name in asked if name is not None]
        with self._reading() as connection:
            return list(
                reading.posts(
                    connection, names=names, source=source, since=since, until=until,
                    sources=sources, limit=limit,
                )
            )  # fmt: skip

    def tags(self, sources: Collection[str] | None = None) -> list[tuple[str, int]]:
        """Return every tag with its number of posts, by name.

        Raises:
            ArchiveError: if the file cannot be read.
        """
        return self.names("tag", sources)

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
            return reading.find(connection, reference, sources)

    def is_withdrawn(self, reference: str) -> bool:
        """Tell whether an id or address names a post that its source no longer holds.

        Raises:
            ArchiveError: if the file cannot be read.
        """
        with self._reading() as connection:
            return reading.is_withdrawn(connection, reference)

    def near(
        self, reference: str, count: int = 3, sources: Collection[str] | None = None
    ) -> list[str]:
        """Return the addresses (or ids) of posts the reference may have meant, likeliest first.

        Raises:
            ArchiveError: if the file cannot be read.
        """
        with self._reading() as connection:
            return reading.near(connection, reference, count, sources)

    # ------------------------------------------------------------ transactions

    @contextmanager
    def _reading(self) -> Iterator[sqlite3.Connection]:
        with translating(self.path):
            yield self._connection

    @contextmanager
    def _writing(self) -> Iterator[sqlite3.Connection]:
        with translating(self.path):
            self._connection.execute("BEGIN IMMEDIATE")
            try:
                yield self._connection
            except BaseException:
                # SQLite has already rolled back by itself when, say, the disk was full.
                if self._connection.in_transaction:
                    self._connection.execute("ROLLBACK")
                raise
            self._connection.execute("COMMIT")


def _tell_change(connection: sqlite3.Connection) -> None:
    """Let what was made from the posts be made anew."""
    connection.execute(
        "INSERT INTO settings VALUES (?, '1') ON CONFLICT (name) DO UPDATE SET value = value + 1",
        (_REVISION,),
    )

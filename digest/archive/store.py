"""Offers each change to the archive as a method: all of it happens, or nothing."""

from __future__ import annotations

import sqlite3
from collections.abc import Collection, Iterable, Mapping
from contextlib import suppress
from datetime import datetime

from digest.archive import lessons, rows
from digest.archive.asking import REVISION, Readable
from digest.archive.lessons import Lesson
from digest.archive.writing import Tally, Writer, save_state, source_number
from digest.models import Post, RawItem

_EDITING_KEY = "editing_key"


class _TakenBack(Exception):
    """End a transaction whose changes are not wanted."""


class Archive(Readable):
    """Keep every post that was ever collected. Use as a context manager, from one thread.

    It answers what `Readable` does.
    """

    _editing_key = ""

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

    def tried(self, source: str, item: RawItem, post: Post, *, now: datetime) -> None:
        """Store one post and take it back, so that a fault of it shows before it is stored.

        Raises:
            ArchiveError: if the file cannot be written.
        """
        with suppress(_TakenBack), self._writing() as connection:
            Writer(connection, source, rows.to_micros(now)).store(item, post)
            raise _TakenBack

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

    def keep_note(self, name: str, value: str) -> None:
        """Note something about the archive as a whole, in place of what was noted before.

        Raises:
            ArchiveError: if the file cannot be written.
        """
        with self._writing() as connection:
            connection.execute("INSERT OR REPLACE INTO settings VALUES (?, ?)", (name, value))

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
            lessons.keep(connection, source_number(connection, source), lesson)

    @property
    def editing_key(self) -> str:
        """Name the rules and settings by which the posts were edited; empty if never told.

        Raises:
            ArchiveError: if the file cannot be read or written.
        """
        # Each of many editions asks; who edits them otherwise meanwhile has other rules than this.
        if not self._editing_key:
            self._editing_key = self.note(_EDITING_KEY)
        return self._editing_key

    @editing_key.setter
    def editing_key(self, value: str) -> None:
        self.keep_note(_EDITING_KEY, value)
        self._editing_key = value


def _tell_change(connection: sqlite3.Connection) -> None:
    """Let what was made from the posts be made anew."""
    connection.execute(
        "INSERT INTO settings VALUES (?, '1') ON CONFLICT (name) DO UPDATE SET value = value + 1",
        (REVISION,),
    )

"""Opens the archive's file safely: made where there is none, of the newest shape, in WAL mode.

With full synchronisation, what was stored survives a crash and a power cut, and a killed process
leaves the state before or after, never between.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import wraps
from pathlib import Path
from types import TracebackType
from typing import Concatenate, ParamSpec, Self, TypeVar

from digest.archive import schema
from digest.archive.failures import HINTS, translating
from digest.errors import ArchiveError

# Longer than any of our transactions takes, on a slow disk too.
_BUSY_SECONDS = 30.0
_CACHE_KIB = 8 * 1024
_LITTLE_KIB = 1024

Asked = ParamSpec("Asked")
Answer = TypeVar("Answer")


class Opened:
    """Hold the open file. Use as a context manager, from one thread."""

    def __init__(self, connection: sqlite3.Connection, path: Path) -> None:
        self._connection = connection
        self.path = path

    @classmethod
    def open(cls, path: Path, *, create: bool = True) -> Self:
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
                # After the migrations: a file that is another program's is not to be touched at
                # all.
                connection.execute("PRAGMA journal_mode = WAL")
            except BaseException:
                connection.close()
                raise
        return cls(connection, path)

    def hold_little(self) -> None:
        """Hold no more of the file in memory than what each question needs.

        Who asks of ever other posts, as for thousands of editions, finds none of them again.
        """
        self._connection.execute(f"PRAGMA cache_size = -{_LITTLE_KIB}")

    def close(self) -> None:
        """Close the file."""
        self._connection.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()

    @contextmanager
    def unmoved(self) -> Iterator[None]:
        """Answer everything that is asked meanwhile from one moment, whatever others write.

        It is also quicker: the file is locked once instead of for each question. Nothing can be
        written until it ends.

        Raises:
            ArchiveError: if the file cannot be read.
        """
        with translating(self.path):
            self._connection.execute("BEGIN")
        try:
            yield
        finally:
            with translating(self.path):
                # SQLite has already ended it by itself when, say, the disk failed.
                if self._connection.in_transaction:
                    self._connection.execute("ROLLBACK")

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


def method(
    question: Callable[Concatenate[sqlite3.Connection, Asked], Answer],
) -> Callable[Concatenate[Opened, Asked], Answer]:
    """Return a question as a method, which asks it of the file that is open."""

    @wraps(question)
    def asked(archive: Opened, /, *args: Asked.args, **named: Asked.kwargs) -> Answer:
        with archive._reading() as connection:
            return question(connection, *args, **named)

    return asked

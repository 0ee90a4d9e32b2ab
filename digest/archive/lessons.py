"""Keeps what was learnt of each source's titles, and what it was learnt from.

Both are documents of the editing room, opaque here. Every function works inside the transaction its
caller opened, and never commits.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable
from typing import NamedTuple

from digest.archive import rows
from digest.models import RawItem


class Lesson(NamedTuple):
    """Hold a source's convention, and the evidence that some posts, by identity, give for it.

    The evidence is walked through once: encoded together, a large blog's would fill the memory.
    """

    convention: bytes
    evidence: Iterable[tuple[str, bytes]]


def keep(connection: sqlite3.Connection, source: int, lesson: Lesson) -> None:
    """Put a source's convention and evidence in place of what is there."""
    connection.execute(
        "INSERT OR REPLACE INTO conventions (source, convention) VALUES (?, ?)",
        (source, lesson.convention),
    )
    connection.executemany(
        "INSERT OR REPLACE INTO evidence (post, seen)"
        " SELECT number, ? FROM posts WHERE source = ? AND identity = ?",
        ((seen, source, identity) for identity, seen in lesson.evidence),
    )


def evidence(connection: sqlite3.Connection, source: str) -> dict[str, bytes]:
    """Return what a source's posts give, by identity, oldest first.

    Withdrawn posts are left out.
    """
    return dict(
        connection.execute(
            "SELECT p.identity, e.seen FROM posts p JOIN evidence e ON e.post = p.number"
            " WHERE p.source = (SELECT number FROM sources WHERE name = ?)"
            " AND p.withdrawn_at IS NULL ORDER BY p.dated_at, p.number",
            (source,),
        ).fetchall()
    )


def conventions(connection: sqlite3.Connection) -> dict[str, bytes]:
    """Return every source's convention."""
    return dict(
        connection.execute(
            "SELECT s.name, c.convention FROM conventions c JOIN sources s ON s.number = c.source"
        ).fetchall()
    )


def raw_items(
    connection: sqlite3.Connection, source: str, identities: Iterable[str]
) -> list[RawItem]:
    """Return what a source said of some of its posts."""
    found = []
    for identity in identities:
        row = connection.execute(
            "SELECT d.raw FROM posts p JOIN documents d ON d.post = p.number"
            " WHERE p.source = (SELECT number FROM sources WHERE name = ?) AND p.identity = ?",
            (source, identity),
        ).fetchone()
        if row:
            found.append(rows.unpacked(row[0]))
    return found

"""Owns the shape of the archive file: numbered migrations, forward only.

A migration that was released is frozen: a change to the shape is a new migration at the end of the
list, and a test keeps the hash of every one. What a file from a newer version holds is never
guessed at.
"""

from __future__ import annotations

import sqlite3
from pathlib import Path

from digest.errors import ArchiveError

APPLICATION_ID = 0x64696773
"""Marks the file as ours; "digs" in ASCII."""

MIGRATIONS: tuple[tuple[str, ...], ...] = (
    # 1. Posts are narrow rows with indexes; the JSON documents lie apart, read only for posts that
    # matter.
    #    Times are whole microseconds since 1970, UTC. `labels` holds live posts only.
    (
        """CREATE TABLE sources (
            number INTEGER PRIMARY KEY,
            name   TEXT NOT NULL UNIQUE,
            state  TEXT NOT NULL DEFAULT '{}'
        )""",
        """CREATE TABLE posts (
            number        INTEGER PRIMARY KEY,
            source        INTEGER NOT NULL REFERENCES sources,
            identity      TEXT NOT NULL,
            id            TEXT NOT NULL UNIQUE,
            fingerprint   BLOB NOT NULL,
            dated_at      INTEGER NOT NULL,
            first_seen_at INTEGER NOT NULL,
            touched_at    INTEGER NOT NULL,
            changed_at    INTEGER,
            withdrawn_at  INTEGER,
            link          TEXT,
            title         TEXT NOT NULL,
            UNIQUE (source, identity)
        )""",
        """CREATE TABLE documents (
            post   INTEGER PRIMARY KEY REFERENCES posts ON DELETE CASCADE,
            edited BLOB NOT NULL,
            raw    BLOB NOT NULL
        )""",
        """CREATE TABLE terms (
            number   INTEGER PRIMARY KEY,
            kind     TEXT NOT NULL,
            name     TEXT NOT NULL,
            slug     TEXT NOT NULL,
            name_key TEXT NOT NULL,
            slug_key TEXT NOT NULL,
            UNIQUE (kind, name, slug)
        )""",
        """CREATE TABLE labels (
            term     INTEGER NOT NULL REFERENCES terms,
            dated_at INTEGER NOT NULL,
            post     INTEGER NOT NULL REFERENCES posts ON DELETE CASCADE,
            source   INTEGER NOT NULL,
            PRIMARY KEY (term, dated_at, post)
        ) WITHOUT ROWID""",
        "CREATE TABLE settings (name TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID",
        "CREATE INDEX posts_by_date ON posts (dated_at, source, touched_at)"
        " WHERE withdrawn_at IS NULL",
        "CREATE INDEX posts_by_touch ON posts (touched_at, dated_at) WHERE withdrawn_at IS NULL",
        "CREATE INDEX posts_by_link ON posts (link)",
        "CREATE INDEX labels_by_post ON labels (post)",
        "CREATE INDEX terms_by_name ON terms (kind, name_key)",
        "CREATE INDEX terms_by_slug ON terms (kind, slug_key)",
    ),
    # 2. A card is a post without its words: all that choosing reads, a tenth of the document or
    # less.
    (
        """CREATE TABLE cards (
            post INTEGER PRIMARY KEY REFERENCES posts ON DELETE CASCADE,
            card BLOB NOT NULL
        )""",
        """INSERT INTO cards (post, card)
            SELECT post, CAST(
                json_remove(
                    CAST(edited AS TEXT), '$.excerpt', '$.body', '$.text', '$.fixups'
                ) AS BLOB
            ) FROM documents""",
    ),
    # 3. What a source's convention is learnt from, a row a post, and what was learnt. Older posts
    #    get their evidence when they are edited again, as new rules make them be.
    (
        """CREATE TABLE evidence (
            post INTEGER PRIMARY KEY REFERENCES posts ON DELETE CASCADE,
            seen BLOB NOT NULL
        )""",
        """CREATE TABLE conventions (
            source     INTEGER PRIMARY KEY REFERENCES sources ON DELETE CASCADE,
            convention BLOB NOT NULL
        )""",
    ),
    # 4. A sign of number before a tag, as in "#wellbeing", no longer counts where names are
    # compared.
    (
        "UPDATE terms SET name_key = ltrim(name_key, '#') WHERE name_key LIKE '#%'",
        "UPDATE terms SET slug_key = ltrim(slug_key, '#') WHERE slug_key LIKE '#%'",
    ),
    # 5. What a span of time holds is told from the index alone: late posts are looked for in all
    #    time since the first issue. Its last column is always null; without it SQLite looks each
    #    row up in the table. Nothing is looked for by when it was touched.
    (
        "DROP INDEX posts_by_touch",
        "DROP INDEX posts_by_date",
        "CREATE INDEX posts_by_date ON posts (dated_at, source, id, withdrawn_at)"
        " WHERE withdrawn_at IS NULL",
    ),
)


def migrate(connection: sqlite3.Connection, path: Path) -> None:
    """Bring the file to the newest shape, each migration in a transaction of its own.

    Raises:
        ArchiveError: if the file belongs to another program or to a newer version of this one.
    """
    version = _version(connection, path)
    while version < len(MIGRATIONS):
        connection.execute("BEGIN IMMEDIATE")
        try:
            # Another process may have migrated while this one waited for the lock.
            version = _version(connection, path)
            if version < len(MIGRATIONS):
                for statement in MIGRATIONS[version]:
                    connection.execute(statement)
                version += 1
                connection.execute(f"PRAGMA application_id = {APPLICATION_ID}")
                connection.execute(f"PRAGMA user_version = {version}")
        except BaseException:
            connection.execute("ROLLBACK")
            raise
        connection.execute("COMMIT")


def _version(connection: sqlite3.Connection, path: Path) -> int:
    version = int(connection.execute("PRAGMA user_version").fetchone()[0])
    owner = int(connection.execute("PRAGMA application_id").fetchone()[0])
    is_empty = connection.execute("SELECT count(*) FROM sqlite_master").fetchone()[0] == 0
    if owner != APPLICATION_ID and not (is_empty and version == 0):
        raise ArchiveError(
            "is a database of another program",
            where=str(path),
            hint="Move it away; a new one is made.",
        )
    if version > len(MIGRATIONS):
        raise ArchiveError(
            f"was written by a newer version of digest (shape {version}, here {len(MIGRATIONS)})",
            where=str(path),
            hint="Install the newer version, or move the file away and run `digest collect`.",
        )
    return version

"""Writes the archive's rows: new and changed posts, withdrawn and revived ones, posts edited again.

Every function works inside the transaction its caller opened, and never commits.
"""

from __future__ import annotations

import itertools
import sqlite3
from collections.abc import Collection, Iterable, Iterator, Mapping
from functools import cached_property

from digest.addresses import names_a_page
from digest.archive import rows
from digest.lazy import regex
from digest.models import Post, RawItem, Value, replace

_HOST = regex(r"[^/?#]+")

# How long before its first run a source has shown what was old then.
_LONG_AGO = 2 * 365 * 86_400 * 1_000_000  # microseconds, beyond what any first issue reaches back


class Tally(Value):
    """Count what became of a source's posts.

    A post that came back after withdrawal counts as changed.
    """

    new: int = 0
    changed: int = 0
    unchanged: int = 0
    withdrawn: int = 0


def source_number(connection: sqlite3.Connection, name: str) -> int:
    """Return the number of a source, a new one if it was never seen."""
    connection.execute("INSERT INTO sources (name) VALUES (?) ON CONFLICT DO NOTHING", (name,))
    return int(
        connection.execute("SELECT number FROM sources WHERE name = ?", (name,)).fetchone()[0]
    )


def save_state(connection: sqlite3.Connection, source: int, state: Mapping[str, str]) -> None:
    """Keep what a source wants to be handed next time."""
    import json

    connection.execute(
        "UPDATE sources SET state = ? WHERE number = ?",
        (json.dumps(dict(state)), source),
    )


class Writer:
    """Write the posts of one source at one moment, counting.

    `seen` are identities that the source holds besides those it stores.
    """

    def __init__(
        self, connection: sqlite3.Connection, source: str, now: int, seen: Collection[str] = ()
    ) -> None:
        self.connection = connection
        self.source = source_number(connection, source)
        self.name = source
        self.now = now
        self._here = set(seen)
        # Of a source that has none, as in a first collect, only this run's own can be known.
        held = connection.execute("SELECT 1 FROM posts WHERE source = ? LIMIT 1", (self.source,))
        self._held_some = held.fetchone() is not None
        self.new = self.changed = self.unchanged = self._undated = 0
        self._terms: dict[rows.Label, int] = {}

    def store(self, item: RawItem, post: Post) -> None:
        """Insert a post, or update it if what the source says is another thing than last time."""
        print_ = rows.fingerprint(item)
        known = None
        if self._held_some or item.identity in self._here:
            known = self.connection.execute(
                "SELECT number, fingerprint, withdrawn_at FROM posts"
                " WHERE source = ? AND identity = ?",
                (self.source, item.identity),
            ).fetchone()
        known = known or self._moved(item.identity, post)
        self._here.add(item.identity)
        if known is None:
            self._insert(item, post, print_)
            self.new += 1
        # Said the same as last time, and was not gone in between.
        elif known[1] == print_ and known[2] is None:
            self.unchanged += 1
        else:
            self._update(known[0], item, post, print_)
            self.changed += 1

    def _moved(self, identity: str, post: Post) -> tuple[int, bytes, None] | None:
        """Return the row of a post that came from another host before, known by this identity now.

        A blog that moves gives posts new guids, and two of hardly any text have nothing else in
        common. It is the same post if title, time and path are, and if the source had all its posts
        at one other host: where several blogs stand side by side, two may well be alike so.
        """
        host, path = _parted(rows.link_of(post) or "")
        if not (self._held_some and path and post.title and post.published_at):
            return None
        alike = self.connection.execute(
            "SELECT number, identity, link, fingerprint FROM posts INDEXED BY posts_by_date"
            " WHERE source = ? AND dated_at = ? AND title = ? AND withdrawn_at IS NULL",
            (self.source, rows.to_micros(post.published_at), post.title),
        ).fetchall()
        there = [
            (number, print_)
            for number, other, link, print_ in alike
            if other not in self._here and link and _parted(link)[1] == path
        ]
        if len(there) != 1 or self._former_host in (None, host):
            return None
        ((number, print_),) = there
        self.connection.execute(
            "UPDATE posts SET identity = ? WHERE number = ?", (identity, number)
        )
        return number, print_, None

    @cached_property
    def _former_host(self) -> str | None:
        """Return the host at which all posts of earlier runs lie; None if there are several."""
        links = self.connection.execute(
            "SELECT link FROM posts"
            " WHERE source = ? AND touched_at < ? AND withdrawn_at IS NULL AND link IS NOT NULL",
            (self.source, self.now),
        )
        hosts = {_parted(link)[0] for (link,) in links}
        return hosts.pop() if len(hosts) == 1 else None

    def _insert(self, item: RawItem, post: Post, print_: bytes) -> None:
        seen = self.now - _LONG_AGO if item.is_old else self.now
        if post.published_at is None:  # where nothing has a date, what stands higher is newer
            seen -= self._undated
            self._undated += 1
        dated = self._dated(post, seen)
        # Issues and editor.md name posts by this id: it is given once and for good. Where another
        # post has it, as short hashes sometimes are the same, it gets a number.
        for named in _numbered(post):
            placed = self.connection.execute(
                "INSERT INTO posts"
                " (source, identity, id, fingerprint, dated_at, first_seen_at, touched_at,"
                " link, title) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT (id) DO NOTHING",
                (self.source, item.identity, named.id, print_, dated, seen, self.now,
                 rows.link_of(post), post.title),
            )  # fmt: skip
            post, number = named, int(placed.lastrowid or 0)
            if placed.rowcount:
                break
        self._withdraw_former(number, post)
        edited, card = rows.documents(post, seen, None)
        self.connection.execute(
            "INSERT INTO documents (post, edited, raw) VALUES (?, ?, ?)",
            (number, edited, rows.packed(item)),
        )
        self.connection.execute("INSERT INTO cards (post, card) VALUES (?, ?)", (number, card))
        self._label(number, dated, post)

    def _withdraw_former(self, number: int, post: Post) -> None:
        """Withdraw the post that stood at a new one's address under another identity.

        So it is when a source's kind is changed, or its blog gives all posts new guids. A page has
        one post; an address of the whole site says nothing, nor one that the source gives to
        several posts at once.
        """
        link = rows.link_of(post) if self._held_some else None
        if link is None or not names_a_page(link):
            return
        former = self.connection.execute(
            "SELECT number, identity FROM posts WHERE link = ? AND source = ? AND number != ?"
            " AND withdrawn_at IS NULL",
            (link, self.source, number),
        ).fetchall()
        for other, identity in former:
            # Both stand in the source now, at one address: two posts.
            if identity in self._here:
                continue
            self.connection.execute(
                "UPDATE posts SET withdrawn_at = ? WHERE number = ?", (self.now, other)
            )
            self.connection.execute("DELETE FROM labels WHERE post = ?", (other,))

    def _update(self, number: int, item: RawItem, post: Post, print_: bytes) -> None:
        self.connection.execute(
            "UPDATE posts SET fingerprint = ?, touched_at = ?, changed_at = ?, withdrawn_at = NULL"
            " WHERE number = ?",
            (print_, self.now, self.now, number),
        )
        self.connection.execute(
            "UPDATE documents SET raw = ? WHERE post = ?", (rows.packed(item), number)
        )
        self.replace(number, post)

    def replace(self, number: int, post: Post) -> None:
        """Put an edited post in place of the one there.

        What the source said and when stays, and so does the id: issues on disk refer to it.
        """
        id_, first_seen_at, changed_at, withdrawn_at = self.connection.execute(
            "SELECT id, first_seen_at, changed_at, withdrawn_at FROM posts WHERE number = ?",
            (number,),
        ).fetchone()
        post = replace(post, id=id_)
        dated = self._dated(post, first_seen_at)
        self.connection.execute(
            "UPDATE posts SET dated_at = ?, link = ?, title = ? WHERE number = ?",
            (dated, rows.link_of(post), post.title, number),
        )
        edited, card = rows.documents(post, first_seen_at, changed_at)
        self.connection.execute("UPDATE documents SET edited = ? WHERE post = ?", (edited, number))
        self.connection.execute("UPDATE cards SET card = ? WHERE post = ?", (card, number))
        self.connection.execute("DELETE FROM labels WHERE post = ?", (number,))
        # Labels are of living posts only, so that counting them needs no other table.
        if withdrawn_at is None:
            self._label(number, dated, post)

    def replace_by_identity(self, identity: str, post: Post) -> None:
        """Put an edited post in place of the one there; a post that is gone is passed over."""
        known = self.connection.execute(
            "SELECT number FROM posts WHERE source = ? AND identity = ?", (self.source, identity)
        ).fetchone()
        if known:
            self.replace(known[0], post)

    def reconcile(self, present: Iterable[str]) -> int:
        """Withdraw the posts the source no longer holds, revive those it holds again.

        Count the former.
        """
        self.connection.execute(
            "CREATE TEMP TABLE IF NOT EXISTS present (identity TEXT PRIMARY KEY)"
        )
        self.connection.execute("DELETE FROM present")
        self.connection.executemany(
            "INSERT OR IGNORE INTO present VALUES (?)",
            ((identity,) for identity in present),
        )
        # A table of its own, since a source of 20,000 posts is too long a list for a query.
        gone = self._numbers(
            "withdrawn_at IS NULL AND identity NOT IN (SELECT identity FROM present)"
        )
        back = self._numbers(
            "withdrawn_at IS NOT NULL AND identity IN (SELECT identity FROM present)"
        )
        for number in gone:
            self.connection.execute(
                "UPDATE posts SET withdrawn_at = ? WHERE number = ?", (self.now, number)
            )
            self.connection.execute("DELETE FROM labels WHERE post = ?", (number,))
        for number in back:
            self._revive(number)
        self.changed += len(back)
        return len(gone)

    def _revive(self, number: int) -> None:
        # Touched, so that the next issue looks at it: it may have been away when its own was built.
        self.connection.execute(
            "UPDATE posts SET withdrawn_at = NULL, touched_at = ? WHERE number = ?",
            (self.now, number),
        )
        (edited,) = self.connection.execute(
            "SELECT edited FROM documents WHERE post = ?", (number,)
        ).fetchone()
        self.replace(number, rows.post_of(edited))

    def _numbers(self, condition: str) -> list[int]:
        # the condition is one of this module's own constants, never a value
        query = f"SELECT number FROM posts WHERE source = ? AND {condition}"  # noqa: S608
        return [number for (number,) in self.connection.execute(query, (self.source,))]

    def _label(self, number: int, dated: int, post: Post) -> None:
        self.connection.executemany(
            "INSERT OR IGNORE INTO labels (term, dated_at, post, source) VALUES (?, ?, ?, ?)",
            [(self._term(label), dated, number, self.source) for label in rows.labels_of(post)],
        )

    def _term(self, label: rows.Label) -> int:
        if label not in self._terms:
            kind, name, slug = label
            self.connection.execute(
                "INSERT INTO terms (kind, name, slug, name_key, slug_key) VALUES (?, ?, ?, ?, ?)"
                " ON CONFLICT DO NOTHING",
                (kind, name, slug, rows.match_key(name), rows.match_key(slug)),
            )
            self._terms[label] = self.connection.execute(
                "SELECT number FROM terms WHERE kind = ? AND name = ? AND slug = ?", label
            ).fetchone()[0]
        return self._terms[label]

    @staticmethod
    def _dated(post: Post, first_seen_at: int) -> int:
        return rows.to_micros(post.published_at) if post.published_at else first_seen_at


def _parted(link: str) -> tuple[str, str]:
    """Return the host of a canonical address, and what stands behind it.

    >>> _parted("garden.example/2026/moss?a=b"), _parted("garden.example?p=7")
    (('garden.example', '/2026/moss?a=b'), ('garden.example', '?p=7'))
    """
    host = _HOST.match(link)
    return (host[0], link[host.end() :]) if host else ("", "")


def _numbered(post: Post) -> Iterator[Post]:
    """Yield a post by its own id, then by the same with numbers behind it."""
    yield post
    for number in itertools.count(2):
        yield replace(post, id=f"{post.id}-{number}")

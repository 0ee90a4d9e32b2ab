"""Finds the posts that may be another one's twin, of however many there are.

They share an address, a title or the second of their date with another, or say that they are a copy
of a page. Which of them are the same post, this room does not know.
"""

# ruff: noqa: S608 - SQL is put together from this module's own constants; values are always
# parameters

from __future__ import annotations

import sqlite3

from digest.addresses import canonical
from digest.archive import reading
from digest.models import Post

_LIVE = "withdrawn_at IS NULL"
_SHARED = " UNION ".join(
    f"SELECT number FROM posts WHERE {_LIVE} AND {mark} IN"
    f" (SELECT {mark} FROM posts WHERE {_LIVE} GROUP BY {mark} HAVING count(*) > 1)"
    for mark in ("link", "lower(title)", "dated_at")
)
_COPIES = (
    "SELECT c.post, json_extract(CAST(c.card AS TEXT), '$.original') FROM cards c"
    f" JOIN posts p ON p.number = c.post WHERE p.{_LIVE}"
    " AND instr(c.card, CAST('\"original\":' AS BLOB))"
)


def cards(connection: sqlite3.Connection) -> list[Post]:
    """Return the posts that may be twins, without their words."""
    numbers = {number for (number,) in connection.execute(_SHARED)}
    for number, original in connection.execute(_COPIES).fetchall():
        at = f"SELECT number FROM posts WHERE link = ? AND {_LIVE}"
        copied = connection.execute(at, [canonical(original)])
        numbers |= {number, *(number for (number,) in copied)}
    return list(reading.cards_of(connection, sorted(numbers)))

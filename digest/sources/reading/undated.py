"""Tells old posts from new ones where a source gives no dates: by the order in which they stand.

Of what a first run finds, the first few count as new and the rest as old; whatever comes later is
dated by when it is first seen. The marks of old posts go into the source's memory.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from itertools import islice

from digest.machine.hashing import blake2b
from digest.models import Problem, RawItem, replace

FIRST_FEW = 5
"""How many undated posts of a first run count as new.

A listing shows its newest first.
"""
OLD_KEY = "old"


def mark_old(
    items: Iterable[RawItem], state: Mapping[str, str], where: str
) -> tuple[tuple[RawItem, ...], str, tuple[Problem, ...]]:
    """Return the posts, the old ones marked; what to remember of them; and what to tell of it.

    `state` is what the source remembers: where it does so of nothing, this is a first run.
    """
    items = tuple(items)
    known = state.get(OLD_KEY, "") if state else _below(items)
    old = set(known.split())
    marked = tuple(
        replace(item, is_old=True)
        if old and item.published_at is None and _mark(item) in old
        else item
        for item in items
    )
    count = sum(item.is_old for item in marked)
    if state or not count:
        return marked, known, ()
    message = (
        f"{count:,} posts without a date that can be read stand below the first {FIRST_FEW}, so "
        "they are taken for old; later ones count from when they are first seen"
    )
    return marked, known, (Problem(where=where, message=message),)


def _below(items: Iterable[RawItem]) -> str:
    undated = (item for item in islice(items, FIRST_FEW, None) if item.published_at is None)
    return " ".join(map(_mark, undated))


def _mark(item: RawItem) -> str:
    return blake2b(item.identity.encode(errors="replace"), digest_size=6).hexdigest()

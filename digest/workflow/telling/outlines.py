"""Draws up each series as it stands: its parts in order, what is missing, doubled or late.

Pure, over edited posts. This room refuses to invent a part: a post without one is put where its
date belongs among the numbered ones.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from datetime import UTC, datetime
from itertools import pairwise

from digest.issue.series import counted
from digest.models import Post, SeriesPart, Value, key

_UNDATED = datetime.max.replace(tzinfo=UTC)
_MAX_GAPS = 200  # a part numbered 9999 by mistake must not list thousands of gaps


class OutlinePart(Value):
    """Hold one post's place; `late` says it came out after a higher part."""

    title: str
    url: str | None
    published_at: datetime | None
    part: int | None = None
    label: str = ""
    id: str = ""
    late: bool = False


class Outline(Value):
    """Hold a series: its parts in reading order, those missing, used twice, and late.

    `total` is the declared one, the highest where posts disagree, or more if there are more parts.
    `numbers` are the parts there are, `gaps` lie below the highest of them.
    """

    name: str
    posts: int
    total: int | None
    parts: tuple[OutlinePart, ...]
    numbers: tuple[int, ...] = ()
    gaps: tuple[int, ...] = ()
    doubles: tuple[int, ...] = ()
    late: tuple[int, ...] = ()


def outline(posts: Iterable[Post]) -> tuple[Outline, ...]:
    """Return every series of some posts, by name; names that differ only in their `key()` are one.

    Gaps are told below the highest part only, so an open series lists no future parts as missing.

    Raises:
        nothing.
    """
    places: dict[str, list[tuple[SeriesPart, Post]]] = {}
    for post in posts:
        for part in post.series:
            if k := key(part.name):
                places.setdefault(k, []).append((part, post))
    return tuple(sorted((_outlined(p) for p in places.values()), key=lambda o: key(o.name)))


def _outlined(places: list[tuple[SeriesPart, Post]]) -> Outline:
    places = sorted(places, key=lambda p: (_dated(p[1]), p[1].id))
    late = _late(places)
    parts = _ordered([_place(part, post, late) for part, post in places])
    numbers = sorted({p.part for p in parts if p.part is not None})
    total = max(filter(None, (part.total for part, _ in places)), default=None)
    counts = Counter((p.part, p.label) for p in parts if p.part is not None)
    return Outline(
        # Of several spellings the commonest.
        name=Counter(part.name for part, _ in places).most_common(1)[0][0],
        posts=len({post.id for _, post in places}),
        total=counted(numbers[-1], total, numbers)[1] if numbers else total,
        parts=tuple(parts),
        numbers=tuple(numbers),
        gaps=_gaps(numbers),
        doubles=tuple(
            sorted({n for (n, _), count in counts.items() if n is not None and count > 1})
        ),
        late=tuple(sorted(late)),
    )


def _dated(post: Post) -> datetime:
    return post.dated_at or _UNDATED


def _place(part: SeriesPart, post: Post, late: set[int]) -> OutlinePart:
    return OutlinePart(
        title=post.title,
        url=post.url,
        published_at=post.published_at,
        part=part.part,
        label=part.label,
        id=post.id,
        late=part.part in late,
    )


def _late(places: list[tuple[SeriesPart, Post]]) -> set[int]:
    """Return the parts that came out after a higher one; `places` are in order of date."""
    late: set[int] = set()
    highest = 0
    for part, _ in places:
        if part.part is None:
            continue
        if part.part < highest:
            late.add(part.part)
        highest = max(highest, part.part)
    return late


def _ordered(parts: list[OutlinePart]) -> list[OutlinePart]:
    """Order numbered parts by number, then date.

    Put each other one before the first that came after it.
    """
    numbered = sorted(
        (p for p in parts if p.part is not None),
        key=lambda p: (p.part or 0, p.label, p.published_at or _UNDATED),
    )
    for other in (p for p in parts if p.part is None):
        when = other.published_at or _UNDATED
        at = next(
            (i for i, p in enumerate(numbered) if (p.published_at or _UNDATED) > when),
            len(numbered),
        )
        numbered.insert(at, other)
    return numbered


def _gaps(numbers: list[int]) -> tuple[int, ...]:
    """Return the parts missing below the highest one."""
    known = sorted({0, *numbers})
    missing: list[int] = []
    for low, high in pairwise(known):
        missing.extend(range(low + 1, min(high, low + 1 + _MAX_GAPS)))
    return tuple(missing[:_MAX_GAPS])

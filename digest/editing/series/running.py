"""Learns from all titles of a blog which of its numbers count the parts of a series.

Numbers are parts because they run: again and again behind the same words, hardly one of them twice,
close together, and upwards with time. Versions, years and routes do not.
"""

from __future__ import annotations

import itertools
import re
from collections import defaultdict
from collections.abc import Sequence
from functools import lru_cache

from digest.editing.series.marks import Mark, tidy
from digest.editing.series.titles import (
    BARE,
    BRACKET,
    COUNTED_NOUN,
    COUNTER,
    FRACTION,
    HASH,
    LEADING,
    PART,
    ROMAN,
    marks,
)
from digest.models import Value, key

_LEAST = {
    PART: 2,
    COUNTED_NOUN: 2,
    HASH: 2,
    COUNTER: 2,
    FRACTION: 2,
    ROMAN: 2,
    BRACKET: 2,
    BARE: 3,
    LEADING: 4,
}
"""How many different numbers make a run, by the way they are written."""

ANY = "*"
"""Stands for a series whose parts are written in several ways."""

_LEAST_NAMELESS = 4
_SPREAD = 6  # a run of n numbers spans at most n times as many
_NUMBERED = re.compile(r"\d|\b[IVX]{1,4}\b|[一二三四五六七八九十]")
_DAY = re.compile(r"[(\[（](\d{1,2})/(\d{1,2})[)\]）]")


class Run(Value, frozen=True):
    """Tell of a series whose parts run.

    Its name's key, how it is written, and which numbers there are.
    """

    key: str
    name: str
    kind: str
    parts: int
    first: int
    last: int


class SeriesHabit(Value, frozen=True):
    """Hold how a blog counts: its runs, and whether its fractions are dates ("8/20")."""

    runs: tuple[Run, ...] = ()
    has_dates: bool = False


def learn(titles: Sequence[str]) -> SeriesHabit:
    """Return how a blog counts parts; titles come oldest first.

    >>> [run.name for run in learn([f"Bench notes {n}" for n in (1, 2, 3, 5)]).runs]
    ['Bench notes']
    """
    counted = [title for title in titles if _NUMBERED.search(title)]
    found = [mark for title in counted for mark in marks(title) if mark.part]
    groups: dict[tuple[str, str], list[Mark]] = defaultdict(list)
    names: dict[str, str] = {}
    for mark in found:
        for name in mark.names:
            groups[name_key(name), mark.kind].append(mark)
            names.setdefault(name_key(name), name)
            if not mark.is_first and mark.kind not in (BARE, LEADING):
                groups[name_key(name), ANY].append(mark)
        if mark.is_first or mark.kind in (BARE, HASH):
            groups["", mark.kind].append(mark)
    runs = [
        _run(group, names.get(group[0], ""), members)
        for group, members in sorted(groups.items())
        if _runs(*group, members)
    ]
    return SeriesHabit(runs=tuple(runs), has_dates=_has_dates(titles))


@lru_cache(maxsize=8192)
def name_key(name: str) -> str:
    """Return the form in which names of series are compared.

    An article before them does not count.
    """
    return key(tidy(name))


def _run(group: tuple[str, str], name: str, members: list[Mark]) -> Run:
    parts = {mark.part or 0 for mark in members}
    return Run(
        key=group[0], name=name, kind=group[1], parts=len(parts), first=min(parts), last=max(parts)
    )


def _runs(name: str, kind: str, members: list[Mark]) -> bool:
    """Say whether numbers behind one name are the parts of a series."""
    numbers = [mark.part or 0 for mark in members]
    different = set(numbers)
    least = _LEAST.get(kind, 2) if name else _LEAST_NAMELESS
    if kind == BARE and "-" not in name:
        least += 1  # "iOS 7", "iOS 8": one word and a number is as often a version
    if len(different) < least or len(numbers) > 1.25 * len(different) + 1:
        return False
    if max(different) - min(different) + 1 > _SPREAD * len(different):
        return False
    if kind == ANY:
        return any(mark.is_sure for mark in members)
    if kind not in (BARE, LEADING, BRACKET) and name:
        return True
    pairs = list(itertools.pairwise(numbers))
    rising = sum(after > number for number, after in pairs)
    return max(rising, len(pairs) - rising) >= 0.7 * len(pairs)


def _has_dates(titles: Sequence[str]) -> bool:
    """Say whether fractions are days: "(8/20)" and "(9/3)" have no total that comes again."""
    days = [(int(m[1]), int(m[2])) for title in titles for m in _DAY.finditer(title)]
    totals = {total for _, total in days}
    is_odd = any(part > total for part, total in days)
    return len(totals) >= (3 if is_odd else 5) and len(totals) > 0.4 * len(days)

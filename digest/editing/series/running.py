"""Learns from all titles of a blog which of its numbers count the parts of a series.

Numbers are parts because they run: again and again behind the same words, hardly one of them twice,
close together, and upwards with time. Versions, years and routes do not.
"""

from __future__ import annotations

import itertools
from collections import defaultdict
from collections.abc import Iterator, Sequence

from digest.editing.series.marks import APART, BARE, HASH, LEADING, Mark, marks, name_key
from digest.lazy import regex
from digest.models import Value

ANY = "*"
"""Stands for a series whose parts are written in several ways."""

# How many different numbers make a run. What looks like a version or a list has to run longest.
_LEAST = {BARE: 3, LEADING: 4}
_LEAST_ELSE, _LEAST_NAMELESS = 2, 4
_SPREAD = 6  # a run of n numbers spans at most n times as many
_NUMBERED = regex(r"\d|\b[IVX]{1,4}\b|[一二三四五六七八九十]")
_DAY = regex(r"[(\[（](\d{1,2})/(\d{1,2})[)\]）]")


class Run(Value, frozen=True):
    """Tell of a series whose parts run: its name and that name's key, its kind, and how many."""

    key: str
    name: str
    kind: str
    parts: int


class SeriesHabit(Value, frozen=True):
    """Hold how a blog counts: its runs, and whether its fractions are dates ("8/20")."""

    runs: tuple[Run, ...] = ()
    has_dates: bool = False


def learn(titles: Sequence[str]) -> SeriesHabit:
    """Return how a blog counts parts; titles come oldest first.

    >>> [run.name for run in learn([f"Bench notes {n}" for n in (1, 2, 3, 5)]).runs]
    ['Bench notes']
    """
    groups: dict[tuple[str, str], list[Mark]] = defaultdict(list)
    names = {"": ""}
    counted = (title for title in titles if _NUMBERED.search(title))
    for mark in itertools.chain.from_iterable(map(marks, counted)):
        if mark.part:
            for name, kind in _places(mark):
                names.setdefault(name_key(name), name)
                groups[name_key(name), kind].append(mark)
    runs = [
        Run(key=name, name=names[name], kind=kind, parts=len({mark.part for mark in members}))
        for (name, kind), members in sorted(groups.items())
        if _runs(name, kind, members)
    ]
    return SeriesHabit(runs=tuple(runs), has_dates=_has_dates(titles))


def _places(mark: Mark) -> Iterator[tuple[str, str]]:
    """Yield the names and ways of counting under which a mark may run."""
    is_plain = mark.is_first or mark.kind in (BARE, LEADING)
    for name in mark.names:
        yield from ((name, kind) for kind in ((mark.kind,) if is_plain else (mark.kind, ANY)))
    if mark.is_first or mark.kind in (BARE, HASH):
        yield "", f"{mark.kind}{mark.noun}"


def _runs(name: str, kind: str, members: list[Mark]) -> bool:
    """Say whether numbers behind one name are the parts of a series."""
    numbers = [mark.part or 0 for mark in members]
    goes_on = _goes_on(numbers)
    if not _are_close(numbers, _least(name, kind, members), often=goes_on):
        return False
    may_jump = bool(name) and kind not in (BARE, LEADING, APART)
    return may_jump or goes_on or _rises(numbers)


def _least(name: str, kind: str, members: list[Mark]) -> int:
    """Return how many different numbers make a run."""
    least = _LEAST.get(kind, _LEAST_ELSE) if name else _LEAST_NAMELESS
    # "iOS 7", "iOS 8": one word and a number is as often a version.
    least += kind == BARE and "-" not in name
    # "Shed: nets (part 1)" and "Shed: bees (part 2)" are no series called "Shed".
    return least + all([name] == [*map(name_key, mark.names[1:2])] for mark in members)


def _are_close(numbers: list[int], least: int, *, often: bool) -> bool:
    """Say whether numbers are many enough, close together, and hardly one is there twice."""
    different = set(numbers)
    spread = max(different) - min(different)
    is_once = often or len(numbers) <= 1.25 * len(different) + 1
    return len(different) >= least and spread < _SPREAD * len(different) and is_once


def _goes_on(numbers: list[int]) -> bool:
    """Say whether numbers count on from one to the next, though they may begin again every year."""
    steps = sum(after - number == 1 for number, after in itertools.pairwise(numbers))
    return len(set(numbers)) > _LEAST_NAMELESS and steps >= 0.6 * (len(numbers) - 1)


def _rises(numbers: list[int]) -> bool:
    """Say whether numbers go up with time: "Blog 2" of one guest follows "Blog 3" of another."""
    pairs = list(itertools.pairwise(numbers))
    rising = sum(after > number for number, after in pairs)
    return max(rising, len(pairs) - rising) >= 0.7 * len(pairs)


def _has_dates(titles: Sequence[str]) -> bool:
    """Say whether fractions are days: "(8/20)" and "(9/3)" have no total that comes again."""
    days = [(int(m[1]), int(m[2])) for title in titles for m in _DAY.finditer(title)]
    totals = {total for _, total in days}
    is_odd = any(part > total for part, total in days)
    return len(totals) >= (3 if is_odd else 5) and len(totals) > 0.4 * len(days)

"""Learns from all titles of a blog which of its numbers count the parts of a series.

Numbers are parts because they run: again and again behind the same words, hardly one of them twice,
close together, and upwards with time. Versions, years and routes do not.
"""

from __future__ import annotations

import itertools
from collections import defaultdict
from collections.abc import Iterator, Sequence

from digest.editing.series.marks import BARE, LEADING, PART, Mark, marks_in, name_key
from digest.lazy import regex
from digest.models import Value

# How many different numbers make a run: what looks like a version or a list has to run longer.
_LEAST, _LEAST_NAMELESS = 2, 4
_SPREAD = 6  # a run of n numbers spans at most n times as many
_NUMBERED = regex(r"\d|\b[IVX]{1,4}\b|[一二三四五六七八九十]|(?i:\b(?:part|teil|parte|partie)\s)")
_DAY = regex(r"[(\[（]\d{1,2}/(\d{1,2})[)\]）]")


class Run(Value):
    """Tell of a series whose parts run: its name, how they are written, and how many."""

    name: str
    kind: str
    parts: int


class SeriesHabit(Value):
    """Hold how a blog counts: its runs, and whether its fractions are dates ("8/20")."""

    runs: tuple[Run, ...] = ()
    has_dates: bool = False


def learn(titles: Sequence[str]) -> SeriesHabit:
    """Return how a blog counts parts; titles come oldest first."""
    groups: dict[tuple[str, str], list[Mark]] = defaultdict(list)
    names: dict[str, str] = {}
    counted = (title for title in titles if _NUMBERED.search(title))
    for mark in itertools.chain.from_iterable(map(marks_in, counted)):
        for name, place in places(mark) if mark.part else ():
            names.setdefault(place[0], name)
            groups[place].append(mark)
    runs = [
        Run(name=names[name], kind=kind, parts=len({mark.part for mark in members}))
        for (name, kind), members in sorted(groups.items())
        if _runs(name, kind, members)
    ]
    totals = [total for title in titles for total in _DAY.findall(title)]
    has_dates = len(set(totals)) > max(3, 0.5 * len(totals))  # a total comes again, a day does not
    return SeriesHabit(runs=tuple(runs), has_dates=has_dates)


def places(mark: Mark) -> Iterator[tuple[str, tuple[str, str]]]:
    """Yield the names under which a mark may run, each with the key and the kind of its run.

    One series may write its numbers in several ways; bare ones and those that come first are apart.
    """
    is_plain = mark.is_first or mark.kind in (BARE, LEADING)
    for name in mark.names:
        yield name, (name_key(name), mark.kind if is_plain else PART)
    if mark.is_first:  # "#41 Bees", "Episode 41: bees"
        yield "", ("", f"{mark.kind}{mark.noun}")


def _runs(name: str, kind: str, members: list[Mark]) -> bool:
    """Say whether numbers behind one name are the parts of a series."""
    numbers = [mark.part or 0 for mark in members]
    different, pairs = set(numbers), list(itertools.pairwise(numbers))
    least = _LEAST_NAMELESS if not name else _LEAST + (kind in (BARE, LEADING))
    # "Shed: nets (part 1)" and "Shed: bees (part 2)" are no series called "Shed".
    least += all([name] == [*map(name_key, mark.names[1:2])] for mark in members)
    spread = max(numbers) - min(numbers)
    # "Sheds #1 and #3" may be their places in a list.
    if len(different) < least or spread >= len(different) * (_SPREAD if len(different) > 2 else 1):
        return False
    # They may begin again every year if they count on from one to the next.
    steps = sum(after - number == 1 for number, after in pairs)
    if len(different) > _LEAST_NAMELESS and steps >= 0.6 * len(pairs):
        return True
    # "Blog 2" of one guest follows "Blog 3" of another.
    rising = sum(after > number for number, after in pairs)
    is_once = len(numbers) <= 1.25 * len(different) + 1
    return is_once and max(rising, len(pairs) - rising) >= 0.7 * len(pairs)

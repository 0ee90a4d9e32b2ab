"""Finds in a title what may count the parts of a series, and learns which of a blog's numbers do.

Some numbers are sure by themselves ("part two"); any other counts parts only where it runs.
"""

from __future__ import annotations

import itertools
import re
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Sequence
from functools import lru_cache

from digest.editing.lexicon import calling, numerals
from digest.lazy import regex
from digest.models import Value, key, replace

_ORDER = PART, NTH, BARE, LOOSE = "part", "nth", "bare", "loose"
"""How a number is written; the surest first, and last what words follow: it makes no run."""

MAX_TITLE, _MAX_NAME = 400, 120  # characters; on nothing longer a pattern is tried
_EDGES = " \t\n\u00a0,:;–—|•·~-.([]“”\"«»‘’'（【」「〈《・/：，。、"  # "C#" ends on its own
_NUMBERS = frozenset("issue n° no nr number numéro nº vol volume №".split())  # "No. 42: …"
_ARTICLE = regex(r"^(?:the|our|my|a|an)\s+(?=\S)", re.I)
_WORD = regex(r"[^\W\d_]+")
_BREAK = regex(r"[\s:–—|›｜丨：](?:(?<=\s)(?:-\s|\s*+[:–—|›•·~]\s+)|(?<=[:–—|›])\s+|(?<=[｜丨：]))")
_OPENED = regex(r"[(\[（](?=[^)\]）]*\w[^)\]）]*$)")
_BOUND = regex(r"[)\]）]\s*|\s+(?P<of>of|from|in|von|d(?:[aeiou]|e[lrs]))\s+(?:the\s+)?", re.I)
# How many different numbers make a run: what looks like a version or a list has to run longer.
_LEAST, _LEAST_NAMELESS, _SPREAD = 2, 4, 6  # a run of n numbers spans at most 6 n
_MOST_PARTS = 12  # of a fraction that is no day of a month
_Placed = tuple["Mark", str, tuple[str, str]]


class Mark(Value):
    """Hold what was found; one that `is_sure` needs no run, one that `is_first` heads a name."""

    raw: str
    names: tuple[str, ...] = ()  # that the series may bear, likeliest first
    part: int | None = None
    total: int | None = None
    kind: str = PART  # how the number is written
    noun: str = ""  # what the parts are called
    is_sure: bool = False
    is_first: bool = False


@lru_cache(maxsize=8192)
def name_key(name: str) -> str:
    """Return the form in which names of series are compared; an article does not count."""
    return key(_ARTICLE.sub("", name))


def marks_in(title: str) -> list[Mark]:
    """Return what in a title may count parts, the surest way of counting first."""
    if len(title) > MAX_TITLE:
        return []
    words = _WORD.findall(title.casefold())
    found = list(map(_numbered, numerals.numbers_in(title, words)))
    found += [_mark(nth, PART, is_sure=True) for nth in numerals.nths_in(title, words)]
    if nth := numerals.NTH_FIRST.match(title):
        found.append(_mark(nth, NTH, is_sure=False))
    counters = () if title.isascii() else numerals.COUNTER.finditer(title)
    found += [_mark(nth, PART, is_sure=nth["bare"] is None) for nth in counters]
    return sorted(filter(None, found), key=lambda m: _ORDER.index(m.kind))


def _numbered(found: re.Match[str]) -> Mark | None:
    """Return what a number counts, or nothing."""
    before, after = found.string[: found.start()], found.string[found.end() :]
    letter = _letter(found)
    is_year = letter in "PNMD" and numerals.YEAR.fullmatch(found["part"])
    if is_year or (letter in "RVD" and numerals.is_listed(before, after)):
        return None
    how = numerals.form(f"{before.lstrip(' :–—|-')[-3:]}<{letter}>{numerals.end(letter, after)}")
    return _mark(found, how.replace("sure", PART), is_sure=how == "sure") if how else None


def _letter(found: re.Match[str]) -> str:
    """Return the letter for how a number is written, as `form` knows it."""
    part, noun = found["part"], (found["noun"] or "").casefold()
    if noun:
        is_rank = noun in ("no", "nr") and found.string[found.start("part") :] == "1"
        return "P" if noun in numerals.PART_WORDS else "NM"[noun in _NUMBERS and not is_rank]
    if found["total"]:
        is_day = (numerals.number(found["total"]) or 0) > _MOST_PARTS
        return "FY"[is_day] if found["of"] == "/" else "O"
    if found["hash"] or part.isdigit():
        return "H" if found["hash"] else "D"
    return "RV"[part in "VX"] if part.isupper() else ""


def _mark(found: re.Match[str], kind: str, *, is_sure: bool) -> Mark | None:
    groups = found.groupdict(default="")
    part, total = numerals.number(groups["part"]), numerals.number(groups.get("total", ""))
    is_false = groups.get("total") and (total or 0) < max(part or 0, 2)
    if (groups["part"] and part is None) or is_false:
        return None
    names, is_first = _names(found)
    raw, noun = found[0].strip(" :–—|,-([（"), groups.get("noun", "").casefold()
    is_heading = is_first and (noun or not total)  # but "1/3 Moving a hospital"
    is_sure = is_sure and bool(names) and not is_heading
    return Mark(raw, names, part, total, kind, noun, is_sure, is_first)


def named(words: str) -> str:
    """Return the name of a series that words are, without "blog series", or nothing."""
    name = words.strip(_EDGES).lstrip(f"#{_EDGES}")
    name = calling.SERIES_LAST.sub("", name) if "series" in name.casefold() else name
    return name if len(name) <= _MAX_NAME and any(map(str.isalpha, name)) else ""


def _names(found: re.Match[str]) -> tuple[tuple[str, ...], bool]:
    """Return a number's names, and whether it only heads a title, unlike in "Week 2 of Web"."""
    before, behind = found.string[: found.start()], found.string[found.end() :]
    bound = _BOUND.match(behind)  # "[Part 2] Web", too
    rest = (behind[bound.end() :] if bound else behind).strip(" )]:–—|-.,")
    # "1/3 Moving a hospital: the plan", but "#11 (Brasil)"
    name = "" if not rest or rest[0] in "([（" else named(_BREAK.split(rest, 1)[0])
    if before.strip(_EDGES):  # "The new nets – Episode 67 of Shed Radio"
        whole = name if bound and bound["of"] else ""
        return tuple(filter(None, (whole, *_names_before(before)))), False
    return tuple(filter(None, [name])), not bound or bool(found.groupdict().get("total"))


def _names_before(words: str) -> tuple[str, ...]:
    """Return what may stand before a number as a name: all the words, their first, their last."""
    inner = _OPENED.split(words)[-1]  # "Listening (Quiet Corners, part 3)"
    full = "" if inner.endswith(("'", "’")) else named(inner)  # "L'épisode 25"
    pieces = [piece for piece in map(named, _BREAK.split(full)) if piece]
    return tuple(dict.fromkeys((full, pieces[0], pieces[-1]))) if pieces else ()


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
    marks = [mark for title in titles for mark in _counting(title)]
    placed = ((mark, *place) for mark in marks for place in places(mark))
    runs = (*_running(placed, frozenset(map(name_key, titles))),)
    totals = [total for title in titles for total in numerals.DAY.findall(title)]
    has_dates = len(set(totals)) > max(3, 0.5 * len(totals))  # a total comes again, a day does not
    habit = SeriesHabit(runs=runs, has_dates=has_dates)
    # Behind ever new words numbers may count the whole blog: "Nets | EP 41", "Roofs | EP 42".
    lone = (m for m in marks if m.kind == PART and not m.is_first and not run_of(m, habit))
    return replace(habit, runs=(*runs, *_running((m, "", ("", f"… {m.noun}")) for m in lone)))


def _counting(title: str) -> list[Mark]:
    """Return what in a title has a number that may run."""
    found = marks_in(title) if numerals.may_run(title) else ()
    return [mark for mark in found if mark.part is not None and mark.kind != LOOSE]


def _running(found: Iterable[_Placed], titles: Collection[str] = ()) -> Iterator[Run]:
    """Yield the runs among marks, each with a name that it may have and the place of its run."""
    groups: dict[tuple[str, str], list[tuple[Mark, str]]] = defaultdict(list)
    for mark, name, place in found:
        groups[place].append((mark, name))
    for place, told in sorted(groups.items()):
        # "The new nets" is the first where "The new nets (2)" is the second.
        numbers = [1] * (place[0] in titles) + [mark.part or 0 for mark, _ in told]
        if _runs(*place, numbers, has_noun=any(mark.noun for mark, _ in told)):
            yield Run(name=told[0][1], kind=place[1], parts=len(set(numbers)))


def places(mark: Mark) -> Iterator[tuple[str, tuple[str, str]]]:
    """Yield the names under which a mark may run, each with the key and the kind of its run."""
    # One series may write its numbers in several ways; bare ones and those that come first do not.
    # A fraction that is not sure is none but of the same whole: "4/17" and "5/18" are days.
    kind = PART if mark.is_sure or mark.noun or not mark.total else f"/{mark.total}"
    kind = mark.kind if mark.is_first or mark.kind in (BARE, LOOSE) else kind
    for name in mark.names:  # "Meeting of the shed", of which some title is the third
        yield name[0].upper() + name[1:] if kind == NTH else name, (name_key(name), kind)
    if mark.is_first and mark.kind != NTH:  # "#41 Bees", "Episode 41: bees"
        yield "", ("", f"{mark.kind}{mark.noun}")


@lru_cache(maxsize=16)
def _by_place(habit: SeriesHabit) -> dict[tuple[str, str], Run]:
    return {(name_key(run.name), run.kind): run for run in habit.runs}


def run_of(mark: Mark, habit: SeriesHabit) -> Run | None:
    """Return the run that a mark is part of: by the likeliest name, or a longer nameless one."""
    runs = _by_place(habit)
    told = [place for _, place in places(mark)]
    if mark.kind in (BARE, LOOSE):  # "Shed News 41 is out" behind "Shed News, issue 40"
        told += [(name, kind) for name, _ in told[:1] for kind in (BARE, PART)]
    found = [runs[place] for place in told if place in runs]
    nameless = [run for run in found if not run.name]
    lone = runs.get(("", f"… {mark.noun}"))
    return max(found[:1] + nameless, key=lambda run: run.parts, default=lone)


def _runs(name: str, kind: str, numbers: list[int], *, has_noun: bool) -> bool:
    """Say whether numbers behind one name are the parts of a series."""
    different, steps = set(numbers), [b - a for a, b in itertools.pairwise(numbers)]
    least = _LEAST + (kind in (NTH, BARE)) if name else _LEAST_NAMELESS
    least -= {1, 2} <= different and kind != NTH  # "Sheds 1: rain", "Sheds 2: snow"
    # "Sheds #1 and #3" may be their places in a list.
    most = len(different) * (1, _SPREAD)[len(different) > 2]
    if len(different) < least or max(numbers) - min(numbers) >= most:
        return False
    # They may begin again every year if they count on, and several people may count the same weeks.
    rising, falling = sum(step > 0 for step in steps), sum(step < 0 for step in steps)
    goes_on = steps.count(1) >= 0.6 * (rising + falling) or (has_noun and rising > falling)
    # "Blog 2" of one guest follows "Blog 3" of another.
    is_once = len(numbers) <= (1.25 * len(different) + 1) * (kind != "… ")
    is_ordered = max(rising, len(steps) - rising) >= 0.7 * len(steps)
    return (len(different) > _LEAST_NAMELESS and goes_on) or (is_once and is_ordered)

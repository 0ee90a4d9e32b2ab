"""Learns from all titles of a blog how it writes bylines, without a dictionary of its authors.

For each shape it is counted how many titles fit, how many different people stand there, how many of
them bear a common given name or are declared elsewhere as authors, whether the text speaks of them
as its subject, and whether what is left still tells the titles apart. What a blog does again and
again with different people is its convention, and then holds for names that no list knows.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Sequence
from typing import NamedTuple

from digest.editing.byline.first_words import first_named, opening
from digest.editing.byline.people import (
    LISTED,
    SHAPED,
    SINGLE,
    People,
    is_person,
    is_staff,
    keyed_name,
    people,
    plain,
)
from digest.editing.byline.shapes import (
    BY,
    COMMA_BY,
    LEADS,
    SHAPES,
    SURE,
    TEXT_BY,
    Split,
    splits,
)
from digest.editing.lexicon import fold, is_given
from digest.lazy import regex
from digest.models import Value, replace

_LEAST = 3  # posts, and people, that make a convention
_LEAST_AGAIN, _AGAIN = 2, 4  # people who come again, and how often each
_MANY = 8  # different people that need no list of given names
_MOST_KNOWN = 2_000  # people kept of one source
_MOST_WORDS = 8  # in a name's place
_MOST_LINE = 15  # words of a line that says whose a text is
_LAST_PIECE = regex(r"(?P<before>.+)\s(?:[|–—]|-{1,2})\s+(?P<last>.+)$")


class Seen(Value, frozen=True):
    """Hold what is learnt from one post: title and first words in plain text, and authors."""

    title: str
    authors: tuple[str, ...] = ()
    opening: str = ""


class Shape(Value, frozen=True):
    """Tell how a blog uses one shape: `fits` of `marked` titles name `people` different people.

    `is_used` says that it is the blog's convention, `is_plain` that hardly anything but names
    stands there.
    """

    name: str
    fits: int = 0
    marked: int = 0
    people: int = 0
    is_used: bool = False
    is_plain: bool = False


class BylineHabit(Value, frozen=True):
    """Hold how a blog names authors.

    `known` are people (`plain`) who are authors of the blog, `accounts` the keys of accounts that
    publish what others wrote, `alike` the keys of what
    would be left of two titles or more, `endings` what it appends to title and byline.
    """

    titles: int = 0
    shapes: tuple[Shape, ...] = ()
    known: tuple[str, ...] = ()
    accounts: tuple[str, ...] = ()
    alike: tuple[str, ...] = ()
    endings: tuple[str, ...] = ()
    is_set: bool = False


class _Fit(NamedTuple):
    """Hold one title that fits a shape: how it splits, whom it names, and its post."""

    split: Split
    found: People
    seen: Seen


def learn(
    posts: Sequence[Seen], *, staff: frozenset[str] = frozenset(), told: str = ""
) -> BylineHabit:
    """Return a blog's way with bylines; `told` is the shape that was configured ("off": none)."""
    accounts = _accounts(posts, staff)
    names = {name for seen in posts for name in seen.authors}
    declared = frozenset(plain(name) for name in names if keyed_name(name) not in accounts)
    endings = _endings(posts)
    candidates = _candidates(posts, endings)
    fits = _fits(candidates, posts)
    marked = Counter(split.shape for split, _ in candidates)
    marked[TEXT_BY] = len(fits[TEXT_BY])
    shapes = [
        _shape(name, fits[name], (marked[name], len(posts)), declared, accounts)
        for name in SHAPES
        if fits[name] or name == told
    ]
    if told:
        shapes = [_told(shape, is_it=shape.name == told) for shape in shapes]
    return BylineHabit(
        titles=len(posts),
        shapes=tuple(shapes),
        known=tuple(sorted(declared | _named(shapes, fits))[:_MOST_KNOWN]),
        accounts=tuple(sorted(accounts)),
        alike=_alike(posts, fits),
        endings=tuple(sorted(endings)),
        is_set=bool(told),
    )


def without_ending(title: str, endings: Sequence[str] | frozenset[str]) -> str:
    """Return a title without what the blog appends to many: "– Conference 2010", "| Our blog"."""
    found = _LAST_PIECE.search(title) if endings else None
    return found["before"].rstrip() if found and found["last"].strip() in endings else title


# ---------------------------------------------------------------- what is counted


def _accounts(posts: Sequence[Seen], staff: frozenset[str]) -> frozenset[str]:
    """Return the keys of declared authors who are no persons, or none that anybody could tell."""
    counts = Counter(name for seen in posts for name in seen.authors)
    return frozenset(
        keyed_name(name)
        for name, count in counts.items()
        if is_staff(name, staff) or not is_person(name, is_main=2 * count > len(posts))
    )


def _endings(posts: Sequence[Seen]) -> frozenset[str]:
    """Return what stands last in many titles and is no one's name."""
    lasts = Counter(m["last"].strip() for seen in posts if (m := _LAST_PIECE.search(seen.title)))
    return frozenset(last for last, count in lasts.items() if count >= _LEAST and not people(last))


def _candidates(posts: Sequence[Seen], endings: frozenset[str]) -> list[tuple[Split, Seen]]:
    """Return every way in which the blog's titles may hold a byline."""
    return [
        (split, seen)
        for seen in posts
        for split in splits(without_ending(seen.title, endings))
        if len(split.phrase.split()) <= _MOST_WORDS
    ]


def _fits(candidates: Sequence[tuple[Split, Seen]], posts: Sequence[Seen]) -> dict[str, list[_Fit]]:
    """Return by shape the titles with nothing but people in a name's place."""
    fits: dict[str, list[_Fit]] = defaultdict(list)
    for split, seen in candidates:
        if found := people(split.phrase):
            fits[split.shape].append(_Fit(split, found, seen))
    for seen in posts:
        names = first_named(seen.opening)
        if names and (found := people(", ".join(names))):
            fits[TEXT_BY].append(_Fit(Split(TEXT_BY, "", seen.title), found, seen))
    return fits


def _named(shapes: Sequence[Shape], fits: dict[str, list[_Fit]]) -> frozenset[str]:
    """Return the people whom bylines name."""
    used = SURE | {shape.name for shape in shapes if shape.is_used}
    sure = [fit for name in used for fit in fits[name] if fit.found.grade >= SHAPED]
    return frozenset(plain(name) for fit in sure for name in fit.found.names)


def _alike(posts: Sequence[Seen], fits: dict[str, list[_Fit]]) -> tuple[str, ...]:
    """Return the keys of what bylines would leave of titles where that comes again."""
    rests: dict[str, set[str]] = defaultdict(set)
    for fit in (fit for found in fits.values() for fit in found if fit.split.shape != TEXT_BY):
        rests[fit.split.rest.casefold()].add(fit.seen.title)
    for seen in posts:
        if (same := seen.title.casefold()) in rests:
            rests[same].add(seen.title)
    return tuple(sorted(rest for rest, titles in rests.items() if len(titles) > 1))


# ---------------------------------------------------------------- what is a convention


def _shape(
    name: str,
    fits: list[_Fit],
    counted: tuple[int, int],
    declared: frozenset[str],
    accounts: frozenset[str],
) -> Shape:
    marked, posts = counted
    good = [fit for fit in fits if fit.found.grade >= SHAPED]
    persons = {plain(one) for fit in good for one in fit.found.names}
    is_often = len(good) >= _LEAST and len(persons) >= _LEAST
    is_habit = is_often and _is_habit(name, good, marked, declared, accounts)
    if name in LEADS and len(good) >= 0.9 * posts:
        is_habit = is_habit or _come_again(good, persons)
    whole = sum(fit.found.grade > SINGLE for fit in fits)
    return Shape(
        name=name,
        fits=whole,
        marked=marked,
        people=len(persons),
        is_used=bool(fits) if name in SURE else is_habit,
        is_plain=_is_plain(len(good), whole, marked),
    )


def _is_plain(good: int, whole: int, marked: int) -> bool:
    """Say whether hardly anything but names stands in a place; some may be words ("Rich Song")."""
    return good >= 0.8 * marked or (whole >= 0.9 * marked and good >= 0.6 * marked)


def _come_again(good: list[_Fit], persons: set[str]) -> bool:
    """Say whether the same few people stand before nearly every title: subjects would change."""
    has_listed = any(fit.found.grade == LISTED for fit in good)
    return has_listed and len(persons) >= _LEAST_AGAIN and len(good) >= _AGAIN * len(persons)


def _is_habit(
    name: str, good: list[_Fit], marked: int, declared: frozenset[str], accounts: frozenset[str]
) -> bool:
    """Say whether what fits a shape is the blog's own way to name authors."""
    count = len(good)
    same = sum(_is_declared(fit) for fit in good)
    free = sum(all(keyed_name(name) in accounts for name in fit.seen.authors) for fit in good)
    if name == TEXT_BY:
        is_one_account = len({fit.seen.authors for fit in good}) == 1
        return is_one_account or free + same >= 0.8 * count
    if same + free < 0.8 * count:
        return False  # real authors are declared: the names are what the posts are about
    if name == COMMA_BY:
        return count >= 0.5 * marked
    spoken_of = sum(map(_is_about, good))
    are_subjects = 2 * same < count and spoken_of > 0.4 * count
    return not are_subjects and _are_people(good, marked, declared) and _leave_titles(name, good)


def _is_about(fit: _Fit) -> bool:
    """Say whether a text names one of some people as its subject, and not only as its author."""
    names, text = fit.found.names, fit.seen.opening.replace(fit.seen.title, "")
    said, _ = opening(text)
    lines = [
        line
        for line in text[len(said) :].split("\n")
        # "Ada Moss, University of the Marsh" says whose the text is.
        if not line.startswith(names) or len(line.split()) >= _MOST_LINE
    ]
    return any(name.split()[-1] in line for name in names for line in lines)


def _is_declared(fit: _Fit) -> bool:
    """Say whether the people in a title are the authors its source declares."""
    said = {plain(name) for name in fit.seen.authors}
    return bool(said) and said.issuperset(map(plain, fit.found.names))


def _are_people(good: list[_Fit], marked: int, declared: frozenset[str]) -> bool:
    """Say whether name-shaped words are people: by given names, or as nothing else stands there.

    People are counted, not posts: one columnist may write most of them.
    """
    persons = {plain(name) for fit in good for name in fit.found.names}
    listed = {one for one in persons if one in declared or is_given(fold(one.split("-")[0]))}
    share = len(good) / marked
    is_mostly = share >= 0.5 or len(listed) >= max(4, 0.5 * len(persons))
    if is_mostly and len(listed) >= 0.3 * len(persons):
        return True
    # Names of peoples that the list does not know, of whom the texts do not speak.
    have_text = sum(bool(fit.seen.opening) for fit in good) >= 0.8 * len(good)
    return share >= 0.8 and have_text and len(persons) >= max(_MANY, 0.2 * len(good))


def _leave_titles(name: str, good: list[_Fit]) -> bool:
    """Say whether what bylines would leave are titles, of some words, and hardly one twice."""
    rests = Counter(fit.split.rest.casefold() for fit in good)
    alike = sum(n for n in rests.values() if n > 1)
    words = sum(len(fit.split.rest.split()) for fit in good)
    return alike <= 0.2 * len(good) and (name == BY or words >= 2.5 * len(good))


def _told(shape: Shape, *, is_it: bool) -> Shape:
    return replace(shape, is_used=is_it, is_plain=is_it)

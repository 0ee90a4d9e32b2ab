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
    framed,
    pieces,
    splits,
)
from digest.editing.lexicon import fold, is_given
from digest.models import Value, replace

_LEAST = 3  # posts, and people, that make a convention; and titles that a fixed piece is in
_LEAST_AGAIN, _AGAIN = 2, 4  # people who come again, and how often each
_MANY = 8  # different people that need no list of given names
_MOST_KNOWN = 2_000  # people kept of one source
_MOST_WORDS = 8  # in a name's place
_MOST_LINE = 15  # words of a line that says whose a text is


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
    publish what others wrote, `alike` the keys of what would be left of two titles or more, `fixed`
    the pieces that it writes before and behind many titles.
    """

    titles: int = 0
    shapes: tuple[Shape, ...] = ()
    known: tuple[str, ...] = ()
    accounts: tuple[str, ...] = ()
    alike: tuple[str, ...] = ()
    fixed: tuple[str, ...] = ()
    is_set: bool = False


class _Fit(NamedTuple):
    """Hold one title that fits a shape: how it splits, whom it names, and its post."""

    split: Split
    found: People
    seen: Seen

    @property
    def is_declared(self) -> bool:
        """Say whether the people in a title are the authors its source declares."""
        said = set(map(plain, self.seen.authors))
        return bool(said) and said.issuperset(map(plain, self.found.names))


class _Blog(NamedTuple):
    """Hold what is known of a blog before its shapes are judged."""

    posts: int
    declared: frozenset[str]
    open: frozenset[str]  # keys of accounts that may publish what others wrote


def learn(
    posts: Sequence[Seen], *, staff: frozenset[str] = frozenset(), told: str = ""
) -> BylineHabit:
    """Return a blog's way with bylines; `told` is the shape that was configured ("off": none)."""
    counts = Counter(name for seen in posts for name in seen.authors)
    main = {name for name, count in counts.items() if 2 * count > len(posts)}
    accounts = {n for n in counts if is_staff(n, staff) or not is_person(n, is_main=n in main)}
    # One who publishes most and bears no common given name may be a conference.
    unsure = {name for name in main if (found := people(name)) and found.grade < LISTED}
    declared = frozenset(plain(name) for name in counts if name not in accounts)
    blog = _Blog(len(posts), declared, frozenset(map(keyed_name, accounts | unsure)))
    often = Counter(piece for seen in posts for piece in pieces(seen.title))
    fixed = frozenset(p for p, count in often.items() if count >= _LEAST and not people(p))
    fits, marked = _fits(posts, fixed)
    shapes = [
        _shape(name, fits[name], marked[name], blog)
        for name in SHAPES
        if fits[name] or name == told
    ]
    if told:
        shapes = [replace(s, is_used=s.name == told, is_plain=s.name == told) for s in shapes]
    return BylineHabit(
        titles=len(posts),
        shapes=tuple(shapes),
        known=tuple(sorted(declared | _named(shapes, fits))[:_MOST_KNOWN]),
        accounts=tuple(sorted(map(keyed_name, accounts))),
        alike=_alike(posts, fits),
        fixed=tuple(sorted(fixed)),
        is_set=bool(told),
    )


# ---------------------------------------------------------------- what is counted


def _fits(
    posts: Sequence[Seen], fixed: frozenset[str]
) -> tuple[dict[str, list[_Fit]], Counter[str]]:
    """Return by shape the titles with nothing but people in a name's place, and all that have it."""
    fits: dict[str, list[_Fit]] = defaultdict(list)
    marked: Counter[str] = Counter()
    for seen in posts:
        lead, title = framed(seen.title, fixed)
        for split in splits(title):
            # What is left has to be a title, and nothing that the blog always writes.
            if len(split.phrase.split()) > _MOST_WORDS or split.rest in fixed:
                continue
            marked[split.shape] += 1
            if found := people(split.phrase):
                whole = split._replace(rest=f"{lead}{split.rest}")
                fits[split.shape].append(_Fit(whole, found, seen))
        names = first_named(seen.opening)
        if names and (found := people(", ".join(names))):
            marked[TEXT_BY] += 1
            fits[TEXT_BY].append(_Fit(Split(TEXT_BY, "", seen.title), found, seen))
    return fits, marked


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


def _shape(name: str, fits: list[_Fit], marked: int, blog: _Blog) -> Shape:
    good = [fit for fit in fits if fit.found.grade >= SHAPED]
    whole = sum(fit.found.grade > SINGLE for fit in fits)
    persons = {plain(one) for fit in good for one in fit.found.names}
    # Some names may be words, too ("Rich Song").
    is_plain = whole >= 0.9 * marked and len(good) >= 0.6 * marked
    is_habit = min(len(good), len(persons)) >= _LEAST and _is_habit(name, good, marked, blog)
    if name in LEADS and len(good) >= 0.9 * blog.posts:
        is_habit = is_habit or _come_again(good, persons)
    return Shape(
        name=name,
        fits=whole,
        marked=marked,
        people=len(persons),
        is_used=bool(fits) if name in SURE else is_habit,
        is_plain=is_plain or len(good) >= 0.8 * marked,
    )


def _come_again(good: list[_Fit], persons: set[str]) -> bool:
    """Say whether the same few people stand before nearly every title: subjects would change."""
    has_listed = any(fit.found.grade == LISTED for fit in good)
    return has_listed and len(persons) >= _LEAST_AGAIN and len(good) >= _AGAIN * len(persons)


def _is_habit(name: str, good: list[_Fit], marked: int, blog: _Blog) -> bool:
    """Say whether what fits a shape is the blog's own way to name authors."""
    count = len(good)
    same = sum(fit.is_declared for fit in good)
    free = sum(blog.open.issuperset(map(keyed_name, fit.seen.authors)) for fit in good)
    if name == TEXT_BY:
        is_one_account = len({fit.seen.authors for fit in good}) == 1
        return is_one_account or free + same >= 0.8 * count
    if same + free < 0.8 * count:
        return False  # real authors are declared: the names are what the posts are about
    if name == COMMA_BY:
        return count >= 0.5 * marked
    are_subjects = 2 * same < count and sum(map(_is_about, good)) > 0.4 * count
    return not are_subjects and _are_people(good, marked, blog) and _leave_titles(name, good)


def _is_about(fit: _Fit) -> bool:
    """Say whether a text names one of some people as its subject, and not only as its author."""
    names, text = fit.found.names, fit.seen.opening.replace(fit.seen.title, "")
    lines = [
        line
        for line in text[len(opening(text)[0]) :].split("\n")
        # "Ada Moss, University of the Marsh" and "Presented by Ada Moss" say whose the text is.
        if (not line.startswith(names) and not line.endswith(names))
        or len(line.split()) >= _MOST_LINE
    ]
    return any(name.split()[-1] in line for name in names for line in lines)


def _are_people(good: list[_Fit], marked: int, blog: _Blog) -> bool:
    """Say whether name-shaped words are people: by given names, or as hardly anything else is there.

    People are counted, not posts: one columnist may write most of them.
    """
    persons = {plain(name) for fit in good for name in fit.found.names}
    listed = [p for p in persons if p in blog.declared or is_given(fold(p.split("-")[0]))]
    share, known = len(good) / marked, len(listed) / len(persons)
    if known >= 0.3 and (share >= 0.4 or len(listed) >= max(4, 0.5 * len(persons))):
        return True
    # Names of peoples that the list hardly knows.
    are_many = len(persons) >= max(_MANY, 0.2 * len(good))
    have_text = sum(bool(fit.seen.opening) for fit in good) >= 0.8 * len(good)
    return are_many and ((share >= 0.6 and known >= 0.15) or (share >= 0.8 and have_text))


def _leave_titles(name: str, good: list[_Fit]) -> bool:
    """Say whether what bylines would leave are titles, of some words, and hardly one twice."""
    rests = Counter(fit.split.rest.casefold() for fit in good)
    alike = sum(n for n in rests.values() if n > 1)
    words = sum(len(fit.split.rest.split()) for fit in good)
    return alike <= 0.2 * len(good) and (name == BY or words >= 2.5 * len(good))

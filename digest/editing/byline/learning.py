"""Learns from all titles of a blog how it writes bylines, without a dictionary of its authors.

For each shape it is counted how many titles fit, how many different people stand there, how many of
them bear a common given name or are declared elsewhere as authors, whether the text speaks of them
as its subject, and whether what is left still tells the titles apart. What a blog does again and
again with different people is its convention, and then holds for names that no list knows.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from typing import NamedTuple

from digest.editing.byline.accounts import is_person, is_staff
from digest.editing.byline.first_words import first_named, opening
from digest.editing.byline.people import SHAPED, SINGLE, People, people, plain
from digest.editing.byline.shapes import (
    BY,
    COMMA_BY,
    SHAPES,
    SURE,
    TEXT_BY,
    Split,
    splits,
)
from digest.editing.lexicon import fold, is_given
from digest.models import Value, key

_LEAST = 3  # posts, and people, that make a convention
_MANY = 8  # different people that need no list of given names
_MOST_KNOWN = 2_000  # people kept of one source
_WORD = re.compile(r"[^\W\d_]{2,}")
_MAX_PHRASE = 60  # characters of words in a name's place
_STOPS = ("", ",", ".", ":")
_MOST_READ = 4_000  # posts of a blog in whose text words are looked for


class Seen(Value, frozen=True):
    """Hold of one post what learning needs.

    Title and first words as plain text, and declared authors.
    """

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
    publish what others wrote, `common` words the blog also writes small, `alike` the keys of what
    would be left of two titles or more.
    """

    titles: int = 0
    shapes: tuple[Shape, ...] = ()
    known: tuple[str, ...] = ()
    accounts: tuple[str, ...] = ()
    common: tuple[str, ...] = ()
    alike: tuple[str, ...] = ()
    is_set: bool = False


class _Fit(NamedTuple):
    split: Split
    found: People
    seen: Seen


def learn(
    posts: Sequence[Seen], *, staff: frozenset[str] = frozenset(), told: str = ""
) -> BylineHabit:
    """Return a blog's way with bylines.

    `told` names the shape where the configuration does ("off": none).
    """
    accounts = _accounts(posts, staff)
    declared = _declared(posts, accounts)
    candidates = [(split, seen) for seen in posts for split in splits(seen.title)]
    common = _common(candidates, posts)
    fits: dict[str, list[_Fit]] = {name: [] for name in SHAPES}
    marked: Counter[str] = Counter()
    for split, seen in candidates:
        if len(split.phrase.split()) > 8:
            continue
        marked[split.shape] += 1
        if found := people(split.phrase, common):
            fits[split.shape].append(_Fit(split, found, seen))
    for seen in posts:
        if (names := first_named(seen.opening)) and (found := people(", ".join(names), common)):
            fits[TEXT_BY].append(_Fit(Split(TEXT_BY, "", seen.title), found, seen))
    marked[TEXT_BY] = len(fits[TEXT_BY])
    shapes = tuple(
        _shape(name, found, marked[name], declared, accounts)
        for name, found in fits.items()
        if found or name == told
    )
    if told:
        shapes = tuple(_told(shape, told) for shape in shapes)
    used = {shape.name for shape in shapes if shape.is_used}
    sure = [fit for name in used | SURE for fit in fits[name] if fit.found.grade >= SHAPED]
    known = {*declared, *(plain(name) for fit in sure for name in fit.found.names)}
    return BylineHabit(
        titles=len(posts),
        shapes=shapes,
        known=tuple(sorted(known)[:_MOST_KNOWN]),
        accounts=tuple(sorted(accounts)),
        common=tuple(sorted(common)),
        alike=_alike(posts, fits),
        is_set=bool(told),
    )


def _accounts(posts: Sequence[Seen], staff: frozenset[str]) -> frozenset[str]:
    """Return the keys of declared authors who are no persons, or none that anybody could tell."""
    counts = Counter(name for seen in posts for name in seen.authors)
    return frozenset(
        key(name)
        for name, count in counts.items()
        if is_staff(name, staff) or not is_person(name, is_main=2 * count > len(posts))
    )


def _declared(posts: Sequence[Seen], accounts: frozenset[str]) -> frozenset[str]:
    names = {name for seen in posts for name in seen.authors}
    return frozenset(plain(name) for name in names if key(name) not in accounts)


def _common(candidates: Sequence[tuple[Split, Seen]], posts: Sequence[Seen]) -> frozenset[str]:
    """Return those words in the places of names that the blog itself uses as words.

    It writes them small, or again and again elsewhere; the names of its authors are seldom in other
    texts than their own.
    """
    tokens: set[str] = set()
    own: dict[str, set[str]] = {}
    for split, seen in candidates:
        if len(split.phrase) < _MAX_PHRASE:
            found = {token for token in _WORD.findall(split.phrase) if token[0].isupper()}
            own.setdefault(seen.title, set()).update(found)
            tokens |= found
    wanted = {
        f"{word}{stop}" for token in tokens for word in (token, token.lower()) for stop in _STOPS
    }
    counts: Counter[str] = Counter()
    read = posts[:: 1 + len(posts) // _MOST_READ]
    for seen in read:
        words = {word.rstrip(".,:") for word in wanted.intersection(seen.opening.split())}
        counts.update(words - own.get(seen.title, set()))
    often = max(1, len(read) // 50)
    return frozenset(
        fold(token)
        for token in tokens
        if counts[token.lower()] > 1 or (counts[token] > often and not is_given(fold(token)))
    )


def _shape(
    name: str, fits: list[_Fit], marked: int, declared: frozenset[str], accounts: frozenset[str]
) -> Shape:
    good = [fit for fit in fits if fit.found.grade >= SHAPED]
    persons = {plain(one) for fit in good for one in fit.found.names}
    is_often = len(good) >= _LEAST and len(persons) >= _LEAST
    is_used = (
        bool(fits)
        if name in SURE
        else is_often and _is_used(name, good, marked, declared, accounts)
    )
    return Shape(
        name=name,
        fits=sum(fit.found.grade > SINGLE for fit in fits),
        marked=marked,
        people=len(persons),
        is_used=is_used,
        is_plain=len(good) >= 0.8 * marked,
    )


def _is_used(
    name: str, good: list[_Fit], marked: int, declared: frozenset[str], accounts: frozenset[str]
) -> bool:
    """Say whether what fits a shape is the blog's own way to name authors."""
    count = len(good)
    same = sum(_is_declared(fit) for fit in good)
    free = sum(_is_free(fit.seen, accounts) for fit in good)
    if name == TEXT_BY:
        one_account = len({fit.seen.authors for fit in good}) == 1
        return one_account or free + same >= 0.8 * count
    if same + free < 0.8 * count:
        return False  # real authors are declared: the names are what the posts are about
    if name == COMMA_BY:
        return count >= 0.5 * marked
    are_subjects = 2 * same < count and _spoken_of(good) > 0.4 * count
    return not are_subjects and _are_people(good, marked, declared) and _leave_titles(name, good)


def _are_people(good: list[_Fit], marked: int, declared: frozenset[str]) -> bool:
    """Say whether name-shaped words are people.

    By their given names, or as nothing else stands there. People are counted, not posts: one
    columnist may write most of them.
    """
    listed, persons = _listed(good, declared)
    share = len(good) / marked
    if listed >= 0.3 * persons and (share >= 0.5 or listed >= max(4, 0.5 * persons)):
        return True
    # Names of peoples that the list does not know, of whom the texts do not speak.
    have_text = sum(bool(fit.seen.opening) for fit in good) >= 0.8 * len(good)
    return share >= 0.8 and have_text and persons >= max(_MANY, 0.2 * len(good))


def _leave_titles(name: str, good: list[_Fit]) -> bool:
    """Say whether what bylines would leave are titles, of some words, and hardly one twice."""
    rests = Counter(fit.split.rest.casefold() for fit in good)
    alike = sum(n for n in rests.values() if n > 1)
    words = sum(len(fit.split.rest.split()) for fit in good)
    return alike <= 0.2 * len(good) and (name == BY or words >= 2.5 * len(good))


def _listed(fits: list[_Fit], declared: frozenset[str]) -> tuple[int, int]:
    """Count the people with a common given name, or known as authors, and all people."""
    persons = {plain(name) for fit in fits for name in fit.found.names}
    given = {person for person in persons if is_given(fold(person.split("-")[0]))}
    return len(given | (persons & declared)), len(persons)


def _is_declared(fit: _Fit) -> bool:
    """Say whether the people in a title are the authors its source declares."""
    said = {plain(name) for name in fit.seen.authors}
    return bool(said) and all(plain(name) in said for name in fit.found.names)


def _is_free(seen: Seen, accounts: frozenset[str]) -> bool:
    """Say whether nobody real is declared as the author."""
    return all(key(name) in accounts for name in seen.authors)


def _spoken_of(fits: list[_Fit]) -> int:
    """Count the posts whose first words speak of the people in the title, as of a subject."""
    return sum(is_spoken_of(fit.found.names, fit.seen.opening) for fit in fits)


def is_spoken_of(names: Sequence[str], text: str) -> bool:
    """Say whether a text, its own byline aside, names one of some people."""
    said, _ = opening(text)
    rest = text[len(said) :]
    return any(name.split()[-1] in rest for name in names)


def _alike(posts: Sequence[Seen], fits: dict[str, list[_Fit]]) -> tuple[str, ...]:
    """Return the keys of titles, and of what bylines would leave of them, that stand more than once."""
    rests: dict[str, set[str]] = {}
    for found in fits.values():
        for fit in found:
            if fit.split.shape != TEXT_BY:
                rests.setdefault(fit.split.rest.casefold(), set()).add(fit.seen.title)
    for seen in posts:
        if (same := seen.title.casefold()) in rests:
            rests[same].add(seen.title)
    return tuple(sorted(rest for rest, titles in rests.items() if len(titles) > 1))


def _told(shape: Shape, told: str) -> Shape:
    is_it = shape.name == told
    return Shape(
        name=shape.name, fits=shape.fits, marked=shape.marked, people=shape.people, is_used=is_it,
        is_plain=is_it,
    )  # fmt: skip

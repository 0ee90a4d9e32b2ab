"""Reads who wrote a post: out of its title as its blog writes bylines, and what was declared.

A byline is a shape (`shapes`) that the blog is known to use (`learning`) and a phrase that is
nothing but people (`people`). A single title without its blog is read by the sure shapes only.
Everything uncertain stays in the title: a byline too many is worse than a byline too few.

Who wins: a byline is explicit, an account is not. So an account that publishes what others wrote
gives way to it, and after a sure shape so does another person's account, unless that person is one
of those the byline names; then every declared author stays. Accounts that name nobody ("admin") are
never shown. This room refuses to change anything else about a title: series words stay.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from functools import lru_cache
from typing import NamedTuple

from digest.editing.byline import shapes
from digest.editing.byline.first_words import first_named
from digest.editing.byline.learning import BylineHabit, Shape
from digest.editing.byline.people import (
    LISTED,
    SHAPED,
    SINGLE,
    WORDY,
    People,
    is_nobody,
    is_staff,
    keyed_name,
    people,
    plain,
)
from digest.editing.byline.shapes import BY, COMMA_BY, Split
from digest.editing.lexicon import entries, fold
from digest.lazy import regex
from digest.models import Fixup, Value, key

RULES: dict[str, str] = {
    "byline-by": "“Title. By A B” and “By A B: Title”: the name is an author and leaves the title",
    "byline-learnt": "a name where this blog again and again names its authors leaves the title",
    "byline-known": "a declared author's name at the title's end or beginning is not said twice",
    "byline-text": "“By A B.” at the start of the text names the author where nothing else does",
    "byline-label": "“Guest post: Title” loses the label",
    "byline-staff": "a staff account gives way to a real author, and “admin” is no author at all",
    "byline-account": "an account's name gives way to a different byline in the title",
    "byline-split": "“A B and C D” declared as one author is two",
    "byline-tidy": "a mail address or a repetition in a declared author's name goes",
    "alias": "a name is shown as the newsletter's configuration says",
}
"""The rules that can be switched off by name, and what each does."""

_NEVER = LISTED + 1  # no names are as sure as this
_MOST_BYLINES = 3  # a label, a byline, and another one
_SAID_TWICE = frozenset((BY, COMMA_BY, *shapes.TAILS))
_CREATOR_MAIL = regex(r"[^\s@()<>]{1,64}@[^\s()<>]{1,190}\s*\(([^()]{2,80})\)")
_SEVERAL = regex(r"[,;&]|\s(?:and|und|et|y|e)\s")
# Whose “by” is not the post's: a book, a film, a quotation, and what somebody did ("Led by …").
_WORK = regex(
    r"\b(?:review|book|novel|film|album|poem|read|reading|reads|play|painting|portrait|song)\b"
    r"|ed[”\"’»']?$|[”\"’»']\s*$",
    re.I,
)
# Before a name that is what the post is about.
_SUBJECT = regex(
    r"\b(?:introducing|meet|remembering|obituary|interview|congratulations|profile|spotlight"
    r"|welcome|tribute|in memoriam|nachruf|hommage)\b",
    re.I,
)


class Reading(Value, frozen=True):
    """Hold what was read: the title without byline, the authors as shown, and each change."""

    title: str
    authors: tuple[str, ...]
    fixups: tuple[Fixup, ...] = ()


class _Known(NamedTuple):
    """Hold what is known when a title is read: its declared authors, and its blog.

    Of the authors, `people` are persons, `staff` accounts that give way, and `nobodies` those that
    always do ("admin").
    """

    declared: tuple[str, ...]
    people: tuple[str, ...]
    staff: tuple[str, ...]
    nobodies: tuple[str, ...]
    is_set: bool
    shapes: dict[str, Shape]
    authors: frozenset[str]
    alike: frozenset[str]
    fixed: frozenset[str]


_NO_HABIT = BylineHabit()


def read(
    title: str,
    *,
    declared: tuple[str, ...],
    summary: str = "",
    body: str = "",
    staff: frozenset[str] = frozenset(),
    aliases: Mapping[str, str] | None = None,
    off: frozenset[str] = frozenset(),
    habit: BylineHabit = _NO_HABIT,
) -> Reading:
    """Return a title without its byline, and the post's authors.

    `title` is plain text; `declared` are authors as the source said; `staff` holds `key()`s of
    names that give way to a byline, the site's own among them; `summary`, or else `body`, may begin
    with a byline of its own; `habit` is how the blog names authors. A rule in `off` is not applied.
    Without a habit, reading the result again changes nothing; the title never grows.

    >>> read("Five plants. By Ada Moss and Bo Clay", declared=("admin",)).authors
    ('Ada Moss', 'Bo Clay')
    >>> read("Learning by doing", declared=("Ada Moss",)).title
    'Learning by doing'

    Raises:
        nothing.
    """
    names, tidied = _tidy(declared, split="byline-split" not in off)
    known = _known(names, staff, habit)
    fixups = list(tidied)
    found: tuple[str, ...] = ()
    rule = ""
    for by, rest, named in _bylines(title, known, off):
        found, rule = tuple(dict.fromkeys((*_tidy(named, split=False)[0], *found))), rule or by
        if rest != title:
            fixups.append(Fixup(field="title", raw=title, value=rest, rule=by))
            title = rest
    may_begin = shapes.TEXT_BY in known.shapes or not known.is_set
    if not found and may_begin and "byline-text" not in off:
        talks = not known.people
        said = first_named(summary, talks=talks) or first_named(body, talks=talks)
        found, rule = _tidy(said, split=False)[0], "byline-text"
    authors = _settled(known, found, off)
    if authors not in (declared, names if tidied else declared):
        why = _given_way(known, authors, rule)
        fixups.append(_authored(declared, authors, why))
    shown = _shown(authors, aliases, off)
    if shown != authors:
        fixups.append(_authored(authors, shown, "alias"))
    return Reading(title=title, authors=shown, fixups=tuple(fixups))


def _authored(before: tuple[str, ...], after: tuple[str, ...], rule: str) -> Fixup:
    return Fixup(field="authors", raw=", ".join(before), value=", ".join(after), rule=rule)


# ---------------------------------------------------------------- the title


def _bylines(
    title: str, known: _Known, off: frozenset[str]
) -> Iterator[tuple[str, str, tuple[str, ...]]]:
    """Yield a title's labels and bylines: the rule, what is left, and whom it names."""
    is_guests = False
    for _ in range(_MOST_BYLINES):
        left = "" if "byline-label" in off else shapes.unlabelled(title)
        is_guests = is_guests or bool(left)
        found = ("byline-label", left, ()) if left else _byline(title, known, off, is_guests)
        if found[0]:
            yield found
        if found[1] in ("", title):
            return
        title = found[1]
        # What is left of a title may look as if it had another.
        off = off if left else off | {"byline-learnt"}


def _byline(
    title: str, known: _Known, off: frozenset[str], is_guests: bool
) -> tuple[str, str, tuple[str, ...]]:
    """Return the rule by which a split is a byline, what is left of the title, and its people."""
    lead, core = shapes.framed(title, known.fixed)
    for split in shapes.splits(core):
        found = people(split.phrase)
        if found is None or (known.is_set and split.shape not in known.shapes):
            continue
        rule = _rule(split, found, known, is_guests=is_guests)
        if not rule or rule in off:
            continue
        rest = f"{lead}{split.rest}"
        # All of a title stays where only the name tells it from another.
        is_alike = rest in known.fixed or rest.casefold() in known.alike - {title.casefold()}
        return rule, title if is_alike else rest, found.names
    return "", "", ()


def _rule(split: Split, found: People, known: _Known, *, is_guests: bool) -> str:
    """Return the rule by which a split is a byline, or nothing: names are not sure enough."""
    if split.shape in shapes.SURE:
        return "byline-by" if found.grade >= _least_sure(split, found) else ""
    names, used = frozenset(map(plain, found.names)), known.shapes.get(split.shape)
    if not is_guests and _is_about(split, used):
        return ""
    if split.shape in _SAID_TWICE and names.issubset(map(plain, known.people)):
        return "byline-known"
    is_known = names <= known.authors
    if used:
        return "byline-learnt" if found.grade >= _least_learnt(used, is_known=is_known) else ""
    least = _least_alone(known, is_told=is_known or is_guests or split.shape == COMMA_BY)
    rule = "byline-by" if split.shape in (BY, COMMA_BY) else "byline-known"
    return rule if found.grade >= least else ""


def _least_sure(split: Split, found: People) -> int:
    """Return how sure names have to be: "Finding my feet. By Jacqui", but no "By the sea: …"."""
    if split.shape == shapes.BY_FIRST or len(found.names) > 1:
        return SHAPED
    return SINGLE if split.is_ended else WORDY


def _least_learnt(used: Shape, *, is_known: bool) -> int:
    """Return how sure names have to be: they may be words where hardly anything else stands."""
    return SINGLE if is_known else SHAPED - used.is_plain


def _least_alone(known: _Known, *, is_told: bool) -> int:
    """Return how sure names have to be without any convention.

    Where a person is declared, another in the title is what the post is about.
    """
    # An account that says of itself that it publishes what others wrote ("Blog editor").
    is_others = not all(map(is_nobody, known.nobodies))
    if known.people or not (is_told or is_others):
        return _NEVER
    return SHAPED if is_told else LISTED


def _is_about(split: Split, used: Shape | None) -> bool:
    """Say whether people are what a title is about: presented in it, or makers of some work.

    "Ada Moss: a life in the shed", "Introducing … Ada Moss", "On reading “Ikiru” by Bo Clay": not
    where hardly anything but authors stands.
    """
    if used and used.is_plain:
        return False
    if split.shape in shapes.LEADS:
        return split.rest[0].islower()
    if split.shape != BY:
        return bool(_SUBJECT.search(split.rest))
    words = split.rest.split()
    last = fold(words[-1].strip("“”\"'’‘"))
    return len(words) < 3 or last in entries("made") or bool(_WORK.search(split.rest))


# ---------------------------------------------------------------- declared, and who wins


@lru_cache(maxsize=4096)
def _tidy(declared: tuple[str, ...], *, split: bool) -> tuple[tuple[str, ...], tuple[Fixup, ...]]:
    """Return declared names one by one: "A B and C D" and "post@… (A B)" are people too."""
    names: list[str] = []
    fixups: list[Fixup] = []
    for name in declared:
        text = " ".join(name.split())
        if "@" in text and (mail := _CREATOR_MAIL.fullmatch(text)):
            text = mail[1].strip()
        several = people(text) if split and _SEVERAL.search(text) else None
        # A place with commas is no list of authors: each of them bears a known given name.
        if several and len(several.names) > 1 and several.grade == LISTED:
            said = ", ".join(several.names)
            fixups.append(Fixup(field="authors", raw=name, value=said, rule="byline-split"))
            names.extend(several.names)
        else:
            names.append(text)
    return tuple(dict.fromkeys(n for n in names if n)), tuple(fixups)


@lru_cache(maxsize=16)
def _learnt(habit: BylineHabit) -> tuple[object, ...]:
    """Return what `_Known` holds of a blog."""
    used = {shape.name: shape for shape in habit.shapes if shape.is_used}
    return habit.is_set, used, *map(frozenset, (habit.known, habit.alike, habit.fixed))


def _known(names: tuple[str, ...], staff: frozenset[str], habit: BylineHabit) -> _Known:
    nobodies = tuple(n for n in names if is_staff(n, staff))
    accounts = tuple(n for n in names if n in nobodies or keyed_name(n) in habit.accounts)
    persons = tuple(n for n in names if n not in accounts)
    return _Known._make((names, persons, accounts, nobodies, *_learnt(habit)))


def _settled(known: _Known, found: tuple[str, ...], off: frozenset[str]) -> tuple[str, ...]:
    """Return the authors out of those declared and those found."""
    if "byline-staff" in off:
        return tuple(dict.fromkeys((*_named(known, found, off), *known.staff)))
    if not found and known.people:
        return tuple(n for n in known.declared if n not in known.nobodies)
    return _named(known, found, off) or tuple(n for n in known.staff if not is_nobody(n))


def _named(known: _Known, found: tuple[str, ...], off: frozenset[str]) -> tuple[str, ...]:
    """Return a byline's people, spelt as declared, then who was declared with them."""
    spelt = {plain(name): name for name in known.people}
    named = dict.fromkeys(spelt.get(plain(name), name) for name in found)
    is_alone = named and named.keys().isdisjoint(known.people) and "byline-account" not in off
    return tuple(named if is_alone else named | dict.fromkeys(known.people))


def _given_way(known: _Known, authors: tuple[str, ...], rule: str) -> str:
    """Return the rule that explains why the authors are not those declared."""
    if not set(known.people) <= set(authors):
        return "byline-account"
    return (rule or "byline-tidy") if set(known.staff) <= set(authors) else "byline-staff"


def _shown(
    authors: tuple[str, ...], aliases: Mapping[str, str] | None, off: frozenset[str]
) -> tuple[str, ...]:
    if not aliases or not authors or "alias" in off:
        return authors
    keyed = {key(written): shown for written, shown in aliases.items()}
    return tuple(dict.fromkeys(aliases.get(n) or keyed.get(keyed_name(n)) or n for n in authors))

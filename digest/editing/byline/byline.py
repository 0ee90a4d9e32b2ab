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

_MOST_BYLINES = 3  # a label, a byline, and another one
_SAID_TWICE = frozenset((BY, COMMA_BY, *shapes.TAILS))
_CREATOR_MAIL = regex(r"[^\s@()<>]{1,64}@[^\s()<>]{1,190}\s*\(([^()]{2,80})\)")
_SEVERAL = regex(r"[,;&]|\s(?:and|und|et|y|e)\s")
# What is about somebody: "Introducing … A B", "On reading “Ikiru” by A B", a film, a quotation.
_SUBJECT = regex(
    r"\b(?:introducing|meet|remembering|obituary|interview|congratulations|profile|spotlight"
    r"|welcome|tribute|in memoriam|nachruf|hommage)\b",
    re.I,
)
_WORK = regex(
    r"\b(?:review|book|novel|film|album|poem|read|reading|reads|play|painting|portrait|song"
    r"|exhibition|talk|letter|landscape|photograph|sculpture)s?\b|\b(?:built|led|made|told)$|ed[”\"’»']?$|[”\"’»']\s*$",
    re.I,
)


class Reading(Value, frozen=True):
    """Hold what was read: the title without byline, the authors as shown, and each change."""

    title: str
    authors: tuple[str, ...]
    fixups: tuple[Fixup, ...] = ()


class _Blog(NamedTuple):
    """Hold what a blog's habit tells of a title: the shapes it uses, its authors, its own words."""

    is_set: bool
    used: dict[str, Shape]
    authors: frozenset[str]
    accounts: frozenset[str]
    alike: frozenset[str]
    fixed: frozenset[str]


class _Declared(NamedTuple):
    """Hold declared authors: persons, accounts that give way, and of these what is called so."""

    all: tuple[str, ...]
    people: tuple[str, ...]
    staff: tuple[str, ...]
    named_staff: tuple[str, ...]


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
    blog = _blog(habit)
    names, tidied = _tidy(declared, split="byline-split" not in off)
    said = _sorted(names, staff, blog)
    fixups, rule = list(tidied), ""
    found: tuple[str, ...] = ()
    for by, rest, named in _bylines(title, said, blog, off):
        found, rule = tuple(dict.fromkeys((*_tidy(named, split=False)[0], *found))), rule or by
        if rest != title:
            fixups.append(Fixup(field="title", raw=title, value=rest, rule=by))
            title = rest
    may_begin = shapes.TEXT_BY in blog.used or not blog.is_set
    if not found and may_begin and "byline-text" not in off:
        first = (shapes.first_named(text, talks=not said.people) for text in (summary, body))
        found, rule = _tidy(next(filter(None, first), ()), split=False)[0], "byline-text"
    authors = _settled(said, found, off)
    if authors not in (declared, names if tidied else declared):
        fixups.append(_authored(declared, authors, _given_way(said, authors, rule)))
    shown = _shown(authors, aliases, off)
    if shown != authors:
        fixups.append(_authored(authors, shown, "alias"))
    return Reading(title=title, authors=shown, fixups=tuple(fixups))


def _authored(before: tuple[str, ...], after: tuple[str, ...], rule: str) -> Fixup:
    return Fixup(field="authors", raw=", ".join(before), value=", ".join(after), rule=rule)


# ---------------------------------------------------------------- the title


def _bylines(
    title: str, said: _Declared, blog: _Blog, off: frozenset[str]
) -> Iterator[tuple[str, str, tuple[str, ...]]]:
    """Yield a title's labels and bylines: the rule, what is left, and whom it names."""
    is_guests = False
    for _ in range(_MOST_BYLINES):
        left = "" if "byline-label" in off else shapes.unlabelled(title)
        is_guests = is_guests or bool(left)
        found = ("byline-label", left, ()) if left else _byline(title, said, blog, off, is_guests)
        if found[0]:
            yield found
        if found[1] in ("", title):
            return
        title = found[1]
        # What is left of a title may look as if it had another.
        off = off if left else off | {"byline-learnt"}


def _byline(
    title: str, said: _Declared, blog: _Blog, off: frozenset[str], is_guests: bool
) -> tuple[str, str, tuple[str, ...]]:
    """Return the rule by which a split is a byline, what is left of the title, and its people."""
    lead, core = shapes.framed(title, blog.fixed)
    for split in shapes.splits(core):
        found = people(split.phrase)
        if found is None or (blog.is_set and split.shape not in blog.used):
            continue
        rule, least = _rule(split, found, said, blog, is_guests=is_guests)
        if rule in off or found.grade < least:
            continue
        rest = f"{lead}{split.rest}"
        # All of a title stays where only the name tells it from another.
        is_alike = rest in blog.fixed or rest.casefold() in blog.alike - {title.casefold()}
        return rule, title if is_alike else rest, found.names
    return "", "", ()


def _rule(
    split: Split, found: People, said: _Declared, blog: _Blog, *, is_guests: bool
) -> tuple[str, int]:
    """Return the rule by which a split may be a byline, and how sure its names have to be."""
    shape, used = split.shape, blog.used.get(split.shape)
    names = frozenset(map(plain, found.names))
    if shape in shapes.SURE:  # "Finding my feet. By Jacqui", but no "By the sea: …"
        is_sentence = shape == shapes.BY_FIRST or len(found.names) > 1
        return "byline-by", SHAPED if is_sentence else WORDY - split.is_ended
    is_plain = used is not None and used.is_plain  # hardly anything but names stands there
    if not (is_guests or is_plain) and _is_about(split):
        return "", LISTED + 1
    if shape in _SAID_TWICE and names.issubset(map(plain, said.people)):
        return "byline-known", SINGLE
    if used:
        return "byline-learnt", SHAPED - is_plain
    is_told = is_guests or names <= blog.authors or shape == COMMA_BY
    # Where a person is declared, another in the title is what the post is about; but an account
    # may say of itself that it publishes what others wrote ("Blog editor").
    is_others = is_told or not all(map(is_nobody, said.named_staff))
    least = LISTED - is_told if is_others and not said.people else LISTED + 1
    return "byline-by" if shape in (BY, COMMA_BY) else "byline-known", least


def _is_about(split: Split) -> bool:
    """Say whether people are what a title is about: presented in it, or makers of some work."""
    if split.shape in shapes.LEADS:
        return split.rest[0].islower()  # "Ada Moss: a life in the shed"
    if split.shape != BY:
        return bool(_SUBJECT.search(split.rest))
    return len(split.rest.split()) < 3 or bool(_WORK.search(split.rest))


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
            fixups.append(_authored((name,), several.names, "byline-split"))
            names.extend(several.names)
        else:
            names.append(text)
    return tuple(dict.fromkeys(n for n in names if n)), tuple(fixups)


@lru_cache(maxsize=16)
def _blog(habit: BylineHabit) -> _Blog:
    used = {shape.name: shape for shape in habit.shapes if shape.is_used}
    sets = map(frozenset, (habit.known, habit.accounts, habit.alike, habit.fixed))
    return _Blog(habit.is_set, used, *sets)


def _sorted(names: tuple[str, ...], staff: frozenset[str], blog: _Blog) -> _Declared:
    told = tuple(name for name in names if is_staff(name, staff))
    accounts = tuple(n for n in names if n in told or keyed_name(n) in blog.accounts)
    persons = tuple(name for name in names if name not in accounts)
    return _Declared(names, persons, accounts, told)


def _settled(said: _Declared, found: tuple[str, ...], off: frozenset[str]) -> tuple[str, ...]:
    """Return the authors: a byline's people, spelt as declared, then who was declared with them."""
    if not found and said.people and "byline-staff" not in off:
        return tuple(name for name in said.all if name not in said.named_staff)
    spelt = {plain(name): name for name in said.people}
    named = dict.fromkeys(spelt.get(plain(name), name) for name in found)
    is_alone = named and named.keys().isdisjoint(said.people) and "byline-account" not in off
    authors = tuple(named if is_alone else named | dict.fromkeys(said.people))
    if "byline-staff" in off:
        return tuple(dict.fromkeys((*authors, *said.staff)))
    return authors or tuple(name for name in said.staff if not is_nobody(name))


def _given_way(said: _Declared, authors: tuple[str, ...], rule: str) -> str:
    """Return the rule that explains why the authors are not those declared."""
    if not set(said.people) <= set(authors):
        return "byline-account"
    return (rule or "byline-tidy") if set(said.staff) <= set(authors) else "byline-staff"


def _shown(
    authors: tuple[str, ...], aliases: Mapping[str, str] | None, off: frozenset[str]
) -> tuple[str, ...]:
    if not aliases or not authors or "alias" in off:
        return authors
    keyed = {key(written): shown for written, shown in aliases.items()}
    return tuple(dict.fromkeys(aliases.get(n) or keyed.get(keyed_name(n)) or n for n in authors))

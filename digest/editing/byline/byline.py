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
from collections.abc import Mapping
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
    is_person,
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
    "byline-tidy": "a mail address, a “By” or a repetition in a declared author's name goes",
    "alias": "a name is shown as the newsletter's configuration says",
}
"""The rules that can be switched off by name, and what each does."""

_MOST_BYLINES = 3  # a label, a byline, and another one
_SAID_TWICE = frozenset((BY, COMMA_BY, *shapes.TAILS))
_CREATOR_BY = regex(r"(?i:by|von|par|por)\s*:?\s+(?=[^\W\d_a-z])")
_CREATOR_MAIL = regex(r"[^\s@()<>]{1,64}@[^\s()<>]{1,190}\s*\(([^()]{2,80})\)")
_SEVERAL = regex(r"[,;&]|\s(?:and|und|et|y|e)\s")
# Whose “by” is not the post's: a book, a film, a quotation.
_WORK = regex(
    r"\b(?:review|book|novel|film|album|poem|read|reading|reads|play|painting|portrait|song)\b"
    r"|[”\"’»']\s*$",
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


class _Authors(NamedTuple):
    """Hold declared authors: people, accounts that give way, and those that always do ("admin")."""

    declared: tuple[str, ...]
    people: tuple[str, ...]
    staff: tuple[str, ...]
    nobodies: tuple[str, ...]


class _Blog(NamedTuple):
    """Hold what is known of the blog when one title is read."""

    is_set: bool
    shapes: dict[str, Shape]
    known: frozenset[str]
    accounts: frozenset[str]
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
    names, fixups = _tidy(declared, split="byline-split" not in off)
    blog = _blog(habit)
    known = _sorted(names, staff, blog)
    desk = _Desk(known, blog, off)
    text = desk.stripped(title)
    found, rule = desk.names, desk.rule
    if not found and "byline-text" not in off and _may_begin_texts(known, blog):
        said = first_named(summary) or first_named(body)
        found, rule = _tidy(said, split=False)[0], "byline-text"
    authors = _settled(known, found, off)
    if authors not in (declared, names if fixups else declared):
        why = _given_way(known, authors, rule)
        desk.note("authors", ", ".join(declared), ", ".join(authors), why)
    shown = _shown(authors, aliases, off)
    if shown != authors:
        desk.note("authors", ", ".join(authors), ", ".join(shown), "alias")
    return Reading(title=text, authors=shown, fixups=(*fixups, *desk.fixups))


@lru_cache(maxsize=16)
def _blog(habit: BylineHabit) -> _Blog:
    used = {shape.name: shape for shape in habit.shapes if shape.is_used}
    sets = (habit.known, habit.accounts, habit.alike, habit.fixed)
    return _Blog(habit.is_set, used, *map(frozenset, sets))


def _may_begin_texts(known: _Authors, blog: _Blog) -> bool:
    """Say whether first words may name the author: nobody real is declared, or it is a habit."""
    is_habit = shapes.TEXT_BY in blog.shapes
    if known.people:
        return is_habit and len(blog.known) > len(known.people)
    return is_habit or not blog.is_set


class _Desk:
    """Carries one title through the steps, and keeps whom it names and what changed."""

    def __init__(self, known: _Authors, blog: _Blog, off: frozenset[str]) -> None:
        self.names: tuple[str, ...] = ()
        self.rule = ""
        self.fixups: list[Fixup] = []
        self._known = known
        self._own = frozenset(map(plain, known.people))
        self._blog = blog
        self._off = off
        self._is_guests = False

    def note(self, field: str, raw: str, value: str, rule: str) -> None:
        """Record one change."""
        self.fixups.append(Fixup(field=field, raw=raw, value=value, rule=rule))

    def stripped(self, title: str) -> str:
        """Take labels and bylines out of a title until none is left."""
        for _ in range(_MOST_BYLINES):
            rest = self._unlabelled(title) or self._unnamed(title)
            if not rest or rest == title:
                break
            title = rest
        return title

    def _unlabelled(self, title: str) -> str:
        rest = "" if "byline-label" in self._off else shapes.unlabelled(title)
        self._is_guests = self._is_guests or bool(rest)
        return self._taken(title, rest, "byline-label", ()) if rest else ""

    def _unnamed(self, title: str) -> str:
        """Return the title without its byline, if one of its splits is one in this blog."""
        lead, core = shapes.framed(title, self._blog.fixed)
        for split in shapes.splits(core):
            found = people(split.phrase)
            is_fixed = split.rest in self._blog.fixed
            is_sure = found and (not is_fixed or found.grade == LISTED)  # no "Closing – Sheds 2020"
            rule = self._rule(split, found) if found and is_sure else ""
            if not found or not rule or rule in self._off:
                continue
            if self.rule and rule == "byline-learnt":
                break  # what is left of a title may look as if it had another
            rest = f"{lead}{split.rest}"
            # All of a title stays where only the name tells it from another.
            is_alike = is_fixed or rest.casefold() in self._blog.alike - {title.casefold()}
            return self._taken(title, title if is_alike else rest, rule, found.names)
        return ""

    def _taken(self, title: str, rest: str, rule: str, names: tuple[str, ...]) -> str:
        self.names = tuple(dict.fromkeys((*_tidy(names, split=False)[0], *self.names)))
        self.rule = self.rule or (rule if names else "")
        if rest != title:
            self.note("title", title, rest, rule)
        return rest

    def _rule(self, split: Split, found: People) -> str:
        """Return the rule by which a split is a byline, or nothing."""
        names = frozenset(map(plain, found.names))
        is_habit = split.shape in self._blog.shapes
        if self._blog.is_set and not is_habit:
            return ""
        if split.shape in shapes.SURE:
            return "byline-by" if found.grade >= _least(split, found) else ""
        if split.shape in _SAID_TWICE and names <= self._own:
            return "" if _is_subject(split) else "byline-known"
        if is_habit:
            return "byline-learnt" if self._fits(split, found, names) else ""
        if self._known.people or not self._is_sure_alone(split, found, names):
            return ""  # where a person is declared, another in the title is what the post is about
        return "byline-by" if split.shape in (BY, COMMA_BY) else "byline-known"

    def _fits(self, split: Split, found: People, names: frozenset[str]) -> bool:
        """Say whether people stand where the blog's convention has its authors."""
        is_known = names <= self._blog.known
        if self._blog.shapes[split.shape].is_plain:
            return is_known or found.grade > SINGLE
        is_about = _is_portrait(split) or (split.shape == shapes.STOP and _is_subject(split))
        is_work = split.shape == BY and _is_made(split)
        return not is_about and not is_work and (is_known or found.grade >= SHAPED)

    def _is_sure_alone(self, split: Split, found: People, names: frozenset[str]) -> bool:
        """Say whether people are authors without any convention: known ones, or others' guests."""
        has_by = split.shape in (BY, COMMA_BY)
        if found.grade < SHAPED or (has_by and _is_made(split) and not self._is_guests):
            return False
        # "Guest post: Sheds by Ada Moss"
        if split.shape == COMMA_BY or names <= self._blog.known or (self._is_guests and has_by):
            return True
        # An account that says of itself that it publishes what others wrote ("Blog editor").
        is_others = any(not is_nobody(name) for name in self._known.nobodies)
        return is_others and found.grade == LISTED and _leaves_title(split)


def _least(split: Split, found: People) -> int:
    """Return how sure names have to be: "Finding my feet. By Jacqui", but no "By the sea: …"."""
    if split.shape == shapes.BY_FIRST or len(found.names) > 1:
        return SHAPED
    return SINGLE if split.is_ended else WORDY


def _leaves_title(split: Split) -> bool:
    """Say whether what a byline would leave is a title, and no portrait's: "A B: a life at sea"."""
    is_about = _is_portrait(split) or _is_subject(split) or _is_made(split)
    return len(split.rest.split()) > 3 and not is_about


def _is_portrait(split: Split) -> bool:
    """Say whether what follows a name only says who it was: "Ada Moss: a life in the shed"."""
    return split.shape in shapes.LEADS and split.rest[0].islower()


def _is_subject(split: Split) -> bool:
    """Say whether what is left of a title only presents a person."""
    return len(split.rest.split()) < 3 or bool(_SUBJECT.search(split.rest))


def _is_made(split: Split) -> bool:
    """Say whether a work or a deed stands before "by": "Led by", "On reading “Ikiru” by"."""
    words = split.rest.split()
    last = fold(words[-1].strip("“”\"'’‘"))
    is_deed = last.endswith("ed") or last in entries("made")
    return is_deed or len(words) < 3 or bool(_WORK.search(split.rest))


# ---------------------------------------------------------------- declared, and who wins


@lru_cache(maxsize=4096)
def _tidy(declared: tuple[str, ...], *, split: bool) -> tuple[tuple[str, ...], tuple[Fixup, ...]]:
    """Return declared names one by one: "By A B and C D" and "post@… (A B)" are people too."""
    names: list[str] = []
    fixups: list[Fixup] = []
    for name in declared:
        text = " ".join(name.split())
        if "@" in text and (mail := _CREATOR_MAIL.fullmatch(text)):
            text = mail[1].strip()
        if (by := _CREATOR_BY.match(text)) and people(text[by.end() :]):
            text = text[by.end() :]
        several = people(text) if split and _SEVERAL.search(text) else None
        # A place with commas is no list of authors: each of them bears a known given name.
        if several and len(several.names) > 1 and several.grade == LISTED:
            said = ", ".join(several.names)
            fixups.append(Fixup(field="authors", raw=name, value=said, rule="byline-split"))
            names.extend(several.names)
        else:
            names.append(text)
    return tuple(dict.fromkeys(n for n in names if n)), tuple(fixups)


def _sorted(names: tuple[str, ...], staff: frozenset[str], blog: _Blog) -> _Authors:
    nobodies = tuple(n for n in names if is_staff(n, staff))
    accounts = tuple(n for n in names if n in nobodies or keyed_name(n) in blog.accounts)
    persons = tuple(n for n in names if n not in accounts)
    return _Authors(declared=names, people=persons, staff=accounts, nobodies=nobodies)


def _settled(known: _Authors, found: tuple[str, ...], off: frozenset[str]) -> tuple[str, ...]:
    """Return the authors out of those declared and those found."""
    real = _merged(known.people, found, keep_all="byline-account" in off)
    if "byline-staff" in off:
        return tuple(dict.fromkeys((*real, *known.staff)))
    if not found and known.people:
        return tuple(n for n in known.declared if n not in known.nobodies)
    return real or tuple(n for n in known.staff if not is_nobody(n))


def _merged(
    declared: tuple[str, ...], found: tuple[str, ...], *, keep_all: bool
) -> tuple[str, ...]:
    """Return a byline's people, spelt as declared, then who was declared with them."""
    spelt = {plain(name): name for name in declared}
    named = dict.fromkeys(spelt.get(plain(name), name) for name in found)
    is_shared = keep_all or not named or not named.keys().isdisjoint(declared)
    return tuple(named | dict.fromkeys(declared)) if is_shared else tuple(named)


def _given_way(known: _Authors, authors: tuple[str, ...], rule: str) -> str:
    """Return the rule that explains why the authors are not those declared."""
    if not set(known.people) <= set(authors):
        return "byline-account"
    if not set(known.staff) <= set(authors):
        return "byline-staff"
    return rule or "byline-tidy"


def _shown(
    authors: tuple[str, ...], aliases: Mapping[str, str] | None, off: frozenset[str]
) -> tuple[str, ...]:
    if not aliases or not authors or "alias" in off:
        return authors
    keyed = {key(written): shown for written, shown in aliases.items()}
    return tuple(dict.fromkeys(aliases.get(n) or keyed.get(keyed_name(n)) or n for n in authors))

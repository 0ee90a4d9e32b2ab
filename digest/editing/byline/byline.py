"""Reads who wrote a post: out of its title as its blog writes bylines, and out of what was declared.

A byline is a shape (`shapes`) that the blog is known to use (`learning`) and a phrase that is nothing but
people (`people`). A single title without its blog is read by the sure shapes only. Everything uncertain
stays in the title: a byline too many is worse than a byline too few.

Who wins: a byline is explicit, an account is not. So an account that publishes what others wrote gives
way to it, and after a sure shape so does another person's account, unless that person is one of those the
byline names; then every declared author stays. Accounts that name nobody ("admin") are never shown.

This room refuses to change anything else about a title: series words stay.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from functools import lru_cache
from typing import NamedTuple

from digest.editing.byline.accounts import is_nobody, is_staff, keyed_name
from digest.editing.byline.first_words import opening
from digest.editing.byline.learning import BylineHabit, Shape, is_spoken_of
from digest.editing.byline.people import LISTED, SHAPED, SINGLE, WORDY, People, people, plain
from digest.editing.byline.shapes import (
    BY,
    BY_FIRST,
    COMMA_BY,
    LEADS,
    STOP_BY,
    SURE,
    TEXT_BY,
    Split,
    is_script,
    label,
    splits,
)
from digest.editing.lexicon import entries, fold
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
_CREATOR_BY = re.compile(r"(?i:by|von|par|por)\s*:?\s+(?=[^\W\d_a-z])")
_CREATOR_MAIL = re.compile(r"[^\s@()<>]{1,64}@[^\s()<>]{1,190}\s*\(([^()]{2,80})\)")
_WORK = re.compile(
    r"\b(?:review|book|novel|film|album|poem|read|reading|reads|play|painting|portrait|song)\b|[”\"’»']\s*$",
    re.I,
)
_SUBJECT = re.compile(
    r"\b(?:introducing|meet|remembering|obituary|interview|congratulations|profile|spotlight|welcome|tribute"
    r"|in memoriam|nachruf|hommage)\b",
    re.I,
)


_SAID_TWICE = frozenset((BY, COMMA_BY, "T – N", "T | N", "T (N)"))


class Reading(Value, frozen=True):
    """Hold what was read: the title without byline, the authors as shown, and each change."""

    title: str
    authors: tuple[str, ...]
    fixups: tuple[Fixup, ...] = ()


class _Authors(NamedTuple):
    """Hold declared authors sorted into people and accounts that give way to a byline.

    Of the accounts `nobodies` give way to any person beside them, too.
    """

    people: tuple[str, ...]
    staff: tuple[str, ...]
    nobodies: tuple[str, ...]
    declared: tuple[str, ...]


class _Hit(NamedTuple):
    """Hold what a title is without one byline or label, by which rule, and whom it names."""

    title: str
    rule: str
    names: tuple[str, ...] = ()


class _Blog(NamedTuple):
    """Hold what is known of the blog when one title is read."""

    habit: BylineHabit
    shapes: dict[str, Shape]
    known: frozenset[str]
    accounts: frozenset[str]
    common: frozenset[str]
    alike: frozenset[str]


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

    `title` is plain text; `declared` are authors as the source said; `staff` holds `key()`s of names that
    give way to a byline, the site's own among them; `summary`, or else `body`, may begin with a byline of
    its own; `habit` is how the blog names authors. A rule in `off` is not applied. Reading the result again
    changes nothing, and the title never grows.

    >>> read("Five plants. By Ada Moss and Bo Clay", declared=("admin",)).authors
    ('Ada Moss', 'Bo Clay')
    >>> read("Learning by doing", declared=("Ada Moss",)).title
    'Learning by doing'

    Raises:
        nothing.
    """
    fixups: list[Fixup] = []
    names, splits_made = _tidy(declared, split="byline-split" not in off)
    fixups.extend(splits_made)
    blog = _blog(habit)
    known = _sorted(names, staff, blog)
    text, found, rule = _strip(title, known, f"{summary[:600]}\n{body[:600]}", blog, fixups, off)
    if not found and "byline-text" not in off:
        found, rule = _in_text(known, summary, body, blog), "byline-text"
    authors = _settled(known, found, off)
    if authors not in (declared, names if splits_made else declared):
        why = _given_way(known, authors, rule)
        fixups.append(
            Fixup(field="authors", raw=", ".join(declared), value=", ".join(authors), rule=why)
        )
    shown = _shown(authors, aliases, off)
    if shown != authors:
        fixups.append(
            Fixup(field="authors", raw=", ".join(authors), value=", ".join(shown), rule="alias")
        )
    return Reading(title=text, authors=shown, fixups=tuple(fixups))


@lru_cache(maxsize=16)
def _blog(habit: BylineHabit) -> _Blog:
    return _Blog(
        habit=habit,
        shapes={shape.name: shape for shape in habit.shapes},
        known=frozenset(habit.known),
        accounts=frozenset(habit.accounts),
        common=frozenset(habit.common),
        alike=frozenset(habit.alike),
    )


# ---------------------------------------------------------------- the title


def _strip(
    title: str, known: _Authors, text: str, blog: _Blog, fixups: list[Fixup], off: frozenset[str]
) -> tuple[str, tuple[str, ...], str]:
    """Take bylines and labels out of a title until none is left, so that reading again changes nothing."""
    names: tuple[str, ...] = ()
    rule = ""
    is_guests = False
    for _ in range(_MOST_BYLINES):
        hit = _labelled(title, off) or _named(title, known, text, blog, off, is_guests=is_guests)
        if hit is None or (rule and hit.rule == "byline-learnt"):
            break
        is_guests = is_guests or hit.rule == "byline-label"
        names = tuple(dict.fromkeys((*hit.names, *names)))
        rule = rule or (hit.rule if hit.names else "")
        if hit.title == title:
            break
        fixups.append(Fixup(field="title", raw=title, value=hit.title, rule=hit.rule))
        title = hit.title
    return title, names, rule


def _labelled(title: str, off: frozenset[str]) -> _Hit | None:
    if "byline-label" in off or (found := label(title)) is None:
        return None
    named = people(found.phrase) if found.phrase else None
    if found.phrase and named is None:
        return None
    return _Hit(found.rest, "byline-label", named.names if named else ())


def _named(
    title: str, known: _Authors, text: str, blog: _Blog, off: frozenset[str], *, is_guests: bool
) -> _Hit | None:
    """Return the title without the byline it holds, if one of its splits is one in this blog."""
    own = frozenset(plain(name) for name in known.people)
    for split in splits(title):
        found = _people_in(split, blog)
        if found is None:
            continue
        rule = _rule(split, found, own, known, text, blog, is_guests=is_guests)
        if rule and rule not in off:
            # Where only the name tells two titles apart, it is read and stays.
            rest = title if _is_told_apart(split, title, blog) else split.rest
            return _Hit(rest, rule, found.names)
    return None


def _people_in(split: Split, blog: _Blog) -> People | None:
    if is_script(split.phrase) and split.shape == STOP_BY:
        is_short = len(split.phrase) <= 40 and len(split.phrase.split()) <= 5
        return People(names=(split.phrase,), grade=SHAPED) if is_short else None
    return people(split.phrase, blog.common)


def _is_told_apart(split: Split, title: str, blog: _Blog) -> bool:
    """Say whether only the name tells this title from another of the blog."""
    rest = split.rest.casefold()
    return rest in blog.alike and rest != title.casefold()


def _rule(
    split: Split,
    found: People,
    own: frozenset[str],
    known: _Authors,
    text: str,
    blog: _Blog,
    *,
    is_guests: bool,
) -> str:
    """Return the rule by which a split is a byline, or nothing."""
    if blog.habit.is_set and not _is_habit(split, blog):
        return ""
    names = [plain(name) for name in found.names]
    if split.shape in SURE:
        # "Von Mensch zu Mensch: …" begins as a byline does.
        least = LISTED if split.shape == BY_FIRST else WORDY
        return "byline-by" if found.grade >= least or _is_given_alone(found, split) else ""
    if all(name in own for name in names) and split.shape in _SAID_TWICE:
        is_subject = _SUBJECT.search(split.rest) or len(split.rest.split()) < 3
        return "" if is_subject else "byline-known"
    if known.people and not _is_habit(split, blog):
        return ""  # a person is declared: whoever stands in the title is what the post is about
    if _is_habit(split, blog) and _fits(split, found, names, text, blog):
        return "byline-learnt"
    if is_guests and split.shape in (BY, COMMA_BY) and found.grade >= SHAPED:
        return "byline-by"
    if not known.people and _is_sure_alone(split, found, names, text, known, blog):
        return "byline-by" if split.shape in (BY, COMMA_BY) else "byline-known"
    return ""


def _is_habit(split: Split, blog: _Blog) -> bool:
    shape = blog.shapes.get(split.shape)
    return shape is not None and shape.is_used


def _fits(split: Split, found: People, names: list[str], text: str, blog: _Blog) -> bool:
    """Say whether people stand where the blog's convention has its authors."""
    if blog.shapes[split.shape].is_plain or blog.habit.is_set:
        return found.grade > SINGLE or all(name in blog.known for name in names)
    if is_spoken_of(found.names, text) or (split.shape == BY and _is_made(split.rest)):
        return False
    return found.grade >= SHAPED or all(name in blog.known for name in names)


def _is_sure_alone(
    split: Split, found: People, names: list[str], text: str, known: _Authors, blog: _Blog
) -> bool:
    """Say whether a single title is a byline's although its blog has no such convention."""
    if (
        found.grade < SHAPED
        or is_spoken_of(found.names, text)
        or (split.shape == BY and _is_made(split.rest))
    ):
        return False
    if split.shape == COMMA_BY and not _is_made(split.rest):
        return True
    if all(name in blog.known for name in names):
        return True
    # An account that says of itself that it publishes what others wrote, and a well-known given name.
    is_others = any(not is_nobody(name) for name in known.nobodies)
    is_lead = split.shape in LEADS and split.rest[0].islower()  # "A B: a life in nursing"
    is_whole = len(split.rest.split()) > 3 and not is_lead and not _SUBJECT.search(split.rest)
    return is_others and is_whole and found.grade == LISTED and not _is_made(split.rest)


def _is_made(head: str) -> bool:
    """Say whether what stands before "by" is a work or a deed: "Led by", "On reading “Ikiru” by"."""
    words = head.split()
    last = fold(words[-1].strip("“”\"'’‘"))
    is_deed = last.endswith("ed") or last in entries("made")
    return is_deed or len(words) < 3 or bool(_WORK.search(head))


def _is_given_alone(found: People, split: Split) -> bool:
    """Say whether one name alone can be a byline: "Finding my feet. By Jacqui"."""
    return found.grade == SINGLE and split.shape == STOP_BY and len(found.names) == 1


# ---------------------------------------------------------------- the text


def _in_text(known: _Authors, summary: str, body: str, blog: _Blog) -> tuple[str, ...]:
    """Return whom the text's first words name as its authors, where no real author is declared."""
    shape = blog.shapes.get(TEXT_BY)
    is_habit = shape is not None and shape.is_used
    if known.people and not (is_habit and len(blog.known) > len(known.people)):
        return ()
    if blog.habit.is_set and not is_habit:
        return ()
    said = opening(summary)[1] or opening(body)[1]
    return _tidy(said, split=False)[0]


# ---------------------------------------------------------------- what the source declared


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
        several = _several(text) if split else ()
        if several:
            fixups.append(
                Fixup(field="authors", raw=name, value=", ".join(several), rule="byline-split")
            )
        names.extend(several or (text,))
    return tuple(dict.fromkeys(n for n in names if n)), tuple(fixups)


def _several(name: str) -> tuple[str, ...]:
    """Return the people of a name that is several people's, else nothing.

    A place with commas is no list of authors: every one of them has to bear a known given name.
    """
    if not re.search(r"[,;&]|\s(?:and|und|et|y|e)\s", name):
        return ()
    found = people(name)
    return found.names if found and len(found.names) > 1 and found.grade == LISTED else ()


def _sorted(names: tuple[str, ...], staff: frozenset[str], blog: _Blog) -> _Authors:
    nobodies = tuple(n for n in names if is_staff(n, staff))
    accounts = tuple(n for n in names if n in nobodies or keyed_name(n) in blog.accounts)
    persons = tuple(n for n in names if n not in accounts)
    return _Authors(people=persons, staff=accounts, nobodies=nobodies, declared=names)


# ---------------------------------------------------------------- who wins


def _settled(known: _Authors, found: tuple[str, ...], off: frozenset[str]) -> tuple[str, ...]:
    """Return the authors out of those declared and those found in the title."""
    real = _merged(found, known.people, keep_all="byline-account" in off)
    if "byline-staff" in off:
        return tuple(dict.fromkeys((*real, *known.staff)))
    if not found and known.people:
        return tuple(n for n in known.declared if n not in known.nobodies)
    return real or tuple(n for n in known.staff if not is_nobody(n))


def _merged(
    found: tuple[str, ...], declared: tuple[str, ...], *, keep_all: bool
) -> tuple[str, ...]:
    """Return the byline's people in its order, spelt as declared; then those declared beside them."""
    spelt = {plain(name): name for name in declared}
    if not found:
        return declared
    shared = any(plain(name) in spelt for name in found)
    ordered = [spelt.get(plain(name), name) for name in found]
    return tuple(dict.fromkeys((*ordered, *(declared if shared or keep_all else ()))))


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
    keyed = _keyed(tuple(aliases.items()))
    return tuple(dict.fromkeys(aliases.get(n) or keyed.get(keyed_name(n)) or n for n in authors))


@lru_cache(maxsize=8)
def _keyed(aliases: Iterable[tuple[str, str]]) -> dict[str, str]:
    return {key(written): shown for written, shown in aliases}


__all__ = ["RULES", "Reading", "read"]

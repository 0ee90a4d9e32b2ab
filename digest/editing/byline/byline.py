"""Reads who wrote a post: out of its title where a byline stands there, and out of what the source declared.

A byline is where the name stands (after "By", after the title's full stop, after a bar, in
brackets) and a phrase that is nothing but people (`names`). Both have to hold, the second the more
strictly the weaker the first; where subjects stand as often as authors do, the text has to bear it
out (`voices`). Everything uncertain stays in the title: a byline too many is worse than a byline
too few.

Who wins: a byline in the title is explicit, an account is not. So a staff account gives way to it,
and so does another person's account (rule "byline-account"), unless that person is one of those the
byline names; then every declared author stays. Where the title has no byline, what was declared
stands. Accounts that name nobody ("admin") are never shown. Honorifics stay in a name; letters
after it, professions and handles do not. A guest ("In conversation with Dr X") is no author and
stays in the title.

This room refuses to change anything else about a title: series words stay.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from functools import lru_cache

from digest.editing.byline.accounts import is_nobody, is_staff, keyed_name
from digest.editing.byline.attribution import Found, find
from digest.editing.byline.names import KNOWN, SHAPED, people, plain, weigh
from digest.editing.byline.openings import opening
from digest.editing.lexicon import entries, fold, has_any, is_given, is_surname, is_word
from digest.models import Fixup, Value, key

RULES: dict[str, str] = {
    "byline-by": "“Title. By A B”, “Title by A B”: the name is an author and leaves the title",
    "byline-bare-name": "“Title. A B”, “Title | A B”, “Title – A B”: a name alone is its author",
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

_MAX_TITLE = (
    400  # characters; nothing longer is a title with a byline, and no pattern is tried on it
)

_CREATOR_BY = re.compile(r"(?:by|von|par|por)\s*:?\s+(?=\S)", re.I)
_CREATOR_MAIL = re.compile(r"[^\s@()<>]{1,64}@[^\s()<>]{1,190}\s*\(([^()]{2,80})\)")
_GUEST = re.compile(
    r"\b(?:in conversation with|(?:an? )?(?:interview|conversation|q ?& ?a|q and a|chat) with"
    r"|(?:five|ten|\d{1,2}) (?:minutes|questions) (?:with|for)|im gespräch mit|entretien avec"
    r"|entrevista (?:con|a))"
    r":?\s+([^:|–—?!]{3,80})",
    re.I,
)


_GUEST_HINTS = (" with", "minutes", "questions", "gespräch", "entretien", "entrevista")


class Reading(Value, frozen=True):
    """Hold what was read: the title without byline, the authors as shown, and each change.

    `guest` is who is talked with, where the title says so.
    """

    title: str
    authors: tuple[str, ...]
    fixups: tuple[Fixup, ...] = ()
    guest: str = ""


class _Authors(Value, frozen=True):
    """Hold declared authors sorted into people and accounts that give way."""

    people: tuple[str, ...]
    staff: tuple[str, ...]


def read(
    title: str,
    *,
    declared: tuple[str, ...],
    summary: str = "",
    body: str = "",
    staff: frozenset[str] = frozenset(),
    aliases: Mapping[str, str] | None = None,
    off: frozenset[str] = frozenset(),
) -> Reading:
    """Return a title without its byline, and the post's authors.

    `title` is plain text; `declared` are authors as the source said; `staff` holds `key()`s of
    names that give way to a byline, the site's own among them; `summary`, or else `body`, can
    confirm a name that stands alone, and may begin with a byline of its own. A rule in `off` is not
    applied. Reading the result again changes nothing, and the title never grows.

    >>> read("Five plants. By Ada Moss and Bo Clay", declared=("admin",)).authors
    ('Ada Moss', 'Bo Clay')
    >>> read("Learning by doing", declared=("Ada Moss",)).title
    'Learning by doing'

    Raises:
        nothing.
    """
    fixups: list[Fixup] = []
    names, splits = _tidy(declared, split="byline-split" not in off)
    fixups.extend(splits)
    known = _sort(names, staff)
    start = f"{summary[:300]}\n{body[:500]}" if body else summary
    has_author = any(_is_person(name) for name in known.people)
    text, found, rule = _strip(title, known, start, staff, fixups, off, has_author=has_author)
    if not found and not has_author and "byline-text" not in off:
        said = opening(summary)[1] or opening(body)[1]
        found, rule = _tidy(said, split=False)[0], "byline-text"
    authors = _settle(known, found, off)
    if authors not in (declared, names if splits else declared):
        why = _given_way(known, authors, rule)
        fixups.append(
            Fixup(field="authors", raw=", ".join(declared), value=", ".join(authors), rule=why)
        )
    shown = _shown(authors, aliases, off)
    if shown != authors:
        fixups.append(
            Fixup(field="authors", raw=", ".join(authors), value=", ".join(shown), rule="alias")
        )
    return Reading(title=text, authors=shown, fixups=tuple(fixups), guest=_guest(text))


def _strip(
    title: str,
    known: _Authors,
    summary: str,
    staff: frozenset[str],
    fixups: list[Fixup],
    off: frozenset[str],
    *,
    has_author: bool,
) -> tuple[str, tuple[str, ...], str]:
    """Take bylines and labels out of a title until none is left, so that reading again changes nothing."""
    names: tuple[str, ...] = ()
    rule = ""
    if len(title) > _MAX_TITLE:
        return title, names, rule
    certain = frozenset(plain(name) for name in known.people)
    while hit := find(title, certain, has_author=has_author, summary=summary, staff=staff, off=off):
        fixups.append(Fixup(field="title", raw=title, value=hit.title, rule=hit.rule))
        title, rule = hit.title, rule or (hit.rule if hit.names else "")
        real = tuple(n for n in _tidy(hit.names, split=False)[0] if not is_staff(n, staff))
        names = (*real, *(n for n in names if plain(n) not in {plain(r) for r in real}))
        certain |= frozenset(plain(name) for name in real)
    return title, names, rule


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
        if (
            (by := _CREATOR_BY.match(text))
            and not text[by.end()].islower()
            and people(text[by.end() :])
        ):
            text = text[by.end() :]
        several = _split(text) if split else ()
        if several:
            fixups.append(
                Fixup(field="authors", raw=name, value=", ".join(several), rule="byline-split")
            )
        names.extend(several or (text,))
    return tuple(dict.fromkeys(n for n in names if n)), tuple(fixups)


def _split(name: str) -> tuple[str, ...]:
    """Return the people of a name that is several people's, else nothing."""
    if not (" and " in name or " & " in name or "," in name or ";" in name):
        return ()
    found = people(name)
    return found.names if found and len(found.names) > 1 and found.least >= KNOWN else ()


@lru_cache(maxsize=4096)
def _is_person(name: str) -> bool:
    """Say whether a declared name is no society's or library's, as accounts often are called."""
    *others, last = name.split()
    folded = fold(last)
    if not others:
        return is_given(folded) or not is_word(folded)  # "Chambers" is no person's account
    if folded in entries("organisations") or any(
        token.endswith(("’", "'", "’s", "'s")) for token in others
    ):
        return False
    weight = weigh(name)
    is_word_last = folded in entries("roles") or (is_word(folded) and not is_surname(folded))
    return weight > SHAPED or (weight == SHAPED and not is_word_last)


def _sort(names: tuple[str, ...], staff: frozenset[str]) -> _Authors:
    accounts = tuple(n for n in names if is_staff(n, staff))
    return _Authors(people=tuple(n for n in names if n not in accounts), staff=accounts)


# ---------------------------------------------------------------- who wins


def _settle(known: _Authors, found: tuple[str, ...], off: frozenset[str]) -> tuple[str, ...]:
    """Return the authors out of those declared and those found in the title."""
    real = _merged(found, known.people, keep_all="byline-account" in off)
    if "byline-staff" in off:
        return tuple(dict.fromkeys((*real, *known.staff)))
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


def _guest(title: str) -> str:
    """Return who a title says is talked with, or nothing."""
    if len(title) > _MAX_TITLE or not has_any(title.casefold(), _GUEST_HINTS):
        return ""
    if not (talk := _GUEST.search(title)):
        return ""
    phrase = talk[1].strip()
    for candidate in (phrase, re.split(r",|\.\s| on | about | - ", phrase, maxsplit=1)[0]):
        if found := people(candidate.strip(" .”’\"')"), roles=True):
            return " and ".join(found.names)
    return ""


__all__ = ["RULES", "Found", "Reading", "read"]

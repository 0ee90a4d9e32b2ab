"""Reads who wrote a post: out of its title as its blog writes bylines, and what was declared.

A byline is a shape (`shapes`) that the blog is known to use (`learning`) and a phrase that is
nothing but people (`people`). Everything uncertain stays in the title. A byline is explicit, an
account is not: it gives way, a person's too, unless the byline names that person; then every
declared author stays. Accounts that name nobody ("admin") are never shown.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import lru_cache
from itertools import chain
from typing import NamedTuple

from digest.editing.byline import people as names
from digest.editing.byline import shapes, texts
from digest.editing.byline.learning import BylineHabit, Shape
from digest.editing.byline.people import LISTED, SHAPED, SINGLE, WORDY, People, people, plain
from digest.editing.lexicon import crediting, entries, fold
from digest.lazy import regex
from digest.models import Fixup, Value, key

RULES: dict[str, str] = {
    "byline-by": "“Title. By A B” and “By A B: Title”: the name is an author and leaves the title",
    "byline-learnt": "a name where this blog again and again names its authors leaves the title",
    "byline-known": "a declared author's name at the title's end or beginning is not said twice",
    "byline-text": "“By A B.” at the text's start or end names the author where nothing else does",
    "byline-label": "“Guest post: Title” loses the label",
    "byline-staff": "a staff account gives way to a real author, and “admin” is no author at all",
    "byline-account": "an account's name gives way to a different byline in the title",
    "byline-split": "“A B and C D” declared as one author is two",
    "byline-tidy": "a repetition among declared authors goes",
    "alias": "a name is shown as the newsletter's configuration says",
}
"""The rules that can be switched off by name, and what each does."""

_STAFF = frozenset((names.NOBODY, names.STAFF))
_SAID_TWICE = frozenset((shapes.BY, shapes.COMMA_BY, *shapes.TAILS))
_WITHOUT_FRAME = frozenset((*shapes.IN_TITLES, shapes.TEXT_BY))
_SEVERAL, _WORD = regex(r"[,;&]|\s(?:and|und|et|y|e)\s"), regex(r"[^\W\d_]+")
_Names = tuple[str, ...]
_Byline = tuple[str, str, _Names]


class Reading(Value):
    """Hold what was read: the title without byline, the authors as shown, and each change."""

    title: str
    authors: tuple[str, ...]
    fixups: tuple[Fixup, ...] = ()


class _Known(NamedTuple):
    """Hold what each declared author is, which are persons, the blog's habit and its shapes."""

    kinds: dict[str, str]
    people: tuple[str, ...]
    habit: BylineHabit
    used: Mapping[str, Shape]


def read(
    title: str,
    *,
    declared: tuple[str, ...],
    summary: str = "",
    body: str = "",
    ending: str = "",
    staff: frozenset[str] = frozenset(),
    aliases: Mapping[str, str] | None = None,
    off: frozenset[str] = frozenset(),
    habit: BylineHabit = BylineHabit(),  # noqa: B008  (frozen)
) -> Reading:
    """Return a title without its byline, and the post's authors.

    `title` is plain text; `declared` are authors as the source said; `staff` holds `key()`s of
    names that give way to a byline; `summary`, or else `body`, may begin with one, or `ending` tell
    it; `habit` is how the blog names authors, `off` the rules that are not applied.

    >>> read("Five plants. By Ada Moss and Bo Clay", declared=("admin",)).authors
    ('Ada Moss', 'Bo Clay')
    """
    parted = declared if "byline-split" in off else tuple(chain(*map(_parted, declared)))
    known = _known(tuple(dict.fromkeys(" ".join(n.split()) for n in parted)), staff, habit)
    fixups: list[Fixup] = []
    found: dict[str, None] = {}
    why = "byline-tidy"
    for rule, rest, named in _bylines(title, (summary, body, ending), known, off):
        found, why = dict.fromkeys(named) | found, rule
        if rest != title:
            fixups.append(Fixup(field="title", raw=title, value=rest, rule=rule))
            title = rest
    authors = _settled(known, tuple(found), off)
    keyed = {} if "alias" in off else {key(n): shown for n, shown in (aliases or {}).items()}
    shown = tuple(dict.fromkeys(keyed.get(key(name), name) for name in authors))
    if gone := known.kinds.keys() - set(authors):
        why = ("byline-account", "byline-staff")[gone.isdisjoint(known.people)]
    told = ((declared, parted, "byline-split"), (parted, authors, why), (authors, shown, "alias"))
    for before, after, rule in told:
        if after != before:
            raw, value = ", ".join(before), ", ".join(after)
            fixups.append(Fixup(field="authors", raw=raw, value=value, rule=rule))
    return Reading(title=title, authors=shown, fixups=tuple(fixups))


def _bylines(title: str, said: _Names, known: _Known, off: frozenset[str]) -> Iterator[_Byline]:
    """Yield labels and bylines: the rule, the title that is left, and whom it names."""
    left = "" if "byline-label" in off else shapes.unlabelled(title)
    if left:
        yield "byline-label", left, ()
    told, title = _in_text(title, said, known, off), left or title
    if found := _byline(title, known, off, told, is_guests=bool(left)):
        yield found
        # What is left of a title may look as if it had another, or the same.
        now = known._replace(people=(*known.people, *found[2]))
        if more := _byline(found[1], now, off | {"byline-learnt"}, told, is_guests=bool(left)):
            yield more
    elif told := told or (texts.presented(said[0], said[-1], last=3) if left else ()):
        yield "byline-text", title, told


def _in_text(title: str, said: _Names, known: _Known, off: frozenset[str]) -> _Names:
    """Return whom a text names as its author: the summary, or else the body."""
    if "byline-text" in off or (known.habit.is_set and shapes.TEXT_BY not in known.used):
        return ()
    (*starts, ending), is_alone = [*filter(None, said[:-1]), said[-1]], not known.people
    named = (texts.first_named(text, is_alone=is_alone) for text in starts)
    declared = frozenset(map(plain, known.people))
    found = next(filter(None, named), ()) or texts.last_named(ending, declared)
    return found or (is_alone and _framed(title, "".join(starts[:1]), ending, known.used)) or ()


def _framed(title: str, start: str, ending: str, used: Mapping[str, object]) -> _Names:
    """Return whom a text names in words that its blog writes again and again."""
    framed = texts.frames(start, ending) if used.keys() - _WITHOUT_FRAME else ()
    shape, names = next((told for told in framed if told[0] in used and told[1]), ("", ()))
    # Whom a title names, a text may show as its subject.
    return tuple(name for name in names if shape not in texts.EDGES or name not in title)


def _byline(
    title: str, known: _Known, off: frozenset[str], told: tuple[str, ...], *, is_guests: bool
) -> _Byline | None:
    """Return the byline in a title that is likeliest, if there is one."""
    habit = known.habit
    lead, core = shapes.framed(title, habit.fixed)
    # The sure ways to read it come first, then what the blog writes most.
    fits = {n: shape.fits for n, shape in known.used.items()} | dict.fromkeys(shapes.SURE, 10**9)
    for split in sorted(shapes.splits(core), key=lambda s: -fits.get(s.shape, 0)):
        found = split.people
        if found is None or split.phrase in habit.fixed:
            continue
        # Whom a title presents has not written what its text says that somebody else has.
        is_another = told and {*map(plain, told)}.isdisjoint(map(plain, found.names))
        if is_another and split.shape not in shapes.BYS:
            continue
        rule, least = _rule(split, found, known, is_guests=is_guests)
        if rule in off or found.grade < least:
            continue
        rest = f"{lead}{split.rest}"
        # All of a title stays where only the name tells it from another.
        is_alike = rest.casefold() != title.casefold() and rest.casefold() in habit.alike
        return rule, title if is_alike else rest, found.names
    return None


def _rule(split: shapes.Split, found: People, known: _Known, *, is_guests: bool) -> tuple[str, int]:
    """Return the rule by which a split may be a byline, and how sure its names have to be."""
    shape, used = split.shape, known.used.get(split.shape)
    named = frozenset(map(plain, found.names))
    if not used and any((known.habit.is_set, shape in shapes.LEARNT)):
        return "", LISTED + 1
    if shape in shapes.SURE:  # "Finding my feet. By Jacqui", but no "By the sea: …"
        is_sentence = any((shape == shapes.BY_FIRST, len(found.names) > 1))
        return "byline-by", SHAPED if is_sentence else WORDY - split.is_ended
    is_plain = getattr(used, "is_plain", False)  # hardly anything but names stands there
    if not any((is_guests, is_plain)) and _is_about(split):
        return "", LISTED + 1
    if shape in _SAID_TWICE and named.issubset(map(plain, known.people)):
        return "byline-known", SINGLE
    if used:
        # In Chinese words look as names do.
        return "byline-learnt", SHAPED - is_plain * (split.phrase < "㐀")
    # "Ada Moss: …" alone may be about her, who elsewhere writes in this blog.
    is_known = shape not in shapes.LEADS and named.issubset(known.habit.known)
    is_told = any((is_guests, is_known, shape == shapes.COMMA_BY))
    # An account may say of itself that it publishes what others wrote ("Blog editor").
    is_others = any((is_told, names.STAFF in known.kinds.values()))
    least = LISTED - is_told if is_others and not known.people else LISTED + 1
    # Beside a person, others are subjects.
    return ("byline-known", "byline-by")[shape in shapes.BYS], least


def _is_about(split: shapes.Split) -> bool:
    """Say whether people are what a title is about: presented in it, or makers of some work."""
    if split.shape in shapes.LEADS:
        return split.rest[0].islower()  # "Ada Moss: a life in the shed"
    words = list(map(fold, _WORD.findall(split.rest)))
    if split.shape != shapes.BY:  # "Introducing our director – Ada Moss"
        return not entries("subjects").isdisjoint(words)
    is_work = bool(crediting.WORK.search(split.rest)) or not entries("works").isdisjoint(words)
    return is_work or len(words) < 3


@lru_cache(maxsize=4096)
def _parted(name: str) -> tuple[str, ...]:
    """Return declared names one by one: "A B and C D" are two, but no place with a comma."""
    found = people(name) if _SEVERAL.search(name) else None
    parts = found.names if found and found.grade == LISTED else ()
    return parts if len(parts) > 1 else (name,)


def _known(declared: tuple[str, ...], staff: frozenset[str], habit: BylineHabit) -> _Known:
    kinds = {name: names.kind(name, staff) for name in declared if name}
    persons = (n for n, k in kinds.items() if k not in _STAFF and key(n) not in habit.accounts)
    return _Known(kinds, tuple(persons), habit, habit.used)


def _settled(known: _Known, found: tuple[str, ...], off: frozenset[str]) -> tuple[str, ...]:
    """Return the authors: those a byline names, then persons, and accounts where nobody else is."""
    if known.people and not found and "byline-staff" not in off:
        return tuple(name for name, kind in known.kinds.items() if kind not in _STAFF)
    authors = _named(known, found, off)
    if "byline-staff" in off:
        authors |= dict.fromkeys(n for n in known.kinds if n not in known.people)
    return tuple(authors or (n for n, kind in known.kinds.items() if kind != names.NOBODY))


def _named(known: _Known, found: tuple[str, ...], off: frozenset[str]) -> dict[str, None]:
    """Return a byline's people, as declared ("A B, C D" may be one), then who was beside them."""
    parts = ((name, getattr(people(name), "names", (name,))) for name in known.people)
    spelt = {plain(part): name for name, beside in parts for part in beside}
    named = dict.fromkeys(spelt.get(plain(n), n) for n in found)
    is_alone = named and named.keys().isdisjoint(known.people) and "byline-account" not in off
    return named if is_alone else named | dict.fromkeys(known.people)

"""Learns from all titles of a blog how it writes bylines, without a dictionary of its authors.

For each shape it is counted how many titles fit, how many different people stand there, how many
bear a common given name, and whether the text speaks of them as its subject. What a blog does again
and again with different people is its convention, and holds for names that no list knows.
"""

from __future__ import annotations

import itertools
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from typing import NamedTuple

from digest.editing.byline import shapes, texts
from digest.editing.byline.people import LISTED, PERSON, SHAPED, SINGLE, People, kind, people, plain
from digest.editing.lexicon import crediting, fold, is_given, parting
from digest.models import Value, key

# Posts and people that make a convention; how often few come again; and many, whatever their names.
_LEAST, _AGAIN, _MANY = 3, 2.5, 8
# Shares: names in their place, given names; of titles with names where few posts have an author.
_SURE, _KNOWN, _NOTED, _FEW, _NEARLY = 0.6, 0.3, 0.4, 0.1, 0.8
_RARE = {texts.PORTRAIT: 0.05, texts.SIGNED: 0.05, texts.HEADED: 0.2, texts.ENDED: 0.2}
_RARE |= {shapes.ANY_BY: 0.4, shapes.BY_ANY: 0.4, shapes.TEXT_ANY: 0.125}
_ORDER = {name: number for number, name in enumerate(shapes.SHAPES)}
_MOST_KNOWN, _MOST_LINE = 2_000, 15  # people kept; words of a line that says whose a text is


class Seen(Value):
    """Hold what is learnt from one post: title, first and last words as plain text, and authors."""

    title: str
    authors: tuple[str, ...] = ()
    opening: str = ""
    ending: str = ""


class Shape(Value):
    """Tell how many titles fit a shape, if it is a convention, and if hardly others have it."""

    name: str
    fits: int = 0
    is_used: bool = False
    is_plain: bool = False


class BylineHabit(Value):
    """Hold how a blog names authors.

    `known` are its authors (`plain`), `accounts` the keys of those that publish what others wrote,
    `alike` what would be left of two titles or more, `fixed` the pieces that many titles have.
    """

    titles: int = 0
    shapes: tuple[Shape, ...] = ()
    known: tuple[str, ...] = ()
    accounts: tuple[str, ...] = ()
    alike: tuple[str, ...] = ()
    fixed: tuple[str, ...] = ()
    is_set: bool = False

    @property
    def used(self) -> dict[str, Shape]:
        """Return the blog's own shapes by their names."""
        return {shape.name: shape for shape in self.shapes if shape.is_used}


class _Fit(NamedTuple):
    """Hold one title that fits a shape: what it leaves, whom it names, and its post."""

    rest: str
    found: People
    names: frozenset[str]
    seen: Seen
    is_free: bool  # nobody is declared but accounts


def learn(
    posts: Sequence[Seen], *, staff: frozenset[str] = frozenset(), told: str = ""
) -> BylineHabit:
    """Return a blog's way with bylines; `told` is the shape that was configured ("off": none)."""
    persons, accounts, unsure = _declared(posts, staff)
    fixed = sorted(_fixed(posts))
    fits, marked = _fits(posts, frozenset(fixed), accounts | unsure)
    bearing = {*fits} - _noting(fits, posts) | {told} - {"", "off"}
    # The surer shapes come first, and last the words that texts use.
    ordered = sorted(bearing, key=lambda n: (_ORDER.get(n, len(_ORDER)), n))
    found = [_shape(name, fits[name], marked[name], len(posts), told) for name in ordered]
    used = [fit for s in found if s.is_used for fit in fits[s.name] if fit.found.grade >= SHAPED]
    is_told = any(s.is_used and s.name not in shapes.IN_TITLES for s in found)
    accounts |= unsure if is_told else set()
    known = set(map(plain, persons)).union(*(fit.names for fit in used))
    return BylineHabit(
        titles=len(posts),
        shapes=tuple(s for s in found if s.is_used or s.name in _ORDER),
        known=tuple(sorted(known)[:_MOST_KNOWN]),
        accounts=tuple(sorted(map(key, accounts))),
        alike=(*_alike(posts, used), *map(str.casefold, fixed)),
        fixed=tuple(fixed),
        is_set=bool(told),
    )


def _declared(posts: Sequence[Seen], staff: frozenset[str]) -> tuple[set[str], set[str], set[str]]:
    """Return the persons that are declared, the accounts, and those persons who may be accounts."""
    counts = Counter(name for seen in posts for name in seen.authors)
    persons = {name for name in counts if kind(name, staff) == PERSON}
    # One who publishes most and bears no common given name may be a conference.
    main = (name for name in persons if 2 * counts[name] > len(posts))
    # In Chinese it is the family's that is listed.
    unsure = {n for n in main if getattr(people(n), "grade", LISTED) < LISTED - (n > "㐀")}
    return persons, set(counts) - persons, unsure


def _fits(
    posts: Sequence[Seen], fixed: frozenset[str], accounts: set[str]
) -> tuple[dict[str, list[_Fit]], Counter[str]]:
    """Return by shape the titles with only people in a name's place, and how many have it."""
    fits: dict[str, list[_Fit]] = defaultdict(list)
    marked: list[str] = []
    for seen in posts:
        lead, title = shapes.framed(seen.title, fixed)
        # What is left has to be a title, and nothing that the blog always writes.
        placed = [s for s in shapes.splits(title) if fixed.isdisjoint((s.rest, s.phrase))]
        said = texts.first_named(seen.opening, is_alone=True)
        told = [(shapes.TEXT_BY, said)] if said else texts.frames(seen.opening, seen.ending)
        placed += [shapes.Split(shape, ", ".join(who), title) for shape, who in told if who]
        marked += {split.shape for split in placed}
        is_free = accounts.issuperset(seen.authors)
        named = {s.shape: (s.rest, found) for s in reversed(placed) if (found := s.people)}
        for shape, (rest, found) in named.items():
            keys = frozenset(map(plain, found.names))
            fits[shape].append(_Fit(lead + rest, found, keys, seen, is_free))
    # Texts that hardly ever end on a portrait are about whom it shows.
    for shape, share in _RARE.items():
        if len(fits[shape]) <= share * len(posts):
            del fits[shape]
    return fits, Counter(marked)


def _noting(fits: Mapping[str, Sequence[_Fit]], posts: Sequence[Seen]) -> frozenset[str]:
    """Return the shapes that note works' makers where few titles and hardly a post name anybody."""
    named = {fit.seen.title for name in shapes.IN_TITLES for fit in fits.get(name, ())}
    are_declared = sum(bool(seen.authors) for seen in posts) > _FEW * len(posts)
    return frozenset() if are_declared or len(named) >= _NOTED * len(posts) else shapes.NOTED


def _fixed(posts: Sequence[Seen]) -> frozenset[str]:
    """Return the pieces that are in many titles and name nobody."""
    pieces = (parting.counting(shapes.pieces(seen.title)) for seen in posts)
    often = Counter(itertools.chain.from_iterable(pieces))
    many = {p for p, count in often.items() if count >= _LEAST and not parting.NUMBER.search(p)}
    named = {p: found for p in many if (found := people(crediting.LAST_BY.sub("", p)))}
    # What nearly every title has is no author unless it bears a given name: "Shed Talks: N – T".
    rare = {p for p in named if often[p] < _NEARLY * len(posts) or named[p].grade == LISTED}
    return frozenset(many - rare | _topics({p: named[p].names for p in rare}, posts))


def _topics(named: dict[str, tuple[str, ...]], posts: Sequence[Seen]) -> set[str]:
    """Return what looks as people do, with a word that other titles write of something else."""
    parts = {p: {w for w in " ".join(n).split() if not is_given(fold(w))} for p, n in named.items()}
    words, written = set[str]().union(*parts.values()), Counter[str]()
    for pieces in map(set, map(shapes.pieces, (seen.title for seen in posts if words))):
        own = set[str]().union(*map(parts.__getitem__, pieces & named.keys()))
        written.update((words - own).intersection(" ".join(pieces - named.keys()).split()))
    return {piece for piece, own in parts.items() if any(written[w] >= _LEAST for w in own)}


def _alike(posts: Sequence[Seen], fits: Sequence[_Fit]) -> tuple[str, ...]:
    """Return the keys of what bylines would leave of titles where that comes again."""
    left = {(fit.rest.casefold(), fit.seen.title) for fit in fits}
    whole = {(seen.title.casefold(), seen.title) for seen in posts}
    often = Counter(rest for rest, _ in left | whole)
    return tuple(sorted({rest for rest, _ in left if often[rest] > 1}))


def _shape(name: str, fits: list[_Fit], marked: int, posts: int, told: str) -> Shape:
    good = [fit for fit in fits if fit.found.grade >= SHAPED]
    whole = sum(fit.found.grade > SINGLE for fit in fits)
    is_used = name in shapes.SURE or _is_used(name, good, marked, posts)
    # Some names may be words, too ("Rich Song").
    is_plain = whole >= 0.75 * marked and len(good) >= 0.5 * marked
    return Shape(name, whole, *((name == told,) * 2 if told else (is_used, is_plain)))


def _is_used(name: str, good: list[_Fit], marked: int, posts: int) -> bool:
    """Say whether what fits a shape is the blog's own way to name authors."""
    persons: set[str] = set().union(*(fit.names for fit in good))
    few = max(_AGAIN * len(persons), 0.5 * posts)
    if name in shapes.LEADS and marked >= 0.9 * posts and len(good) >= few and len(persons) > 1:
        return True  # a planet: subjects would change
    are_enough = min(len(good), len(persons)) >= _LEAST
    # Nobody else is declared who is real, and people are not what texts are about.
    same = sum(fit.names <= set(map(plain, fit.seen.authors)) for fit in good)
    are_authors = same + sum(fit.is_free for fit in good) >= 0.8 * len(good)
    are_subjects = 2 * same < len(good) and 2 * sum(map(_is_about, good)) > len(good)
    is_meant = not are_subjects or name in (shapes.ANY_BY, shapes.TEXT_ANY)
    return are_enough and are_authors and is_meant and _are_people(name, good, persons, marked)


def _are_people(name: str, good: list[_Fit], persons: set[str], marked: int) -> bool:
    """Say whether words are people: by given names (a family's in Chinese), or by their number."""
    first = ((name, fold(name.split("-")[0])) for name in persons)
    known = sum(n > "㐀" or len(f) == 1 or is_given(f) for n, f in first) / len(persons)
    are_many = name not in texts.EDGES and len(persons) >= max(_MANY, 0.2 * len(good))
    are_sure = len(good) / marked + known >= _SURE and (known >= _KNOWN or are_many)
    return are_sure or name in shapes.ANY


def _is_about(fit: _Fit) -> bool:
    """Say whether a text names one of some people as its subject, and not only as its author."""
    parts = {part for name in fit.found.names for part in (name.split()[0], name.split()[-1])}
    for line in map(str.strip, fit.seen.opening.replace(fit.seen.title, "").split("\n")):
        # "Ada B. Moss, University", "“Nets” by Ada Moss" and "Ada Moss: …" say whose the text is.
        said = line.partition("@")[0].rstrip(" .,(")
        is_edge = said.startswith(fit.found.names) or said.endswith(fit.found.names)
        is_byline = (is_edge or plain(line) in fit.names) and len(line.split()) < _MOST_LINE
        is_byline |= said.startswith(tuple(f"{name}:" for name in fit.found.names))
        if not is_byline and any(part in line for part in parts):
            return True
    return False

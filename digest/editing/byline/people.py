"""Reads a phrase that is nothing but people: "Dr Ada Moss, PhD, and J. Clay (@clay)".

A name is known by its shape alone: two to five tokens that begin with a capital, graded by how sure
that is.
"""

from __future__ import annotations

import itertools
from functools import lru_cache
from typing import NamedTuple

from digest.editing.lexicon import entries, fold, is_given, is_word, naming, signing
from digest.models import key

SINGLE, WORDY, SHAPED, LISTED = 1, 2, 3, 4
"""Grades: one token; words of the language among them; shaped as a name; a known given name."""

NOBODY, STAFF, GROUP, PERSON = "nobody", "staff", "group", "person"
"""Accounts: a technical one, one that publishes others, a society or a handle, and a person."""

_MAX_PHRASE, _MAX_TOKENS, _MAX_ACRONYM = 400, 5, 5  # characters; tokens of a name


class People(NamedTuple):
    """Hold the people of a phrase; `grade` is that of the least sure name."""

    names: tuple[str, ...]
    grade: int


@lru_cache(maxsize=8192)
def plain(name: str) -> str:
    """Return the form in which people are compared: no honorific, letters nor middle initials."""
    tokens = _without_letters(_bare(name[:_MAX_PHRASE].partition(",")[0].split()), 1)
    middle = [token for token in tokens[1:-1] if not naming.INITIAL.fullmatch(token)]
    return key(" ".join((*tokens[:1], *middle, *tokens[1:][-1:])) or name)


@lru_cache(maxsize=8192)
def people(phrase: str) -> People | None:
    """Return the people that a phrase is, but for asides, letters and roles, or else None."""
    if not 2 <= len(phrase) <= _MAX_PHRASE or "<" in phrase:
        return None
    text = naming.bare(phrase)
    first, *others = map(_chunks, naming.COMMA.split(text))
    found: dict[str, int] = {}
    for chunk in first:
        is_shared = chunk.istitle() and _grade(chunk) == SINGLE < _grade(first[-1])
        name = f"{chunk} {first[-1].split()[-1]}" if is_shared else chunk  # "Ada and Bo Clay"
        if not (found and is_group(chunk.split())):  # "Ada Moss and the Shed Society"
            found[name] = _grade(name)
    found |= _further(first, others, text)
    names = tuple(" ".join(_without_letters(name.split(), 2)) for name in found)
    return People(names, min(found.values())) if found and all(found.values()) else None


def _further(first: list[str], others: list[list[str]], text: str) -> dict[str, int]:
    """Return with their grades who stands behind a comma, or is joined to what does."""
    listed, found = [*first, *itertools.chain.from_iterable(others)], dict[str, int]()
    # Who stands among many is one more, though words make up half the name.
    are_many = sum(_grade(chunk) > WORDY for chunk in listed) > max(len(first), len(listed) / 2)
    for chunk, *joined in filter(None, others):
        if is_first := _is_further(chunk, text, are_many=are_many):
            found[chunk] = max(_grade(chunk), SHAPED * are_many)
        # "Ada Moss, Head of Sheds and Bo Clay", but no "Head of Sheds and Nets Lead"
        least = WORDY * (not is_first) + LISTED * chunk.isupper()  # "NIST and Shed Systems"
        found |= {c: _grade(c) for c in joined if _grade(c) > least}
    return found


def whoever(phrase: str) -> People | None:
    """Return who stands where a blog says "by", a person or not: “Group "Nets"”."""
    name = naming.QUOTES.sub("", naming.ASIDE.sub("", phrase) or phrase).strip(" .,;:[]")
    most = 1 if name[:1].islower() or not name[:1].isalpha() else _MAX_TOKENS  # a nickname is small
    is_name = len(name) > 1 and len(name.split()) <= most and ": " not in name
    names = found.names if (found := people(phrase)) else (name,) * is_name
    return People(names, SHAPED) if names else None


def _is_further(chunk: str, text: str, *, are_many: bool) -> bool:
    """Say whether behind a name and a comma stands another: no "Chief Nurse", no "Moss Cloud"."""
    grade, tokens = _grade(chunk), chunk.split()
    # "J. Clay" and "Rich Song", but neither "R Consortium", "RS Sheds" nor a Chinese office.
    is_named = is_given(fold(tokens[0])) or tokens[0].endswith(".")
    is_named |= are_many and not all(map(is_word, map(fold, tokens)))
    is_loud = tokens[0][1:].isupper() and tokens[0].isalpha() and not text[:2].isupper()
    is_unlike = is_loud or (text[0].isascii() and not chunk.isascii() and not is_named)
    return grade > WORDY - is_named and not is_unlike and not is_group(tokens)


def _chunks(listed: str) -> list[str]:
    return list(filter(None, map(naming.bare, naming.AND.split(f" {listed}"))))


@lru_cache(maxsize=8192)
def _grade(chunk: str) -> int:
    """Return how surely a chunk is one person's name, 0 where it is none."""
    tokens = naming.NICKNAME.sub("", chunk).split()
    if naming.SCRIPT.fullmatch(chunk):
        # "李小苔 Ada", but no "李明 园艺师"
        return WORDY + bool(signing.HAN.fullmatch(tokens[0] if chunk[-1].isascii() else chunk))
    bare = _without_letters(_bare(tokens), 2)
    core = list(itertools.filterfalse(entries("particles").__contains__, bare))
    if len(bare) > _MAX_TOKENS or not core or bare[-1] != core[-1]:
        return 0
    if not all(map(naming.is_part, core)) or _is_nobody(core):
        return 0
    whole = itertools.filterfalse(naming.INITIAL.fullmatch, core)
    wordy = (all(map(is_word, fold(t.rstrip(".")).split("-"))) for t in whole)  # "Event-driven"
    grade = _grade_of(core, sum(wordy))
    return LISTED if grade and tokens[0] != bare[0] else grade  # an honorific


def _grade_of(core: list[str], words: int) -> int:
    """Return the grade of a name of which some tokens are also words of the language."""
    if len(core) == 1:
        return 0 if words else SINGLE
    if is_given(fold(core[0].split("-")[0])) and words < len(core):
        # "Karen Word" and "Will Cornwell" are people, "Grace Church" and "Charlotte Street" places.
        is_place = fold(core[-1]) in entries("sites") | entries("organisations")
        return LISTED if words < 2 and not is_place else WORDY
    if len(core) > 2 and (core[0] == "A" or words > len(core) - 2):
        return 0  # "A Newly Qualified Nurse"; "Rich Song" may be one
    return WORDY if words else SHAPED


def _bare(tokens: list[str]) -> list[str]:
    """Return a name's tokens without the honorifics before it."""
    is_honorific = (fold(token).rstrip(".:") in entries("honorifics") for token in tokens[:-1])
    return tokens[sum(itertools.takewhile(bool, is_honorific)) :]


def _without_letters(tokens: list[str], least: int) -> list[str]:
    """Return a name's tokens without the letters after it: "PhD", "RN"; an initial is none."""
    n = len(tokens)
    while n > least and len(tokens[n - 1]) > least and naming.LETTERS.fullmatch(tokens[n - 1]):
        n -= 1
    return tokens[:n]


def _is_nobody(core: list[str]) -> bool:
    """Say whether words are no name: "Each Judge", "SHD Garden Club", "Nets SHD"; "A. MOSS" is."""
    loud = [len(token) > 2 and token.isupper() and token.isalpha() for token in core]
    own = (core[-1],) * loud[0] + (core[0],) * (loud[-1] and len(core[-1]) <= _MAX_ACRONYM)
    is_name = all(up or naming.INITIAL.fullmatch(t) for up, t in zip(loud, core, strict=True))
    is_acronym = own and not is_name and not any(is_given(fold(token)) for token in own)
    return bool(is_acronym) or fold(core[0]) in entries("never")


def is_group(tokens: list[str]) -> bool:
    """Say whether words are a society: "Society of Sheds", "Shed Society"."""
    ends = {fold(token.strip(".,")) for token in (*tokens[:1], *tokens[-1:])}
    return not ends.isdisjoint(entries("organisations"))


@lru_cache(maxsize=1024)  # the same few accounts publish a blog
def kind(account: str, staff: frozenset[str]) -> str:
    """Return what a declared author is; `staff` holds the newsletter's own accounts' keys."""
    if (keyed := key(account)) in entries("accounts"):
        return NOBODY
    if not (entries("staff") | staff).isdisjoint((keyed, keyed.removeprefix("the-"))):
        return STAFF
    found = None if is_group(account.split()) else people(account)
    return PERSON if found and found.grade > SINGLE else GROUP

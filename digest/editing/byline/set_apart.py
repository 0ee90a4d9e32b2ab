"""Weighs names that stand apart in a title where subjects stand more often than authors do.

In brackets, after a comma, after a colon, or before one: "Title (A B)", "Title, A B and C D",
"Title: A B and C D", "A B: Title". There the names have to be well known as such, and the text has
to be told by them or to go on without speaking of them (`voices`). This room owns the traps:
appositions ("our chair, Ada Moss"), lists of things, occasions, mottos about somebody ("Ada Moss: a
life"). It takes nothing out; `attribution` does.
"""

from __future__ import annotations

import re
from itertools import islice

from digest.editing.byline.lone_names import is_figure, is_subject
from digest.editing.byline.names import KNOWN, LIKELY, People, people
from digest.editing.byline.voices import is_silent_on, is_told_by, is_told_in_person
from digest.editing.lexicon import entries, fold, has_any

_MIN_WORDS = 4  # of a title before a comma and after a name's colon
_MAX_NAMES = 200  # characters
_BRACKETED = re.compile(r"\s[(\[]([^()\[\]]{3,120})[)\]]$")
_COMMA = re.compile(r",\s+(?=[^\W\d_a-z])")
_BREAK = re.compile(r"[:|,?!.–—]\s|\s-\s")
_BY_LATE = re.compile(r"\bby\s(?:\S+\s?){1,5}$", re.I)
_COLON = re.compile(r":\s+(?=[^\W\d_a-z])")
_IN_FRONT = re.compile(r"([^\W\d_a-z][^:–—|?!\"“”]{4,60}?)(?::|\s[–—|-])\s+(?=[^\W\d_a-z])")
_FRONTS = (": ", " – ", " — ", " | ", " - ")
_OF_SOMEBODY = re.compile(r"\b(?:she|he|her|his|him|hers|they|their|them)\b", re.I)
_OF_ONE = re.compile(r"\b(?:she|he|her|his|him|hers)\b", re.I)
_MOTTO = re.compile(r"(?:an?|the|in|on|from|life|lessons?|obituary|profile|reflections on)\s", re.I)
_KIN = frozenset(
    "mother father mum mom dad nan gran grandmother grandfather grandad sister brother wife husband son"
    " daughter aunt uncle cousin friend colleague neighbour neighbor mentor hero heroine patient pioneer"
    " founder winner guest speaker man woman boy girl child people artist composer painter sculptor inventor"
    " explorer saint king queen own one character namesake predecessor successor boss minister mayor"
    " novelist legend icon star owner".split()
)
"""Who may be named in apposition; professions are in the list `roles`."""
_BODIES = frozenset(
    "hospital practice school university college museum library gallery service trust project programme"
    " network centre center studio department group research nhs church company charity foundation"
    " association society agency institute union partnership office laboratory academy board committee"
    " council".split()
)
"""What `roles` holds besides people: "Climate leadership in hospitals, A B" presents nobody."""
_ADDRESSED = frozenset("dear for to with meet".split())


def names_set_apart(text: str, *, has_author: bool, summary: str) -> tuple[str, People] | None:
    """Return a title without the authors that stand apart at its end or in front, and whom they are.

    The arguments are those of `attribution.find`. Where the source declared a person, nothing is
    read here.
    """
    if has_author or not summary:
        return None
    return (
        (text.endswith((")", "]")) and _in_brackets(text, summary))
        or (", " in text and _after_comma(text, summary))
        or (": " in text and _after_colon(text, summary))
        or (has_any(text, _FRONTS) and _in_front(text, summary))
        or None
    )


def _in_brackets(text: str, summary: str) -> tuple[str, People] | None:
    """Find "Title (A B)"."""
    tail = _BRACKETED.search(text)
    found = people(tail[1], roles=True) if tail else None
    if (
        tail is None
        or found is None
        or found.least < LIKELY
        or not _is_title(text[: tail.start()], 2)
    ):
        return None
    return (text[: tail.start()], found) if _is_theirs(found, summary) else None


def _after_comma(text: str, summary: str) -> tuple[str, People] | None:
    """Find "Title, A B and C D", where the words before the comma present nobody."""
    for comma in islice(_COMMA.finditer(text), 8):
        head, tail = text[: comma.start()], text[comma.end() :]
        if (
            len(tail) > _MAX_NAMES
            or not _is_title(head, _MIN_WORDS)
            or _presents(head)
            or _lists(head)
        ):
            continue
        found = people(tail, roles=True)
        if found and _are_full(found) and _is_theirs(found, summary):
            return head, found
    return None


def _after_colon(text: str, summary: str) -> tuple[str, People] | None:
    """Find "Title: A B and C D" where they say "we"; one alone there is a subject nearly always."""
    colon = list(_COLON.finditer(text))[-1:]
    tail = text[colon[0].end() :] if colon else ""
    found = people(tail, roles=True) if 0 < len(tail) <= _MAX_NAMES else None
    if found is None or len(found.names) < 2 or not _are_full(found):
        return None
    head = text[: colon[0].start()]
    return (head, found) if _is_title(head, 2) and is_told_by(found.names, summary) else None


def _in_front(text: str, summary: str) -> tuple[str, People] | None:
    """Find "Dr A B: Why I left" where A B says "I", and the words after the colon are a title."""
    lead = _IN_FRONT.match(text)
    found = people(lead[1]) if lead else None
    if lead is None or found is None or not _are_full(found):
        return None
    rest = text[lead.end() :]
    if len(rest.split()) < _MIN_WORDS or _MOTTO.match(rest) or _OF_SOMEBODY.search(rest):
        return None
    is_own = is_told_in_person(summary[:300]) and not _OF_ONE.search(summary[:300])
    return (rest, found) if is_own and is_told_by(found.names, summary) else None


def _is_title(head: str, least: int) -> bool:
    return len(head.split()) >= least and not is_subject(head)


def _presents(head: str) -> bool:
    """Say whether a person may follow what stands before a comma: "our chair, Ada Moss"."""
    words = [fold(word.strip("“”\"'’‘.")) for word in head.split()]
    last, one = words[-1], words[-1].removesuffix("s")
    if words[0] in _ADDRESSED or last in _KIN or one in _KIN:
        return True
    return one in entries("roles") and one not in _BODIES


def _lists(head: str) -> bool:
    """Say whether what stands before a comma ends in a name itself, the first of a list, or in "by …"."""
    return bool(_BY_LATE.search(head)) or people(_BREAK.split(head)[-1].strip()) is not None


def _are_full(found: People) -> bool:
    return found.least >= KNOWN and all(" " in name and not is_figure(name) for name in found.names)


def _is_theirs(found: People, summary: str) -> bool:
    if any(is_figure(name) for name in found.names):
        return False
    return is_told_by(found.names, summary) or is_silent_on(
        found.names, summary, is_known=found.least >= KNOWN
    )

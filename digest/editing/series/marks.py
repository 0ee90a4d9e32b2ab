"""What a title or a sentence says about a series: the value, and the words parts are called by.

Shared by `numbering` (titles that count), `naming` (titles that name) and `mentions` (sentences).
This room refuses to search; it only reads what the others found.
"""

from __future__ import annotations

import re

from digest.editing.series.numerals import CARDINAL, number
from digest.models import Value

MAX_PART = 40  # no blog's series is longer; beyond it a number is a year, a route or a law

EDGES = " \t\n\u00a0,:;–—|-.([“”\"«»‘’'#"

NOUN = (
    r"(?:blog(?:\s?post|\s?entry)?|letter|lesson|part|episode|chapter|instal?lment|article|column|dispatch"
    r"|despatch|postcard|missive|entry|diary(?: entry)?|newsletter|essay|reflection|conversation"
    r"|interview|piece"
    r"|update|guest blog)"
)
"""What a sentence may call a part."""

SURE = (
    r"(?:part|pt\.?|teil|folge|partie|parte|deel|del|rhan|часть|часть|частина|episode|ep\.|épisode|episodio"
    r"|instal?lment|blog(?:\s?post)?|letter|lesson|lektion|leçon|chapter|dispatch|postcard|diary entry)"
)
"""What a title calls a part and hardly anything else."""

CHANCY = (
    r"(?:week|day|session|module|tip|volume|vol\.?|number|no\.?|entry|column|article|post|issue|stop|month|note"
    r"|story|task)"
)
"""What a title calls a part only where the words before are a series' name."""

ORDINAL_HINTS = (
    "first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth", "tenth", "elfth",
    "teenth", "1st", "2nd", "3rd", "4th", "5th", "6th", "7th", "8th", "9th", "0th",
)  # fmt: skip
"""One of these is in every text with an English ordinal; looked for before any pattern is tried."""

_DESCRIPTION = re.compile(
    rf"\s*[:,–—(-]+\s*(?:an?|our|the)\s+(?:new\s+)?"
    rf"(?:(?P<total>{CARDINAL})[- ]part\s+(?:(?:mini|blog)[- ]?)*(?:series|guide|blog|story|tale|report|diary"
    r"|interview|essay|look|introduction|conversation)|(?:(?:mini|blog)[- ]?)*(?:series|trilogy))"
    r"\b.*$",
    re.I,
)
_ARTICLE = re.compile(r"^(?:the|our|my|a|an)\s+(?=\S)", re.I)
_SERIES_WORDS = re.compile(
    r"\s+(?:(?:guest\s+|mini[- ]?)?(?:blog|article|post)s?|mini)?[\s-]*(?:series)?$", re.I
)
_CALLED_SERIES = re.compile(
    r"(?<=\w)\s+(?:(?:guest\s+|mini[- ]?)?(?:blog|article|post)s?\s+)?series$", re.I
)
_QUESTION = re.compile(
    r"(?:why|how|what|when|where|who|which|watching|reading|binge|review|i|we|is|are|do|does|should|can|\d)\b",
    re.I,
)
_KIND_LAST = re.compile(
    r"(?:school|series|diary|diaries|letters?|notes|lessons?|stories|tips|files|chronicles|journal|club|corner"
    r"|masterclass|spotlight|insights|conversations|postcards?|dispatch(?:es)?|blogs?|column|podcast|basics"
    r"|bulletin|briefing|bites|notebook|almanac|walks|reflections|musings|ramblings|memoirs?|sketches|essays"
    r"|tales|adventures|q&a|round-?up|updates?|watch|handbook|toolkit|digest|papers|close-?ups?"
    r"|in focus|in brief|at a glance|in practice|showcase|snapshots?|portraits|101)$",
    re.I,
)
_KIND_FIRST = re.compile(
    r"(?:letters?|postcards?|notes|tales|stories|diary|diaries|dispatches|despatches|adventures|reflections"
    r"|memoirs|confessions|chronicles|musings|scenes|conversations|secrets|journal|lessons|views|sketches"
    r"|snapshots|ramblings|field notes|voices)\b",
    re.I,
)


class Mark(Value, frozen=True):
    """Hold what was found: the words themselves, part, total, label ("2b"), and the series' name if said.

    `noun` is what the parts are called ("blog", "letter"), in small letters; `topic` what a series
    without a name is said to be about.
    """

    raw: str
    name: str = ""
    part: int | None = None
    total: int | None = None
    label: str = ""
    noun: str = ""
    topic: str = ""


def value(match: re.Match[str], group: str = "part") -> int | None:
    """Return the number a match's group writes, or None where it is no part's number."""
    text = match.groupdict().get(group)
    found = number(text) if text else None
    return found if found and found <= MAX_PART else None


def label(match: re.Match[str]) -> str:
    """Return "2b" where a letter follows the part's number, else nothing."""
    letter = match.groupdict().get("label")
    return f"{value(match)}{letter}" if letter else ""


def tidy(name: str) -> str:
    """Return a series' name without quotes, article and such words as "blog series".

    >>> tidy("the “Greener Somewhere” Blog Series")
    'Greener Somewhere'
    """
    name = name.strip(EDGES)
    if len(name.split()) > 1:
        name = _ARTICLE.sub("", name)
    return (_SERIES_WORDS.sub("", name) or name).strip(EDGES)


def before(words: str) -> str:
    """Return the series' name that the words before a mark are; empty where they are none."""
    name = _DESCRIPTION.sub("", words).strip(EDGES)
    name = _CALLED_SERIES.sub("", name)
    return name if any(c.isalpha() for c in name) and len(name) <= 120 else ""


def described_total(words: str) -> int | None:
    """Return the total in "…: a three-part series"."""
    found = _DESCRIPTION.search(words)
    return value(found, "total") if found else None


def is_kind_of_series(name: str) -> bool:
    """Say whether a name is of a kind that comes in parts, as "Windowsill School" is."""
    return bool(_KIND_LAST.search(name) or _KIND_FIRST.match(name)) and not is_question(name)


def is_question(name: str) -> bool:
    """Say whether words begin as a sentence does ("Why …", "5 …") and so are no series' name."""
    return bool(_QUESTION.match(name))

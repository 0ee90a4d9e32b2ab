"""Finds in a title the name of a series: "X Blog Series: …", "Introducing the “X” series", columns.

This room owns the traps around the word "series" (television, statistics, concerts). It refuses to
count; `numbering` does.
"""

from __future__ import annotations

import re

from digest.editing.lexicon import entries
from digest.editing.series.marks import CHANCY, SURE, Mark, before, is_question, tidy, value
from digest.editing.series.mentions import in_text
from digest.editing.series.numerals import CARDINAL, ORDINAL
from digest.models import replace

_POSTED = r"(?:letter|postcard|dispatch|despatch|note|diary entry|blog|missive)"
_DETERMINER = r"(?:an?\s+|the\s+|our\s+|my\s+)?"
_LETTER_FROM = re.compile(
    rf"(?:^|[:–—|]\s*){_DETERMINER}(?P<part>{ORDINAL})\s+(?P<noun>{_POSTED})\s+(?P<from>from\s+[^:–—|,.]{{3,60}})",
    re.I,
)
_FROM_A_LETTER = re.compile(
    rf"(?P<from>from\s+[^:–—|,.]{{3,60}})\s*[,:–—-]\s*{_DETERMINER}(?P<part>{ORDINAL})\s+(?P<noun>{_POSTED})\b",
    re.I,
)
_CALLED = re.compile(
    r"(?P<name>[“\"«‘']?[^:–—|“”\"]{3,70}?[”\"»’']?)\s+"
    r"(?P<noun>(?:guest |mini[- ])?(?:blog(?:post)?|article|post|mini|interview|podcast"
    r"|letter)?[- ]?)series\b"
    rf"(?:\s*[,(#–—-]*\s*(?:(?:{SURE}|{CHANCY}|#)\s*)?(?P<part>{CARDINAL})(?:\s*(?:of|/)\s*(?P<total>{CARDINAL}))?\)?)?"
    r"\s*(?P<after>$|[:–—|]|\s-\s|[.)]\s)",
    re.I,
)
_CALLED_LAST = re.compile(
    r"(?:[–—|]\s*|\s-\s|\()(?:part of )?(?:the |our )?(?P<name>[“\"]?[^:–—|()“”\"]{3,60}?[”\"]?)\s+"
    r"(?P<noun>(?:guest |mini[- ])?(?:blog|article|post|interview)\s)?series\)?$",
    re.I,
)
_INTRODUCING = re.compile(
    r"(?:introducing|announcing|launching|presenting|welcome to|a new series(?::| called)"
    r"|new (?:blog )?series:)"
    r":?\s+"
    r"(?:(?:the|our|a|an|my)\s+)?(?:new\s+)?(?P<name>[“\"«‘']?[^“”\"«»:|]{3,70}?[”\"»’']?)"
    r"(?:\s+(?:(?:guest |mini[- ])?(?:blog|article|post|letter|interview)?[- ]?)series\b|$)",
    re.I,
)
_INTRODUCED_AFTER = re.compile(
    r"(?:(?:introducing|announcing|launching|presenting|welcome to)\s+)?(?:(?:our|a|the|my)\s+)?new\s+"
    r"(?:(?:guest |mini[- ])?(?:blog|article|post|letter|interview)[- ]?)?series\s*[:–—]\s*"
    r"(?P<name>[“\"«‘']?[^“”\"«»:|.?!–—]{3,70}[”\"»’']?)$",
    re.I,
)
_SMALL_WORDS = {
    "of",
    "the",
    "and",
    "in",
    "for",
    "to",
    "&",
    "a",
    "on",
    "from",
    "with",
    "at",
    "by",
    "our",
}
_QUOTED = re.compile(r"[“\"«‘'][^“”\"«»]{2,60}[”\"»’']")
_COLUMNS = (
    (
        re.compile(r"(?:^|[:–—|]\s*)in conversation\b(?=\s+with\b|\s*[:–—|])", re.I),
        "In conversation",
    ),
    (
        re.compile(
            r"(?:^|[–—|]\s*|\s-\s|[(\[]|[:.?!”]\s)(?:an?\s+)?book review"
            r"(?=\s*(?:[:.–—|)\]]|\s-\s|$|by\s|of\s|#|\d))",
            re.I,
        ),
        "Book review",
    ),
)
COLUMN_NAMES = frozenset(name for _, name in _COLUMNS)
"""Series that have a name and no parts."""


def called(title: str) -> Mark | None:
    """Read a title that calls something a series, or speaks of its part in one as a sentence does."""
    if _INTRODUCING.match(title):
        return None
    found = _CALLED.match(title)
    if found is None or not (found["after"] or found["part"] or found["noun"].strip()):
        found = _CALLED_LAST.search(title)
    if found is None or not _is_name(found):
        return _told(title)
    return Mark(
        raw=found[0].strip(" :–—|-"),
        name=tidy(found["name"]),
        part=value(found),
        total=value(found, "total"),
    )


def _is_name(found: re.Match[str]) -> bool:
    """Say whether the words before "series" are a name, written as one or followed as one."""
    name = tidy(found["name"])
    words = name.split()
    if (
        not 1 <= len(words) <= 8
        or name.casefold() in entries("no_series")
        or words[-1].casefold() in entries("no_series")
    ):
        return False
    if _QUOTED.search(found["name"]):
        return True
    if is_question(name):
        return False
    if (found["noun"] or "").strip():
        return True
    stated = "series" not in found[0] or found.groupdict().get("part") is not None
    return stated and all(w[0].isupper() or w[0].isdigit() or w in _SMALL_WORDS for w in words)


def _told(title: str) -> Mark | None:
    """Read "Climate and care: part two of our series on heat"."""
    mark = in_text(title)
    if mark is None or mark.name or mark.part is None:
        return mark
    return replace(mark, name=before(title.partition(mark.raw)[0]))


def introduced(title: str) -> Mark | None:
    """Read "Introducing the “X” Blog Series" and "A new blog series: X"; the opening has no part."""
    if (after := _INTRODUCED_AFTER.match(title)) and (name := tidy(after["name"])):
        return Mark(raw=after[0], name=name)
    found = _INTRODUCING.match(title)
    if found is None or "series" not in found[0].casefold():
        return None
    name = tidy(found["name"])
    return (
        Mark(raw=found[0], name=name)
        if name and name.casefold() not in entries("no_series")
        else None
    )


def letter_from(title: str) -> Mark | None:
    """Read "First letter from the roof garden: …" and "From the roof garden, a third letter: …"."""
    found = _FROM_A_LETTER.match(title) or _LETTER_FROM.search(title)
    if found is None or (part := value(found)) is None:
        return None
    noun = found["noun"].casefold()
    plural = (
        f"{noun[:-1]}ies"
        if noun.endswith("y")
        else f"{noun}es"
        if noun.endswith("ch")
        else f"{noun}s"
    )
    place = found["from"].strip()[5:].strip()
    return Mark(
        raw=found[0].strip(" ,:–—"),
        name=f"{plural.capitalize()} from {place}",
        part=part,
        noun=noun,
    )


def column(title: str) -> Mark | None:
    """Read "In conversation with …" and "Book review: …"."""
    for pattern, name in _COLUMNS:
        if found := pattern.search(title):
            return Mark(raw=found[0].strip(" :–—|-(["), name=name)
    return None

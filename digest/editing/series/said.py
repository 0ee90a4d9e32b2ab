"""Finds what a title or a text's first sentences call a series in words.

"X Blog Series: …", "Introducing the “X” series", "Book review", "This is the third post in our X
series". A name counts only where it is written as one: “the first in an occasional series” has
none. This module refuses to read numbers in titles; `marks` does.
"""

from __future__ import annotations

import re

from digest.editing.lexicon import entries
from digest.editing.series.marks import Mark, tidy
from digest.editing.series.numerals import CARDINAL, ORDINAL, number
from digest.lazy import regex

_MAX_TEXT = 700  # characters of a text that are read
_MAX_WORDS = 6  # of a name
_KIND = r"(?:(?:guest |mini[- ])?(?:blog(?:post)?|article|post|interview|letter)[- ])?"
_NOUN = (
    r"(?:(?:guest\s+)?blog(?:\s?post|\s?entry)?|post|letter|lesson|part|episode|chapter"
    r"|instal?lment|article|column|dispatch|essay|piece|interview)"
)
# "Introducing our “Kitchen Table” series", "A new blog series: Quiet Corners"
_INTRODUCED = regex(
    r"(?P<kind>introducing|announcing|launching|presenting|welcome to"
    rf"|(?:an?\s+|our\s+)?new\s+{_KIND}series):?\s+(?:(?:the|our|a|my)\s+)?(?:new\s+)?"
    rf"(?P<name>[“\"‘]?[^“”\"»:|]{{3,60}}?[”\"’]?)(?:\s+{_KIND}series\b|$)",
    re.I,
)
# "Digital Dialogues Series: what chatbots cannot hear", "The stairwell | Quiet Corners series"
_CALLED = regex(
    r"(?:^|[:–—|]\s+)(?P<name>[“\"‘]?[^:–—|“”\"]{3,60}?[”\"’]?)\s+"
    rf"(?P<kind>{_KIND})series\s*(?=$|[:–—|]|\s-\s)",
    re.I,
)
# Columns that come again under no other name.
_COLUMN = regex(
    r"(?:^|[:?!.–—|(”]\s*)(?:an?\s+)?(?P<name>in conversation(?=\s+with\b|\s*[:–—|])"
    r"|book review(?=\s*(?:[:.–—|)]|\s-\s|$|of\s|#)))",
    re.I,
)
# "the third (blog) in our X series", "part of the X series", "In the second part of the X series"
_COUNTED = regex(
    r"(?:\b(?:this|the|our|my|a)\s+)?"
    rf"(?:\b(?P<nth>{ORDINAL}|final|last)(?:\s+and\s+final)?(?:,?\s+{_NOUN})?"
    rf"|\b{_NOUN}\s+(?:number\s|no\.?\s|#)?(?P<n>{CARDINAL})|\bpart)"
    rf"(?:\s+of\s+(?P<total>{CARDINAL}))?,?\s+(?:in|of|from|for)\s+(?:this|the|our|my|a|an)\s+"
    rf"(?P<mid>(?:[^.!?:;]{{0,80}}?\b(?P<parts>{CARDINAL})[- ]part\b)?[^.!?:;]{{0,80}}?)"
    r"\b(?:series|trilogy)\b",
    re.I,
)
_FILLER = regex(
    r"\b(?:new|blogs?|blogpost|posts?|articles?|mini|short|guest|ongoing|monthly|weekly|summer"
    r"|winter|special|interview|[\w-]+-part)\b[\s-]*",
    re.I,
)


def called(title: str) -> Mark | None:
    """Return the series or the column that a title names as one.

    >>> called("Introducing our “Kitchen Table” series").name
    'Kitchen Table'
    """
    found = (
        _INTRODUCED.match(title) or _CALLED.search(title) if "series" in title.casefold() else None
    )
    if found and _is_blogs_own(found):
        return Mark(raw=found[0].strip(" :–—|-"), names=(tidy(found["name"]),))
    column = _COLUMN.search(title)
    return Mark(raw=column["name"], names=(column["name"].capitalize(),)) if column else None


def in_text(text: str) -> Mark | None:
    """Return what a text's first sentences say.

    >>> in_text("This is the third blog in our Greener Somewhere series.").name
    'Greener Somewhere'
    >>> in_text("In our first letter we were pleased with ourselves.") is None
    True
    """
    start = text[:_MAX_TEXT]
    if "series" in (low := start.casefold()) or "trilogy" in low:
        told = filter(None, map(_told, _COUNTED.finditer(start)))
        return next(told, None)
    return None


def _is_blogs_own(found: re.Match[str]) -> bool:
    """Say whether the words beside "series" are a blog's, and not television's or statistics'."""
    words = tidy(found["name"]).casefold().split()
    # "Announcing our series A funding"
    if not words or "series" in words or {words[-1], " ".join(words)} & entries("no_series"):
        return False
    # "Announcing the winners of the story series"
    if found["name"][0] in '“"‘':
        return True
    is_a_blogs = len(words) > 1 or bool(found["kind"].strip())  # unlike "The Crown series"
    return is_a_blogs and _is_titled(tidy(found["name"]))


def _is_titled(name: str) -> bool:
    words = name.split()
    return len(words) <= _MAX_WORDS and all(w[0].isupper() or len(w) < 4 for w in words)


def _told(found: re.Match[str]) -> Mark | None:
    total = number(found["total"] or found["parts"] or "")
    is_last = (found["nth"] or "").casefold() in ("final", "last")
    part = total if is_last else number(found["n"] or found["nth"] or "")
    name = tidy(_FILLER.sub("", found["mid"]))
    names = (name,) if name and name[0].isupper() and _is_titled(name) else ()
    return (
        Mark(raw=found[0].strip(), names=names, part=part, total=total) if names or part else None
    )

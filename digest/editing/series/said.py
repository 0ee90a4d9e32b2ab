"""Finds what a title or a text's first sentences call a series in words.

"X Blog Series: …", "Introducing the “X” series", "Book review", "This is the third post in our X
series". A name counts only where it is written as one: “the first in an occasional series” has
none. This module refuses to read numbers in titles; `marks` does.
"""

from __future__ import annotations

import re

from digest.editing.series.marks import Mark, tidy
from digest.editing.series.numerals import CARDINAL, ORDINAL, number
from digest.lazy import regex

_MAX_TEXT = 700  # characters of a text that are read
_MAX_WORDS = 6  # of a name
_NEW = r"(?:(?:introducing|announcing|launching|presenting|welcome to):?\s+)"
_KIND = r"(?:(?:guest |mini[- ])?(?:blog(?:post)?|article|post|interview|letter)[- ])?"
# "A new blog series: Quiet Corners"; "Introducing our “Kitchen Table” series",
# "Digital Dialogues Series: what chatbots cannot hear", "The stairwell | Quiet Corners series"
_CALLED = regex(
    rf"^{_NEW}?(?:an?\s+|our\s+)?new\s+{_KIND}series:\s+(?P<told>[^:|]{{3,60}})$"
    rf"|(?:^|[:–—|]\s+)(?P<new>{_NEW})?(?:(?:the|our|my|an?)\s+)?(?:new\s+)?"
    r"(?P<name>[“\"‘]?[^:–—|“”\"]{3,60}?[”\"’]?)"
    rf"\s+(?P<kind>{_KIND})series\s*(?:$|[:–—|]|\s-\s)",
    re.I,
)
# Columns that come again under no other name.
_COLUMN = regex(
    r"(?:^|[:?!.–—|(”]\s*)(?:an?\s+)?(?P<name>in conversation(?=\s+with\b|\s*[:–—|])"
    r"|book review(?=\s*(?:[:.–—|)]|\s-\s|$|of\s|#)))",
    re.I,
)
# "the third (blog) in our X series", "part of the X series", "In the second part of the X series"
_NOUN = (
    r"(?:(?:guest\s+)?blog(?:\s?post|\s?entry)?|post|letter|lesson|part|episode|chapter"
    r"|instal?lment|article|column|dispatch|essay|piece|interview)"
)
_COUNTED = regex(
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
    found = _CALLED.search(title) if "series" in title.casefold() else None
    if found:
        name = tidy(found["told"] or found["name"])
        is_blogs_own = " " in name or found["kind"] or found["new"]  # unlike "The Crown series"
        if is_blogs_own and ("”" in found[0] or _is_titled(name)):
            return Mark(raw=found[0].strip(" :–—|-"), names=(name,))
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
    is_told = "series" in (low := start.casefold()) or "trilogy" in low
    told = map(_told, _COUNTED.finditer(start)) if is_told else ()
    return next(filter(None, told), None)


def _is_titled(name: str) -> bool:
    words = name.split()
    return 0 < len(words) <= _MAX_WORDS and all(w[0].isupper() or 1 < len(w) < 4 for w in words)


def _told(found: re.Match[str]) -> Mark | None:
    total = number(found["total"] or found["parts"] or "")
    is_last = (found["nth"] or "").casefold() in ("final", "last")
    part = total if is_last else number(found["n"] or found["nth"] or "")
    name = tidy(_FILLER.sub("", found["mid"]))
    names = (name,) if name[:1].isupper() and _is_titled(name) else ()
    return Mark(found[0].strip(), names, part, total) if names or part else None

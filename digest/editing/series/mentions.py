"""Finds in a text's first sentences that the post is part of a series, and which part.

"This is the third blog in our “X” series", "part two of four", "our X series continues". What was
said of an earlier part ("In our first letter we were …") counts nothing. This room refuses to name
what has no name.
"""

from __future__ import annotations

import re

from digest.editing.series.marks import Mark, tidy
from digest.editing.series.numerals import CARDINAL, ORDINAL, number

_MAX_TEXT = 700  # characters of a text that are read
_NOUN = (
    r"(?:blog(?:\s?post|\s?entry)?|post|letter|lesson|part|episode|chapter|instal?lment|article|column|dispatch"
    r"|essay|piece|interview|guest blog)"
)
_OUR = r"(?:this|the|our|my|a|an)"
_SERIES = rf"{_OUR}\s+(?P<mid>[^.!?:;]{{0,80}}?)\b(?:series|trilogy)\b(?P<after>[^.!?;]{{0,70}})"
_COUNTED = re.compile(
    rf"(?P<earlier>\bin\s+)?(?:\b(?:this|the|our|my|a)\s+)?(?:\b(?P<nth>{ORDINAL}|final|last)(?:\s+and\s+final)?"
    rf"(?:,?\s+{_NOUN})?|\b{_NOUN}\s+(?:number\s|no\.?\s|#)?(?P<n>{CARDINAL}))(?:\s+of\s+(?P<total>{CARDINAL}))?,?"
    rf"\s+(?:in|of|from|for)\s+{_SERIES}",
    re.I,
)
_OF_TOTAL = re.compile(
    rf"\b(?:part\s+(?P<n>{CARDINAL}),?|(?:is|here’s|it’s|this,?)\s+the\s+(?P<nth>{ORDINAL}))\s+(?:of|in)\s+"
    rf"(?:(?:our|a set of)\s+)?(?P<total>{CARDINAL})\b",
    re.I,
)
_INSTALMENT = re.compile(
    rf"\b(?P<nth>{ORDINAL})\s+{_NOUN}\s+(?:of|in)\s+(?P<name>[A-Z“\"‘][^.!?,;:]{{2,50}}?),\s+(?:our|a|the)\s+"
    r"(?:[\w-]+\s+){0,3}series\b"
)
_BELONGS = re.compile(
    rf"\b(?:part of|welcome to|latest in|launch of|start of|introducing)\s+{_SERIES}"
    r"|(?:^|[.!?]\s+)our\s+(?P<goes>[^.!?:;]{1,60}?)\bseries\s+(?:continues|concludes|returns|begins)\b",
    re.I,
)
_PAST = re.compile(
    r"[^.!?]{0,60}?\b(?:was|were|had|did|looked|explored|discussed|wrote|saw|said)\b"
)
_ALONE = re.compile(rf"(?:^|[.!?:]\s+){_NOUN}\s+(?P<n>{CARDINAL})\b", re.I)
_QUOTED = re.compile(r"[“\"«‘]([^“”\"«»]{2,60})[”\"»’]")
_ABOUT = re.compile(
    r"\s*,?\s*(?:on|about|called|entitled|exploring)\s+(?P<topic>[^.!?,;:–—()]{3,50})"
)
_FILLER = re.compile(
    r"\b(?:new|blogs?|blogpost|posts?|articles?|mini|short|guest|ongoing|monthly|weekly|summer|winter|special"
    r"|interview|[\w-]+-part)\b[\s-]*",
    re.I,
)


def in_text(text: str, *, known: bool = False) -> Mark | None:
    """Return what a text's first sentences say; with `known`, "Lesson three." is enough.

    >>> in_text("This is the third blog in our Greener Somewhere series.").name
    'Greener Somewhere'
    >>> in_text("In our first letter we were pleased with ourselves.") is None
    True
    """
    start = text[:_MAX_TEXT]
    low = start.casefold()
    if "series" in low or "trilogy" in low:
        found = _counted(start) or _instalment(start) or _belongs(start)
        if found:
            return found
    if "part " in low or " of " in low:
        found = _of_total(start)
        if found:
            return found
    alone = _ALONE.search(start) if known else None
    return Mark(raw=alone[0].strip(" .!?:"), part=number(alone["n"])) if alone else None


def _counted(text: str) -> Mark | None:
    for found in _COUNTED.finditer(text):
        is_earlier = found["earlier"] and _PAST.match(text[found.start("after") :])
        part = number(found["n"] or found["nth"])
        if is_earlier or (part is None and found["nth"] not in ("final", "last")):
            continue
        total = number(found["total"]) if found["total"] else _total_in(found["mid"])
        part = part or total
        if part or _named(found["mid"], found["after"]):
            return _mark(found, _named(found["mid"], found["after"]), part, total)
    return None


def _instalment(text: str) -> Mark | None:
    found = _INSTALMENT.search(text)
    return _mark(found, tidy(found["name"]), number(found["nth"]), None) if found else None


def _belongs(text: str) -> Mark | None:
    for found in _BELONGS.finditer(text):
        name = _named(found["mid"] or found["goes"] or "", found["after"] or "")
        if name:
            return _mark(found, name, None, None)
    return None


def _of_total(text: str) -> Mark | None:
    for found in _OF_TOTAL.finditer(text):
        part, total = number(found["n"] or found["nth"]), number(found["total"])
        if part and total and 2 <= total <= 99 and part <= total:
            return _mark(found, "", part, total)
    return None


def _mark(found: re.Match[str], name: str, part: int | None, total: int | None) -> Mark:
    raw = found[0][: len(found[0]) - len(found.groupdict().get("after") or "")]
    return Mark(raw=raw.strip(), names=(name,) if name else (), part=part, total=total)


def _total_in(words: str) -> int | None:
    found = re.search(rf"({CARDINAL})[- ]part\b", words, re.I)
    return number(found[1]) if found else None


def _named(mid: str, after: str) -> str:
    """Return the series' name in "our new “X” blog series" or "a series on X", or nothing."""
    quoted = _QUOTED.search(mid) or _QUOTED.match(after.strip(" ,"))
    if quoted:
        return tidy(quoted[1])
    name = tidy(_FILLER.sub("", mid))
    if name and any(word[0].isupper() for word in name.split()):
        return name
    about = _ABOUT.match(after)
    return tidy(about["topic"]) if about else ""

"""Finds in a text's first sentences that the post is part of a series, and which part.

"This is the third blog in our “X” series", "part two of four", "the first of three letters". This
room owns the traps of sentences: what was said of an earlier part ("In our first letter we were
…"), a first blog ever, a post that is a job. It reads the beginning only, and refuses to name what
has no name.
"""

from __future__ import annotations

import re

from digest.editing.lexicon import entries, has_any
from digest.editing.series.marks import NOUN, ORDINAL_HINTS, Mark, tidy, value
from digest.editing.series.numerals import CARDINAL, ORDINAL

_MAX_TEXT = 700  # characters of a text that are read

_THIS = r"(?:this|the|our|my|a|an|her|his|their)"
_THIS_HINTS = (
    "this is ", "here is ", "welcome to ", "in this", "so this", "this, ", "this our ", "this my ",
    "this the ",
)  # fmt: skip
_FINAL_HINTS = ("final ", "last ", "closing ", "concluding ")
_SEVERAL = (
    r"(?:blogs?|letters?|posts?|lessons|articles|parts|instal?lments|dispatches|postcards|essays|pieces|columns"
    r"|reflections)"
)
_SEVERAL_HINTS = (
    "blogs", "letters", "posts", "lessons", "articles", "parts", "instal", "dispatches", "postcards",
    "essays",
    "pieces", "columns", "reflections",
)  # fmt: skip
_NTH_IN_SERIES = re.compile(
    rf"(?P<before>\bin )?(?:\b{_THIS},?\s+)(?:the\s+)?(?P<part>{ORDINAL})(?:,?\s+and\s+(?:final|last),?)?"
    rf"(?:\s+(?P<noun>{NOUN}|post))?(?:\s+of\s+(?P<total>{CARDINAL})(?:\s+\w+)?)?,?\s+(?:in|of|from|for)\s+"
    rf"{_THIS}\s+(?P<mid>[^.!?:;]{{0,80}}?)\b(?:series|trilogy)\b(?P<after>[^.!?;]{{0,70}})",
    re.I,
)
_PART_OF = re.compile(
    rf"\bpart\s+(?P<part>{CARDINAL}),?\s+(?:of|in)\s+(?:(?P<total>{CARDINAL})\b"
    rf"|(?:{_THIS}\s+)(?P<mid>[^.!?:;]{{0,80}}?)\b(?:series|trilogy)\b(?P<after>[^.!?;]{{0,70}}))",
    re.I,
)
_NUMBER_IN = re.compile(
    rf"\b(?P<noun>{NOUN}|post)\s+(?:number\s|no\.?|#)?\s*(?P<part>{CARDINAL})(?:\s+of\s+(?P<total>{CARDINAL}))?,?"
    rf"\s+(?:in|of|from|for)\s+{_THIS}\s+(?P<mid>[^.!?:;]{{0,80}}?)\b(?:series|trilogy)\b(?P<after>[^.!?;]{{0,70}})",
    re.I,
)
_FINAL = re.compile(
    rf"\b(?:this|the|our|my)\s+(?:final|last|closing|concluding)\s+(?:(?:{NOUN}|post)\s+)?(?:in|of)\s+"
    rf"{_THIS}\s+(?P<mid>[^.!?:;]{{0,80}}?)\b(?:series|trilogy)\b(?P<after>[^.!?;]{{0,70}})",
    re.I,
)
_INSTALMENT_OF = re.compile(
    rf"\b(?P<part>{ORDINAL})\s+(?P<noun>{NOUN}|post)\s+(?:of|in)\s+(?P<name>[“\"‘]?[A-Z][^.!?,;:]{{2,50}}?),"
    r"\s+(?:our|a|the|my)\s+(?:[\w-]+\s+){0,3}series\b"
)
_THIS_LATER = re.compile(
    rf"\bthis\s+(?P<part>{ORDINAL})\s+(?P<noun>blog(?:\s?post)?|article|instal?lment|episode)\b",
    re.I,
)
_FIRST_OF = re.compile(
    rf"\b(?:is|are|here’s|here's|it’s|it's|this,?)\s+(?:the\s+)?(?P<part>{ORDINAL})(?:\s+(?P<noun>{NOUN}))?"
    r"\s+(?:of|in)\s+(?:what will be\s+)?(?:(?:our|my|a|an|the|a set of|a run of)\s+)?"
    rf"(?P<total>{CARDINAL}|handful of|few|several|set of|couple of|number of|run of"
    rf"|some)\s+(?:\w+\s+){{0,2}}?"
    rf"{_SEVERAL}\b",
    re.I,
)
_THIS_NTH = re.compile(
    r"(?:\bthis is (?:our|my|the)|\bhere is (?:our|my|the)|\bwelcome to (?:our|my|the)"
    r"|\bin this,? (?:our |my |the )?|\bso this|\bthis,? (?:our|my|the))"
    rf"\s*(?P<part>{ORDINAL})(?:\s+and\s+(?:final|last))?\s+(?P<noun>{NOUN})\b",
    re.I,
)
_NOUN_NUMBER = re.compile(
    r"(?:^|[.!?:]\s+|\bfor\s+|\bto\s+)(?P<noun>part|lesson|letter|chapter|episode|instal?lment|blog|teil|partie|parte)"
    rf"\s+(?P<part>{CARDINAL})\b",
    re.I,
)
_BELONGS = re.compile(
    r"\b(?:part of|in|to|of|for|from|launch|introduc(?:es?|ing)|starts?|begins?|continu(?:es?|ing)"
    r"|conclud(?:es?|ing))\s+"
    r"(?:our|the|a|my|this)\s+(?P<mid>[^.!?:;]{1,80}?)\bseries\b(?P<after>[^.!?;]{0,70})",
    re.I,
)
_GOES_ON = re.compile(
    r"(?:^|[.!?]\s+)(?:our|the|this)\s+(?P<mid>[^.!?:;]{1,60}?)\bseries\s+(?:continues|concludes|returns|begins|starts|ends)\b",
    re.I,
)
_BELONGS_HINT = re.compile(
    r"\b(?:part of|welcome to|latest|next|final|last|launch|instal?lment|start|begin|continu|conclud"
    r"|introduc)",
    re.I,
)
_EARLIER = re.compile(
    r"^[^.!?]{0,60}?\b(?:was|were|had|did|looked|explored|discussed|wrote|saw|described|introduced|met|covered"
    r"|set out|shared|considered|heard|talked|asked|showed|told|learned|learnt|examined|argued|promised"
    r"|said|made"
    r"|gave|began|started|found|outlined|explained|focused|focussed)\b",
    re.I,
)
_IN_SERIES_SOON = re.compile(r"[^.!?]{0,30}\bseries\b")
_QUOTED = re.compile(r"[“\"«‘]([^“”\"«»]{2,60})[”\"»’]")
_ABOUT = re.compile(
    r"\s*(?:,\s*)?(?:(?:of|with)\s+\w+\s+(?:\w+\s+)?)?(?:on|about|called|entitled|titled|exploring"
    r"|looking at)\s+"
    r"(?P<topic>[^.!?,;:–—()]{3,50})"
)
_TOTAL_BEFORE = re.compile(rf"(?P<total>{CARDINAL})[- ]part\b", re.I)
_TOTAL_AFTER = re.compile(rf"^\s+of\s+(?P<total>{CARDINAL})\b", re.I)
_FILLER = re.compile(
    r"\b(?:new|blogs?|blogpost|posts?|articles?|mini|short|occasional|guest|letter|ongoing|current|regular|monthly"
    r"|weekly|summer|winter|autumn|spring|special|interview|little|own|brand|popular|latest|[\w-]+-part"
    r"|\w+ part)\b"
    r"[\s-]*",
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
    serial = "series" in low or "trilogy" in low
    ordinal = has_any(low, ORDINAL_HINTS)
    return (
        (serial and ordinal and _nth_in_series(start))
        or ("part " in low and _part_of(start))
        or (serial and _number_in(start))
        or (serial and ordinal and _instalment_of(start))
        or (serial and has_any(low, _FINAL_HINTS) and _final(start))
        or (ordinal and has_any(low, _SEVERAL_HINTS) and _first_of(start))
        or (ordinal and has_any(low, _THIS_HINTS) and _this_nth(start))
        or (ordinal and "this " in low and _this_later(start))
        or (known and _noun_number(start))
        or (serial and _belongs(start))
        or None
    )


def _said(found: re.Match[str]) -> str:
    """Return the words a match claims, without those it only looked at."""
    after = found.groupdict().get("after") or ""
    return found[0][: len(found[0]) - len(after)]


def _nth_in_series(text: str) -> Mark | None:
    for found in _NTH_IN_SERIES.finditer(text):
        part = value(found)
        earlier = found["before"] and _EARLIER.match(
            found["after"] + text[found.end() : found.end() + 40]
        )
        if part is None or earlier:
            continue
        name, topic, total = _described(found["mid"], found["after"])
        return Mark(
            raw=_said(found),
            name=name,
            part=part,
            total=total or value(found, "total"),
            noun=(found["noun"] or "").casefold(),
            topic=topic,
        )
    return None


def _part_of(text: str) -> Mark | None:
    found = next((m for m in _PART_OF.finditer(text) if not _is_earlier(m, text)), None)
    if found is None or (part := value(found)) is None:
        return None
    if found["total"]:
        total = value(found, "total")
        return (
            Mark(raw=found[0], part=part, total=total, noun="part")
            if total and total >= part
            else None
        )
    name, topic, total = _described(found["mid"], found["after"])
    return Mark(raw=_said(found), name=name, part=part, total=total, noun="part", topic=topic)


def _number_in(text: str) -> Mark | None:
    """Read "post number three in our Mentoring Matters series"."""
    found = next((m for m in _NUMBER_IN.finditer(text) if not _is_earlier(m, text)), None)
    if found is None or (part := value(found)) is None:
        return None
    name, topic, total = _described(found["mid"], found["after"])
    noun = found["noun"].casefold()
    return Mark(
        raw=_said(found),
        name=name,
        part=part,
        total=total or value(found, "total"),
        noun=noun,
        topic=topic,
    )


def _is_earlier(found: re.Match[str], text: str) -> bool:
    """Say whether a part is another one, looked back at: "In part 1 of this series I wrote …"."""
    if text[: found.start()].rstrip()[-3:].strip().casefold() != "in":
        return False
    return bool(_EARLIER.match((found["after"] or "") + text[found.end() : found.end() + 40]))


def _final(text: str) -> Mark | None:
    """Read "the final blog in our three-part X series"; where the total is told, so is the part."""
    found = _FINAL.search(text)
    if found is None:
        return None
    name, _, total = _described(found["mid"], found["after"])
    return Mark(raw=_said(found), name=name, part=total, total=total) if name else None


def _instalment_of(text: str) -> Mark | None:
    """Read "the fifth instalment of Kind Teams, our series on rest"."""
    found = _INSTALMENT_OF.search(text)
    if found is None or (part := value(found)) is None:
        return None
    name = tidy(found["name"])
    return Mark(raw=found[0], name=name, part=part, noun=found["noun"].casefold()) if name else None


def _first_of(text: str) -> Mark | None:
    found = _FIRST_OF.search(text)
    if found is None or (part := value(found)) is None:
        return None
    total = value(found, "total")
    if total is not None and total < part:
        return None
    return Mark(raw=found[0], part=part, total=total, noun=(found["noun"] or "").casefold())


def _this_nth(text: str) -> Mark | None:
    """Read "This is our third letter"; a first one may be the author's first ever, and no series."""
    for found in _THIS_NTH.finditer(text):
        part = value(found)
        rest = text[found.end() : found.end() + 60]
        doubtful = part == 1 or rest.startswith(" of ")
        if part is None or (doubtful and not _IN_SERIES_SOON.match(rest)):
            continue
        return Mark(raw=found[0], part=part, noun=found["noun"].casefold())
    return None


def _this_later(text: str) -> Mark | None:
    """Read "Following our first blog, this second blog …"; a first one may be the author's first ever."""
    found = _THIS_LATER.search(text)
    part = value(found) if found else None
    if found is None or part is None or part < 2:
        return None
    return Mark(raw=found[0], part=part, noun=found["noun"].casefold())


def _noun_number(text: str) -> Mark | None:
    """Read "Lesson three is about weekends", enough where the series is known."""
    found = _NOUN_NUMBER.search(text[:300])
    if found is None or (part := value(found)) is None:
        return None
    return Mark(raw=found[0].strip(" .!?:"), part=part, noun=found["noun"].casefold())


def _belongs(text: str) -> Mark | None:
    """Read "part of our Greener Somewhere series", where the name is written as a name."""
    if (goes_on := _GOES_ON.search(text)) and (name := _described(goes_on["mid"], "")[0]):
        return Mark(raw=goes_on[0], name=name)
    found = _BELONGS.search(text)
    if found is None or not _BELONGS_HINT.search(text[max(0, found.start() - 40) : found.end()]):
        return None
    if _EARLIER.match(found["after"]) and not found[0].casefold().startswith("part of"):
        return None
    name, _, total = _described(found["mid"], "")
    return Mark(raw=_said(found), name=name, total=total) if name else None


def _described(mid: str, after: str) -> tuple[str, str, int | None]:
    """Return a series' name, else what it is about, and its total, from the words around "series"."""
    total = _TOTAL_AFTER.match(after) or _TOTAL_BEFORE.search(mid)
    count = value(total, "total") if total else None
    if quoted := _QUOTED.search(mid) or _QUOTED.search(after):
        return tidy(quoted[1]), "", count
    name = _FILLER.sub("", mid).strip(" ,-")
    if (
        name
        and name.casefold() not in entries("no_series")
        and name[0].isupper()
        and len(name.split()) <= 7
    ):
        return tidy(name), "", count
    about = _ABOUT.match(after)
    if about and len(about["topic"].split()) <= 5:
        topic = about["topic"].strip()
        return "", topic[0].upper() + topic[1:], count
    return "", "", count

"""Finds in a title and a text's first sentences that a post is a part of something, and of what.

Two things are read apart: the *mark* (part, total, label) and the *name* of the series, since many a mark
has no name ("Blog 2: …") and many a name no mark ("Greener Somewhere Blog Series: …"). This room owns the
traps (dates, ratings, laws, wars, "my first blog", "in our first letter we were …"). It refuses to weigh a
finding against what a source declared; `series` does.
"""

from __future__ import annotations

import re

from digest.editing.numerals import CARDINAL, ORDINAL, number
from digest.models import Value


class Mark(Value):
    """Hold what was found: the words themselves, part, total, label ("2b"), and the series' name if said.

    `noun` is what the parts are called ("blog", "letter"), in small letters; `topic` what a series without
    a name is said to be about.
    """

    raw: str
    name: str = ""
    part: int | None = None
    total: int | None = None
    label: str = ""
    noun: str = ""
    topic: str = ""


_MAX_TITLE = 400
_MAX_TEXT = 700
_MAX_PART = 40
_EDGES = " \t\n\u00a0,:;–—|-.([“”\"«»‘’'#"

_NOUN = (
    r"(?:blog(?:\s?post|\s?entry)?|letter|lesson|part|episode|chapter|instal?lment|article|column|dispatch|despatch"
    r"|postcard|missive|entry|diary(?: entry)?|newsletter|essay|reflection|conversation|interview|piece|update|guest blog)"
)
_SURE = (
    r"(?:part|pt\.?|teil|folge|partie|parte|deel|del|rhan|część|часть|частина|episode|ep\.|épisode|episodio"
    r"|instal?lment|blog(?:\s?post)?|letter|lesson|lektion|leçon|chapter|dispatch|postcard|diary entry)"
)
_CHANCY = r"(?:week|day|session|module|tip|volume|vol\.?|number|no\.?|entry|column|article|post|issue|stop|month|note|story|task)"
_SEPARATED = r"(?=\s*(?:$|[)\]:–—|,!?]|\.(?!\d)|-\s|\s-))"

_NOUN_HINTS = (
    "part", "pt", "teil", "folge", "deel", "del", "rhan", "част", "episod", "épisode", "ep", "instal", "blog", "letter",
    "lesson", "lektion", "leçon", "chapter", "dispatch", "postcard", "diary", "week", "day", "session", "module", "tip", "vol",
    "no", "number", "entry", "column", "article", "post", "issue", "stop", "month", "note", "story", "task",
)  # fmt: skip
_NUMERAL = re.compile(r"[0-9]|\b[IVX]+\b")
_NUMBER_WORDS = (
    "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twel", "teen", "first",
    "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth", "tenth", "st", "nd", "rd", "th",
)  # fmt: skip
_ORDINAL_HINTS = (
    "first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth", "tenth", "elfth", "teenth",
    "1st", "2nd", "3rd", "4th", "5th", "6th", "7th", "8th", "9th", "0th",
)  # fmt: skip
_THIS_HINTS = (
    "this is ", "here is ", "welcome to ", "in this", "so this", "this, ", "this our ", "this my ", "this the ",
)  # fmt: skip
_SEVERAL_HINTS = (
    "blogs", "letters", "posts", "lessons", "articles", "parts", "instal", "dispatches", "postcards", "essays", "pieces",
    "columns", "reflections",
)  # fmt: skip
_NUMBERED = re.compile(
    rf"(?P<lead>^|[\s(\[,:–—|.-])(?P<noun>{_SURE}|{_CHANCY})\s+(?:no\.?\s*|#\s*)?(?P<part>{CARDINAL})(?P<label>[a-e]\b)?"
    rf"(?:\s*(?:of|out of|/|von|de|sur|di)\s*(?P<total>{CARDINAL}))?{_SEPARATED}",
    re.I,
)
_TRAILING_NOUN = re.compile(
    rf"[(\[,:–—|-]\s*(?P<part>{ORDINAL})\s+(?P<noun>part|teil|partie|parte|instal?lment|blog|lesson|letter){_SEPARATED}",
    re.I,
)
_FRACTION = re.compile(
    rf"[(\[]\s*(?P<part>\d{{1,2}}|[a-z]{{3,6}})\s*(?P<of>/|of|von|de|sur)\s*(?P<total>\d{{1,2}}|[a-z]{{3,6}})\s*[)\]]",
    re.I,
)
_HASH = re.compile(
    r"(?P<pre>[^\W\d_][\w’'&“”\"( -]*?)[\s,:(–—-]+#\s?(?P<part>\d{1,2})(?=\s*(?:$|[:)–—|]|-\s))"
)
_HASH_FIRST = re.compile(r"#\s?(?P<part>\d{1,2})\s*[:–—|]\s*(?=\S)")
_COUNTER = re.compile(
    r"(?:第|その)\s*(?P<part>\d{1,2}|[一二三四五六七八九十])\s*(?:回|部|話|弾|章|篇|期|集)|その(?P<other>\d{1,2}|[一二三四五六七八九十])"
)
_ARABIC = re.compile(r"الجزء\s+(?P<part>الأول|الثاني|الثالث|الرابع|الخامس|\d{1,2})")
_CJK_DIGITS = {c: n for n, c in enumerate("一二三四五六七八九十", 1)}
_ARABIC_ORDINALS = {"الأول": 1, "الثاني": 2, "الثالث": 3, "الرابع": 4, "الخامس": 5}
_NAME_NUMBER = re.compile(
    rf"(?P<name>[^\W\d_][^:–—|]{{2,58}}?)\s+(?P<part>\d{{1,2}}|[IVX]{{1,5}})(?P<label>[a-e])?\s*(?:[:–—|]|\s-\s)\s*(?=\S)"
)
_KIND_OF_SERIES = re.compile(
    r"(?:school|series|diary|diaries|letters?|notes|lessons?|stories|tips|files|chronicles|journal|club|corner|masterclass"
    r"|spotlight|insights|conversations|postcards?|dispatch(?:es)?|blogs?|column|podcast|basics|bulletin|briefing|bites|notebook"
    r"|almanac|walks|reflections|musings|ramblings|memoirs?|sketches|essays|tales|adventures|q&a|roundup|digest|101)$",
    re.I,
)
_ORDINAL_FROM = re.compile(
    rf"(?:^|[:–—|]\s*)(?:an?\s+|the\s+|our\s+|my\s+)?(?P<part>{ORDINAL})\s+(?P<noun>letter|postcard|dispatch|despatch|note|diary entry|blog|missive)"
    r"\s+(?P<from>from\s+[^:–—|,.]{3,60})",
    re.I,
)
_FROM_ORDINAL = re.compile(
    rf"(?P<from>from\s+[^:–—|,.]{{3,60}})\s*[,:–—-]\s*(?:an?\s+|the\s+|our\s+|my\s+)?(?P<part>{ORDINAL})\s+(?P<noun>letter|postcard|dispatch|despatch|note|diary entry|blog|missive)\b",
    re.I,
)
_CALLED_SERIES = re.compile(
    r"(?P<name>[“\"«‘']?[^:–—|“”\"]{3,70}?[”\"»’']?)\s+(?P<noun>(?:guest |mini[- ])?(?:blog(?:post)?|article|post|mini|interview|podcast|letter)?[- ]?)series\b"
    rf"(?:\s*[,(#–—-]*\s*(?:(?:{_SURE}|{_CHANCY}|#)\s*)?(?P<part>{CARDINAL})(?:\s*(?:of|/)\s*(?P<total>{CARDINAL}))?\)?)?\s*(?P<after>$|[:–—|]|\s-\s|[.)]\s)",
    re.I,
)
_LAST_SERIES = re.compile(
    r"(?:[–—|]\s*|\s-\s|\()(?:part of )?(?:the |our )?(?P<name>[“\"]?[^:–—|()“”\"]{3,60}?[”\"]?)\s+(?P<noun>(?:guest |mini[- ])?(?:blog|article|post|interview)\s)?series\)?$",
    re.I,
)
_INTRODUCING = re.compile(
    r"(?:introducing|announcing|launching|presenting|welcome to|a new series(?::| called)|new series:|new blog series:)\s+(?:(?:the|our|a|an|my)\s+)?(?:new\s+)?"
    r"(?P<name>[“\"«‘']?[^“”\"«»:|]{3,70}?[”\"»’']?)(?:\s+(?:(?:guest |mini[- ])?(?:blog|article|post|letter|interview)?[- ]?)series\b|$)",
    re.I,
)
_NO_SERIES = frozenset(
    "world time tv web mini test drama netflix bbc hit new this that whole entire data concert box book film fourier power"
    " taylor hbo limited television documentary book-and-film first second third a the our final our-new children’s children's"
    " webinar seminar lecture event workshop short another".split()
)
_QUESTION = re.compile(
    r"(?:why|how|what|when|where|who|which|watching|reading|binge|review|i|we|is|are|do|does|should|can|\d)\b",
    re.I,
)
_COLUMNS = (
    (re.compile(r"(?:^|[:–—|]\s*)in conversation\b(?=\s+with\b|\s*[:–—|])", re.I), "In conversation"),
    (
        re.compile(
            r"(?:^|[–—|]\s*|\s-\s|[(\[]|:\s)(?:an?\s+)?book review(?=\s*(?:[:–—|)\]]|\s-\s|$|by\s|of\s|#|\d))",
            re.I,
        ),
        "Book review",
    ),
)
_RATED = re.compile(r"\b(?:review|rating|rated|stars?|score|pulse|verdict)\b", re.I)
_DATED = re.compile(
    r"\b(?:day|meeting|minutes|agenda|news|update|updates|week|weekly|notice|closed|closure|closing|opening|event|events|webinar|diary dates|dates?|on"
    r"|summary|rota|menu|bulletin|monday|tuesday|wednesday|thursday|friday|saturday|sunday|today|tomorrow|tonight|fair|sale)\s*$",
    re.I,
)
_RANKED = re.compile(
    r"\b(?:the|our|is|are|re|be|my|your|a|ranked|voted|number|priority|reason|top|tip|rule|problem|fan|hotel|room|bus|route|platform)$",
    re.I,
)

# ---- sentences
_THIS = r"(?:this|the|our|my|a|an|her|his|their)"
_IN_SERIES = re.compile(
    rf"(?P<before>\bin )?(?:\b{_THIS},?\s+)(?:the\s+)?(?P<part>{ORDINAL})(?:,?\s+and\s+(?:final|last),?)?(?:\s+(?P<noun>{_NOUN}|post|of))?,?\s+(?:in|of|from|for)\s+"
    rf"{_THIS}\s+(?P<mid>[^.!?:;]{{0,80}}?)\b(?:series|trilogy)\b(?P<after>[^.!?;]{{0,70}})",
    re.I,
)
_PART_OF = re.compile(
    rf"\bpart\s+(?P<part>{CARDINAL})\s+(?:of|in)\s+(?:(?P<total>{CARDINAL})\b|(?:{_THIS}\s+)(?P<mid>[^.!?:;]{{0,80}}?)\b(?:series|trilogy)\b(?P<after>[^.!?;]{{0,70}}))",
    re.I,
)
_FIRST_OF = re.compile(
    rf"\b(?:is|are|here is|here’s|here's|it’s|it's|this,?)\s+(?:the\s+)?(?P<part>{ORDINAL})(?:\s+(?P<noun>{_NOUN}))?\s+(?:of|in)\s+(?:what will be\s+)?(?:(?:our|my|a|an|the|a set of|a run of)\s+)?"
    rf"(?P<total>{CARDINAL}|handful of|few|several|set of|couple of|number of|run of|some)\s+(?:\w+\s+){{0,2}}?(?:blogs?|letters?|posts?|lessons|articles|parts|instal?lments|dispatches|postcards|essays|pieces|columns|reflections)\b",
    re.I,
)
_THIS_NTH = re.compile(
    rf"(?P<lead>\bthis is (?:our|my|the)|\bhere is (?:our|my|the)|\bwelcome to (?:our|my|the)|\bin this,? (?:our |my |the )?|\bso this|\bthis,? (?:our|my|the))\s*(?P<part>{ORDINAL})(?:\s+and\s+(?:final|last))?\s+(?P<noun>{_NOUN})\b",
    re.I,
)
_NOUN_NUMBER = re.compile(
    rf"(?:^|[.!?:]\s+|\bfor\s+|\bto\s+)(?P<noun>part|lesson|letter|chapter|episode|instal?lment|blog|teil|partie|parte)\s+(?P<part>{CARDINAL})\b",
    re.I,
)
_NAMED_ONLY = re.compile(
    r"\b(?:part of|in|to|of|for|from|launch|introduces?|starts?|begins?|continues?|concludes?)\s+(?:our|the|a|my|this)\s+(?P<mid>[^.!?:;]{1,80}?)\bseries\b(?P<after>[^.!?;]{0,70})",
    re.I,
)
_EARLIER = re.compile(
    r"^[^.!?]{0,60}?\b(?:was|were|had|did|looked|explored|discussed|wrote|saw|described|introduced|met|covered|set out|shared|considered|heard|talked|asked"
    r"|showed|told|learned|learnt|examined|argued|promised|said|made|gave|began|started|found|outlined|explained|focused|focussed)\b",
    re.I,
)
_QUOTED = re.compile(r"[“\"«‘]([^“”\"«»]{2,60})[”\"»’]")
_ABOUT = re.compile(
    r"\s*(?:,\s*)?(?:(?:of|with)\s+\w+\s+(?:\w+\s+)?)?(?:on|about|called|entitled|titled|exploring|looking at)\s+(?P<topic>[^.!?,;:–—()]{3,50})"
)
_TOTAL_BEFORE = re.compile(rf"(?P<total>{CARDINAL})[- ]part\b", re.I)
_TOTAL_AFTER = re.compile(rf"^\s+of\s+(?P<total>{CARDINAL})\b", re.I)
_FILLER = re.compile(
    r"\b(?:new|blog|blogs|blogpost|post|posts|article|mini|short|occasional|guest|letter|ongoing|current|regular|monthly|weekly|summer|winter|autumn|spring|special|interview|little|own|brand|popular|latest|[\w-]+-part|[\w]+ part)\b[\s-]*",
    re.I,
)


def _part(match: re.Match[str], group: str = "part") -> int | None:
    text = match[group]
    value = number(text) if text else None
    return value if value and value <= _MAX_PART else None


def is_kind_of_series(name: str) -> bool:
    """Say whether a name is of a kind that comes in parts, as "Windowsill School" is."""
    return bool(_KIND_OF_SERIES.search(name)) and not _QUESTION.match(name)


def tidy(name: str) -> str:
    """Return a series' name without quotes, article and such words as "blog series"."""
    name = name.strip(_EDGES)
    name = (
        re.sub(r"^(?:the|our|my|a|an)\s+(?=\S)(?![^“]*”$)", "", name, flags=re.I)
        if len(name.split()) > 1
        else name
    )
    name = (
        re.sub(
            r"\s+(?:(?:guest\s+|mini[- ]?)?(?:blog|article|post)s?|mini)?[\s-]*(?:series)?$",
            "",
            name,
            flags=re.I,
        )
        or name
    )
    return name.strip(_EDGES)


# ---------------------------------------------------------------- titles


def in_title(title: str) -> Mark | None:
    """Return what a title says about series and part; a name or a mark may be missing, not both.

    >>> in_title("Windowsill School, part two: What light is for")
    Mark(raw='part two', name='Windowsill School', part=2, noun='part')
    >>> in_title("World War II: gardens") is None
    True
    """
    if len(title) > _MAX_TITLE:
        return None
    low = title.casefold()
    numeral = bool(_NUMERAL.search(title))
    counted = numeral or any(w in low for w in _NUMBER_WORDS)
    return (
        ("series" in low and _called(title))
        or (counted and "from" in low and _from(title))
        or (counted and any(n in low for n in _NOUN_HINTS) and _numbered(title))
        or (counted and ("(" in low or "[" in low) and _fraction(title))
        or (numeral and "#" in low and _hash(title))
        or (not low.isascii() and _counter(title))
        or (numeral and _named_number(title))
        or ("series" in low and _introduced(title))
        or (("in conversation" in low or "review" in low) and _column(title))
        or None
    )


def _called(title: str) -> Mark | None:
    found = None if _INTRODUCING.match(title) else _CALLED_SERIES.match(title)
    if found is None or (found["after"] == "" and found["part"] is None and not found["noun"].strip()):
        found = _LAST_SERIES.search(title) or found
        if found is None or found.re is _CALLED_SERIES:
            return _inner(title)
    name = tidy(found["name"])
    noun = found.groupdict().get("noun") or ""
    if not _is_series_name(name, found["name"], certain=bool(noun.strip()), stated="Series" in found[0] or "SERIES" in found[0] or found.groupdict().get("part") is not None):
        return _inner(title)
    if found.re is _LAST_SERIES:
        inside = _numbered(title[: found.start()]) or _fraction(title[: found.start()])
        return Mark(
            raw=found[0].strip(),
            name=name,
            part=inside.part if inside else None,
            total=inside.total if inside else None,
        )
    mark = Mark(raw=found[0].strip(" :–—|-"), name=name, part=_part(found), total=_part(found, "total"))
    if mark.part is None and (inside := _numbered(title[found.end() :]) or _fraction(title[found.end() :])):
        return Mark(
            raw=mark.raw,
            name=name,
            part=inside.part,
            total=inside.total,
            label=inside.label,
            noun=inside.noun,
        )
    return mark


def _inner(title: str) -> Mark | None:
    """Read a title that speaks as a sentence does: "The third blog in our Greener Somewhere series"."""
    return in_text(title) if not _INTRODUCING.match(title) else None


def _is_series_name(name: str, raw: str, *, certain: bool, stated: bool) -> bool:
    words = name.split()
    if (
        not 1 <= len(words) <= 8
        or name.casefold() in _NO_SERIES
        or words[-1].casefold() in ("tv", "netflix", "bbc", "world", "time")
    ):
        return False
    if _QUOTED.search(raw):
        return True
    if certain:
        return not _QUESTION.match(name)
    if not stated:
        return False
    capitals = sum(
        w[0].isupper()
        or w[0].isdigit()
        or w in ("of", "the", "and", "in", "for", "to", "&", "a", "on", "from", "with")
        for w in words
    )
    return capitals == len(words) and not _QUESTION.match(name)


def _introduced(title: str) -> Mark | None:
    found = _INTRODUCING.match(title)
    if found is None or "series" not in found[0].casefold():
        return None
    name = tidy(found["name"])
    return Mark(raw=found[0], name=name) if name and name.casefold() not in _NO_SERIES else None


def _numbered(title: str) -> Mark | None:
    for found in _NUMBERED.finditer(title):
        part, noun = _part(found), found["noun"].casefold().rstrip(".")
        if part is None or (found["total"] and "/" in found[0] and not re.match("p", noun)):
            continue
        before = title[: found.start("noun")].rstrip()
        if re.fullmatch(_CHANCY, noun, re.I) and not _KIND_OF_SERIES.search(before.rstrip(" ,:–—|-(#")):
            continue
        if (
            before
            and before[-1] not in ",:–—|-([.!?"
            and noun not in ("part", "pt", "teil", "partie", "parte", "deel", "episode")
        ):
            if not _KIND_OF_SERIES.search(before):
                continue
        total = _part(found, "total")
        if total is not None and total < part:
            continue
        label = f"{part}{found['label']}" if found["label"] else ""
        return Mark(
            raw=found[0].strip(" ,:–—|-([."),
            name=_name_before(before),
            part=part,
            total=total,
            label=label,
            noun=noun,
        )
    found = _TRAILING_NOUN.search(title)
    if found and (part := _part(found)) and title[: found.start()].strip():
        return Mark(
            raw=found[0].strip(" ,:–—|-(["),
            name=_name_before(title[: found.start("part")]),
            part=part,
            noun=found["noun"].casefold(),
        )
    return None


def _name_before(before: str) -> str:
    name = before.strip(_EDGES)
    return name if any(c.isalpha() for c in name) and len(name) <= 120 else ""


def _fraction(title: str) -> Mark | None:
    found = _FRACTION.search(title)
    if found is None:
        return None
    part, total = _part(found), _part(found, "total")
    before, rest = title[: found.start()], title[found.end() :]
    if not part or not total or part > total or total < 2 or (part, total) in ((9, 11), (7, 7)):
        return None
    if found["of"] == "/" and (_RATED.search(title) or _DATED.search(before.strip()) or "★" in title):
        return None
    if found["of"] == "de" and not before.strip():
        return None
    return Mark(raw=found[0], name=_name_before(before) or _name_before(rest), part=part, total=total)


def _hash(title: str) -> Mark | None:
    if first := _HASH_FIRST.match(title):
        return Mark(raw=first[0].strip(" :–—|"), part=_part(first)) if _part(first) else None
    found = _HASH.match(title)
    if found is None or (part := _part(found)) is None or _RANKED.search(found["pre"].strip()):
        return None
    name = _name_before(found["pre"])
    noun = name.casefold() if re.fullmatch(_NOUN, name, re.I) else ""
    return Mark(raw=f"#{part}", name="" if noun else name, part=part, noun=noun) if name else None


def _counter(title: str) -> Mark | None:
    found = _COUNTER.search(title)
    if found:
        text = found["part"] or found["other"]
        part = _CJK_DIGITS.get(text) or number(text)
        return (
            Mark(raw=found[0], name=tidy(title[: found.start()].strip(" 　【「（(")), part=part)
            if part
            else None
        )
    if found := _ARABIC.search(title):
        part = _ARABIC_ORDINALS.get(found["part"]) or number(found["part"])
        return Mark(raw=found[0], name=tidy(title[: found.start()]), part=part) if part else None
    return None


def _named_number(title: str) -> Mark | None:
    """Read "Windowsill School 1: …" where the name is of a kind that comes in parts."""
    found = _NAME_NUMBER.match(title)
    if found is None or not _KIND_OF_SERIES.search(found["name"]) or _QUESTION.match(found["name"]):
        return None
    part = _part(found)
    label = f"{part}{found['label']}" if found["label"] else ""
    return (
        Mark(raw=found[0].strip(" :–—|-"), name=tidy(found["name"]), part=part, label=label) if part else None
    )


def _from(title: str) -> Mark | None:
    """Read "First letter from the roof garden: …" and "From the roof garden, a third letter: …"."""
    found = _FROM_ORDINAL.match(title) or _ORDINAL_FROM.search(title)
    if found is None or (part := _part(found)) is None:
        return None
    noun = found["noun"].casefold()
    plural = noun[:-1] + "ies" if noun.endswith("y") else noun + ("es" if noun.endswith("ch") else "s")
    place = found["from"].strip()
    return Mark(
        raw=found[0].strip(" ,:–—"),
        name=f"{plural.capitalize()} from {place[5:].strip()}",
        part=part,
        noun=noun,
    )


def _column(title: str) -> Mark | None:
    for pattern, name in _COLUMNS:
        if found := pattern.search(title):
            return Mark(raw=found[0].strip(" :–—|-(["), name=name)
    return None


def number_after(title: str, name: str) -> Mark | None:
    """Return the part a title gives right after a name that is known to be a series: "Name 3: …", "(2)"."""
    if title[: len(name)].casefold() != name.casefold():
        found = re.search(r"\((?P<part>\d{1,2})\)$", title)
    else:
        pattern = rf"[\s,:–—#-]*(?:\w+\.?\s+)?(?P<part>{CARDINAL})(?P<label>[a-e]\b)?\s*(?:$|[:–—|,.]|-\s)"
        found = re.match(pattern, title[len(name) :], re.I)
    if found is None or (part := _part(found)) is None:
        return None
    label = found.groupdict().get("label")
    return Mark(raw=found[0].strip(" ,:–—|-"), part=part, label=f"{part}{label}" if label else "")


# ---------------------------------------------------------------- sentences


def in_text(text: str, *, known: bool = False) -> Mark | None:
    """Return what a text's first sentences say; with `known`, "Lesson three." is enough.

    >>> in_text("This is the third blog in our Greener Somewhere series.").name
    'Greener Somewhere'
    """
    start = text[:_MAX_TEXT]
    low = start.casefold()
    serial = "series" in low or "trilogy" in low
    ordinal = any(o in low for o in _ORDINAL_HINTS)
    return (
        (serial and ordinal and _in_series(start))
        or ("part " in low and _part_of(start))
        or (ordinal and any(n in low for n in _SEVERAL_HINTS) and _first_of(start))
        or (ordinal and any(t in low for t in _THIS_HINTS) and _this_nth(start))
        or (known and _noun_number(start))
        or (serial and _named_only(start))
        or None
    )


def _noun_number(text: str) -> Mark | None:
    """Read "Lesson three is about weekends", enough where the series is known."""
    found = _NOUN_NUMBER.search(text[:300])
    if found is None or (part := _part(found)) is None:
        return None
    return Mark(raw=found[0].strip(" .!?:"), part=part, noun=found["noun"].casefold())


def _in_series(text: str) -> Mark | None:
    for found in _IN_SERIES.finditer(text):
        part = _part(found)
        lead = found["before"] and _EARLIER.match(found["after"] + text[found.end() : found.end() + 40])
        if part is None or lead:
            continue
        noun = (found["noun"] or "").casefold()
        name, topic, total = _described(found["mid"], found["after"])
        return Mark(
            raw=found[0][: len(found[0]) - len(found["after"])],
            name=name,
            part=part,
            total=total,
            noun="" if noun == "of" else noun,
        )
    return None


def _part_of(text: str) -> Mark | None:
    found = _PART_OF.search(text)
    if found is None or (part := _part(found)) is None:
        return None
    if found["total"]:
        total = _part(found, "total")
        return Mark(raw=found[0], part=part, total=total, noun="part") if total and total >= part else None
    name, topic, total = _described(found["mid"], found["after"])
    return Mark(
        raw=found[0][: len(found[0]) - len(found["after"])], name=name, part=part, total=total, noun="part"
    )


def _first_of(text: str) -> Mark | None:
    found = _FIRST_OF.search(text)
    if found is None or (part := _part(found)) is None:
        return None
    total = _part(found, "total")
    if total is not None and total < part:
        return None
    return Mark(raw=found[0], part=part, total=total, noun=(found["noun"] or "").casefold())


def _this_nth(text: str) -> Mark | None:
    for found in _THIS_NTH.finditer(text):
        part = _part(found)
        if part is None or part == 1 and not re.match(r"[^.!?]{0,30}\bseries\b", text[found.end() :]):
            continue
        return Mark(raw=found[0], part=part, noun=found["noun"].casefold())
    return None


def _named_only(text: str) -> Mark | None:
    """Read "part of our Greener Somewhere series", where the name is written as a name."""
    found = _NAMED_ONLY.search(text)
    if found is None or not re.search(
        r"\b(?:part of|welcome to|latest|next|final|last|launch|instal?lment|start|begin|continu|conclud|introduc)",
        text[max(0, found.start() - 40) : found.end()],
        re.I,
    ):
        return None
    if _EARLIER.match(found["after"]) and not found[0].casefold().startswith("part of"):
        return None
    name, _, total = _described(found["mid"], "")
    return Mark(raw=found[0][: len(found[0]) - len(found["after"])], name=name, total=total) if name else None


def _described(mid: str, after: str) -> tuple[str, str, int | None]:
    """Return a series' name, else topic, and total out of the words around "series"."""
    total = _TOTAL_AFTER.match(after) or _TOTAL_BEFORE.search(mid)
    count = _part(total, "total") if total else None
    if quoted := _QUOTED.search(mid) or _QUOTED.search(after):
        return tidy(quoted[1]), "", count
    name = _FILLER.sub("", mid).strip(" ,-")
    if name and name.casefold() not in _NO_SERIES and name[0].isupper() and len(name.split()) <= 7:
        return tidy(name), "", count
    about = _ABOUT.match(after)
    if about and len(about["topic"].split()) <= 5:
        topic = about["topic"].strip()
        return "", topic[0].upper() + topic[1:], count
    return "", "", count

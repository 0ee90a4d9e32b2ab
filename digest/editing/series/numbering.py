"""Finds in a title that a post is part N of something: "part two", "(3/5)", "#4", "School 1: …".

This room owns the traps of numbers in titles: dates, ratings, laws, wars, wards, monarchs. It
refuses to weigh a finding against what a source declared; `series` does.
"""

from __future__ import annotations

import re

from digest.editing.lexicon import entries, fold, has_any, is_given, is_word
from digest.editing.series import naming
from digest.editing.series.marks import (
    CHANCY,
    ORDINAL_HINTS,
    SURE,
    Mark,
    before,
    described_total,
    is_kind_of_series,
    is_question,
    label,
    tidy,
    value,
)
from digest.editing.series.numerals import CARDINAL, ORDINAL, number

_MAX_TITLE = 400  # characters; nothing longer is a title, and no pattern is tried on it

_SEPARATED = r"(?=\s*(?:$|[)\]:–—|,!?]|\.(?!\d)|-\s|\s-))"
_NOUN_HINTS = (
    "part", "pt", "teil", "folge", "deel", "del", "rhan", "част", "episod", "épisode", "ep", "instal", "blog",
    "letter", "lesson", "lektion", "leçon", "chapter", "dispatch", "postcard", "diary", "week", "day",
    "session",
    "module", "tip", "vol", "no", "number", "entry", "column", "article", "post", "issue", "stop", "month",
    "story", "task",
)  # fmt: skip
_NUMERAL = re.compile(r"[0-9]|\b[IVX]+\b")
_NUMBER_WORDS = (
    "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twel", "teen",
    "eins", "zwei", "drei", "vier", "deux", "trois", "uno", "dos", "tres", "un", *ORDINAL_HINTS,
)  # fmt: skip
_NUMBERED = re.compile(
    rf"(?:^|[\s(\[,:–—|.-])(?P<noun>{SURE}|{CHANCY})\s+(?:no\.?\s*|#\s*)?(?P<part>{CARDINAL})(?P<label>[a-e]\b)?"
    rf"(?:\s*(?:of|out of|/|von|de|sur|di)\s*(?P<total>{CARDINAL}))?{_SEPARATED}",
    re.I,
)
_NTH_PART = re.compile(
    rf"[(\[,:–—|-]\s*(?P<part>{ORDINAL})\s+(?P<noun>part|teil|partie|parte|instal?lment|blog|lesson|letter)"
    rf"{_SEPARATED}",
    re.I,
)
_FRACTION = re.compile(
    r"[(\[]\s*(?P<part>\d{1,2}|[a-z]{3,6})\s*(?P<of>/|of|von|de|sur)\s*(?P<total>\d{1,2}|[a-z]{3,6})\s*[)\]]",
    re.I,
)
_BARE_FRACTION = re.compile(
    rf"\s*[:–—|,]\s*(?:part\s+)?(?P<part>{CARDINAL})\s+of\s+(?P<total>{CARDINAL})\s*(?:$|[:–—|]|-\s)",
    re.I,
)
_NAME_COLON = re.compile(
    r"(?P<name>[^\W\d_][^:–—|]{2,58}?)(?:\s*[:–—|]|\s-)\s+(?:(?P<part>\d{1,2})\s*(?:\.|:|\)|\s[–—-])\s+(?=\S)"
    r"|(?P<last>[IVX]{1,5}|\d{1,2})$)"
)
_BREAKS = (":", "–", "—", " -", "|", ",")
_LISTED = re.compile(r"\s\d{1,2}[.:)]\s")
_HASH = re.compile(
    r"(?P<pre>[^\W\d_][\w’'&“”\"( -]*?)[\s,:(–—-]+#\s?(?P<part>\d{1,2})(?=\s*(?:$|[:)–—|]|-\s))"
)
_HASH_FIRST = re.compile(r"#\s?(?P<part>\d{1,2})\s*[:–—|]\s*(?=\S)")
_CJK_DIGITS = {c: n for n, c in enumerate("一二三四五六七八九十", 1)}
_CJK_COUNTER = re.compile(
    r"第\s*(?P<part>\d{1,2}|[一二三四五六七八九十])\s*(?:回|部|話|弾|章|篇|期|集)|その(?P<other>\d{1,2}|[一二三四五六七八九十])"
)
_ARABIC_ORDINALS = {"الأول": 1, "الثاني": 2, "الثالث": 3, "الرابع": 4, "الخامس": 5}
_ARABIC_PART = re.compile(r"الجزء\s+(?P<part>الأول|الثاني|الثالث|الرابع|الخامس|\d{1,2})")
_NAME_NUMBER = re.compile(
    r"(?P<name>[^\W\d_][^:–—|]{2,58}?)\s+(?P<part>\d{1,2}|[IVX]{1,5})(?P<label>[a-e])?\s*(?:[:–—|]|\s-\s)\s*(?=\S)"
)
_ROMAN_AFTER = re.compile(r"(?P<pre>[^,:–—]{4,80}),\s+(?P<part>[IVX]{1,5})\s*(?:$|[:–—]|\s-\s)")

_ROMAN_BARE = re.compile(
    r"(?P<pre>[^,:–—|]{4,60}?)\s+(?P<part>I{2,3}|IV|VI{1,3}|IX)\s*(?:$|[:–—]|\s-\s)"
)
_RATED = re.compile(r"\b(?:review|rating|rated|stars?|score|pulse|verdict)\b|[★☆]", re.I)
_DATED = re.compile(
    r"\b(?:day|meeting|minutes|agenda|news|updates?|week|weekly|notice|closed|closure|closing|opening|events?"
    r"|webinar|dates?|on|summary|rota|menu|bulletin|(?:mon|tues|wednes|thurs|fri|satur|sun)day|today|tomorrow"
    r"|tonight|fair|sale|party|lunch|walk|visit|tour|(?:opening|visiting|office|holiday|our|new) hours)$",
    re.I,
)
_RANKED = re.compile(
    r"\b(?:the|our|is|are|re|be|my|your|a|ranked|voted|number|priority|reason|top|tip|rule|problem|fan|hotel"
    r"|room|bus|route|platform)$",
    re.I,
)
_SET_APART = frozenset({"no", "week", "session", "module"})
_APART = (",", ":", "–", "—", "|", "(", "-")
_LEADING_NUMBER = re.compile(
    rf"(?P<noun>week|day|session|module|month|tip|task|no\.?|number)\s+(?P<part>{CARDINAL})(?:\s+of\s+(?P<total>{CARDINAL}))?\s*(?:[:–—|]|\s-\s)",
    re.I,
)
_ANYWHERE = frozenset({"part", "pt", "teil", "partie", "parte", "deel", "episode"})


def in_title(title: str) -> Mark | None:
    """Return what a title says about series and part; a name or a mark may be missing, not both.

    >>> in_title("Windowsill School, part two: What light is for").part
    2
    >>> in_title("World War II: gardens") is None
    True
    """
    if len(title) > _MAX_TITLE:
        return None
    low = title.casefold()
    numeral = bool(_NUMERAL.search(title))
    counted = numeral or has_any(low, _NUMBER_WORDS)
    serial = "series" in low
    return (
        (serial and (naming.introduced(title) or _called(title)))
        or (counted and "from" in low and naming.letter_from(title))
        or (counted and has_any(low, _NOUN_HINTS) and numbered(title))
        or (counted and ("(" in low or "[" in low) and fraction(title))
        or (numeral and "#" in low and _hash(title))
        or (not low.isascii() and _counter(title))
        or (counted and " of " in low and has_any(title, _BREAKS) and _bare_fraction(title))
        or (
            numeral and has_any(title, _BREAKS) and (_named_number(title) or _numbered_title(title))
        )
        or (numeral and _roman_after(title))
        or (("in conversation" in low or "review" in low) and naming.column(title))
        or None
    )


def _called(title: str) -> Mark | None:
    """Read a title with the word "series", and the number beside it if there is one."""
    found = naming.called(title)
    if found is None or found.part is not None:
        return found
    rest = title.replace(found.raw, " ", 1)
    inside = numbered(rest) or fraction(rest) or number_after(title, found.raw)
    if inside is None:
        return found
    return Mark(
        raw=found.raw,
        name=found.name,
        part=inside.part,
        total=inside.total,
        label=inside.label,
        noun=inside.noun,
    )


def numbered(title: str) -> Mark | None:
    """Read "…, part 2 of 4", "Blog 2: …", "… – Teil II"."""
    for found in _NUMBERED.finditer(title):
        noun = found["noun"].casefold().rstrip(".")
        part, total = value(found), value(found, "total")
        words = title[: found.start("noun")].rstrip()
        if part is None or (total is not None and total < part) or not _is_part_noun(noun, words):
            continue
        if found["total"] and "/" in found[0] and noun not in _ANYWHERE:
            continue
        return Mark(
            raw=found[0].strip(" ,:–—|-([."),
            name=before(_within(words)),
            part=part,
            total=total or described_total(words),
            label=label(found),
            noun=noun,
        )
    return _nth_part(title)


def _within(words: str) -> str:
    """Return what stands in a bracket still open, else all words: "Listening (Kind Teams, part 3)"."""
    before_it, bracket, inside = words.rpartition("(")
    is_open = bracket and ")" not in inside and any(c.isalpha() for c in inside)
    return inside if is_open and before_it.strip() else words


def _is_part_noun(noun: str, words: str) -> bool:
    """Say whether a noun with a number counts a part, by the words before it."""
    if re.fullmatch(CHANCY, noun, re.I):
        name = words.rstrip(" ,:–—|-(#")
        if is_kind_of_series(name):
            return True
        return noun in _SET_APART and words[-1:] in _APART and _is_name(name, dated=noun == "no")
    apart = not words or words[-1] in ",:–—|-([.!?"
    return apart or noun in _ANYWHERE or is_kind_of_series(words)


def _is_name(words: str, *, dated: bool) -> bool:
    """Say whether words before ", no. 4" or ": week 4" can be a series' name: a few words, no sentence."""
    return (
        2 <= len(words.split()) <= 7
        and not is_question(words)
        and (dated or not _DATED.search(words))
    )


def leading_number(title: str) -> Mark | None:
    """Read "Week 4: Feedback that sticks", whose series only a tag can name."""
    found = _LEADING_NUMBER.match(title)
    part = value(found) if found else None
    return (
        Mark(raw=found[0].strip(" :–—|-"), part=part, noun=found["noun"].casefold())
        if found and part
        else None
    )


def _nth_part(title: str) -> Mark | None:
    found = _NTH_PART.search(title)
    if found is None or (part := value(found)) is None or not title[: found.start()].strip():
        return None
    name = before(title[: found.start("part")])
    return Mark(
        raw=found[0].strip(" ,:–—|-(["), name=name, part=part, noun=found["noun"].casefold()
    )


def fraction(title: str) -> Mark | None:
    """Read "… (3/5)" and "[2 of 3]", neither a date nor a rating."""
    found = _FRACTION.search(title)
    if found is None:
        return None
    part, total = value(found), value(found, "total")
    words, rest = title[: found.start()], title[found.end() :]
    if not part or not total or part > total or total < 2 or (part, total) in ((9, 11), (7, 7)):
        return None
    if found["of"] == "/" and (_RATED.search(title) or _DATED.search(words.strip())):
        return None
    return Mark(raw=found[0], name=before(words) or before(rest), part=part, total=total)


def _bare_fraction(title: str) -> Mark | None:
    """Read "Growing ferns: 3 of 4", nothing between the numbers and the end or the next break."""
    found = _BARE_FRACTION.search(title)
    part, total = (value(found), value(found, "total")) if found else (None, None)
    if found is None or not part or not total or part > total or total < 2:
        return None
    name = before(title[: found.start()])
    return Mark(raw=found[0].strip(" :–—|,-"), name=name, part=part, total=total) if name else None


def _numbered_title(title: str) -> Mark | None:
    """Read "The Potting Shed Diaries: 2. Digging" and "Letters from a gardener: VII"."""
    found = _NAME_COLON.match(title)
    if found is None or not is_kind_of_series(found["name"]) or _LISTED.search(title, found.end()):
        return None
    group = "part" if found["part"] else "last"
    part = value(found, group)
    return Mark(raw=found[group], name=before(found["name"]), part=part) if part else None


def _hash(title: str) -> Mark | None:
    if first := _HASH_FIRST.match(title):
        return Mark(raw=first[0].strip(" :–—|"), part=value(first)) if value(first) else None
    found = _HASH.match(title)
    if found is None or (part := value(found)) is None or _RANKED.search(found["pre"].strip()):
        return None
    name = before(found["pre"])
    is_noun = bool(re.fullmatch(SURE, name, re.I))
    return Mark(
        raw=f"#{found['part']}",
        name="" if is_noun else name,
        part=part,
        noun=name.casefold() if is_noun else "",
    )


def _counter(title: str) -> Mark | None:
    """Read "第2回", "その三", "الجزء الثاني"."""
    found = _CJK_COUNTER.search(title) or _ARABIC_PART.search(title)
    if found is None:
        return None
    text = found["part"] or found.groupdict().get("other") or ""
    part = _CJK_DIGITS.get(text) or _ARABIC_ORDINALS.get(text) or number(text)
    return (
        Mark(raw=found[0], name=tidy(title[: found.start()].strip(" 　【「〈《（")), part=part)
        if part
        else None
    )


def _named_number(title: str) -> Mark | None:
    """Read "Windowsill School 1: …" where the name is of a kind that comes in parts."""
    found = _NAME_NUMBER.match(title)
    if found is None or (part := value(found)) is None:
        return None
    if not is_kind_of_series(found["name"]) and not _is_plural(found["name"]):
        return None
    last = found["name"].rsplit(None, 1)[-1]
    if last.casefold() in entries("numbered") or (len(last) > 1 and last.isupper()):
        return None
    return Mark(
        raw=found[0].strip(" :–—|-"), name=tidy(found["name"]), part=part, label=label(found)
    )


def _roman_after(title: str) -> Mark | None:
    """Read "Understanding the data, II: denominators" and "Followership II: …", no monarch and no war."""
    found = _ROMAN_AFTER.match(title)
    if found is None and (bare := _ROMAN_BARE.match(title)):
        words = [fold(w) for w in bare["pre"].split()]
        if (
            all(is_word(w) for w in words)
            and words[-1] not in entries("numbered")
            and not is_given(words[-1])
        ):
            found = bare
    part = value(found) if found else None
    return Mark(raw=found["part"], name=before(found["pre"]), part=part) if found and part else None


def _is_plural(name: str) -> bool:
    """Say whether a name is a few words that end in a plural: "Research methods for clinicians" 6."""
    words = name.split()
    last = words[-1]
    is_noun = (
        last.islower()
        and last.endswith("s")
        and not last.endswith(("ss", "series", "results", "us", "is"))
    )
    if not 2 <= len(words) <= 5 or not is_noun or is_question(name) or _RANKED.search(name):
        return False
    return is_word(fold(last)) and not any(word.isdigit() for word in words)


def number_after(title: str, name: str) -> Mark | None:
    """Return the part a title gives right after a name that is known to be a series: "Name 3: …", "(2)"."""
    if name and title[: len(name)].casefold() == name.casefold():
        number = rf"(?P<part>{CARDINAL})(?P<label>[a-e]\b)?"
        pattern = rf"[\s,:–—#-]*(?:\w{{1,12}}\.?\s+)?{number}\s*(?:$|[:–—|,.]|-\s)"
        found = re.match(pattern, title[len(name) : len(name) + 60], re.I)
    else:
        found = re.search(r"\((?P<part>\d{1,2})\)$", title)
    part = value(found) if found else None
    return (
        Mark(raw=found[0].strip(" ,:–—|-"), part=part, label=label(found))
        if found and part
        else None
    )

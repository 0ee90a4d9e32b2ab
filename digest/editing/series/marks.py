"""Finds in a title what may count the parts of a series: "part two", "(3/5)", "#4", "Notes 67".

Some numbers are sure by themselves ("part two"); any other (a year, a version, a route) counts
parts only where the blog's numbers run, which `running` finds out. This module refuses to weigh a
finding against what a source declared.
"""

from __future__ import annotations

import re
from functools import lru_cache

from digest.editing.lexicon import entries
from digest.editing.lexicon.numerals import CARDINAL, ORDINAL, number
from digest.lazy import regex
from digest.models import Value, key

PART, HASH, BARE, LEADING = "part", "#", "n", "n."
"""How a number is written; the surest first."""

MAX_TITLE = 400  # characters; nothing longer is a title, and no pattern is tried on it
_MAX_NAME = 120  # characters
_EDGES = " \t\n\u00a0,:;–—|-.([“”\"«»‘’'（【」「〈《・/：，。、"  # "C#" ends on a sign of its own
_PARTERS, _OPENERS, _CLOSERS = (":", ",", "–", "—", "|", "-"), ("(", "[", "（"), (")", "]", "）")

_PARTS, _NOUNS = ("|".join(sorted(entries(name))) for name in ("parts", "nouns"))
_NUMBERS = frozenset("issue n° no nr number numéro nº vol volume №".split())  # "No. 42: …"
# What is no part of a series' name.
_ARTICLE = regex(r"^(?:the|our|my|a|an)\s+(?=\S)", re.I)
_SERIES_LAST = regex(
    r"(?<=\S)\s+(?:(?:guest\s+|mini[- ]?)?(?:blog|article|post)s?\s+)?(?:mini[- ]?)?series$", re.I
)

_YEAR, _WORD = regex(r"(?:19|20)\d\d"), regex(r"[^\W\d_]+")
_COUNTS = regex(r"\d|\b[IVX]{1,7}\b|[(\[（]")
_BREAK = regex(r"\s*[:–—|]\s+|\s-\s")
_SEPARATED = regex(r"(?:[,:–—|.]|\s-)\s*$")
_PART_WORDS = frozenset(("series", *entries("parts")))
_NOUN_WORDS = frozenset(("№", *_WORD.findall(f"{_PARTS}|{_NOUNS}".casefold())))

# "part two", "Episode 12 of 30", ", week 4:", "No. 42:"; "#41", "Podcast#5"; "(3/5)", "2 of 3";
# "This week 123", "v12", "Sheds (3)", "Sheds – 3", "The Shed IV: rain", "12. Sheds"
_NOUN = (
    rf"(?<![\w-])(?<!\bthe\s)(?<!\bthis\s)(?P<noun>{_PARTS}|{_NOUNS})(?:\.|\b|(?<=ep))"
    r"\s*(?:(?:no|nr|n°|number|issue)\.?\s*)?[#:]?\s*"
)
_NUMBER, _PLAIN_NUMBER = (
    regex(
        rf"(?:{noun}|(?P<hash>(?<![\w&])\#\s?|(?<!&)\#(?=\d))"
        r"|(?:^|(?<=[\s(\[（])|(?<=[^\W\d_]-)|(?<=\s[–—]))v?(?=\w))"
        rf"(?P<part>{CARDINAL})(?![\w%]|\.\w)"
        rf"(?:\s*(?P<of>of|von|de|sur|di|av|/|out of)\s*(?P<total>{CARDINAL}))?",
        re.I,
    )
    for noun in (_NOUN, r"(?P<noun>(?!))")
)
_BOUND = regex(r"[)\]）]\s*|\s+(?:of|from|in|de|von|di|du)\s+(?:the\s+)?", re.I)
_LISTED = regex(r",\s*(?:and\s+)?(?:[^\W\d_]+[-\s])?\d")  # "Shed-252, Shed-255 and …"
_ENDED = regex(r"(?=\s*(?:$|[)\]）:：–—|,，、!?;/“\"(\[]|\.(?!\d)|-\s|\s-))")
# "second instalment", "2ª parte", "the third in our series"; "the final part"
_NTH = regex(
    r"(?:(?<!\w)(?:(?:the|la|le|il|der|die|de)\s+)?"
    rf"(?P<part>{ORDINAL})|(?:[:–—|,]|\s-)\s*(?:the\s+)?(?:final|last|concluding))\s+"
    rf"(?:(?:{_PARTS}){_ENDED.pattern}|(?:\w+\s+)?in\s+(?:our|a|the|this|my)\s+series\b)",
    re.I,
)
# "第2回", "その三", "제3회", "الجزء الثاني", "（上）"
_COUNTER = regex(
    r"(?:第|その|제|الجزء\s|الحلقة\s|[（(](?=[一二三四五六七八九十上中下]{1,3}[)）]\s*(?:$|[:：])))"
    r"\s*(?P<part>\d{1,4}|[一二三四五六七八九十]{1,3}|[上中下]|\w+)(?:\s*[回話期号])?"
)


class Mark(Value):
    """Hold what was found: the words themselves, part, total, and the series' names.

    `names` are what the series may be called, likeliest first; `kind` is how the number is written,
    `noun` what parts are called. One that `is_sure` needs no run, one that `is_first` heads a name.
    """

    raw: str
    names: tuple[str, ...] = ()
    part: int | None = None
    total: int | None = None
    kind: str = PART
    noun: str = ""
    is_sure: bool = False
    is_first: bool = False


def tidy(name: str) -> str:
    """Return a series' name without quotes, article and such words as "blog series"."""
    name = _ARTICLE.sub("", name.strip(_EDGES).lstrip(f"#{_EDGES}"))
    return (_SERIES_LAST.sub("", name) or name).strip(_EDGES)


@lru_cache(maxsize=8192)
def name_key(name: str) -> str:
    """Return the form in which names of series are compared; an article does not count."""
    return key(tidy(name))


def marks_in(title: str) -> list[Mark]:
    """Return what in a title may count parts, the surest way of counting first."""
    if len(title) > MAX_TITLE:
        return []
    words = set(_WORD.findall(title.casefold()))
    # Most titles count nothing, and the patterns are slow.
    has_noun = not words.isdisjoint(_NOUN_WORDS)
    pattern = _NUMBER if has_noun else _PLAIN_NUMBER
    is_counted = has_noun or _COUNTS.search(title)
    found = list(map(_numbered, pattern.finditer(title))) if is_counted else []
    if not words.isdisjoint(_PART_WORDS):
        found += [_mark(nth, PART, is_sure=True) for nth in _NTH.finditer(title)]
    if not title.isascii():
        found += [_mark(nth, PART, is_sure=True) for nth in _COUNTER.finditer(title)]
    return sorted(filter(None, found), key=lambda m: (PART, HASH, BARE, LEADING).index(m.kind))


def _numbered(found: re.Match[str]) -> Mark | None:
    """Return what a number counts, or nothing: years, and what stands behind a month, do not."""
    before, after = found.string[: found.start()].rstrip(), found.string[found.end() :]
    last, part = before.rstrip(".-").replace("-", " ").rpartition(" ")[2].casefold(), found["part"]
    is_ended = bool(_ENDED.match(after))
    if found["noun"]:
        is_sure = is_ended and _is_noun_sure(found["noun"].casefold(), before, after)
        return None if _YEAR.fullmatch(part) else _mark(found, PART, is_sure=is_sure)
    if found["total"]:
        is_part = _is_fraction(found["of"], before, after)
        return _mark(found, PART, is_sure=True) if is_part else None
    if found["hash"]:
        return _mark(found, HASH, is_sure=is_ended and bool(_named(before)))
    is_date = last in entries("months") or _YEAR.fullmatch(last) or _YEAR.fullmatch(part)
    is_part = is_ended and not is_date and not _LISTED.match(after)
    return _bare(found, before, after) if is_part else None


def _bare(found: re.Match[str], before: str, after: str) -> Mark | None:
    """Return what "Notes 67" and "The Shed IV" count; an "I" in a sentence does not."""
    if not found["part"].isdigit():
        is_written = found["part"].isupper() and before
        return _mark(found, PART, is_sure=before.endswith(",")) if is_written else None
    is_apart = before.endswith(_OPENERS + _PARTERS) and not after.strip(")] ）")
    counted = BARE if before else LEADING
    return _mark(found, PART if is_apart else counted, is_sure=False)


def _is_noun_sure(noun: str, before: str, after: str) -> bool:
    """Say whether "week 4" stands apart from a name before it, or "No. 42:" heads what follows."""
    is_headed = noun in _NUMBERS and after.lstrip().startswith((*_PARTERS, ")"))
    is_apart = is_headed or bool(_SEPARATED.search(before))
    return noun in _PART_WORDS or (is_apart and bool(before.strip(" :–—|-")))


def _is_fraction(of: str, before: str, after: str) -> bool:
    """Say whether "(3/5)" and "2 of 3" are no date and no share of people."""
    if before.endswith(_OPENERS):
        return after.lstrip().startswith(_CLOSERS)  # unlike "(9/16 - 9/22)"
    # At a title's start "3 of 4" are people, behind a comma "4/17" is a day.
    return not before if of == "/" else before.endswith(_PARTERS) and bool(_ENDED.match(after))


def _mark(found: re.Match[str], kind: str, *, is_sure: bool) -> Mark | None:
    groups = found.groupdict(default="")
    part, total = number(groups["part"]), number(groups.get("total", ""))
    is_false = groups.get("total") and (total or 0) < max(part or 0, 2)
    if (groups["part"] and part is None) or is_false:
        return None
    names, is_first = _names(found)
    raw, noun = found[0].strip(" :–—|,-([（"), groups.get("noun", "").casefold()
    return Mark(raw, names, part, total, kind, noun, is_sure, is_first)


def _named(words: str) -> str:
    """Return the series' name that some words are; empty where they are none."""
    name = words.strip(_EDGES).lstrip(f"#{_EDGES}")
    name = _SERIES_LAST.sub("", name) if "series" in name.casefold() else name
    return name if len(name) <= _MAX_NAME and any(map(str.isalpha, name)) else ""


def _names(found: re.Match[str]) -> tuple[tuple[str, ...], bool]:
    """Return a number's names, and whether it only heads a title, unlike in "Week 2 of Web"."""
    before, behind = found.string[: found.start()], found.string[found.end() :]
    if before.strip(_EDGES):
        return _names_before(before), False
    bound = _BOUND.match(behind)  # "[Part 2] Web", too
    return _names_behind(behind[bound.end() :] if bound else behind), not bound


def _names_before(words: str) -> tuple[str, ...]:
    """Return what may stand before a number as a name: all the words, their first, their last."""
    inner = words[max(map(words.rfind, _OPENERS)) + 1 :]
    if not inner.strip(_EDGES) or any(map(inner.__contains__, _CLOSERS)):
        inner = words  # unlike "Listening (Quiet Corners, part 3)"
    full = "" if inner.endswith(("'", "’")) else _named(inner)  # "L'épisode 25"
    pieces = [piece for piece in map(_named, _BREAK.split(full)) if piece]
    return tuple(dict.fromkeys((full, pieces[0], pieces[-1]))) if pieces else ()


def _names_behind(rest: str) -> tuple[str, ...]:
    """Return what may stand behind a number as a name: "1/3 Moving a hospital: the plan"."""
    if rest.lstrip().startswith(_OPENERS):
        return ()  # "#11 (Brasil)"
    name = _named(_BREAK.split(rest.strip(" )]:–—|-.,"))[0])
    start = name.split()[:2]
    is_titled = len(start) == 2 and all(word[0].isupper() for word in start)
    return tuple(filter(None, dict.fromkeys((name, " ".join(start) if is_titled else name))))

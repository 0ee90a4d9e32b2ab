"""Finds in a title what may say that a post is part N of something.

"part two", "(3/5)", "#4", "Notes 67". Every way of counting is one pattern with a kind. Some are
sure by themselves ("part two"); what else has a number (a year, a version, a route) a series has
only where its numbers run through the blog's titles, which `running` finds out. This room refuses
to weigh a finding against what a source declared; `series` does.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from digest.editing.series.marks import EDGES, Mark, before
from digest.editing.series.numerals import CARDINAL, COUNTED, ORDINAL, number

MAX_TITLE = 400  # characters; nothing longer is a title, and no pattern is tried on it

PART, COUNTED_NOUN, HASH, FRACTION, COUNTER, ROMAN, BRACKET, BARE, LEADING = (
    "part", "noun", "#", "n/m", "第n", "roman", "(n)", "n", "n.",
)  # fmt: skip
"""How a number is written."""

_PARTS = (
    r"part|pt|teil|folge|partie|parte|deel|del|osa|część|rhan|часть|частина|épisode|episode|ep|episodio|episódio"
    r"|puntata|avsnitt|odcinek|instal?lment|aflevering"
)
_NOUNS = (
    r"chapter|kapitel|chapitre|capítulo|capitolo|lesson|lektion|leçon|lección|lezione|week|woche|semaine|semana"
    r"|settimana|day|tag|jour|día|dia|giorno|dag|session|module|tip|volume|vol|issue|ausgabe|numéro|edição|edición"
    r"|edition|number|no|nr|n°|nº|№|entry|column|article|post|blog(?:\s?post)?|letter|dispatch|postcard"
    r"|month|note|story|task|stop|round|sessão|выпуск"
)
_OF = r"(?:\s*(?:of|von|de|sur|di|av|/|out of)\s*(?P<total>{n}))?".replace("{n}", CARDINAL)
_ENDS = r"(?=\s*(?:$|[)\]:–—|,!?;/“\"(\[]|\.(?!\d)|-\s|\s-))"
_NOUN_NUMBER = re.compile(
    rf"(?<![\w-])(?:(?P<sure>{_PARTS})|(?P<noun>{_NOUNS}))(?:\.|\b)\s*(?:(?:no|nr|n°|number|issue)\.?\s*)?[#:]?\s*"
    rf"(?P<part>{CARDINAL})(?P<label>[a-e]\b)?{_OF}{_ENDS}",
    re.I,
)
_NTH_PART = re.compile(
    rf"(?<!\w)(?:the\s+|la\s+|le\s+|il\s+|der\s+|die\s+|de\s+)?(?P<part>{ORDINAL})\s+(?P<sure>{_PARTS}){_ENDS}",
    re.I,
)
_IN_SERIES = re.compile(
    rf"[:–—|-]\s*(?:the\s+)?(?P<part>{ORDINAL})\s+(?:(?:blog|post|article)\s+)?in\s+(?:our|a|the|this|my)\s+series\s+on"
    r"\s+(?P<topic>[^:–—|,.!?]{3,60})",
    re.I,
)
_HASH = re.compile(
    r"#\s?(?P<part>\d{1,4})(?P<label>[a-e]\b)?(?![\w%])(?:\s*(?:/|of)\s*(?P<total>\d{1,4}))?"
)
_FRACTION = re.compile(
    rf"[(\[（]\s*(?P<part>{CARDINAL})\s*(?P<of>/|of|von|sur|de|di)\s*(?P<total>{CARDINAL})\s*[)\]）]"
    rf"|^(?P<part1>\d{{1,2}})(?P<of1>/)(?P<total1>\d{{1,2}})\s*[:–-]?\s+"
    rf"|[:,–—|-]\s*(?P<part2>\d{{1,3}})\s(?P<of2>of)\s(?P<total2>\d{{1,3}})\s*(?:$|(?=[:–—|]))",
    re.I,
)
_COUNTER = re.compile(
    rf"第\s*(?P<part>{COUNTED})\s*(?:回|話|期|章|部|弾|集|週|日|篇|講|讲|天|届|号|弹|周)|その\s*(?P<part1>{COUNTED})"
    rf"|[（(](?P<part2>[一二三四五六七八九十]{{1,3}}|上|中|下)[)）]\s*$|제\s*(?P<part3>\d{{1,4}})\s*[회화호]"
    r"|(?:الجزء|الحلقة)\s+(?P<part4>\w+)"
)
_ROMAN = re.compile(
    r"(?<=[\w\"”’)])[,:]?\s+(?P<part>X{0,3}(?:IX|IV|V?I{1,3}|V|X))(?=\s*(?:$|[:–—|(]|\s-|-\s))"
)
_BRACKET = re.compile(r"\s[(\[（](?P<part>\d{1,3})[)\]）]\s*$")
_BARE = re.compile(
    r"(?:(?<=\S)\s+[vV]?|(?<=[^\W\d_])-)(?P<part>\d{1,4})(?P<label>[a-e])?"
    r"(?=\s*(?:$|[:–—|]|\.\s|\s-\s|-\s|\s?\())(?!\.\d)"
)
_COUNT_WORD = re.compile(rf"(?<![\w-])(?:{_PARTS}|{_NOUNS})\.?$", re.I)
_LEADING = re.compile(r"^\[?[vV]?(?P<part>\d{1,4})\]?\s*(?:[.:–—|)、-]|\s-)\s*(?=\D)")
_DESCRIBED = re.compile(rf"\b({CARDINAL})[- ]part\b", re.I)
_BREAK = re.compile(r"\s*[:–—|]\s+|\s-\s")
_FINAL = re.compile(
    rf"(?:[:–—|,]|\s-)\s*(?:the\s+)?(?:final|last|concluding)\s+(?:{_PARTS})$", re.I
)
_SHORT = frozenset("vol volume no nr n° nº № issue number numéro".split())
_DIGIT = re.compile(r"\d")
_PART_WORDS = tuple(_PARTS.replace("instal?lment", "instal").replace("|pt|", "|").split("|"))
_MAY_COUNT = re.compile(
    rf"\d|\b[IVX]+\b|[第その（(][一二三四五六七八九十上中下]|الجزء|الحلقة|\b(?:{_PARTS}|{_NOUNS}|series)\b",
    re.I,
)
_YEARS = range(1900, 2100)
_DATED = re.compile(
    r"(?:\b(?:19|20)\d\d|january|february|march|april|may|june|july|august|september|october|november|december"
    r"|jan|feb|mar|apr|jun|jul|aug|sep|sept|oct|nov|dec|月|de)\.?$",
    re.I,
)
_RATED = re.compile(r"\b(?:stars?|rating|rated|score|review)\b", re.I)
_SENTENCE = re.compile(r"(?:why|how|what|when|where|who|which|top|best|the \d|\d)\b", re.I)


def marks(title: str) -> list[Mark]:
    """Return what in a title may count parts, the surest first.

    >>> [(mark.name, mark.part, mark.kind) for mark in marks("Shed School, part two: light")]
    [('Shed School', 2, 'part')]
    """
    if len(title) > MAX_TITLE or not (_DIGIT.search(title) or _MAY_COUNT.search(title)):
        return []
    # What a pattern needs is looked for first: most titles hold neither "part" nor "series".
    low = title.casefold()
    readers = [_noun_number]
    readers += [_nth_part] if any(word in low for word in _PART_WORDS) else []
    readers += [_in_series] if "series" in low else []
    readers += [_fraction] if "/" in title or " of " in low or "(" in title or "[" in title else []
    readers += [_hash] if "#" in title else []
    readers += [_counter, _roman, _bracket, _bare]
    return [mark for read in readers for mark in read(title)]


def without_author(title: str, authors: tuple[str, ...]) -> str:
    """Return a title without an author it begins with: "A B: In the field, part two"."""
    for author in authors:
        rest = title[len(author) :].lstrip()
        if author and title.startswith(author) and rest[:1] in (":", "–", "—", "|"):
            return rest[1:].lstrip()
    return title


def _mark(found: re.Match[str], title: str, kind: str, *, part: str | None, total: str | None = None,
          noun: str = "", is_sure: bool = False) -> Iterator[Mark]:  # fmt: skip
    value = number(part) if part else None
    described = _DESCRIBED.search(title) if "part" in title and not total else None
    total = total or (described[1] if described else None)
    most = number(total) if total else None
    if value is None or (most is not None and most < value):
        return
    letter = found.groupdict().get("label") or ""
    is_first = not title[: found.start()].strip(EDGES)
    yield Mark(
        raw=found[0].strip(" :–—|,-([（"),
        names=_name_behind(title[found.end() :]) if is_first else _names_before(title, found),
        is_first=is_first,
        part=value,
        total=most,
        label=f"{value}{letter}" if letter else "",
        kind=kind,
        noun=noun.casefold(),
        is_sure=is_sure,
    )


def _names_before(title: str, found: re.Match[str]) -> tuple[str, ...]:
    """Return what a series may be called.

    The words before its number, their first part, their last.
    """
    words = title[: found.start()]
    opened = max(words.rfind("("), words.rfind("["))
    if opened > max(words.rfind(")"), words.rfind("]")) and before(words[opened + 1 :]):
        return (before(words[opened + 1 :]),)  # "Listening (Quiet Corners, part 3)"
    full = "" if words.endswith(("'", "’")) else before(words)  # "L'épisode 25"
    pieces = [piece for piece in map(before, _BREAK.split(full)) if piece]
    return tuple(dict.fromkeys((full, pieces[0], pieces[-1]))) if full and pieces else ()


def _name_behind(rest: str) -> tuple[str, ...]:
    """Return what a series may be called whose number comes first.

    "1/3 Moving a hospital: the plan".
    """
    name = before(_BREAK.split(rest.strip(" )]:–—|-.,"))[0])
    start = name.split()[:2]
    is_name = len(start) == 2 and all(word[0].isupper() for word in start)
    return tuple(dict.fromkeys((name, " ".join(start)) if is_name else (name,))) if name else ()


def _noun_number(title: str) -> Iterator[Mark]:
    for found in _NOUN_NUMBER.finditer(title):
        sure = found["sure"]
        noun = sure or found["noun"]
        if found["part"].isalpha() and found["part"].islower() and not number(found["part"]):
            continue
        is_apart = bool(re.search(r"(?:[,:–—|.]|\s-)\s*$", title[: found.start()]))
        is_named = bool(title[: found.start()].strip(" :–—|-"))
        is_headed = noun.casefold() in _SHORT and title[found.end() :].lstrip()[:1] in (
            ":",
            "–",
            "—",
            ")",
        )
        is_sure = bool(sure) or (is_named and (is_apart or is_headed))
        yield from _mark(
            found, title, PART if sure else COUNTED_NOUN, part=found["part"], total=found["total"],
            noun=noun, is_sure=is_sure,
        )  # fmt: skip


def _nth_part(title: str) -> Iterator[Mark]:
    for found in _NTH_PART.finditer(title):
        yield from _mark(found, title, PART, part=found["part"], noun=found["sure"], is_sure=True)
    if last := _FINAL.search(title):
        yield Mark(
            raw=last[0].strip(" ,:–—|-"), names=_names_before(title, last), kind=PART, is_sure=True
        )


def _in_series(title: str) -> Iterator[Mark]:
    """Read "Careers clinic: the third in our series on portfolio working"."""
    for found in _IN_SERIES.finditer(title):
        yield from _mark(found, title, PART, part=found["part"], is_sure=True)


def _fraction(title: str) -> Iterator[Mark]:
    """Read "… (3/5)", "[2 of 3]" and "1/3 …", neither a date nor a rating."""
    for found in _FRACTION.finditer(title):
        groups = found.groupdict()
        part, of, total = (
            next((groups[f"{name}{n}"] for n in ("", "1", "2") if groups.get(f"{name}{n}")), None)
            for name in ("part", "of", "total")
        )
        words = title[: found.start()].strip()
        most = number(total or "") or 0
        if most < 2 or _RATED.search(title) or (of == "/" and _DATED.search(words)):
            continue
        yield from _mark(
            found, title, FRACTION, part=part, total=total, is_sure=most != 7 or of != "/"
        )


def _counter(title: str) -> Iterator[Mark]:
    """Read "第2回", "その三", "（上）", "الجزء الثاني"."""
    for found in _COUNTER.finditer(title):
        text = next(group for group in found.groups() if group)
        text = {"上": "1", "中": "2", "下": "3"}.get(text, text)
        yield from _mark(found, title, COUNTER, part=text, is_sure=True)


def _hash(title: str) -> Iterator[Mark]:
    for found in _HASH.finditer(title):
        is_named = bool(before(title[: found.start()])) and not _SENTENCE.match(title)
        is_end = bool(re.match(r"\s*(?:$|[:–—|.,(\[-])", title[found.end() :]))
        yield from _mark(
            found,
            title,
            HASH,
            part=found["part"],
            total=found["total"],
            is_sure=is_named and is_end,
        )


def _roman(title: str) -> Iterator[Mark]:
    for found in _ROMAN.finditer(title):
        if _COUNT_WORD.search(title[: found.start()].rpartition(" ")[2]):
            continue
        yield from _mark(found, title, ROMAN, part=found["part"], is_sure=found[0].startswith(","))


def _bracket(title: str) -> Iterator[Mark]:
    for found in _BRACKET.finditer(title):
        yield from _mark(found, title, BRACKET, part=found["part"])


def _bare(title: str) -> Iterator[Mark]:
    """Read "This Week in Rust 123", "Windowsill School 2b: More light" and "12. Titles", no year."""
    for found in (*_BARE.finditer(title), *_LEADING.finditer(title)):
        last = title[: found.start()].rpartition(" ")[2]  # the word before
        is_date = int(found["part"]) in _YEARS or _DATED.search(last)
        if is_date or _COUNT_WORD.search(last):
            continue
        kind = LEADING if found.re is _LEADING else BARE
        is_lettered = kind == BARE and bool(found["label"])
        yield from _mark(found, title, kind, part=found["part"], is_sure=is_lettered)

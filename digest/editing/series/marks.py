"""Finds in a title what may count the parts of a series: "part two", "(3/5)", "#4", "Notes 67".

There are six ways of counting, a row of a table each. Some numbers are sure by themselves ("part
two"); any other (a year, a version, a route) counts parts only where the blog's numbers run, which
`running` finds out. This module refuses to weigh a finding against what a source declared.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import lru_cache
from typing import NamedTuple

from digest.editing.series.numerals import CARDINAL, FAR_EASTERN, ORDINAL, number, roman
from digest.lazy import regex
from digest.models import Value, key

PART, NOUN, HASH, FRACTION, COUNTER, ROMAN, APART, BARE, LEADING = (
    "part", "noun", "#", "n/m", "第n", "roman", "– n", "n", "n.",
)  # fmt: skip
"""How a number is written."""

MAX_TITLE = 400  # characters; nothing longer is a title, and no pattern is tried on it
_MAX_NAME = 120  # characters
_YEARS = range(1900, 2100)
_EDGES = " \t\n\u00a0,:;–—|-.([“”\"«»‘’'#（【」「〈《・/：，。、"
_SHORT_NOUNS = frozenset("vol volume no nr n° nº № issue number numéro".split())

# What parts are called and nothing else is.
_PARTS = (
    r"part|pt|teil|folge|partie|parte|deel|del|osa|część|rhan|часть|частина|épisode|episode|ep"
    r"|episodio|episódio|puntata|avsnitt|odcinek|instalment|installment|aflevering"
)
# What parts may be called, among other things: a week, a lesson, an issue.
_NOUNS = (
    r"chapter|kapitel|chapitre|capítulo|capitolo|lesson|lektion|leçon|lección|lezione|week|woche"
    r"|semaine|semana|settimana|day|tag|jour|día|dia|giorno|dag|session|module|tip|volume|vol|issue"
    r"|ausgabe|numéro|edição|edición|edition|number|no|nr|n°|nº|№|č|entry|column|article|post"
    r"|blog post|blogpost|blog|letter|dispatch|postcard|month|note|story|task|stop|round|sessão"
    r"|выпуск"
)
# What stands before a number that is a date.
_MONTHS = frozenset(
    "january february march april may june july august september october november december"
    " jan feb mar apr jun jul aug sep sept oct nov dec 月 de".split()
)
# What is no part of a series' name.
_ARTICLE = regex(r"^(?:the|our|my|a|an)\s+(?=\S)", re.I)
_SERIES_LAST = regex(
    r"(?<=\S)\s+(?:(?:guest\s+|mini[- ]?)?(?:blog|article|post)s?\s+)?(?:mini[- ]?)?series$", re.I
)

_WORD = regex(r"[^\W\d_]+")
_BREAK = regex(r"\s*[:–—|]\s+|\s-\s")
_SEPARATED = regex(r"(?:[,:–—|.]|\s-)\s*$")
_PART_WORDS = frozenset(("series", *_WORD.findall(_PARTS)))
_NOUN_WORDS = frozenset(("№", *_WORD.findall(f"{_PARTS}|{_NOUNS}")))


class Mark(Value, frozen=True):
    """Hold what was found: the words themselves, part, total, label ("2b"), and the series' names.

    `names` are what the series may be called, likeliest first; `kind` is how the number is written
    and `noun` what the parts are called. A mark that `is_sure` needs no run; one that `is_first`
    stands before its name.
    """

    raw: str
    names: tuple[str, ...] = ()
    part: int | None = None
    total: int | None = None
    label: str = ""
    kind: str = ""
    noun: str = ""
    is_sure: bool = False
    is_first: bool = False

    @property
    def name(self) -> str:
        """Return the likeliest name, or nothing."""
        return self.names[0] if self.names else ""


class _Way(NamedTuple):
    """One way of counting: what it is called, its pattern, and the test that makes a match sure.

    The test says None of what counts nothing. A title that holds none of the `signs`, words or
    characters, need not be tried: the patterns are slow.
    """

    kind: str
    pattern: re.Pattern[str]
    is_sure: Callable[[re.Match[str]], bool | None]
    signs: frozenset[str]


def tidy(name: str) -> str:
    """Return a series' name without quotes, article and such words as "blog series".

    >>> tidy("the “Greener Somewhere” Blog Series")
    'Greener Somewhere'
    """
    name = name.strip(_EDGES)
    if len(name.split()) > 1:
        name = _ARTICLE.sub("", name)
    return (_SERIES_LAST.sub("", name) or name).strip(_EDGES)


@lru_cache(maxsize=8192)
def name_key(name: str) -> str:
    """Return the form in which names of series are compared; an article does not count."""
    return key(tidy(name))


def marks(title: str) -> list[Mark]:
    """Return what in a title may count parts, the surest way of counting first.

    >>> [(mark.name, mark.part, mark.kind) for mark in marks("Shed School, part two: light")]
    [('Shed School', 2, 'part')]
    """
    if len(title) > MAX_TITLE:
        return []
    low = title.casefold()
    signs = {*low, *_WORD.findall(low)}
    ways = (way for way in _WAYS if not way.signs.isdisjoint(signs))
    found = (_mark(match, way) for way in ways for match in way.pattern.finditer(title))
    return [mark for mark in found if mark]


def _mark(found: re.Match[str], way: _Way) -> Mark | None:
    groups, title = found.groupdict(), found.string
    part, total = number(groups["part"] or ""), number(groups.get("total") or "")
    if (groups["part"] and part is None) or (total or 9999) < (part or 0):
        return None
    is_sure = way.is_sure(found)
    if is_sure is None:
        return None
    is_first = not title[: found.start()].strip(_EDGES)
    return Mark(
        raw=found[0].strip(" :–—|,-([（"),
        names=_names_behind(title[found.end() :]) if is_first else _names_before(found),
        part=part,
        total=total,
        label=f"{part}{groups['label']}" if groups.get("label") else "",
        kind=_plain_kind(found) if way.kind == BARE else way.kind,
        noun=(groups.get("noun") or "").casefold(),
        is_sure=is_sure,
        is_first=is_first,
    )


# ---------------------------------------------------------------- what a series may be called


def _named(words: str) -> str:
    """Return the series' name that some words are; empty where they are none."""
    name = words.strip(_EDGES)
    name = _SERIES_LAST.sub("", name) if "series" in name.casefold() else name
    is_name = len(name) <= _MAX_NAME and any(character.isalpha() for character in name)
    return name if is_name else ""


def _names_before(found: re.Match[str]) -> tuple[str, ...]:
    """Return what may stand before a number as a name: all the words, their first, their last."""
    words = _before(found)
    opened = max(words.rfind("("), words.rfind("["))
    if opened > max(words.rfind(")"), words.rfind("]")) and _named(words[opened + 1 :]):
        return (_named(words[opened + 1 :]),)  # "Listening (Quiet Corners, part 3)"
    full = "" if words.endswith(("'", "’")) else _named(words)  # "L'épisode 25"
    pieces = [piece for piece in map(_named, _BREAK.split(full)) if piece]
    return tuple(dict.fromkeys((full, pieces[0], pieces[-1]))) if pieces else ()


def _names_behind(rest: str) -> tuple[str, ...]:
    """Return what may stand behind a number as a name: "1/3 Moving a hospital: the plan"."""
    name = _named(_BREAK.split(rest.strip(" )]:–—|-.,"))[0])
    start = name.split()[:2]
    is_titled = len(start) == 2 and all(word[0].isupper() for word in start)
    names = (name, " ".join(start)) if is_titled else (name,)
    return tuple(dict.fromkeys(names)) if name else ()


# ---------------------------------------------------------------- when a number counts


def _before(found: re.Match[str]) -> str:
    return found.string[: found.start()]


def _last_word(found: re.Match[str]) -> str:
    return _before(found).rstrip(" .-").replace("-", " ").rpartition(" ")[2].casefold()


def _is_year(word: str) -> bool:
    return word.isdecimal() and int(word) in _YEARS


def _always(found: re.Match[str]) -> bool:
    return True


def _is_noun_sure(found: re.Match[str]) -> bool:
    """Say whether "week 4" stands apart from a name before it, or "No. 42:" heads what follows."""
    if not _ENDED.match(found.string, found.end()):
        return False  # "News, issue 99 is out!"
    if found["noun"].casefold() in _PART_WORDS:
        return True
    words, rest = _before(found), found.string[found.end() :].lstrip()
    is_headed = found["noun"].casefold() in _SHORT_NOUNS and rest[:1] in (":", "–", "—", ")")
    return bool(words.strip(" :–—|-")) and (bool(_SEPARATED.search(words)) or is_headed)


def _is_fraction(found: re.Match[str]) -> bool | None:
    """Say whether "3/5" is no date and "3 of 4" no share of people; 24/7 needs a run."""
    is_slash, total = found["of"] == "/", number(found["total"]) or 0
    sign = found[0].strip()[:1]
    is_day = is_slash and (_last_word(found) in _MONTHS or _is_year(_last_word(found)))
    # Behind a comma "4/17" is a day, and at a title's start "3 of 4" are people.
    is_other = sign in ":,–—|-" if is_slash else sign.isalnum()
    return None if total < 2 or is_day or is_other else total != 7 or not is_slash


def _is_behind_a_name(found: re.Match[str]) -> bool:
    is_end = re.match(r"\s*(?:$|[:–—|.,(\[-])", found.string[found.end() :])
    return bool(is_end and _named(_before(found)))


def _is_plain(found: re.Match[str]) -> bool | None:
    """Say None of a year, a day of a month, and a number that belongs to another word."""
    last = _last_word(found)
    if _is_year(found["part"]) or _is_year(last) or last in _MONTHS or last in _NOUN_WORDS:
        return None
    return bool(found["label"]) or (roman(found["part"]) is not None and found[0][0] == ",")


def _plain_kind(found: re.Match[str]) -> str:
    if not found.start():
        return LEADING
    if not found["part"].isdigit():
        return ROMAN
    is_apart = found[0].strip()[0] in "-–—,:([（" and not found.string[found.end() :].strip(")] ）")
    return APART if is_apart else BARE


_COUNT = rf"(?P<part>{CARDINAL})(?P<label>[a-e]\b)?"
_OF = rf"(?:\s*(?:of|von|de|sur|di|av|/|out of)\s*(?P<total>{CARDINAL}))?"
_ENDS = r"(?=\s*(?:$|[)\]:–—|,!?;/“\"(\[]|\.(?!\d)|-\s|\s-))"
_ENDED = regex(_ENDS)
_WAYS = (
    # "part two", "Episode 12 of 30"; ", week 4:", "No. 42:", "day 7 of 24"
    _Way(
        PART,
        regex(
            rf"(?<![\w-])(?P<noun>{_PARTS}|{_NOUNS})(?:\.|\b|(?<=ep))"
            rf"\s*(?:(?:no|nr|n°|number|issue)\.?\s*)?[#:]?\s*{_COUNT}{_OF}(?!\.?\w)",
            re.I,
        ),
        _is_noun_sure,
        _NOUN_WORDS,
    ),
    # "second instalment", "2ª parte", "the third in our series"; "the final part"
    _Way(
        PART,
        regex(
            r"(?:(?<!\w)(?:(?:the|la|le|il|der|die|de)\s+)?"
            rf"(?P<part>{ORDINAL})|(?:[:–—|,]|\s-)\s*(?:the\s+)?(?:final|last|concluding))"
            rf"\s+(?:(?P<noun>{_PARTS}){_ENDS}|(?:\w+\s+)?in\s+(?:our|a|the|this|my)\s+series\b)",
            re.I,
        ),
        _always,
        _PART_WORDS,
    ),
    # "(3/5)", "[2 of 3]", "1/3 Moving", ": 3 of 4"
    _Way(
        FRACTION,
        regex(
            rf"(?:^|[(\[（:,–—|-])\s*(?P<part>{CARDINAL})\s*(?P<of>/|of|von|sur|de|di)\s*"
            rf"(?P<total>{CARDINAL})(?=\s*(?:$|[)\]）:–—|-])|(?<=/\d)\s|(?<=/\d\d)\s)",
            re.I,
        ),
        _is_fraction,
        frozenset(("/", "of", "von", "sur", "de", "di")),
    ),
    # "#41", "Podcast#5"
    _Way(
        HASH,
        regex(
            r"#\s?(?P<part>\d{1,4})(?P<label>[a-e]\b)?(?![\w%])"
            r"(?:\s*(?:/|of)\s*(?P<total>\d{1,4}))?"
        ),
        _is_behind_a_name,
        frozenset("#"),
    ),
    # "第2回", "その三", "제3회", "الجزء الثاني", "（上）"
    _Way(
        COUNTER,
        regex(
            r"(?:第|その|제|الجزء\s|الحلقة\s|[（(](?=[一二三四五六七八九十上中下]{1,3}[)）]\s*$))"
            rf"\s*(?P<part>\d{{1,4}}|{FAR_EASTERN}|\w+)(?:\s*[回話期号])?"
        ),
        _always,
        frozenset("第そ제ل)）"),
    ),
    # "This week 123: rain", "v12", "Sheds (3)", "Sheds – 3", "The Shed IV: rain", "12. Sheds"
    _Way(
        BARE,
        regex(
            r"(?:^\[?|(?<=\S)\s+[(\[（–—-]?\s?|(?<=\S)[,:]\s|(?<=[^\W\d_])-)[vV]?"
            r"(?P<part>\d{1,4}|(?<=\s)(?:X{0,3}(?:IX|IV|V?I{1,3}|V|X)))(?P<label>[a-e])?"
            r"(?=[)\]）]?\s*(?:$|[:–—|)、]|\.\s|\s-\s|-\s|\s?\())(?!\.\d)"
        ),
        _is_plain,
        frozenset("0123456789IVX".casefold()),
    ),
)

"""The newsletter's language: fixed words, dates, numbers and lists.

Words are shipped for some languages; others fall back to English, word by word, and never fail.
Dates, numbers, lists and plural forms are Babel's, which is imported only where `locales` and plain
digits do not say the same.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from functools import lru_cache
from types import MappingProxyType
from typing import Any, Final, Literal

from digest.rendering.words import locales, shipped

_ENGLISH: Final[dict[str, str]] = {
    "issue": "Issue {n}",
    "colon": ": ",  # between a label and what it names, with the space that follows
    "inside": "Inside",
    "read_on": "Read on",
    "reading_time": "{n} min read",
    "part": "part {n}",
    "part_of": "part {n} of {total}",
    "earlier": "Earlier",
    "so_far": "The story so far",
    "start": "Start at {part}",
    "late": "Missed last time",
    "carried_over": "Held over from last time",
    "and": "and",
    "why": "You receive this because you subscribed to {name}.",
    "view_online": "View in your browser",
    "unsubscribe": "Unsubscribe",
    "archive": "From the archive",
    "and_more": "{title}, and {n} more",
    "more_on_site": "and {n} more on the site",
    "also": "Also this time",
    "recommended": "Recommended",
    "reader": "there",  # stands for a name that is not known, as in "Good morning, there"
    "updated": "Updated since we wrote",
    "first_sent": "First sent with issue {n}, {date}",
}

PLURALS: Final = ("zero", "one", "two", "few", "many", "other")

_GROUPED_FROM: Final = 1000
_NEVER_GROUPED: Final = 100  # in no language that Babel knows, and it writes Western digits in all

# The nought of each numbering system (Unicode CLDR) that a shipped language writes by default.
_ZEROS: Final = {"arab": "\u0660", "arabext": "\u06f0"}

_RIGHT_TO_LEFT: Final = frozenset(
    ["ar", "arc", "ckb", "dv", "fa", "he", "iw", "ks", "ps", "sd", "syr", "ug", "ur", "yi"]
)


@lru_cache(maxsize=64)
def words(language: str) -> Mapping[str, str]:
    """Return the fixed words of a language, English where it has none of its own.

    >>> words("de-AT")["unsubscribe"], words("tlh")["unsubscribe"]
    ('Abbestellen', 'Unsubscribe')
    """
    return MappingProxyType({**_ENGLISH, **shipped.words(language)})


def are_shipped(language: str) -> bool:
    """Tell whether there are fixed words in a language; where there are none, they stay English.

    >>> are_shipped("pt-BR"), are_shipped("en"), are_shipped("sw")
    (True, True, False)
    """
    return _primary(language) in ("en", "") or bool(shipped.words(language))


def unspoken(language: str, known: Mapping[str, str]) -> tuple[str, ...]:
    """Return the names of the fixed words that stay English in a language that is none of ours.

    >>> unspoken("nl", words("nl")), len(unspoken("sw", {**words("sw"), "and": "na"}))
    ((), 22)
    """
    if are_shipped(language):
        return ()
    return tuple(n for n, word in _ENGLISH.items() if n != "colon" and known.get(n, word) == word)


def put(pattern: str, **values: object) -> str:
    """Return a label with its values in place; braces in the values mean nothing.

    >>> put("part {n} of {total}", n=2, total=4)
    'part 2 of 4'
    """
    parts = pattern.split("{")
    ends = (part.partition("}") for part in parts[1:])
    return parts[0] + "".join(
        f"{values[name]}{rest}" if brace and name in values else f"{{{name}{brace}{rest}"
        for name, brace, rest in ends
    )


def direction(language: str) -> Literal["ltr", "rtl"]:
    """Return "rtl" for a language written from right to left, else "ltr"."""
    parts = language.replace("_", "-").lower().split("-")
    if any(script in parts[1:] for script in ("arab", "hebr", "thaa", "syrc")):
        return "rtl"
    return "rtl" if parts[0] in _RIGHT_TO_LEFT and "latn" not in parts[1:] else "ltr"


def long_date(day: date, language: str) -> str:
    """Return a date in words, as the language writes it.

    >>> long_date(date(2026, 11, 23), "fr"), long_date(date(2026, 11, 23), "en-GB")
    ('23 novembre 2026', '23 November 2026')
    >>> long_date(date(2026, 11, 23), "fa")
    '۲۳ نوامبر ۲۰۲۶'
    """
    known = _written_down(language)
    if known:
        return known.date(day)
    from babel.dates import format_date

    return in_digits(format_date(day, format="long", locale=_locale(language)), language)


@lru_cache(maxsize=1024)
def number(value: int, language: str) -> str:
    """Return a whole number, as the language groups its digits."""
    if 0 <= value < (_GROUPED_FROM if _written_down(language) else _NEVER_GROUPED):
        return in_digits(str(value), language)
    from babel.numbers import format_decimal

    return in_digits(format_decimal(value, locale=_locale(language)), language)


def in_digits(text: str, language: str) -> str:
    """Return a date or a number in the digits that a shipped language has of its own.

    >>> in_digits("12", "fa"), in_digits("12", "ar"), in_digits("12", "ar-EG")
    ('۱۲', '12', '١٢')
    """
    if _written_down(language) or not are_shipped(language):
        return text
    zero = _ZEROS.get(_locale(language).default_numbering_system)
    return text.translate({ord("0") + n: ord(zero) + n for n in range(10)}) if zero else text


class Wording:
    """Say what an issue says of its posts: one language, and its fixed words where they are told.

    `own` are words that come before the shipped ones, as a project or an issue has them.
    """

    def __init__(self, language: str, own: Mapping[str, str] = MappingProxyType({})) -> None:
        self.language = language
        self.words: Mapping[str, str] = MappingProxyType({**words(language), **own})
        self._reading_times: dict[int, str] = {}

    def put(self, name: str, **values: object) -> str:
        """Return the label of that name with its values in place."""
        return put(self.words[name], **values)

    def counted(self, name: str, count: int, **values: object) -> str:
        """Return the label of that name for a number of things, in the language's plural form.

        >>> Wording("fr").counted("and_more", 1, title="Le gel")
        'Le gel, et 1 autre'
        >>> Wording("en").counted("more_on_site", 7), Wording("ar").counted("more_on_site", 2)
        ('and 7 more on the site', 'ومقالتان أخريان على الموقع')
        """
        pattern = self.words[name]
        if any(f"{name}.{form}" in self.words for form in PLURALS):
            form = _locale(self.language).plural_form(count)
            pattern = self.words.get(f"{name}.{form}", pattern)
        return put(pattern, n=self.number(count), **values)

    def date(self, day: date) -> str:
        """Return a date in words."""
        return long_date(day, self.language)

    def number(self, value: int) -> str:
        """Return a whole number, its digits grouped."""
        return number(value, self.language)

    def listed(self, names: Sequence[str]) -> str:
        """Return names as a list."""
        return listed(names, self.language)

    def reading_time(self, minutes: int) -> str:
        """Return how long a post takes to read; empty for no time at all.

        >>> Wording("en").reading_time(4), Wording("ar").reading_time(2)
        ('4 min read', 'دقيقتا قراءة')
        """
        if minutes <= 0:
            return ""
        if minutes not in self._reading_times:
            self._reading_times[minutes] = self.counted("reading_time", minutes)
        return self._reading_times[minutes]

    def part(self, part: int, total: int | None = None, nth: int | None = None) -> str:
        """Return a part's place in its series, with how many there are where that is known.

        Part 3 of a series that begins at 0 is its fourth, which `nth` tells.

        >>> Wording("en").part(2, 4), Wording("de").part(2), Wording("en").part(3, 4, 4)
        ('part 2 of 4', 'Teil 2', 'part 3 (4/4)')
        """
        n, of = self.number(part), self.number(total or 0)
        if total and nth not in (None, part):
            return f"{self.put('part', n=n)} ({self.number(nth)}/{of})"
        return self.put("part_of" if total else "part", n=n, total=of)


def listed(names: Sequence[str], language: str) -> str:
    """Return names as a list in the language.

    >>> listed(["Ada", "Bo", "Cy"], "de"), listed([], "en")
    ('Ada, Bo und Cy', '')
    """
    if len(names) < 2:
        return "".join(names)
    known = _written_down(language)
    if known:
        return known.list(names)
    from babel.lists import format_list

    text: str = format_list(list(names), locale=_locale(language))
    return text


def _written_down(language: str) -> locales.Locale | None:
    return locales.LOCALES.get(language.replace("_", "-").lower())


def _primary(language: str) -> str:
    return language.replace("_", "-").lower().partition("-")[0]


@lru_cache(maxsize=64)
def _locale(language: str) -> Any:
    """Return Babel's locale, without its region if need be, else British English."""
    from babel import Locale, UnknownLocaleError

    for candidate in (language.replace("_", "-"), _primary(language)):
        try:
            return Locale.parse("en-GB" if candidate == "en" else candidate, sep="-")
        except (UnknownLocaleError, ValueError):
            continue
    return Locale.parse("en-GB", sep="-")

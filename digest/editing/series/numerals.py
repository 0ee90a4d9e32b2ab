"""Reads a part's number as people write it: digits, Roman numerals, words and ordinals.

A number above 9,999 is none. This module refuses to decide whether a number is a part at all;
`marks` does.
"""

from __future__ import annotations

import re

from digest.editing.lexicon import lines


def _listed(name: str) -> dict[str, int]:
    return {word: n for row in reversed(lines(name)) for n, word in enumerate(row.split(), 1)}


def _composed(tens: tuple[str, ...], units: str) -> dict[str, int]:
    """Return numerals that put units behind tens, by what they write."""
    ones = ["", *units.split()]
    return {f"{t}{u}": 10 * a + b for a, t in enumerate(tens) for b, u in enumerate(ones)}


def _any_of(words: dict[str, int]) -> str:
    return "|".join(sorted(words, key=len, reverse=True))


_WORDS, _NTH = _listed("cardinals"), _listed("ordinals")
_ROMAN = _composed(("", "X", "XX", "XXX"), "I II III IV V VI VII VIII IX")
_CJK = _composed(("", "十", *(f"{n}十" for n in "二三四五六七八九")), "一 二 三 四 五 六 七 八 九")
_NUMBERS = {**_ROMAN, **_CJK, **_NTH, **_WORDS}

CARDINAL = rf"(?:\d{{1,4}}(?!\w)|[XVI]{{1,7}}\b|(?:{_any_of(_WORDS)})\b)"
"""A pattern for a cardinal, matched without case; `number` refuses small Roman letters."""

ORDINAL = (
    r"(?:\d{1,3}(?:st|nd|rd|th|ère|ere|er|ème|eme|e|ª|º|°|a|o|te|ter|\.)?(?=\s)"
    rf"|(?:{_any_of(_NTH)})\b)"
)
"""A pattern for an ordinal."""


def number(text: str) -> int | None:
    """Return the number a word writes, 1 to 9999, or None.

    >>> [number(text) for text in ("2", "XIV", "two", "vi", "0", "second", "3rd", "十二", "IIII")]
    [2, 14, 2, None, None, 2, 3, 12, None]
    """
    if digits := re.match(r"\d{1,4}(?!\d)", text):
        return int(digits[0]) or None
    return _NUMBERS.get(text) or _NUMBERS.get(text.casefold()) or None

"""Reads a number as people write it: digits, Roman numerals, words and ordinals."""

from __future__ import annotations

import re

from digest.editing.lexicon import lines


def _listed(name: str) -> dict[str, int]:
    return {word: n for row in reversed(lines(name)) for n, word in enumerate(row.split(), 1)}


def _composed(tens: str, units: str) -> dict[str, int]:
    """Return numerals that put units behind tens, by what they write."""
    both = [enumerate(["", *digits.split()]) for digits in (tens, units)]
    ones = list(both[1])
    return {f"{ten}{one}": 10 * a + b for a, ten in both[0] for b, one in ones}


_WORDS, _NTH = _listed("cardinals"), _listed("ordinals")
_ROMAN = _composed("X XX XXX", "I II III IV V VI VII VIII IX")
_CJK = _composed("十 二十 三十 四十 五十 六十 七十 八十 九十", "一 二 三 四 五 六 七 八 九")
_NUMBERS = {**_ROMAN, **_CJK, **_NTH, **_WORDS}

CARDINAL = rf"(?:\d{{1,4}}(?!\w)|[XVI]{{1,7}}\b|(?:{'|'.join(_WORDS)})\b)"
"""A pattern for a cardinal, matched without case; `number` refuses small Roman letters."""

ORDINAL = (
    r"(?:\d{1,3}(?:st|nd|rd|th|ère|ere|er|ème|eme|e|ª|º|°|a|o|te|ter|\.)?(?=\s)"
    rf"|(?:{'|'.join(_NTH)})\b)"
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

"""Reads a part's number as people write it: digits, Roman numerals, words and ordinals.

A number above 9,999 is none. This module refuses to decide whether a number is a part at all;
`marks` does.
"""

from __future__ import annotations

import re

from digest.editing.lexicon import lines
from digest.lazy import regex


def _numbered(name: str) -> dict[str, int]:
    return {word: n for row in reversed(lines(name)) for n, word in enumerate(row.split(), 1)}


def _any_of(words: dict[str, int]) -> str:
    return "|".join(sorted(words, key=len, reverse=True))


_WORDS, _NTH = _numbered("cardinals"), _numbered("ordinals")
_ROMAN = regex(r"(?=[XVI])(X{0,3})(IX|IV|V?I{0,3})")
_ROMAN_DIGITS = {"I": 1, "V": 5, "X": 10}
_CJK_DIGITS = {digit: n for n, digit in enumerate("一二三四五六七八九", 1)}

CARDINAL = rf"(?:\d{{1,4}}(?=(?-i:[a-e])?(?!\w))|[XVI]{{1,7}}\b|(?:{_any_of(_WORDS)})\b)"
"""A pattern for a cardinal, matched without case; `number` refuses small Roman letters."""

ORDINAL = (
    r"(?:\d{1,3}(?:st|nd|rd|th|ère|ere|er|ème|eme|e|ª|º|°|a|o|te|ter|\.)?(?=\s)"
    rf"|(?:{_any_of(_NTH)})\b)"
)
"""A pattern for an ordinal."""


def number(text: str) -> int | None:
    """Return the number a word writes, 1 to 9999, or None.

    >>> [number(text) for text in ("2", "XIV", "two", "vi", "0", "second", "3rd", "十二")]
    [2, 14, 2, None, None, 2, 3, 12]
    """
    if digits := re.match(r"\d{1,4}(?!\d)", text):
        return int(digits[0]) or None
    folded = text.casefold()
    return _WORDS.get(folded) or _NTH.get(folded) or roman(text) or _far_eastern(text)


def roman(text: str) -> int | None:
    """Return the value of a well-formed Roman numeral in capitals, up to XXXIX, or None.

    >>> roman("IV"), roman("IIII"), roman("iv")
    (4, None, None)
    """
    if not text or not _ROMAN.fullmatch(text):
        return None
    values = [_ROMAN_DIGITS[c] for c in text]
    return sum(-v if v < max(values[i + 1 :], default=0) else v for i, v in enumerate(values))


def _far_eastern(text: str) -> int | None:
    tens, ten, units = text.rpartition("十")
    if not ten:
        return _CJK_DIGITS.get(text)
    return 10 * _CJK_DIGITS.get(tens, 1) + _CJK_DIGITS.get(units, 0)

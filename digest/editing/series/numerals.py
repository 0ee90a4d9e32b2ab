"""Reads a part's number as people write it: digits, Roman numerals, words and ordinals.

English, German, French and Spanish words up to thirty; nothing above 99 is a part. This room
refuses to decide whether a number is a part at all; `series` does.
"""

from __future__ import annotations

import re

_CARDINALS = {
    "en": "one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen"
    " seventeen eighteen nineteen twenty",
    "de": "eins zwei drei vier fünf sechs sieben acht neun zehn elf zwölf",
    "fr": "un deux trois quatre cinq six sept huit neuf dix onze douze",
    "es": "uno dos tres cuatro cinco seis siete ocho nueve diez",
}
_ORDINALS = {
    "en": "first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth thirteenth"
    " fourteenth fifteenth sixteenth seventeenth eighteenth nineteenth twentieth",
    "de": "erster zweiter dritter vierter fünfter sechster siebter achter neunter zehnter",
    "de2": "erste zweite dritte vierte fünfte sechste siebte achte neunte zehnte",
    "fr": "premier deuxième troisième quatrième cinquième sixième septième huitième neuvième dixième",
    "fr2": "première seconde",
    "es": "primera segunda tercera cuarta quinta sexta séptima octava novena décima",
    "es2": "primero segundo tercero cuarto quinto sexto séptimo octavo noveno décimo",
}
_WORDS = {w: n for words in _CARDINALS.values() for n, w in enumerate(words.split(), 1)} | {
    "six": 6
}
_NTH = {w: n for words in _ORDINALS.values() for n, w in enumerate(words.split(), 1)}
_ROMAN = re.compile(r"(?=[XVI])(X{0,3})(IX|IV|V?I{0,3})")
_ROMAN_DIGITS = {"I": 1, "V": 5, "X": 10}

CARDINAL = (
    r"(?:\d{1,2}(?=[a-e]?\b)|[XVI]{1,6}\b|(?:"
    + "|".join(sorted(_WORDS, key=len, reverse=True))
    + r")\b)"
)
"""A pattern for a cardinal; the caller matches it without case, `number` refuses small Roman letters."""

ORDINAL = (
    r"(?:\d{1,2}(?:st|nd|rd|th)\b|(?:" + "|".join(sorted(_NTH, key=len, reverse=True)) + r")\b)"
)
"""A pattern for an ordinal, English above all."""


def number(text: str) -> int | None:
    """Return the number a word writes, 1 to 99, or None.

    >>> number("2"), number("XIV"), number("two"), number("vi"), number("0"), number("second"), number("3rd")
    (2, 14, 2, None, None, 2, 3)
    """
    if text.isdecimal():
        value = int(text) if len(text) <= 2 else 0
        return value or None
    folded = text.casefold()
    if folded in _WORDS:
        return _WORDS[folded]
    if folded in _NTH:
        return _NTH[folded]
    if text[:-2].isdecimal() and len(text) <= 4 and folded[-2:] in ("st", "nd", "rd", "th"):
        return int(text[:-2]) or None
    return roman(text)


def roman(text: str) -> int | None:
    """Return the value of a well-formed Roman numeral in capitals, up to XXXIX, or None.

    >>> roman("IV"), roman("IIII"), roman("iv")
    (4, None, None)
    """
    if not text or not _ROMAN.fullmatch(text):
        return None
    values = [_ROMAN_DIGITS[c] for c in text]
    return sum(-v if v < max(values[i + 1 :], default=0) else v for i, v in enumerate(values))

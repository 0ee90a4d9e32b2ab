"""What parts a name from the rest of a title: signs and small words, as patterns.

`byline/shapes` reads with them; each group of `SEPARATOR` is a kind of separator.
"""

from __future__ import annotations

from digest.editing.lexicon import crediting, signing
from digest.lazy import regex

# What a blog may put between blanks: "T • N", "T // N", "T ✍️ N"; but "+" and "&" join people.
_SIGNS = r"(?![–—<=/-]\s|[<=-])[^\w\s,.;:?!¿¡'\"()\[\]{}&%$#@€£+…’‘“”„«»「」-]{1,3}|::|//"
# Quick: each begins with signs that stand hardly anywhere else, and blanks are read but once.
SEPARATOR = regex(
    crediting.any_of(crediting.BY, but_behind=r"\w") + r"(?:\s*:)?\s+(?=\S)(?P<by>)"
    r"|[:：](?:(?<=:)\s+|(?<=：)\s*)(?P<colon>)"
    r"|[\[(（【](?<![\s\S].)(?=[^()\[\]（）【】]{2,60}[)\]）】]\s*\w)[^)\]）】]*.\s*(?P<aside>)"
    r"|[”\"“」»](?<!\s»),?\s+(?=[^\W\d_a-z])(?P<quoted>)"
    r"|(?:\s\s*+(?=[^\w\s]|[aoüAOÜ])|(?=[<—|｜丨︱›(\[（／「-]))(?:(?P<dash>[–—]\s+|--?\s+|—\s*)"
    rf"|(?P<pipe>(?:[|｜丨︱›／]|<br\s?/?>)\s*|/\s+)|(?P<sign>(?:{_SIGNS})\s+)|(?P<on>(?:[oO][nN]|[aA]bout|[üÜ]ber|om)\s+)"
    r"|(?=[“\"„«「])(?P<quote>)|(?P<open>[(\[（](?=[^()\[\]（）]+[)\]）]$)))"
    rf"|(?=[作文著筆撰采採本特记記寄執بатАТ])\b(?P<said>(?i:{signing.SIGNS})\s*(?=\S))"
    rf"|[\s.](?:(?<=[?!]\s)\s*+|(?<=\.){crediting.NO_TITLE}\s++)(?=[^\W\d_a-z])(?P<stop>)"
)
MAY_PART = regex(r"[^\w\s,.;?!'\"“”’&]")
"""Whether `PARTS` may be found, to look before searching."""

PARTS, BYS = frozenset(("dash", "pipe", "sign", "colon", "open")), frozenset(("by", "said"))
"""The kinds that part a title's pieces, and those that say "by"."""

END = regex(r"\s*(?:(?<!\.)\.)?[\s:–—|｜,;\-({（\[【、。・/／•·~★]*$")
"""The end of a title before its byline."""

FIRST_NAME = regex(r":\s+|\s[–—|-]\s+")
"""What ends a name that "by" begins a title with: "By Ada Moss: …"."""

NAME_STOP = regex(r"(?<!\b[^\W\d_])[ .]+$")
"""The full stop of a name, unless it is an initial's."""

FIRST = regex(
    r"[\[(【](?:[^()\[\]【】]{0,30}\d[^()\[\]【】]{0,30}|\w{1,20})[\])】]\s*"
    r"|(?:#\d+|\d{1,4}[.)])+\d*\s+(?=[^\W\d_a-z])"
)
"""What may stand before all else in a title: "[3/24]", "[Video]", "#7", "12."."""

NUMBER = regex(r"\b\d{1,3}$")
"""A series' number at the end of a title's piece."""


def closed(head: str, phrase: str) -> tuple[str, str]:
    """Return what is left of a title and a name without a bracket around both or one of them.

    >>> closed("Nets (poem", "Ada Moss)")
    ('Nets (poem)', 'Ada Moss')
    """
    if head[-1] in "([{（【":
        return head, phrase.rstrip(")]}）】")
    is_open = phrase.endswith(")") and "(" not in phrase
    return (f"{head})", phrase[:-1]) if is_open and "(" in head else (head, phrase)


_COUNTED = regex(r"\d+")


def uncounted(piece: str) -> str:
    """Return a title's piece without its numbers: "Day #" of "Day 7"."""
    return _COUNTED.sub("#", piece)


def counting(pieces: list[str]) -> set[str]:
    """Return a title's pieces, and the first without its numbers where others follow."""
    return {*pieces, *map(uncounted, pieces[: len(pieces) > 1])}

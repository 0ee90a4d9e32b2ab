"""Counts words and reading minutes, for scripts with blanks between words and for those without.

Chinese and Japanese count two characters to a word, scripts of South-East Asia five. Which script
it is tells the text itself, never a guess at its language.
"""

from __future__ import annotations

import re
from functools import cache, lru_cache

from digest.lazy import regex

PER_WORD = {"cjk": 2, "sea": 5}
"""Characters to a word, where a script puts no blanks between words."""

WORDS_A_MINUTE = 230
CJK_A_MINUTE = 500

CJK = (
    "\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\uff66-\uff9d\u3005-\u3007"
    "\U00020000-\U0003ffff"
)
SEA = "\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff"  # Thai, Lao, Burmese, Khmer
_LETTER = regex(r"[^\W_]")

# what has no letter or digit left when its signs are gone is no word
_SIGNS = bytes(code for code in range(128) if not (chr(code).isalnum() or chr(code).isspace()))
_BLANK = bytes(32 if chr(code).isspace() else code for code in range(128)).ljust(256)


def count(text: str) -> int:
    """Return how many words a text has; signs standing alone are none.

    >>> count("Two pots – one spade."), count("園芸の楽しみ")
    (4, 3)
    """
    spaced, cjk, sea = _parts(text)
    return spaced + -(-cjk // PER_WORD["cjk"]) + -(-sea // PER_WORD["sea"])


def minutes(text: str) -> int:
    """Return whole minutes to read a text: 0 for none, else at least 1.

    Reckons 230 words a minute, or 500 characters of Chinese or Japanese.
    """
    spaced, cjk, sea = _parts(text)
    if not spaced + cjk + sea:
        return 0
    return max(1, round((spaced + sea / PER_WORD["sea"]) / WORDS_A_MINUTE + cjk / CJK_A_MINUTE))


@lru_cache(maxsize=1)  # a post is asked for its words, and then for its minutes
def _parts(text: str) -> tuple[int, int, int]:
    if text.isascii():
        parted = text.encode().translate(_BLANK, _SIGNS).strip(b" ")
        if b"  " in parted:
            return len(parted.split()), 0, 0
        return parted.count(b" ") + bool(parted), 0, 0
    word, cjk, sea = _scripts()
    spaced = sum(1 for found in word.findall(text) if _LETTER.search(found))
    return spaced, len(cjk.findall(text)), len(sea.findall(text))


@cache
def _scripts() -> tuple[re.Pattern[str], ...]:
    """Return patterns for a spaced word and for single characters.

    Made late, for they take milliseconds.
    """
    return re.compile(rf"(?:(?![{CJK}{SEA}])\S)+"), re.compile(f"[{CJK}]"), re.compile(f"[{SEA}]")

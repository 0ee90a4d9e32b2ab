"""What names look like, and what stands between, before and behind them: patterns.

`byline/people` reads with them.
"""

from __future__ import annotations

from digest.editing.lexicon import fold, is_given, is_word, signing
from digest.lazy import regex

COMMA = regex(r"\s*[,;/、，；]\s*")
_AND = r"(?:and|und|u\.|et|y|e|i|och|og|en|&|\+|with|и|و)"
AND = regex(rf"\s{_AND}\s")
# What may follow a name: "(@moss)", "（谷歌）", "@moss", "[Shed Ltd]", and how long: "18:14".
ASIDE = regex(
    r"\s*(?:[(\[（][^()\[\]（）]{1,80}[)\]）]|\s(?:\d{1,2}:\d\d|@\w{2,40}(?:\s\d{4})?|et\sal\.?|u\.\s?a\.)"
    rf"|{signing.RANK})\s*$"
)
LETTERS = regex(
    r"(?:[A-Z][a-z]?\.?){1,3}[A-Z]\.?(?:\([A-Za-z]+\))?|(?:Ph|M|B|Ed|D)\.?(?:[DAS][a-z]?|Ed|Eng)\.?"
    r"|[BMD]\.?(?:Sc|Phil|Med|Mus|Ed|Eng|Ch|Ch[BD])\.?|Jr\.?|Sr\.?|MD|RN|OBE|MBE|CBE|DBE|Esq\.?"
)
INITIAL = regex(r"[^\W\d_a-z]\.-?(?:[^\W\d_]\.-?){0,2}(?:[^\W\d_])?|[A-Z]{1,2}")
NICKNAME = regex(r"\s[“\"‘'(][^“”\"‘’'()]{2,30}[”\"’')](?=\s)")
TOKEN = regex(r"(?!.*(?:['’](?:s|m)$|[a-z][A-Z]{2}))[^\W\d_]+(?:[-'’][^\W\d_]+)*|[^\W\d_]{1,3}\.")
# Names in a script without capitals are told by nothing but their length.
SCRIPT = regex(
    r"[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af\u0600-\u06ff・·•\s]{2,30}"
    rf"{signing.NO_SOCIETY}(?:\s[A-Z][a-z]+)*"
)
QUOTES = regex(r"[\"“”„«»]")
_SMALL_STARTS = ("d'", "d’", "o'", "l'", "al-", "el-")

_HOMES = (" of ", " from ", " at ", " for ", " aus ")
HOME = regex(rf"\s(?:of|from|at|for|aus)\s(?:the\s)?[^\W\d_a-z](?:(?!\s{_AND}\s)[^,;]){{,60}}$")


def bare(phrase: str) -> str:
    """Return what may be people without signs around it, asides, and where they are at home.

    >>> bare("🎤 Ada Moss of the Shed Society (Nets)")
    'Ada Moss'
    """
    start, end = 0, len(phrase)
    while start < end and not (phrase[start].isalnum() or phrase[start] in "(["):
        start += 1
    while start < end and not (phrase[end - 1].isalnum() or phrase[end - 1] in ")].'’!?）"):
        end -= 1
    text = ASIDE.sub("", phrase[start:end])
    text = _away(text) if any(map(text.__contains__, _HOMES)) else text
    return text.rstrip(' \t,;:–—|*“”"«»')


def _away(text: str) -> str:
    """Return people without their home: no "Two Scoops of Shed", no "Friends of Bees"."""
    left = HOME.sub("", text)
    tokens = list(map(fold, left.split()))
    is_name = len(tokens) > 1 and (any(map(is_given, tokens[:2])) or not any(map(is_word, tokens)))
    return left if is_name else text


def is_part(token: str) -> bool:
    """Say whether a token may be a part of a name: "Moss", "d’Artagnan", "J."."""
    is_capital = token[0].isupper() or token.startswith(_SMALL_STARTS)
    return is_capital and bool(TOKEN.fullmatch(token) or INITIAL.fullmatch(token))

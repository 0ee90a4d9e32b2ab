"""What names look like, and what stands between, before and behind them: patterns.

`byline/people` reads with them.
"""

from __future__ import annotations

from digest.editing.lexicon import signing
from digest.lazy import regex

COMMA = regex(r"\s*[,;/、，；]\s*")
AND = regex(r"\s(?:and|und|et|y|e|i|och|og|en|&|\+|with|и|و)\s")
# What may follow a name: "(@moss)", "（谷歌）", "@moss", "[Shed Ltd]", and how long: "18:14".
ASIDE = regex(
    rf"\s*(?:[(\[（][^()\[\]（）]{{1,80}}[)\]）]|\s(?:\d{{1,2}}:\d\d|@\w{{2,40}})|{signing.RANK})\s*$"
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
SMALL_STARTS = ("d'", "d’", "o'", "l'", "al-", "el-")

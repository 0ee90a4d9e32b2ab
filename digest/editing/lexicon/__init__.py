"""Word lists that tell a person's name from other words, and how a token is looked up in them.

The lists are plain text in folders beside this module, read once when first asked for: `names/`
tells who may be an author, `topics/` what speaks against a name, `numbers/` how parts are counted,
`phrases/` how posts speak of themselves. A token is compared folded: without accents and in small
letters. This room refuses to decide what is a name; `byline/people` does.
"""

from __future__ import annotations

import re
import unicodedata
from functools import cache, lru_cache
from pathlib import Path

_MARKS = dict.fromkeys(range(0x300, 0x370))

# What English makes words of; family names with such endings are known by the given name before
# them.
_WORD_ENDING = re.compile(
    r"(?:ings?|tions?|sions?|ness|ments?|ities|ity|isms?|ists?|able|ible|ous|ful|less|ives?|ical"
    r"|ically|ology"
    r"|graphy|ized|ised|izes|ises|ships?|hood|ances?|ences?|wards|ified|iness|edly|ional|mental"
    r"|icate|ulate|orate|ficial)$"
)
_SHORT, _STEM = 6, 3  # letters of a word too short for its ending, and of a stem
_INFLECTIONS = (
    ("ies", "y"), ("es", ""), ("s", ""), ("ied", "y"), ("ed", ""), ("ed", "e"), ("ing", ""),
    ("ing", "e"), ("ers", ""), ("er", ""), ("er", "e"), ("ly", ""), ("ily", "y"), ("ness", ""),
)  # fmt: skip


def fold(token: str) -> str:
    """Return a token without accents and in small letters.

    >>> fold("Zoë"), fold("ØSTERGÅRD")
    ('zoe', 'østergard')
    """
    if token.isascii():
        return token.lower()
    return unicodedata.normalize(
        "NFC", unicodedata.normalize("NFKD", token).translate(_MARKS)
    ).casefold()


@cache
def lines(name: str) -> tuple[str, ...]:
    """Return the lines of the list `name`, a file in one of the folders here, but for comments."""
    (path,) = Path(__file__).parent.glob(f"*/{name}.txt")
    text = path.read_text(encoding="utf-8")
    return tuple(line for line in text.splitlines() if line and not line.startswith("#"))


@cache
def entries(name: str) -> frozenset[str]:
    """Return the words of the list `name`."""
    return frozenset(" ".join(lines(name)).split())


def is_given(folded: str) -> bool:
    """Say whether a folded token is a known given name."""
    return folded in entries("given")


@lru_cache(maxsize=8192)
def is_word(folded: str) -> bool:
    """Say whether a folded token is a common English word, inflected too, or ends as only words do.

    >>> is_word("gardening"), is_word("kindness"), is_word("moss-clay")
    (True, True, False)
    """
    words = entries("words")
    if folded in entries("given"):
        return folded in words  # "Lawrence" is no word for its ending
    is_ended = len(folded) > _SHORT and bool(_WORD_ENDING.search(folded))
    return (
        folded in words
        or is_ended
        or any(
            folded.endswith(ending)
            and len(folded) - len(ending) >= _STEM
            and folded[: -len(ending)] + stem in words
            for ending, stem in _INFLECTIONS
        )
    )

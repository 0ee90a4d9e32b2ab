"""Knows which words cannot end a phrase, so that a text that is cut stops where a reader can stop.

"On a full…" and "only other light is the…" tell nothing; "only other light…" does. Small words only
lead to what follows, and so does whatever stands right behind an article. Words per language are
data.
"""

from __future__ import annotations

from functools import cache
from typing import Final

from digest.knowledge.small_words import ARTICLES, LEADING, OPENING
from digest.lazy import regex
from digest.models import Value

LOOSE: Final = " ,;:–—-−(“\"'‘«[、，；：・/&+\n"
"""What is left off before an ellipsis."""

_WORDS_DROPPED: Final = 5
_LEAST_CLAUSE: Final = 7  # words, below which a clause that was cut is left off whole
_CLAUSE: Final = regex(r"[,;:](?=\s)|(?=\s[–—-]\s)|[،؛]|[、，；：]")

# Languages that are read in the words of another, or are known by an older tag.
_SAME: Final = {"no": "nb", "nn": "nb", "iw": "he", "in": "id"}


class _Small(Value):
    """Hold the small words of one language."""

    articles: frozenset[str]
    leading: frozenset[str]
    opening: frozenset[str]


@cache
def _small(language: str) -> _Small:
    """Return the small words of a language, none where nobody wrote them down."""
    tag = language.replace("_", "-").partition("-")[0].lower()
    tag = _SAME.get(tag, tag)
    articles = frozenset(ARTICLES.get(tag, "").split())
    leading = frozenset(LEADING.get(tag, "").split()) | articles
    return _Small(
        articles=articles, leading=leading, opening=frozenset(OPENING.get(tag, "").split())
    )


def settled(head: str, language: str | None, floor: int = 0) -> str:
    """Return the beginning of a text without what leads only to words that were cut off.

    It stops at the end of a clause that stands behind `floor` characters, else behind the last word
    that can end one.

    >>> settled("The only other light is the", "en"), settled("We walked the beds on a full", "en")
    ('The only other light', 'We walked the beds')
    >>> settled("Bring gloves, a spade and your", "en", 5)
    'Bring gloves'
    >>> settled("It goes over the moor to places where the only other light", "en", 20)
    'It goes over the moor to places'
    """
    small = _small(language or "")
    head = head.rstrip(LOOSE)
    ends = [clause.start() for clause in _CLAUSE.finditer(head, floor)] if floor else []
    if ends:
        return head[: ends[-1]].rstrip(LOOSE)
    return _without_leading(_without_opened(head, small, floor) if floor else head, small)


def _without_leading(head: str, small: _Small) -> str:
    """Return a text that ends behind the last word that can end a phrase."""
    for dropped in range(_WORDS_DROPPED):
        before, _, last = head.rpartition(" ")
        # what stood behind the cut may have been the noun that a word behind an article waits for
        is_waiting = not dropped and _is_one_of(before.rpartition(" ")[2], small.articles)
        if not before or not (is_waiting or _is_one_of(last, small.leading)):
            break
        head = before.rstrip(LOOSE)
    return head


def _is_one_of(word: str, known: frozenset[str]) -> bool:
    """Say whether a word is a known one, or is one from its last apostrophe on: "d'une"."""
    word = word.strip(LOOSE).lower()
    if word in known:
        return True
    _, mark, rest = word.replace("’", "'").rpartition("'")
    return bool(mark) and (rest in known or f"'{rest}" in known)


def _without_opened(head: str, small: _Small, floor: int) -> str:
    """Return a text without the few words of a clause that was cut, if enough stands before it."""
    words = head.split(" ")
    for at in range(len(words) - 1, max(0, len(words) - _LEAST_CLAUSE), -1):
        if words[at].lower() in small.opening:
            before = " ".join(words[:at]).rstrip(LOOSE)
            return before if len(before) >= floor else head
    return head

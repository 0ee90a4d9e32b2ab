"""Knows which language a text is in, if it is surely not in its own."""

from __future__ import annotations

from collections import Counter
from functools import cache
from typing import Final
from unicodedata import normalize

from digest.checking.facts.tongues import (
    SCRIPTS,
    WORDS,
    alike_to,
    is_known,
    scripts_of,
)
from digest.lazy import regex

# The margin: a text must be long enough, hold many small words of the other language, and next to
# none of its own. What is quoted does not count, so a title or a sentence never does it.
_LEAST_WORDS, _LEAST_SMALL, _LEAST_KINDS, _LEAST_SHARE, _MOST_OWN = 20, 7, 6, 0.1, 0.2
_LEAST_LETTERS, _LEAST_SIGNS = 40, 20  # of another script; a sign of Chinese is half a word
_MOST_OF_ITS_OWN: Final = 8  # letters beside Latin ones: from there on there is a word of its own
_ENOUGH_TO_NAME: Final = 2  # small words, where the letters tell already that it is foreign
_MOSTLY, _SOME = 0.7, 0.05
_NEARLY: Final = 0.85  # so near to the first, the second language may be meant as well

_QUOTED: Final = regex(
    r"“[^“”]{0,600}”|„[^„“”]{0,600}[“”]|«[^«»]{0,600}»|»[^«»]{0,600}«|「[^「」]{0,600}」|"
    r'"[^"]{0,600}"'
)
_BETWEEN: Final = regex(r"[\s'’ʼ\-–—/]+")
_AROUND: Final = '.,;:!?¿¡()[]{}…·|*_"“”„«»‹›‘،؛؟।。'
_LETTERS: Final = {name: regex(f"[{letters}]") for name, (letters, _) in SCRIPTS.items()}
_NOT_LATIN: Final = regex(
    f"[{''.join(letters for name, (letters, _) in SCRIPTS.items() if name != 'Latin')}]"
)
_SIGNS: Final = ("Han", "Kana", "Hangul")
_ONLY_CHINESE: Final = regex("[的了是我们們这這个個]")


def foreign(text: str, own: str, most: int = 4_000) -> str | None:
    """Return the language of a text that is surely not in its own; "" where it cannot be named.

    No more than `most` characters are read.

    >>> foreign("La nuit, le bus monte sur la lande avec des livres pour ceux qui ne dorment pas, "
    ...         "et il est plein de gens.", "en-GB")
    'fr'
    >>> foreign("The café is called La nuit, and le bus stops there.", "en") is None
    True
    """
    if not is_known(own):
        return None
    text = _QUOTED.sub(" ", normalize("NFC", text[:most]))
    if not _NOT_LATIN.search(text):  # as most are
        return _by_words(text, own)
    script, letters, others = _script(text)
    scripts = scripts_of(own)
    if script == "Latin":
        is_whole = "Latin" in scripts or others < _MOST_OF_ITS_OWN
        return _by_words(text, own) if is_whole else None
    if script == "Han" and "Kana" in scripts:
        return _chinese(text)
    if script in scripts:
        return _by_words(text, own)
    is_long = letters >= (_LEAST_SIGNS if script in _SIGNS else _LEAST_LETTERS)
    is_mostly = letters >= _MOSTLY * (letters + others)
    return _named(text, script) if is_long and is_mostly else None


def _chinese(text: str) -> str | None:
    """Return "zh" for many signs without kana, if those that only Chinese uses so are among them.

    A Japanese address or list of names may be in signs alone.
    """
    signs = len(_LETTERS["Han"].findall(text))
    is_chinese = signs >= _LEAST_LETTERS and len(_ONLY_CHINESE.findall(text)) > signs * _SOME
    return "zh" if is_chinese else None


def _script(text: str) -> tuple[str, int, int]:
    """Return the script that most letters of a text are of, how many they are, and how many not."""
    counts = {name: len(letters.findall(text)) for name, letters in _LETTERS.items()}
    total = sum(counts.values())
    if counts["Kana"] > _SOME * (counts["Kana"] + counts["Han"]):
        counts["Kana"] += counts.pop("Han")
    script = max(counts, key=lambda name: counts[name])
    return script, counts[script], total - counts[script]


def _words(text: str) -> list[str]:
    found = (word.strip(_AROUND) for word in _BETWEEN.split(text.casefold()))
    return [word for word in found if word and not word.isdecimal()]


def _named(text: str, script: str) -> str:
    """Return the language of a text in a script: by its words, else the script's own."""
    hits = Counter(tag for word in _words(text) for tag in _languages().get(word, ()))
    here = Counter({tag: count for tag, count in hits.items() if script in scripts_of(tag)})
    best = _clearly_first(here)
    return best if here[best] >= _ENOUGH_TO_NAME else SCRIPTS[script][1]


def _clearly_first(hits: Counter[str]) -> str:
    """Return the language with most words; "" if another, not alike, has nearly as many."""
    best = max(hits, key=hits.__getitem__, default="")
    others = [count for tag, count in hits.items() if tag not in alike_to(best)]
    return "" if max(others, default=0) > _NEARLY * hits[best] else best


def _by_words(text: str, own: str) -> str | None:
    """Return the language whose small words fill a text that holds hardly any of its own."""
    words = _words(text)
    if len(words) < _LEAST_WORDS or _is_own(words, own):
        return None
    alike, known = alike_to(own), _languages()
    spoken = [(word, known[word]) for word in words if word in known]
    hits = Counter(tag for _, tags in spoken for tag in tags - alike)
    best = max(hits, key=hits.__getitem__, default="")
    theirs = [word for word, tags in spoken if best in tags and tags.isdisjoint(alike)]
    ours = sum(best not in tags and not tags.isdisjoint(alike) for _, tags in spoken)
    return _clearly_first(hits) if _is_sure(words, theirs, ours) else None


def _is_own(words: list[str], own: str) -> bool:
    """Tell whether so many words are of no language but one's own that it can be no other."""
    only_ours = _words_only_of(own)
    return sum(word in only_ours for word in words) > _MOST_OWN * len(words)


def _is_sure(words: list[str], theirs: list[str], ours: int) -> bool:
    """Tell whether a text is foreign, by the words that only one of two languages has."""
    is_many = len(theirs) >= max(_LEAST_SMALL, _LEAST_SHARE * len(words))
    is_varied = len(set(theirs)) >= _LEAST_KINDS
    return is_many and is_varied and ours <= _MOST_OWN * len(theirs)


@cache
def _words_only_of(own: str) -> frozenset[str]:
    """Return the small words that no language has but one's own and those alike to it."""
    alike = alike_to(own)
    ours = (words for tag, words in WORDS.items() if tag in alike)
    theirs = (words for tag, words in WORDS.items() if tag not in alike)
    return frozenset().union(*ours).difference(*theirs)


@cache
def _languages() -> dict[str, frozenset[str]]:
    """Return for each small word the languages it is one of."""
    found: dict[str, set[str]] = {}
    for tag, words in WORDS.items():
        for word in words:
            found.setdefault(word, set()).add(tag)
    return {word: frozenset(tags) for word, tags in found.items()}

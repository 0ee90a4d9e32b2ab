"""Splits a title in every way in which blogs write a byline: "T. By N", "N: T", "T (N)" and others.

A shape only says where a name would stand and what the title would be without it; whether a name
does stand there, `people` says, and whether this blog writes so, `learning`. "T" is the title, "N"
the name.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from digest.editing.lexicon import entries
from digest.lazy import regex

STOP_BY, BY_FIRST, COMMA_BY, BY = "T. By N", "By N: T", "T, by N", "T by N"
STOP, TEXT_BY = "T. N", "By N"
LEADS = ("N: T", "N – T", "N | T")
TAILS = ("T – N", "T | N", "T (N)")
SHAPES = (STOP_BY, BY_FIRST, COMMA_BY, BY, *LEADS, *TAILS, STOP, TEXT_BY)
"""Every shape by its name, as `[[source]] byline` and `digest sources` write it."""

SURE = frozenset((STOP_BY, BY_FIRST))
"""A single one of these is enough; of the others a blog has to show that it writes so."""

MAX_TITLE = 400  # characters; nothing longer is a title, and no pattern is tried on it
_MOST_STOPS = 4

# How a guest's post is labelled, in the languages of the labels.
LABELS = (
    r"guest(?:\s+|-)?(?:post|blog(?:\s*post)?|blogger|article|column|contribution|contributor"
    r"|editorial|essay|feature|piece|author|opinion|entry)|gast(?:beitrag|artikel|blog|kommentar"
    r"|blogger)|(?:article|billet|tribune)\s+invité[e]?|(?:entrada|artículo)\s+invitad[oa]"
    r"|artigo\s+convidado|post\s+(?:convidado|invitado)|gæsteindlæg|gästinlägg"
)
# What may stand before "by" and credits somebody with the post itself.
_CREDITS = (
    r"written|words|text|posted|authored|penned|contributed|compiled|story|article|blog(?:\s?post)?"
    rf"|post|(?:an?|our)\s+(?:guest\s+)?(?:blog(?:\s?post)?|post|article|essay|reflection|review)"
    rf"|{LABELS}"
)
WORDS_BY = r"by|von|par|por|di|door|av|af|przez|gan"

_DASH = r"(?:\s+(?:[–—]|--?)\s+|\s*—\s*)"
_TABLE = {
    "T (N)": regex(r"(?P<t>.+)[(\[（](?P<n>[^()\[\]（）]+)[)\]）]$"),
    "T | N": regex(r"(?P<t>.+)\|(?P<n>[^|]+)$"),
    "T – N": regex(rf"(?P<t>.+){_DASH}(?P<n>.+)$"),
    "N: T": regex(r"(?P<n>[^:]+): (?P<t>.+)$"),
    "N | T": regex(r"(?P<n>[^|]+)\|(?P<t>.+)$"),
    "N – T": regex(rf"(?P<n>.+?){_DASH}(?P<t>.+)$"),
}
_MARKS = {"T (N)": ")]）", "T | N": "|", "T – N": "–—-", "N: T": ":", "N | T": "|", "N – T": "–—-"}
_BY = regex(
    r"(?P<mark>^|[.!?…:;,|–—。？！]\s*|\s-\s*|[\[(]|\s)"
    rf"(?P<credit>(?:{_CREDITS})\s+)?(?P<by>{WORDS_BY})\s*:?\s+(?=\S)",
    re.I,
)
_BY_HINT = regex(rf"\b(?:{WORDS_BY})[ :]", re.I)
# Japanese, Arabic and Russian, whose names have no shape: only the words before them tell.
_SCRIPT_BY = regex(
    r"(?P<t>.+)(?:[\s　／/|（(【]+(?:文|著|筆者|執筆|寄稿|取材・文)\s*[=＝:：／/・]\s*"
    r"|\s(?:بقلم|كتبه|Автор|автор|текст)\s*:?\s+)(?P<n>[^)）】〕」]+)"
)
_SCRIPT = regex("[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af\u0600-\u06ff]")
_LABEL = regex(
    rf"[\[(【]?\s*(?:{LABELS})\b"
    r"(?:\s+(?:by|von|par|por|from|de)\s+(?P<n>[^:|–—\])]{3,80}?))?"
    r"\s*(?:[\])】]\s*[:|–—-]?|[:|–—]|\s-\s)\s*(?P<t>\S.*)$",
    re.I,
)
# What is by whoever is named behind it, and not by whom it is about.
_TEXT_LAST = regex(r"\b(?:reviews?|reflections?|commentary|rezension|reseña)\s*$", re.I)
_STOP = regex(r"(?<![A-Z\s])[.?!]\s+(?=[^\W\d_a-z])")
_INITIAL_LAST = regex(r"\b[^\W\d_]\.$")


class Split(NamedTuple):
    """Hold one way to read a title: the shape, the words in the name's place, those left over."""

    shape: str
    phrase: str
    rest: str


def splits(title: str) -> list[Split]:
    """Return every way in which a title may hold a byline, the surer ones first.

    >>> splits("Five ferns. By Ada Moss")[0]
    Split(shape='T. By N', phrase='Ada Moss', rest='Five ferns')
    """
    if len(title) > MAX_TITLE:
        return []
    found = [*(_by(title) if _BY_HINT.search(title) else ()), *_scripted(title), *_stopped(title)]
    for shape, pattern in _TABLE.items():
        # The sign is looked for first: most titles hold none, and the patterns are slower.
        match = pattern.match(title) if any(m in title for m in _MARKS[shape]) else None
        if match:
            rest = match["t"].strip() if shape in LEADS else _head(match["t"])
            found.append(Split(shape, match["n"].strip(), rest))
    return [split for split in found if split.rest and split.phrase]


def label(title: str) -> Split | None:
    """Read "Guest post: T" and "Guest post by N: T"; the phrase is empty where nobody is named."""
    found = _LABEL.match(title) if len(title) <= MAX_TITLE else None
    if found is None or not any(character.isalnum() for character in found["t"]):
        return None
    return Split(BY_FIRST, (found["n"] or "").strip(), found["t"].strip())


def is_script(phrase: str) -> bool:
    """Say whether a script has no capitals, so that only words before a name tell one."""
    return bool(_SCRIPT.search(phrase))


def _by(title: str) -> Iterator[Split]:
    for mark in _BY.finditer(title):
        phrase = title[mark.end() :].strip()
        if mark["mark"] in ("(", "["):
            phrase = phrase[:-1] if phrase.endswith((")", "]")) else ""
        if title[: mark.start()].strip():
            until = mark.start("credit") if mark["credit"] else mark.start("by")
            yield Split(_by_shape(mark), _without_stop(phrase), _head(title[:until]))
        elif mark["by"].casefold() == "by":  # "Von Mensch zu Mensch: …" begins as a byline does
            name, _, rest = phrase.partition(": ")
            yield Split(BY_FIRST, name.strip(), rest.strip())


def _by_shape(mark: re.Match[str]) -> str:
    sign, before = mark["mark"].strip(), mark.string[: mark.start()].rstrip()
    if sign == "," and not mark["credit"]:
        return COMMA_BY
    is_apart = sign or mark["credit"] or before[-1:] in ".!?…|" or _TEXT_LAST.search(before)
    return STOP_BY if is_apart else BY


def _scripted(title: str) -> Iterator[Split]:
    if not title.isascii() and (found := _SCRIPT_BY.match(title)):
        yield Split(STOP_BY, found["n"].strip(), _head(found["t"]))


def _stopped(title: str) -> Iterator[Split]:
    for stop in list(_STOP.finditer(title))[-_MOST_STOPS:]:
        word = title[: stop.start()].rpartition(" ")[2].casefold()
        if word != "st" and word not in entries("honorifics"):  # "In conversation with Dr. A B"
            yield Split(STOP, _without_stop(title[stop.end() :]), _head(title[: stop.end()]))


def _head(text: str) -> str:
    """Return what is left of a title before its byline, ended as a title is, or nothing."""
    head = text.rstrip(" \t\n\u00a0:–—|｜,;-(（[【、。・/／")
    head = head[:-1].rstrip() if head.endswith(".") and not head.endswith("..") else head
    return head if any(character.isalnum() for character in head) else ""


def _without_stop(phrase: str) -> str:
    """Return a phrase without the full stop that ends it; an initial keeps its own."""
    phrase = phrase.strip()
    return phrase if _INITIAL_LAST.search(phrase) else phrase.rstrip(" .")

"""Splits a title in every way in which blogs write a byline: "T. By N", "N: T", "T (N)" and others.

A shape only says where a name would stand and what the title would be without it; whether a name
does stand there, `people` says, and whether this blog writes so, `learning`. "T" is the title, "N"
the name. Every shape is one of a title's separators, and the side of it on which the name stands.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import NamedTuple

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

# How a guest's post is labelled, in the languages of the labels.
LABELS = (
    r"guest(?:\s+|-)?(?:post|blog(?:\s*post)?|blogger|article|column|contribution|contributor"
    r"|editorial|essay|feature|piece|author|opinion|entry)|gast(?:beitrag|artikel|blog|kommentar"
    r"|blogger)|(?:article|billet|tribune)\s+invité[e]?|(?:entrada|artículo)\s+invitad[oa]"
    r"|artigo\s+convidado|post\s+(?:convidado|invitado)|gæsteindlæg|gästinlägg"
)
BY_WORDS = r"by|von|par|por|di|door|av|af|przez|gan"
# Chinese, Japanese, Arabic and Russian, whose names have no shape: only the words before them tell.
BY_SIGNS = r"(?:作者|文|著|筆者|寄稿)\s*[=＝:：／/]|بقلم:?|(?:Автор|текст)\s*:"
# No stop of an initial or an honorific ends a title: "In conversation with Dr. A B".
_NO_TITLE = "".join(
    rf"(?<!\b{word})"
    for word in ("[A-Z]", "[A-Z][a-z]", "[A-Z][a-z]{2}", "Prof", "Revd", "Engr", "med")
)
_SEPARATOR = regex(
    # Hardly any other letter begins one: looked at first, this halves the time.
    r"(?=[\Wbvpdag作文著筆寄بат])(?:"
    rf"(?P<by>(?:^|(?<=\W))(?:(?:{BY_WORDS})(?:\s*:)?\s+|(?P<sign>{BY_SIGNS})\s*)(?=\S))"
    r"|(?P<dash>\s+(?:[–—]|--?)\s+|\s*—\s*)|(?P<pipe>\s*[|｜]\s*|\s+[/／]\s+)|(?P<colon>:\s+)"
    r"|(?P<open>\s*[(\[（](?=[^()\[\]（）]+[)\]）]$))"
    rf"|(?-i:(?P<stop>(?<=[?!])\s+|{_NO_TITLE}\.\s+)(?=[^\W\d_a-z])))",
    re.I,
)
_PARTING = frozenset(("dash", "pipe", "colon", "open"))
# By the separator: the last one in a title with a name behind it, the first with one before it.
_TAILS = {"open": "T (N)", "pipe": "T | N", "dash": "T – N", "stop": STOP}
_LEADS = {"colon": "N: T", "pipe": "N | T", "dash": "N – T"}
# What may stand before "by" and credits somebody with the post itself.
_CREDITED = regex(
    r"(?:^|(?<=\W))(?:written|words|text|posted|authored|penned|contributed|compiled|story|article"
    rf"|post|blog(?:\s?post)?|(?:an?|our)\s+(?:guest\s+)?(?:blog(?:\s?post)?|post|article|essay"
    rf"|reflection|review)|{LABELS})$",
    re.I,
)
# After these "by" is not a part of the sentence; what is reviewed has an author of its own.
_APART = regex(
    r"(?:[.!?…:;|–—(\[。？！]|\s-|\b(?:reviews?|reflections?|commentary|rezension|reseña))$", re.I
)
_LABEL = regex(rf"[\[(【]?\s*(?:{LABELS})\s*(?:[\])】]\s*[:|–—-]?|[:|–—]|\s-\s)\s*(?=\S)", re.I)
BEFORE_NAME = regex(rf".*\b(?:{BY_WORDS})\b\s*:?\s+", re.I)
"""What stands before a name in “Guest post by Ada Moss”."""
_INITIAL_LAST = regex(r"\b[^\W\d_]\.$")


class Split(NamedTuple):
    """Hold one way to read a title: the shape, the words in the name's place, those left over.

    `is_ended` says that a full stop parts them, or the like.
    """

    shape: str
    phrase: str
    rest: str
    is_ended: bool = False


def splits(title: str) -> list[Split]:
    """Return every way in which a title may hold a byline, the surer ones first.

    >>> splits("Five ferns. By Ada Moss")[0]
    Split(shape='T. By N', phrase='Ada Moss', rest='Five ferns', is_ended=True)
    """
    marks = _separators(title)
    found = [_by(title, mark) for mark in reversed(marks) if mark["by"]]
    last = {mark.lastgroup: mark for mark in marks}
    found += [_tail(title, last[kind], shape) for kind, shape in _TAILS.items() if kind in last]
    first = {mark.lastgroup: mark.span() for mark in reversed(marks)}
    found += [
        Split(shape, title[: first[kind][0]].strip(), title[first[kind][1] :].strip())
        for kind, shape in _LEADS.items()
        if kind in first
    ]
    return [split for split in found if split.rest and split.phrase]


def unlabelled(title: str) -> str:
    """Return what "Guest post: …" labels, or nothing.

    >>> unlabelled("[Guest post] Five ferns")
    'Five ferns'
    """
    found = _LABEL.match(title) if len(title) <= MAX_TITLE else None
    rest = title[found.end() :].strip() if found else ""
    return rest if any(map(str.isalnum, rest)) else ""


def pieces(title: str) -> list[str]:
    """Return what stands between a title's dashes, colons and brackets, if there are any.

    >>> pieces("ShedConf 2010: Mending nets (keynote)")
    ['ShedConf 2010', 'Mending nets', 'keynote']
    """
    marks = _parting(title)
    starts, ends = [0, *(mark.end() for mark in marks)], (mark.start() for mark in marks)
    return [title[start:end].rstrip(")]") for start, end in zip(starts, [*ends, None], strict=True)]


def framed(title: str, fixed: frozenset[str]) -> tuple[str, str]:
    """Return a title without the pieces that its blog always writes: what came first, and the rest.

    >>> framed("ShedConf 2010 - Ada Moss - Nets (video)", frozenset({"ShedConf 2010", "video"}))
    ('ShedConf 2010 - ', 'Ada Moss - Nets')
    """
    marks = _parting(title) if fixed else []
    start, end = 0, len(title)
    # What is left still holds a title and something that is parted from it.
    while len(marks) > 1 and title[marks[-1].end() : end].rstrip(")]") in fixed:
        end = marks.pop().start()
    if len(marks) > 1 and title[: marks[0].start()] in fixed:
        start = marks[0].end()
    return title[:start], title[start:end]


@lru_cache(maxsize=16)  # a title is asked for them by each of those above
def _separators(title: str) -> tuple[re.Match[str], ...]:
    return tuple(_SEPARATOR.finditer(title)) if len(title) <= MAX_TITLE else ()


def _parting(title: str) -> list[re.Match[str]]:
    return [mark for mark in _separators(title) if mark.lastgroup in _PARTING]


def _tail(title: str, mark: re.Match[str], shape: str) -> Split:
    phrase = title[mark.end() : -1] if mark["open"] else title[mark.end() :]
    return Split(shape, _without_stop(phrase), _head(title[: mark.start()]))


def _by(title: str, mark: re.Match[str]) -> Split:
    """Return what "by" tells: only English begins a title so, "Von Mensch zu Mensch: …" is none."""
    before, behind = title[: mark.start()].rstrip(), title[mark.end() :]
    head = _CREDITED.sub("", before).rstrip()
    if not head:
        name, _, rest = behind.partition(": ")
        is_english = mark["by"][:2].casefold() == "by"
        return Split(BY_FIRST, name.strip(), rest.strip() if is_english else "")
    phrase = _without_stop(behind)
    phrase = phrase.rstrip(")]）】") if head[-1] in "([（【" else phrase
    is_apart = len(head) < len(before) or mark["sign"] or _APART.search(head)
    shape = COMMA_BY if head.endswith(",") else BY
    return Split(STOP_BY if is_apart else shape, phrase, _head(head), head[-1] in ".!?…")


def _head(text: str) -> str:
    """Return what is left of a title before its byline, ended as a title is, or nothing."""
    head = text.rstrip(" \t\n\u00a0:–—|｜,;-(（[【、。・/／")
    head = head[:-1].rstrip() if head.endswith(".") and not head.endswith("..") else head
    return head if any(map(str.isalnum, head)) else ""


def _without_stop(phrase: str) -> str:
    """Return a phrase without the full stop that ends it; an initial keeps its own."""
    phrase = phrase.strip()
    return phrase if _INITIAL_LAST.search(phrase) else phrase.rstrip(" .")

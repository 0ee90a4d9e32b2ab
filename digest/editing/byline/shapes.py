"""Splits a title in every way in which blogs write a byline: "T. By N", "N: T", "T (N)" and others.

A shape only says where a name would stand and what the title would be without it; whether a name
does stand there, `people` says, and whether this blog writes so, `learning`. "T" is the title, "N"
the name.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
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
_BY_WORDS = r"by|von|par|por|di|door|av|af|przez|gan"
_DASH = r"(?:\s+(?:[–—]|--?)\s+|\s*—\s*)"
_PIPE = r"(?:\s*[|｜]\s*|\s+[/／]\s+)"
# Not behind "Dr", "Ing", "med" or an initial.
_NO_TITLE = "".join(
    rf"(?<!\b{word})"
    for word in ("[A-Z]", "[A-Z][a-z]", "[A-Z][a-z]{2}", "Prof", "Revd", "Engr", "med")
)
_TABLE = {
    "T (N)": (")]）", regex(r"(?P<t>.+)[(\[（](?P<n>[^()\[\]（）]+)[)\]）]$")),
    "T | N": ("|｜/／", regex(rf"(?P<t>.+){_PIPE}(?P<n>.+)$")),
    "T – N": ("–—-", regex(rf"(?P<t>.+){_DASH}(?P<n>.+)$")),
    "N: T": (":", regex(r"(?P<n>[^:]+): (?P<t>.+)$")),
    "N | T": ("|｜/／", regex(rf"(?P<n>.+?){_PIPE}(?P<t>.+)$")),
    "N – T": ("–—-", regex(rf"(?P<n>.+?){_DASH}(?P<t>.+)$")),
    # The stop of an honorific or an initial ends no title: "In conversation with Dr. A B".
    STOP: (".?!", regex(rf"(?P<t>.*[?!]|.*{_NO_TITLE}\.)\s+(?P<n>[^\W\d_a-z].*)$")),
}  # fmt: skip
"""The signs without which a title need not be tried, and the pattern."""

_BY_HINT = regex(rf"\b(?:{_BY_WORDS})[ :]", re.I)
_BY = regex(
    rf"(?:(?P<t>.*\S)(?:\s+|(?<=\W)))?\b(?P<by>{_BY_WORDS})\b\s*:?\s+(?P<n>\S.*)$",
    re.I,
)
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
# Japanese, Arabic and Russian, whose names have no shape: only the words before them tell.
_SCRIPT_BY = regex(
    r"(?P<t>.+)(?:[\s　／/|（(【]+(?:文|著|筆者|執筆|寄稿|取材・文)\s*[=＝:：／/・]\s*"
    r"|\s(?:بقلم|كتبه|Автор|автор|текст)\s*:?\s+)(?P<n>[^)）】〕」]+)"
)
_LABEL = regex(
    rf"[\[(【]?\s*(?:{LABELS})\b"
    r"(?:\s+(?:by|von|par|por|from|de)\s+(?P<n>[^:|–—\])]{3,80}?))?"
    r"\s*(?:[\])】]\s*[:|–—-]?|[:|–—]|\s-\s)\s*(?P<t>\S.*)$",
    re.I,
)
_SEPARATED = rf"(?:{_PIPE}|{_DASH}|:\s+)"
_FIRST = regex(rf"(?P<piece>.{{2,60}}?){_SEPARATED}(?=\S)")
_LAST = regex(rf"(?P<t>.+)(?:{_SEPARATED}|\s*[(\[（])(?P<piece>[^()\[\]（）]{{2,60}})[)\]）]?$")
_PARTING = regex(rf"{_SEPARATED}|\s*[()\[\]（）]\s*")
_SIGNS = regex(r"[:|｜–—(\[（]|\s(?:--?|[/／])\s")  # most titles hold none of these
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
    if len(title) > MAX_TITLE:
        return []
    found = list(_by(title))
    for shape, (signs, pattern) in _TABLE.items():
        # The sign is looked for first: most titles hold none, and the patterns are slower.
        if any(sign in title for sign in signs) and (match := pattern.match(title)):
            rest = match["t"].strip() if shape in LEADS else _head(match["t"])
            found.append(Split(shape, _without_stop(match["n"]), rest))
    return [split for split in found if split.rest and split.phrase]


def label(title: str) -> Split | None:
    """Read "Guest post: T" and "Guest post by N: T"; the phrase is empty where nobody is named."""
    found = _LABEL.match(title) if len(title) <= MAX_TITLE else None
    if found is None or not any(character.isalnum() for character in found["t"]):
        return None
    return Split(BY_FIRST, (found["n"] or "").strip(), found["t"].strip())


def pieces(title: str) -> set[str]:
    """Return what stands between a title's dashes, colons and brackets.

    >>> sorted(pieces("ShedConf 2010: Mending nets (keynote)"))
    ['Mending nets', 'ShedConf 2010', 'keynote']
    """
    is_parted = len(title) <= MAX_TITLE and _SIGNS.search(title)
    return {piece for piece in _PARTING.split(title) if piece} if is_parted else set()


def framed(title: str, fixed: frozenset[str]) -> tuple[str, str]:
    """Return a title without the pieces that its blog always writes: what came first, and the rest.

    >>> framed("ShedConf 2010 - Ada Moss - Nets (video)", frozenset({"ShedConf 2010", "video"}))
    ('ShedConf 2010 - ', 'Ada Moss - Nets')
    """
    if not fixed or len(title) > MAX_TITLE or not _SIGNS.search(title):
        return "", title
    while (last := _LAST.match(title)) and _is_fixed(last, fixed) and _is_parted(last["t"]):
        title = last["t"].rstrip()
    first = _FIRST.match(title)
    if first and _is_fixed(first, fixed) and _is_parted(title[first.end() :]):
        return first[0], title[first.end() :]
    return "", title


def _is_fixed(found: re.Match[str], fixed: frozenset[str]) -> bool:
    return found["piece"].strip() in fixed


def _is_parted(text: str) -> bool:
    """Say whether a text still holds a title and something that is parted from it."""
    return bool(_LAST.match(text) or _BY_HINT.search(text))


def _by(title: str) -> Iterator[Split]:
    """Yield what "by" tells: only English begins a title so, "Von Mensch zu Mensch: …" is none."""
    found = _BY.match(title) if _BY_HINT.search(title) else None
    if found:
        before = (found["t"] or "").rstrip()
        head = _CREDITED.sub("", before).rstrip()
        phrase = _without_stop(found["n"])
        if head:
            is_opened = head[-1] in "(["
            phrase = phrase[:-1] if is_opened and phrase[-1] in ")]" else phrase
            is_apart = len(head) < len(before) or _APART.search(head)
            shape = COMMA_BY if head.endswith(",") else BY
            yield Split(STOP_BY if is_apart else shape, phrase, _head(head), head[-1] in ".!?…")
        elif found["by"].casefold() == "by":
            name, _, rest = phrase.partition(": ")
            yield Split(BY_FIRST, name.strip(), rest.strip())
    if not title.isascii() and (found := _SCRIPT_BY.match(title)):
        yield Split(STOP_BY, found["n"].strip(), _head(found["t"]))


def _head(text: str) -> str:
    """Return what is left of a title before its byline, ended as a title is, or nothing."""
    head = text.rstrip(" \t\n\u00a0:–—|｜,;-(（[【、。・/／")
    head = head[:-1].rstrip() if head.endswith(".") and not head.endswith("..") else head
    return head if any(character.isalnum() for character in head) else ""


def _without_stop(phrase: str) -> str:
    """Return a phrase without the full stop that ends it; an initial keeps its own."""
    phrase = phrase.strip()
    return phrase if _INITIAL_LAST.search(phrase) else phrase.rstrip(" .")

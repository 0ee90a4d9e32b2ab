"""Splits a title in every way in which blogs write a byline.

"T. By N", "N: T", "T (N)" and few more. A shape only says where a name would stand and what the
title would be without it; whether a name does stand there, `people` says, and whether this blog
writes so, `learning`. "T" is the title, "N" the name.
"""

from __future__ import annotations

import re
from typing import NamedTuple

from digest.editing.lexicon import entries

STOP_BY, BY_FIRST, COMMA_BY, BY = "T. By N", "By N: T", "T, by N", "T by N"
LEADS = ("N: T", "N – T", "N | T")
TAILS = ("T – N", "T | N", "T (N)", "T. N")
TEXT_BY = "By N"
SHAPES = (STOP_BY, BY_FIRST, COMMA_BY, BY, *LEADS, *TAILS, TEXT_BY)
"""Every shape by its name, as `[[source]] byline` and `digest sources` write it."""

SURE = frozenset((STOP_BY, BY_FIRST))
"""A single one of these is enough; of the others a blog has to show that it writes so."""

MAX_TITLE = (
    400  # characters; nothing longer is a title with a byline, and no pattern is tried on it
)

_LABEL_WORDS = (
    r"guest(?:\s+|-)?(?:post|blog(?:\s*post)?|blogger|article|column|contribution|contributor|editorial|essay"
    r"|feature|piece|author|opinion|entry)|gast(?:beitrag|artikel|blog|kommentar|blogger)"
    r"|(?:article|billet|tribune)\s+invité[e]?|(?:entrada|artículo)\s+invitad[oa]|artigo\s+convidado"
    r"|post\s+(?:convidado|invitado)|gæsteindlæg|gästinlägg"
)
_CREDITS = (
    r"written|words|text|posted|authored|penned|contributed|compiled|story|article|blog(?:\s?post)?|post"
    r"|(?:an?|our)\s+(?:guest\s+)?(?:blog(?:\s?post)?|post|article|essay|reflection|review)|"
    + _LABEL_WORDS
)
_WORD_BY = r"by|von|par|por|di|door|av|af|przez|gan"
_BY = re.compile(
    rf"(?P<mark>^|[.!?…:;,|–—。？！]\s*|\s-\s*|[\[(]|\s)(?P<credit>(?:{_CREDITS})\s+)?(?:{_WORD_BY})\s*:?\s+(?=\S)",
    re.I,
)
_BY_HINTS = tuple(f"{word}{end}" for word in _WORD_BY.split("|") for end in (" ", ":"))
_SCRIPT_BY = re.compile(
    r"[\s　／/|（(【]+(?:文|著|筆者|執筆|寄稿|取材・文)\s*[=＝:：／/・]\s*"
    r"|\s(?:بقلم|كتبه|Автор|автор|текст)\s*:?\s+"
)
_LABEL = re.compile(
    rf"[\[(【]?\s*(?:{_LABEL_WORDS})\b(?:\s+(?:by|von|par|por|from|de)\s+(?P<name>[^:|–—\])]{{3,80}}?))?"
    r"\s*(?:[\])】]\s*[:|–—-]?|[:|–—]|\s-\s)\s*(?=\S)",
    re.I,
)
_TEXT_LAST = re.compile(r"\b(?:reviews?|reflections?|commentary|rezension|reseña)\s*$", re.I)
_STOP = re.compile(r"(?<![A-Z\s])[.?!]\s+(?=[^\W\d_a-z])")
_INITIAL_LAST = re.compile(r"\b[^\W\d_]\.$")
_DASH = re.compile(r"\s+(?:[–—]|--?)\s+|\s*—\s*")
_TRAIL = re.compile(
    r"(?:\s*[–—|:,-])?\s*[\[(]?\s*(?:\b(?:part|pt\.?|teil|partie|parte|deel|episode|no\.?|week|day)\s+\w{1,8}"
    r"(?:\s+(?:of|/)\s+\w{1,6})?|\d{1,3}\s*/\s*\d{1,3}|#\d{1,4})\s*[\])]?$",
    re.I,
)
_TRAIL_LAST = ")]0123456789IVXenor"  # brackets, figures, and what English numbers end in
_ENDS_ABBREVIATED = re.compile(r"(?:\b(?:[^\W\d_]\.){2,}|\betc\.|\.\.\.)$", re.I)
_CJK = re.compile("[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af\u0600-\u06ff]")


class Split(NamedTuple):
    """Hold one way to read a title.

    The shape, the words in the name's place, and those left over.
    """

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
    text, trail = _without_trail(title)
    low = text.casefold()
    has_by = any(word in low for word in _BY_HINTS)  # looked for first: the pattern is slow
    found = [*(_by(text) if has_by else ()), *(_script_by(text) if not low.isascii() else ())]
    found += _tails(text)
    whole = [
        Split(split.shape, split.phrase, f"{split.rest}{trail}") for split in found if split.rest
    ]
    return [*whole, *_leads(title)]


def label(title: str) -> Split | None:
    """Read "Guest post: T" and "Guest post by N: T"; the phrase is empty where nobody is named."""
    found = _LABEL.match(title) if len(title) <= MAX_TITLE else None
    if found is None:
        return None
    rest = title[found.end() :].strip()
    has_words = any(character.isalnum() for character in rest)
    return Split(BY_FIRST, (found["name"] or "").strip(), rest) if has_words else None


def is_script(phrase: str) -> bool:
    """Say whether a phrase is written without capitals, so that only the words before it tell a name."""
    return bool(_CJK.search(phrase))


def _by(text: str) -> list[Split]:
    found = []
    for mark in _BY.finditer(text):
        head, phrase = text[: mark.start()], text[mark.end() :].strip()
        opened = mark["mark"] in ("(", "[")
        if opened:
            if not phrase.endswith((")", "]")):
                continue
            phrase = phrase[:-1]
        if not head.strip():
            # "Von Mensch zu Mensch: …" begins as a byline does; "By" hardly ever.
            found.extend(_by_first(phrase) if " by " in f" {mark[0].casefold()} " else [])
            continue
        found.append(
            Split(
                _by_shape(mark, head),
                _without_stop(phrase),
                _head(text[: mark.start("credit")] if mark["credit"] else head + mark["mark"]),
            )
        )
    return found


def _by_shape(mark: re.Match[str], head: str) -> str:
    sign = mark["mark"].strip()
    if sign == "," and not mark["credit"]:
        return COMMA_BY
    is_apart = bool(sign or mark["credit"]) or head.rstrip()[-1:] in ".!?…|"
    is_apart = is_apart or bool(_TEXT_LAST.search(head))
    return STOP_BY if is_apart else BY


def _by_first(phrase: str) -> list[Split]:
    """Read "By N: T"."""
    name, colon, rest = phrase.partition(": ")
    if not colon:
        return []
    return [Split(BY_FIRST, name.strip(), rest.strip())] if rest.strip() else []


def _script_by(text: str) -> list[Split]:
    marks = list(_SCRIPT_BY.finditer(text))
    if not marks:
        return []
    phrase = text[marks[-1].end() :].strip(" )）】〕」")
    return [Split(STOP_BY, phrase, _head(text[: marks[-1].start()]))]


def _tails(text: str) -> list[Split]:
    found = []
    if text.endswith((")", "]", "）")):
        at = max(text.rfind("("), text.rfind("["), text.rfind("（"))
        if at > 0:
            found.append(Split("T (N)", text[at + 1 : -1].strip(), _head(text[:at])))
    head, bar, name = text.rpartition("|")
    if bar:
        found.append(Split("T | N", name.strip(), _head(head)))
    dashes = list(_DASH.finditer(text))
    if dashes:
        found.append(
            Split("T – N", text[dashes[-1].end() :].strip(), _head(text[: dashes[-1].start()]))
        )
    for stop in list(_STOP.finditer(text))[-4:]:
        word = text[: stop.start()].rpartition(" ")[2].casefold()
        if word in entries("honorifics") or word == "st":
            continue  # "In conversation with Dr. A B"
        found.append(Split("T. N", _without_stop(text[stop.end() :]), _head(text[: stop.end()])))
    return found


def _leads(title: str) -> list[Split]:
    dash = _DASH.search(title)
    marks = {"N: T": ": ", "N | T": "|", "N – T": dash[0] if dash else "\n"}
    found = []
    for shape, mark in marks.items():
        name, _, rest = (part.strip() for part in title.partition(mark))
        if name and rest:
            found.append(Split(shape, name, rest))
    return found


def _without_trail(title: str) -> tuple[str, str]:
    """Split off what may follow a byline and belongs to the title.

    "(part 2)", "– Part II", "(3/5)".
    """
    trail = _TRAIL.search(title) if title[-1:] in _TRAIL_LAST else None
    if trail is None or not trail.start():
        return title, ""
    return title[: trail.start()], trail[0]


def _head(text: str) -> str:
    """Return what is left of a title before its byline, ended as a title is.

    Empty if nothing is left.
    """
    head = text.rstrip(" \t\n\u00a0:–—|｜,;-(（[【、。・/／")
    if head.endswith(".") and not _ENDS_ABBREVIATED.search(head[-12:]):
        head = head[:-1].rstrip()
    return head if any(character.isalnum() for character in head) else ""


def _without_stop(phrase: str) -> str:
    """Return a phrase without the full stop that ends it; an initial keeps its own."""
    phrase = phrase.strip()
    return phrase if _INITIAL_LAST.search(phrase) else phrase.rstrip(" .")

"""Finds where a title or a text may name its author: "T. By N", "N: T", "T (N)", "By N" and others.

A shape only says where a name would stand and what the title would be without it; whether a name
does stand there, `people` says, and whether this blog writes so, `learning`. "T" is the title, "N"
the name. Every shape is one of a title's separators, and the side of it on which the name stands;
the last one is a line or a sentence among the first of the text.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import NamedTuple

from digest.editing.byline.people import SHAPED, people
from digest.editing.lexicon import lines
from digest.lazy import regex

STOP_BY, BY_FIRST, COMMA_BY, BY = "T. By N", "By N: T", "T, by N", "T by N"
STOP, TEXT_BY = "T. N", "By N"
# By the separator: the last one in a title with a name behind it, the first with one before it.
_TAILS = {"open": "T (N)", "pipe": "T | N", "dash": "T – N", "stop": STOP}
_LEADS = {"colon": "N: T", "pipe": "N | T", "dash": "N – T"}
LEADS, TAILS = frozenset(_LEADS.values()), frozenset(_TAILS.values()) - {STOP}
SHAPES = (STOP_BY, BY_FIRST, COMMA_BY, BY, *_LEADS.values(), *_TAILS.values(), TEXT_BY)
"""Every shape by its name, as `[[source]] byline` and `digest sources` write it."""

SURE = frozenset((STOP_BY, BY_FIRST))
"""A single one of these is enough; of the others a blog has to show that it writes so."""

MAX_TITLE = 400  # characters; nothing longer is a title, and no pattern is tried on it
_FIRST_LINES, _MAX_LINE = 4, 400  # in which a text's byline may stand, and characters of one

_LABELS = "|".join(lines("labels"))
_BY = r"by|von|par|por|di|door|av|af|przez|gan"
# Chinese, Japanese, Arabic and Russian, whose names have no shape: only the words before them tell.
_SIGNS = r"(?:作者|文|著|筆者|寄稿)\s*[=＝:：／/]|بقلم:?|(?:Автор|текст)\s*:"
# No stop of an initial or an honorific ends a title: "In conversation with Dr. A B".
_NO_TITLE = (
    r"(?<!\b[A-Z])(?<!\b[A-Z][a-z])(?<!\b[A-Z][a-z]{2})(?<!\bProf)(?<!\bRevd)(?<!\bEngr)(?<!\bmed)"
)
_SEPARATOR = regex(
    # Hardly any other letter begins one: looked at first, this halves the time.
    r"(?=[\Wbvpdag作文著筆寄بат])(?:"
    rf"(?P<by>(?:^|(?<=\W))(?:(?:{_BY})(?:\s*:)?\s+|(?P<sign>{_SIGNS})\s*)(?=\S))"
    r"|(?P<dash>\s+(?:[–—]|--?)\s+|\s*—\s*)|(?P<pipe>\s*[|｜]\s*|\s+[/／]\s+)|(?P<colon>:\s+)"
    r"|(?P<open>\s*[(\[（](?=[^()\[\]（）]+[)\]）]$))"
    rf"|(?-i:(?P<stop>(?<=[?!])\s+|{_NO_TITLE}\.\s+)(?=[^\W\d_a-z])))",
    re.I,
)
_PARTING = frozenset(("dash", "pipe", "colon", "open"))
# What may stand before "by" and credits somebody with the post itself.
_TEXT = rf"blog(?:\s?post)?|post|article|essay|story|text|words|{_LABELS}"
_CREDITED = regex(
    r"(?:^|(?<=\W))(?:written|posted|authored|penned|contributed|compiled"
    rf"|(?:(?:an?|our)\s+)?(?:{_TEXT})|(?:an?|our)\s+(?:guest\s+)?(?:{_TEXT}|reflection|review))$",
    re.I,
)
# After these "by" is not a part of the sentence; what is reviewed has an author of its own.
_APART = regex(r"(?:[.!?…:;|–—(\[。？！]|\s-|\b(?:reviews?|reflections?|rezension|reseña))$", re.I)
_LABEL = regex(rf"[\[(【]?\s*(?:{_LABELS})\s*(?:[\])】]\s*[:|–—-]?|[:|–—]|\s-\s)\s*(?=\S)", re.I)
_INITIAL_LAST = regex(r"\b[^\W\d_]\.$")

_TEXT_BY = regex(
    # "“Nets” --by A B", "Editor's note: today's post is by A B"
    r"(?:[“\"(\[—–-]{1,2}\s*)?(?:editor[’']s\s+note\s*:\s*)?(?:"
    # "Speaker: A B", who presents what she may not have written
    r"(?P<talk>(?:speakers?|presenters?)\s*[:–—-]\s+|presented\s+by\s+)"
    # "By A B", "作者：A B", whose script needs no blank; "A guest post by A B"
    rf"|(?P<bare>(?:{_BY}|da)\b:?\s+)|(?:{_SIGNS})\s*"
    rf"|(?:an?\s+|ein\s+)?(?:{_TEXT}|written|posted|contributed|reposted)\s+(?:{_BY}|da)\b:?\s+"
    # "Author: A B", "Contributor – A B", "Geschrieben von: A B"
    r"|(?:authors?(?:\s*(?:&|and)\s*\w+)?|words|text|contributors?|autore?n?|autora?|auteurs?"
    r"|auteure|autrice|författare|skribent|guest\s+(?:author|blogger|post|contributor)"
    r"|(?:scritto|geschrieben|écrit|escrito)\s+(?:da|von|par|por)|tekst|автор|текст)\s*[:–—-]\s+"
    # "This article was written by A B", "Dieser Beitrag ist von A B", "Today's post is by A B"
    r"|(?:this|today[’']s|dieser?|cet(?:te)?|este|esta|questo|dit)(?:\s+[\w’'-]+){0,6}?\s+"
    r"(?:written|authored|contributed|penned|is|ist|est|comes|beitrag|artikel|billet|écrit|escrito"
    rf"|scritto|geschreven|{_TEXT}|post\s+is\s+brought\s+to\s+you)\s+(?:{_BY}|da|from)\s+"
    r"(?-i:(?=[^\W\d_a-z])))(?=\S)",
    re.I,
)
_END = regex(r"(?<=[^\W\d_]{2})[.]\s+(?=[^\W\d_a-z]|[“\"‘'])|\s[–—|]\s")
# What is said of a person behind the name: "Bo Clay on behalf of the shed" up to the next one.
_SAID = regex(
    r"(?<![,;，；])\s+(?!(?:and|und|et|y|e|i|och|og|en|with|da|de|del|della|den|der|di|do|dos|du|la"
    r"|le|van|von|zu|bin|al|el|ap|ter|ten)\b)[^\W\d_A-Z][^,;，；]*?"
    r"(?=$|[,;，；]|\s(?:and|&)\s+[^\W\d_a-z])"
)
# "By Ada Moss we mean the rose": words about more than a person.
_SENTENCE = regex(r"\b(?:is|are|was|were|has|have|had|I|we|it|they|will|would|can|ist|est|es)\b")


class Split(NamedTuple):
    """Hold one way to read a title: what may be a name, what is left, and if a stop parts them."""

    shape: str
    phrase: str
    rest: str
    is_ended: bool = False


def splits(title: str) -> list[Split]:
    """Return every way in which a title may hold a byline, the surer ones first."""
    marks = _separators(title)
    found = [_by(title, mark) for mark in reversed(marks) if mark["by"]]
    last = {mark.lastgroup: mark.span() for mark in marks}
    for kind in filter(last.__contains__, _TAILS):
        phrase = title[last[kind][1] :]
        phrase = _without_stop(phrase[:-1] if kind == "open" else phrase)
        found.append(Split(_TAILS[kind], phrase, _head(title[: last[kind][0]])))
    first = {mark.lastgroup: mark.span() for mark in reversed(marks)}
    for kind in filter(first.__contains__, _LEADS):
        start, end = first[kind]
        found.append(Split(_LEADS[kind], title[:start].strip(), title[end:].strip()))
    return [split for split in found if split.rest and split.phrase]


def unlabelled(title: str) -> str:
    """Return what "Guest post: …" labels, or nothing."""
    found = _LABEL.match(title) if len(title) <= MAX_TITLE else None
    rest = title[found.end() :].strip() if found else ""
    return rest if any(map(str.isalnum, rest)) else ""


def pieces(title: str) -> list[str]:
    """Return what stands between a title's dashes, colons and brackets, if there are any."""
    ends = [0, *(edge for mark in _parting(title) for edge in mark.span()), len(title)]
    return [title[start:end].rstrip(")]") for start, end in zip(ends[::2], ends[1::2], strict=True)]


def framed(title: str, fixed: frozenset[str]) -> tuple[str, str]:
    """Return a title without what its blog always writes: what came first of it, and the rest."""
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


def opening(text: str, *, talks: bool) -> tuple[str, tuple[str, ...]]:
    """Return the byline that a text begins with, and whom it names; with `talks`, speakers too."""
    lead = _TEXT_BY.match(text)
    if lead is None or (lead["talk"] and not talks):
        return "", ()
    line = text[lead.end() :].partition("\n")[0][:_MAX_LINE]
    # A byline ends at its first stop, a dash, or with its line.
    for end in (*(end.span() for end in _END.finditer(line)), (len(line), len(line))):
        said = line[: end[0]]
        is_all = (names := _SAID.sub("", said)) == said
        found = people(names.strip(' .”"'))
        # A role has no verb of its own: the line goes on as a title or an address does.
        is_sentence = lead["bare"] and not is_all and _SENTENCE.search(said)
        if found and not is_sentence and found.grade >= SHAPED - is_all:
            return text[: lead.end() + end[1]].rstrip(" –—|"), found.names
    return "", ()


def first_named(text: str, *, talks: bool) -> tuple[str, ...]:
    """Return whom a byline among a text's first lines names; a caption may stand before it."""
    for _ in range(_FIRST_LINES):
        names = opening(text, talks=talks)[1]
        line, _, text = text.partition("\n")
        if names or len(line) > _MAX_LINE:
            return names
    return ()

"""Finds where a title or a text may name its author: "T. By N", "N: T", "T (N)", "By N" and others.

A shape, a separator and a side of it, says where a name ("N") would stand and what title ("T")
would be left; whether a name does stand there, `people` says, and whether this blog writes so,
`learning`. The last shape is a line or a sentence among the first of the text.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import NamedTuple

from digest.editing.byline.people import SHAPED, people
from digest.editing.lexicon import entries, lines
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
_STOPPED = ("[A-Z]", "[A-Z][a-z]", "[A-Z][a-z][a-z]", "Prof", "Revd", "Engr", "med")
_NO_TITLE = "".join(rf"(?<!\b{end})" for end in _STOPPED)
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
_TEXT = r"blog(?:\s?post)?|post|article|essay|story|text|words"
_CREDITED = regex(
    rf"(?:^|(?<=\W))(?:written|posted|authored|penned|contributed|compiled|(?:(?:an?|our)\s+)?(?:{_TEXT}|{_LABELS})"
    r"|(?:an?|our)\s+(?:guest\s+)?(?:text|reflection|review))$",
    re.I,
)
# After these "by" is not a part of the sentence; what is reviewed has an author of its own.
_APART = regex(r"(?:[.!?…:;|–—(\[。？！]|\s-|\b(?:reviews?|reflections?|rezension|reseña))$", re.I)
_LABEL = regex(rf"[\[(【]?\s*(?:{_LABELS})\s*(?:[\])】]\s*[:|–—-]?|[:|–—]|\s-\s)\s*(?=\S)", re.I)
_INITIAL_LAST = regex(r"\b[^\W\d_]\.$")
# What a text says of whose it is: "“Nets” --by A B", "Editor's note: today's post is by A B".
_NOTE = r"(?:(?:editor[’']?s?|ed|author[’']?s?)?\.?\s*note\s*[:—–-]\s*[\W_]{0,3})?"
*_PATTERNS, _ROLES = lines("sayings")
_SAYINGS = "|".join(_PATTERNS).format(by=_BY, labels=_LABELS, text=_TEXT)
_TEXT_BY = regex(
    rf"[\W_]{{0,4}}{_NOTE}(?:"
    # "Speaker: A B", who may not have written it; "By A B", which may begin a sentence; "作者：A B"
    r"(?P<talk>(?:speakers?|presenters?)\s*[:–—-][ \t]+|presented\s+by\s+)"
    rf"|(?P<bare>(?:(?:co-?)?(?:written|(?:re)?posted|authored|contributed)\s+)?(?:{_BY}|da)\b:?\s+)"
    rf"|(?P<noun>(?:(?:an?\s+|ein\s+)?(?:{_TEXT})|an?\s+(?:{_LABELS}))\s+(?:{_BY}|da)\s+)"
    rf"|(?P<sign>(?:[本原]文)?(?:{_SIGNS}))\s*|(?:{_SAYINGS}))(?=\S)",
    re.I,
)
_END = regex(
    r"(?<=[^\W\d_]{2}|\w\))(?<!\b[DM]r)(?<!\bProf)[.!?]\s+(?=[^\W\d_a-z]|[“\"‘'])|\s[–—|-]\s|(?i:\s(?:contribu|edi)tors?)?:[\s_*]+|$"
)
# Notes, workplaces, what somebody is, who edited: "A B¹ (Shed Ltd), C D, a gardener / 编辑：李".
_NOTED = regex(
    r"[*_¹²³⁴-⁹]|\s*[(（][^()（）]{1,80}[)）](?=\s*(?:[,;.，、/|]|$|and\b|&))|(?<=[㐀-鿿])@\w+"
    r"|,\s+(?:an?|the|two|three|both|who|whom|whose|to|from|at)\s[^,;，；]*"
    r"|\s*(?:[/|｜,，;]|\band\b)?\s*(?:\w{0,2}(?:编辑|译者?|校对|审校)\s*[:：]"
    r"|(?:edited|translated|illustrat\w+|photo\w*)\s+by\b).*$"
)
# Where a picture is from, whose caption looks as a byline does.
_PICTURE = regex(r"(?<![./])\b(?:via|wikimedia|flickr|unsplash|pixabay|getty|CC[ -]BY)\b", re.I)
_HANDLE = regex(r"@?[^\W\d_][\w-]{1,30}")
# What somebody is called before the name: "Moss University researchers A B and C D".
_ROLE = regex(
    rf"(?:(?:[\w’'.&-]+\s+){{0,8}}?(?i:{_ROLES})s?,?|(?:the|our|my)(?:\s+[a-z-]+){{1,3}})\s+(?=[^\W\d_a-z])"
)
# What is said of a person behind the name: "Bo Clay on behalf of the shed" up to the next one.
_SAID = regex(
    rf"(?<![,;，；])\s+(?!(?:and|und|et|och|og|en|with|{'|'.join(sorted(entries('particles')))})\b)[^\W\d_A-Z][^,;，；]*?"
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
    ends = () if lead["bare"] and _PICTURE.search(line) else _END.finditer(line)
    for end in ends:
        if names := _credited(lead, line[: end.start()]):
            return text[: lead.end() + end.end()].rstrip(" –—|"), names
    return "", ()


def _credited(lead: re.Match[str], line: str) -> tuple[str, ...]:
    """Return whom a byline's words name, if they name people and are no sentence about them."""
    said = _NOTED.sub("", line).strip()
    if lead["sign"] and _HANDLE.fullmatch(said):
        return (said,)
    is_all = (names := _SAID.sub("", said)) == said
    found = people(names.strip(' .!”"'))
    if (not found or found.grade < SHAPED - is_all) and (role := _ROLE.match(said)):
        found = people(_SAID.sub("", said[role.end() :]).strip(' .!”"'))
    # A role has no verb of its own: the line goes on as a title or an address does.
    is_sentence = lead["noun"] or (lead["bare"] and _SENTENCE.search(said))
    is_byline = found and (is_all or not is_sentence) and found.grade >= SHAPED - is_all
    return found.names if found and is_byline else ()


def first_named(text: str, *, talks: bool) -> tuple[str, ...]:
    """Return whom a byline among a text's first lines names; a caption may stand before it."""
    for _ in range(_FIRST_LINES):
        names = opening(text, talks=talks)[1]
        line, _, text = text.partition("\n")
        if names or len(line) > _MAX_LINE:
            more = {opening(s, talks=talks)[1] for s in text.split("\n", 9)[:9]} if names else ()
            return () if len({*more, names, ()}) > 3 else names  # three are captions of pictures
    return ()

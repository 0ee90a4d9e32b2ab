"""Finds where a title or a text may name its author: "T. By N", "N: T", "T (N)", "By N" and others.

A shape, a separator and a side of it, says where a name ("N") would stand and what title ("T")
would be left; if one stands there, `people` says, and if this blog writes so, `learning`. The last
shape is among a text's lines: words about the text itself (`lexicon/crediting`), and people.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator
from functools import lru_cache
from typing import NamedTuple

from digest.editing.byline.people import LISTED, SHAPED, People, is_group, people
from digest.editing.lexicon import crediting, signing
from digest.editing.lexicon.crediting import BARE, FOLLOWING, SAID, WEAK, WHOLE, Head
from digest.lazy import regex

STOP_BY, BY_FIRST, COMMA_BY, BY = "T. By N", "By N: T", "T, by N", "T by N"
STOP, TEXT_BY = "T. N", "By N"
# By the separator: the last one in a title with a name behind it, the first with one before it.
_TAILS = {"open": "T (N)", "pipe": "T | N", "dash": "T – N", "stop": STOP}
_LEADS = {"colon": "N: T", "pipe": "N | T", "dash": "N – T", "on": "N on T"}
LEADS, TAILS = frozenset(_LEADS.values()), frozenset(_TAILS.values()) - {STOP}
SHAPES = (STOP_BY, BY_FIRST, COMMA_BY, BY, *_LEADS.values(), *_TAILS.values(), TEXT_BY)
"""Every shape by its name, as `[[source]] byline` and `digest sources` write it."""

SURE = frozenset((STOP_BY, BY_FIRST))
"""A single one of these is enough; of the others a blog has to show that it writes so."""

BYS = SURE | {COMMA_BY, BY}  # those that say "by"
MAX_TITLE = 400  # characters; nothing longer is a title, and no pattern is tried on it

# No stop of an initial or an honorific ends a title: "In conversation with Dr. A B".
_STOPPED = ("[A-Z]", "[A-Z][a-z]", "[A-Z][a-z][a-z]", "Prof", "Revd", "Engr", "med")
_NO_TITLE = "".join(rf"(?<!\b{end})" for end in _STOPPED)
_SEPARATOR = regex(
    # Hardly any other letter begins one: looked at first, this halves the time.
    r"(?=[\Wbvpdag作文著筆撰采採本特记記寄執丨بат])(?:"
    rf"(?P<by>(?:^|(?<=\W))(?:(?:{crediting.BY})(?:\s*:)?\s+|(?P<sign>{signing.SIGNS})\s*)(?=\S))"
    r"|(?P<dash>\s+(?:[–—]|--?)\s+|\s*—\s*)|(?P<pipe>\s*[|｜丨︱]\s*|\s+[/／]\s+)|(?P<colon>:\s+|：\s*)|(?P<on>\s+on\s+)"
    r"|(?P<open>\s*[(\[（](?=[^()\[\]（）]+[)\]）]$))"
    rf"|(?-i:(?P<stop>(?<=[?!])\s+|{_NO_TITLE}\.\s+)(?=[^\W\d_a-z])))",
    re.I,
)
_PARTING = frozenset(("dash", "pipe", "colon", "open"))
_INITIAL_LAST = regex(r"\b[^\W\d_]\.$")
_BARE_LINES, _SAID_LINES, _LAST_LINES, _PRESENTING = 4, 10, 12, 3
_MAX_LINE, _MAX_ROLE, _CAPTIONS = 400, 9, 3
_END = regex(
    r"(?<=[^\W\d_]{2}|\w\))(?<!\b[DM]r)(?<!\bProf)[.!?]\s+(?=[^\W\d_a-z]|[“\"‘'])|\s[–—|-]\s|,?\s+@\w+(?=\s+[a-z]|\.|$)|(?i:\s(?:contribu|edi)tors?)?:[\s_*]+|$"
)


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
    # What is left has words: "Ada Moss – 3" is none.
    return [split for split in found if split.phrase and any(map(str.isalpha, split.rest))]


def unlabelled(title: str) -> str:
    """Return what "Guest post: …" labels, or nothing."""
    found = crediting.LABEL.match(title) if len(title) <= MAX_TITLE else None
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
    head = crediting.CREDITED.sub("", before).rstrip()
    if not head:
        name, _, rest = behind.partition(": ")
        is_english = mark["by"][:2].casefold() == "by"
        return Split(BY_FIRST, name.strip(), rest.strip() if is_english else "")
    phrase = _without_stop(behind)
    phrase = phrase.rstrip(")]）】") if head[-1] in "([（【" else phrase
    is_said = mark["sign"] or ":" in mark["by"]  # "T by: N"
    is_apart = len(head) < len(before) or is_said or crediting.APART.search(head)
    shape = COMMA_BY if head.endswith(",") else BY
    return Split(STOP_BY if is_apart else shape, phrase, _head(head), head[-1] in ".!?…")


def _head(text: str) -> str:
    """Return what is left of a title before its byline, ended as a title is."""
    head = text.rstrip(" \t\n\u00a0:–—|｜,;-(（[【、。・/／")
    return head[:-1].rstrip() if head.endswith(".") and not head.endswith("..") else head


def _without_stop(phrase: str) -> str:
    """Return a phrase without the full stop that ends it; an initial keeps its own."""
    phrase = phrase.strip()
    return phrase if _INITIAL_LAST.search(phrase) else phrase.rstrip(" .")


def opening(text: str) -> tuple[str, tuple[str, ...]]:
    """Return the byline that a text begins with, and whom it names."""
    found = (credit for credit in _credits(text) if credit[0].is_first)
    _, end, names = next(found, (None, 0, ()))
    return text[:end].rstrip(" –—|"), names


def first_named(text: str, *, is_open: bool) -> tuple[str, ...]:
    """Return whom a byline among a text's first lines names; a caption may stand before it.

    Where it `is_open`, nobody else is known and weaker words count; far below only sentences do.
    """
    lines = text.split("\n", _SAID_LINES)[:_SAID_LINES]
    bare, weak = (_BARE_LINES, (WEAK,)) if is_open else (2, ())
    for number, line in enumerate(lines):
        is_part = line.casefold().startswith("contribut")  # far below, somebody did to some of it
        kinds = (BARE, WHOLE, SAID, *weak) if number < bare else (SAID,) * (not is_part)
        for head, _, names in _credits("\n".join(lines[number:])):
            if head.kind in kinds:
                others = map(_credits, lines[number:])
                named = {other[-1] for other in itertools.chain.from_iterable(others)}
                return names if len(named) < _CAPTIONS else ()  # of pictures
        bare = bare if len(line) <= _MAX_LINE else 0
    return ()


def presented(text: str, ending: str) -> tuple[str, ...]:
    """Return whom a guest's text presents where it begins or ends: "Ada Moss is a gardener"."""
    for line in (*text.split("\n", 2)[:2], *ending.split("\n")[-_PRESENTING:]):
        said = crediting.PRESENTED.match(line)
        if said and (found := people(said["name"])) and found.grade >= SHAPED:
            return found.names
    return ()


def last_named(text: str, *, is_open: bool) -> tuple[str, ...]:
    """Return whom a byline among a text's last lines names, or a portrait "about the author"."""
    lines = text.split("\n")[-_LAST_LINES:]
    for number in range(len(lines)):
        is_last = is_open and number >= len(lines) - _BARE_LINES
        kinds = (WEAK, BARE, WHOLE, SAID) if is_last else (SAID,)
        for head, _, names in _credits("\n".join(lines[number : number + 5])):
            if head.is_first and head.kind in kinds:
                return names
    return ()


def _credits(text: str) -> Iterator[tuple[Head, int, tuple[str, ...]]]:
    """Yield the credits of a text's first line: what leads to them, their end, and the people."""
    for head in crediting.heads(text):
        line = text[head.end :].partition("\n")[0][:_MAX_LINE]
        # A byline ends at its first stop, a dash, or with its line.
        ends = () if head.kind == BARE and crediting.PICTURE.search(line) else _END.finditer(line)
        for end in ends:
            if names := _credited(head, line[: end.start()]):
                yield head, head.end + end.end(), (*names, *_below(head, text))
                break


def _below(head: Head, text: str) -> Iterator[str]:
    """Yield whom lines below a label and a name tell, one a line: "A B (Shed Ltd)"."""
    lines = text[head.end :].split("\n", _SAID_LINES)[1:] if text[head.end - 1] == "\n" else ()
    for line in lines:
        said = crediting.unnoted(line)
        names = signing.signed(said) if head.is_sign else _credited(head, line)
        if not (names and any(map(line.__contains__, "(（，"))):
            return  # each with what somebody is
        yield from names


def _credited(head: Head, line: str) -> tuple[str, ...]:
    """Return whom a byline's words name, if they name people and are no sentence about them."""
    said = crediting.unnoted(line)
    if head.is_sign and (named := signing.signed(said)):
        return named
    is_sure = head.kind in (SAID, WEAK)
    found, behind = _led_to(said, is_sure=is_sure)
    is_usual = behind and ("," in said.partition(behind)[0] or behind.split()[0] in FOLLOWING)
    is_more = behind and (head.kind == WHOLE or not is_usual)
    is_sentence = not is_sure and (is_more or crediting.SENTENCE.search(said))
    names = found.names if found and not is_sentence else ()
    return tuple(name for name in names if not is_group(name.split()))


def _led_to(said: str, *, is_sure: bool) -> tuple[People | None, str]:
    """Return the people whom some words name, and what is said of them behind their names."""
    behind = crediting.BEHIND.search(said)
    found = people(crediting.BEHIND.sub("", said).strip(' .!”"'))
    if behind and is_sure and (not found or found.grade < LISTED):
        found = people(said[: behind.start()]) or found  # "Ada Moss is Founder & CEO of Nets"
    if not found or found.grade < SHAPED - (behind is None):
        return _behind_role(said, is_whole=not is_sure), ""
    return found, behind[0] if behind else ""


def _behind_role(said: str, *, is_whole: bool) -> People | None:
    """Return the people behind what they are: "Moss University researchers A B and C D"."""
    for start in itertools.islice(crediting.NAME.finditer(said), _MAX_ROLE):
        role, named = said[: start.start()], said[start.start() :] if not start[0] else ""
        found = people((named if is_whole else crediting.BEHIND.sub("", named)).strip(' .!”"'))
        # Only behind small letters does a name begin for certain.
        if found and found.grade >= (SHAPED if role.islower() else LISTED):
            return found
    return None

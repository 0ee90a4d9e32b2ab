"""Finds where a title may name its author: "T. By N", "N: T", "T (N)" and others.

A shape, a separator and a side of it, says where a name ("N") would stand and what title ("T")
would be left; if one stands there, `people` says, and if this blog writes so, `learning`.
"""

from __future__ import annotations

import re
from collections.abc import Collection
from functools import lru_cache
from typing import NamedTuple

from digest.editing.byline.people import People, people, whoever
from digest.editing.lexicon import crediting, parting

STOP_BY, BY_FIRST, COMMA_BY, BY = "T. By N", "By N: T", "T, by N", "T by N"
STOP, TEXT_BY = "T. N", "By N"
ANY_BY, BY_ANY, TEXT_ANY = "T. By X", "T by X", "By X"
"""Where "by" runs through a blog, whoever stands there is an author: a team, a nickname."""

# By the separator: the last one in a title with a name behind it, the first with one before it.
_TAILS = {"open": "T (N)", "pipe": "T | N", "dash": "T – N", "stop": STOP}
_TAILS |= {"sign": "T • N", "quoted": "“T” N"}
_LEADS = {"colon": "N: T", "pipe": "N | T", "dash": "N – T", "on": "N on T"}
_LEADS |= {"sign": "N • T", "quote": "N “T”", "aside": "(N) T"}
LEADS, TAILS = frozenset(_LEADS.values()), frozenset(_TAILS.values()) - {STOP}
NOTED = TAILS | {BY, "N | T", "N – T", "N • T", "N “T”"}  # works' makers are noted so, too
IN_TITLES = (STOP_BY, BY_FIRST, COMMA_BY, BY, *_LEADS.values(), *_TAILS.values(), ANY_BY, BY_ANY)
SHAPES = (*IN_TITLES, TEXT_BY, TEXT_ANY)
"""Every shape by its name, as `[[source]] byline` and `digest sources` write it."""

ANY, SURE = frozenset((ANY_BY, BY_ANY, TEXT_ANY)), frozenset((STOP_BY, BY_FIRST))
"""A single one of these is enough; of the others a blog has to show that it writes so."""

LEARNT = ANY | {"T • N", "“T” N", "N • T", "N “T”", "(N) T"}  # a single one of these is none
BYS = SURE | {COMMA_BY, BY, ANY_BY, BY_ANY}  # those that say "by"
_ANYS = {STOP_BY: ANY_BY, COMMA_BY: ANY_BY, BY: BY_ANY}
MAX_TITLE = 400  # characters; nothing longer is a title, and no pattern is tried on it


class Split(NamedTuple):
    """Hold one way to read a title: what may be a name, what is left, and if a stop parts them."""

    shape: str
    phrase: str
    rest: str
    is_ended: bool = False

    @property
    def people(self) -> People | None:
        """Return who stands there; where "by" is all there is, a society, too."""
        return whoever(self.phrase) if self.shape in ANY else people(self.phrase)


def splits(title: str) -> list[Split]:
    """Return every way in which a title may hold a byline, the surer ones first."""
    marks = _separators(title)
    found = [_by(title, mark) for mark in reversed(marks) if mark.lastgroup in parting.BYS]
    found += [s._replace(shape=_ANYS[s.shape]) for s in found if s.shape in _ANYS]
    last = {mark.lastgroup: mark.span() for mark in marks}
    for kind in filter(last.__contains__, _TAILS):
        start, end = last[kind]
        phrase = title[end : len(title) - (kind == "open")].strip()
        left = title[: (start, end)[kind in ("stop", "quoted")]]  # "T... N", "“T” N"
        phrase, left = parting.NAME_STOP.sub("", phrase), parting.END.sub("", left)
        found.append(Split(_TAILS[kind], phrase, left))
    first = {mark.lastgroup: mark.span() for mark in reversed(marks)}
    for kind in filter(first.__contains__, _LEADS):
        start, end = first[kind]
        phrase = title[:start].strip() or title[:end].strip(" ()[]（）【】")
        found.append(Split(_LEADS[kind], phrase, title[end:].strip()))
    # What is left has words: "Ada Moss – 3" is none.
    return [_labelled(s) for s in found if s.phrase and any(map(str.isalpha, s.rest))]


def _labelled(split: Split) -> Split:
    """Return what calls somebody its author as one that says "by": "T (Author: N)"."""
    start, is_said = crediting.named(split.phrase, is_tail=split.shape in TAILS)
    is_new = is_said and split.shape not in BYS
    shape = (STOP_BY, BY_FIRST)[split.shape in LEADS] if is_new else split.shape
    return Split(shape, split.phrase[start:], *split[2:]) if start else split


def unlabelled(title: str) -> str:
    """Return what "Guest post: …" labels, or nothing."""
    found = crediting.LABEL.match(title) if len(title) <= MAX_TITLE else None
    rest = title[found.end() :].strip() if found else ""
    return rest if any(map(str.isalnum, rest)) else ""


def pieces(title: str) -> list[str]:
    """Return what stands between a title's dashes, colons and brackets, if there are any."""
    ends = [0, *(edge for mark in _parting(title) for edge in mark.span()), len(title)]
    return [title[start:end].rstrip(")]") for start, end in zip(ends[::2], ends[1::2], strict=True)]


def framed(title: str, fixed: Collection[str]) -> tuple[str, str]:
    """Return a title without what its blog always writes: what came first of it, and the rest."""
    marks = _parting(title) if fixed else []
    begins = None if title[:1].isalpha() else parting.FIRST.match(title)
    start, end = begins.end() if begins else 0, len(title)
    # What is left still holds a title and something that is parted from it.
    while len(marks) > 1 and title[marks[-1].end() : end].rstrip(")]") in fixed:
        end = marks.pop().start()
    first = title[start : marks[0].start()] if len(marks) > 1 else ""
    if first and (first in fixed or parting.uncounted(first) in fixed):
        start = marks[0].end()
    return title[:start], title[start:end]


@lru_cache(maxsize=16)  # a title is asked for them by each of those above
def _separators(title: str) -> tuple[re.Match[str], ...]:
    return tuple(parting.SEPARATOR.finditer(title)) if len(title) <= MAX_TITLE else ()


def _parting(title: str) -> list[re.Match[str]]:
    marks = _separators(title) if parting.MAY_PART.search(title) else ()
    return [mark for mark in marks if mark.lastgroup in parting.PARTS]


def _by(title: str, mark: re.Match[str]) -> Split:
    """Return what "by" tells: only English begins a title so, "Von Mensch zu Mensch: …" is none."""
    before, behind = title[: mark.start()].rstrip(), title[mark.end() :]
    head = crediting.CREDITED.sub("", before).rstrip()
    if not head:
        name, *rest = parting.FIRST_NAME.split(behind, maxsplit=1)
        is_english = mark[0][:2].casefold() == "by"
        return Split(BY_FIRST if is_english else _LEADS["colon"], name.strip(), "".join(rest))
    phrase = parting.NAME_STOP.sub("", behind.strip())
    head, phrase = parting.closed(head, phrase)
    is_said = mark["said"] or ":" in mark[0]  # "T by: N"
    is_apart = len(head) < len(before) or is_said or crediting.APART.search(head)
    shape = STOP_BY if is_apart else (BY, COMMA_BY)[head.endswith(",")]
    return Split(shape, phrase, parting.END.sub("", head), head[-1] in ".!?…")

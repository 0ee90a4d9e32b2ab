"""Knows how a text introduces its author before it begins, and takes that away.

"Ada Moss is a gardener. She keeps bees." or "Ada Moss, Moss University, ada@example.org": the names
are those of the post's own authors, so that what is told of anybody else stays. So does what an
author does in the post: "Ada Moss asks why ferns …".
"""

from __future__ import annotations

import re

from digest.editing.excerpt.closings import Taken
from digest.editing.excerpt.sentences import ends_whole, sentence_ends
from digest.lazy import regex
from digest.models import key

# What somebody is, and not what somebody says or thinks: "is right" says nothing of a person.
_IS = regex(
    r"(?:,\s[A-Z][\w.]{1,6}(?=[\s,]),?)*\s*(?:[(（][^()（）]{1,80}[)）]\s*)?"
    r"(?:(?:is|was|has\sbeen)\s(?:an?|the|one|our|currently|now|also|based|from|een|en|et|de)\b"
    r"|works?\s(?:as|at|for|in|on|with)\b|(?:serves|teaches|lives)\b"
    r"|(?:ist|war|est|es|é|è|är|er)\s(?![^.!?\n]*\b(?:que|che|dass|daß|att|at)\b)"
    r"|[，,](?=\S*[㐀-鿿])|是)"
)
_TITLE = regex(r"(?:(?:Dr|Prof|Professor|Mr|Mrs|Ms)\.?\s)*")
# Who is meant in a further sentence: "She keeps bees", "Follow him at …", "In his free time, …".
_MEANT = r"\b(?:s?he|h(?:im|er|is))\b"
# The same in languages whose words for persons stand for things, too; "他" is Chinese.
_MAY_BE_MEANT = regex(
    r"\s*(?:(?:Er|Sie|Ihre?|Seine?|Elle|Il|Él|Ella|Su|Ele|Ela|Lei|Lui|Hij|Zij|Ze|Hon|Han|Hun)\b"
    r"|[^。！？]{,9}[他她])"
)
# "In this post, she shows …": here the post begins.
_THIS = regex(r"\b(?:this|diese[mrs]?|ce(?:t|tte)?|est[ea]|quest[oa]|dit|deze|denna|detta)\b", re.I)
_ENOUGH = 15  # characters behind a portrait that say something by themselves


def portrait(text: str, authors: tuple[str, ...]) -> Taken:
    r"""Take what a text says of its authors off the start, if something else follows.

    >>> portrait("Ada Moss is a gardener. She keeps bees.\nFerns are very old.", ("Ada Moss",)).text
    'Ferns are very old.'
    """
    rest = text
    while name := _named(rest, authors):
        line, _, below = rest.partition("\n")
        without = _without_portrait(line, name)
        if without == line:
            break
        rest = f"{without}\n{below}".strip()
    return _taken(text, rest)


def more_of_it(text: str, authors: tuple[str, ...]) -> Taken:
    """Take further sentences about a person off the start of a paragraph whose byline went."""
    line, _, below = text.partition("\n")
    return _taken(text, f"{_after(line, authors)}\n{below}".strip())


def _taken(text: str, rest: str) -> Taken:
    if len(rest) < _ENOUGH:
        return Taken(text)
    return Taken(rest, text[: len(text) - len(rest)].strip())


def _named(text: str, authors: tuple[str, ...]) -> str:
    """Return the author whose whole name a text begins with, as the text writes it."""
    titled = _TITLE.match(text)
    at = titled.end() if titled else 0
    starts = ((text[at : at + len(name)], name) for name in authors)
    # An account may be written "ada-moss".
    named = (start for start, name in starts if _is_whole(start) and key(start) == key(name))
    return next((text[:at] + name for name in named), "")


def _is_whole(name: str) -> bool:
    return " " in name or name >= "㐀"


def _without_portrait(line: str, name: str) -> str:
    """Return what a line says behind an author's portrait."""
    if line.startswith((",", "，"), len(name)) and not ends_whole(line):
        return ""  # "Ada Moss, Moss University"
    if not _IS.match(line, len(name)):
        return line
    return _after(line[_first_end(line) :], (name,))


def _after(line: str, names: tuple[str, ...]) -> str:
    """Return a line without the sentences it begins with that go on about some people.

    One sentence between two of them may speak of something else.
    """
    parts = [part for name in names for part in name.split() if len(part) > 2]
    is_meant = re.compile("|".join((*map(re.escape, parts), _MEANT)), re.I)
    at = end = 0
    for until in (*sentence_ends(line), len(line)):
        told = line[end:until]
        if _THIS.search(told):
            break
        if is_meant.search(told) or (at == end and _MAY_BE_MEANT.match(told)):
            at = until
        elif at < end:
            break
        end = until
    return line[at:].strip()


def _first_end(line: str) -> int:
    return next(iter(sentence_ends(line)), len(line))

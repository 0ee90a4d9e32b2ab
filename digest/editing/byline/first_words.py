"""Reads the byline that a text itself begins with: "By Ada Moss, gardener.", or one in a sentence.

What only begins with "by" is none: what follows has to be people and nothing else. This module
refuses to read on where a text has begun.
"""

from __future__ import annotations

import re

from digest.editing.byline.people import SHAPED, WORDY, people
from digest.editing.byline.shapes import BY_WORDS, LABELS
from digest.lazy import regex

_FIRST_LINES = 4  # in which a byline may stand
_MAX_LINE = 400  # characters of a byline on a line of its own
# What a sentence says of its author, and not of a curator or a sponsor.
_WRITTEN = (
    r"written|authored|contributed|penned|is|ist|est|comes|post|article|blog|essay|story|beitrag"
    r"|artikel|billet|écrit|escrito|scritto|geschreven"
)
_LEADS = regex(
    # "By A B", "Words by A B", "A guest post by A B"
    rf"(?:(?:an?\s+|ein\s+)?(?:blog(?:\s?post)?|post|article|words|text|written|posted|story"
    rf"|contributed|reposted|presented|{LABELS})\s+)?(?:{BY_WORDS}|da)\b:?\s+(?=\S)"
    # "Author: A B", "Contributor – A B", "Geschrieben von A B", and for talks "Speaker: A B"
    r"|(?:authors?(?:\s*(?:&|and)\s*\w+)?|speakers?|presenters?|words|text|contributors?|autore?n?|autora?|auteurs?|auteure"
    r"|autrice|författare|skribent|guest\s+(?:author|blogger|post|contributor)|scritto\s+da"
    r"|geschrieben\s+von|écrit\s+par|escrito\s+por|tekst|автор|текст)\s*[:–—-]\s+(?=\S)"
    # "This article was written by A B", "Dieser Beitrag ist von A B", "Today's post is by A B"
    r"|(?:this|today[’']s|dieser?|cet(?:te)?|este|esta|questo|dit)"
    rf"(?:\s+[\w’'-]+){{0,6}}?\s+(?:{_WRITTEN})\s+(?:{BY_WORDS}|da)\s+(?-i:(?=[^\W\d_a-z]))",
    re.I,
)
_END = regex(r"(?<=[^\W\d_]{2})[.]\s+(?=[^\W\d_a-z]|[“\"‘'])|\s[–—|]\s")
_STOP = regex(
    rf"{_END.pattern}|\s\(|,\s?(?=\S)|\s+(?:on|am|le)\s+\d|\s+(?:from|of|at|who|and\s+(?:was|is))\s"
)
# What follows a name and says who that is, whatever verbs it has.
_ASIDE = regex(r"\s(?:[–—|(]|who\b)|,")
_SENTENCE = regex(
    r"\b(?:is|are|was|were|has|have|had|I|we|it|they|will|would|can|could|do|does|did|ist|sind|est"
    r"|sont|es|son)\b"
)


def opening(text: str) -> tuple[str, tuple[str, ...]]:
    """Return the byline that a text begins with, and whom it names.

    >>> opening("Written by Ada Moss, gardener. The shed is full.")
    ('Written by Ada Moss, gardener.', ('Ada Moss',))
    """
    lead = _LEADS.match(text)
    line = text[lead.end() :].partition("\n")[0][:_MAX_LINE] if lead else ""
    # A byline ends at its first stop, a dash, or with its line.
    for end in (*(end.span() for end in _END.finditer(line)), (len(line), len(line))):
        if lead and (names := _people_of(line[: end[0]])):
            return text[: lead.end() + end[1]].rstrip(" –—|"), names
    return "", ()


def first_named(text: str) -> tuple[str, ...]:
    r"""Return whom a byline among a text's first lines names; a caption may stand before it.

    >>> first_named("Image: a shed.\nContributed by Ada Moss\nThe shed is full.")
    ('Ada Moss',)
    """
    for line in text.split("\n", _FIRST_LINES)[:_FIRST_LINES]:
        names = opening(line)[1]
        if names or len(line) > _MAX_LINE:
            return names
    return ()


def _people_of(line: str) -> tuple[str, ...]:
    """Return whom a line names that is a byline and nothing else: names, then what they are."""
    whole = people(line.strip(" ."))
    if whole and whole.grade >= WORDY:
        return whole.names
    for stop in _STOP.finditer(line):
        found = people(line[: stop.start()].strip(" ."))
        if found and found.grade >= SHAPED:
            # A role has no verb of its own: the line goes on as a title or an address does.
            rest = line[stop.start() :]
            following = people(rest[1:].strip().partition(",")[0])
            is_more = rest.startswith(",") and following and following.grade >= SHAPED
            is_role = _ASIDE.match(rest) or not _SENTENCE.search(rest)
            # A list that goes on in a way that is not understood: "…, Breen, and…".
            return found.names if is_role and not is_more else ()
    return ()

"""Reads the byline that a text itself begins with: "By Ada Moss, gardener." or a line of its own.

A sentence that only begins with "by" is none: what follows has to be people and nothing else.
"""

from __future__ import annotations

import re

from digest.editing.byline.people import SHAPED, WORDY, people

_FIRST_LINES = 4  # in which a byline may stand
_MAX_LINE = 400  # characters of a byline on a line of its own
_FIRST = frozenset(
    "AaBbCcDdGgIiÖöPpRrSsTtUuVvWwАаТт"
)  # what the words before a name can begin with
_WORDS = re.compile(
    r"(?:(?:(?:an?\s+)?(?:guest\s+(?:blog|post|article)|blog(?:\s?post)?|post|article|words|text|written|posted"
    r"|story|contributed|gastbeitrag|ein\s+gastbeitrag|article)\s+)?(?:by|von|par|por|door|di|av|af|przez)\b:?"
    r"|(?:authors?|words|text|contributors?|autore?n?|autora?|auteurs?|auteure|autrice|författare|skribent"
    r"|guest\s+(?:author|blogger|post|contributor)|scritto\s+da|geschrieben\s+von|écrit\s+par|escrito\s+por"
    r"|tekst|автор|текст)\s*[:–—-])\s+(?=\S)",
    re.I,
)
_END = re.compile(r"(?<=[^\W\d_]{2})[.]\s+(?=[^\W\d_a-z]|[“\"‘'])|\s[–—|]\s")
_STOP = re.compile(
    r"(?<=[^\W\d_]{2})[.]\s+(?=[^\W\d_a-z]|[“\"‘'])|\s[–—|]\s|\s\(|,\s(?=\S)|\s+(?:on|am|le)\s+\d"
)


_SENTENCE = re.compile(
    r"\b(?:is|are|was|were|has|have|had|I|we|it|they|will|would|can|could|do|does|did|ist|sind|est|sont|es|son)\b"
)


def opening(text: str) -> tuple[str, tuple[str, ...]]:
    """Return the byline that a text begins with, and whom it names.

    >>> opening("Written by Ada Moss, gardener. The shed is full.")
    ('Written by Ada Moss, gardener.', ('Ada Moss',))
    """
    if text[:1] not in _FIRST or (lead := _WORDS.match(text)) is None:
        return "", ()
    line = text[lead.end() :].partition("\n")[0]
    for end in _END.finditer(line[:_MAX_LINE]):
        said = line[: end.start()]
        if not _SENTENCE.search(said) and (names := _people_of(said)):
            return text[: lead.end() + end.end()].rstrip(" –—|"), names
    is_sentence = bool(_END.search(line)) and not people(line.strip(" ."))
    names = () if is_sentence or len(line) > _MAX_LINE else _people_of(line)
    return (text[: lead.end() + len(line)].rstrip(), names) if names else ("", ())


def first_named(text: str) -> tuple[str, ...]:
    r"""Return whom a byline among a text's first lines names.

    A picture's caption may stand before it.
    >>> first_named("Image: a shed.\nContributed by Ada Moss\nThe shed is full.")
    ('Ada Moss',)
    """
    for _ in range(_FIRST_LINES):
        if names := opening(text)[1]:
            return names
        line, newline, text = text.partition("\n")
        if not newline or len(line) > _MAX_LINE:
            break
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
            return found.names if _is_no_sentence(rest) and not _names_more(rest) else ()
    return ()


def _names_more(rest: str) -> bool:
    """Say whether a list of names goes on, in a way that is not understood.

    "…, Breen, Chris, and…".
    """
    following = people(rest.lstrip(" ,").partition(",")[0]) if rest.startswith(",") else None
    return following is not None and following.grade >= SHAPED


def _is_no_sentence(words: str) -> bool:
    return not _SENTENCE.search(words) or bool(re.match(r"\s[–—|(]|,", words))

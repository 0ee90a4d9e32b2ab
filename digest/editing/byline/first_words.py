"""Reads the byline that a text itself begins with: "By Ada Moss, gardener.", or one in a sentence.

What only begins with "by" is none: what follows has to be people and nothing else. This module
refuses to read on where a text has begun.
"""

from __future__ import annotations

import re

from digest.editing.byline.people import LISTED, SHAPED, people
from digest.editing.byline.shapes import BY_SIGNS, BY_WORDS, LABELS
from digest.lazy import regex

_FIRST_LINES = 4  # in which a byline may stand
_MAX_LINE = 400  # characters of a byline on a line of its own
# What a sentence says of its author, and not of a curator or a sponsor.
_WRITTEN = (
    r"written|authored|contributed|penned|is|ist|est|comes|post|article|blog|essay|story|beitrag"
    r"|artikel|billet|écrit|escrito|scritto|geschreven|guest\s+(?:blog\s*)?post\s+is\s+brought\s+to\s+you"
)
_LEADS = regex(
    # "“Nets” --by A B", "Editor's note: today's post is by A B"
    r"(?:[“\"(\[—–-]{1,2}\s*)?(?:editor[’']s\s+note\s*:\s*)?(?:"
    # "Speaker: A B", who presents what she may not have written
    r"(?P<talk>(?:speakers?|presenters?)\s*[:–—-]\s+|presented\s+by\s+)(?=\S)"
    # "By A B", "Words by A B", "A guest post by A B"
    rf"|(?P<bare>(?:{BY_WORDS}|da)\b:?\s+)(?=\S)"
    rf"|(?:an?\s+|ein\s+)?(?:blog(?:\s?post)?|post|article|words|text|written|posted|story"
    rf"|contributed|reposted|{LABELS})\s+(?:{BY_WORDS}|da)\b:?\s+(?=\S)"
    # "Author: A B", "Contributor – A B", "Geschrieben von A B"
    r"|(?:authors?(?:\s*(?:&|and)\s*\w+)?|words|text|contributors?|autore?n?|autora?|auteurs?|auteure|autrice|författare|skribent|guest\s+(?:author|blogger|post"
    r"|contributor)|scritto\s+da|geschrieben\s+von|écrit\s+par|escrito\s+por|tekst|автор|текст)"
    r"\s*[:–—-]\s+(?=\S)"
    # "作者：A B", whose script needs no blank
    rf"|(?:{BY_SIGNS})\s*(?=\S)"
    # "This article was written by A B", "Dieser Beitrag ist von A B", "Today's post is by A B"
    r"|(?:this|today[’']s|dieser?|cet(?:te)?|este|esta|questo|dit)"
    rf"(?:\s+[\w’'-]+){{0,6}}?\s+(?:{_WRITTEN})\s+(?:{BY_WORDS}|da|(?P<weak>from))\s+(?-i:(?=[^\W\d_a-z])))",
    re.I,
)
_END = regex(r"(?<=[^\W\d_]{2})[.]\s+(?=[^\W\d_a-z]|[“\"‘'])|\s[–—|]\s")
# What is said of a person behind the name: "Bo Clay on behalf of the shed" up to the next one.
_SAID = regex(
    r"(?<![,;，；])\s+(?!(?:and|und|et|y|e|i|och|og|en|with|da|de|del|della|den|der|di|do|dos|du|la|le|van|von"
    r"|zu|bin|al|el|ap|ter|ten)\b)[^\W\d_A-Z][^,;，；]*?(?=$|[,;，；]|\s(?:and|&)\s+[^\W\d_a-z])"
)
# "By Ada Moss we mean the rose": words about more than a person.
_SENTENCE = regex(
    r"\b(?:is|are|was|were|has|have|had|I|we|it|they|will|would|can|could|do|does|did|ist|sind|est"
    r"|sont|es|son)\b"
)


def opening(text: str, *, talks: bool = True) -> tuple[str, tuple[str, ...]]:
    """Return the byline that a text begins with, and whom it names; with `talks`, speakers too.

    >>> opening("Written by Ada Moss, gardener. The shed is full.")
    ('Written by Ada Moss, gardener.', ('Ada Moss',))
    """
    lead = _LEADS.match(text)
    if lead is None or (lead["talk"] and not talks):
        return "", ()
    line = text[lead.end() :].partition("\n")[0][:_MAX_LINE]
    # A byline ends at its first stop, a dash, or with its line.
    for end in (*(end.span() for end in _END.finditer(line)), (len(line), len(line))):
        if names := _people_of(line[: end[0]], lead):
            return text[: lead.end() + end[1]].rstrip(" –—|"), names
    return "", ()


def first_named(text: str, *, talks: bool = True) -> tuple[str, ...]:
    r"""Return whom a byline among a text's first lines names; a caption may stand before it.

    >>> first_named("Image: a shed.\nContributed by Ada Moss\nThe shed is full.")
    ('Ada Moss',)
    """
    for _ in range(_FIRST_LINES):
        names = opening(text, talks=talks)[1]
        line, _, text = text.partition("\n")
        if names or len(line) > _MAX_LINE:
            return names
    return ()


def _people_of(said: str, lead: re.Match[str]) -> tuple[str, ...]:
    """Return whom a line names that is a byline and nothing else: names, then what they are."""
    names = _SAID.sub("", said)
    found, is_all = people(names.strip(' .”"')), names == said
    # A role has no verb of its own: the line goes on as a title or an address does.
    if found is None or (lead["bare"] and not is_all and _SENTENCE.search(said)):
        return ()
    least = LISTED if lead["weak"] else SHAPED
    return found.names if found.grade >= least - is_all else ()

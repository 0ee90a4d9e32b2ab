"""Reads the byline that a text itself begins with, and takes the profession off before a name.

"By Ada Moss, gardener." or "Written by Ada Moss" on a line of its own says who wrote a post that an
account published. A sentence that only begins with "by" is none: what follows has to be people and
nothing else.
"""

from __future__ import annotations

import re
from itertools import islice

from digest.editing.byline.names import KNOWN, LIKELY, people
from digest.editing.lexicon import entries, fold, is_given, is_word

_MAX_OPENING = 160  # characters of a byline a text begins with
_FIRST = "BbWwAaPpTtGgSs"  # what the patterns below can begin with
_TEXT_BY = re.compile(
    r"(?:(?:(?:an? )?(?:guest )?(?:blog|post|article|words|text|written|posted|story)\s+)?by:?"
    r"|author:|words:)\s+(?=\S)",
    re.I,
)
_TEXT_STOP = re.compile(r"[.]\s+(?=[^\W\d_a-z]|[“\"‘'])|\s[–—|]\s")
_SENTENCE = re.compile(
    r"\s(?:is|are|was|were|has|have|had|I|we|it|they|not|will|would|can|could|do|does|did)\s"
)
_SENTENCE_FIRST = re.compile(
    r"\s(?:The|A|An|I|We|In|It|When|My|Our|This|That|There|If|As|For|What|Why|How|Every|At|On|Most|Some|Many)\s(?=[a-z])"
)
_WITHIN_ROLE = frozenset("of in at for and the & to on with de und für et".split())
_TEXT_DATE = re.compile(r"\s+on\s+\d{1,2}\s\w+(?:\s\d{4})?$|\s*[,|]\s*\d{1,2}\s[A-Z][a-z]+\s\d{4}$")


def opening(text: str) -> tuple[str, tuple[str, ...]]:
    """Return the byline that a text begins with and whom it names: "By A B, gardener." or a line of its own.

    >>> opening("Written by Ada Moss, gardener. The shed is full.")
    ('Written by Ada Moss, gardener.', ('Ada Moss',))
    """
    lead = _TEXT_BY.match(text) if text[:1] in _FIRST else None
    if lead is None:
        return "", ()
    line = text[lead.end() : lead.end() + _MAX_OPENING].partition("\n")[0]
    ends = [m.end() for m in islice(_TEXT_STOP.finditer(line), 6)]
    for end in [*ends, len(line)]:
        if end == len(line) and lead.end() + end < len(text) and text[lead.end() + end] != "\n":
            break  # the line goes on beyond what was read
        phrase = without_role(line[:end].strip(" .–—|-"))
        is_line = (
            lead.end() + end == len(text) or text[lead.end() + end - 1] == "\n" or end == len(line)
        )
        if _SENTENCE.search(phrase) or (not is_line and _runs_into_text(phrase)):
            break  # the line does not end where the byline does
        found = people(_TEXT_DATE.sub("", phrase), roles=True)
        if found and found.least >= LIKELY:
            return text[: lead.end() + end].rstrip(), found.names
    return _run_on(text, lead.end())


def _runs_into_text(phrase: str) -> bool:
    """Say whether a profession goes on as a sentence would: "gardener Salt marshes store more than …"."""
    words = phrase.partition(",")[2].split()
    return len(words) > 5 and any(
        word.islower() and word not in _WITHIN_ROLE and word not in entries("roles")
        for word in words
    )


def _run_on(text: str, since: int) -> tuple[str, tuple[str, ...]]:
    """Read a byline that the first sentence follows without a stop: "By Ada Moss The shed is full."."""
    for begins in islice(_SENTENCE_FIRST.finditer(text, since, since + 60), 3):
        found = people(text[since : begins.start()])
        if found and found.least >= KNOWN and all(" " in name for name in found.names):
            return text[: begins.start()], found.names
    return "", ()


def without_role(phrase: str) -> str:
    """Return a phrase without the profession that stands before its first name.

    >>> without_role("student nurse Ada Moss and Bo Clay"), without_role("Chief Nurse Ada Moss")
    ('Ada Moss and Bo Clay', 'Ada Moss')
    """
    if phrase.islower():
        return phrase
    tokens = phrase.split()[:8]
    at = next((i for i, t in enumerate(tokens) if not _in_role(t)), 0)
    role = fold(tokens[at - 1].rstrip(",")) if at else ""
    if not role or (
        role not in entries("roles") and role.removesuffix("s") not in entries("roles")
    ):
        return phrase
    rest = phrase.split(None, at)[at]
    # "student nurse" says that a name follows; "Chief Nurse" may be one of a title's words
    enough = LIKELY if tokens[at - 1].islower() else KNOWN
    return rest if (found := people(rest, roles=True)) and found.most >= enough else phrase


def _in_role(token: str) -> bool:
    folded = fold(token.rstrip(","))
    return (
        token.islower() or (is_word(folded) and not is_given(folded)) or folded in entries("roles")
    )

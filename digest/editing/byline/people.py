"""Reads a phrase that is nothing but people: "Dr Ada Moss, PhD, and J. Clay (@clay)".

A name is known by its shape alone: two to five tokens that begin with a capital, initials and
particles among them. How sure that is, a grade tells; whether a blog writes names in such a place
at all, `learning` finds out. This room refuses to look anywhere but at the phrase.
"""

from __future__ import annotations

import re
from functools import lru_cache

from digest.editing.lexicon import entries, fold, is_given, is_word
from digest.models import Value, key

SINGLE, WORDY, SHAPED, LISTED = 1, 2, 3, 4
"""Grades: one token; words of the language among the tokens; shaped as a name.

A known given name.
"""

_MAX_PHRASE = 400  # characters
_MAX_PEOPLE = 20
_MAX_TOKENS = 5
_SPLIT = re.compile(r"\s*[,;]?\s(?:and|und|et|y|e|i|och|og|en|&|\+|with|и|و)\s+|\s*[,;/、]\s*")
_HANDLE = re.compile(r"\s*[\[(]?\s*@\w+[^()\[\]]{0,40}[\])]?$")
_ASIDE = re.compile(r"\s*[(\[][^()\[\]]{1,80}[)\]]\s*$")
_ROLE_AFTER = re.compile(r"\s+(?:[–—|]|-|from|of|at|from the)\s+.*$")
_POST_NOMINAL = re.compile(
    r"(?:[A-Z][a-z]?\.?){1,3}[A-Z]\.?(?:\([A-Za-z]+\))?|(?:Ph|M|B|Ed|D)\.?(?:[DAS][a-z]?|Ed|Eng)\.?"
    r"|[BMD]\.?(?:Sc|Phil|Med|Mus|Ed|Eng|Ch|Ch[BD])\.?|Jr\.?|Sr\.?|MD|RN|OBE|MBE|CBE|DBE|Esq\.?"
)
_ROMAN = re.compile(r"[IVX]{2,}")
_SMALL_STARTS = ("d'", "d’", "o'", "l'", "al-", "el-")
_INITIAL = re.compile(r"(?:[^\W\d_]\.?-?){1,3}")
_TOKEN = re.compile(r"[^\W\d_]+(?:[-'’][^\W\d_]+)*|[^\W\d_]{1,3}\.")


class People(Value, frozen=True):
    """Hold the people of a phrase; `grade` is that of the least sure name."""

    names: tuple[str, ...]
    grade: int


def plain(name: str) -> str:
    """Return the form in which people are compared.

    No honorific, no letters after the name, folded.
    >>> plain("Dr. Zoë Hazelhurst, PhD") == plain("Zoe Hazelhurst")
    True
    """
    return _plain(name[:_MAX_PHRASE])


@lru_cache(maxsize=8192)
def _plain(name: str) -> str:
    tokens = _bare(name.partition(",")[0].split())
    while len(tokens) > 1 and _POST_NOMINAL.fullmatch(tokens[-1]):
        tokens = tokens[:-1]
    return key(" ".join(tokens) or name)


def people(phrase: str, common: frozenset[str] = frozenset()) -> People | None:
    """Return the people that make up the whole of a phrase, or None where anything else is in it.

    Handles, letters and professions after a name are left out; honorifics stay. `common` are folded
    words that the blog itself uses as words.

    >>> people("Dr Ada Moss, PhD, and J. Clay (@clay)").names
    ('Dr Ada Moss', 'J. Clay')
    >>> people("the numbers") is None
    True
    """
    if not 2 <= len(phrase) <= _MAX_PHRASE:
        return None
    text = _ASIDE.sub("", _HANDLE.sub("", phrase.strip())).strip(' \t,;:–—|*“”"«»')
    chunks = _SPLIT.split(_without_role(text))
    names: list[str] = []
    grades: list[int] = []
    for at, chunk in enumerate(chunks):
        grade = _grade(chunk, common)
        if not grade and names and _is_role(chunk):
            continue
        is_shared = grade == SINGLE and " " not in chunk and at + 1 < len(chunks)
        if is_shared and _grade(chunks[at + 1], common) > SINGLE:
            chunk = f"{chunk} {chunks[at + 1].split()[-1]}"  # "Ada and Bo Clay"
            grade = _grade(chunk, common)
        if grade < SHAPED and names and _is_role(chunk):
            continue
        if not grade:
            return None
        names.append(_without_letters(chunk))
        grades.append(grade)
    if not names or len(names) > _MAX_PEOPLE:
        return None
    return People(names=tuple(dict.fromkeys(names)), grade=min(grades))


@lru_cache(maxsize=8192)
def _grade(chunk: str, common: frozenset[str]) -> int:
    """Return how surely a chunk is one person's name, 0 where it is none."""
    tokens = chunk.strip().split()
    bare = _bare(tokens)
    while len(bare) > 2 and _POST_NOMINAL.fullmatch(bare[-1]) and len(bare[-1].rstrip(".")) > 1:
        bare = bare[:-1]
    core = [token for token in bare if token not in entries("particles")]
    if any(_ROMAN.fullmatch(token) for token in core):
        return 0
    if not core or len(bare) > _MAX_TOKENS or not all(_is_name_token(token) for token in core):
        return 0
    if bare[-1] in entries("particles") or all(_is_initial(token) for token in core):
        return 0
    words = [token for token in core if not _is_initial(token) and _is_common(token, common)]
    if words and words[-1] is core[-1] and _is_trade(core[-1]):
        words.pop()
    has_honorific = tokens[0] != bare[0]
    if len(core) == 1 and not has_honorific:
        return 0 if words else SINGLE
    first = fold(core[0].split("-")[0])
    if is_given(first) and len(words) < len(core):
        # "Karen Word" and "Will Cornwell" are people, "Grace Church" and "Charlotte Street" places.
        is_place = fold(core[-1]) in entries("sites")
        return LISTED if len(words) < 2 and len(core) > 1 and not is_place else WORDY
    if words and core[0] == "A" and len(core) > 2:
        return 0
    if words and not has_honorific:
        # "A Newly Qualified Nurse" is none; "Rich Song" may be one.
        return WORDY if len(core) == 2 or len(words) < len(core) - 1 else 0
    return LISTED if has_honorific else SHAPED


def _bare(tokens: list[str]) -> list[str]:
    """Return a name's tokens without the honorifics before it."""
    at = 0
    while at < len(tokens) - 1 and fold(tokens[at]).rstrip(".:") in entries("honorifics"):
        at += 1
    return tokens[at:]


def _is_name_token(token: str) -> bool:
    is_written = bool(_TOKEN.fullmatch(token)) or _is_initial(token)
    return is_written and (token[0].isupper() or token.startswith(_SMALL_STARTS))


def _is_initial(token: str) -> bool:
    return (
        len(token) <= 6
        and token[0].isupper()
        and bool(_INITIAL.fullmatch(token))
        and ("." in token or (len(token) <= 2 and token.isupper()))
    )


def _is_common(token: str, common: frozenset[str]) -> bool:
    folded = fold(token.rstrip("."))
    return folded in common or is_word(folded)


def _is_trade(token: str) -> bool:
    """Say whether a word is one only as somebody who does something, as family names are.

    "Turner".
    """
    folded = fold(token)
    return folded.endswith("er") and folded not in entries("words")


def _is_role(chunk: str) -> bool:
    """Say whether a chunk is a profession, an institution or letters after a name."""
    tokens = [token.strip(".,()") for token in chunk.split()]
    if all(_POST_NOMINAL.fullmatch(token) for token in tokens if token):
        return True
    return any(fold(token) in entries("roles") for token in tokens)


def _without_role(text: str) -> str:
    """Return a phrase without the profession that leads to a name: "student nurse A B"."""
    tokens = text.split()
    if not tokens or fold(tokens[0]).rstrip(".") in entries("honorifics"):
        return text
    at = 0
    roles = entries("roles")
    while at < len(tokens) - 1 and (tokens[at].islower() or fold(tokens[at]) in roles):
        at += 1
    return " ".join(tokens[at:]) if any(fold(token) in roles for token in tokens[:at]) else text


def _without_letters(name: str) -> str:
    tokens = name.split()
    while len(tokens) > 2 and _POST_NOMINAL.fullmatch(tokens[-1]) and tokens[-1].isupper():
        tokens = tokens[:-1]
    return " ".join(tokens)


__all__ = ["LISTED", "SHAPED", "SINGLE", "WORDY", "People", "people", "plain"]

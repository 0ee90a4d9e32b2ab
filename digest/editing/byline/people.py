"""Reads a phrase that is nothing but people: "Dr Ada Moss, PhD, and J. Clay (@clay)".

A name is known by its shape alone: two to five tokens that begin with a capital, initials and
particles among them. How sure that is, a grade tells; whether a blog writes names in such a place
at all, `learning` finds out. An account is told from a person likewise. This module refuses to look
anywhere but at the phrase.
"""

from __future__ import annotations

import itertools
from functools import lru_cache

from digest.editing.lexicon import entries, fold, is_given, is_word
from digest.lazy import regex
from digest.models import Value, key

SINGLE, WORDY, SHAPED, LISTED = 1, 2, 3, 4
"""Grades: one token; words of the language among them; shaped as a name; a known given name."""

_MAX_PHRASE = 400  # characters
_MAX_PEOPLE = 30
_MAX_TOKENS = 5
_AND = regex(r"\s*[,;]?\s(?:and|und|et|y|e|i|och|og|en|&|\+|with|и|و)\s+|\s*[,;/、]\s*")
_ASIDE = regex(r"\s*[(\[][^()\[\]]{1,80}[)\]]\s*$")
_LETTERS = regex(
    r"(?:[A-Z][a-z]?\.?){1,3}[A-Z]\.?(?:\([A-Za-z]+\))?|(?:Ph|M|B|Ed|D)\.?(?:[DAS][a-z]?|Ed|Eng)\.?"
    r"|[BMD]\.?(?:Sc|Phil|Med|Mus|Ed|Eng|Ch|Ch[BD])\.?|Jr\.?|Sr\.?|MD|RN|OBE|MBE|CBE|DBE|Esq\.?"
)
_ROMAN = regex(r"[IVX]{2,}")
_SMALL_STARTS = ("d'", "d’", "o'", "l'", "al-", "el-")
_INITIAL = regex(r"(?:[^\W\d_]\.-?){1,3}(?:[^\W\d_])?|[A-Z]{1,2}")
_TOKEN = regex(r"[^\W\d_]+(?:[-'’][^\W\d_]+)*|[^\W\d_]{1,3}\.")


class People(Value, frozen=True):
    """Hold the people of a phrase; `grade` is that of the least sure name."""

    names: tuple[str, ...]
    grade: int


@lru_cache(maxsize=8192)
def plain(name: str) -> str:
    """Return the form in which people are compared: no honorific, letters nor middle initials.

    >>> plain("Dr. Zoë R. Hazelhurst, PhD") == plain("Zoe Hazelhurst")
    True
    """
    tokens = _without_letters(_bare(name[:_MAX_PHRASE].partition(",")[0].split()), 1)
    middle = [token for token in tokens[1:-1] if not _is_initial(token)]
    return key(" ".join((*tokens[:1], *middle, *tokens[1:][-1:])) or name)


@lru_cache(maxsize=8192)
def people(phrase: str) -> People | None:
    """Return the people that make up the whole of a phrase, or None where anything else is in it.

    Asides, letters and professions after a name are left out; honorifics stay.

    >>> people("the student nurse Ada Moss, PhD, and J. Clay (@clay)").names
    ('Ada Moss', 'J. Clay')
    >>> people("the numbers") is None
    True
    """
    if not 2 <= len(phrase) <= _MAX_PHRASE:
        return None
    text = _ASIDE.sub("", phrase.strip()).strip(' \t,;:–—|*“”"«»')
    chunks = _AND.split(_without_role(text))
    found: dict[str, int] = {}
    for at, chunk in enumerate(chunks):
        whole = _whole(chunk, chunks[at + 1 : at + 2])
        grade = _grade(whole)
        if grade < SHAPED and found and _is_role(chunk):
            continue
        if not grade:
            return None
        found[" ".join(_without_letters(whole.split(), 2))] = grade
    if not found or len(found) > _MAX_PEOPLE:
        return None
    return People(names=tuple(found), grade=min(found.values()))


def _whole(chunk: str, following: list[str]) -> str:
    """Return a given name with the family name that follows another: "Ada and Bo Clay"."""
    is_alone = " " not in chunk and _grade(chunk) == SINGLE
    if is_alone and any(_grade(other) > SINGLE for other in following):
        return f"{chunk} {following[0].split()[-1]}"
    return chunk


@lru_cache(maxsize=8192)
def _grade(chunk: str) -> int:
    """Return how surely a chunk is one person's name, 0 where it is none."""
    tokens = chunk.split()
    bare = _without_letters(_bare(tokens), 2)
    core = [token for token in bare if token not in entries("particles")]
    if not _is_written_as_name(bare, core):
        return 0
    words = _words_in(core)
    has_honorific = tokens[0] != bare[0]
    if len(core) == 1:
        single = 0 if words else SINGLE
        return LISTED if has_honorific and single else single
    return LISTED if has_honorific else _grade_of(core, words)


def _is_written_as_name(bare: list[str], core: list[str]) -> bool:
    is_short = 0 < len(bare) <= _MAX_TOKENS and bare[-1] in core
    return is_short and all(map(_is_name_token, core)) and not all(map(_is_initial, core))


def _grade_of(core: list[str], words: int) -> int:
    """Return the grade of several tokens of which some are also words of the language."""
    if is_given(fold(core[0].split("-")[0])) and words < len(core):
        # "Karen Word" and "Will Cornwell" are people, "Grace Church" and "Charlotte Street" places.
        return LISTED if words < 2 and fold(core[-1]) not in entries("sites") else WORDY
    if not words:
        return SHAPED
    # "A Newly Qualified Nurse" is none; "Rich Song" may be one.
    is_phrase = len(core) > 2 and (core[0] == "A" or words > len(core) - 2)
    return 0 if is_phrase else WORDY


def _bare(tokens: list[str]) -> list[str]:
    """Return a name's tokens without the honorifics before it."""
    honorifics = entries("honorifics")
    at = 0
    while at < len(tokens) - 1 and fold(tokens[at]).rstrip(".:") in honorifics:
        at += 1
    return tokens[at:]


def _without_letters(tokens: list[str], least: int) -> list[str]:
    """Return a name's tokens without the letters after it: "PhD", "RN"; an initial is none."""
    end = len(tokens)
    while (
        end > least
        and len(tokens[end - 1]) > 2 - (least < 2)
        and _LETTERS.fullmatch(tokens[end - 1])
    ):
        end -= 1
    return tokens[:end]


def _is_name_token(token: str) -> bool:
    if _ROMAN.fullmatch(token):
        return False
    is_written = bool(_TOKEN.fullmatch(token)) or _is_initial(token)
    return is_written and (token[0].isupper() or token.startswith(_SMALL_STARTS))


def _is_initial(token: str) -> bool:
    return token[0].isupper() and bool(_INITIAL.fullmatch(token))


def _words_in(core: list[str]) -> int:
    """Count the words of the language in a name; "Turner" is none as a family name."""
    words = [is_word(fold(token.rstrip("."))) and not _is_initial(token) for token in core]
    return sum(words) - (words[-1] and _is_trade(core[-1]))


def _is_trade(token: str) -> bool:
    """Say whether a word is one only as somebody who does something, as family names are."""
    folded = fold(token)
    return folded.endswith("er") and folded not in entries("words")


def _is_role(chunk: str) -> bool:
    """Say whether a chunk is a profession, an institution or letters after a name."""
    tokens = [token.strip(".,()") for token in chunk.split()]
    is_letters = all(_LETTERS.fullmatch(token) for token in tokens if token)
    return is_letters or any(fold(token) in entries("roles") for token in tokens)


def _without_role(text: str) -> str:
    """Return a phrase without the profession that leads to a name: "student nurse A B"."""
    tokens = text.split()
    small = list(itertools.takewhile(str.islower, tokens))
    is_role = not entries("roles").isdisjoint(small)
    return " ".join(tokens[len(small) :]) if is_role else text


# ---------------------------------------------------------------- accounts


@lru_cache(maxsize=4096)
def keyed_name(name: str) -> str:
    """Return `key()` of a name; the same few authors are asked for again and again."""
    return key(name)


def is_nobody(name: str) -> bool:
    """Say whether a name is a technical account that names no person and no team.

    >>> is_nobody("admin"), is_nobody("Blog editor")
    (True, False)
    """
    return keyed_name(name) in entries("accounts")


def is_staff(name: str, staff: frozenset[str]) -> bool:
    """Say whether a name gives way to a byline; `staff` holds the newsletter's own, as `key()`s.

    >>> is_staff("Blog editor", frozenset()), is_staff("Ada Moss", frozenset())
    (True, False)
    """
    bare = keyed_name(name).removeprefix("the-")
    return (
        is_nobody(name)
        or bare in entries("staff")
        or not staff.isdisjoint((keyed_name(name), bare))
    )


def is_person(name: str, *, is_main: bool) -> bool:
    """Say whether a declared name is a person's and no society's, team's or site's.

    `is_main` tells that it publishes most of a blog: then a handle, or words, are the blog's own
    account.

    >>> is_person("Karen Word", is_main=True), is_person("The Watering Can", is_main=True)
    (True, False)
    """
    tokens = [fold(token.strip(".,")) for token in name.split()]
    ends = {tokens[0], tokens[-1]} if tokens else set()
    if not tokens or "@" in name or not ends.isdisjoint(entries("organisations")):
        return False  # "Society of Sheds", "Shed Society"
    found = people(name)
    if found is None or found.grade == SINGLE:
        return len(tokens) == 1 and not is_main and not any(c.isdigit() for c in name)
    return not (is_main and found.grade == WORDY and all(map(is_word, tokens)))

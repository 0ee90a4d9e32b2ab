"""Reads a phrase that names people, and nothing else: "Dr A B, PhD, C D and the night team".

Each name is weighed by `weights`. This room owns lists, letters after names, professions behind
them and the names of teams. It owns no byline: where a name may stand in a title, and what may be
taken out, `byline` decides. It refuses long phrases unread.
"""

from __future__ import annotations

import re
from functools import lru_cache

from digest.editing.byline.weights import (
    KNOWN,
    LIKELY,
    MAX_NAME,
    NO_NAME,
    POST_NOMINAL,
    SHAPED,
    lexical,
    weigh,
    without_honorifics,
    without_post_nominals,
)
from digest.editing.lexicon import entries, fold, is_place
from digest.models import Value, key

_MAX_PEOPLE = 12

_TEAM = re.compile(
    r"(?:the|our|das|die|der|le|la|el)\s+(?:[^\W\d_][\w'’&.-]*\s+){0,5}?(?:team|editors|committee|council|group|network|society"
    r"|collective|board|trustees|staff|volunteers|gardeners|librarians|students|redaktion|rédaction|redacción)",
    re.I,
)
_BODY_FIRST = frozenset(
    "friends institute royal association society college department faculty".split()
)
_BODY_LAST = frozenset(
    "team network group society forum council committee collective association alliance trust observatory"
    " federation institute college union charity academy foundation centre center hub club service project"
    " unit department guild partnership faculty consortium coalition board library museum school".split()
)
_SMALL = frozenset("of the and for in &".split())

_SPLIT = re.compile(
    r"\s*[,;،、，]\s*(?:(?:and|&|und|et|with)\s+)?|\s+(?:and|&|und|et|with|og|och|en|ac|y|и|та|και|और|\+|/)\s+|\s*[＆&]\s*|\s+و\s?(?=\w)"
)
_PORTUGUESE_AND = re.compile(r"(?<=\w)\se\s(?=\w+\s+\w)(?=[^,]*$)")  # "Melo e Castro" is one name
_HANDLE = re.compile(r"\s*[(\[]?\s*(?<![\w.])@\w[\w.]{0,40}\s*[)\]]?")
_ASIDE = re.compile(r"\s*[(\[][^()\[\]]{1,80}[)\]]")
_ET_AL = re.compile(
    r",?\s+(?:et al\.?|and colleagues|and others|and team)$|\s+on behalf of\s.+$", re.I
)


class People(Value, frozen=True):
    """Hold the people a phrase names, in order, with the weights of the weakest and the best of them."""

    names: tuple[str, ...]
    least: int
    most: int


def plain(name: str) -> str:
    """Return the form in which people are compared: no honorific, no letters after the name, folded.

    >>> plain("Dr. Zoë Hazelhurst, PhD") == plain("Zoe Hazelhurst")
    True
    """
    return _plain(name[:200])


@lru_cache(maxsize=4096)
def _plain(name: str) -> str:
    _, tokens = without_honorifics(name.partition(",")[0].split())
    while len(tokens) > 1 and POST_NOMINAL.fullmatch(tokens[-1]):
        tokens = tokens[:-1]
    return key(" ".join(tokens) or name)


def people(phrase: str, *, roles: bool = False) -> People | None:
    """Return the people that make up the whole of a phrase, or None where anything else is in it.

    Handles such as "(@perpetuamoss)" and letters after a name are left out; honorifics stay. With
    `roles`, a profession, an institution or an aside after a name is left out too, and a team
    counts as a person.

    >>> people("Dr Ada Moss, PhD, and J. Clay (@clay)").names
    ('Dr Ada Moss', 'J. Clay')
    >>> people("the numbers") is None
    True
    """
    if not 2 <= len(phrase) <= 300:
        return None
    text = _HANDLE.sub("", phrase) if "@" in phrase else phrase
    if roles and text.rstrip().endswith((")", "]")):
        text = _ASIDE.sub("", text)
    if " e " in text:
        text = _PORTUGUESE_AND.sub(", ", text)
    text = _ET_AL.sub("", text.strip()).rstrip(" ,;").strip()
    if text.endswith(".") and not re.search(r"(?:\b[A-Z]|Jr|Sr|\.[A-Za-z])\.$", text):
        text = text[:-1].rstrip()
    if roles and len(text) <= MAX_NAME and _TEAM.fullmatch(text):
        return People(names=(text,), least=LIKELY, most=LIKELY)
    return _read_list(_SPLIT.split(text), roles=roles)


def is_plain_given(name: str) -> bool:
    """Say whether a name is one given name that is no word and no place: "Jacqui"."""
    return (
        name.isalpha() and name[:1].isupper() and not name.isupper() and lexical(fold(name)) == "g"
    )


def is_body(name: str) -> bool:
    """Say whether a name is an association's or a team's, written as a name.

    >>> is_body("Disabled Doctors Network"), is_body("Friends of Elm Park"), is_body("the usual team")
    (True, True, False)
    """
    words = name.split()
    if not 2 <= len(words) <= 8 or not all(w[0].isupper() or w in _SMALL for w in words):
        return False
    return words[-1].casefold() in _BODY_LAST or (
        words[0].casefold() in _BODY_FIRST and words[1] in _SMALL
    )


def _read_list(chunks: list[str], *, roles: bool) -> People | None:
    names: list[str] = []
    weights: list[int] = []
    in_role = False
    for at, chunk in enumerate(chunks):
        weight = weigh(chunk)
        if (names and not weight and _all_post_nominals(chunk)) or (in_role and weight < KNOWN):
            continue
        if (
            weight == SHAPED
            and " " not in chunk
            and at + 1 < len(chunks)
            and _shares_surname(chunks[at + 1])
        ):
            chunk = f"{chunk} {chunks[at + 1].split()[-1]}"
            weight = weigh(chunk)
        if names and roles and _TEAM.fullmatch(chunk):
            weight = LIKELY
        if names and roles and weight < LIKELY and _is_role(chunk):
            in_role = True
        elif not weight:
            return None
        else:
            names.append(_without_letters(chunk))
            weights.append(weight)
            in_role = False
    if not names or len(names) > _MAX_PEOPLE:
        return None
    least = min(weights)
    if least == SHAPED and 2 * sum(weight == KNOWN for weight in weights) >= len(weights):
        least = LIKELY  # among well-known names one that looks like a name is one
    return People(names=tuple(dict.fromkeys(names)), least=least, most=max(weights))


def _shares_surname(following: str) -> bool:
    tokens = following.split()
    return len(tokens) == 2 and weigh(following) == KNOWN


def _all_post_nominals(chunk: str) -> bool:
    tokens = chunk.split()
    return bool(tokens) and all(POST_NOMINAL.fullmatch(t) for t in tokens)


def _is_role(chunk: str) -> bool:
    tokens = [fold(t.strip(".,()")) for t in chunk.split()]
    return any(t in entries("roles") for t in tokens) or (
        bool(tokens) and all(is_place(t) for t in tokens)
    )


def _without_letters(name: str) -> str:
    return " ".join(without_post_nominals(name.split()))


__all__ = [
    "KNOWN",
    "LIKELY",
    "NO_NAME",
    "SHAPED",
    "People",
    "is_body",
    "is_plain_given",
    "people",
    "plain",
    "weigh",
]

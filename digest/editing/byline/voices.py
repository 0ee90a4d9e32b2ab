"""Weighs what a text's beginning says of the people a title names: told by them, told of them, or silent.

A name alone in a title is its author's or its subject's, and the text mostly knows which: a
portrait comes to speak of its person soon, by name or as "she" and "he"; an author does not speak
of herself by name. This room reads plain text of any language, but knows the pronouns of English
only. It refuses to decide what a name is (`names`) and where it may stand (`lone_names`,
`set_apart`).
"""

from __future__ import annotations

import re

from digest.editing.lexicon import fold

_OPENING = 600  # characters in which somebody is spoken of
_PORTRAIT = 300  # characters in which a portrait has come to speak of its person
_ENOUGH = 60  # characters without a word of a known name that say it is no subject's
_PLENTY = 120  # characters that say so of a name that only looks like one
_OF_ONESELF = re.compile(r"\b(?:I|[Mm]y|[Mm]e|[Mm]yself)\b(?!\.)")
OF_OURSELVES = re.compile(r"\b(?:[Ww]e|[Oo]ur|[Uu]s)\b")
_OF_ANOTHER = re.compile(r"(?:^|[.!?]\s+)(?:She|He|Her|His)\b")
_WORD = re.compile(r"[^\W\d_]+")


def is_named_author(names: tuple[str, ...], text: str) -> bool:
    """Say whether a text's first words name people as its authors: "By Ada Moss", "I am Ada Moss"."""
    start = text[:200]
    return any(
        f"by {name}" in start or f"By {name}" in start or f"I am {name}" in start for name in names
    )


def is_told_in_person(text: str) -> bool:
    """Say whether words speak in the first person singular.

    >>> is_told_in_person("Why I ring the bell"), is_told_in_person("Why we ring")
    (True, False)
    """
    return bool(_OF_ONESELF.search(text))


def is_told_by(names: tuple[str, ...], text: str) -> bool:
    """Say whether a text's first sentences are told by people, rather than of them.

    >>> is_told_by(("Ada Moss",), "I clean the ward."), is_told_by(("Ada Moss",), "Ada and I met.")
    (True, False)
    """
    start = text[:_OPENING]
    if mentions(names, start):
        return is_named_author(names, text)
    told = _OF_ONESELF.search(start) or (OF_OURSELVES.search(start) if len(names) > 1 else None)
    another = _OF_ANOTHER.search(start)
    return told is not None and (another is None or told.start() < another.start())


def is_silent_on(names: tuple[str, ...], text: str, *, is_known: bool = False) -> bool:
    """Say whether a text goes on long enough without speaking of people so named, or of a "she" or "he".

    A name that `is_known` as a person's needs less of it than one that may be a place's or a
    firm's.
    """
    start = text[:_OPENING]
    if len(start) < (_ENOUGH if is_known else _PLENTY) or mentions(names, start):
        return False
    return not _OF_ANOTHER.search(start[:_PORTRAIT])


def begins_of_another(text: str) -> bool:
    """Say whether a text begins with "She" or "He" and nobody says "I" soon after."""
    return bool(_OF_ANOTHER.match(text)) and not _OF_ONESELF.search(text[:_PORTRAIT])


def mentions(names: tuple[str, ...], text: str) -> bool:
    """Say whether a text's beginning holds a family name or, as a word of its own, a given name."""
    start = text[:_OPENING]
    if any(name.rpartition(" ")[2] in start for name in names):
        return True
    words = {fold(word) for word in _WORD.findall(start) if word[0].isupper()}
    return any(
        fold(part) in words for name in names for part in _WORD.findall(name) if len(part) > 2
    )

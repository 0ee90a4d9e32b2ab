"""Names of accounts that publish what others wrote, as content systems and web teams call them.

A newsletter's own staff names come from its configuration. This room refuses to say what happens to
such a name; `byline` does.
"""

from __future__ import annotations

from functools import lru_cache

from digest.editing.byline.people import SINGLE, WORDY, people
from digest.editing.lexicon import entries, fold, is_word
from digest.models import key


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
    name = keyed_name(name)
    bare = name.removeprefix("the-")
    return name in staff or bare in staff or bare in entries("staff") or bare in entries("accounts")


def is_person(name: str, *, is_main: bool) -> bool:
    """Say whether a declared name is a person's and no society's, team's or site's.

    `is_main` tells that it publishes most of a blog: then a handle, or words, are the blog's own
    account.

    >>> is_person("Karen Word", is_main=True), is_person("The Watering Can", is_main=True)
    (True, False)
    """
    tokens = [fold(token.strip(".,")) for token in name.split()]
    if not tokens or "@" in name or tokens[-1] in entries("organisations"):
        return False
    found = people(name)
    if found is None or found.grade == SINGLE:
        return len(tokens) == 1 and not is_main and not any(c.isdigit() for c in name)
    is_words = found.grade == WORDY and all(is_word(token) for token in tokens)
    return not (is_main and is_words)

"""The value that a title or a sentence gives about a series, and the names by which series go.

Shared by `titles`, `mentions` and `running`. This room refuses to search; it only keeps and tidies
what the others found.
"""

from __future__ import annotations

import re

from digest.models import Value

EDGES = " \t\n\u00a0,:;–—|-.([“”\"«»‘’'#（【「〈《・/"

_DESCRIPTION = re.compile(
    r"\s*[:,–—(-]+\s*(?:an?|our|the)\s+(?:new\s+)?(?:[\w-]+[- ]part\s+)?(?:(?:mini|blog)[- ]?)*"
    r"(?:series|guide|trilogy)\b.*$",
    re.I,
)
_ARTICLE = re.compile(r"^(?:the|our|my|a|an)\s+(?=\S)", re.I)
_CALLED_SERIES = re.compile(
    r"(?<=\S)\s+(?:(?:guest\s+|mini[- ]?)?(?:blog|article|post)s?\s+)?(?:mini[- ]?)?series$", re.I
)
_MAX_NAME = 120  # characters


class Mark(Value, frozen=True):
    """Hold what was found: the words themselves, part, total, label ("2b"), and the series' names.

    `names` are what the series may be called, likeliest first. `kind` says how the number is
    written and `noun` what the parts are called. A mark that `is_sure` is one by itself; of the
    others the blog has to show that they run. One that `is_first` stands before its name.
    """

    raw: str
    names: tuple[str, ...] = ()
    part: int | None = None
    total: int | None = None
    label: str = ""
    kind: str = ""
    noun: str = ""
    is_sure: bool = False
    is_first: bool = False

    @property
    def name(self) -> str:
        """Return the likeliest name, or nothing."""
        return self.names[0] if self.names else ""


def tidy(name: str) -> str:
    """Return a series' name without quotes, article and such words as "blog series".

    >>> tidy("the “Greener Somewhere” Blog Series")
    'Greener Somewhere'
    """
    name = name.strip(EDGES)
    if len(name.split()) > 1:
        name = _ARTICLE.sub("", name)
    return (_CALLED_SERIES.sub("", name) or name).strip(EDGES)


def before(words: str) -> str:
    """Return the series' name that the words before a mark are; empty where they are none."""
    name = _DESCRIPTION.sub("", words).strip(EDGES)
    name = _CALLED_SERIES.sub("", name)
    is_name = any(character.isalpha() for character in name) and len(name) <= _MAX_NAME
    return name if is_name else ""

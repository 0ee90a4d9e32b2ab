"""Finds in a title that it calls itself a series without a number: "Our “Kitchen table” series".

Columns are among them that come again under no other name.
"""

from __future__ import annotations

import re

from digest.lazy import regex

_NEW = r"(?:(?:introducing|announcing|launching|presenting|welcome to):?\s+)"
_KIND = r"(?:(?:guest |mini[- ])?(?:blog(?:post)?|article|post|interview|letter)[- ])?"
CALLED = regex(
    rf"^{_NEW}?(?:an?\s+|our\s+)?new\s+{_KIND}series:\s+(?P<told>[^:|]{{3,60}})$"
    rf"|(?:^|[:–—|]\s+)(?P<new>{_NEW})?(?:(?:the|our|my|an?)\s+)?(?:new\s+)?"
    r"(?P<name>[“\"‘]?[^:–—|“”\"]{3,60}?[”\"’]?)"
    rf"\s+(?P<kind>{_KIND})series\s*(?:$|[:–—|]|\s-\s)",
    re.I,
)
"""A pattern for "A new blog series: Quiet Corners" and "Bees Series: nets"."""

_COLUMNS = "in conversation", "book review"
_COLUMN = regex(
    rf"(?:^|[:?!.–—|(”]\s*)(?:an?\s+)?(?P<name>{_COLUMNS[0]}(?=\s+with\b|\s*[:–—|])"
    rf"|{_COLUMNS[1]}(?=\s*(?:[:.–—|)]|\s-\s|$|of\s|#)))",
    re.I,
)

SERIES_LAST = regex(
    r"(?<=\S)\s+(?:(?:guest\s+|mini[- ]?)?(?:blog|article|post)s?\s+)?(?:mini[- ]?)?series$", re.I
)
"""A pattern for what a name may end on that is no part of it: "Quiet Corners blog series"."""


def column_in(title: str) -> str:
    """Return the name of the column that a title names, as it is written there, or nothing."""
    folded = title.casefold()
    may_name = any(map(folded.__contains__, _COLUMNS))  # hardly any does, and the pattern is slow
    found = _COLUMN.search(title) if may_name else None
    return found["name"] if found else ""

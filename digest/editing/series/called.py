"""Finds in a title the name of a series that it calls one.

"X Blog Series: …", "Introducing the “X” series". This room refuses to count; `titles` does.
"""

from __future__ import annotations

import re

from digest.editing.lexicon import entries
from digest.editing.series.marks import Mark, tidy

_KIND = r"(?:(?:guest |mini[- ])?(?:blog(?:post)?|article|post|interview|letter)[- ])?"
_CALLED = re.compile(
    rf"(?P<name>[“\"‘]?[^:–—|“”\"]{{3,60}}?[”\"’]?)\s+(?P<kind>{_KIND})series\s*(?=$|[:–—|]|\s-\s)",
    re.I,
)
_INTRODUCED = re.compile(
    r"(?:(?:introducing|announcing|launching|presenting|welcome to)"
    r"(?::?\s+(?:(?:our|a)\s+)?new\s+(?:blog\s+)?series:)?"
    r"|(?:a\s+|our\s+)?new\s+(?:blog\s+)?series:):?\s+"
    rf"(?:(?:the|our|a|my)\s+)?(?:new\s+)?(?P<name>[“\"‘]?[^“”\"»:|]{{3,60}}?[”\"’]?)(?:\s+{_KIND}series\b|$)",
    re.I,
)
_COLUMNS = (
    (
        re.compile(r"(?:^|[:–—|]\s*)in conversation\b(?=\s+with\b|\s*[:–—|])", re.I),
        "In conversation",
    ),
    (
        re.compile(
            r"(?:^|[:?!.–—|(”]\s*)(?:an?\s+)?book review(?=\s*(?:[:.–—|)]|\s-\s|$|of\s|#))", re.I
        ),
        "Book review",
    ),
)


def called(title: str) -> Mark | None:
    """Return the series that a title names as one, written as a name; its opening has no part."""
    found = _INTRODUCED.match(title) if "series" in title.casefold() else None
    if (
        found is None
        and (found := _CALLED.match(title))
        and not _is_name(found["name"], found["kind"])
    ):
        found = None
    if found is None:
        return None
    name = tidy(found["name"])
    return (
        Mark(raw=found[0].strip(" :–—|-"), names=(name,))
        if name.casefold() not in entries("no_series")
        else None
    )


def _is_name(name: str, kind: str) -> bool:
    words = tidy(name).split()
    if not words or words[-1].casefold() in entries("no_series"):
        return False
    is_titled = all(word[0].isupper() or len(word) < 4 for word in words) and len(words) <= 6
    return bool(kind.strip()) or name[0] in '“"‘' or (is_titled and len(words) > 1)


def column(title: str) -> Mark | None:
    """Return the column a title begins or ends with: "In conversation with …", "Book review: …"."""
    for pattern, name in _COLUMNS:
        if found := pattern.search(title):
            return Mark(raw=found[0].strip(" :–—|-(["), names=(name,))
    return None

"""Puts what a template includes in its place before it is compiled: a page is one piece of code.

Jinja builds a context for every include, which for posts in a loop costs more than all else: a page
of ten posts takes 1.3 ms so, and 0.5 spliced. Each part stands in a scope of its own, as an include
does. What declares blocks or inherits stays an include; so does what includes itself, and what is
not there.
"""

from __future__ import annotations

import re
from collections.abc import Callable

from digest.lazy import regex

_INCLUDE = regex(
    # a comment or raw text, in which an include means nothing
    r"\{#.*?#\}|\{%[-+]?\s*raw\s*[-+]?%\}.*?\{%[-+]?\s*endraw\s*[-+]?%\}"
    # the mark of white space that goes, the name, the other mark
    r"""|\{%([-+]?)\s*include\s+["']([^"'{}]+)["']\s*([-+]?)%\}""",
    re.DOTALL,
)
_STAYS = regex(r"\{%[-+]?\s*(?:block|extends)\b")

Find = Callable[[str, str], tuple[str, str] | None]
"""Return name and source of what is written as an include in a template; None if there is none."""


def spliced(source: str, name: str, find: Find) -> str:
    r"""Return a template's source with its includes in place.

    >>> spliced("<a>{% include 'b' %}</a>", "page", lambda written, _: (written, "1"))
    '<a>{% with %}\n1{% endwith %}</a>'
    """
    return _spliced(source, (name,), find)


def _spliced(source: str, names: tuple[str, ...], find: Find) -> str:
    def put(include: re.Match[str]) -> str:
        before, written, after = include.groups()
        found = find(written, names[-1]) if written else None
        if found is None or found[0] in names or _STAYS.search(found[1]):
            return include[0]
        inner = _spliced(found[1], (*names, found[0]), find)
        # a tag ends its line, so that the first line of what is put in begins one, as in its file
        return f"{{%{before} with %}}\n{inner}{{% endwith {after}%}}"

    return _INCLUDE.sub(put, source)

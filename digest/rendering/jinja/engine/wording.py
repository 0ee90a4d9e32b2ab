"""What Jinja says of a template that it cannot read, as what is wrong and what to write instead.

It owns Jinja's own sentences; what a running template lacks is told by `missing`.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from typing import Final

from jinja2.tests import TESTS

from digest.lazy import regex
from digest.nearest import or_meant

NO_TEMPLATE: Final = "there is no template "
PAGES: Final = ("issue.mjml.j2", "issue.txt.j2")
"""How it begins that a template names another which does not exist."""

_TAGS: Final = (
    *("if", "elif", "else", "endif", "for", "endfor", "set", "endset", "block", "endblock"),
    *("include", "extends", "import", "from", "macro", "endmacro", "call", "endcall", "filter"),
    *("endfilter", "with", "endwith", "given", "otherwise", "endgiven"),
)

_NO_FILTER: Final = regex(r"No (filter|test) named '([^']+)'")
_UNKNOWN_TAG: Final = regex(r"Encountered unknown tag '([^']+)'")
_INNERMOST: Final = regex(r"innermost block that needs to be closed is '(\w+)'")
_AT_END: Final = regex(r"(?:Unexpected end of template|unexpected 'end of template')")
_NOT_CLOSED: Final = regex(r"unexpected '[}%]'|unexpected char '[}%#]'")
_CURLY: Final = regex(r"unexpected char '[“”„‘’]'")
_STRANGE_SIGN: Final = regex(r"unexpected char '([&|!])'")
_SIGNS: Final = {"&": "and", "|": "or", "!": "not"}
_NO_IN: Final = regex(r"expected token 'in', got '([^']*)'")
_THREE_BRACES: Final = regex(r"expected token ':', got '}'")
_OPEN_COMMENT: Final = regex("Missing end of comment tag")
_OPEN_RAW: Final = regex("Missing end of raw directive")
_AFTER_STATEMENT: Final = regex(r"expected token 'end of statement block', got '([^']*)'")
_AFTER_PRINT: Final = regex(r"expected token 'end of print statement', got '([^']*)'")


def in_words(message: str, filters: Iterable[str] = ()) -> str:
    """Return what Jinja says of a template's syntax as what to write.

    `filters` are the names of those there are.

    >>> in_words("No filter named 'uper'.", ["upper"])
    'there is no filter uper; did you mean upper?'
    >>> in_words("expected token 'end of statement block', got '='")
    'a tag ends where = stands: write == to compare'
    """
    if found := _NO_FILTER.search(message):
        known = TESTS if found[1] == "test" else filters
        return f"there is no {found[1]} {found[2]}{or_meant(found[2], known)}"
    open_one = _INNERMOST.search(message)
    inner = open_one[1] if open_one else ""
    for pattern, told in _SAID:
        if said := pattern.search(message):
            return told(said[1] if pattern.groups else "", inner)
    return message


def _unknown_tag(name: str, inner: str) -> str:
    if inner and name.startswith("end"):
        written = f"{{% end{inner} %}}"
        return f"{{% {inner} %}} is open where {{% {name} %}} stands: write {written} first"
    if name in _TAGS:
        return f"{{% {name} %}} belongs to a tag that nothing began: take it out"
    if name in ("elseif", "elsif"):
        return f"there is no tag {{% {name} %}}: write {{% elif … %}}"
    return f"there is no tag {{% {name} %}}{or_meant(name, _TAGS)}"


def _at_end(_: str, inner: str) -> str:
    if inner:
        return f"{{% {inner} %}} is never closed: write {{% end{inner} %}} where it should end"
    return "the template ends in the middle of a tag: close it with }} or %}"


def _after_statement(got: str, _: str) -> str:
    if got == "=":
        return "a tag ends where = stands: write == to compare"
    if got == "if":
        return "there is no {% else if … %}: write {% elif … %}"
    return f'a tag ends where "{got}" stands: a word is too much there, or one is missing before'


_SAID: Final[tuple[tuple[re.Pattern[str], Callable[[str, str], str]], ...]] = (
    (_UNKNOWN_TAG, _unknown_tag),
    (_AT_END, _at_end),
    (_STRANGE_SIGN, lambda sign, _: f"{sign} means nothing in a tag: write {_SIGNS[sign]}"),
    (_NO_IN, lambda got, _: f'"{got}" stands where "in" should: write {{% for x in … %}}'),
    (_THREE_BRACES, lambda *_: "there are three braces: write {{ … }}, which escapes by itself"),
    (_CURLY, lambda *_: "curly quotes hold no text in a tag: write straight ones"),
    (_NOT_CLOSED, lambda *_: "a tag is not closed as it was opened: write {{ … }} or {% … %}"),
    (_OPEN_COMMENT, lambda *_: "a comment is never closed: write #} where it should end"),
    (_OPEN_RAW, lambda *_: "{% raw %} is never closed: write {% endraw %} where it should end"),
    (_AFTER_STATEMENT, _after_statement),
    (
        _AFTER_PRINT,
        lambda got, _: f'"{got}" stands where {{{{ … }}}} should end: one word too many',
    ),
)


def no_template(name: str, roots: Sequence[Path]) -> str:
    """Return that there is no template of that name, and which was probably meant.

    A template needs both of its pages; of one that lacks a page it is said how to begin it.
    """
    folder, _, page = name.rpartition("/")
    if page in PAGES and any((root / folder).is_dir() for root in roots):
        begun = f'{{% extends "shipped/weekly/{page}" %}}'
        return (
            f"{NO_TEMPLATE}{name}; {folder} needs both of {' and '.join(PAGES)}: begin with {begun}"
        )
    known = {found for root in roots for found in _named(root)}
    known |= {f"shipped/{found}" for found in known}
    return f"{NO_TEMPLATE}{name}{or_meant(name, known)}"


def _named(root: Path) -> Iterable[str]:
    """Yield the names by which the templates below a folder are included."""
    for path in sorted(root.rglob("*.j2")):
        name = path.relative_to(root).as_posix()
        yield name
        if "/partials/" in name:
            yield name.partition("/")[2]

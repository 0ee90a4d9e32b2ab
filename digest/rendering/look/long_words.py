"""Long words for Outlook: where it may part a word that would widen its page.

Word breaks no word, knows none of the properties by which browsers do, and makes a table as wide as
the longest. It does break a line at a zero-width space, which only Word is given here: whoever
copies an address from another client gets what the author wrote.
"""

from __future__ import annotations

import re
from typing import Final

from digest.lazy import regex

_BREAK: Final = "<!--[if mso]>&#8203;<![endif]-->"

# Of scripts that put spaces between words, as they are or by their number; others part anywhere, or
# where a dictionary says.
_NUMBERED: Final = r"&(?!nbsp|#160)(?:[a-z]\w{1,7}|#(?:\d{1,3}|1[0-2]\d\d|13[01]\d));"
_LETTER: Final = rf"(?:{_NUMBERED}|[^\s<>&\u0530-\U0010ffff])"
_CELL: Final = regex(r"<(/?)t[dh]\b")

_LINE: Final = 36
"""Letters of a word that is surely narrower than a page, in a title too."""
_COLUMN: Final = 24
"""The same for a column of a table."""

_TAG_OR_WORD: Final = regex(rf"<[^>]*>|{_LETTER}{{{_COLUMN + 1},}}")
_IN_LINE: Final = regex(rf"{_LETTER}{{{_LINE + 1},}}")
_HALF_LINE: Final = regex(rf"{_LETTER}{{{_LINE // 2}}}(?!\Z)")
_HALF_COLUMN: Final = regex(rf"{_LETTER}{{{_COLUMN // 2}}}(?!\Z)")


def pliable(html: str) -> str:
    """Return HTML whose long words Outlook may part.

    >>> pliable(f"<p>moss {'fern' * 10}</p>").partition("<!--")[0]
    '<p>moss fernfernfernfernfe'
    """
    if not may_hold_long_words(html, _COLUMN):
        return html
    is_in_cell = False

    def parted(found: re.Match[str]) -> str:
        nonlocal is_in_cell
        word = found[0]
        if word[0] == "<":
            cell = _CELL.match(word)
            is_in_cell = not cell[1] if cell else is_in_cell
            return word
        if is_in_cell:
            return _HALF_COLUMN.sub(rf"\g<0>{_BREAK}", word)
        return _HALF_LINE.sub(rf"\g<0>{_BREAK}", word) if _IN_LINE.match(word) else word

    return _TAG_OR_WORD.sub(parted, html)


def may_hold_long_words(text: str, letters: int = _LINE) -> bool:
    """Tell in little time whether a text has more letters without a space than that.

    >>> may_hold_long_words("few " * 99), may_hold_long_words("fewer" * 9)
    (False, True)
    """
    at = 0
    while len(text) - at > letters:
        space = text.rfind(" ", at, at + letters + 1)
        if space < 0:
            return True
        at = space + 1
    return False

"""Writes the pieces of a body: white space as single blanks, signs as references, headings."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape

from digest.lazy import regex

_BLANK = regex(r"[\t\n\r\f][ \t\n\r\f]*| [ \t\n\r\f]+")  # all but a single space


def collapsed(text: str) -> str:
    r"""Return text with a single blank for each stretch of white space.

    >>> collapsed("Two  pots\n of moss")
    'Two pots of moss'
    """
    text = text.replace("\n", " ")
    # Each looked for alone, which is much faster: hardly any text has one.
    is_tidy = not ("  " in text or "\t" in text or "\r" in text or "\f" in text)
    return text if is_tidy else _BLANK.sub(" ", text)


def escaped(text: str) -> str:
    """Return text as HTML."""
    return escape(text, quote=False).replace("\xa0", "&nbsp;")


def without_trailing_space(text: str) -> str:
    """Return HTML without the blanks at its end, those that do not break among them."""
    end = len(text)
    while True:
        if text.endswith("&nbsp;", 0, end):
            end -= 6
        elif text.endswith(" ", 0, end):
            end -= 1
        else:
            return text[:end]


def put_levels(pieces: list[str], headings: Sequence[tuple[int, int]]) -> None:
    """Put the topmost of headings at level 3 and the others below it, none skipping a level.

    `headings` are the places of their tags among the pieces, with the levels they had.
    """
    shift = 3 - min(level for _, level in headings)
    before = 2
    for at, level in headings:
        before = min(level + shift, before + 1, 4)
        pieces[at] = f"<h{before}>"
        end = next(i for i in range(at, len(pieces)) if pieces[i] == "</h>")
        pieces[end] = f"</h{before}>"

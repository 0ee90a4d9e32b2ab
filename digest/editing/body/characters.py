"""Writes text the way it stands in a body: white space as single blanks, signs as references."""

from __future__ import annotations

from html import escape

from digest.lazy import regex

_BLANK = regex(r"[\t\n\r\f][ \t\n\r\f]*| [ \t\n\r\f]+")  # all but a single space


def collapsed(text: str) -> str:
    r"""Return text with a single blank for each stretch of white space.

    >>> collapsed("Two  pots\n of moss")
    'Two pots of moss'
    """
    is_tidy = text.isprintable() and "  " not in text
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

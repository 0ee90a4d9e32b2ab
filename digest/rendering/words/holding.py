"""Holds together in running text what no line may part: a date, and a number with its word."""

from __future__ import annotations

import re
from typing import Final

from digest.lazy import regex

_DIGIT: Final = regex(r"\d")
_DAY: Final = r"\d{1,2}(?:\.|º|ª|st|nd|rd|th|er)?"
_WORD: Final = r"(?:(?:de|del|of) |d['’])?[^\s\d]{2,14}"
# The months are named only where they stand before their day, which no other number follows.
_MONTH: Final = r"(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)[a-z]{0,6}\.?"
_DATE: Final = regex(
    r"(?<!\w)(?:"
    r"\d{1,2} tháng \d{1,2}(?:,| năm)? \d{4}"
    rf"|{_DAY} {_WORD}(?:,? (?:del? |[คพ]\.ศ\. )?\d{{4}})?(?!\w)"
    rf"|{_MONTH} {_DAY}(?:, \d{{4}})?(?!\w)"
    rf"|\d{{4}}\. {_WORD} {_DAY}"
    r"|\d{1,2}\. \d{1,2}\. \d{4}"
    r"|(?:\d{4}년 )?\d{1,2}월 \d{1,2}일)"
)


_CODE_TAG_OR_TEXT: Final = regex(r"<(pre|code)\b.*?</\1>|<[^<>]*>|([^<]+)", re.DOTALL)


def held_within(html: str) -> str:
    r"""Return clean HTML whose text is held together as `held` does it; code is left alone.

    >>> held_within("<p>On 3 May: <code>3 May</code></p>")
    '<p>On 3\xa0May: <code>3 May</code></p>'
    """
    if not _has_digit(html):
        return html
    return _CODE_TAG_OR_TEXT.sub(lambda found: held(found[0]) if found[2] else found[0], html)


def _has_digit(text: str) -> bool:
    if text.isascii():  # as most, of which this tells it sooner
        return len(text.encode().translate(None, b"0123456789")) < len(text)
    return _DIGIT.search(text) is not None


def held(text: str) -> str:
    r"""Return a text in which no line ends within a date, nor between a number and its word.

    Languages without blanks between words are left alone.

    >>> held("Since 3 May 2026, at 10 o'clock"), held("On November 23, 2026")
    ("Since 3\xa0May\xa02026, at 10\xa0o'clock", 'On November\xa023,\xa02026')
    """
    if not _has_digit(text):  # as most
        return text
    return _DATE.sub(lambda found: found[0].replace(" ", "\u00a0"), text)

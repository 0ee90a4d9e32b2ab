"""Which way letters are written, and the marks that keep a line in order where both ways meet.

A sign between letters of both ways, or at the end of a line that runs against its page, is shown on
the wrong side. An invisible mark beside it is a letter without a shape (Unicode, annex 9).
"""

from __future__ import annotations

import re
from typing import Literal

from digest.lazy import regex

_RTL = "\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc\U00010800-\U00010fff\U0001e800-\U0001efff"
_LETTER = regex(r"[^\W\d_]")
_RTL_LETTER = regex(f"[{_RTL}]")
_LTR_LETTER = regex(rf"[^\W\d_{_RTL}]")
_MARKS = {"ltr": "\u200e", "rtl": "\u200f"}
# What stands at the page's own side whatever follows: white space, a list's mark, a quotation's.
_BEFORE = regex(r"(\s*(?:[-*>] +|\d{1,3}\. )*)")
# Addresses, and in a text that is not filled in yet the places of merge tags, which become some.
_ADDRESS = regex(r"https?://|mailto:|\S@\S|[\x02\x03]", re.IGNORECASE)


def against(text: str, direction: str) -> Literal["", "ltr", "rtl"]:
    """Return which way a text runs by its first letter, if that is not its page's direction.

    >>> against("Seeds", "rtl"), against("4 זרעים", "ltr"), against("Seeds, זרעים", "ltr")
    ('ltr', 'rtl', '')
    """
    if direction == "ltr" and text.isascii():  # most texts; every post pays for this
        return ""
    first = _LETTER.search(text)
    if first is None or bool(_RTL_LETTER.match(first[0])) == (direction == "rtl"):
        return ""
    return "ltr" if direction == "rtl" else "rtl"


def mark(text: str, direction: str) -> str:
    r"""Return the mark of a page's direction if a text has letters of the other one, else nothing.

    >>> mark("Carys Pugh", "ltr"), mark("ליאת", "ltr"), mark("Carys Pugh", "rtl")
    ('', '\u200e', '\u200f')
    """
    if direction == "rtl":
        return _MARKS["rtl"] if _LTR_LETTER.search(text) else ""
    return _MARKS["ltr"] if not text.isascii() and _RTL_LETTER.search(text) else ""


def in_order(text: str, direction: str) -> str:
    r"""Return plain text whose lines that run against the page keep their signs at both ends.

    Lines with an address stay as they are: what stands beside one becomes part of it.
    >>> in_order("2 prizes!", "rtl")
    '\u200e2 prizes!\u200e'
    """
    if direction == "ltr" and text.isascii():
        return text
    return "\n".join(_in_order(line, direction) for line in text.split("\n"))


def _in_order(line: str, direction: str) -> str:
    way = against(line, direction)
    if not way or _ADDRESS.search(line):
        return line
    _, lead, said = _BEFORE.split(line, maxsplit=1)
    # A number belongs to the letters before it, and at the beginning there are none.
    before = "" if said[0].isalpha() else _MARKS[way]
    after = "" if said[-1].isalnum() else _MARKS[way]
    return f"{lead}{before}{said}{after}"

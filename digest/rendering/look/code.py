"""Code in an email: lines and indents that hold where `white-space` is not known.

Outlook and some webmail drop that property, so a `<pre>` would widen the page by its longest line,
or lose all its lines. Breaks and no-break spaces look the same everywhere, and wrap. They stand in
a table's cell, the one place where Outlook puts padding between words and the edge of their ground.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from digest.lazy import regex

WRAPS: Final = "white-space:pre-wrap"
"""What lets code keep its lines and wrap, where a browser shows it."""

BELOW: Final = "margin:0 0 16px"
"""The white space below a block of code: outside of its ground."""

_BLOCK = regex(r"<pre([^>]*)>(.*?)</pre>", re.DOTALL)
_PIECE = regex(r"<[^>]*>|\n| +|[^<\n ]+")
_TAB = "    "


def wrapping(html: str) -> str:
    r"""Return clean HTML whose blocks of code are tables of one cell.

    >>> wrapping("<pre><code>if a:\n  b</code></pre>").partition("<td")[2]
    '><code>if a:<br />&#160; b</code></td></tr></table>'
    """
    if "<pre" not in html:
        return html
    return _BLOCK.sub(_framed, html)


def _framed(block: re.Match[str]) -> str:
    ground = block[1].replace(f"{WRAPS};", "").replace(f"{BELOW};", "")
    return (
        '<table role="presentation" width="100%" cellspacing="0" cellpadding="0" '
        f'style="{BELOW}"><tr><td{ground}>{"".join(_pieces(block[2]))}</td></tr></table>'
    )


def _pieces(code: str) -> Iterator[str]:
    begins = True  # a line, in which a space would be dropped
    for piece in _PIECE.findall(code.replace("\t", _TAB)):
        if piece == "\n":
            yield "<br />"
            begins = True
        elif piece[0] == " ":
            last = "&#160;" if begins and len(piece) == 1 else " "
            yield "&#160;" * (len(piece) - 1) + last
            begins = False
        else:
            yield piece
            begins = begins and piece[0] == "<"

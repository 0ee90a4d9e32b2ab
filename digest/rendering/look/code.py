"""Code in an email: lines and indents that hold where `white-space` is not known.

Outlook and some webmail drop that property, so a `<pre>` would widen the page by its longest line,
or lose all its lines. A paragraph with breaks and no-break spaces looks the same everywhere, and
wraps.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from digest.lazy import regex

WRAPS: Final = "white-space:pre-wrap"
"""What lets code keep its lines and wrap, where a browser shows it."""

_BLOCK = regex(r"<pre([^>]*)>(.*?)</pre>", re.DOTALL)
_PIECE = regex(r"<[^>]*>|\n| +|[^<\n ]+")
_TAB = "    "


def wrapping(html: str) -> str:
    r"""Return clean HTML whose blocks of code are paragraphs.

    >>> wrapping("<pre><code>if a:\n  b</code></pre>")
    '<p><code>if a:<br />&#160; b</code></p>'
    """
    if "<pre" not in html:
        return html
    return _BLOCK.sub(_paragraph, html)


def _paragraph(block: re.Match[str]) -> str:
    attributes = block[1].replace(f"{WRAPS};", "")
    return f"<p{attributes}>{''.join(_pieces(block[2]))}</p>"


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

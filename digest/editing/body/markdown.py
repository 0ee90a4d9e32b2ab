"""Markdown to HTML: CommonMark, tables and struck-out text.

This room owns pyromark. It changes no letter (no smart quotes, no links made of bare addresses)
and lets raw HTML through: cleaning is another's work, and whoever shows the result has to ask for
it. Footnotes belong to the page: their marks and texts are left out, as they could lead nowhere in
a mail.
"""

from __future__ import annotations

import re
from functools import cache
from typing import Any

from digest.editing.body import remnants
from digest.lazy import regex

# "**「苔」**は": CommonMark knows words by the blanks between them, and takes these for no marks.
_STRONG = regex(
    r"(?P<code><(pre|code)\b.*?</\2>)"
    r"|(?<![A-Za-z0-9_*(])\*\*(?P<said>(?=[^\s*])[^*\n]{1,500}?(?<=\S))\*\*(?!\*)",
    re.DOTALL,
)


def to_html(text: str) -> str:
    r"""Render Markdown as HTML that is not clean yet.

    >>> to_html("Moss[^1] is *soft*.\n\n[^1]: So they say.")
    '<p>Moss is <em>soft</em>.</p>\n'
    """
    from pyromark import html

    text = text.encode("utf-8", "replace").decode()  # a lone surrogate is no letter
    if "[^" in text:
        text = _without_footnotes(text)
    guarded = remnants.guarded(text)
    made: str = html(guarded, options=_options())
    if not made.isascii() and "**" in made:
        made = _STRONG.sub(_strong, made)
    return made if guarded == text else remnants.coded(made)


@cache
def _options() -> Any:
    from pyromark import Options

    return Options.ENABLE_TABLES | Options.ENABLE_STRIKETHROUGH


def _strong(found: re.Match[str]) -> str:
    return found["code"] or f"<strong>{found['said']}</strong>"


def _without_footnotes(text: str) -> str:
    """Return Markdown without footnotes and their marks; a mark that has no footnote is text."""
    from pyromark import Options, events_with_range

    source = text.encode()
    options = Options.ENABLE_TABLES | Options.ENABLE_FOOTNOTES
    pieces, done = [], 0
    for event, place in events_with_range(text, options=options):
        if _is_of_footnote(event) and place["start"] >= done:
            pieces.append(source[done : place["start"]])
            done = place["end"]
    return b"".join([*pieces, source[done:]]).decode()


def _is_of_footnote(event: object) -> bool:
    if not isinstance(event, dict):
        return False
    start = event.get("Start")
    return "FootnoteReference" in event or (
        isinstance(start, dict) and "FootnoteDefinition" in start
    )

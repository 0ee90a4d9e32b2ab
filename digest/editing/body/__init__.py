"""Owns a post's body: untrusted HTML or Markdown becomes small, safe HTML, and that plain text.

It judges addresses and pictures that stand in a body, and takes shortcodes out. It refuses to
style, to fetch, and to know who wrote a text or how an excerpt of it ends.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from digest.lazy import opener

if TYPE_CHECKING:
    from digest.editing.body.cleaning import ALWAYS, RULES, clean, size_of
    from digest.editing.body.endings import without_endings
    from digest.editing.body.lazy import is_stand_in, picture_of
    from digest.editing.body.links import absolute, is_beacon, without_tracking
    from digest.editing.body.markdown import to_html
    from digest.editing.body.marks import may_hold_marks, plain_markdown, without_marks
    from digest.editing.body.origins import Origin, origin
    from digest.editing.body.pictures import alt_text, measured, size_in_name
    from digest.editing.body.plain import line, text, text_and_prose, tidy
    from digest.editing.body.shortcodes import without_shortcodes
else:
    __getattr__ = opener(
        __name__,
        {
            "cleaning": "ALWAYS RULES clean size_of",
            "endings": "without_endings",
            "lazy": "is_stand_in picture_of",
            "links": "absolute is_beacon without_tracking",
            "markdown": "to_html",
            "marks": "may_hold_marks plain_markdown without_marks",
            "origins": "Origin origin",
            "pictures": "alt_text measured size_in_name",
            "plain": "line text text_and_prose tidy",
            "shortcodes": "without_shortcodes",
        },
    )

__all__ = [
    "ALWAYS",
    "RULES",
    "Origin",
    "absolute",
    "alt_text",
    "clean",
    "is_beacon",
    "is_stand_in",
    "line",
    "may_hold_marks",
    "measured",
    "origin",
    "picture_of",
    "plain_markdown",
    "size_in_name",
    "size_of",
    "text",
    "text_and_prose",
    "tidy",
    "to_html",
    "without_endings",
    "without_marks",
    "without_shortcodes",
    "without_tracking",
]

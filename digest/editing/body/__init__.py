"""Owns a post's body: untrusted HTML or Markdown becomes small, safe HTML, and that plain text.

It judges addresses and pictures that stand in a body, and takes shortcodes out. It refuses to
style, to fetch, and to know who wrote a text or how an excerpt of it ends.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from digest.lazy import opener

if TYPE_CHECKING:
    from digest.editing.body.cleaning import ALWAYS, RULES, clean, size_of
    from digest.editing.body.lazy import (
        WIDEST,
        better_of,
        candidates,
        files_of,
        is_shown,
        is_stand_in,
        picture_of,
    )
    from digest.editing.body.links import absolute, is_beacon, without_tracking
    from digest.editing.body.markdown import to_html
    from digest.editing.body.pictures import alt_text, is_for_mail, mailable, measured, size_in_name
    from digest.editing.body.plain import FLAT, line, prose, text, text_and_prose, tidy
    from digest.editing.body.remnants import (
        Origin,
        may_hold_marks,
        origin,
        plain_markdown,
        shown,
        without_endings,
        without_marks,
        without_shortcodes,
    )
else:
    __getattr__ = opener(
        __name__,
        {
            "cleaning": "ALWAYS RULES clean size_of",
            "lazy": "WIDEST better_of candidates files_of is_shown is_stand_in picture_of",
            "links": "absolute is_beacon without_tracking",
            "markdown": "to_html",
            "pictures": "alt_text is_for_mail mailable measured size_in_name",
            "plain": "FLAT line prose text text_and_prose tidy",
            "remnants": "Origin may_hold_marks origin plain_markdown without_endings shown "
            "without_marks without_shortcodes",
        },
    )

__all__ = [
    "ALWAYS",
    "FLAT",
    "RULES",
    "WIDEST",
    "Origin",
    "absolute",
    "alt_text",
    "better_of",
    "candidates",
    "clean",
    "files_of",
    "is_beacon",
    "is_for_mail",
    "is_shown",
    "is_stand_in",
    "line",
    "mailable",
    "may_hold_marks",
    "measured",
    "origin",
    "picture_of",
    "plain_markdown",
    "prose",
    "shown",
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

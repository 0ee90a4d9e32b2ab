"""Owns what stands in a post and is none of its words: what generators, plug-ins and sites left.

It finds and takes out; what else a body may hold is the business of `cleaning`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from digest.lazy import opener

if TYPE_CHECKING:
    from digest.editing.body.remnants.endings import without_endings
    from digest.editing.body.remnants.escapes import coded, guarded, kept, shown
    from digest.editing.body.remnants.marks import may_hold_marks, plain_markdown, without_marks
    from digest.editing.body.remnants.origins import Origin, origin
    from digest.editing.body.remnants.shortcodes import end_names, without_shortcodes
    from digest.editing.body.remnants.widgets import filled_in, is_widget
else:
    __getattr__ = opener(
        __name__,
        {
            "endings": "without_endings",
            "escapes": "coded guarded kept shown",
            "marks": "may_hold_marks plain_markdown without_marks",
            "origins": "Origin origin",
            "shortcodes": "end_names without_shortcodes",
            "widgets": "filled_in is_widget",
        },
    )

__all__ = [
    "Origin",
    "coded",
    "end_names",
    "filled_in",
    "guarded",
    "is_widget",
    "kept",
    "may_hold_marks",
    "origin",
    "plain_markdown",
    "shown",
    "without_endings",
    "without_marks",
    "without_shortcodes",
]

"""Owns excerpts: the few lines that stand for a post, ended on a sentence, debris gone.

Also where sentences end and how words are counted, in every script. It refuses markup: its texts
are plain.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from digest.lazy import opener

if TYPE_CHECKING:
    from digest.editing.excerpt.debris import cut_mark, origin
    from digest.editing.excerpt.excerpt import ALWAYS, RULES, make
    from digest.editing.excerpt.leading import appeared_first, more_link
    from digest.editing.excerpt.sentences import shorten, split
    from digest.editing.excerpt.strays import ends_a_body
    from digest.editing.excerpt.telling_apart import distinct
    from digest.editing.excerpt.words import count, minutes
else:
    __getattr__ = opener(
        __name__,
        {
            "debris": "cut_mark origin",
            "leading": "appeared_first more_link",
            "excerpt": "ALWAYS RULES make",
            "sentences": "shorten split",
            "strays": "ends_a_body",
            "telling_apart": "distinct",
            "words": "count minutes",
        },
    )

__all__ = [
    "ALWAYS",
    "RULES",
    "appeared_first",
    "count",
    "cut_mark",
    "distinct",
    "ends_a_body",
    "make",
    "minutes",
    "more_link",
    "origin",
    "shorten",
    "split",
]

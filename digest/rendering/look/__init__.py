"""Owns how an issue looks: themes, colours, each picture's file and size, styled HTML.

It refuses to write a page, and to know what stands in it.
"""

from __future__ import annotations

from digest.rendering.look.long_words import may_hold_long_words, pliable
from digest.rendering.look.pictures import THUMBNAIL_WIDTH, fit, lead, thumbnail
from digest.rendering.look.styling import style
from digest.rendering.look.themes import Themes

__all__ = [
    "THUMBNAIL_WIDTH",
    "Themes",
    "fit",
    "lead",
    "may_hold_long_words",
    "pliable",
    "style",
    "thumbnail",
]

"""Owns the newsletter's language: fixed words, dates, numbers, lists, and their direction.

It refuses to read a post's own language out of its words.
"""

from __future__ import annotations

from digest.rendering.words.catalogue import project_words
from digest.rendering.words.directions import joined, turn
from digest.rendering.words.labels import (
    PLURALS,
    are_shipped,
    counted,
    direction,
    listed,
    long_date,
    more_on_site,
    number,
    part_label,
    put,
    reading_time,
    series_label,
    unspoken,
    words,
)
from digest.rendering.words.placing import placed

__all__ = [
    "PLURALS",
    "are_shipped",
    "counted",
    "direction",
    "joined",
    "listed",
    "long_date",
    "more_on_site",
    "number",
    "part_label",
    "placed",
    "project_words",
    "put",
    "reading_time",
    "series_label",
    "turn",
    "unspoken",
    "words",
]

"""Owns the newsletter's language: fixed words, dates, numbers, lists, and their direction.

It refuses to read a post's own language out of its words.
"""

from __future__ import annotations

from digest.rendering.words.catalogue import project_words
from digest.rendering.words.directions import Names, joined, turn
from digest.rendering.words.holding import held, held_within
from digest.rendering.words.labels import (
    PLURALS,
    Wording,
    are_shipped,
    direction,
    listed,
    long_date,
    number,
    put,
    unspoken,
    words,
)
from digest.rendering.words.placing import placed

__all__ = [
    "PLURALS",
    "Names",
    "Wording",
    "are_shipped",
    "direction",
    "held",
    "held_within",
    "joined",
    "listed",
    "long_date",
    "number",
    "placed",
    "project_words",
    "put",
    "turn",
    "unspoken",
    "words",
]

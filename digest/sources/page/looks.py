"""Tells how a copied line looks: like a title or an excerpt, cut, dated.

Pure; holds the lines and blocks that copied pages are read into.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from digest.editing.excerpt import count, cut_mark, split
from digest.sources.page.lines import Meta

_BYLINE = re.compile(r"[.:–—,-]?\s+\(?[Bb]y\s+[^\W\d_a-z][\w.’'-]+(?:\s+\S+){0,8}$")
_OPENING_LABEL = re.compile(
    r"[^.!?]{2,40}:\s|(?:in conversation with|introducing|book review|meet|blog \w+)\b", re.I
)
# how much so many words, or more, speak for an excerpt
_BY_WORDS = ((40, 3.0), (25, 2.0), (16, 0.5), (10, -0.5), (0, -1.5))


@dataclass
class Unit:
    """Hold one line of text: how many blank lines stand before it, and what was said behind it.

    `shown` is the text without the "Read More…" it may end in.
    """

    text: str
    shown: str
    gap: int
    weight: float
    metas: list[Meta] = field(default_factory=list)
    starts_post: bool = False


@dataclass
class Block:
    """Hold the lines up to one "Read More…", or all of a page that has none."""

    units: list[Unit] = field(default_factory=list)
    metas: list[Meta] = field(default_factory=list)
    is_closed: bool = False


def is_dated(metas: Sequence[Meta]) -> bool:
    """Tell whether what was said of a post has its date."""
    return any(meta.published_at for meta in metas)


def like_text(unit: Unit) -> float:
    """Return how much a line looks like an excerpt (above 0) rather than a title (below)."""
    text, words = unit.text, count(unit.text)
    has_byline = bool(_BYLINE.search(text)) and words < 30
    sentences = len(split(text[:1500]))
    score = next(points for least, points in _BY_WORDS if words >= least)
    score += _by_ending(unit, has_byline=has_byline)
    score += 0.75 * min(sentences - 1 - has_byline, 2)
    score -= 2.5 * has_byline
    score += 1.0 * text[:1].islower()
    score -= 0.75 * (words < 25 and bool(_OPENING_LABEL.match(text)))
    score -= 1.0 * (words < 30 and text[-1:] not in ".!" and _has_facts(unit))
    return score - unit.weight


def _by_ending(unit: Unit, *, has_byline: bool) -> float:
    """Return what a line's end says: only excerpts are cut, few titles end with a stop."""
    if is_cut(unit) or unit.shown != unit.text:
        return 4.0
    last = unit.text[-1:]
    if last in ".!。！" and not has_byline:
        return 1.5
    return 0.0 if last in "?？" else -1.0


def _has_facts(unit: Unit) -> bool:
    """Tell whether a date or an author is said right below a line, as it is below titles."""
    return any(meta.published_at or meta.authors for meta in unit.metas)


def is_cut(unit: Unit) -> bool:
    """Tell whether a line ends in "[…]" or the like, as only excerpts do."""
    return bool(cut_mark(unit.shown).gone)

"""Puts posts in an order that leaves nothing to chance: ties are broken by id."""

from __future__ import annotations

from collections.abc import Callable
from math import inf
from typing import Any

from digest.models import Order, Post, Selectors, SeriesPart
from digest.selection.matching import match_key


def seconds(post: Post) -> float:
    """Return when a post counts from, in seconds since 1970."""
    dated_at = post.dated_at
    return dated_at.timestamp() if dated_at else -inf


def place(order: Order, selectors: Selectors) -> Callable[[Post], tuple[Any, ...]]:
    """Return the sort key of an order. `selectors` tell which of its series a post is sorted by.

    With "series", posts of a series stand together, part by part; posts in none follow, newest
    first.
    """
    if order == "oldest":
        return lambda post: (seconds(post), post.id)
    if order == "title":
        return lambda post: (match_key(post.title) or post.title, post.title, post.id)
    if order == "series":
        wanted = {match_key(name) for name in selectors.series}
        return lambda post: _in_series(post, wanted)
    return lambda post: (-seconds(post), post.id)


def _in_series(post: Post, wanted: set[str]) -> tuple[Any, ...]:
    part = _the_series(post, wanted)
    if part is None:
        return (True, -seconds(post), post.id)
    number = inf if part.part is None else float(part.part)
    return (False, match_key(part.name) or part.name, number, part.label, seconds(post), post.id)


def _the_series(post: Post, wanted: set[str]) -> SeriesPart | None:
    asked = (part for part in post.series if {match_key(part.name), match_key(part.slug)} & wanted)
    return next(asked, post.series[0] if post.series else None)

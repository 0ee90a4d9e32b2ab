"""Picks older posts for a thin issue, always the same ones for the same issue number."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import date, datetime, time, timedelta

from digest.machine.hashing import blake2b
from digest.models import Edition, Evergreen, Post, Selectors, Window
from digest.selection import times
from digest.selection.matching import matches

Span = tuple[datetime, datetime]
YEARS_BACK = 40
_MOST_DAYS = 31


def rank(edition: str, number: int) -> Callable[[str], str]:
    """Return what gives each post id its place in the issue of a number.

    As good as chance, and lasting.
    >>> rank("weekly", 7)("a") == rank("weekly", 7)("a") != rank("weekly", 8)("a")
    True
    """

    def place(id_: str) -> str:
        return blake2b(f"{edition}/{number}/{id_}".encode(), digest_size=12).hexdigest()

    return place


def selectors(edition: Edition, pool: Evergreen) -> Selectors:
    """Return the pool's own selectors, the edition's where it has none."""
    return edition.selectors if pool.selectors == Selectors() else pool.selectors


def spans(pool: Evergreen, window: Window, dated: date, timezone: str) -> tuple[Span, ...]:
    """Return the spans of time an issue's older posts may come from, in UTC.

    That is all the time up to `min_age` before the issue's date, and never later than its window;
    with `anniversary` only the days of the window (at most a month) in each of the former years.

    Raises:
        ConfigError: if `min_age` is no duration, or the zone none.
        UsageError: if no issue can have that date.
    """
    zone = times.zone(timezone)
    begins = dated + timedelta(days=1)
    oldest = times.back(times.end_of_day(dated, zone), times.duration(pool.min_age), zone, begins)
    until = min(oldest, window.start_at)
    if not pool.anniversary:
        return ((times.EARLIEST, until),)
    first = max(window.start_at.astimezone(zone).date(), dated - timedelta(days=_MOST_DAYS - 1))
    first = min(first, dated)
    found = []
    for years in range(1, YEARS_BACK + 1):
        length = times.Duration(months=12 * years)
        start, end = (
            times.days_before(first, length),
            times.days_before(dated, length) + timedelta(days=1),
        )
        found.append(
            (times.moment(start, time(0), zone), min(times.moment(end, time(0), zone), until))
        )
    return tuple((start, end) for start, end in found if start < end)


def ranked(edition: Edition, pool: Evergreen, number: int, posts: Iterable[Post]) -> list[Post]:
    """Return those of the posts that fulfil the pool's selectors, the lowest rank first."""
    wanted, place = selectors(edition, pool), rank(edition.name, number)
    fitting = (post for post in posts if matches(post, wanted))
    return sorted(fitting, key=lambda post: place(post.id))

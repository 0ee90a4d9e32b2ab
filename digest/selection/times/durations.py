"""Reads durations and finds moments on the clocks of a zone, whatever daylight saving does."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime, time, timedelta
from functools import lru_cache
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from digest.errors import ConfigError, UsageError
from digest.lazy import regex
from digest.models import Value

EARLIEST = datetime(1, 1, 1, tzinfo=UTC)
"""Where counting back stops."""

_DURATION = regex(r"(\d+)\s*([a-z]+)", re.I)
_ISSUES = regex(r"(\d{1,4})\s*issues?")
_UNITS = {
    "minute": "minutes", "min": "minutes", "hour": "hours", "h": "hours",
    "day": "days", "d": "days",
    "week": "weeks", "w": "weeks", "month": "months", "year": "years",
}  # fmt: skip
_DAY_SECONDS = 86_400


class Duration(Value):
    """Hold a length of time: calendar months and days, and seconds by the stopwatch."""

    months: int = 0
    days: int = 0
    seconds: int = 0

    @property
    def fixed_seconds(self) -> int:
        """Return the length by the stopwatch, a day taken as 24 hours and a month as 30 days."""
        return (self.months * 30 + self.days) * _DAY_SECONDS + self.seconds


@lru_cache(maxsize=256)
def duration(text: str, where: str = "") -> Duration:
    """Return the duration that a text such as "7 days", "2 weeks", "12 hours" or "1 month" names.

    >>> duration("2 weeks").days, duration("90 minutes").seconds, duration("0").fixed_seconds
    (14, 5400, 0)

    Raises:
        ConfigError: if it is no duration; `where` names the key.
    """
    cleaned = text.strip()
    if cleaned == "0":
        return Duration()
    found = _DURATION.fullmatch(cleaned)
    unit = found and (
        _UNITS.get(found[2].lower()) or _UNITS.get(found[2].lower().removesuffix("s"))
    )
    if not found or not unit:
        raise ConfigError(
            f'"{text}" is no duration',
            where=where,
            hint='Write it as "7 days", "2 weeks" or "12 hours".',
        )
    number = int(found[1])
    return {
        "minutes": Duration(seconds=number * 60),
        "hours": Duration(seconds=number * 3600),
        "days": Duration(days=number),
        "weeks": Duration(days=number * 7),
        "months": Duration(months=number),
        "years": Duration(months=number * 12),
    }[unit]


def issues(text: str, where: str = "") -> int | None:
    """Return how many issues "2 issues" or "never" name, None for an empty text: any number.

    >>> issues("2 issues"), issues("1 issue"), issues("never"), issues("")
    (2, 1, 0, None)

    Raises:
        ConfigError: if it is neither; `where` names the key.
    """
    cleaned = text.strip().lower()
    if not cleaned:
        return None
    if cleaned == "never":
        return 0
    if found := _ISSUES.fullmatch(cleaned):
        return int(found[1])
    raise ConfigError(
        f'"{text}" is no number of issues',
        where=where,
        hint='Write it as "2 issues", or "never".',
    )


def zone(name: str) -> ZoneInfo:
    """Return a time zone.

    Raises:
        ConfigError: if there is none of that name.
    """
    try:
        return ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError) as exc:
        raise ConfigError(
            f'"{name}" is no time zone',
            where="[newsletter] timezone",
            hint='Write it as "Europe/London".',
        ) from exc


def moment(day: date, at: time, where: ZoneInfo) -> datetime:
    """Return when the clocks show a time of day, in UTC.

    A time the clocks skip is the moment they skip it; of a time they show twice, it is the first.

    >>> moment(date(2018, 11, 4), time(0), ZoneInfo("America/Sao_Paulo")).isoformat()
    '2018-11-04T03:00:00+00:00'
    """
    wall = datetime.combine(day, at)
    late = wall.replace(tzinfo=where).astimezone(UTC)
    # The other reading of the same time lies before it only where the clocks skip it.
    early = wall.replace(tzinfo=where, fold=1).astimezone(UTC)
    while late - early > timedelta(seconds=1):
        middle = (early + (late - early) / 2).replace(microsecond=0)
        if middle.astimezone(where).replace(tzinfo=None) >= wall:
            late = middle
        else:
            early = middle
    return late


def end_of_day(day: date, where: ZoneInfo) -> datetime:
    """Return when a day ends, which is when the next one begins, in UTC.

    Raises:
        UsageError: if the date lies outside the years that clocks are known for.
    """
    if not 1900 <= day.year <= 2900:
        raise UsageError(
            f"no issue can be dated {day.isoformat()}",
            hint="Give a date between the years 1900 and 2900.",
        )
    return moment(day + timedelta(days=1), time(0), where)


def back(
    end_at: datetime, length: Duration, where: ZoneInfo, begins: date | None = None
) -> datetime:
    """Return the moment that lies a duration before another: days and months by the calendar there.

    The clocks show the same time of day at both ends of a number of days, so a week may have 167
    hours. `begins` is the day that begins at `end_at`: the clocks may not tell, where midnight or a
    whole day was skipped.
    """
    try:
        if not (length.months or length.days):
            return end_at - timedelta(seconds=length.seconds)
        wall = end_at.astimezone(where)
        day, at = (begins, time(0)) if begins else (wall.date(), wall.time())
        return moment(_months_before(day, length.months) - timedelta(days=length.days), at, where)
    except (OverflowError, ValueError):
        return EARLIEST


def days_before(day: date, length: Duration) -> date:
    """Return the date that lies a duration before another by the calendar; hours do not count.

    >>> days_before(date(2026, 3, 31), Duration(months=1))
    datetime.date(2026, 2, 28)
    >>> days_before(date(2026, 12, 31), Duration(months=1))
    datetime.date(2026, 11, 30)
    >>> days_before(date(2026, 3, 1), Duration(days=7))
    datetime.date(2026, 2, 22)
    >>> days_before(date(2026, 3, 1), Duration(months=99_999))
    datetime.date(1, 1, 1)
    """
    try:
        return _months_before(day, length.months) - timedelta(days=length.days)
    except (OverflowError, ValueError):
        return date.min


def _months_before(day: date, months: int) -> date:
    count = day.year * 12 + day.month - 1 - months
    first = date(count // 12, count % 12 + 1, 1)
    following = date((count + 1) // 12, (count + 1) % 12 + 1, 1)
    return first + timedelta(days=min(day.day, (following - first).days) - 1)

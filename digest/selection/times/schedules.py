"""Works out which issue of a schedule is due, on the clocks of a zone.

Nothing here starts anything: a scheduler of the machine calls `digest build`, however irregularly,
and a run that was missed is caught up as one issue, never as several.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from digest.knowledge.schedules import Schedule
from digest.selection.times import durations

_FARTHEST_DAYS = 800


def scheduled_at(planned: Schedule, day: date, timezone: str) -> datetime | None:
    """Return when the issue of a day is due, in UTC.

    None on other days, or if no time of day is named.

    Raises:
        ConfigError: if the time zone is none.
    """
    if planned.at is None or not planned.is_on(day):
        return None
    return durations.moment(day, planned.at, durations.zone(timezone))


def due(planned: Schedule, timezone: str, now: datetime, issues: Iterable[date]) -> date | None:
    """Return the date of the issue that is due now, or None if there is none.

    It is the latest date the schedule named so far, unless an issue of that date or a later one
    exists (or was skipped: pass those dates too). A schedule without a time of day is due from that
    day's start.

    Raises:
        ConfigError: if the time zone is none.
    """
    last = latest(planned, timezone, now)
    return last if last and last > max(issues, default=date.min) else None


def latest(planned: Schedule, timezone: str, now: datetime) -> date | None:
    """Return the last date that the schedule named so far, None if it has not begun.

    Raises:
        ConfigError: if the time zone is none.
    """
    zone = durations.zone(timezone)
    today = now.astimezone(zone).date()
    days = (today - timedelta(days=back) for back in range(_FARTHEST_DAYS))
    return next(
        (day for day in days if _is_on(planned, day, zone) and _begins(planned, day, zone) <= now),
        None,
    )


def upcoming(planned: Schedule, timezone: str, now: datetime) -> date | None:
    """Return the next date that the schedule will name, None if it is too far away to matter.

    Raises:
        ConfigError: if the time zone is none.
    """
    zone = durations.zone(timezone)
    first = max(now.astimezone(zone).date(), planned.first)
    days = (first + timedelta(days=ahead) for ahead in range(_FARTHEST_DAYS))
    return next(
        (day for day in days if _is_on(planned, day, zone) and _begins(planned, day, zone) > now),
        None,
    )


def _begins(planned: Schedule, day: date, zone: ZoneInfo) -> datetime:
    return durations.moment(day, planned.at or time(0), zone)


def _is_on(planned: Schedule, day: date, zone: ZoneInfo) -> bool:
    """Tell whether a schedule names a day that the zone has.

    A few left one out to cross the date line.
    """
    if not planned.is_on(day):
        return False
    noon = datetime.combine(day, time(12), zone)
    return noon.astimezone(UTC).astimezone(zone).date() == day

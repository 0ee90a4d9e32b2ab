"""Reads schedules such as "weekly on monday at 08:00" and works out which issue is due.

Nothing here starts anything: a scheduler of the machine calls `digest build`, however irregularly, and a
run that was missed is caught up as one issue, never as several.
"""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Iterable
from datetime import date, datetime, time, timedelta
from functools import lru_cache
from typing import Literal

from digest.errors import ConfigError
from digest.models import Value
from digest.selection import times

_DAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
_DAY = "|".join(_DAYS)
_NTH = {"first": 1, "second": 2, "third": 3, "fourth": 4, "last": -1}
_FORMS = tuple(
    re.compile(form + r"(?: at (?P<hour>\d{1,2}):(?P<minute>\d\d))?")
    for form in (
        r"(?P<daily>daily|every day)",
        r"(?P<workdays>workdays|weekdays)",
        rf"(?:weekly on|every) (?P<weekly>{_DAY})",
        rf"every (?P<weeks>other|\d{{1,2}}) weeks? on (?P<weekday>{_DAY})",
        rf"(?:monthly on the |monthly on |every )?(?P<nth>{'|'.join(_NTH)}) (?P<of>{_DAY})(?: of the month)?",
        r"monthly on (?:the )?(?P<day>last day|\d{1,2}(?:st|nd|rd|th)?)",
    )
)
_FIRST_MONDAY = date(1970, 1, 5)
_FARTHEST_DAYS = 800


class Schedule(Value, frozen=True):
    """Hold when issues are due, in the newsletter's zone; without `at`, at the end of the day.

    `every` counts weeks; weeks are counted from 1970-01-05, so that every other week needs no memory.
    `nth` is the place of a weekday in its month, -1 the last; `day` is the day of the month, -1 the last.
    """

    kind: Literal["weekdays", "nth", "day"]
    weekdays: tuple[int, ...] = ()
    every: int = 1
    nth: int = 0
    day: int = 0
    at: time | None = None

    def is_on(self, day: date) -> bool:
        """Tell whether an issue is due on a day.

        A month without the day has its issue on its last day.
        """
        last = monthrange(day.year, day.month)[1]
        if self.kind == "day":
            return day.day == (last if self.day == -1 else min(self.day, last))
        if day.weekday() not in self.weekdays:
            return False
        if self.kind == "nth":
            return day.day > last - 7 if self.nth == -1 else (day.day - 1) // 7 + 1 == self.nth
        return (day - _FIRST_MONDAY).days // 7 % self.every == 0


@lru_cache(maxsize=64)
def schedule(text: str, where: str = "") -> Schedule:
    """Return the schedule that a text names.

    >>> schedule("weekly on monday at 08:00").weekdays, schedule("last tuesday").nth
    ((0,), -1)

    Raises:
        ConfigError: if it names none; `where` names the key.
    """
    cleaned = " ".join(text.casefold().split())
    for form in _FORMS:
        if found := form.fullmatch(cleaned):
            try:
                return _schedule({name: part for name, part in found.groupdict().items() if part})
            except ValueError:
                break
    raise ConfigError(
        f'"{text}" is no schedule', where=where,
        hint='Write "weekly on monday at 08:00", "every other week on friday", "last tuesday" or '
        '"monthly on the 15th at 09:30".',
    )  # fmt: skip


def _schedule(parts: dict[str, str]) -> Schedule:
    at = time(int(parts["hour"]), int(parts["minute"])) if "hour" in parts else None
    if "daily" in parts:
        return Schedule(kind="weekdays", weekdays=tuple(range(7)), at=at)
    if "workdays" in parts:
        return Schedule(kind="weekdays", weekdays=tuple(range(5)), at=at)
    if "weekly" in parts:
        return Schedule(kind="weekdays", weekdays=(_DAYS.index(parts["weekly"]),), at=at)
    if "weekday" in parts:
        every = 2 if parts["weeks"] == "other" else int(parts["weeks"])
        if not every:
            raise ValueError(every)
        return Schedule(kind="weekdays", weekdays=(_DAYS.index(parts["weekday"]),), every=every, at=at)
    if "nth" in parts:
        return Schedule(kind="nth", weekdays=(_DAYS.index(parts["of"]),), nth=_NTH[parts["nth"]], at=at)
    day = -1 if parts["day"] == "last day" else int(parts["day"].rstrip("sthnrd"))
    if day not in {-1, *range(1, 32)}:
        raise ValueError(day)
    return Schedule(kind="day", day=day, at=at)


def scheduled_at(planned: Schedule, day: date, timezone: str) -> datetime | None:
    """Return when the issue of a day is due, in UTC; None on other days, or if no time of day is named.

    Raises:
        ConfigError: if the time zone is none.
    """
    if planned.at is None or not planned.is_on(day):
        return None
    return times.moment(day, planned.at, times.zone(timezone))


def due(planned: Schedule, timezone: str, now: datetime, issues: Iterable[date]) -> date | None:
    """Return the date of the issue that is due now, or None if there is none.

    It is the latest date the schedule named so far, unless an issue of that date or a later one exists
    (or was skipped: pass those dates too). A schedule without a time of day is due from that day's start.

    Raises:
        ConfigError: if the time zone is none.
    """
    zone = times.zone(timezone)
    today = now.astimezone(zone).date()
    latest = max(issues, default=date.min)
    for back in range(_FARTHEST_DAYS):
        day = today - timedelta(days=back)
        if day <= latest:
            return None
        if planned.is_on(day) and times.moment(day, planned.at or time(0), zone) <= now:
            return day
    return None

"""Owns the words of a schedule.

Reads "weekly on monday at 08:00" and tells of any day whether it names it. Days and times of day
only. Which moment that is on the clocks of a zone, and which issue is due, is for selection to say.
"""

from __future__ import annotations

import re
from datetime import date, time, timedelta
from functools import lru_cache
from typing import Literal

from digest.errors import ConfigError
from digest.models import Value

HINT = (
    'Write it as "weekly on monday at 08:00", "every other week on friday at 07:30", '
    '"last tuesday at 09:00", "monthly on 1 at 06:00", "weekdays at 07:00" or "daily at 07:00".'
)
EPOCH = date(1970, 1, 5)
"""The Monday from which weeks are counted, where the schedule names no day of its own."""

WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
_NUMBERS = {
    "one": 1, "two": 2, "other": 2, "second": 2, "three": 3, "third": 3, "four": 4, "fourth": 4,
}  # fmt: skip
_PLACES = {
    "first": 1,
    "1st": 1,
    "second": 2,
    "2nd": 2,
    "third": 3,
    "3rd": 3,
    "fourth": 4,
    "4th": 4,
    "last": -1,
}
_DAY = "|".join(f"{name}|{name[:3]}" for name in WEEKDAYS)
_DAYS = rf"(?P<days>(?:{_DAY})s?(?:(?:\s*,\s*|\s+and\s+|\s*,\s*and\s+)(?:{_DAY})s?)*)"
_WEEKS = rf"fortnightly|every\s+(?:\d+|{'|'.join(_NUMBERS)})\s+weeks?"
_PLACE = rf"(?P<place>{'|'.join(_PLACES)})\s+(?P<day>{_DAY})"
_DATE = r"(?:(?P<date>\d{1,2})(?:st|nd|rd|th)|(?P<end>last\s+day))"
_A_MONTH = r"\s+(?:of|in)\s+(?:the|every|each)\s+month"
_FORMS = (
    ("weekly", r"(?P<daily>daily|every\s+day)"),
    ("weekly", r"(?:on\s+|every\s+)?(?P<workdays>weekdays?|workdays?)"),
    ("weekly", rf"(?:weekly\s+on|every|every\s+week\s+on)\s+{_DAYS}"),
    ("weekly", rf"(?:{_WEEKS})\s+on\s+{_DAYS}"),
    ("place", rf"(?:monthly\s+on\s+|on\s+|every\s+)?(?:the\s+)?{_PLACE}(?:{_A_MONTH})?"),
    ("date", rf"(?:monthly\s+on|on)?\s*(?:the\s+)?{_DATE}{_A_MONTH}"),
    ("date", rf"monthly\s+on\s+(?:the\s+)?(?:{_DATE}|(?:day\s+)?(?P<number>\d{{1,2}}))"),
)
_WHOLE = (
    r"(?P<days>.+?)(?:\s+at\s+(?P<hour>\d{1,2})[:.](?P<minute>\d{2}))?"
    r"(?:\s+from\s+(?P<first>\d{4}-\d{2}-\d{2}))?"
)


class Schedule(Value):
    """Hold which days an edition comes out on, and at what time of day there.

    None is the end of the day. A "weekly" schedule names `weekdays` (Monday is 0) of every so many
    weeks, counted from `first`. A "place" is the nth of a weekday in a month, -1 the last. A "date"
    is a day of the month; in a shorter month, its last day.
    """

    kind: Literal["weekly", "place", "date"]
    at: time | None = None
    weekdays: tuple[int, ...] = ()
    every_weeks: int = 1
    first: date = EPOCH
    place: int = 0
    day: int = 0

    def is_on(self, day: date) -> bool:
        """Tell whether an issue comes out on a day.

        >>> schedule("last tuesday at 09:00").is_on(date(2026, 11, 24))
        True
        """
        if self.first != EPOCH and day < self.first:
            return False
        if self.kind == "date":
            from calendar import monthrange

            return day.day == min(self.day, monthrange(day.year, day.month)[1])
        if day.weekday() not in self.weekdays:
            return False
        if self.place == -1:
            return (day + timedelta(weeks=1)).month != day.month
        if self.place:
            return (day.day + 6) // 7 == self.place
        monday = self.first - timedelta(days=self.first.weekday())
        return (day - monday).days // 7 % self.every_weeks == 0


@lru_cache(maxsize=256)
def schedule(text: str, where: str = "") -> Schedule:
    """Return the schedule that a text names.

    >>> schedule("every other week on friday at 07:30").every_weeks
    2

    Raises:
        ConfigError: if it is not understood; `where` names the key, and the hint shows examples.
    """
    whole = re.fullmatch(_WHOLE, " ".join(text.lower().split()))
    try:
        at = time(int(whole["hour"]), int(whole["minute"])) if whole and whole["hour"] else None
        first = date.fromisoformat(whole["first"]) if whole and whole["first"] else EPOCH
    except ValueError as exc:
        raise ConfigError(f'"{text}" is no schedule: {exc}', where=where, hint=HINT) from exc
    for kind, form in _FORMS:
        if whole and (found := re.fullmatch(form, whole["days"])):
            return _read(kind, found, at, first, text, where)
    raise ConfigError(f'"{text}" is no schedule', where=where, hint=HINT)


def _read(
    kind: str, found: re.Match[str], at: time | None, first: date, text: str, where: str
) -> Schedule:
    said = found.groupdict()
    if kind == "place":
        weekday = _weekdays(said["day"])
        return Schedule(
            kind="place", at=at, first=first, weekdays=weekday, place=_PLACES[said["place"]]
        )
    if kind == "date":
        day = 31 if said["end"] else int(said["date"] or said["number"])
        if not 1 <= day <= 31:
            raise ConfigError(
                f'"{text}" is no schedule: no month has a day {day}', where=where, hint=HINT
            )
        return Schedule(kind="date", at=at, first=first, day=day)
    if said.get("daily"):
        return Schedule(kind="weekly", at=at, first=first, weekdays=tuple(range(7)))
    if said.get("workdays"):
        return Schedule(kind="weekly", at=at, first=first, weekdays=tuple(range(5)))
    days = _weekdays(said["days"])
    every = _every(found[0])
    if every < 1:
        raise ConfigError(f'"{text}" is no schedule: it never comes', where=where, hint=HINT)
    return Schedule(kind="weekly", at=at, first=first, weekdays=days, every_weeks=every)


def _weekdays(text: str) -> tuple[int, ...]:
    named = re.findall(_DAY, text)
    return tuple(
        sorted(
            {
                number
                for number, name in enumerate(WEEKDAYS)
                if any(name[:3] == n[:3] for n in named)
            }
        )
    )


def _every(text: str) -> int:
    if text.startswith("fortnightly"):
        return 2
    found = re.match(r"every\s+(\S+)\s+weeks?\b", text)
    if not found:
        return 1
    return int(found[1]) if found[1].isdigit() else _NUMBERS[found[1]]

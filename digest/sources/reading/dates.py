"""Dates as posts carry them, read as aware UTC.

Understood is only what can mean one thing: ISO 8601, the form of mails and RSS, and days with the
month's name or the year first. "11/12/2026" means two days and is refused. A time without a
zone is in the newsletter's: one that daylight saving repeats is the earlier one, one that it skips
is moved on by the gap.
"""

from __future__ import annotations

import re
from datetime import UTC, date, datetime, timedelta, timezone, tzinfo
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from digest.errors import ConfigError
from digest.lazy import regex
from digest.sources.base import SourceSettings
from digest.sources.reading.months import MONTHS

EARLIEST = 1990
LATEST = 2200
MAX_OFFSET_MINUTES = 14 * 60

_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_DAY_NAME = r"(?:[^\W\d_]{2,12}\.?,?\s+)?"
_OF = r"(?:\s+de)?"  # "25 de noviembre de 2026"
_MONTH = r"(?P<name>[^\W\d_]{3,12})\.?"
# a zone by its offset, by a name of the table below, or as the IANA names it; a note may follow
_ZONE = (
    r"(?P<zone>Z|(?:UTC|GMT)?[+-]\d\d(?::?\d\d)?|[A-Z]{2,5}|[A-Z][A-Za-z_]+/[A-Za-z_/+-]+)?"
    r"(?:\s*\([^()]{1,60}\)|\[[\w/+-]{1,60}\])?"
)
_CLOCK = (
    r"(?:(?:[T\s]|,\s|\sat\s)\s*(?P<hour>\d{1,2}):(?P<minute>\d{1,2})"
    r"(?::(?P<second>\d{1,2})(?:[.,]\d{1,9})?)?"
    rf"\s*(?P<half>[ap]\.?m\.?(?![a-z]))?)?\s*{_ZONE}"
)
# offsets from UTC in minutes; "IST" and "AST" mean several zones, and are refused
_ZONES = {
    "Z": 0, "UTC": 0, "UT": 0, "GMT": 0, "WET": 0,
    "BST": 60, "WEST": 60, "CET": 60, "MEZ": 60, "CEST": 120, "MESZ": 120, "EET": 120,
    "SAST": 120, "EEST": 180, "MSK": 180,
    "EST": -300, "EDT": -240, "CST": -360, "CDT": -300, "MST": -420, "MDT": -360,
    "PST": -480, "PDT": -420, "AKST": -540, "AKDT": -480, "HST": -600, "NST": -210, "NDT": -150,
    "AWST": 480, "SGT": 480, "HKT": 480, "JST": 540, "KST": 540, "ACST": 570, "ACDT": 630,
    "AEST": 600, "AEDT": 660, "NZST": 720, "NZDT": 780,
}  # fmt: skip
_FORMS = tuple(
    regex(day + _CLOCK, re.IGNORECASE)
    for day in (
        r"(?P<year>\d{4})-(?P<month>\d\d?)-(?P<day>\d\d?)",
        r"(?P<year>\d{4})/(?P<month>\d\d?)/(?P<day>\d\d?)",
        r"(?P<year>\d{4})(?P<month>\d\d)(?P<day>\d\d)",
        rf"{_DAY_NAME}(?P<day>\d\d?)(?:st|nd|rd|th|er"
        rf"|\.)?{_OF}[\s-]+{_MONTH}{_OF}[\s,-]+(?P<year>\d{{4}})",
        rf"{_DAY_NAME}{_MONTH}\s+(?P<day>\d\d?)(?:st|nd|rd|th)?,?\s+(?P<year>\d{{4}})",
    )
)
_MAIL = regex(
    r"(?:[A-Za-z]{3,9},?\s+)?(?:\d\d?[\s-]+[A-Za-z]{3,9}\.?[\s-]+(?:\d\d|\d{4})"
    r"|[A-Za-z]{3,9}\s+\d\d?)\s+\d\d?:\d\d"
)


def zone_of(settings: SourceSettings) -> ZoneInfo:
    """Return the zone of dates that carry none.

    Raises:
        ConfigError: if nobody knows the zone's name.
    """
    try:
        return ZoneInfo(settings.timezone)
    except (ZoneInfoNotFoundError, ValueError, OSError) as exc:
        hint = 'Write a name such as "Europe/Copenhagen".'
        raise ConfigError(
            f'unknown time zone "{settings.timezone}"', where=settings.where, hint=hint
        ) from exc


def read_date(value: object, zone: ZoneInfo) -> datetime | None:
    """Return a date or time in UTC; None if it is no date, means two days, or lies before 1990.

    >>> read_date("2026-11-22 08:00:00 +0100", ZoneInfo("UTC")).isoformat()
    '2026-11-22T07:00:00+00:00'
    >>> read_date("22 November 2026", ZoneInfo("Europe/Copenhagen")).isoformat()
    '2026-11-21T23:00:00+00:00'
    >>> read_date("11/12/2026", ZoneInfo("UTC")) is None
    True
    """
    try:
        if isinstance(value, datetime):
            found: datetime | None = value
        elif isinstance(value, date):
            found = datetime(value.year, value.month, value.day)  # noqa: DTZ001 -- its zone follows
        else:
            found = _read_text(" ".join(value.split())) if isinstance(value, str) else None
        if found is None or not EARLIEST <= found.year < LATEST:
            return None
        return (found if found.tzinfo else found.replace(tzinfo=zone)).astimezone(UTC)
    except (ValueError, OverflowError, ZoneInfoNotFoundError, OSError):
        return None


def _read_text(text: str) -> datetime | None:
    if len(text) > 100:
        return None
    for form in _FORMS:
        if found := form.fullmatch(text):
            return _built(found)
    return _read_mail_date(text)


def _built(found: re.Match[str]) -> datetime:
    parts = found.groupdict()
    month = int(parts["month"]) if parts.get("month") else _month(parts["name"])
    hour = int(parts["hour"] or 0)
    if half := (parts["half"] or "").lower().replace(".", ""):
        if not 1 <= hour <= 12:
            raise ValueError("no hour of a half day")
        hour = hour % 12 + 12 * (half == "pm")
    second = min(int(parts["second"] or 0), 59)  # a leap second is one too many for datetime
    minute = int(parts["minute"] or 0)
    is_midnight = (hour, minute, second) == (24, 0, 0)  # ISO 8601's end of the day
    moment = datetime(
        int(parts["year"]),
        month,
        int(parts["day"]),
        0 if is_midnight else hour,
        minute,
        second,
        tzinfo=_offset(parts["zone"]),
    )
    return moment + timedelta(days=is_midnight)


def _month(name: str) -> int:
    """Return a month's number by its name; one that nobody knows is a ValueError."""
    name = name.casefold()
    if name[:3] in _MONTHS and name.isascii() and name not in MONTHS:
        return _MONTHS.index(name[:3]) + 1
    if name not in MONTHS:
        raise ValueError("no such month")
    return MONTHS[name]


def _offset(text: str | None) -> tzinfo | None:
    if not text:
        return None
    if text.upper() in _ZONES:
        return timezone(timedelta(minutes=_ZONES[text.upper()]))
    if "/" in text:
        return ZoneInfo(text)
    text = re.sub(r"^(?:UTC|GMT)", "", text, flags=re.IGNORECASE)
    if text[0] not in "+-":
        raise ValueError("a zone that nobody knows, or that is two")
    digits = text[1:].replace(":", "").ljust(4, "0")
    minutes = int(digits[:2]) * 60 + int(digits[2:])
    if minutes > MAX_OFFSET_MINUTES or int(digits[2:]) > 59:
        raise ValueError("no such offset")
    return timezone(timedelta(minutes=minutes if text[0] == "+" else -minutes))


def _read_mail_date(text: str) -> datetime | None:
    """Read the dates of mails and RSS, with the zone names they may carry ("EST")."""
    if not _MAIL.match(text):
        return None
    from email.utils import parsedate_tz  # brings sockets with it, which a folder has no use for

    found = parsedate_tz(text)
    if not found:
        return None
    if found[9] is None:
        known = re.search(r"-0000$|\b(?:GMT|UTC|UT|Z)$", text)
        return datetime(*found[:6], tzinfo=UTC if known else None)
    if abs(found[9]) > MAX_OFFSET_MINUTES * 60:
        return None
    return datetime(*found[:6], tzinfo=timezone(timedelta(seconds=found[9])))

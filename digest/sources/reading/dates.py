"""Dates as posts carry them, read as aware UTC.

Understood is only what can mean one thing: ISO 8601, the form of mails and RSS, days with the
month's name or the year first, and "25.11.2026". "11/12/2026" means two days and is refused. A
time without a zone is in the newsletter's: one that daylight saving repeats is the earlier one, one
that it skips is moved on by the gap.
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
_BUDDHIST = 543
MAX_OFFSET_MINUTES = 14 * 60

_MONTHS = (
    "january", "february", "march", "april", "may", "june", "july", "august", "september",
    "october", "november", "december",
)  # fmt: skip
# a word of any script: those of India and Thailand hold marks that are no letters to a pattern
_WORD = r"[^\s\d.,:;/()+،-]"
_DAY_NAME = rf"(?:{_WORD}{{2,12}}\.?(?:[,،]\s*|\s+))?"
_OF = r"(?:\s+(?:de|of))?"  # "25 de noviembre de 2026", "25th of November 2026"
_MONTH = rf"(?:d[’'])?(?P<name>{_WORD}{{3,14}})\.?"
# a zone by its offset, by a name of the table below, or as the IANA names it; a note may follow
_ZONE = (
    r"(?P<zone>Z|(?:UTC|GMT)?[+-]\d\d?(?::?\d\d)?|[A-Z]{2,5}|[A-Z][A-Za-z_]+/[A-Za-z_/+-]+)?"
    r"(?:\s*\([^()]{1,60}\)|\[[\w/+-]{1,60}\])?"
)
# what stands before a time: "at", and the same in other languages; a day's name may stand there too
_AT = r"(?:[T\s]|,\s|(?:,?\s(?:at|à|um|om|kl\.?|klo|alle|a\slas|às|o|в|о)|\s?\([^()]{1,6}\))\s)"
_CLOCK = (
    rf"(?:{_AT}\s*(?P<hour>\d{{1,2}})[:.h](?P<minute>\d{{1,2}})"
    r"(?:[:.](?P<second>\d{1,2})(?:[.,]\d{1,9})?)?"
    rf"\s*(?:Uhr|hrs|uur|(?P<half>[ap]\.?m\.?(?![a-z])))?)?\s*{_ZONE}"
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
    regex(form, re.IGNORECASE)
    for form in (
        rf"(?P<year>\d{{4}})-(?P<month>\d\d?)-(?P<day>\d\d?){_CLOCK}",
        rf"(?P<year>\d{{4}})/(?P<month>\d\d?)/(?P<day>\d\d?){_CLOCK}",
        rf"(?P<year>\d{{4}})(?P<month>\d\d)(?P<day>\d\d){_CLOCK}",
        r"(?P<year>\d{4})(?P<month>\d\d)(?P<day>\d\d)T(?P<hour>\d\d)(?P<minute>\d\d)(?P<second>\d\d)?"
        rf"(?P<half>(?!))?{_ZONE}",
        # ISO 8601's day of a week, and day of a year
        rf"(?P<year>\d{{4}})-?W(?P<week>\d\d)-?(?P<weekday>[1-7]){_CLOCK}",
        rf"(?P<year>\d{{4}})-(?P<ordinal>\d{{3}}){_CLOCK}",
        rf"{_DAY_NAME}(?P<day>\d\d?)(?:st|nd|rd|th|er"
        rf"|\.)?{_OF}[\s-]+{_MONTH}{_OF}[\s,-]+(?P<year>\d{{4}}){_CLOCK}",
        rf"{_DAY_NAME}{_MONTH}\s+(?P<day>\d\d?)(?:st|nd|rd|th)?,?\s+(?P<year>\d{{4}}){_CLOCK}",
        # Japanese, Chinese and Korean; Hungarian; Vietnamese
        rf"(?P<year>\d{{4}})\s?[年년]\s?(?P<month>\d\d?)\s?[月월]\s?(?P<day>\d\d?)\s?[日일]{_CLOCK}",
        rf"(?P<year>\d{{4}})\.\s?(?P<month>\d\d?)\.\s?(?P<day>\d\d?)\.?{_CLOCK}",
        rf"(?P<year>\d{{4}})\.?\s+{_MONTH}\s+(?P<day>\d\d?)\.?{_CLOCK}",
        rf"(?:ngày\s+)?(?P<day>\d\d?)\s+tháng\s+(?P<month>\d\d?),?\s+(?:năm\s+)?(?P<year>\d{{4}})"
        rf"{_CLOCK}",
        # with full stops the day stands first, wherever people write so
        rf"(?P<day>\d\d?)\.\s?(?P<month>\d\d?)\.\s?(?P<year>\d{{4}}){_CLOCK}",
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
    text = text.replace("−", "-")  # ISO 8601's own sign for an offset
    for form in _FORMS:
        if found := form.fullmatch(text):
            return _built(found)
    return _read_mail_date(text)


def _built(found: re.Match[str]) -> datetime:
    parts = found.groupdict()
    day = _day(parts)
    hour = int(parts["hour"] or 0)
    if half := (parts["half"] or "").lower().replace(".", ""):
        if not 1 <= hour <= 12:
            raise ValueError("no hour of a half day")
        hour = hour % 12 + 12 * (half == "pm")
    second = min(int(parts["second"] or 0), 59)  # a leap second is one too many for datetime
    minute = int(parts["minute"] or 0)
    is_midnight = (hour, minute, second) == (24, 0, 0)  # ISO 8601's end of the day
    moment = datetime(
        day.year,
        day.month,
        day.day,
        0 if is_midnight else hour,
        minute,
        second,
        tzinfo=_offset(parts["zone"]),
    )
    return moment + timedelta(days=is_midnight)


def _day(parts: dict[str, str | None]) -> date:
    """Return the day that a form's parts name; one that there is not is a ValueError."""
    year = _year(parts["year"] or "")
    if parts.get("week"):
        return date.fromisocalendar(year, int(parts["week"] or 0), int(parts["weekday"] or 0))
    if ordinal := parts.get("ordinal"):
        found = date(year, 1, 1) + timedelta(days=int(ordinal) - 1)
        if found.year != year:
            raise ValueError("no such day of the year")
        return found
    month = int(parts["month"] or 0) if parts.get("month") else _month(parts["name"] or "")
    return date(year, month, int(parts["day"] or 0))


def _year(text: str) -> int:
    """Return a year; one of the Buddhist calendar, as Thailand writes it, is 543 ahead."""
    year = int(text)
    return year - _BUDDHIST if EARLIEST + _BUDDHIST <= year < LATEST + _BUDDHIST else year


def _month(name: str) -> int:
    """Return a month's number by its name; one that nobody knows is a ValueError."""
    name = "sep" if (name := name.casefold()) == "sept" else name
    for number, whole in enumerate(_MONTHS, 1):
        if whole.startswith(name) and name not in MONTHS:
            return number
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
    hours, _, rest = text[1:].partition(":") if ":" in text else (text[1:3], "", text[3:])
    minutes = int(hours) * 60 + int(rest or 0)
    if minutes > MAX_OFFSET_MINUTES or int(rest or 0) > 59:
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

"""Schedules: which issue is due, and that a missed run is caught up once."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from digest.errors import ConfigError
from digest.knowledge.schedules import schedule
from digest.selection import due, latest, scheduled_at, upcoming

LONDON = "Europe/London"


def days(text: str, first: str, count: int) -> list[str]:
    """Return the first dates a schedule names from a date on."""
    planned, day, found = schedule(text), date.fromisoformat(first), []
    while len(found) < count:
        if planned.is_on(day):
            found.append(day.isoformat())
        day += timedelta(days=1)
    return found


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("daily", ["2026-11-23", "2026-11-24", "2026-11-25"]),
        ("weekdays at 06:00", ["2026-11-23", "2026-11-24", "2026-11-25"]),
        ("weekly on monday at 08:00", ["2026-11-23", "2026-11-30", "2026-12-07"]),
        ("Weekly  on Friday", ["2026-11-27", "2026-12-04", "2026-12-11"]),
        ("every sunday", ["2026-11-29", "2026-12-06", "2026-12-13"]),
        ("every other week on friday", ["2026-11-27", "2026-12-11", "2026-12-25"]),
        ("every 4 weeks on friday", ["2026-11-27", "2026-12-25", "2027-01-22"]),
        ("last tuesday", ["2026-11-24", "2026-12-29", "2027-01-26"]),
        ("monthly on the first monday at 9:30", ["2026-12-07", "2027-01-04", "2027-02-01"]),
        ("monthly on the 15th", ["2026-12-15", "2027-01-15", "2027-02-15"]),
        ("monthly on the 31st", ["2026-11-30", "2026-12-31", "2027-01-31"]),
        ("monthly on the last day", ["2026-11-30", "2026-12-31", "2027-01-31"]),
    ],
)
def test_a_schedule_names_dates(text: str, expected: list[str]) -> None:
    assert days(text, "2026-11-23", 3) == expected


@pytest.mark.parametrize(
    "text",
    ["", "weekly", "on mondays", "weekly on moonday", "weekly on monday at 25:00", "weekly on monday at 8",
     "monthly on the 32nd", "monthly on the 0th", "every 0 weeks on monday"],
)  # fmt: skip
def test_a_schedule_that_is_none_is_refused_with_the_key(text: str) -> None:
    with pytest.raises(ConfigError, match="is no schedule") as refused:
        schedule(text, "[edition.weekly] schedule")
    assert refused.value.where == "[edition.weekly] schedule"


def test_a_time_of_day_is_the_newsletters_own() -> None:
    planned = schedule("daily at 08:00")
    summer, winter = date(2026, 7, 1), date(2026, 12, 1)
    assert scheduled_at(planned, summer, LONDON) == datetime(2026, 7, 1, 7, tzinfo=UTC)
    assert scheduled_at(planned, winter, LONDON) == datetime(2026, 12, 1, 8, tzinfo=UTC)
    assert scheduled_at(schedule("weekly on monday at 08:00"), winter, LONDON) is None
    assert scheduled_at(schedule("daily"), winter, LONDON) is None


def at(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


@pytest.mark.parametrize(
    ("now", "issues", "expected"),
    [
        ("2026-11-23T07:59", [], "2026-11-16"),
        ("2026-11-23T08:00", [], "2026-11-23"),
        ("2026-11-23T08:00", ["2026-11-16"], "2026-11-23"),
        ("2026-11-23T08:00", ["2026-11-23"], None),
        ("2026-11-29T23:00", ["2026-11-23"], None),
        ("2026-12-20T12:00", ["2026-11-23"], "2026-12-14"),
        ("2026-12-20T12:00", ["2026-12-18"], None),
        ("2026-11-23T07:00", ["2026-11-16"], None),
    ],
    ids=["before the hour", "on the hour", "the next", "built", "until next week", "three runs missed as one",
         "an issue in between", "not yet"],
)  # fmt: skip
def test_the_issue_that_is_due(now: str, issues: list[str], expected: str | None) -> None:
    found = due(
        schedule("weekly on monday at 08:00"), LONDON, at(now), map(date.fromisoformat, issues)
    )
    assert (found and found.isoformat()) == expected


@pytest.mark.parametrize(
    ("text", "now", "last", "next_"),
    [
        ("weekly on monday at 08:00", "2026-11-23T07:59", "2026-11-16", "2026-11-23"),
        ("weekly on monday at 08:00", "2026-11-23T08:00", "2026-11-23", "2026-11-30"),
        ("weekly on monday", "2026-11-22T23:59", "2026-11-16", "2026-11-23"),
        ("weekly on monday", "2026-11-23T00:00", "2026-11-23", "2026-11-30"),
        ("daily at 00:30", "2026-07-01T23:29", "2026-07-01", "2026-07-02"),
        ("daily at 00:30", "2026-07-01T23:30", "2026-07-02", "2026-07-03"),
    ],
)
def test_the_last_issue_so_far_and_the_next(text: str, now: str, last: str, next_: str) -> None:
    found = [ask(schedule(text), LONDON, at(now)) for ask in (latest, upcoming)]
    assert found == [date.fromisoformat(last), date.fromisoformat(next_)]


@settings(max_examples=60)
@given(
    st.sampled_from(
        [
            "daily at 00:30",
            "weekly on sunday at 01:30",
            "every other week on friday",
            "last tuesday",
        ]
    ),
    st.integers(0, 3650 * 1440).map(
        lambda n: datetime(2020, 1, 1, tzinfo=UTC) + timedelta(minutes=n)
    ),
)
def test_an_issue_that_was_built_is_not_due_again(text: str, now: datetime) -> None:
    planned = schedule(text)
    built = due(planned, LONDON, now, [])
    assert built
    assert built <= now.astimezone(UTC).date() + timedelta(days=1)
    assert due(planned, LONDON, now, [built]) is None

"""Windows: a table of cases of time, each one thing that clocks somewhere do."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from itertools import pairwise
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from digest.errors import ConfigError, UsageError
from digest.models import Window
from digest.selection import duration, first_start, window
from digest.selection.times.durations import EARLIEST, back, end_of_day, moment
from tests.selection.makers import day, edition, past

LONG_AFTER = datetime(2200, 1, 1, tzinfo=UTC)


def utc(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


DURATIONS = [
    # zone, dated, since, start, cut-off (UTC), what it shows
    ("UTC", "2026-11-22", "7 days", "2026-11-16T00:00", "2026-11-23T00:00", "a plain week"),
    ("UTC", "2026-11-22", "1 day", "2026-11-22T00:00", "2026-11-23T00:00", "a day is the issue's own"),
    ("UTC", "2026-11-22", "2 weeks", "2026-11-09T00:00", "2026-11-23T00:00", "weeks"),
    ("UTC", "2026-11-22", "12 hours", "2026-11-22T12:00", "2026-11-23T00:00", "hours"),
    ("UTC", "2026-11-22", "90 minutes", "2026-11-22T22:30", "2026-11-23T00:00", "minutes"),
    ("UTC", "2026-11-30", "1 month", "2026-11-01T00:00", "2026-12-01T00:00", "a calendar month"),
    ("UTC", "2026-03-30", "1 month", "2026-02-28T00:00", "2026-03-31T00:00", "a month too short"),
    ("UTC", "2024-03-30", "1 month", "2024-02-29T00:00", "2024-03-31T00:00", "a leap month too short"),
    ("UTC", "2026-01-31", "3 months", "2025-11-01T00:00", "2026-02-01T00:00", "months across new year"),
    ("UTC", "2024-02-28", "1 year", "2023-02-28T00:00", "2024-02-29T00:00", "back from a leap day"),
    ("UTC", "2024-02-29", "1 day", "2024-02-29T00:00", "2024-03-01T00:00", "the leap day itself"),
    ("UTC", "2026-12-31", "7 days", "2026-12-25T00:00", "2027-01-01T00:00", "the year's last week"),
    ("UTC", "2016-12-31", "1 day", "2016-12-31T00:00", "2017-01-01T00:00", "leap seconds do not count"),
    ("UTC", "2026-11-22", "0", "2026-11-23T00:00", "2026-11-23T00:00", "no time at all"),
    ("UTC", "2026-11-22", "99999 months", EARLIEST.isoformat()[:16], "2026-11-23T00:00", "before history"),
    ("UTC", "1900-01-01", "7 days", "1899-12-26T00:00", "1900-01-02T00:00", "a very old issue"),
    ("Europe/London", "2026-03-29", "7 days", "2026-03-23T00:00", "2026-03-29T23:00", "167 hours"),
    ("Europe/London", "2026-10-25", "7 days", "2026-10-18T23:00", "2026-10-26T00:00", "169 hours"),
    ("Europe/London", "2026-03-29", "1 day", "2026-03-29T00:00", "2026-03-29T23:00", "a day of 23 hours"),
    ("Europe/London", "2026-10-25", "1 day", "2026-10-24T23:00", "2026-10-26T00:00", "a day of 25 hours"),
    ("Europe/London", "2026-10-25", "24 hours", "2026-10-25T00:00", "2026-10-26T00:00", "hours by stopwatch"),
    ("America/New_York", "2026-03-08", "7 days", "2026-03-02T05:00", "2026-03-09T04:00", "167 in the west"),
    ("America/New_York", "2026-11-01", "7 days", "2026-10-26T04:00", "2026-11-02T05:00", "169 in the west"),
    ("Asia/Kolkata", "2026-11-22", "7 days", "2026-11-15T18:30", "2026-11-22T18:30", "half an hour off"),
    ("Asia/Kathmandu", "2026-11-22", "1 day", "2026-11-21T18:15", "2026-11-22T18:15", "three quarters off"),
    ("Australia/Lord_Howe", "2026-10-04", "1 day", "2026-10-03T13:30", "2026-10-04T13:00", "23 and a half hours"),
    ("Australia/Lord_Howe", "2026-04-05", "1 day", "2026-04-04T13:00", "2026-04-05T13:30", "24 and a half hours"),
    ("Pacific/Kiritimati", "2026-11-22", "1 day", "2026-11-21T10:00", "2026-11-22T10:00", "fourteen ahead"),
    ("Pacific/Pago_Pago", "2026-11-22", "1 day", "2026-11-22T11:00", "2026-11-23T11:00", "eleven behind"),
    ("Pacific/Apia", "2011-12-29", "1 day", "2011-12-29T10:00", "2011-12-30T10:00", "before the skipped day"),
    ("Pacific/Apia", "2011-12-30", "1 day", "2011-12-30T10:00", "2011-12-30T10:00", "a day that never was"),
    ("Pacific/Apia", "2011-12-31", "2 days", "2011-12-30T10:00", "2011-12-31T10:00", "two days, one of them real"),
    ("Pacific/Apia", "2012-01-01", "7 days", "2011-12-26T10:00", "2012-01-01T10:00", "a week of 144 hours"),
    ("America/Sao_Paulo", "2018-11-03", "1 day", "2018-11-03T03:00", "2018-11-04T03:00", "to a missing midnight"),
    ("America/Sao_Paulo", "2018-11-04", "1 day", "2018-11-04T03:00", "2018-11-05T02:00", "from a missing midnight"),
    ("America/Sao_Paulo", "2018-11-10", "7 days", "2018-11-04T03:00", "2018-11-11T02:00", "a week from one"),
    ("America/Sao_Paulo", "2018-02-17", "1 day", "2018-02-17T02:00", "2018-02-18T03:00", "23:00 twice"),
    ("Asia/Beirut", "2022-03-26", "1 day", "2022-03-25T22:00", "2022-03-26T22:00", "to Beirut's missing midnight"),
    ("Asia/Beirut", "2022-03-27", "1 day", "2022-03-26T22:00", "2022-03-27T21:00", "from Beirut's missing midnight"),
    ("Africa/Cairo", "2023-04-27", "1 day", "2023-04-26T22:00", "2023-04-27T22:00", "to Cairo's missing midnight"),
    ("Africa/Cairo", "2023-04-28", "7 days", "2023-04-21T22:00", "2023-04-28T21:00", "a week over it"),
    ("America/Havana", "2026-11-01", "1 day", "2026-11-01T04:00", "2026-11-02T05:00", "midnight twice: the first"),
    ("America/Toronto", "1919-03-30", "1 day", "1919-03-30T05:00", "1919-03-31T04:30", "midnight inside a gap"),
    ("Africa/Casablanca", "2026-02-15", "1 day", "2026-02-14T23:00", "2026-02-16T00:00", "clocks back in Ramadan"),
    ("Asia/Pyongyang", "2015-08-14", "1 day", "2015-08-13T15:00", "2015-08-14T15:30", "a new time zone"),
]  # fmt: skip


@pytest.mark.parametrize(
    ("zone", "dated", "since", "start", "cutoff"),
    [case[:5] for case in DURATIONS],
    ids=[case[5] for case in DURATIONS],
)
def test_a_duration_counts_back_from_the_end_of_the_day(
    zone: str, dated: str, since: str, start: str, cutoff: str
) -> None:
    """The window of an edition with a duration, built long after its date."""
    found = window(edition(since=since), date.fromisoformat(dated), zone, LONG_AFTER, [])
    assert found == Window(start_at=utc(start), cutoff_at=utc(cutoff))


def test_an_issue_built_before_its_day_ends_is_cut_off_now() -> None:
    """The start still counts from the end of the day, which the window remembers."""
    found = window(edition(since="7 days"), date(2026, 11, 22), "UTC", day(22, 9), [])
    assert found == Window(start_at=day(16, 0), cutoff_at=day(22, 9), ends_at=day(23, 0))


def test_an_issue_of_a_future_date_holds_no_time_that_has_not_come() -> None:
    """A window never begins after its cut-off."""
    found = window(edition(since="7 days"), date(2027, 5, 1), "UTC", day(22), [])
    assert (found.start_at, found.cutoff_at) == (day(22), day(22))


def test_a_scheduled_time_takes_the_place_of_the_end_of_the_day() -> None:
    """Durations then count back from the same time of day, across a change of clocks too."""
    at_eight = utc("2026-10-26T08:00")
    found = window(
        edition(since="7 days"),
        date(2026, 10, 26),
        "Europe/London",
        LONG_AFTER,
        [],
        scheduled_at=at_eight,
    )
    assert found == Window(start_at=utc("2026-10-19T07:00"), cutoff_at=at_eight)


@pytest.mark.parametrize(
    ("earlier", "first", "start"),
    [
        ([], None, day(16, 0)),
        ([], day(3, 0), day(3, 0)),
        ([past(1, start=2, cutoff=9)], None, day(9, 0)),
        ([past(1, start=2, cutoff=9)], day(1, 0), day(9, 0)),
        ([past(2, start=9, cutoff=16), past(1, start=2, cutoff=9)], None, day(16, 0)),
        ([past(1, start=2, cutoff=9), past(2, start=16, cutoff=23)], None, day(9, 0)),
        ([past(1, start=2, cutoff=9), past(2, start=23, cutoff=28)], None, day(9, 0)),
    ],
    ids=[
        "the first window",
        "a window that skipped issues left open",
        "the latest issue's cut-off",
        "an issue comes before an open window",
        "whatever order issues come in",
        "an issue of its own date does not count",
        "issues dated after do not count",
    ],
)
def test_since_last_issue(earlier: list[Any], first: datetime | None, start: datetime) -> None:
    """The window of an issue dated 22 November begins where the one before ended."""
    found = window(edition(), date(2026, 11, 22), "UTC", day(30), earlier, first)
    assert found == Window(start_at=start, cutoff_at=day(23, 0))


def test_a_duration_reaches_back_over_skipped_dates() -> None:
    """Their posts come in the next issue."""
    found = window(edition(since="7 days"), date(2026, 11, 22), "UTC", day(30), [], day(9, 0))
    assert found.start_at == day(9, 0)


def test_an_issue_cut_off_early_is_followed_without_a_gap() -> None:
    """The next window begins at the recorded cut-off, not at the end of that day."""
    issue = past(1).__class__(
        id="x",
        edition="weekly",
        dated=date(2026, 11, 15),
        window=Window(start_at=day(9), cutoff_at=day(15, 8)),
    )
    assert window(edition(), date(2026, 11, 22), "UTC", day(30), [issue]).start_at == day(15, 8)


def test_the_first_start_is_the_earliest_window_of_all() -> None:
    assert first_start([past(2, start=9, cutoff=16), past(1, start=2)]) == day(2, 0)
    assert first_start([]) is None


@pytest.mark.parametrize(
    "text", ["", "week", "7", "-1 days", "7 fortnights", "1.5 days", "last issue", "ss"]
)
def test_a_duration_that_is_none_is_refused_with_the_key(text: str) -> None:
    with pytest.raises(ConfigError, match="is no duration") as refused:
        window(edition(since=text), date(2026, 11, 22), "UTC", day(30), [])
    assert refused.value.where == "[edition.weekly] since"
    assert "7 days" in refused.value.hint


@pytest.mark.parametrize("name", ["Mars/Phobos", "", "../UTC", "Europe"])
def test_a_time_zone_that_is_none_is_refused(name: str) -> None:
    with pytest.raises(ConfigError) as refused:
        window(edition(), date(2026, 11, 22), name, day(30), [])
    assert str(refused.value) == (
        f'[newsletter] timezone: "{name}" is no time zone. Write it as "Europe/London".'
    )


@pytest.mark.parametrize("dated", [date.max, date(2901, 1, 1), date(1899, 12, 31), date.min])
def test_an_absurd_date_is_refused(dated: date) -> None:
    with pytest.raises(UsageError) as refused:
        window(edition(), dated, "Asia/Tokyo", day(30), [])
    assert str(refused.value) == (
        f"no issue can be dated {dated.isoformat()}. Give a date between the years 1900 and 2900."
    )


def test_the_last_day_that_an_issue_can_have() -> None:
    found = window(edition(since="1 day"), date(2900, 12, 31), "UTC", utc("2999-01-01"), [])
    assert found == Window(start_at=utc("2900-12-31"), cutoff_at=utc("2901-01-01"))


@pytest.mark.parametrize("text", ["14 days", "14 Days ", "2 weeks", "2weeks", "2 w"])
def test_one_duration_may_be_written_in_several_ways(text: str) -> None:
    assert duration(text).days == 14


@pytest.mark.parametrize(
    ("text", "days"), [("1 month", 30), ("1 year", 360), ("2 weeks", 14), ("48 hours", 2), ("0", 0)]
)
def test_a_stopwatch_takes_a_month_as_thirty_days(text: str, days: int) -> None:
    assert duration(text).fixed_seconds == days * 86_400


def test_a_time_that_the_clocks_skip_is_the_moment_when_they_skip_it() -> None:
    """London's go from one to two."""
    skipped = [moment(date(2026, 3, 29), time(1, n), ZoneInfo("Europe/London")) for n in range(60)]
    assert skipped == [utc("2026-03-29T01:00")] * 60


ZONES = [
    "UTC",
    "Europe/London",
    "America/Sao_Paulo",
    "Asia/Beirut",
    "Australia/Lord_Howe",
    "Pacific/Apia",
]


@settings(max_examples=60)
@given(
    st.sampled_from(ZONES),
    st.dates(date(1975, 1, 1), date(2035, 1, 1)),
    st.integers(1, 40),
)
def test_days_follow_each_other_without_gap_or_overlap(zone: str, first: date, days: int) -> None:
    """A duration of n days begins exactly where the nth day before began, in every zone."""
    where = ZoneInfo(zone)
    ends = [end_of_day(first + timedelta(days=n), where) for n in range(days + 1)]
    assert all(a <= b for a, b in pairwise(ends))
    after = first + timedelta(days=days + 1)
    assert back(ends[-1], duration(f"{days} days"), where, after) == ends[0]

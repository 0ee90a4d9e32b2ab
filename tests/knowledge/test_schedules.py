"""Every word a schedule may be said in, held against calendars that are counted out."""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Callable
from datetime import date, time, timedelta
from itertools import pairwise
from pathlib import Path

import pytest

from digest.errors import ConfigError
from digest.knowledge.schedules import schedule
from tests.golden import hold_lines

DAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
YEARS = [date(2027, 1, 1) + timedelta(days=n) for n in range(2 * 365 + 1)]  # with a leap day
MONDAY = date(1970, 1, 5)


def told(text: str) -> list[date]:
    """Return the days of two years on which an issue comes out."""
    planned = schedule(text)
    return [day for day in YEARS if planned.is_on(day)]


def counted(is_on: Callable[[date], bool]) -> list[date]:
    return [day for day in YEARS if is_on(day)]


@pytest.mark.parametrize(
    ("word", "weeks"),
    [
        ("one", 1), ("two", 2), ("other", 2), ("second", 2), ("three", 3), ("third", 3),
        ("four", 4), ("fourth", 4), ("1", 1), ("2", 2), ("5", 5), ("12", 12),
    ],
)  # fmt: skip
def test_weeks_are_counted_from_the_first_monday_there_was(word: str, weeks: int) -> None:
    """So that every machine counts the same, without asking what came out before."""
    expected = counted(lambda d: d.weekday() == 4 and (d - MONDAY).days // 7 % weeks == 0)
    for noun in ("week", "weeks"):
        assert told(f"every {word} {noun} on friday") == expected
    if weeks == 2:
        assert told("fortnightly on fridays") == expected


@pytest.mark.parametrize("first", ["2027-06-16", "2027-06-18", "2027-06-20"])
def test_weeks_are_counted_from_the_day_that_is_named(first: str) -> None:
    """From the Monday of its week, and nothing comes out before it."""
    found = told(f"every 3 weeks on friday from {first}")
    expected = [date(2027, 6, 18) + timedelta(weeks=3 * n) for n in range(27)]
    assert found == [day for day in expected if day >= date.fromisoformat(first)]


@pytest.mark.parametrize("number", range(7))
def test_days_have_long_names_short_names_and_plurals(number: int) -> None:
    name = DAYS[number]
    for said in (name, name[:3], f"{name}s", f"{name[:3]}s", name.upper()):
        for lead in ("every", "weekly on", "every week on"):
            assert told(f"{lead} {said}") == counted(lambda d: d.weekday() == number)


@pytest.mark.parametrize(
    ("text", "numbers"),
    [
        ("daily", range(7)),
        ("every day", range(7)),
        ("weekdays", range(5)),
        ("on workdays", range(5)),
        ("every monday, wed and fridays", (0, 2, 4)),
        ("weekly on sunday and tue", (1, 6)),
        ("every tuesday, thursday, and saturday", (1, 3, 5)),
    ],
)
def test_several_days_a_week(text: str, numbers: tuple[int, ...]) -> None:
    assert told(text) == counted(lambda d: d.weekday() in numbers)


@pytest.mark.parametrize(
    ("word", "place"),
    [
        ("first", 1), ("1st", 1), ("second", 2), ("2nd", 2), ("third", 3), ("3rd", 3),
        ("fourth", 4), ("4th", 4), ("last", -1),
    ],
)  # fmt: skip
@pytest.mark.parametrize("number", range(7))
def test_a_place_is_that_of_the_weekday_in_its_month(word: str, place: int, number: int) -> None:
    def is_on(day: date) -> bool:
        last = monthrange(day.year, day.month)[1]
        same = [n for n in range(1, last + 1) if day.replace(day=n).weekday() == number]
        return day.day == same[place - 1 if place > 0 else place]

    expected = counted(is_on)
    for said in ("{}", "monthly on the {}", "every {}", "on the {} of each month"):
        assert told(said.format(f"{word} {DAYS[number]}")) == expected


@pytest.mark.parametrize("day", range(1, 32))
def test_a_date_that_a_month_lacks_is_its_last_day(day: int) -> None:
    expected = counted(lambda d: d.day == min(day, monthrange(d.year, d.month)[1]))
    ending = {1: "st", 2: "nd", 3: "rd", 21: "st", 22: "nd", 23: "rd", 31: "st"}.get(day, "th")
    for said in (
        f"monthly on {day}",
        f"monthly on day {day}",
        f"on the {day}{ending} of every month",
    ):
        assert told(said) == expected
    if day == 31:
        assert told("monthly on the last day") == told("the last day of the month") == expected


@pytest.mark.parametrize(
    ("said", "at"), [("00:00", time(0)), ("9.05", time(9, 5)), ("23:59", time(23, 59))]
)
def test_an_hour_of_the_day_may_be_told(said: str, at: time) -> None:
    for text in ("daily", "every monday", "last tuesday", "monthly on the 3rd"):
        assert schedule(f"{text} at {said}").at == at
        assert schedule(text).at is None


@pytest.mark.parametrize("said", ["at 24:00", "at 08:60", "from 2026-02-30"])
def test_what_no_clock_and_no_calendar_shows_is_refused(said: str) -> None:
    with pytest.raises(ConfigError, match="is no schedule: ") as caught:
        schedule(f"daily {said}", "digest.toml:7")
    assert caught.value.where == "digest.toml:7"
    assert '"weekly on monday at 08:00"' in caught.value.hint


def test_schedules_are_read_as_they_are_listed() -> None:
    """In `schedules.txt`, with the whole of each answer."""

    def told(_: str, text: str) -> str:
        try:
            return repr(schedule(text, "digest.toml:7"))
        except ConfigError as exc:
            assert exc.hint.startswith('Write it as "weekly on monday at 08:00", ')
            return f"{exc.where}: {exc.message}"

    hold_lines(Path(__file__).with_name("schedules.txt"), told)


def test_weeks_go_on_over_the_end_of_a_year() -> None:
    assert {later - day for day, later in pairwise(told("every other week on friday"))} == {
        timedelta(weeks=2)
    }

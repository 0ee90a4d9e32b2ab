"""Dates as feeds, pages and mails write them."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from digest.sources.reading import read_date
from tests.golden import hold

LONDON = ZoneInfo("Europe/London")


@pytest.mark.parametrize(
    ("text", "told"),
    [
        # RFC 5322 with what is only meant to be skipped, and RFC 822's zones by letters
        ("Mon, 05 Oct 2026 09:30:00 +0530 (IST)", datetime(2026, 10, 5, 4, 0, tzinfo=UTC)),
        ("Mon, 05 Oct 2026 09:30:00 -0800 (PST)", datetime(2026, 10, 5, 17, 30, tzinfo=UTC)),
        ("Mon, 05 Oct 26 09:30 EST", datetime(2026, 10, 5, 14, 30, tzinfo=UTC)),
        ("Mon, 05 Oct 2026 09:30:00 -0000", datetime(2026, 10, 5, 9, 30, tzinfo=UTC)),
        ("Mon, 05 Oct 2026 09:30:00", datetime(2026, 10, 5, 8, 30, tzinfo=UTC)),  # London's summer
        ("2026-10-05T24:00:00Z", datetime(2026, 10, 6, tzinfo=UTC)),
        ("2026-06-30T23:59:60Z", datetime(2026, 6, 30, 23, 59, 59, tzinfo=UTC)),
        ("2026-10-05 12:15 am", datetime(2026, 10, 4, 23, 15, tzinfo=UTC)),
        ("2026-10-05 12:15 pm", datetime(2026, 10, 5, 11, 15, tzinfo=UTC)),
        ("2026-10-05T09:30:00+14:00", datetime(2026, 10, 4, 19, 30, tzinfo=UTC)),
        # ISO 8601 names a day by its week or its number, too; a week alone is none
        ("2026-W48-6", datetime(2026, 11, 28, tzinfo=UTC)),
        ("2026W486T10:00Z", datetime(2026, 11, 28, 10, tzinfo=UTC)),
        ("2026-332", datetime(2026, 11, 28, tzinfo=UTC)),
        ("2026-W48", None),
        ("2026-10-05T09:30:00−05:00", datetime(2026, 10, 5, 14, 30, tzinfo=UTC)),  # a minus sign
        ("2026-W54-1", None),
        ("2026-366", None),
        ("Mon, 05 Oct 2026 09:30:00 +9900 (x)", None),
        ("2026-10-05T09:30:00+05:75", None),
        ("Mon, 35 Oct 2026 09:30:00 +0000 (x)", None),
        ("yesterday", None),
    ],
)
def test_a_moment_is_the_one_that_was_meant(text: str, told: datetime | None) -> None:
    found = read_date(text, LONDON)
    assert found == told
    assert found is None or found.utcoffset() == timedelta(0)


def test_dates_of_every_form_mean_what_is_listed() -> None:
    """In UTC; those without a zone are of Paris."""

    def told(text: str) -> str:
        found = read_date(text, ZoneInfo("Europe/Paris"))
        return f"{text} = {found.isoformat().removesuffix('+00:00') if found else 'no date'}"

    hold(
        Path(__file__).with_name("dates.txt"),
        lambda _, said: "\n".join(map(told, said.split("\n"))),
    )

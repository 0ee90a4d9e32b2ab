"""Dates as feeds, pages and mails write them."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

from digest.sources.reading import read_date
from tests.golden import hold

LONDON = ZoneInfo("Europe/London")


def test_dates_of_every_form_mean_what_is_listed() -> None:
    """In UTC; those without a zone are of Paris.

    A time that the autumn repeats is the earlier one, one that the spring skips moves on, and what may
    mean two moments is none.
    """

    def told(text: str) -> str:
        found = read_date(text, ZoneInfo("Europe/Paris"))
        assert found is None or found.utcoffset() == timedelta(0)
        return f"{text} = {found.isoformat().removesuffix('+00:00') if found else 'no date'}"

    hold(
        Path(__file__).with_name("dates.txt"),
        lambda _, said: "\n".join(map(told, said.split("\n"))),
    )

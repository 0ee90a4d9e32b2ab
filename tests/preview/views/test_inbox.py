"""The rows of an inbox: how an issue will stand among those that came before it."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from digest.issue.record import IssueSummary
from digest.models import replace
from digest.preview.views import rows
from tests.issue.test_folder import FROZEN, WINDOW

ISSUE = replace(FROZEN.issue, subject="Bees at night", preheader="And what they hum")


def former(day: int, sender: str = "") -> IssueSummary:
    return IssueSummary(
        id=f"2026-11-{day:02}-weekly",
        edition="weekly",
        number=day,
        dated=date(2026, 11, day),
        window=WINDOW,
        state="approved",
        folder=Path("issues"),
        sender=sender,
        subject=f"Issue of the {day}th",
        preheader="Then",
    )


def test_an_issue_stands_above_the_last_three_before_it_each_with_its_own_day() -> None:
    others = [former(day) for day in (1, 8, 15, 18, 29)]
    found = rows(ISSUE, "Hello,\n\nthis week", others)
    assert [(row.subject, row.dated) for row in found] == [
        ("Bees at night", "22 Nov"),
        ("Issue of the 18th", "18 Nov"),
        ("Issue of the 15th", "15 Nov"),
        ("Issue of the 8th", "8 Nov"),
    ]
    assert [row.is_this for row in found] == [True, False, False, False]


def test_a_row_shows_what_a_program_borrows_from_the_text_behind_the_preheader() -> None:
    (own,) = rows(ISSUE, "Hello,\n\nthis   week", [])
    assert (own.preheader, own.borrowed) == ("And what they hum", "Hello, this week")


def test_who_sent_it_is_named_by_the_sender_else_by_the_newsletter() -> None:
    found = rows(ISSUE, "", [former(8, "The Gardeners <g@letter.example>"), former(15)])
    assert [row.sender for row in found] == ["The Letter", "The Letter", "The Gardeners"]

"""The row that an inbox shows of an issue: sender, subject, and the words after it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from email.utils import parseaddr

from digest.issue.record import IssueSummary
from digest.models import Issue, Value

BESIDE = 3
"""How many former issues stand beside this one."""


class Row(Value):
    """Hold one row: who sends it, what it is called, what comes after, and its date.

    `borrowed` is what a client takes from the email itself where the preheader leaves room.
    """

    issue: str
    sender: str
    subject: str
    preheader: str
    dated: str
    borrowed: str = ""
    is_this: bool = False


def rows(issue: Issue, text: str, others: Sequence[IssueSummary]) -> tuple[Row, ...]:
    """Return this issue's row and those of the last issues before it, the newest first."""
    own = Row(
        issue=issue.id,
        sender=_name(issue.newsletter.sender) or issue.newsletter.name,
        subject=issue.subject,
        preheader=issue.preheader,
        dated=_day(issue.dated),
        borrowed=" ".join(text.split())[:200],
        is_this=True,
    )
    before = sorted((o for o in others if o.dated < issue.dated), key=lambda o: o.dated)
    return (
        own,
        *(
            Row(
                issue=other.id,
                sender=_name(other.sender) or issue.newsletter.name,
                subject=other.subject,
                preheader=other.preheader,
                dated=_day(other.dated),
            )
            for other in reversed(before[-BESIDE:])
        ),
    )


def _day(day: date) -> str:
    return f"{day.day} {day:%b}"


def _name(sender: str) -> str:
    return parseaddr(sender)[0]

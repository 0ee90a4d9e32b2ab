"""Works out the window of an issue: which span of time its posts come from."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import UTC, date, datetime, timedelta

from digest.models import Edition, Window
from digest.selection import times
from digest.selection.past import PastIssue

LAST_ISSUE = "last-issue"


def window(
    edition: Edition,
    dated: date,
    timezone: str,
    now: datetime,
    earlier: Sequence[PastIssue],
    first_start: datetime | None = None,
    *,
    scheduled_at: datetime | None = None,
) -> Window:
    """Return the window of the edition's issue of a date, in UTC, start included, cut-off excluded.

    The cut-off is the end of that day in the zone, or `scheduled_at`, or now, whichever a rule
    names first. With `since = "last-issue"` the window begins at the cut-off of the latest of the
    `earlier` issues dated before; a duration counts calendar days back from the end. `first_start`
    is where a window begins that skipped issues left open: it takes the place of the first window,
    and a duration reaches back at least as far.

    Raises:
        ConfigError: if the time zone or a duration of the edition is none.
        UsageError: if no issue can have that date.
    """
    zone = times.zone(timezone)
    ends_at = scheduled_at or times.end_of_day(dated, zone)
    cutoff_at = min(ends_at, now.astimezone(UTC))
    begins = None if scheduled_at else dated + timedelta(days=1)

    def counted(key: str) -> datetime:
        length = times.duration(getattr(edition, key), f"[edition.{edition.name}] {key}")
        return times.back(ends_at, length, zone, begins)

    latest = max(
        (issue for issue in earlier if issue.dated < dated),
        key=lambda issue: (issue.dated, issue.window.cutoff_at),
        default=None,
    )
    if edition.since != LAST_ISSUE:
        start_at = counted("since")
        start_at = min(start_at, first_start) if first_start else start_at
    elif latest:
        start_at = latest.window.cutoff_at
    else:
        start_at = first_start or counted("first_window")
    return Window(
        start_at=min(start_at, cutoff_at),
        cutoff_at=cutoff_at,
        ends_at=ends_at if cutoff_at < ends_at else None,
    )


def first_start(issues: Iterable[PastIssue]) -> datetime | None:
    """Return where the first of these issues' windows begins, None if there is no issue."""
    return min((issue.window.start_at for issue in issues), default=None)

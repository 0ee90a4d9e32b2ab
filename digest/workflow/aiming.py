"""Works out which issue a `build` is for: today's, or the one that the edition's schedule calls for."""

from __future__ import annotations

from datetime import date, datetime
from zoneinfo import ZoneInfo

from digest import selection
from digest.models import Edition, Value
from digest.schedules import schedule
from digest.workflow.project import Project


class Target(Value, frozen=True):
    """Hold the date of the issue to build; if none is due, that of the next, and the sentence that says so.

    `upcoming` is the next date of the schedule, None without one.
    """

    dated: date
    is_due: bool = True
    upcoming: date | None = None
    why_not: str = ""


def target(project: Project, edition: Edition, now: datetime) -> Target:
    """Return which issue is to be built now.

    Without a schedule it is today's. With one it is the latest that the schedule named: if runs
    before it were missed, it makes up for them. It is not due again once there is an issue of a
    later date, or if it was skipped on an earlier day; as long as it is the last one, it is built
    again.
    """
    zone = project.config.newsletter.timezone
    today = now.astimezone(ZoneInfo(zone)).date()
    if not edition.schedule:
        return Target(dated=today)
    planned = schedule(edition.schedule)
    last = selection.latest(planned, zone, now)
    upcoming = selection.upcoming(planned, zone, now)
    skipped = [
        s.dated for s in project.folders.skipped() if s.edition == edition.name and s.dated < today
    ]
    newest = max(project.folders.dates(edition.name), default=date.min)
    if last and last >= newest and last not in skipped:
        return Target(dated=last, upcoming=upcoming)
    why_not = "nothing is due"
    if upcoming:
        at = f" {planned.at:%H:%M}" if planned.at else ""
        why_not += f" before {upcoming:%A} {upcoming.isoformat()}{at}"
    if last in skipped:
        why_not += f"; that of {last} was skipped"
    return Target(dated=upcoming or today, is_due=False, upcoming=upcoming, why_not=why_not)


def scheduled_at(project: Project, edition: Edition, dated: date) -> datetime | None:
    """Return the cut-off that an edition's schedule names for an issue of a date, None if it names none."""
    if not edition.schedule:
        return None
    return selection.scheduled_at(
        schedule(edition.schedule), dated, project.config.newsletter.timezone
    )

"""Works out which issue a `build` is for.

Today's, or the one that the edition's schedule calls for.
"""

from __future__ import annotations

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from digest import selection
from digest.errors import EditorError
from digest.issue import editor
from digest.knowledge.schedules import schedule
from digest.models import Edition, EditorNotes, Value
from digest.workflow.project import Project

# A draft of last week that nobody touched was not meant to go on.
_STAYS_OPEN = timedelta(days=7)


class Target(Value):
    """Hold the date of the issue to build.

    If none is due, that of the next, and the sentence that says so. `upcoming` is the next date of
    the schedule, None without one. `is_open` tells that it is a draft of another day that waits to
    be approved.
    """

    dated: date
    is_due: bool = True
    upcoming: date | None = None
    why_not: str = ""
    is_open: bool = False


def target(project: Project, edition: Edition, now: datetime) -> Target:
    """Return which issue is to be built now.

    Without a schedule it is the last one if that is a draft that its editor works on, else
    today's. With one it is the latest that the schedule named: if runs
    before it were missed, it makes up for them. It is not due again once there is an issue of a
    later date, or if it was skipped on an earlier day; as long as it is the last one, it is built
    again.
    """
    zone = project.config.newsletter.timezone
    today = now.astimezone(ZoneInfo(zone)).date()
    if not edition.schedule:
        dated = _open_draft(project, edition, today) or today
        return Target(dated=dated, is_open=dated != today)
    planned = schedule(edition.schedule)
    last = selection.latest(planned, zone, now)
    upcoming = selection.upcoming(planned, zone, now)
    newest = max(project.folders.dates(edition.names), default=date.min)
    # There was nothing to send then; asked again every hour it would be no other.
    is_skipped = last != newest and last in _skipped(project, edition, today)
    if last and last >= newest and not is_skipped:
        return Target(dated=last, upcoming=upcoming)
    why_not = "nothing is due"
    if upcoming:
        at = f" {planned.at:%H:%M}" if planned.at else ""
        why_not += f" before {upcoming:%A} {upcoming.isoformat()}{at}"
    if is_skipped:
        why_not += f"; that of {last} was skipped"
    return Target(dated=upcoming or today, is_due=False, upcoming=upcoming, why_not=why_not)


def _skipped(project: Project, edition: Edition, today: date) -> set[date]:
    skips = (s for name in edition.names for s in project.folders.skipped(name))
    return {skipped.dated for skipped in skips if skipped.dated < today}


def after(project: Project, edition: Edition, aim: Target, now: datetime) -> date:
    """Return the date of the issue that comes after one that is sealed."""
    today = now.astimezone(ZoneInfo(project.config.newsletter.timezone)).date()
    return aim.upcoming or max(today, aim.dated) + timedelta(days=1)


def _open_draft(project: Project, edition: Edition, today: date) -> date | None:
    """Return the date of the edition's last issue if that is a draft that somebody works on.

    It was edited, or is not a week old. Another was sent by hand, or given up, and never approved.
    """
    last = max(project.folders.dates(edition.names), default=None)
    if last is None or not project.folders.is_draft(last, edition.name):
        return None
    is_young = today - last < _STAYS_OPEN
    return last if is_young or _is_edited(project, f"{last.isoformat()}-{edition.name}") else None


def _is_edited(project: Project, issue_id: str) -> bool:
    text = project.folders.editor_text(issue_id)
    try:
        return text is not None and editor.parse(text) != EditorNotes()
    except EditorError:
        return True  # whoever wrote it will want to know what is wrong


def scheduled_at(project: Project, edition: Edition, dated: date) -> datetime | None:
    """Return the cut-off that a schedule names for an issue of a date, None if it names none."""
    if not edition.schedule:
        return None
    return selection.scheduled_at(
        schedule(edition.schedule), dated, project.config.newsletter.timezone
    )

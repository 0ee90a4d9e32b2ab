"""`digest deliver`."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

import click

from digest.cli import completing
from digest.cli.session import Session, json_option
from digest.cli.speaking import echo
from digest.errors import DeliveryUnknown, UsageError

if TYPE_CHECKING:
    from datetime import datetime

    from digest.services import Request
    from digest.workflow.sending.delivering import DeliverReport

_NAMES = ("issue", "service", "audience", "status", "remote_id", "url", "differences", "notes")


@click.command("deliver", short_help="Leave an approved issue as a draft at a mailing service.")
@click.argument("issue", shell_complete=completing.issue)
@click.option(
    "--to",
    metavar="SERVICE",
    default="",
    shell_complete=completing.service,
    help="Otherwise the edition's service.",
)
@click.option("--audience", metavar="NAME", default="", help="Whom the draft is for.")
@click.option("--test", "tests", metavar="ADDRESS", multiple=True, help="Mail a test there.")
@click.option("--schedule", "when", metavar="TIME", help="Have the service send it then.")
@click.option("--dry-run", is_flag=True, help="Print the requests; ask nobody.")
@click.option("--yes", is_flag=True, help="Answer yes where it would ask.")
@json_option
@click.pass_obj
def command(
    session: Session,
    issue: str,
    to: str,
    audience: str,
    tests: tuple[str, ...],
    when: str | None,
    dry_run: bool,
    yes: bool,
    as_json: bool,
) -> None:
    """Leave an approved issue as a draft at a mailing service, for a person to send.

    ISSUE is its id, its folder, "latest", or an edition's name, which is its latest. Delivering
    again updates the draft and never makes a second one; what was sent is never touched. Nothing is
    ever sent to subscribers by this command, unless --schedule names a time (as 2026-11-23T08:00,
    in the newsletter's zone) and you say yes.

    If it ends with 6, nobody knows whether the draft is there: deliver again, and it looks first.

    \b
    Examples:
      digest deliver latest --dry-run
      digest deliver latest --to mailchimp --test me@example.org
      digest deliver 2026-11-23-weekly --to folder
    """
    from digest.workflow.sending import delivering

    at = _moment(session, when)
    if at is not None and not dry_run:
        _confirm(at, is_agreed=yes)
    how = delivering.Handover(to=to.lower(), audience=audience, tests=tests, dry_run=dry_run, at=at)
    heard: list[str] = []

    def hear(line: str) -> None:
        heard.append(line)
        session.say(line)

    try:
        report = delivering.deliver(session.project, issue, how, say=hear)
    except DeliveryUnknown as error:
        if as_json:
            session.answer(_unknown(session, issue, how, error))
        raise
    if as_json:
        session.answer(public(report))
    else:
        _show(session, report, heard, has_time=at is not None)


def public(report: DeliverReport) -> dict[str, Any]:
    """Return a report as other programs read it.

    The requests of a rehearsal are among its notes.
    """
    entry: dict[str, Any] = {name: getattr(report, name) for name in _NAMES}
    entry["notes"] = [*report.notes, *map(_written, report.requests)]
    return entry


def _unknown(session: Session, issue: str, how: Any, error: DeliveryUnknown) -> dict[str, Any]:
    from digest.workflow import naming

    found = naming.issue(session.project, issue)
    named = how.to or session.project.folders.read(found.id).issue.service
    return {
        "issue": found.id,
        "service": named,
        "audience": how.audience,
        "status": "unknown",
        "remote_id": "",
        "url": "",
        "differences": [],
        "notes": [str(error)],
    }


def _moment(session: Session, when: str | None) -> datetime | None:
    from datetime import datetime
    from zoneinfo import ZoneInfo

    if when is None:
        return None
    try:
        moment = datetime.fromisoformat(when)
    except ValueError as exc:
        raise UsageError(f'"{when}" is no time', hint="Write it as 2026-11-23T08:00.") from exc
    if moment.tzinfo is None:
        moment = moment.replace(tzinfo=ZoneInfo(session.project.config.newsletter.timezone))
    if moment <= datetime.now(moment.tzinfo):
        raise UsageError(f'"{when}" is past', hint="Name a time to come.")
    return moment


def _confirm(at: datetime, *, is_agreed: bool) -> None:
    """Ask before anything gets a time at which it is sent.

    Raises:
        UsageError: if there is nobody to ask.
    """
    import sys

    if is_agreed:
        return
    if not sys.stdin.isatty():
        raise UsageError(
            "a time at which subscribers get it needs a yes", hint="Add --yes if you mean it."
        )
    click.confirm(
        f"Have it sent to subscribers at {at:%A %Y-%m-%d %H:%M %Z}?", abort=True, err=True
    )


def _show(session: Session, report: DeliverReport, heard: Sequence[str], *, has_time: bool) -> None:
    whom = f" for {report.audience}" if report.audience else ""
    for request in report.requests:
        echo(_written(request))
        echo()
    if report.status == "dry-run":
        session.say(f"{report.issue}: this would go to {report.service}{whom}; nothing was asked")
        return
    # where no draft is kept, the tests are all there is to tell of
    what = f"{report.status} at {report.service}{whom}" if report.remote_id else report.notes[-1]
    named = f" ({report.remote_id})" if report.remote_id else ""
    session.tell(f"{report.issue}: {what}{named}")
    if report.url:
        session.tell(f"  {report.url}")
    for line in report.differences:
        session.warn(f"{report.service} changed something: {line}")
    for line in report.notes:
        if line not in heard and line != what:
            session.say(f"  {line}")
    if report.remote_id:
        when = "before its time comes" if has_time else "and send it when you are content"
        session.say(f"Look at it there, {when}.")


def _written(request: Request) -> str:
    """Return a request as it would go over the wire."""
    head = "\n".join(f"{name}: {value}" for name, value in request.headers.items())
    return f"{request.method} {request.url}\n{head}" + (
        f"\n\n{request.body}" if request.body else ""
    )

"""`digest run`."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from digest.cli.making import collect, summary
from digest.cli.session import Session
from digest.cli.speaking import echo
from digest.errors import DigestError, NothingToSend

if TYPE_CHECKING:
    from digest.workflow.sending.running import Run, RunReport


@click.command("run", short_help="Do all of it unattended, for cron and CI.")
@click.option("--dry-run", is_flag=True, help="Collect, and say what would be done.")
@click.pass_obj
def command(session: Session, dry_run: bool) -> None:
    """Do all of it unattended, for cron and CI: collect, build what is due, check, hand over.

    What is done with an issue stands in digest.toml under [run]: deliver leaves it as a draft at a
    service, and notify names who is mailed a test of it and a report. Call it as often as you like:
    an issue is handed over once, and the same report is mailed once.

    It ends with 0 when all is done or nothing is due, 1 when a service refused or the editor could
    not be told (which the next run tries again), 3 when there is nothing to send, 4 when a
    check stopped it, 5 when a source failed, 6 when nobody knows whether a draft is there.

    \b
    Examples:
      digest run
      digest --quiet run
    """
    from digest.workflow.sending import running

    with session.progress() as progress:
        done = running.run(session.project, dry_run=dry_run, progress=progress)
    for source in done.sources:
        if source.status == "failed":
            collect.tell_failed(session, source)
    for report in done.editions:
        if report.outcome == "not due":
            session.say(f"{report.edition}: {report.headline}")
            continue
        said = report.headline if report.issue in report.headline else _named(report)
        echo(said) if dry_run else session.tell(said)
        for fault in report.faults:
            session.warn(f"{report.issue}: {fault}")
        for line in (*report.lines, *report.held):
            session.detail(f"  {line}")
    if not done.editions:
        summary.tell_none(session)
    for note in done.notes:
        session.say(note)
    _end(session, done)


def _named(report: RunReport) -> str:
    return f"{report.issue}: {report.headline}"


def _end(session: Session, done: Run) -> None:
    """Raise the gravest of what went wrong, after telling of the others."""
    errors: list[DigestError] = [r.error for r in done.editions if r.error]
    errors += [done.untold] if done.untold else []
    failed = collect.failure(done.sources, "digest run")
    errors += [failed] if failed else []
    errors += [NothingToSend(r.headline, where=r.issue) for r in _empty(session, done)]
    errors.sort(key=lambda error: _GRAVEST.index(error.exit_code))
    for error in errors[1:]:
        session.warn(str(error))
    if errors:
        raise errors[0]


def _empty(session: Session, done: Run) -> list[RunReport]:
    """Return those with nothing to send, as `build` counts them.

    Of a pattern's many editions some always have nothing; only where none has anything, one tells
    it.
    """
    config = session.project.config
    empty = [report for report in done.editions if report.outcome == "nothing to send"]
    if config.patterns and all(r.outcome in _IDLE for r in done.editions):
        return empty[:1]
    return [report for report in empty if config.pattern_of(report.edition) is None]


_IDLE = ("nothing to send", "not due")

# Exit codes, the gravest first.
_GRAVEST = (1, 2, 6, 4, 5, 3)

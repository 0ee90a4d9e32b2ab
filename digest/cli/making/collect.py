"""`digest collect`."""

from __future__ import annotations

import time
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

import click

from digest.cli import completing
from digest.cli.session import Session, json_option
from digest.errors import SourcesFailed

if TYPE_CHECKING:
    from digest.workflow.gathering.collecting import SourceReport

PROBLEMS_SHOWN = 5


@click.command("collect", short_help="Bring the sources' posts into the archive.")
@click.argument("sources", nargs=-1, metavar="[SOURCE]...", shell_complete=completing.source)
@click.option("--full", is_flag=True, help="Read everything again, not only what is new.")
@json_option
@click.pass_obj
def command(session: Session, sources: tuple[str, ...], full: bool, as_json: bool) -> None:
    """Bring the sources' posts into the archive.

    Only what is new or changed is asked for, and posts that were withdrawn are noticed. A source
    that fails is reported while the others go on; the command then ends with 5.

    \b
    Examples:
      digest collect
      digest collect blog --full
    """
    reports = run(session, sources, full=full)
    if as_json:
        session.answer([public(report) for report in reports])
    raise_failed(reports)


def run(
    session: Session, sources: Sequence[str] = (), *, full: bool = False
) -> Sequence[SourceReport]:
    """Collect and say on stderr what each source brought.

    Raises:
        DigestError: as the workflow says.
    """
    from digest.workflow.gathering.collecting import collect

    began = time.perf_counter()
    with session.progress() as progress:
        reports = collect(session.project, sources, full=full, progress=progress)
    for report in reports:
        session.event("source", **public(report))
    seconds = round(time.perf_counter() - began, 4)
    session.event("collected", sources=len(reports), seconds=seconds)
    for report in [] if session.logs else reports:
        _say(session, report)
    return reports


def raise_failed(reports: Sequence[SourceReport], again: str = "digest collect") -> None:
    """End with 5 if a source failed; `again` is the command to try.

    Raises:
        SourcesFailed: naming the sources.
    """
    error = failure(reports, again)
    if error:
        raise error


def failure(reports: Sequence[SourceReport], again: str) -> SourcesFailed | None:
    """Return what to end with if a source failed."""
    failed = [report.source for report in reports if report.status == "failed"]
    if not failed:
        return None
    others = "The others were collected; try" if len(failed) < len(reports) else "Try"
    return SourcesFailed(
        f"{len(failed)} of {len(reports)} source{'s' * (len(reports) > 1)} failed"
        f" ({', '.join(failed)})",
        hint=f"{others} again with `{again}`.",
    )


def public(report: SourceReport) -> dict[str, Any]:
    """Return a report as other programs read it."""
    from digest.models import builtins

    entry: dict[str, Any] = builtins(report)
    del entry["withdrawn"], entry["notes"]
    for problem in entry["problems"]:
        problem.pop("trace", None)
    return entry


def tell_failed(session: Session, report: SourceReport) -> None:
    """Say why a source could not be read."""
    problem = report.problems[0]
    session.warn(f"{report.source}: {problem.message} ({problem.where})")
    session.detail(problem.trace)


def _say(session: Session, report: SourceReport) -> None:
    if report.status == "failed":
        tell_failed(session, report)
        return
    counts = [f"{report.new} new", f"{report.changed} changed", f"{report.unchanged} unchanged"]
    counts += [f"{report.skipped} skipped"] if report.skipped else []
    counts += [f"{report.withdrawn} withdrawn"] if report.withdrawn else []
    session.say(f"{report.source}: {', '.join(counts)}")
    shown = report.problems if session.verbose else report.problems[:PROBLEMS_SHOWN]
    for problem in shown:
        session.say(f"  {problem.where}: {problem.message}")
        session.detail(problem.trace)
    for note in report.notes:
        session.detail(f"  {note}")
    more = len(report.problems) - len(shown)
    if more:
        session.say(f"  and {more} more; `digest --verbose collect` shows all")

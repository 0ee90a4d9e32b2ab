"""`digest build`."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from typing import TYPE_CHECKING, Any

import click

from digest.cli.session import Session, json_option, print_json, print_table
from digest.errors import NothingToSend, UsageError

if TYPE_CHECKING:
    from digest.models import Edition
    from digest.workflow.building import BuildReport


@click.command("build", short_help="Select, render and write an issue.")
@click.argument("editions", nargs=-1, metavar="[EDITION]...")
@click.option("--all", "every", is_flag=True, help="Build every edition.")
@click.option("--date", "dated", metavar="D", help="The issue's date, as 2026-11-23; otherwise today.")
@click.option("--no-collect", is_flag=True, help="Take the archive as it is; ask no source.")
@click.option("--dry-run", is_flag=True, help="Show what would be chosen and why; write nothing.")
@click.option("--force", is_flag=True, help="Render an unchanged draft again.")
@json_option
@click.pass_obj
def command(
    session: Session,
    editions: tuple[str, ...],
    every: bool,
    dated: str | None,
    no_collect: bool,
    dry_run: bool,
    force: bool,
    as_json: bool,
) -> None:
    """Select, render and write an issue.

    The issue lies in issues/DATE-EDITION/ afterwards: email.html, email.txt, web.html, issue.json, and
    editor.md for your own words and choices. Building again takes up what you changed there, and writes
    nothing if nothing changed. Fewer new posts than min_posts end with 3; failed sources with 5.

    \b
    Examples:
      digest build
      digest build weekly --date 2026-11-23 --dry-run
    """
    from digest.cli import collect
    from digest.workflow.building import build

    chosen = _editions(session, editions, every)
    day = parse_date(dated)
    failed = [] if no_collect or not session.project.config.sources else collect.run(session)
    reports = [build(session.project, edition, day, dry_run=dry_run, force=force) for edition in chosen]
    if as_json:
        print_json([public(report, with_decisions=dry_run) for report in reports])
    else:
        for report in reports:
            _show(session, report, dry_run)
    collect.raise_failed(failed)
    _raise_empty(session, reports)


def _editions(session: Session, names: Sequence[str], every: bool) -> list[Edition]:
    config = session.project.config
    if every and names:
        raise UsageError("--all builds every edition; name none")
    if every:
        return list(config.editions.values())
    return [config.edition(name) for name in dict.fromkeys(names)] if names else [config.edition()]


def parse_date(text: str | None) -> date | None:
    """Return the date that an option names.

    Raises:
        UsageError: if it is none.
    """
    if text is None:
        return None
    try:
        return datetime.strptime(text.strip(), "%Y-%m-%d").date()  # noqa: DTZ007 - a date has no zone
    except ValueError as exc:
        raise UsageError(f'"{text}" is no date', hint="Write it as 2026-11-23.") from exc


def public(report: BuildReport, *, with_decisions: bool) -> dict[str, Any]:
    """Return a report as other programs read it."""
    from digest.models import builtins

    entry: dict[str, Any] = builtins(report)
    decisions = entry.pop("decisions")
    if with_decisions:
        names = ("url", "title", "verdict", "rule", "detail")
        entry["decisions"] = [{n: d.get(n, "" if n != "url" else None) for n in names} for d in decisions]
    return entry


def _show(session: Session, report: BuildReport, dry_run: bool) -> None:
    if dry_run:
        _show_decisions(report)
    count = f"{len(report.posts)} post{'s' if len(report.posts) != 1 else ''}"
    if report.status == "built":
        verb = "would be built" if dry_run else "built"
        click.echo(f"{report.issue}: {verb}, {count}, {report.html_bytes:,} bytes of HTML")
        if not dry_run:
            click.echo(f"  {session.project.root / report.folder}")
            session.say(f"Next: `digest preview {report.issue}`, or write your words into editor.md there.")
    elif report.status == "unchanged":
        click.echo(f"{report.issue}: unchanged, {count}; nothing was written")
    elif report.status == "sealed":
        click.echo(f"{report.issue}: sealed, {count}; nothing was written")
    else:
        click.echo(f"{report.issue}: nothing to send")


def _show_decisions(report: BuildReport) -> None:
    print_table(
        ("", "RULE", "POST", "WHY"),
        [
            (
                "in" if d.verdict == "chosen" else "out" if d.verdict == "refused" else "wait",
                d.rule,
                d.title,
                d.detail,
            )
            for d in report.decisions
        ],
    )


def _raise_empty(session: Session, reports: Sequence[BuildReport]) -> None:
    empty = [report for report in reports if report.status == "nothing-to-send"]
    if empty:
        least = session.project.config.edition(empty[0].edition).min_posts
        raise NothingToSend(
            f"{empty[0].issue} has fewer new posts than min_posts = {least}",
            hint="They will come in the next issue; `digest build --dry-run` shows why each is in or out.",
        )

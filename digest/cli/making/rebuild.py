"""`digest rebuild`."""

from __future__ import annotations

import click

from digest.cli import completing
from digest.cli.session import Session


@click.command("rebuild", short_help="Make an issue's files again from issue.json.")
@click.argument("issue", shell_complete=completing.issue)
@click.option(
    "--check", is_flag=True, help="Only compare, byte for byte; a difference ends with 4."
)
@click.pass_obj
def command(session: Session, issue: str, check: bool) -> None:
    """Make an issue's files again from issue.json alone, byte for byte.

    Neither archive nor template is needed. ISSUE is its id, its folder, "latest", or an edition's
    name, which is its latest.

    \b
    Examples:
      digest rebuild 2026-11-23-weekly
      digest rebuild latest --check
    """
    from digest.workflow import records

    summary, files = records.rebuild(session.project, issue, check=check)
    written = [name for name, what in files.items() if what == "written"]
    if written:
        session.tell(f"{summary.id}: made again: {', '.join(written)}")
    else:
        session.tell(f"{summary.id}: every file is as issue.json says")

"""`digest approve`."""

from __future__ import annotations

import click

from digest.cli.session import Session


@click.command("approve", short_help="Seal an issue's exact bytes.")
@click.argument("issue")
@click.option("--withdraw", is_flag=True, help="Take the seal back while nothing was delivered.")
@click.pass_obj
def command(session: Session, issue: str, withdraw: bool) -> None:
    """Seal an issue's exact bytes.

    ISSUE is its id, its folder, or "latest". From then on the issue never changes: building it
    again reports "sealed". approval.json holds the SHA-256 of every file, with subject and
    preheader.

    \b
    Examples:
      digest approve latest
      digest approve 2026-11-23-weekly --withdraw
    """
    from digest.workflow import records

    if withdraw:
        summary = records.withdraw(session.project, issue)
        click.echo(f"{summary.id}: a draft again")
        return
    approval = records.approve(session.project, issue)
    click.echo(f"{approval.issue}: approved")
    for name, digest in approval.digests.items():
        session.detail(f"  {digest}  {name}")

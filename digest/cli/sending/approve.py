"""`digest approve`."""

from __future__ import annotations

import click

from digest.cli import completing
from digest.cli.session import Session


@click.command("approve", short_help="Seal an issue's exact bytes.")
@click.argument("issue", shell_complete=completing.issue)
@click.option("--withdraw", is_flag=True, help="Take the seal back while nothing was delivered.")
@click.option("--anyway", metavar="REASON", default="", help="Seal it although errors stand.")
@click.pass_obj
def command(session: Session, issue: str, withdraw: bool, anyway: str) -> None:
    """Seal an issue's exact bytes.

    ISSUE is its id, its folder, "latest", or an edition's name, which is its latest. From then on
    the issue never changes: building it again reports "sealed". approval.json holds the SHA-256 of
    every file, with subject and preheader. An issue in which `digest check` finds an error is not
    sealed, unless --anyway gives a reason; the seal keeps it.

    \b
    Examples:
      digest approve latest
      digest approve latest --anyway "the address comes from the service's own footer"
      digest approve 2026-11-23-weekly --withdraw
    """
    from digest.workflow import records

    if withdraw:
        summary = records.withdraw(session.project, issue)
        session.tell(f"{summary.id}: a draft again")
        return
    approval = records.approve(session.project, issue, anyway=anyway)
    session.tell(f"{approval.issue}: approved")
    for error in approval.findings:
        session.warn(f"{error.rule}: {error.message}")
    for name, digest in approval.digests.items():
        session.detail(f"  {digest}  {name}")
    session.say(_next(session, approval.issue))


def _next(session: Session, issue: str) -> str:
    """Return how an issue gets to its mailing service: as a draft where it takes any, or pasted."""
    from digest.services import registry

    service = session.project.folders.read(issue).issue.service
    if service in registry.names():
        return f"Next: `digest deliver {issue}` leaves it at {service} as a draft."
    if service != "plain":
        return f"Next: `digest export {issue} --for {service}` prints it, to be pasted in."
    return (
        f"Next: `digest deliver {issue} --to SERVICE` leaves it there as a draft; "
        f"`digest export {issue} --for SERVICE` prints it, to be pasted in."
    )

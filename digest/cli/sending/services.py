"""`digest services`."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

import click

from digest.cli.session import Session, json_option, print_table
from digest.errors import ServicesFailed

if TYPE_CHECKING:
    from digest.workflow.sending.delivering import ServiceReport


@click.command("services", short_help="Try the mailing services that are configured.")
@json_option
@click.pass_obj
def command(session: Session, as_json: bool) -> None:
    """Try the mailing services that are configured: credentials, account and plan.

    Each is asked one harmless question with your key. No secret is ever shown. If one cannot be
    used it ends with 1.

    \b
    Examples:
      digest services
      digest services --json
    """
    from digest.workflow.sending import delivering

    reports = delivering.services(session.project)
    if as_json:
        session.answer(reports)
    else:
        _show(session, reports)
    failed = [report.service for report in reports if not report.ok]
    if failed:
        raise ServicesFailed(f"cannot be used: {', '.join(failed)}")


def _show(session: Session, reports: Sequence[ServiceReport]) -> None:
    rows = [("ok" if r.ok else "fails", r.service, r.message) for r in reports]
    print_table(
        ("", "SERVICE", "WHAT IT SAYS"), rows, wide={2: 1}, styles={"ok": "green", "fails": "red"}
    )
    if not rows:
        session.say("No service is configured. Add [service.NAME] to digest.toml.")

"""`digest services`."""

from __future__ import annotations

import click

from digest.cli.session import Session, json_option, print_json, print_table


@click.command("services", short_help="Try the mailing services that are configured.")
@json_option
@click.pass_obj
def command(session: Session, as_json: bool) -> None:
    """Try the mailing services that are configured: credentials, account and plan.

    Each is asked one harmless question with your key. No secret is ever shown.

    \b
    Examples:
      digest services
      digest services --json
    """
    from digest.workflow.sending import delivering

    reports = delivering.services(session.project)
    if as_json:
        print_json(reports)
        return
    rows = [("ok" if r.ok else "fails", r.service, r.message) for r in reports]
    print_table(
        ("", "SERVICE", "WHAT IT SAYS"), rows, wide={2: 1}, styles={"ok": "green", "fails": "red"}
    )
    if not rows:
        session.say("No service is configured. Add [service.NAME] to digest.toml.")

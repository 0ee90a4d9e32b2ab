"""`digest export`."""

from __future__ import annotations

from pathlib import Path

import click

from digest import dialects
from digest.cli.session import Session
from digest.errors import DigestError


@click.command("export", short_help="Print an issue's HTML for a mailing service.")
@click.argument("issue")
@click.option(
    "--for",
    "service",
    metavar="SERVICE",
    required=True,
    help=f"Whose merge tags the HTML carries: {', '.join(sorted(dialects.DIALECTS))}.",
)
@click.option(
    "-o",
    "--output",
    metavar="FILE",
    type=click.Path(dir_okay=False, path_type=Path),
    help="Write there instead of to stdout.",
)
@click.pass_obj
def command(session: Session, issue: str, service: str, output: Path | None) -> None:
    """Print an issue's HTML for a mailing service, ready to paste.

    It is made from issue.json alone, so a sealed issue of any age can be exported. ISSUE is its id,
    its folder, or "latest".

    \b
    Examples:
      digest export latest --for mailchimp -o mailchimp.html
      digest export latest --for listmonk | pbcopy
    """
    from digest.files import write_atomically
    from digest.workflow import records

    html = records.export(session.project, issue, service)
    if output is None:
        click.echo(html, nl=False)
        return
    try:
        write_atomically(output, html.encode())
    except OSError as exc:
        raise DigestError(
            f"cannot be written ({exc.strerror or exc})",
            where=str(output),
            hint="Name a file in a folder that is there.",
        ) from exc
    session.say(f"{output}: {len(html):,} bytes for {service}")

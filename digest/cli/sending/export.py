"""`digest export`."""

from __future__ import annotations

from pathlib import Path
from typing import Literal

import click

from digest import dialects
from digest.cli import completing
from digest.cli.session import Session
from digest.errors import DigestError, UsageError


@click.command("export", short_help="Print an issue's HTML for a mailing service.")
@click.argument("issue", shell_complete=completing.issue)
@click.option(
    "--for",
    "service",
    metavar="SERVICE",
    required=True,
    shell_complete=completing.dialect,
    help=f"Whose merge tags the HTML carries: {', '.join(sorted(dialects.DIALECTS))}.",
)
@click.option(
    "-o",
    "--output",
    metavar="FILE",
    type=click.Path(dir_okay=False, path_type=Path),
    help="Write there instead of to stdout.",
)
@click.option("--text", "as_text", is_flag=True, help="The text part instead of the HTML.")
@click.option("--zip", "as_zip", is_flag=True, help="Both in a zip, with a list of the pictures.")
@click.pass_obj
def command(
    session: Session, issue: str, service: str, output: Path | None, as_text: bool, as_zip: bool
) -> None:
    """Print an issue's HTML for a mailing service, ready to paste.

    It is made from issue.json alone, so a sealed issue of any age can be exported. ISSUE is its id,
    its folder, "latest", or an edition's name, which is its latest.

    \b
    Examples:
      digest export latest --for mailchimp -o mailchimp.html
      digest export latest --for mailchimp --text | pbcopy
      digest export latest --for sendy --zip -o issue.zip
    """
    from digest.files import write_where_told
    from digest.workflow import records

    if as_text and as_zip:
        raise UsageError("--zip holds the text too", hint="Leave one of --text and --zip out.")
    if as_zip and output is None:
        raise UsageError("a zip is no text to print", hint="Name its file: `-o issue.zip`.")
    if output is not None:
        records.refuse_record(session.project, output)
    issue = session.named(issue)
    if as_zip:
        data = records.export_all(session.project, issue, service)
    else:
        what: Literal["html", "text"] = "text" if as_text else "html"
        data = records.export(session.project, issue, service, what).encode()
    if output is None:
        click.echo(data, nl=False)
        return
    try:
        write_where_told(output, data)
    except OSError as exc:
        raise DigestError(
            f"cannot be written ({exc.strerror or exc})",
            where=str(output),
            hint="Name a file in a folder that is there.",
        ) from exc
    session.say(f"{output}: {len(data):,} bytes for {service}")

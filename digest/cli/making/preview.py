"""`digest preview`."""

from __future__ import annotations

import click

from digest.cli import completing
from digest.cli.session import Session
from digest.cli.speaking import echo


@click.command("preview", short_help="Show an issue in the browser, live.")
@click.argument(
    "reference",
    required=False,
    metavar="[ISSUE or EDITION]",
    shell_complete=completing.issue,
)
@click.option(
    "--port",
    type=click.IntRange(1, 65535),
    metavar="N",
    help="The port to listen on; otherwise a free one.",
)
@click.option(
    "--host",
    metavar="H",
    default="127.0.0.1",
    help="Listen for the local network: an address of this computer, or 0.0.0.0.",
)
@click.option("--shot", metavar="DIR", help="Write pictures of the views there, and end.")
@click.option(
    "--static", metavar="DIR", help="Write plain pages there that need no server, and end."
)
@click.option("--no-open", is_flag=True, help="Only print the address; open no browser.")
@click.pass_obj
def command(
    session: Session,
    reference: str | None,
    port: int | None,
    host: str,
    shot: str | None,
    static: str | None,
    no_open: bool,
) -> None:
    """Show an issue in the browser, live.

    Email, text, web version and inbox lie one key apart (1 to 4), what other clients make of it
    behind 5 to 0; k lists every command. A draft is built again whenever editor.md, digest.toml, a
    template or a folder of posts changes, and the page follows. A sealed issue is only shown.
    Without a name it is the latest issue; an edition's name is its latest, or one for today where
    it has none.

    Only this computer can open the address, and only with the token in it; with --host, whoever in
    the local network has the token. Ctrl-C ends the preview.

    For a pull request or a colleague, --static writes a folder of plain pages (views, findings,
    decisions), and --shot pictures of the views, taken by an installed Chromium or Chrome.

    \b
    Examples:
      digest preview
      digest preview 2026-11-23-weekly
      digest preview weekly --port 8025 --no-open
      digest preview --host 0.0.0.0
      digest preview latest --shot pictures --static pages
    """
    if shot or static:
        _share(session, reference, shot, static)
        return
    from digest.preview import serve

    serve(
        session.project,
        reference,
        port=port,
        host=host,
        open_browser=not no_open,
        announce=echo,
        say=session.say,
        detail=session.detail,
    )


def _share(session: Session, reference: str | None, shot: str | None, static: str | None) -> None:
    """Write what can be taken along, and say where."""
    from digest.preview import share

    for path in share(session.project, reference, shot=shot, static=static, say=session.say):
        echo(str(path))

"""`digest preview`."""

from __future__ import annotations

import click

from digest.cli.session import Session


@click.command("preview", short_help="Show an issue in the browser, live.")
@click.argument("reference", required=False, metavar="[ISSUE or EDITION]")
@click.option(
    "--port",
    type=click.IntRange(1, 65535),
    metavar="N",
    help="The port to listen on; otherwise a free one.",
)
@click.option("--no-open", is_flag=True, help="Only print the address; open no browser.")
@click.pass_obj
def command(session: Session, reference: str | None, port: int | None, no_open: bool) -> None:
    """Show an issue in the browser, live.

    HTML, text and web version lie one key apart (1, 2, 3). A draft is built again whenever
    editor.md, digest.toml, a template or a folder of posts changes, and the page follows. A sealed
    issue is only shown. Without a name it is the latest issue; an edition without any gets one for
    today.

    Only this computer can open the address, and only with the token in it. Ctrl-C ends the preview.

    \b
    Examples:
      digest preview
      digest preview 2026-11-23-weekly
      digest preview weekly --port 8025 --no-open
    """
    from digest.preview import serve

    serve(
        session.project,
        reference,
        port=port,
        open_browser=not no_open,
        announce=click.echo,
        say=session.say,
    )

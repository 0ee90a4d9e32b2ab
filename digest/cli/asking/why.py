"""`digest why`."""

from __future__ import annotations

import click

from digest.cli import completing
from digest.cli.session import Session, json_option, print_table
from digest.knowledge.clocks import on_clocks


@click.command("why", short_help="Say which rule chose or refused a post.")
@click.argument("post", metavar="URL")
@click.option(
    "--edition", metavar="E", shell_complete=completing.edition, help="Only this edition."
)
@json_option
@click.pass_obj
def command(session: Session, post: str, edition: str | None, as_json: bool) -> None:
    """Say which rule chose or refused a post, in every edition.

    URL is the post's address or its id. A post that an issue holds is explained by that issue; any
    other as if the edition were built now. Times are shown on the newsletter's clocks, in --json in
    UTC.

    \b
    Examples:
      digest why https://your.blog/a-post/
      digest why https://your.blog/a-post/ --edition weekly --json
    """
    from digest.workflow.telling.explaining import why

    reasons = why(session.project, post, edition)
    if as_json:
        session.answer(reasons)
        return
    timezone = session.project.config.newsletter.timezone
    words = {"chosen": "in", "refused": "out", "waiting": "waits"}
    print_table(
        ("EDITION", "", "RULE", "WHY"),
        [(r.edition, words[r.verdict], r.rule, on_clocks(r.detail, timezone)) for r in reasons],
        wide={3: 1},
    )

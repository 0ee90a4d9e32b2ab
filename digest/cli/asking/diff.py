"""`digest diff`."""

from __future__ import annotations

import click

from digest.cli.completing import issue
from digest.cli.session import Session, json_option
from digest.cli.speaking import echo, styled


@click.command("diff", short_help="Tell what moved between two issues.")
@click.argument("before", metavar="A", shell_complete=issue)
@click.argument("after", metavar="B", shell_complete=issue)
@json_option
@click.pass_obj
def command(session: Session, before: str, after: str, as_json: bool) -> None:
    """Tell what moved between two issues: posts, their texts, the template, the tools.

    Each is an id, a folder, "latest", or an edition's name, which is its latest. Their records
    alone are read, so that neither the archive nor the template is needed.

    \b
    Examples:
      digest diff 2026-11-16-weekly latest
      digest diff 2026-11-16-weekly 2026-11-23-weekly --json
    """
    from digest.models import builtins
    from digest.workflow.telling.differing import diff

    before, after = session.named(before), session.named(after)
    found = diff(session.project, before, after)
    if as_json:
        session.answer({"a": before, "b": after, "differences": builtins(found)})
        return
    kind = ""
    for each in found:
        if each.kind != kind:
            kind = each.kind
            styled(kind, bold=True)
        echo(f"  {each.where}")
        for sign, told, colour in (("-", each.before, "red"), ("+", each.after, "green")):
            if told:
                styled(f"    {sign} {told}", fg=colour)
    session.count(len(found), "difference")

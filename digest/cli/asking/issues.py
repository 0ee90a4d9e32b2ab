"""`digest issues`."""

from __future__ import annotations

import click

from digest.cli import completing
from digest.cli.session import Session, json_option, print_table


@click.command("issues", short_help="List the issues on disk.")
@click.argument("editions", nargs=-1, metavar="[EDITION]...", shell_complete=completing.edition)
@json_option
@click.pass_obj
def command(session: Session, editions: tuple[str, ...], as_json: bool) -> None:
    """List the issues on disk and how far each has come: draft, approved or delivered.

    Without an EDITION those of all.

    \b
    Examples:
      digest issues
      digest issues weekly
      digest issues --json
    """
    from digest.workflow import naming

    project = session.project
    names = [name for edition in editions for name in naming.borne(project, edition)]
    found = project.folders.all(names or None)
    if as_json:
        session.answer(
            [
                {
                    "issue": issue.id,
                    "edition": issue.edition,
                    "number": issue.number,
                    "date": issue.dated.isoformat(),
                    "state": issue.state,
                    "posts": len(issue.posts),
                    "html_bytes": issue.html_bytes,
                }
                for issue in found
            ]
        )
        return
    print_table(
        ("NO.", "ISSUE", "STATE", "POSTS", "BYTES", "SUBJECT"),
        [
            (str(i.number), i.id, i.state, str(len(i.posts)), f"{i.html_bytes:,}", i.subject)
            for i in reversed(found)
        ],
        right=(0, 3, 4),
        wide={5: 1},
    )
    build = " ".join(("digest build", *editions))
    session.count(len(found), "issue", f"`{build}` makes one")

"""`digest series`."""

from __future__ import annotations

import click

from digest.cli.session import Session, json_option
from digest.cli.speaking import echo, styled


@click.command("series", short_help="List the series with their parts and gaps.")
@json_option
@click.pass_obj
def command(session: Session, as_json: bool) -> None:
    """List the series there are to select by, with their parts, and which are missing or doubled.

    \b
    Examples:
      digest series
      digest series --json
    """
    from digest.workflow.telling.listing import series

    found = series(session.project)
    if as_json:
        session.answer(
            [
                {
                    "name": outline.name,
                    "posts": outline.posts,
                    "total": outline.total,
                    "parts": [
                        {"part": p.part, "title": p.title, "url": p.url} for p in outline.parts
                    ],
                    "gaps": list(outline.gaps),
                    "doubles": list(outline.doubles),
                }
                for outline in found
            ]
        )
        return
    for outline in found:
        styled(f"{outline.name}", bold=True, nl=False)
        count = f"{len(outline.numbers)} of {outline.total}" if outline.total else outline.posts
        echo(f" ({count})")
        for part in outline.parts:
            echo(f"  {part.label or ('–' if part.part is None else part.part):>4}  {part.title}")
        for what, numbers in (
            ("missing", outline.gaps),
            ("twice", outline.doubles),
            ("late", outline.late),
        ):
            if numbers:
                styled(f"        {what}: part {', '.join(map(str, numbers))}", fg="yellow")
    session.count(len(found), "series", "`digest posts` lists the posts")

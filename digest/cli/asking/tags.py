"""`digest tags`."""

from __future__ import annotations

import click

from digest.cli.session import Session, json_option, print_table


@click.command("tags", short_help="List the tags there are to select by.")
@json_option
@click.pass_obj
def command(session: Session, as_json: bool) -> None:
    """List the tags there are to select by, with counts and names that look alike.

    \b
    Examples:
      digest tags
      digest tags --json
    """
    from digest.workflow.telling.listing import tags

    found = tags(session.project)
    if as_json:
        session.answer(
            [{"name": tag.name, "posts": tag.posts, "near": list(tag.near)} for tag in found]
        )
        return
    rows = [
        (str(tag.posts), tag.name, f"like {', '.join(tag.near)}" if tag.near else "")
        for tag in found
    ]
    print_table(("POSTS", "TAG", ""), rows, right=(0,), wide={1: 1, 2: 1})
    session.count(len(found), "tag", "`digest posts` lists the posts")

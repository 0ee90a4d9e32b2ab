"""`digest sources`."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

from digest.cli.session import Session, json_option, print_json, print_table, utc

if TYPE_CHECKING:
    from digest.workflow.listing import SourceState


@click.command("sources", short_help="List the sources with their conventions.")
@json_option
@click.pass_obj
def command(session: Session, as_json: bool) -> None:
    """List the sources: how many posts each brought, its health, and what was learnt of its titles.

    A convention that is wrong can be overruled: byline = "N: T", or "off", in the source's table.

    \b
    Examples:
      digest sources
      digest sources --json
    """
    from digest.workflow.listing import sources

    found = sources(session.project)
    if as_json:
        print_json([_json(source) for source in found])
        return
    rows = []
    for source in found:
        first, *more = _lines(source) or [""]
        rows.append((str(source.posts), source.source, source.kind, first))
        rows += [("", "", "", line) for line in more]
    print_table(("POSTS", "SOURCE", "KIND", ""), rows, right=(0,), wide={1: 1, 3: 2})
    session.say(f"{len(found)} source{'s' if len(found) != 1 else ''}")


def _lines(source: SourceState) -> list[str]:
    """Return what there is to say of a source beside its posts, what is wrong first."""
    wrong = [f"failed {source.failures}×: {source.last_error}"] if source.failures else []
    return [*wrong, *source.conventions]


def _json(source: SourceState) -> dict[str, Any]:
    return {
        "source": source.source,
        "kind": source.kind,
        "posts": source.posts,
        "last_success_at": utc(source.last_success_at),
        "last_error": source.last_error,
        "failures": source.failures,
        "conventions": list(source.conventions),
    }

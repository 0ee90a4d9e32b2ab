"""`digest sources`."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

import click

from digest.cli.session import Session, json_option, print_table, utc

if TYPE_CHECKING:
    from digest.workflow.telling.listing import SourceState


@click.command("sources", short_help="List the sources with their health and conventions.")
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
    from digest.workflow.telling.listing import sources

    found = sources(session.project)
    if as_json:
        session.answer([_json(source) for source in found])
        return
    zone = ZoneInfo(session.project.config.newsletter.timezone)
    rows = []
    for source in found:
        first, *more = _lines(source) or [""]
        read = _day(source.last_success_at, zone)
        rows.append((str(source.posts), source.source, source.kind, read, first))
        rows += [("", "", "", "", line) for line in more]
    print_table(("POSTS", "SOURCE", "KIND", "READ", ""), rows, right=(0,), wide={1: 1, 4: 2})
    session.count(len(found), "source", "add a [[source]] to digest.toml")


def _day(moment: datetime | None, zone: ZoneInfo) -> str:
    return f"{moment.astimezone(zone):%Y-%m-%d %H:%M}" if moment else "never"


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

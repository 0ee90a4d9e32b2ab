"""`digest posts`."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, time, timedelta
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

import click

from digest.cli import completing
from digest.cli.session import Session, json_option, print_table, utc
from digest.cli.speaking import echo, styled

if TYPE_CHECKING:
    from digest.archive import Archive
    from digest.models import Post


@click.command("posts", short_help="List the archive's posts.")
@click.option("--tag", metavar="T", shell_complete=completing.tag, help="Only posts with this tag.")
@click.option(
    "--series", metavar="S", shell_complete=completing.series, help="Only posts of this series."
)
@click.option(
    "--source", metavar="N", shell_complete=completing.source, help="Only posts of this source."
)
@click.option("--since", metavar="D", help="Only posts dated on or after this day.")
@click.option("--until", metavar="D", help="Only posts dated on or before this day.")
@click.option(
    "--fixups", is_flag=True, help="Show what editing changed in each post, and by which rule."
)
@json_option
@click.pass_obj
def command(
    session: Session,
    tag: str | None,
    series: str | None,
    source: str | None,
    since: str | None,
    until: str | None,
    fixups: bool,
    as_json: bool,
) -> None:
    """List the archive's posts, newest first; with no filter, all of them.

    Tags and series match by name or slug, ignoring case. Days are those of the newsletter's time
    zone.

    \b
    Examples:
      digest posts --tag leadership --since 2026-11-01
      digest posts --series "Quiet hours" --fixups
    """
    from digest.workflow.gathering.again import edited_archive
    from digest.workflow.telling.once import Once

    config = session.project.config
    if source is not None:
        config.source(source)
    with edited_archive(session.project) as archive:
        found = archive.posts(
            tag=tag,
            series=series,
            source=source,
            since=_day(session, since),
            until=_day(session, until, 1),
        )
        found = Once(archive).shown(found)
        if not found:
            _suggest(session, archive, {"tag": tag, "series": series})
    if as_json:
        session.answer([public(post) for post in found])
    elif fixups:
        for post in found:
            _show_fixups(post)
    else:
        zone = ZoneInfo(config.newsletter.timezone)
        rows = [_row(post, zone) for post in found]
        print_table(("DATE", "TITLE", "BY", "TAGS", "URL"), rows, wide={1: 5, 2: 2, 3: 3, 4: 5})
    session.count(len(found), "post", _where_else(tag, series, source, since, until))


def _where_else(tag: str | None, series: str | None, *others: str | None) -> str:
    """Return where to look where there is no post."""
    listed = [
        f"`digest {name}` lists the {name}"
        for name, asked in (("tags", tag), ("series", series))
        if asked
    ]
    if not listed and not any(others):
        listed = ["`digest collect` brings them"]
    return " and ".join(listed)


def _day(session: Session, text: str | None, days_later: int = 0) -> datetime | None:
    from digest.cli.making.build import parse_date

    day = parse_date(text)
    zone = ZoneInfo(session.project.config.newsletter.timezone)
    return datetime.combine(day + timedelta(days=days_later), time(), zone) if day else None


def public(post: Post) -> dict[str, Any]:
    """Return a post as other programs read it."""
    image = post.image
    return {
        "id": post.id,
        "url": post.url,
        "title": post.title,
        "raw_title": post.raw_title,
        "authors": list(post.authors),
        "published_at": utc(post.published_at),
        "updated_at": utc(post.updated_at),
        "tags": [term.name for term in post.tags],
        "categories": [term.name for term in post.categories],
        "series": [
            {"name": part.name, "part": part.part, "total": part.total} for part in post.series
        ],
        "excerpt": post.excerpt,
        "image": {"url": image.url, "alt": image.alt, "width": image.width, "height": image.height}
        if image
        else None,
        "words": post.words,
        "source": post.source,
        "fixups": [
            {"field": fixup.field, "raw": fixup.raw, "value": fixup.value, "rule": fixup.rule}
            for fixup in post.fixups
        ],
    }


def _suggest(session: Session, archive: Archive, asked: Mapping[str, str | None]) -> None:
    """Say which name was probably meant by one that no post bears."""
    from digest.nearest import did_you_mean

    for kind, name in asked.items():
        if name is not None and not archive.bears(kind, name):
            hint = did_you_mean(name, [known for known, _ in archive.names(kind)])
            session.say(f'No post has the {kind} "{name}". {hint}')


def _row(post: Post, zone: ZoneInfo) -> tuple[str, ...]:
    dated = (
        post.published_at.astimezone(zone).date().isoformat() if post.published_at else "undated"
    )
    authors = ", ".join(post.authors)
    tags = ", ".join(term.name for term in post.tags)
    # what has no address is named by its id, which `why`, pin and drop take as well
    return dated, post.title, authors, tags, post.url or post.id


def _show_fixups(post: Post) -> None:
    styled(post.title, bold=True)
    echo(f"  {post.url or post.id}")
    for fixup in post.fixups:
        echo(f"  {fixup.rule} ({fixup.field}): {_short(fixup.raw)} → {_short(fixup.value)}")


def _short(text: str, characters: int = 90) -> str:
    flat = " ".join(text.split())
    return f"“{flat[: characters - 1]}…”" if len(flat) > characters else f"“{flat}”"

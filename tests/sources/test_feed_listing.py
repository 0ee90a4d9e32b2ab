"""What feeds say, and every field of the posts that they give: `feeds.txt` shows them side by side."""

from __future__ import annotations

from pathlib import Path
from zoneinfo import ZoneInfo

import msgspec

from digest.errors import DigestError
from digest.fetching import Response
from digest.models import RawItem
from digest.sources.feed.source import read_feed
from tests.golden import hold
from tests.sources.test_feed import HEAD

URL = "https://garden.example/feed/"


def test_feeds_give_what_is_listed() -> None:
    """Of RSS only the items stand there; times without a zone are of Paris."""
    hold(Path(__file__).with_name("feeds.txt"), _told)


def _told(name: str, said: str) -> str:
    text = f"{HEAD}{said}</channel></rss>" if name.startswith("RSS") else said
    try:
        batch = read_feed(
            Response(url=URL, status=200, body=text.encode()), ZoneInfo("Europe/Paris")
        )
    except DigestError as exc:
        return f"refused: {exc.message}\nwhere: {exc.where}\nhint: {exc.hint}"
    told = [line for item in batch.items for line in fields(item)]
    told += [f"problem of {each.where}: {each.message}" for each in batch.problems]
    return "\n".join(told + ([f"left out: {batch.skipped}"] if batch.skipped else []))


def fields(item: RawItem) -> list[str]:
    """Return what an item says, field by field, and nothing of what it does not say."""
    said = ((f.name, getattr(item, f.name), f.default) for f in msgspec.structs.fields(item))
    lines = [f"  {name} = {_short(value)}" for name, value, usual in said if value != usual]
    return [f"post {item.identity}", *lines[1:]]


def _short(value: object) -> str:
    return value.isoformat() if hasattr(value, "isoformat") else repr(value)

"""What was found out about a place that posts may come from, and a glance at the posts."""

from __future__ import annotations

from collections import Counter
from datetime import UTC, datetime
from pathlib import Path
from typing import Literal

from digest.models import RawItem, Value
from digest.sources.base import Batch
from digest.sources.reading import plain

_TITLES = 3
_NAMES = 5
_LONG_AGO = datetime(1, 1, 2, tzinfo=UTC)


class Sample(Value):
    """Hold a glance at a source's posts.

    posts: how many there are, or were looked at; `newest_at` is the date of the newest. titles:
    those of the newest. tags and series: the commonest names. passed: what is no post and why, a
    line each.
    """

    posts: int = 0
    newest_at: datetime | None = None
    titles: tuple[str, ...] = ()
    tags: tuple[str, ...] = ()
    series: tuple[str, ...] = ()
    passed: tuple[str, ...] = ()


class Discovered(Value):
    """Describe a source worth putting into digest.toml, and what the site says of itself.

    `home` is the address that readers know: the site's own word for it, else the page that was
    given. `path` is the place on this machine, None for one on the web. `language` and `timezone`
    are empty where the site does not tell, and so is `permalink`, the form of addresses; `hint` is
    a sentence for the editor.
    """

    kind: Literal["wordpress", "feed", "page", "markdown", "wxr", "ghost"]
    url: str
    home: str = ""
    name: str = ""
    language: str = ""
    timezone: str = ""
    hint: str = ""
    path: Path | None = None
    permalink: str = ""
    sample: Sample = Sample()


def sample(batch: Batch) -> Sample:
    """Return a glance at what a source brought."""
    newest: list[tuple[datetime, str]] = []
    tags: Counter[str] = Counter()
    series: Counter[str] = Counter()
    for item in batch.items:
        newest.append((item.published_at or _LONG_AGO, _title(item)))
        tags.update(term.name for term in item.tags)
        series.update(part.name for part in item.series)
    newest.sort(reverse=True)
    return Sample(
        posts=len(batch.items),
        newest_at=newest[0][0] if newest and newest[0][0] != _LONG_AGO else None,
        titles=tuple(title for _, title in newest[:_TITLES]),
        tags=tuple(name for name, _ in tags.most_common(_NAMES)),
        series=tuple(name for name, _ in series.most_common(_NAMES)),
        passed=tuple(f"{problem.where}: {problem.message}" for problem in batch.problems),
    )


def _title(item: RawItem) -> str:
    return item.title if item.title_is_text else plain(item.title)

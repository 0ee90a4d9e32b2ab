"""What every source is and gives: the `Source` protocol and the `Batch` it returns.

A source reads and reports; it never edits, chooses or stores. One module a kind; the kinds are
found by their entry points (`registry`).
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Protocol

from digest.errors import DigestError, Unforeseen
from digest.fetching import Fetcher
from digest.models import Problem, RawItem, Value

LOCKED = "is behind a password, so it is left out"
EMPTY = "has neither title nor text, so it is left out"


def _silent(_read: int) -> None:
    """Hear nothing of what was read."""


class SourceSettings(Value):
    """Hold one `[[source]]` of digest.toml. `path` is absolute; `options` are the kind's own keys.

    `timezone` (the newsletter's) is the zone of dates that carry none. `where` names the table in
    digest.toml, for messages. A source that reads many posts tells `heard` how many it has read.
    """

    name: str
    kind: str
    url: str = ""
    path: Path | None = None
    options: dict[str, Any] = {}
    timezone: str = "UTC"
    where: str = "digest.toml"
    heard: Callable[[int], None] = _silent


class Batch(Value):
    """Hold what one run of a source brought.

    items: the posts to put into the archive, new, changed or as they were; walked through more than
    once (`spool` keeps many of them out of memory). problems: what is wrong
    with single posts or addresses, and why posts were skipped; no reason to stop. skipped: posts
    that do not belong in a newsletter (drafts, protected, without any content) or that cannot be
    read. unchanged: posts known to be as they were without being read again (after a 304). present:
    every identity the source holds now, so that withdrawn posts are noticed; None if unknown.
    state: what the source wants to be handed next time (validators per URL, a watermark); the
    archive keeps it only when the items are safely stored.
    """

    items: Collection[RawItem] = ()
    problems: tuple[Problem, ...] = ()
    skipped: int = 0
    unchanged: int = 0
    present: frozenset[str] | None = None
    state: dict[str, str] = {}


class Source(Protocol):
    """Read posts of one kind from one place."""

    def __init__(self, settings: SourceSettings, fetcher: Fetcher) -> None: ...

    def collect(self, state: Mapping[str, str], *, full: bool = False) -> Batch:
        """Return what is new since `state`, or everything when `full`.

        Raises:
            SourceError: if the source as a whole cannot be read.
            FetchError: if its address cannot be fetched.
        """
        ...


def lacks(item: RawItem) -> list[Problem]:
    """Return what a post lacks, with what becomes of it without; it is kept all the same."""
    lacking = {
        "has no date that can be read; it counts from when it was first seen": item.published_at
        is None,
        "has no title; it gets its first words": not item.title.strip(),
        "has no link; its title is shown without one": item.url is None,
        "has no text": not (item.body or item.summary),
    }
    return [
        Problem(where=item.where, message=message) for message, is_so in lacking.items() if is_so
    ]


def surprise(bug: Exception, where: str) -> Problem:
    """Return the problem of one post that a fault of ours makes, with its traceback."""
    fault = Unforeseen.of(bug, where)
    return Problem(where=where, message=f"{fault.message}. {fault.hint}", trace=fault.trace)


@contextmanager
def seam(where: str, problems: list[Problem]) -> Iterator[None]:
    """Keep a fault nobody foresaw within the one post that is read inside; its neighbours go on."""
    try:
        yield
    except DigestError:
        raise
    except Exception as bug:  # noqa: BLE001 -- a seam
        problems.append(surprise(bug, where))

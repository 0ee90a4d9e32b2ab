"""Asks sources what they have, several at once, and counts what they have read.

Here is the seam between one source and the next: whatever goes wrong in one is what it brought.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from threading import Lock
from typing import TYPE_CHECKING

from digest.config.tables import SourceConfig
from digest.errors import DigestError, Unforeseen
from digest.workflow.project import Project

if TYPE_CHECKING:
    from digest.fetching import Fetcher
    from digest.sources.base import Batch

Progress = Callable[[str, int, int], None]
"""Is called with what is being done, how much of it is done, and how much there is."""


def no_progress(_what: str, _done: int, _total: int) -> None:
    """Ignore progress."""


def as_they_come(
    ask: Callable[[SourceConfig], Batch | DigestError],
    sources: Sequence[SourceConfig],
    at_once: int,
) -> Iterator[tuple[SourceConfig, Batch | DigestError]]:
    """Yield each source with what it brought, the quickest first; one alone needs no threads."""
    if len(sources) == 1:
        yield sources[0], ask(sources[0])
        return
    from digest.machine import threads

    yield from threads.as_they_come(ask, sources, at_once)


class Count:
    """Tell how many posts all sources have read together; each is read in a thread of its own."""

    def __init__(self, sources: Sequence[SourceConfig], progress: Progress) -> None:
        self._what = f"reading {', '.join(source.name for source in sources)}"
        self._progress = progress
        self._read: dict[str, int] = {}
        self._lock = Lock()
        progress(self._what, 0, 0)

    def of(self, source: str) -> Callable[[int], None]:
        """Return what one source tells its number of posts to."""

        def heard(read: int) -> None:
            with self._lock:
                self._read[source] = read
                self._progress(self._what, sum(self._read.values()), 0)

        return heard


def brought_by(
    source: SourceConfig,
    project: Project,
    fetcher: Fetcher,
    state: dict[str, str],
    full: bool,
    count: Count,
) -> Batch | DigestError:
    """Return what the source brought, or why it failed. Runs in a thread; touches no archive."""
    from digest.sources import registry
    from digest.sources.base import SourceSettings

    try:
        settings = SourceSettings(
            name=source.name,
            kind=source.kind,
            url=source.url,
            path=source.path,
            options=source.options,
            timezone=project.config.newsletter.timezone,
            where=source.where,
            heard=count.of(source.name),
        )
        return registry.create(settings, fetcher).collect(state, full=full)
    except DigestError as error:
        return error
    except Exception as bug:  # noqa: BLE001 -- the seam between one source and the next
        return Unforeseen.of(bug)

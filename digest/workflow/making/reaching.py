"""Lets the first issue of an edition reach back to the newest posts there are.

A blog whose newest post is eight days old has something to send too; nobody should have to find out
about windows before the first issue.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

from digest import selection
from digest.models import Edition, Post, Window, replace

if TYPE_CHECKING:
    from digest.archive import Archive

# How far back the newest posts are looked for, in steps, so that few posts are read of a large
# archive. What is older than a year is no news, even in a first issue.
_DAYS = (31, 92, 366)


Look = Callable[[Window], Iterable[Post]]
"""Return the candidates for an issue of a time, some of which may be of another."""


def reach_back(
    look: Look, edition: Edition, window: Window, drafted_from: datetime | None
) -> Window:
    """Return the window of a first issue, longer if it holds too few posts and older ones exist.

    As many posts are reached as make an issue, and those of the usual time before the newest. A
    draft that reached back goes on doing so, whatever came since: it would lose its posts.

    Raises:
        ArchiveError: if the archive cannot be read.
    """
    if drafted_from is not None and drafted_from < window.start_at:
        window = replace(window, start_at=drafted_from)
    wanted = max(edition.min_posts, 1)
    if len(_fitting(look, edition, window)) >= wanted:
        return window
    for days in _DAYS:
        start_at = min(window.start_at, window.cutoff_at - timedelta(days=days))
        times = _fitting(look, edition, replace(window, start_at=start_at))
        if len(times) >= wanted:
            length = timedelta(seconds=selection.duration(edition.first_window).fixed_seconds)
            reached = min(times[wanted - 1], times[0] - length)
            return replace(window, start_at=max(start_at, min(window.start_at, reached)))
    return window


def newest_before(
    archive: Archive, edition: Edition, window: Window, sources: Sequence[str]
) -> Post | None:
    """Return the newest post before a window that the edition asks for, among the last few.

    Raises:
        ArchiveError: if the archive cannot be read.
    """
    posts = archive.posts(until=window.start_at, sources=sources, limit=200)
    return next(
        (post for post in posts if selection.refusal(post, edition.selectors) is None), None
    )


def _fitting(look: Look, edition: Edition, window: Window) -> list[datetime]:
    """Return the times of the posts in a window that the edition asks for, the newest first."""
    times = (
        post.dated_at
        for post in look(window)
        if post.dated_at
        and window.start_at <= post.dated_at < window.cutoff_at
        and selection.refusal(post, edition.selectors) is None
    )
    return sorted((each.astimezone(UTC) for each in times), reverse=True)

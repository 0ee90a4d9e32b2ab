"""Keeps what is shown up to date.

Takes changes in, has the issue rebuilt, and publishes the outcome. Changes that arrive while a
rebuild is under way become the next one; never are there two at once.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import aclosing
from pathlib import Path

from digest.models import replace
from digest.preview.live import watching
from digest.preview.live.live import Live
from digest.preview.live.rebuilding import Outcome, rebuild, refresh, stale
from digest.preview.live.shown import Trouble
from digest.preview.live.watching import Change, Places, changes, places
from digest.workflow.project import Project


class Follower:
    """Follow one issue of one project for as long as `run` runs."""

    def __init__(
        self,
        live: Live,
        root: Path,
        issue_id: str,
        began_at: float,
        worker: ThreadPoolExecutor,
        detail: Callable[[str], None],
    ) -> None:
        self.live, self.root, self.issue_id = live, root, issue_id
        self._detail = detail
        self._told: tuple[Trouble, ...] = ()
        self._worker = worker  # of one thread, so that never two issues are built at once
        self.is_watching = asyncio.Event()  # from here on no change is missed
        self._began_at = began_at
        # What came while an issue was built: all of it becomes the next build.
        self._pending = Change()
        self._wake = asyncio.Event()
        self._building: tuple[Trouble, ...] = ()
        self._reading: tuple[Trouble, ...] = ()
        self._sources: dict[str, tuple[Trouble, ...]] = {}

    async def run(self) -> None:
        """Watch and rebuild until cancelled; a rebuild that has begun is finished first."""
        both = [asyncio.create_task(self._watch()), asyncio.create_task(self._work())]
        try:
            await asyncio.gather(*both)
        finally:
            for task in both:
                task.cancel()
            await asyncio.gather(*both, return_exceptions=True)

    def rebuild(self) -> None:
        """Build the issue again now; what changed is known already, as after an act of the page."""
        self._take(Change(build=True))

    def refresh(self) -> None:
        """Read the issue again now, as after it was approved by the page: no watch need tell."""
        self._take(Change(read=True))

    async def _watch(self) -> None:
        """Hand changes on, and watch other places whenever the issue depends on others."""
        missed = self._missed_before
        watched = await self._places()
        while True:
            async with aclosing(changes(watched)) as stream:
                async for change in stream:
                    if not change:
                        if await self._places(watched) != watched:
                            break  # they moved while the watches were put in place
                        change, missed = (
                            await asyncio.to_thread(missed, watched),
                            self._missed_between,
                        )
                    self._take(change)
            watched = await self._places(watched)
            self._sources = {
                name: found for name, found in self._sources.items() if name in watched.sources
            }

    async def _places(self, before: Places | None = None) -> Places:
        return await asyncio.to_thread(places, Project(self.root), self.issue_id, before)

    def _missed_before(self, watched: Places) -> Change:
        """Return what happened before anything was watched."""
        return Change(read=True) | stale(self.root, self.issue_id, watched, self._began_at)

    def _missed_between(self, watched: Places) -> Change:
        """Return what may have happened while the watches were moved.

        Local folders are quick to read.
        """
        return Change(build=True, sources=frozenset(watched.sources))

    def _take(self, change: Change) -> None:
        self._pending |= change
        self._wake.set()
        self.is_watching.set()

    async def _work(self) -> None:
        loop = asyncio.get_running_loop()
        while True:
            await self._wake.wait()
            self._wake.clear()
            change, self._pending = self._pending, Change()
            if change.build:
                outcome = await loop.run_in_executor(
                    self._worker, rebuild, self.root, self.issue_id, change.sources
                )
                self._building = outcome.building
                self._sources |= outcome.sources
            else:
                outcome = await loop.run_in_executor(
                    self._worker, refresh, self.root, self.issue_id
                )
            self._reading = outcome.reading
            self._publish(outcome)
            # Nothing tells when a file is whole again: it is looked at once more.
            if outcome.is_torn:
                loop.call_later(watching.LOOK_SECONDS, self._take, change)

    def _publish(self, outcome: Outcome) -> None:
        sources = tuple(trouble for found in self._sources.values() for trouble in found)
        troubles = (*map(self._beside_the_last, self._building), *sources, *self._reading)
        for trouble in troubles:
            if trouble.trace and trouble not in self._told:
                self._detail(f"{trouble.where}: {trouble.message}\n{trouble.trace}")
        self._told = troubles
        self.live.publish(outcome.shown, tuple(dict.fromkeys(troubles)))

    def _beside_the_last(self, trouble: Trouble) -> Trouble:
        """Say of what kept the issue from being built that the last good one is still shown."""
        last = "What you see is the last issue that could be built."
        return (
            trouble
            if last in trouble.hint
            else replace(trouble, hint=f"{trouble.hint} {last}".strip())
        )

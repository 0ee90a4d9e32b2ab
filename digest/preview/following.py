"""Keeps what is shown up to date: takes changes in, has the issue rebuilt, and publishes the outcome.

Changes that arrive while a rebuild is under way become the next one; never are there two at once.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import aclosing
from functools import partial
from pathlib import Path

from digest.errors import DigestError
from digest.preview.live import Live
from digest.preview.rebuilding import Outcome, is_stale, rebuild, refresh
from digest.preview.shown import Trouble
from digest.preview.watching import Change, Places, changes, places
from digest.workflow.project import Project


class Follower:
    """Follow one issue of one project for as long as `run` runs."""

    def __init__(self, live: Live, root: Path, issue_id: str) -> None:
        self.live, self.root, self.issue_id = live, root, issue_id
        self.is_watching = asyncio.Event()  # from here on no change is missed
        self._pending = Change()
        self._wake = asyncio.Event()
        self._building: tuple[Trouble, ...] = ()
        self._reading: tuple[Trouble, ...] = ()
        self._watching: tuple[Trouble, ...] = ()
        self._sources: dict[str, tuple[Trouble, ...]] = {}

    async def run(self) -> None:
        """Watch and rebuild until cancelled; a rebuild that has begun is finished first."""
        with ThreadPoolExecutor(1, thread_name_prefix="rebuild") as worker:
            both = [asyncio.create_task(self._watch()), asyncio.create_task(self._work(worker))]
            try:
                await asyncio.gather(*both)
            finally:
                for task in both:
                    task.cancel()
                await asyncio.gather(*both, return_exceptions=True)

    async def _watch(self) -> None:
        watched = await asyncio.to_thread(places, Project(self.root), self.issue_id)
        await self._notice(watched, self._missed_before)
        while True:
            watched = await asyncio.to_thread(places, Project(self.root), self.issue_id, watched)
            self._sources = {n: found for n, found in self._sources.items() if n in watched.sources}
            # Anything may have happened while the watches were moved; local folders are quick to read.
            missed = partial(Change, build=True, sources=frozenset(watched.sources))
            await self._notice(watched, missed)

    def _missed_before(self) -> Change:
        """Return what happened before anything was watched."""
        return Change(read=True, build=is_stale(self.root, self.issue_id))

    async def _notice(self, watched: Places, missed: Callable[[], Change]) -> None:
        """Hand changes on until other places have to be watched, what was missed before at first."""
        try:
            async with aclosing(changes(watched)) as stream:
                async for change in stream:
                    change = change or await asyncio.to_thread(missed)
                    self._pending |= change
                    self._wake.set()
                    self.is_watching.set()
        except DigestError as error:
            self._watching = (Trouble.of(error),)
            self._publish(Outcome(shown=None))
            self.is_watching.set()
            await asyncio.Event().wait()  # nothing more will be noticed; what is shown stays

    async def _work(self, worker: ThreadPoolExecutor) -> None:
        loop = asyncio.get_running_loop()
        while True:
            await self._wake.wait()
            self._wake.clear()
            change, self._pending = self._pending, Change()
            if change.build:
                outcome = await loop.run_in_executor(
                    worker, rebuild, self.root, self.issue_id, change.sources
                )
                self._building = outcome.building
                self._sources |= outcome.sources
            else:
                outcome = await loop.run_in_executor(worker, refresh, self.root, self.issue_id)
            self._reading = outcome.reading
            self._publish(outcome)

    def _publish(self, outcome: Outcome) -> None:
        sources = tuple(trouble for found in self._sources.values() for trouble in found)
        troubles = (*self._building, *sources, *self._reading, *self._watching)
        self.live.publish(outcome.shown, tuple(dict.fromkeys(troubles)))

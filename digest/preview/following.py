"""Keeps what is shown up to date: takes changes in, has the issue rebuilt, and publishes the outcome.

Changes that arrive while a rebuild is under way become the next one; never are there two at once.
"""

from __future__ import annotations

import asyncio
from collections.abc import Mapping
from concurrent.futures import ThreadPoolExecutor
from contextlib import aclosing
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
        begin = Change(build=await asyncio.to_thread(is_stale, self.root, self.issue_id))
        while True:
            await self._notice(watched, begin)
            before = watched
            watched = await asyncio.to_thread(places, Project(self.root), self.issue_id, before)
            begin = Change(build=True, sources=_new_sources(before.sources, watched.sources))
            self._sources = {n: found for n, found in self._sources.items() if n in watched.sources}

    async def _notice(self, watched: Places, begin: Change) -> None:
        """Hand changes on until other places have to be watched."""
        try:
            async with aclosing(changes(watched, begin)) as stream:
                async for change in stream:
                    self._pending |= change
                    self._wake.set()
        except DigestError as error:
            self._watching = (Trouble.of(error),)
            self._publish(Outcome(shown=None))
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


def _new_sources(before: Mapping[str, Path], after: Mapping[str, Path]) -> frozenset[str]:
    return frozenset(name for name, path in after.items() if before.get(name) != path)

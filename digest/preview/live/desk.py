"""Keeps every issue that was opened.

Each is read and followed from the first time it is asked for.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from pathlib import Path

from digest.errors import UsageError
from digest.preview.live.facts import Facts
from digest.preview.live.following import Follower
from digest.preview.live.live import Live
from digest.preview.live.shown import read
from digest.workflow.project import Project


class Opened:
    """Hold one open issue: what is shown of it, who follows it, and the facts of its panels."""

    def __init__(
        self,
        root: Path,
        issue_id: str,
        began_at: float,
        worker: ThreadPoolExecutor,
        detail: Callable[[str], None],
    ) -> None:
        self.root, self.id = root, issue_id
        self.live = Live(read(Project(root).folders, issue_id))
        self.follower = Follower(self.live, root, issue_id, began_at, worker, detail)
        self._facts: tuple[int, Facts] | None = None

    @property
    def facts(self) -> Facts:
        """Return the facts of what is shown now."""
        # Facts are of one state; a new revision has new ones.
        if self._facts is None or self._facts[0] != self.live.revision:
            self._facts = (self.live.revision, Facts(self.root, self.live.shown))
        return self._facts[1]


class Desk:
    """Hold the issues that are open; `first` is the one that the preview was started for.

    `detail` is told of faults of ours, with their tracebacks.
    """

    def __init__(
        self,
        root: Path,
        first: str,
        began_at: float,
        detail: Callable[[str], None] = lambda _message: None,
    ) -> None:
        self._detail = detail
        self.root, self.first, self._began_at = root, first, began_at
        # One thread for all issues: two builds at once would wait for each other's lock.
        self._worker = ThreadPoolExecutor(1, thread_name_prefix="rebuild")
        self._opened = {first: self._open(first)}
        self._tasks: dict[str, asyncio.Task[None]] = {}
        self._failed: asyncio.Future[None] | None = None

    @property
    def is_closed(self) -> bool:
        """Tell whether the preview is ending."""
        return self._opened[self.first].live.is_closed

    async def opened(self, issue_id: str = "") -> Opened:
        """Return an issue, the first one unless told; it is followed from now on.

        Raises:
            UsageError: if there is no such issue.
            IssueFolderError: if it cannot be read.
        """
        issue_id = issue_id or self.first
        if issue_id not in self._opened:
            known = await asyncio.to_thread(Project(self.root).folders.find, issue_id)
            if known.id != issue_id:
                raise UsageError(f'there is no issue "{issue_id}"')
            self._opened.setdefault(issue_id, await asyncio.to_thread(self._open, issue_id))
            self._follow(issue_id)
        return self._opened[issue_id]

    async def run(self) -> None:
        """Follow what is open until cancelled, or until following ends by a bug."""
        self._failed = asyncio.get_running_loop().create_future()
        self._follow(self.first)
        try:
            await self._failed
        finally:
            for task in self._tasks.values():
                task.cancel()
            await asyncio.gather(*self._tasks.values(), return_exceptions=True)
            self._worker.shutdown()

    async def is_watching(self) -> None:
        """Wait until no change of the first issue can be missed any more."""
        await self._opened[self.first].follower.is_watching.wait()

    def close(self) -> None:
        """Let everybody who waits go home."""
        for opened in self._opened.values():
            opened.live.close()

    def _open(self, issue_id: str) -> Opened:
        return Opened(self.root, issue_id, self._began_at, self._worker, self._detail)

    def _follow(self, issue_id: str) -> None:
        task = asyncio.create_task(self._opened[issue_id].follower.run())
        self._tasks[issue_id] = task
        task.add_done_callback(self._ended)

    def _ended(self, task: asyncio.Task[None]) -> None:
        """Hand on the bug that ended a task: better to end with its traceback than to go stale."""
        with suppress(asyncio.InvalidStateError):
            if self._failed and not task.cancelled() and (error := task.exception()):
                self._failed.set_exception(error)

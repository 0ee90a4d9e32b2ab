"""The one changing thing in the preview: what is shown now, and who waits for it to change.

Everything here happens in the server's event loop; the values themselves are frozen.
"""

from __future__ import annotations

import asyncio

from digest.preview.live.shown import Shown, Trouble


class Live:
    """Hold what is shown, what is wrong, and a revision that grows with every change of either."""

    def __init__(self, shown: Shown, troubles: tuple[Trouble, ...] = ()) -> None:
        self.shown = shown
        self.troubles = troubles
        self.revision = 1
        self.is_closed = False
        self._turn = asyncio.Event()

    def publish(self, shown: Shown | None, troubles: tuple[Trouble, ...]) -> None:
        """Take in what a rebuild brought; without an issue, the last good one stays."""
        shown = shown or self.shown
        if (shown, troubles) == (self.shown, self.troubles):
            return
        self.shown, self.troubles = shown, troubles
        self.revision += 1
        self._wake()

    def close(self) -> None:
        """Let everybody who waits go home."""
        self.is_closed = True
        self._wake()

    async def changed(self, since: int, timeout_seconds: float) -> bool:
        """Wait until the revision is another than `since`.

        Tell False if it still is after the timeout.
        """
        if self.revision == since and not self.is_closed:
            try:
                await asyncio.wait_for(self._turn.wait(), timeout_seconds)
            except TimeoutError:
                return False
        return True

    def _wake(self) -> None:
        turn, self._turn = self._turn, asyncio.Event()
        turn.set()

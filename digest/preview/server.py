"""Runs the preview: a port on loopback, the web server, the browser, and a clean end.

The one room that knows uvicorn. It listens on 127.0.0.1, and elsewhere only where --host says so.
"""

from __future__ import annotations

import asyncio
import errno
import secrets
import signal
import socket
import threading
import time
import webbrowser
from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path
from types import FrameType

import uvicorn

from digest.errors import DigestError
from digest.preview.application import application
from digest.preview.guard import LOOPBACK, Hosts
from digest.preview.live import Desk, choose
from digest.workflow.project import Project

Say = Callable[[str], None]

_EVERYWHERE = ("0.0.0.0", "::")  # noqa: S104 - what --host was asked for
_ANYWHERE = ("192.0.2.1", 9)  # an address that nobody has (RFC 5737)
_PATIENCE_SECONDS = 0.5  # for answers that are on their way when the preview ends


def serve(
    project: Project,
    reference: str | None,
    *,
    port: int | None = None,
    host: str = LOOPBACK,
    open_browser: bool = True,
    announce: Say = print,
    say: Say = lambda _message: None,
    detail: Say = lambda _message: None,
) -> None:
    """Show an issue in the browser, live, until Ctrl-C.

    `reference` is an issue's id or folder, "latest", or an edition; None is the latest issue.
    Without a `port` a free one is taken. `announce` gets the address once it can be opened, `say`
    what else there is to tell, `detail` the tracebacks of faults of ours.

    Raises:
        UsageError: if there is no such issue or edition.
        NothingToSend: if an edition had no issue yet and there are too few posts to build one.
        DigestError: if the port cannot be had.
    """
    # Before the issue is chosen: what changes while it is built must not be missed.
    began_at = time.time()
    issue_id = choose(project, reference, say)
    preview = Preview(project, issue_id, port, host=host, began_at=began_at, detail=detail)
    announce(preview.address)
    say(f"Showing {issue_id}. Stop with Ctrl-C.")
    if open_browser:
        threading.Thread(target=_open, args=(preview.address, say), daemon=True).start()
    with suppress(KeyboardInterrupt):
        preview.run()


def share(
    project: Project,
    reference: str | None,
    *,
    shot: str | None,
    static: str | None,
    say: Say,
) -> Iterator[Path]:
    """Yield what is written of an issue: plain pages into `static`, pictures into `shot`.

    Raises:
        UsageError, NothingToSend: as `serve`.
        DigestError: if there is no Chromium for pictures, or a folder cannot be written.
    """
    from digest.preview import sharing

    issue_id = choose(project, reference, say)
    say(f"Showing {issue_id}.")
    if static:
        sharing.pages(project, issue_id, Path(static))
        yield Path(static, "index.html")
    if shot:
        yield from sharing.pictures(project, issue_id, Path(shot))


class Preview:
    """Serve one issue: the port is taken at once, requests are answered while `run` runs.

    `began_at` (seconds since 1970) is the time from which on changes count, now unless told.

    Raises:
        DigestError: if the port is in use or not allowed.
        IssueFolderError: if the issue cannot be read.
    """

    def __init__(
        self,
        project: Project,
        issue_id: str,
        port: int | None = None,
        *,
        host: str = LOOPBACK,
        began_at: float | None = None,
        detail: Say = lambda _message: None,
    ) -> None:
        self.root, self.issue_id = project.root, issue_id
        self.desk = Desk(project.root, issue_id, began_at or time.time(), detail)
        # New for each run, so that an old tab's address opens nothing.
        self.token = secrets.token_urlsafe(24)
        self.host = host
        self._socket = _listen(host, port or 0)
        self.port = int(self._socket.getsockname()[1])
        config = uvicorn.Config(
            application(self.desk, self.token, Hosts(self.port, host)),
            log_config=None,
            log_level="error",
            access_log=False,
            # No handlers of ours to start or stop, and no WebSockets: the page hears by an event
            # stream.
            lifespan="off",
            ws="none",
            proxy_headers=False,
            server_header=False,
        )
        self._server = _Server(config, self.desk)

    @property
    def origin(self) -> str:
        """Return the address without its token."""
        return f"http://{_reachable(self.host)}:{self.port}"

    @property
    def address(self) -> str:
        """Return the address to open, which lets in whoever has it."""
        return f"{self.origin}/?token={self.token}"

    def run(self) -> None:
        """Answer requests and follow changes until `stop` or Ctrl-C."""
        try:
            asyncio.run(self._run())
        finally:
            self._socket.close()

    def stop(self) -> None:
        """End `run`, from any thread."""
        self._server.should_exit = True

    async def _run(self) -> None:
        following = asyncio.create_task(self.desk.run())
        # It ends by itself only through a bug; better to end with its traceback than to go stale.
        following.add_done_callback(lambda _task: self.stop())
        watching = asyncio.create_task(self.desk.is_watching())
        try:
            # Whoever sees the page may edit at once: nobody sees it before changes are noticed.
            await asyncio.wait([watching, following], return_when=asyncio.FIRST_COMPLETED)
            await self._server.serve(sockets=[self._socket])
        finally:
            watching.cancel()
            following.cancel()
            # It may finish a build first: Ctrl-C once more still ends that.
            with self._server.capture_signals(), suppress(asyncio.CancelledError):
                await following


class _Server(uvicorn.Server):
    """End without a traceback on Ctrl-C, and let open event streams go first."""

    def __init__(self, config: uvicorn.Config, desk: Desk) -> None:
        super().__init__(config)
        self._desk = desk

    def handle_exit(self, sig: int, frame: FrameType | None) -> None:
        # A second Ctrl-C waits for nothing any more, not even for what threads have begun.
        if self.should_exit:
            signal.signal(sig, signal.SIG_DFL)
            signal.raise_signal(sig)
        self.should_exit = True

    async def shutdown(self, sockets: list[socket.socket] | None = None) -> None:
        self._desk.close()
        asyncio.get_running_loop().call_later(_PATIENCE_SECONDS, self._hang_up)
        await super().shutdown(sockets)

    def _hang_up(self) -> None:
        """Drop who is left: one who reads nothing, or keeps half a request back, may do so forever.

        Their requests end by it, too.
        """
        for connection in list(self.server_state.connections):
            connection.transport.abort()


def _reachable(host: str) -> str:
    """Return an address under which others reach what listens on a host, in the form of a URL."""
    if host in _EVERYWHERE:
        host = _own_address() or LOOPBACK
    return f"[{host}]" if ":" in host else host


def _own_address() -> str:
    """Return this computer's address in the local network, empty where it has none.

    Connecting a datagram socket only asks for the route; nothing is sent.
    """
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as asking, suppress(OSError):
        asking.connect(_ANYWHERE)
        return str(asking.getsockname()[0])
    return ""


def _listen(host: str, port: int) -> socket.socket:
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    try:
        return socket.create_server((host, port), family=family)
    except OSError as exc:
        # the numbers of names that cannot be resolved lie below those of the system
        if exc.errno is None or exc.errno < 0 or exc.errno == errno.EADDRNOTAVAIL:
            raise DigestError(
                f"cannot be listened on ({exc.strerror or exc})",
                where=f"host {host}",
                hint="Name an address of this computer, or 0.0.0.0 for all it has.",
            ) from exc
        taken = exc.errno == errno.EADDRINUSE
        raise DigestError(
            "is in use" if taken else f"cannot be used ({exc.strerror})",
            where=f"port {port}",
            hint="Name another with --port, or leave it out for a free one.",
        ) from exc


def _open(address: str, say: Say) -> None:
    """Open the browser; in a thread of its own, since one in a terminal would hold us up."""
    if not webbrowser.open(address):
        say("No browser could be opened; open the address above.")

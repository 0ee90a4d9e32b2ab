"""Speaks to a Chromium without a window: by a pipe, in the browser's own protocol (CDP).

A pipe needs no port and no further library, and nobody else can speak into it. The browser gets a
profile that is thrown away.
"""

from __future__ import annotations

import json
import os
import select
import shutil
import subprocess
import tempfile
from base64 import b64decode
from time import monotonic
from types import TracebackType
from typing import Any, Final

from digest.errors import DigestError
from digest.preview.views import Colours

NAMES: Final = (
    # The same without any window is here in a fraction of the time.
    "chromium-headless-shell",
    "chrome-headless-shell",
    "chromium",
    "chromium-browser",
    "google-chrome",
    "google-chrome-stable",
    "chrome",
    "/Applications/Chromium.app/Contents/MacOS/Chromium",
    "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
)
_ARGUMENTS: Final = (
    "--headless",
    "--remote-debugging-pipe",
    "--no-first-run",
    "--no-default-browser-check",
    "--disable-gpu",
    "--disable-extensions",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--disable-dev-shm-usage",
    "--hide-scrollbars",
    "--mute-audio",
)
TALLEST: Final = 16_000
"""Pixels after which a picture ends; browsers draw none that is much taller."""

# Whether a program can be handed pipes by their numbers, as this way of speaking needs it.
_HAS_PIPES: Final = os.name == "posix"

_PATIENCE_SECONDS: Final = 30.0


class Chromium:
    """Take pictures of pages, within a `with` statement."""

    def __init__(self) -> None:
        self._program = _installed()
        self._count = 0
        self._session = ""
        self._waiting = b""

    def __enter__(self) -> Chromium:
        self._profile = tempfile.TemporaryDirectory(
            prefix="digest-chromium-", ignore_cleanup_errors=True
        )
        self._process, self._to, self._from = _started(self._program, self._profile.name)
        try:
            target = self._ask("Target.createTarget", url="about:blank")["targetId"]
            attached = self._ask("Target.attachToTarget", targetId=target, flatten=True)
            self._session = attached["sessionId"]
            self._ask("Page.enable")
        except BaseException:
            self._end()
            raise
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._end()

    def picture(self, address: str, width: int, colours: Colours) -> bytes:
        """Return a PNG of a whole page at a width in pixels.

        Raises:
            DigestError: if the browser does not answer.
        """
        metrics = {"width": width, "height": 800, "deviceScaleFactor": 1, "mobile": width < 480}
        self._ask("Emulation.setDeviceMetricsOverride", **metrics)
        preference = {"name": "prefers-color-scheme", "value": colours}
        self._ask("Emulation.setEmulatedMedia", features=[preference])
        self._ask("Page.navigate", url=address)
        self._until("Page.loadEventFired")
        size = self._ask("Page.getLayoutMetrics")["cssContentSize"]
        clip = {"x": 0, "y": 0, "width": width, "height": min(size["height"], TALLEST), "scale": 1}
        taken = self._ask(
            "Page.captureScreenshot", format="png", clip=clip, captureBeyondViewport=True
        )
        return b64decode(taken["data"])

    def _ask(self, method: str, **params: Any) -> dict[str, Any]:
        self._count += 1
        message = {"id": self._count, "method": method, "params": params}
        if self._session:
            message["sessionId"] = self._session
        try:
            os.write(self._to, json.dumps(message).encode() + b"\0")
        except BrokenPipeError as exc:
            raise _silent("it is gone") from exc
        ends_at = monotonic() + _PATIENCE_SECONDS
        while (answer := self._next(ends_at)).get("id") != self._count:
            pass
        if "error" in answer:
            raise _silent(f"{method}: {answer['error'].get('message', '')}")
        result: dict[str, Any] = answer["result"]
        return result

    def _until(self, event: str) -> None:
        ends_at = monotonic() + _PATIENCE_SECONDS
        while self._next(ends_at).get("method") != event:
            pass

    def _next(self, ends_at: float) -> dict[str, Any]:
        while b"\0" not in self._waiting:
            readable, _, _ = select.select([self._from], [], [], max(0.0, ends_at - monotonic()))
            more = os.read(self._from, 1 << 16) if readable else b""
            if not more:
                raise _silent("it does not answer")
            self._waiting += more
        message, _, self._waiting = self._waiting.partition(b"\0")
        told: dict[str, Any] = json.loads(message)
        return told

    def _end(self) -> None:
        for pipe in (self._to, self._from):
            os.close(pipe)
        try:
            self._process.wait(5)  # it ends by itself once nobody speaks to it any more
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.wait()
        self._profile.cleanup()


def _installed() -> str:
    if not _HAS_PIPES:
        raise DigestError(
            "pictures cannot be taken on this system",
            hint="`--static DIR` writes the same views as pages, which any browser shows.",
        )
    named = os.environ.get("CHROME", "")
    found = next(filter(None, map(shutil.which, (named, *NAMES) if named else NAMES)), None)
    if found is None:
        raise DigestError(
            "there is no Chromium or Chrome to take pictures with",
            hint="Install one, or name it in the environment: CHROME=/path/to/chrome.",
        )
    return found


def _started(program: str, profile: str) -> tuple[subprocess.Popen[bytes], int, int]:
    """Start the browser, which reads what it is told from its descriptor 3 and answers on 4."""
    import fcntl  # which not every system has

    its_in, to = os.pipe()
    from_, its_out = os.pipe()
    # far from 3 and 4, so that putting them there overwrites neither
    high_in, high_out = (fcntl.fcntl(pipe, fcntl.F_DUPFD_CLOEXEC, 10) for pipe in (its_in, its_out))
    command = [program, *_ARGUMENTS, f"--user-data-dir={profile}"]
    if os.geteuid() == 0:
        command.append("--no-sandbox")  # Chromium refuses to run as root with one

    def put() -> None:
        os.dup2(high_in, 3)
        os.dup2(high_out, 4)

    try:
        process = subprocess.Popen(  # noqa: S603 - a browser that this computer has
            command,
            pass_fds=(3, 4),
            preexec_fn=put,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
    except OSError as exc:
        raise DigestError(f"cannot be started ({exc.strerror or exc})", where=program) from exc
    finally:
        for pipe in (its_in, its_out, high_in, high_out):
            os.close(pipe)
    return process, to, from_


def _silent(why: str) -> DigestError:
    return DigestError(
        f"Chromium could take no picture: {why}",
        hint="Try it with another one: CHROME=/path/to/chrome.",
    )

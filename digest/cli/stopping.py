"""Ends a command that somebody stops: with Ctrl-C, or as `kill`, `timeout` and systemd do."""

from __future__ import annotations

import signal
from contextlib import suppress
from types import FrameType

from digest.errors import DigestError

_SAID = "stopped; nothing is half-written"


class Terminated(KeyboardInterrupt):
    """Interrupt whatever is going on as Ctrl-C does, so that it clears up after itself."""


class Stopped(DigestError):
    """Tell that somebody pressed Ctrl-C."""

    exit_code = 130


class Ended(Stopped):
    """Tell that the system asked for an end."""

    exit_code = 128 + signal.SIGTERM


def heed() -> None:
    """Let SIGTERM interrupt a command; a second one waits for nothing."""
    with suppress(ValueError):  # only the main thread is asked
        signal.signal(signal.SIGTERM, _interrupt)


def _interrupt(number: int, _frame: FrameType | None) -> None:
    signal.signal(number, signal.SIG_DFL)
    raise Terminated


def told(stop: BaseException | None) -> Stopped:
    """Return what to say of whatever stopped a command, perhaps through Click."""
    causes = (stop, stop.__cause__) if stop else ()
    is_asked = any(isinstance(cause, Terminated) for cause in causes)
    return Ended(_SAID) if is_asked else Stopped(_SAID)


def pass_on(error: Exception | None) -> None:
    """End by the signal that asked for it, as whoever sent it expects; who ignores it goes on."""
    if isinstance(error, Ended):
        signal.signal(signal.SIGTERM, signal.SIG_DFL)
        signal.raise_signal(signal.SIGTERM)

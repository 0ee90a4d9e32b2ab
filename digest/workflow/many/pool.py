"""Who does the work on this machine: processes that end with the run which started them."""

from __future__ import annotations

import os
import signal
import time
from _thread import interrupt_main
from collections.abc import Callable, Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from contextlib import contextmanager, suppress
from multiprocessing import get_context
from multiprocessing.connection import Connection
from threading import Event, Thread
from typing import ParamSpec, TypeVar

_CLEARING_SECONDS = 0.5

_P = ParamSpec("_P")
_T = TypeVar("_T")


@contextmanager
def processes(count: int) -> Iterator[ProcessPoolExecutor]:
    """Yield an executor of so many processes, which inherit nothing of this one.

    They end with it: when it is killed, and when it is stopped, whatever they are doing.
    """
    # What nobody writes to any more tells all who read it that its writer is gone.
    alive, ours = get_context("spawn").Pipe(duplex=False)
    with ours, alive, _Pool(count, get_context("spawn"), _begin, (alive,)) as pool:
        try:
            yield pool
        except BaseException:
            ours.close()
            raise


class _Pool(ProcessPoolExecutor):
    """Start processes that Ctrl-C passes by: it reaches all of a terminal, and one tells of it.

    None is left behind half-started by a signal that comes meanwhile.
    """

    def submit(self, fn: Callable[_P, _T], /, *args: _P.args, **kwargs: _P.kwargs) -> Future[_T]:
        """Hand out work; a process that it starts inherits which signals are held back."""
        if not hasattr(signal, "pthread_sigmask"):  # Windows
            return super().submit(_do, fn, *args, **kwargs)
        before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT, signal.SIGTERM})
        try:
            return super().submit(_do, fn, *args, **kwargs)
        finally:
            signal.pthread_sigmask(signal.SIG_SETMASK, before)


# ---------------------------------------------------------------- in each process

_is_busy = Event()


def _do(fn: Callable[_P, _T], /, *args: _P.args, **kwargs: _P.kwargs) -> _T:
    _is_busy.set()
    try:
        return fn(*args, **kwargs)
    except KeyboardInterrupt:
        time.sleep(2 * _CLEARING_SECONDS)  # whoever asked is gone, and the process ends meanwhile
        raise
    finally:
        _is_busy.clear()


def _begin(alive: Connection) -> None:
    if hasattr(signal, "pthread_sigmask"):
        signal.pthread_sigmask(signal.SIG_UNBLOCK, {signal.SIGTERM})  # by which the pool ends it
    Thread(target=_end_with, args=(alive,), daemon=True).start()


def _end_with(alive: Connection) -> None:
    with suppress(EOFError, OSError):
        alive.recv_bytes()
    if _is_busy.is_set():  # let it clear away what is half-written
        interrupt_main()
    # All at once: with the first that ends, the pool ends all.
    time.sleep(_CLEARING_SECONDS)
    os._exit(1)

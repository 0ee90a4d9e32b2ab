"""Times the steps of a piece of work, for whoever wants to know.

For all others it costs nothing.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from functools import wraps
from typing import ParamSpec, TypeVar

_P = ParamSpec("_P")
_R = TypeVar("_R")

_times: ContextVar[dict[str, float] | None] = ContextVar("times", default=None)


@contextmanager
def timing() -> Iterator[dict[str, float]]:
    """Yield a table that fills with the seconds that each step takes meanwhile, in this thread."""
    times: dict[str, float] = {}
    token = _times.set(times)
    try:
        yield times
    finally:
        _times.reset(token)


def step(name: str) -> Callable[[Callable[_P, _R]], Callable[_P, _R]]:
    """Make a function a step of that name.

    >>> with timing() as times:
    ...     step("wait")(time.sleep)(0.01)
    >>> times["wait"] >= 0.01
    True
    """

    def decorate(function: Callable[_P, _R]) -> Callable[_P, _R]:
        @wraps(function)
        def timed(*args: _P.args, **kwargs: _P.kwargs) -> _R:
            times = _times.get()
            if times is None:
                return function(*args, **kwargs)
            began = time.perf_counter()
            try:
                return function(*args, **kwargs)
            finally:
                times[name] = times.get(name, 0.0) + time.perf_counter() - began

        return timed

    return decorate

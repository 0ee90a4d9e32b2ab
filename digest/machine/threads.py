"""Asks several at once, in threads that nobody waits for who stops meanwhile.

Python's own pool waits for each of its threads, whatever they wait for, and so Ctrl-C would take as
long as the slowest host.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterable, Iterator
from queue import SimpleQueue
from threading import Thread
from typing import TypeVar

_Asked = TypeVar("_Asked")
_Answer = TypeVar("_Answer")


def as_they_come(
    ask: Callable[[_Asked], _Answer], wanted: Iterable[_Asked], at_once: int
) -> Iterator[tuple[_Asked, _Answer]]:
    """Yield each with what asking it returned, the quickest first; raise what asking raised.

    >>> sorted(as_they_come(abs, [-2, 1, -3], 2))
    [(-3, 3), (-2, 2), (1, 1)]
    """
    waiting, done = deque(wanted), SimpleQueue[tuple[_Asked, _Answer] | BaseException]()

    def work() -> None:
        while True:
            try:
                each = waiting.popleft()
            except IndexError:
                return
            try:
                done.put((each, ask(each)))
            except BaseException as fault:  # noqa: BLE001 -- raised again by who waits for it
                done.put(fault)

    total = len(waiting)
    for _ in range(min(max(1, at_once), total)):
        Thread(target=work, daemon=True).start()
    try:
        for _ in range(total):
            answer = done.get()
            if isinstance(answer, BaseException):
                raise answer
            yield answer
    finally:
        waiting.clear()  # nobody wants to know any more

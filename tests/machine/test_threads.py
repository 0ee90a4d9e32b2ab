"""Several are asked at once, and whoever stops waits for none of them."""

from __future__ import annotations

from threading import Barrier, Event, Lock

import pytest

from digest.machine.threads import as_they_come


def test_so_many_are_asked_at_once_and_the_quickest_comes_first() -> None:
    together, first = Barrier(2, timeout=30), Event()

    def ask(name: str) -> str:
        together.wait()
        if name == "slow":
            assert first.wait(timeout=30)
        return name.upper()

    came = as_they_come(ask, ["slow", "quick"], 2)
    assert next(came) == ("quick", "QUICK")
    first.set()
    assert list(came) == [("slow", "SLOW")]


def test_no_more_are_asked_than_was_said() -> None:
    lock, busy, most = Lock(), [0], [0]
    turn = Event()

    def ask(_: int) -> None:
        with lock:
            busy[0] += 1
            most[0] = max(most[0], busy[0])
        turn.wait(0.01)
        with lock:
            busy[0] -= 1

    assert len(list(as_they_come(ask, range(12), 3))) == 12
    assert most[0] <= 3


def test_what_asking_raises_is_raised_and_nobody_else_is_asked() -> None:
    asked, never = [], Event()

    def ask(number: int) -> None:
        asked.append(number)
        if number == 0:
            raise ValueError(number)
        never.wait(60)

    with pytest.raises(ValueError, match="0"):
        next(as_they_come(ask, range(1000), 1))
    never.set()
    assert asked in ([0], [0, 1])


def test_whoever_stops_waits_for_nobody() -> None:
    never = Event()
    came = as_they_come(lambda n: n if n == 0 else never.wait(60), [0, 1, 2], 2)
    assert next(came) == (0, 0)
    came.close()  # type: ignore[attr-defined]
    never.set()


def test_of_nothing_nothing_comes() -> None:
    assert list(as_they_come(abs, [], 4)) == []

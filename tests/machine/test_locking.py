"""Locks: one at a time, and given back however their holder ends."""

from __future__ import annotations

import os
import subprocess
import sys
import threading
import time
from pathlib import Path

import pytest

from digest.machine.locking import locked

HOLDER = """
import sys
from pathlib import Path
from digest.machine.locking import locked
with locked(Path(sys.argv[1]), 1):
    print("held", flush=True)
    sys.stdin.read()
"""


def _umask() -> int:
    """Return which rights new files do without here."""
    told = os.umask(0)
    os.umask(told)
    return told


def test_another_process_has_to_wait_and_a_killed_one_holds_nothing(tmp_path: Path) -> None:
    path = tmp_path / ".lock"
    command = [sys.executable, "-c", HOLDER, str(path)]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE) as holder:
        assert holder.stdout is not None
        assert holder.stdout.readline() == b"held\n"
        with pytest.raises(TimeoutError), locked(path, 0.2):
            raise AssertionError("two hold it")
        holder.kill()
    with locked(path, 0.2):
        pass
    assert path.stat().st_mode & 0o777 == 0o644 & ~_umask()


def test_a_thread_waits_until_another_has_given_it_back(tmp_path: Path) -> None:
    path = tmp_path / ".lock"
    order: list[str] = []

    def second() -> None:
        with locked(path, 5):
            order.append("second")

    with locked(path, 1):
        thread = threading.Thread(target=second)
        thread.start()
        thread.join(0.2)
        order.append("first")
    thread.join(5)
    assert order == ["first", "second"]


def test_it_is_given_back_after_an_error(tmp_path: Path) -> None:
    path = tmp_path / ".lock"
    with pytest.raises(ValueError, match="x"), locked(path, 1):
        raise ValueError("x")
    with locked(path, 0):
        assert path.read_bytes() == b""
    assert path.stat().st_mode & 0o777 == 0o644 & ~_umask()


def test_who_waits_looks_twenty_times_a_second_until_the_time_is_up(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    waited: list[float] = []
    with locked(tmp_path / ".lock", 0):
        monkeypatch.setattr(time, "sleep", waited.append)
        monkeypatch.setattr(time, "monotonic", lambda: sum(waited))
        with pytest.raises(TimeoutError), locked(tmp_path / ".lock", 0.1):
            pass
    assert waited == [0.05, 0.05]

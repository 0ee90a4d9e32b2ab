"""How the program begins and ends, around whatever command is run in between."""

from __future__ import annotations

import atexit
import gc
import os
import sys
import threading
from typing import Any

import pytest

from digest import __main__ as program
from digest.machine import regexes


class Left(BaseException):
    """Stand for the end of this process, which happens at once."""


def test_a_program_that_is_stopped_ends_with_130_and_a_word(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """And looks for garbage hardly ever: of it there is none while it starts."""

    def stop() -> None:
        raise KeyboardInterrupt

    thresholds: list[tuple[int, ...]] = []
    monkeypatch.setattr(gc, "set_threshold", lambda *told: thresholds.append(told))
    monkeypatch.setattr(regexes, "recall", stop)
    with pytest.raises(SystemExit) as ended:
        program.main()
    assert ended.value.code == 130
    assert capsys.readouterr().err == "error: stopped; nothing is half-written\n"
    assert thresholds == [(100_000, 20, 50)]


@pytest.mark.parametrize(
    ("code", "threads", "ends_with"),
    [
        (None, 1, 0),
        (0, 1, 0),
        (3, 1, 3),
        # what other threads do is waited for, and a text is written, as Python does it
        (3, 2, None),
        ("a text", 1, None),
    ],
)
def test_a_program_ends_at_once_where_nothing_is_left_to_do(
    monkeypatch: pytest.MonkeyPatch, code: Any, threads: int, ends_with: int | None
) -> None:
    done: list[object] = []

    def leave(told: int) -> None:
        done.append(told)
        raise Left

    monkeypatch.setattr(threading, "active_count", lambda: threads)
    monkeypatch.setattr(atexit, "_run_exitfuncs", lambda: done.append("what was to be done"))
    monkeypatch.setattr(os, "_exit", leave)
    end = SystemExit(code)
    with pytest.raises((Left, SystemExit)) as how:
        program._leave(end)
    if ends_with is None:
        assert (how.value, done) == (end, [])
    else:
        assert done == ["what was to be done", ends_with]


@pytest.mark.parametrize(("name", "mode"), [("stdin", "r"), ("stdout", "w"), ("stderr", "w")])
def test_a_stream_that_was_closed_is_the_void_and_others_stay(
    monkeypatch: pytest.MonkeyPatch, name: str, mode: str
) -> None:
    streams = [sys.stdin, sys.stdout, sys.stderr]
    with monkeypatch.context() as patched:
        patched.setattr(sys, name, None)
        program._open_what_is_closed()
        made = getattr(sys, name)
        others = [stream for stream in (sys.stdin, sys.stdout, sys.stderr) if stream is not made]
    assert (made.mode, made.encoding, made.isatty()) == (mode, "utf-8", False)
    assert others == [stream for stream in streams if stream in others]
    assert len(others) == 2
    made.close()

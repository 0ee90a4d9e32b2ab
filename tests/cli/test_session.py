"""What a command says to whom: `voices.txt` lists each kind of word, `tables.txt` tables and rows."""

from __future__ import annotations

import io
import re
import sys
from pathlib import Path
from typing import Any, cast

import pytest

from digest.cli.session import Session, _Bar, is_colourful, print_table
from digest.cli.speaking import Answer
from tests.cli.test_transcript import Screen
from tests.golden import hold_lines, hold_text

HEADINGS = ("NO.", "TITLE", "TAGS")
ROWS = (
    ("1", "Moss on a roof", "roofs, moss"),
    ("12", "園芸 と 苔", ""),
    ("", "Counting the 3 swifts that came back\nto https://mill.example/", "birds"),
)
TABLES: tuple[tuple[dict[str, Any], int], ...] = (
    # with the fewest cells in which eight are left for each long column
    ({"wide": {1: 1}, "right": (0,)}, 28),
    ({"wide": {1: 3, 2: 1}, "styles": {"1": "green", "12": "dim"}}, 41),
)


@pytest.fixture
def spoken(monkeypatch: pytest.MonkeyPatch) -> None:
    """Have a terminal that shows colours, whatever the tests run in."""
    for name, value in {"TERM": "xterm", "NO_COLOR": "", "COLORTERM": ""}.items():
        monkeypatch.setenv(name, value)


def test_each_kind_of_word_goes_where_it_is_heard(capsys: pytest.CaptureFixture[str]) -> None:
    """And to nobody where it was not asked for."""

    def told(kind: str, mode: str) -> str:
        session = Session(None, Answer(), **({} if mode == "plainly" else {mode: True}))
        capsys.readouterr()
        if kind == "an event":
            session.event("built", posts=3)
        else:
            getattr(session, kind)("Moss é\nand ferns")
        said = capsys.readouterr()
        now = r'(?<="at": ")\d{4}(-\d\d){2}T\d\d(:\d\d){2}\.\d{3}Z(?=")'
        return re.sub(now, "NOW", f"out: {said.out} err: {said.err}")

    hold_lines(Path(__file__).with_name("voices.txt"), told)


@pytest.mark.usefixtures("spoken")
def test_tables_fit_where_they_are_shown(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """In a pipe a row is a line; a terminal folds the long columns, and rows where it is narrow."""
    told = ""
    for how, least in TABLES:
        for width in (0, 60, least, least - 1):
            monkeypatch.setenv("COLUMNS", str(width))
            monkeypatch.setattr(sys.stdout, "isatty", lambda width=width: width > 0)
            print_table(HEADINGS, ROWS, **how)
            where = f"{width} cells" if width else "a pipe"
            told += f"=== {how} in {where}\n{capsys.readouterr().out}\n"
            print_table(HEADINGS, [], **how)
            assert capsys.readouterr().out == ""
    told = re.sub(r" +$", lambda blanks: "·" * len(blanks[0]), told, flags=re.MULTILINE)
    hold_text(Path(__file__).with_name("tables.txt"), told.replace("\x1b", "␛"))


@pytest.mark.parametrize(
    ("no_color", "term", "is_terminal", "is_one"),
    [
        ("", "xterm", True, True),
        ("", "xterm", False, False),
        ("1", "xterm", True, False),
        ("", "dumb", True, False),
    ],
)
def test_colours_are_for_terminals_that_welcome_them(
    monkeypatch: pytest.MonkeyPatch, no_color: str, term: str, is_terminal: bool, is_one: bool
) -> None:
    monkeypatch.setenv("NO_COLOR", no_color)
    monkeypatch.setenv("TERM", term)
    monkeypatch.setattr(sys.stdout, "isatty", lambda: is_terminal)
    assert is_colourful(sys.stdout) is is_one


@pytest.mark.usefixtures("spoken")
def test_a_bar_tells_how_far_things_are_and_goes(monkeypatch: pytest.MonkeyPatch) -> None:
    """It is drawn after a second, on stderr, and never once what took so long is done."""
    screen = Screen(io.BytesIO(), encoding="utf-8", write_through=True)
    monkeypatch.setenv("COLUMNS", "80")
    monkeypatch.setattr(sys, "stderr", screen)
    bar = _Bar(silent=False)
    assert (bar.timer.is_alive(), bar.timer.interval) == (True, 1.0)
    bar._open()
    (task,) = bar.bar.tasks
    seen = [(task.description, task.completed, task.total)]
    for told in (("Reading\nposts", 3, 7), ("Writing", 1, 0)):
        bar(*told)
        seen.append((task.description, task.completed, task.total))
    bar.close()
    assert seen == [("starting", 0, None), ("Reading\\nposts", 3, 7), ("Writing", 1, None)]
    drawn = cast(io.BytesIO, screen.buffer).getvalue().decode()
    bars = [len(found) for found in re.findall("[━╸╺]+", re.sub(r"\x1b\[[\d;]*m", "", drawn))]
    assert set(bars) == {24}
    assert drawn.rstrip().endswith("\x1b[2K")
    bar.timer.join()
    late = _Bar(silent=False)
    late.close()
    late._open()
    assert late.bar is None

"""What a person sees who sits before a terminal, and a pipe never gets."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from tests.conftest import Blog, Run

pty = pytest.importorskip("pty", reason="this system has no pseudo-terminals")

BOLD = "\x1b[1m"
ERASED = "\x1b[2K"


def on_terminal(*words: str, **environment: str) -> str:
    """Run Python with a terminal as its output and error stream, and return all that it wrote."""
    ours, theirs = pty.openpty()
    told = {**os.environ, "TERM": "xterm", "COLUMNS": "100", **environment}
    ran = subprocess.Popen([sys.executable, *words], stdout=theirs, stderr=theirs, env=told)
    os.close(theirs)
    said = b""
    try:
        while piece := os.read(ours, 65536):
            said += piece
    except OSError:  # Linux ends a terminal that nobody holds any more with an error
        pass
    os.close(ours)
    assert ran.wait(30) == 0, said
    return said.decode()


@pytest.fixture
def collected(digest: Run, blog: Blog) -> Path:
    """Return a project whose archive holds a series of two parts."""
    for part in (1, 2):
        path = blog.write(f"s{part}", f"Night notes {part}", f"2026-10-0{part}")
        path.write_text(
            path.read_text().replace("tags: []", f"series: {{name: Night notes, part: {part}}}")
        )
    digest("--project", blog.root, "collect")
    return blog.root


def test_names_stand_out_from_what_is_told_of_them(collected: Path) -> None:
    series = on_terminal("-m", "digest", "--project", str(collected), "series", NO_COLOR="")
    posts = on_terminal("-m", "digest", "--project", str(collected), "posts", NO_COLOR="")
    assert f"{BOLD}Night notes\x1b[0m (2)" in series
    assert "  1  Night notes" in re.sub(r"\x1b\[\d*m", "", series)
    assert BOLD in posts


@pytest.mark.parametrize("how", [{"NO_COLOR": "1"}, {"NO_COLOR": "", "TERM": "dumb"}])
def test_who_wants_no_colours_gets_none(collected: Path, how: dict[str, str]) -> None:
    for words in (["series"], ["posts"], ["build", "--dry-run", "--date", "2026-10-08"]):
        told = on_terminal("-m", "digest", "--project", str(collected), *words, **how)
        assert "Night notes" in told
        assert "\x1b" not in told
    script = "from digest.cli.speaking import styled; styled('error', fg='red', err=True)"
    assert "\x1b" not in on_terminal("-c", script, **how)


def test_a_narrow_terminal_gets_rows_of_lines_and_no_columns_of_letters(collected: Path) -> None:
    asked = ["-m", "digest", "--project", str(collected), "posts"]
    told = on_terminal(*asked, NO_COLOR="1", COLUMNS="40").replace("\r", "").splitlines()
    assert told[:3] == ["2026-10-07", "  Learning by doing", "  birds, roofs"]
    assert max(map(len, told)) <= 40
    assert "TITLE" in on_terminal(*asked, NO_COLOR="1", COLUMNS="80").splitlines()[0]


def test_a_bar_is_drawn_while_it_takes_long_and_nothing_of_it_stays() -> None:
    script = (
        "from digest.cli.session import _Bar\n"
        "bar = _Bar(silent=False); bar('Reading posts', 3, 7); bar._open(); bar.close()"
    )
    drawn, _, after = on_terminal("-c", script, NO_COLOR="").rpartition("Reading posts")
    assert "3/7" in after or "3/7" in drawn
    assert ERASED in after


def test_a_bar_that_is_silent_or_never_came_to_be_drawn_leaves_nothing() -> None:
    """Nor does it keep a process that has done its work."""
    silent = (
        "from digest.cli.session import _Bar\nbar = _Bar(silent=True); bar('x', 1, 2); bar._open()"
    )
    assert on_terminal("-c", f"{silent}; bar.close(); assert bar.bar is None") == ""
    assert on_terminal("-c", "from digest.cli.session import _Bar\n_Bar(silent=False)") == ""


def test_services_are_told_green_and_on_as_many_lines_as_they_need(blog: Blog) -> None:
    blog.configure("[service.folder]\npath = '../drafts'\n")
    told = on_terminal("-m", "digest", "--project", str(blog.root), "services", NO_COLOR="")
    assert "\x1b[32mok" in told
    assert {len(line) for line in re.sub(r"\x1b\[\d*m", "", told).splitlines()} == {100}

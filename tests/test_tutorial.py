"""The tutorial, gone through step by step: every command does what the page shows.

DIGEST_UPDATE_GOLDENS=1 writes into the page what the commands print now.
"""

from __future__ import annotations

import io
import os
import re
import shlex
from collections.abc import Callable, Iterator
from contextlib import redirect_stderr, redirect_stdout
from datetime import UTC, datetime
from pathlib import Path

import pytest
import time_machine
from pytest_httpserver import HTTPServer

from digest.cli import main
from digest.preview.server import Preview
from tests.sources.wordpress.wordpress_site import WordPressSite

PAGE = Path(__file__).resolve().parent.parent / "docs" / "tutorial.md"
HOME, BLOG = "/home/ada", "https://your.blog"
SUNDAY = datetime(2026, 11, 22, 17, tzinfo=UTC)
BLOCK = re.compile(r"^```(console|toml|markdown)\n(.*?)^```$", re.M | re.S)
COMMAND = re.compile(r"^\$ (.*)\n((?:(?!\$ ).*\n)*)", re.M)


@pytest.fixture
def blog(httpserver: HTTPServer) -> WordPressSite:
    """The blog of a society that gardens in hospitals, three weeks of it."""
    site = WordPressSite(httpserver)
    site.name = "Your Blog"

    def add(day: int, title: str, *tags: str, **values: object) -> None:
        moment = datetime(2026, 11, day, 7, tzinfo=UTC)
        words = "<p>The ward wakes at six. We water before that, and nobody sees us go.</p>"
        site.add(
            title,
            published_at=moment,
            tags=tags,
            body=words + words.replace("six", "seven"),
            **values,
        )

    add(3, "Rounds, part 1: Before the ward wakes", "teams", series=("Rounds",))
    add(10, "Rounds, part 3: After the last visitor", "teams", series=("Rounds",))
    add(12, "What the frost taught us", "leadrship")
    add(16, "Learning by doing", "leadership")
    add(17, "Five plants that forgive", "teams", "windowsill")
    add(18, "A bench for everyone. By Ada Penhaligon", "teams")
    add(19, "Stand by your seedlings", "greenhouse")
    add(20, "The Slow Harvest: a book review", "leadership", "book review")
    add(21, "For members", "teams", password="bench")
    return site


@pytest.fixture
def walk(
    blog: WordPressSite, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Iterator[Callable[[], str]]:
    """Go through the page in an empty folder; return the page with what was really printed."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(Preview, "run", lambda self: self._socket.close())
    monkeypatch.setattr("webbrowser.open", lambda _address: True)

    def run(line: str) -> str:
        """Return what a command prints, as a reader of the page would see it."""
        words = shlex.split(line.replace(BLOG, blog.url))
        if words[0] == "cd":
            monkeypatch.chdir(Path.cwd() / words[1])
            return ""
        assert words[0] == "digest"
        said = io.StringIO()
        with redirect_stdout(said), redirect_stderr(said), pytest.raises(SystemExit) as ended:
            main(words[1:])
        assert not ended.value.code, said.getvalue()
        shown = said.getvalue().replace(blog.url, BLOG).replace(str(tmp_path), HOME)
        return re.sub(r"(127\.0\.0\.1):\d+/\?token=\S+", r"\1:…/?token=…", shown)

    def block(found: re.Match[str]) -> str:
        kind, text = found.groups()
        if kind == "console":
            made = COMMAND.sub(lambda asked: f"$ {asked[1]}\n{run(asked[1])}", text)
            return found[0].replace(text, made)
        if kind == "toml":
            configure(Path("digest.toml"), text)
        else:
            next(Path("issues").glob("*/editor.md")).write_text(text.replace(BLOG, blog.url))
        return found[0]

    with time_machine.travel(SUNDAY, tick=False):
        yield lambda: BLOCK.sub(block, PAGE.read_text())


def configure(file: Path, lines: str) -> None:
    """Write what a page shows into digest.toml: tables at its end, keys where they are or into the edition."""
    said = file.read_text()
    if lines.startswith("["):
        file.write_text(f"{said}\n{lines}")
        return
    for line in lines.splitlines():
        key = re.escape(line.partition(" =")[0])
        said, count = re.subn(rf"(?m)^{key} = .*$", lambda _, line=line: line, said)
        said = said if count else said.replace("[edition.weekly]\n", f"[edition.weekly]\n{line}\n")
    file.write_text(said)


def told(page: str) -> list[str]:
    """Return the lines of a page; how many bytes an issue has is the template's affair."""
    return re.sub(r"[\d,]+ bytes", "N bytes", page).splitlines()


def test_every_command_prints_what_the_page_shows(walk: Callable[[], str]) -> None:
    made = walk()
    if os.environ.get("DIGEST_UPDATE_GOLDENS"):
        PAGE.write_text(made)
    assert told(PAGE.read_text()) == told(made)

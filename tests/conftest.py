"""What tests of several rooms share."""

from __future__ import annotations

import json
import os
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from hypothesis import settings
from pytest_httpserver import HTTPServer

from digest.cli import main

pytest.register_assert_rewrite("tests.golden")  # so that it tells which line differs

# How long an example takes is the machine's affair.
settings.register_profile("untimed", deadline=None)
settings.load_profile("untimed")


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_auto_num_workers() -> int:
    """Return how many processes test side by side: many tests wait for a server or a browser."""
    return (os.cpu_count() or 1) + 1


@pytest.fixture(scope="session", autouse=True)
def caches(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """Keep what is compiled apart from the user's own, in this process and in those it starts."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("XDG_CACHE_HOME", str(tmp_path_factory.mktemp("cache")))
        yield


@pytest.fixture
def httpserver(httpserver: HTTPServer) -> HTTPServer:
    """Run a web server that has no page but those it is told of: a fault would be asked for again."""
    httpserver.no_handler_status_code = 404
    return httpserver


POST = """\
---
title: "{title}"
date: {date}
tags: [{tags}]
---

{body}
"""


@dataclass
class Answer:
    """Hold what a command said and how it ended."""

    code: int
    out: str
    err: str

    @property
    def json(self) -> Any:
        """Return the one JSON document on stdout."""
        return json.loads(self.out)


Run = Callable[..., Answer]
"""What `digest` below is: the command line, as a function of its words."""


@pytest.fixture
def digest(capsys: pytest.CaptureFixture[str]) -> Run:
    """Run the command line in this process and return what it said."""

    def run(*args: object) -> Answer:
        capsys.readouterr()
        with pytest.raises(SystemExit) as ended:
            main([str(arg) for arg in args])
        said = capsys.readouterr()
        return Answer(int(ended.value.code or 0), said.out, said.err)

    return run


@dataclass
class Blog:
    """A project with a folder of Markdown posts, for tests of the whole road."""

    root: Path

    def write(
        self, name: str, title: str, date: str, tags: str = "", body: str = "Some words."
    ) -> Path:
        """Write a post into posts/."""
        path = self.root / "posts" / f"{name}.md"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(POST.format(title=title, date=date, tags=tags, body=body))
        return path

    def configure(self, text: str = "") -> None:
        """Write digest.toml with a Markdown source, an edition `weekly`, and further lines for it."""
        (self.root / "digest.toml").write_text(
            '[newsletter]\nname = "The Letter"\ntimezone = "Europe/London"\nlanguage = "en-GB"\n'
            'unsubscribe = "https://letter.example/bye"\naddress = "1 Mill Lane, Dunfold"\n'
            'sender = "The Letter <post@letter.example>"\n'
            '[[source]]\nname = "blog"\nkind = "markdown"\npath = "posts"\nurl = "https://letter.example/"\n'
            '[edition.weekly]\ntitle = "The Weekly Letter"\n' + text
        )

    def issue(self, name: str) -> Path:
        """Return the folder of an issue."""
        return self.root / "issues" / name


@pytest.fixture
def blog(tmp_path: Path) -> Blog:
    """Make a project with three posts of one week in October 2026."""
    made = Blog(tmp_path / "project")
    made.root.mkdir()
    made.configure()
    made.write(
        "one", "Counting the swifts", "2026-10-05T09:00:00Z", "birds", "They came back late. " * 20
    )
    made.write(
        "two",
        "A roof of moss. By Ada Penhaligon",
        "2026-10-06T09:00:00Z",
        "roofs",
        "Moss asks little.",
    )
    made.write(
        "three",
        "Learning by doing",
        "2026-10-07T09:00:00Z",
        "birds, roofs",
        "Nobody read the manual.",
    )
    return made

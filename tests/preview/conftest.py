"""A preview of a real issue, running in a thread, asked over real sockets."""

from __future__ import annotations

import shutil
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime
from http.client import HTTPConnection, HTTPResponse
from pathlib import Path
from typing import Any

import pytest

from digest.preview.live import Shown
from digest.preview.server import Preview
from digest.workflow.gathering.collecting import collect
from digest.workflow.making.building import build
from digest.workflow.project import Project
from tests.conftest import Blog
from tests.preview.browsing import started_browser

ISSUE = "2026-10-11-weekly"


class Visitor:
    """Ask a running preview as a browser would, or as somebody who should not."""

    def __init__(self, preview: Preview) -> None:
        self.preview = preview
        self.cookie = f"digest-preview-{preview.port}={preview.token}"
        self.open: list[HTTPConnection] = []

    def ask(self, path: str, method: str = "GET", **headers: str | None) -> HTTPResponse:
        """Send a request with the cookie; a header given as None is left out, `_` in names is `-`."""
        told = {"cookie": self.cookie, "host": f"127.0.0.1:{self.preview.port}"}
        told |= {name.replace("_", "-"): value for name, value in headers.items()}
        connection = HTTPConnection("127.0.0.1", self.preview.port, timeout=30)
        self.open.append(connection)
        connection.putrequest(method, path, skip_host=True)
        for name, value in told.items():
            if value is not None:
                connection.putheader(name, value)
        connection.endheaders()
        return connection.getresponse()

    @property
    def folder(self) -> Path:
        """Return the folder of the issue that is shown."""
        return self.preview.root / "issues" / self.preview.issue_id

    @property
    def shown(self) -> Shown:
        """Return the issue that is shown."""
        return self.preview.desk._opened[self.preview.issue_id].live.shown

    @property
    def revision(self) -> int:
        """Return how often what is shown has changed, counted from one."""
        return self.preview.desk._opened[self.preview.issue_id].live.revision

    def get(self, path: str) -> str:
        """Return the body of a page that must be there."""
        answer = self.ask(path)
        assert answer.status == 200, path
        return answer.read().decode()

    def events(self) -> Events:
        """Open the stream of events, past the one that tells where things stand."""
        events = Events(self.ask("/events"))
        events.next()
        return events


class Events:
    """Read server-sent events one by one."""

    def __init__(self, answer: HTTPResponse) -> None:
        assert answer.getheader("content-type", "").startswith("text/event-stream")
        self.answer = answer

    def next(self) -> tuple[str, str]:
        """Return the name and data of the next event; fails after half a minute without one."""
        found: dict[str, str] = {}
        end = time.monotonic() + 30
        while "data" not in found:
            line = self.answer.readline().decode()
            assert line, "the stream has ended"
            assert time.monotonic() < end, "nothing has changed"  # only signs of life came
            name, _, value = line.strip().partition(":")
            found[name] = value.strip()
        return found["event"], found["data"]


@contextmanager
def running(
    project: Project,
    *,
    began_at: float | None = None,
    detail: Callable[[str], None] = lambda _message: None,
) -> Iterator[Visitor]:
    """Run a preview in a thread and end it."""
    preview = Preview(project, ISSUE, began_at=began_at, detail=detail)
    thread = threading.Thread(target=preview.run, daemon=True)
    thread.start()
    visitor = Visitor(preview)
    try:
        yield visitor
    finally:
        preview.stop()
        thread.join(30)
        for connection in visitor.open:
            connection.close()
        assert not thread.is_alive()


@pytest.fixture(scope="session")
def seed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Make a project with one issue of two posts, once; every test gets a copy."""
    root = tmp_path_factory.mktemp("seed") / "garden"
    blog = Blog(root)
    root.mkdir()
    blog.configure()
    blog.write(
        "one", "Counting the swifts", "2026-10-05T09:00:00Z", "birds", "They came back late."
    )
    blog.write(
        "two", "Learning by doing", "2026-10-07T09:00:00Z", "birds", "Nobody read the manual."
    )
    project = Project(root)
    collect(project)
    build(project, project.config.edition(), date(2026, 10, 11))
    return root


@pytest.fixture(scope="module")
def still(seed: Path) -> Iterator[Visitor]:
    """Run one preview for a module's tests that change nothing.

    It does not live on while other modules put another clock in place of the process's own: an
    event loop that reads the time just then sleeps for hours, and hears of no stop.
    """
    with running(Project(seed)) as visitor:
        yield visitor


@pytest.fixture
def garden(seed: Path, tmp_path: Path) -> Blog:
    """Make a project with one issue, to change."""
    return Blog(Path(shutil.copytree(seed, tmp_path / "garden")))


@pytest.fixture
def visitor(garden: Blog) -> Iterator[Visitor]:
    """Run a preview of the garden's issue."""
    with running(Project(garden.root)) as visitor:
        yield visitor


EDITION = """\
limit = 5
[[edition.weekly.section]]
title = "Birds"
tags = ["birds"]
[[edition.weekly.section]]
title = "Roofs"
tags = ["roofs"]
"""
POSTS = {
    # by name: title, time, tag
    "one": ("Counting the swifts", "05T09", "birds"),
    "two": ("Learning by doing", "09T09", "birds"),
    "three": ("A roof of moss", "06T09", "roofs"),
    "four": ("Slates and sparrows", "07T09", "roofs"),
    "five": ("An owl at noon", "08T09", "birds"),
    "six": ("Gutters", "05T07", "roofs"),
}


def gardeners(root: Path) -> Blog:
    """Make a project with an issue of five posts in two sections; a sixth finds no room."""
    blog = Blog(root)
    blog.root.mkdir()
    blog.configure(EDITION)
    for name, (title, hour, tag) in POSTS.items():
        blog.write(name, title, f"2026-10-{hour}:00:00Z", tag, f"About {title}. " * 12)
    project = Project(blog.root)
    collect(project)
    built_at = datetime(2026, 10, 20, tzinfo=UTC)  # some time ago, so that what follows is later
    build(project, project.config.edition(), date(2026, 10, 11), now=built_at)
    return blog


@pytest.fixture(scope="module")
def browser() -> Iterator[Any]:
    """Start a Chromium once."""
    with started_browser() as browser:
        yield browser

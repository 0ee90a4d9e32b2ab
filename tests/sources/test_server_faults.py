"""Whatever a server does, a collect ends with a report and the archive stays as it was.

Every fault is played over a real socket. Between them, one source that is well shows that no fault
reaches its neighbours.
"""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from digest.fetching import Fetcher
from digest.workflow.gathering.collecting import collect
from digest.workflow.project import Project
from tests.sources.faulty_server import BODIES, POSTS, TRANSPORT, FaultyServer, answer

ADDRESSES = {"feed": "feed", "wordpress": "wp-json/", "page": "page"}
MOST_MEMORY_KIB = 150 * 1024
MEASURED = """\
import atexit, re, sys
from pathlib import Path
from digest.cli import main
peak = lambda: print(re.search(r"VmHWM:\\s*(\\d+)", Path("/proc/self/status").read_text())[1])
atexit.register(peak)
main(sys.argv[1:])
"""


@pytest.fixture
def server(monkeypatch: pytest.MonkeyPatch) -> Iterator[FaultyServer]:
    """Return a server that is well until a test says otherwise, and is asked again at once."""
    monkeypatch.setitem(Fetcher.__init__.__kwdefaults__, "backoff_seconds", 0.01)
    with FaultyServer() as server:
        yield server


def project(root: Path, server: FaultyServer, kind: str) -> Project:
    """Return a project whose one source is the server, and whose other is a folder that is well."""
    root.joinpath("notes").mkdir(exist_ok=True)
    root.joinpath("notes/rain.md").write_text("---\ntitle: Rain\ndate: 2026-11-22\n---\nWet.\n")
    host = f"127.0.0.1:{server.port}"
    patience = 1 if server.fault is not None else 20
    root.joinpath("digest.toml").write_text(
        f'[newsletter]\nname = "N"\n'
        f'[fetching]\nallow_private = ["{host}"]\ntimeout = {patience}\nmax_bytes = 1000000\n'
        f'[[source]]\nname = "ill"\nkind = "{kind}"\nurl = "http://{host}/{ADDRESSES[kind]}"\n'
        f'[[source]]\nname = "well"\nkind = "markdown"\npath = "notes"\nurl = "https://n.example/"\n[edition.weekly]\n'
    )
    return Project(root)


def titles(project: Project) -> list[str]:
    """Return the titles that the archive holds."""
    with project.archive() as archive:
        return sorted(post.title for post in archive.posts())


def check(root: Path, server: FaultyServer, kind: str, fault: object) -> None:
    """Hold one fault against the promise: a report, no traceback, the archive and neighbours as before."""
    whole = project(root, server, kind)
    first, _ = collect(whole)
    assert (first.status, first.new) == ("ok", len(POSTS)), first.problems
    before = titles(whole)
    server.fault = fault  # type: ignore[assignment]
    ill, well = collect(project(root, server, kind), full=True)
    assert not [problem for problem in ill.problems if problem.trace], ill.problems
    assert ill.status == "ok" or 0 < len(ill.problems[0].message) < 1000
    assert (well.status, well.problems) == ("ok", ())
    if ill.status == "failed":
        assert titles(whole) == before
    elif kind != "wordpress":  # whose list, when it is one, says what there is
        assert set(before) <= set(titles(whole))


@pytest.mark.parametrize("name", TRANSPORT)
def test_a_fault_of_the_exchange_costs_nothing_but_its_report(
    tmp_path: Path, server: FaultyServer, name: str
) -> None:
    """Connections, status lines, lengths, packing, headers, redirects, pauses and floods."""
    check(tmp_path, server, "feed", TRANSPORT[name])


@pytest.mark.parametrize("kind", ADDRESSES)
@pytest.mark.parametrize("name", BODIES)
def test_a_fault_of_the_words_costs_nothing_but_its_report(
    tmp_path: Path, server: FaultyServer, name: str, kind: str
) -> None:
    """What is no feed, no page and no API, whatever it claims to be."""
    types = {"feed": "application/xml", "wordpress": "application/json", "page": "text/html"}
    check(tmp_path, server, kind, answer(BODIES[name], kind=types[kind]))


def test_the_table_is_long_enough() -> None:
    """At least 120 faults are promised."""
    assert len(TRANSPORT) + len(ADDRESSES) * len(BODIES) >= 120


@pytest.mark.skipif(sys.platform != "linux", reason="memory is measured as Linux tells it")
@pytest.mark.parametrize(
    "name", ["a gzip bomb", "a body without end", "headers without end", "chunks without an end"]
)
def test_a_flood_does_not_fill_the_memory(tmp_path: Path, server: FaultyServer, name: str) -> None:
    """The command as a whole stays small, and ends as one that could not read its source."""
    server.fault = TRANSPORT[name]
    root = project(tmp_path, server, "feed").root
    text = (root / "digest.toml").read_text().replace("max_bytes = 1000000\n", "")
    (root / "digest.toml").write_text(text.replace("timeout = 1\n", "timeout = 20\n"))
    done = subprocess.run(
        [sys.executable, "-c", MEASURED, "--project", root, "collect"],
        capture_output=True,
        text=True,
        check=False,
        env={**os.environ, "PYTHONWARNINGS": "error"},
    )
    assert done.returncode == 5, done.stderr
    assert "Traceback" not in done.stderr
    assert int(done.stdout) < MOST_MEMORY_KIB

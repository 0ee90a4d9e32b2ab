"""Kills, two runs at once and a full disk: no torn issue, and the next run mends the rest."""

from __future__ import annotations

import json
import os
import random
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from datetime import UTC, date, datetime
from io import FileIO
from pathlib import Path

import pytest

from digest.files import TEMPORARY
from digest.workflow import records
from digest.workflow.gathering import collecting
from digest.workflow.many import build_all
from digest.workflow.project import Project
from tests.conftest import Blog

KILLS = int(os.environ.get("DIGEST_KILLS", "4"))
EDITIONS = int(os.environ.get("DIGEST_EDITIONS", "40"))
DATED = date(2026, 10, 8)
NOW = datetime(2026, 10, 9, tzinfo=UTC)

pytestmark = pytest.mark.skipif(os.name == "nt", reason="Windows has no SIGKILL")


@pytest.fixture
def project(blog: Blog) -> Project:
    """A collected project with an edition for each of many tags."""
    for n in range(EDITIONS):
        blog.write(f"p{n}", f"Post {n}", "2026-10-06T09:00:00Z", f"tag{n}")
    blog.configure('[edition."by-tag-{tag}"]\nfor_each = "tag"\n')
    made = Project(blog.root)
    collecting.collect(made)
    return made


def running(project: Project, *options: str, before: Sequence[str] = ()) -> subprocess.Popen[bytes]:
    command = [
        sys.executable, "-m", "digest", *before, "--project", str(project.root), "build", "--all",
        "--no-collect", "--date", DATED.isoformat(), *options,
    ]  # fmt: skip
    return subprocess.Popen(
        command,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        start_new_session=True,
        preexec_fn=lambda: signal.signal(signal.SIGINT, signal.default_int_handler),
    )


def whole(project: Project) -> int:
    """Return how many issues there are; none is torn."""
    issues = project.folders.all()
    for issue in issues:
        assert project.folders.is_whole(project.folders.read(issue.id)), issue.id
        assert issue.number == 1
    return len(issues)


def test_a_run_that_is_killed_at_any_moment_goes_on_where_it_was(project: Project) -> None:
    rng = random.Random(19)
    before = 0
    for _ in range(KILLS):
        run = running(project, *(["--jobs", "2"] if rng.random() < 0.3 else []))
        time.sleep(rng.uniform(0.2, 1.5))
        os.killpg(run.pid, signal.SIGKILL)
        run.communicate()
        now = whole(project)
        assert now >= before
        before = now
    editions = list(project.editions().values())
    made = build_all(project, editions, DATED, now=NOW)
    assert whole(project) == len(editions)
    assert {told.status for told in made.values()} <= {"built", "unchanged"}  # type: ignore[union-attr]
    assert list(project.root.glob(f"issues/by-tag-*/{TEMPORARY}*")) == []
    for edition in editions[:: max(1, len(editions) // 10)]:
        records.rebuild(project, f"{DATED}-{edition.name}", check=True)


def test_with_a_run_that_is_killed_its_processes_end(project: Project) -> None:
    """They would wait for ever for work, and each run that a timer cuts off would leave some."""
    run = running(project, "--jobs", "2")
    while not project.folders.ids():
        assert run.poll() is None
        time.sleep(0.02)
    run.kill()
    run.communicate(timeout=30)  # whoever lives on holds the pipe open
    build_all(project, list(project.editions().values()), DATED, now=NOW)
    assert whole(project) == len(project.editions())


@pytest.mark.parametrize("jobs", ["1", "2"])
@pytest.mark.parametrize(
    ("number", "kill", "ended"),
    [
        # Ctrl-C reaches all processes of a terminal: none of them shows a traceback.
        (signal.SIGINT, os.killpg, 130),
        # `timeout` reaches the run alone, systemd all of its processes; both expect to see by what
        # it ended.
        (signal.SIGTERM, os.kill, -signal.SIGTERM),
        (signal.SIGTERM, os.killpg, -signal.SIGTERM),
    ],
    ids=["ctrl-c", "timeout", "systemd"],
)
def test_a_run_that_somebody_stops_ends_soon_and_says_so_in_an_event(
    project: Project, jobs: str, number: int, kill: Callable[[int, int], None], ended: int
) -> None:
    run = running(project, "--jobs", jobs, before=["--log-json"])
    while not project.folders.ids():
        assert run.poll() is None
        time.sleep(0.02)
    kill(run.pid, number)
    _, said = run.communicate(timeout=30)  # whoever lives on holds the pipe open
    events = [json.loads(line) for line in said.splitlines()]
    assert run.returncode == ended
    assert (events[-1]["event"], events[-1]["exit_code"]) == ("error", 128 + number)


def test_two_runs_at_once_make_each_issue_once(project: Project) -> None:
    runs = [running(project) for _ in range(2)]
    said = [run.communicate()[1].decode() for run in runs]
    assert [run.returncode for run in runs] == [0, 0], said
    assert whole(project) == EDITIONS + 3


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="there is no way to fill a disk here")
def test_a_full_disk_costs_what_it_could_not_hold_and_the_next_run_mends_it(
    project: Project, monkeypatch: pytest.MonkeyPatch
) -> None:
    from digest import files

    begin, left = files.begin, [60]

    def filling(path: Path, data: bytes) -> FileIO:
        left[0] -= 1
        if left[0] < 0:
            path.write_bytes(data[: len(data) // 2])
            raise OSError(28, "No space left on device")
        return begin(path, data)

    monkeypatch.setattr(files, "begin", filling)
    editions = list(project.editions().values())
    made = build_all(project, editions, DATED, now=NOW)
    failed = [told for told in made.values() if isinstance(told, Exception)]
    assert 0 < len(failed) < len(editions)
    assert all("No space left on device" in str(told) for told in failed)
    assert whole(project) == len(editions) - len(failed)
    monkeypatch.undo()
    build_all(project, editions, DATED, now=NOW)
    assert whole(project) == len(editions)


def test_issues_appear_only_when_the_disk_has_them_and_several_at_once(
    project: Project, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A power cut at any moment finds an issue with all of its files, or none of it."""
    synced: set[tuple[int, int]] = set()
    waits: list[int] = []
    sync, rename = os.fsync, Path.rename

    def noted(descriptor: int) -> None:
        found = os.fstat(descriptor)
        synced.add((found.st_dev, found.st_ino))
        waits.append(whole(project))
        sync(descriptor)

    def checked(path: Path, to: Path) -> Path:
        for file in [path, *path.iterdir()]:
            assert (file.stat().st_dev, file.stat().st_ino) in synced, file
        return rename(path, to)

    monkeypatch.setattr(os, "fsync", noted)
    monkeypatch.setattr(Path, "rename", checked)
    editions = [edition for edition in project.editions().values() if edition.of]
    made = build_all(project, editions, DATED, now=NOW)
    assert not [told for told in made.values() if isinstance(told, Exception)]
    assert sorted(set(waits)) == [*range(0, len(editions), 8), len(editions)]


@pytest.mark.skipif(not Path("/proc/self/fd").is_dir(), reason="open files have no names here")
def test_a_disk_that_breaks_for_one_issue_costs_that_one(
    project: Project, monkeypatch: pytest.MonkeyPatch
) -> None:
    sync = os.fsync

    def broken(descriptor: int) -> None:
        name = Path(f"/proc/self/fd/{descriptor}").readlink()
        if name.match(f"*tag7-{os.getpid()}/email.html"):
            raise OSError(5, "Input/output error")
        sync(descriptor)

    monkeypatch.setattr(os, "fsync", broken)
    made = build_all(project, list(project.editions().values()), DATED, now=NOW)
    failed = {name: str(told) for name, told in made.items() if isinstance(told, Exception)}
    assert failed.keys() == {"by-tag-tag7"}
    assert "Input/output error" in failed["by-tag-tag7"]
    assert whole(project) == EDITIONS + 2
    assert list(project.root.glob(f"issues/**/{TEMPORARY}*")) == []


def test_a_run_that_is_stopped_leaves_nothing_half_written_and_no_lock(
    project: Project, monkeypatch: pytest.MonkeyPatch
) -> None:
    from digest.workflow.making import drafting

    written = drafting.Draft.compose_and_render

    def stopping(draft: drafting.Draft, *rest: object) -> object:
        if draft.edition.name == "by-tag-tag20":
            raise KeyboardInterrupt
        return written(draft, *rest)  # type: ignore[arg-type]

    monkeypatch.setattr(drafting.Draft, "compose_and_render", stopping)
    with pytest.raises(KeyboardInterrupt):
        build_all(project, list(project.editions().values()), DATED, now=NOW)
    assert list(project.root.glob(f"issues/**/{TEMPORARY}*")) == []
    monkeypatch.undo()
    assert 0 < whole(project) < EDITIONS
    build_all(project, list(project.editions().values()), DATED, now=NOW)
    assert whole(project) == EDITIONS + 3


def test_runs_that_go_through_the_editions_in_other_orders_wait_for_nobody(
    project: Project,
) -> None:
    """Each holds several folders at once; nobody is told that another digest is writing."""
    script = (
        "import sys, random, datetime as d\n"
        "from pathlib import Path\n"
        "from digest.workflow.many import build_all\n"
        "from digest.workflow.project import Project\n"
        "project = Project(Path(sys.argv[1]))\n"
        "editions = list(project.editions().values())\n"
        "random.Random(sys.argv[2]).shuffle(editions)\n"
        "made = build_all(project, editions, d.date(2026, 10, 8), now=d.datetime.now(d.UTC))\n"
        "sys.exit(sum(isinstance(told, Exception) for told in made.values()))\n"
    )
    runs = [
        subprocess.Popen([sys.executable, "-c", script, str(project.root), str(seed)])
        for seed in range(3)
    ]
    assert [run.wait(timeout=120) for run in runs] == [0, 0, 0]
    assert whole(project) == EDITIONS + 3

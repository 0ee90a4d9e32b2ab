"""Who may do the work: any executor, workers that die, and a real Dask cluster of processes."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from concurrent.futures import Executor, Future, ThreadPoolExecutor
from contextlib import ExitStack, contextmanager
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest

from digest.errors import DigestError
from digest.workflow.gathering import collecting
from digest.workflow.many import build_all, loop
from digest.workflow.project import Project
from tests.conftest import Blog

DATED = date(2026, 10, 8)
NOW = datetime(2026, 10, 9, tzinfo=UTC)
PATTERN = '[edition."by-tag-{tag}"]\nfor_each = "tag"\n'


@pytest.fixture
def project(blog: Blog) -> Project:
    """A collected project with an edition for each of sixty tags."""
    for n in range(60):
        blog.write(f"p{n}", f"Post {n}", "2026-10-06T09:00:00Z", f"tag{n}")
    blog.configure(PATTERN)
    made = Project(blog.root)
    collecting.collect(made)
    return made


def build(project: Project, **how: Any) -> dict[str, Any]:
    return build_all(project, list(project.editions().values()), DATED, now=NOW, **how)


def states(made: dict[str, Any]) -> set[str]:
    return {str(told) if isinstance(told, DigestError) else told.status for told in made.values()}


def test_any_executor_will_do(project: Project) -> None:
    with ThreadPoolExecutor(2) as pool:
        made = build(project, executor=pool)
    assert (len(made), states(made)) == (63, {"built"})
    assert states(build(project)) == {"unchanged"}


def test_a_chunk_that_failed_is_handed_out_again(
    project: Project, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(loop, "CHUNK", 10)
    with ThreadPoolExecutor(1) as pool:
        made = build(project, executor=Flaky(pool, faults=3))
    assert states(made) == {"built"}
    numbers = {told.number for told in made.values()}
    assert numbers == {1}


@pytest.mark.parametrize("fault", [RuntimeError("broken"), OSError("gone"), TypeError("odd")])
def test_a_chunk_that_an_executor_does_not_take_is_handed_out_again(
    project: Project, monkeypatch: pytest.MonkeyPatch, fault: Exception
) -> None:
    monkeypatch.setattr(loop, "CHUNK", 10)
    with ThreadPoolExecutor(1) as pool:
        assert states(build(project, executor=Refusing(pool, 2, fault))) == {"built"}
        made = build(project, executor=Refusing(pool, 99, fault), force=True)
    assert all(str(fault) in told for told in states(made))


def test_who_cancels_work_gets_no_more_of_it_and_nobody_waits_for_ever(
    project: Project, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(loop, "CHUNK", 10)
    monkeypatch.setattr(loop, "_IN_FLIGHT", 1)
    with ThreadPoolExecutor(1) as pool:
        shut = Cancelling(pool, after=2)
        made = build(project, executor=shut)
    assert shut.asked == 3
    assert (
        list(map(str, list(made.values())[-43:]))
        == [
            "whoever was to build it takes no more work. "
            "Start again when it does: what was built stays."
        ]
        * 43
    )
    assert states(dict(list(made.items())[:20])) == {"built"}


def test_a_chunk_that_cannot_be_done_costs_only_its_own_editions(
    project: Project, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(loop, "CHUNK", 10)
    with ThreadPoolExecutor(1) as pool:
        made = build(project, executor=Flaky(pool, faults=99, only="by-tag-tag7"))
    lost = {name for name, told in made.items() if isinstance(told, DigestError)}
    assert len(lost) == 10
    assert "by-tag-tag7" in lost


class Flaky(Executor):
    """Lose chunks, as an engine does whose workers die."""

    def __init__(self, pool: Executor, faults: int, only: str = "") -> None:
        self.pool, self.faults, self.only = pool, faults, only

    def submit(self, fn: Any, /, *args: Any, **kwargs: Any) -> Future[Any]:
        names = {edition.name for edition in args[0].editions}
        if self.faults and (not self.only or self.only in names):
            self.faults -= 1
            lost: Future[Any] = Future()
            lost.set_exception(RuntimeError("the worker died"))
            return lost
        return self.pool.submit(fn, *args, **kwargs)


class Refusing(Executor):
    """Take no work at first, as a pool does that is broken, or an engine that is out of reach."""

    def __init__(self, pool: Executor, times: int, fault: Exception) -> None:
        self.pool, self.times, self.fault = pool, times, fault

    def submit(self, fn: Any, /, *args: Any, **kwargs: Any) -> Future[Any]:
        if not self.times:
            return self.pool.submit(fn, *args, **kwargs)
        self.times -= 1
        raise self.fault


class Cancelling(Executor):
    """Do some work and cancel what comes then, as an engine does that is shut down meanwhile."""

    def __init__(self, pool: Executor, after: int) -> None:
        self.pool, self.after, self.asked = pool, after, 0

    def submit(self, fn: Any, /, *args: Any, **kwargs: Any) -> Future[Any]:
        self.asked += 1
        if self.asked <= self.after:
            return self.pool.submit(fn, *args, **kwargs)
        cancelled: Future[Any] = Future()
        cancelled.cancel()
        return cancelled


KILLER = """
import os, signal, sys
from pathlib import Path
from digest.workflow.many import chunks
build = chunks.building
def killing(project, edition, *args, **how):
    mark = project.root / "killed"
    if edition.name == "by-tag-tag9" and not mark.exists():
        mark.touch()
        os.kill(os.getpid(), signal.SIGKILL)
    return build(project, edition, *args, **how)
chunks.building = killing
"""


@pytest.mark.skipif(os.name == "nt", reason="Windows has no SIGKILL")
def test_a_process_that_is_killed_loses_nothing(project: Project, tmp_path: Path) -> None:
    (tmp_path / "sitecustomize.py").write_text(KILLER)
    script = (
        "from datetime import *; from pathlib import Path\n"
        "from digest.workflow.many import build_all\n"
        "from digest.workflow.project import Project\n"
        "if __name__ == '__main__':\n"
        f"    p = Project(Path({str(project.root)!r}))\n"
        "    made = build_all(p, list(p.editions().values()), date(2026, 10, 8), jobs=2,\n"
        "                     now=datetime(2026, 10, 9, tzinfo=timezone.utc))\n"
        "    print(sorted({r.status for r in made.values()}), {r.number for r in made.values()})\n"
    )
    (tmp_path / "run.py").write_text(script)
    environment = {**os.environ, "PYTHONPATH": f"{tmp_path}{os.pathsep}{Path.cwd()}"}
    said = subprocess.run(
        [sys.executable, str(tmp_path / "run.py")],
        capture_output=True,
        text=True,
        env=environment,
        check=False,
    )
    assert (project.root / "killed").exists()
    assert said.stdout.strip().endswith("{1}"), said.stderr
    assert states(build(project)) == {"unchanged"}


# ---------------------------------------------------------------- Dask


@contextmanager
def dask_cluster(folder: Path, workers: int) -> Iterator[tuple[str, list[subprocess.Popen[bytes]]]]:
    """Run a scheduler and workers as processes; yield its address and the workers."""
    told = folder / "scheduler.json"
    with ExitStack() as stack:

        def start(*args: str) -> subprocess.Popen[bytes]:
            process = subprocess.Popen(
                [sys.executable, "-m", f"distributed.cli.{args[0]}", *args[1:]],
                stdout=subprocess.DEVNULL,
                stderr=subprocess.DEVNULL,
                env={**os.environ, "PYTHONPATH": str(Path.cwd())},
            )
            stack.enter_context(process)
            stack.callback(process.kill)
            return process

        here = ("--host", "127.0.0.1", "--port", "0", "--no-dashboard")
        start("dask_scheduler", *here, "--scheduler-file", str(told))
        until = time.monotonic() + 60
        while not (told.exists() and told.read_text().strip().endswith("}")):
            assert time.monotonic() < until
            time.sleep(0.05)
        address = json.loads(told.read_text())["address"].removeprefix("tcp://")
        one = ("--nthreads", "1", "--no-nanny", "--no-dashboard")
        yield address, [start("dask_worker", f"tcp://{address}", *one) for _ in range(workers)]


@pytest.mark.skipif(os.name == "nt", reason="Windows has no SIGKILL")
def test_dask_builds_what_this_machine_would_and_outlives_a_worker(
    project: Project, tmp_path: Path
) -> None:
    pytest.importorskip("distributed")
    command = [
        sys.executable, "-m", "digest", "--project", str(project.root), "build", "--all",
        "--no-collect", "--date", "2026-10-08",
    ]  # fmt: skip
    with dask_cluster(tmp_path, 2) as (address, workers):
        running = subprocess.Popen(
            [*command, "--executor", f"dask://{address}"],
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )
        until = time.monotonic() + 60
        while time.monotonic() < until and not list(project.root.glob("issues/by-tag-*/*")):
            time.sleep(0.02)
        workers[0].send_signal(signal.SIGKILL)
        out, err = running.communicate(timeout=120)
    assert running.returncode == 0, err
    assert out.startswith("63 editions:"), out
    issues = project.folders.all()
    assert {
        (issue.number, project.folders.is_whole(project.folders.read(issue.id))) for issue in issues
    } == {(1, True)}
    assert len(issues) == 63
    assert states(build(project)) == {"unchanged"}


def test_an_engine_that_is_not_there_is_told_of(blog: Blog, digest: Any) -> None:
    refused = digest("--project", blog.root, "build", "--executor", "slurm://here")
    assert (refused.code, "Known: dask://HOST:PORT." in refused.err) == (2, True)

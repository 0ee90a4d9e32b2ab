"""Builds the issues of many editions, one by one or at once, each after those it cools down from."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from pathlib import Path

from digest.errors import DigestError, Unforeseen
from digest.models import Edition
from digest.workflow import records
from digest.workflow.building import BuildReport, build
from digest.workflow.clock import cut_off_now
from digest.workflow.project import Project


def build_all(
    project: Project,
    editions: Sequence[Edition],
    dated: date | None = None,
    *,
    dry_run: bool = False,
    force: bool = False,
    jobs: int = 1,
    now: datetime | None = None,
    failed: Sequence[str] = (),
) -> dict[str, BuildReport | DigestError]:
    """Build one issue of each edition, and return what became of each by its name, in the order given.

    An edition comes after those it cools down from, so that it knows what they send. Editions that
    do not wait for each other are built by up to `jobs` processes. One that fails does not stop the
    others. `failed` are sources that could not be read just now.
    """
    now = now or cut_off_now()
    wanted = [(edition.name, dated, dry_run, force, now, tuple(failed)) for edition in editions]
    made: dict[str, BuildReport | DigestError] = {}
    for wave in waves(editions):
        tasks = [task for task in wanted if task[0] in wave]
        if jobs > 1 and len(tasks) > 1:
            made |= _at_once(project.root, tasks, jobs)
        else:
            made |= {task[0]: _build_one(project, *task) for task in tasks}
    if not dry_run:
        records.mend(project)
    return {edition.name: made[edition.name] for edition in editions}


def waves(editions: Sequence[Edition]) -> list[set[str]]:
    """Return the editions' names in groups, each after those its editions cool down from.

    Editions that cool down from each other come together at the end.
    """
    left: Mapping[str, set[str]] = {e.name: set(e.cool_down) for e in editions}
    found = []
    while left:
        ready = {name for name, others in left.items() if not others & set(left)} or set(left)
        found.append(ready)
        left = {name: others for name, others in left.items() if name not in ready}
    return found


Task = tuple[str, date | None, bool, bool, datetime, tuple[str, ...]]


def _build_one(
    project: Project,
    name: str,
    dated: date | None,
    dry_run: bool,
    force: bool,
    now: datetime,
    failed: tuple[str, ...],
) -> BuildReport | DigestError:
    try:
        edition = project.config.edition(name)
        return build(project, edition, dated, dry_run=dry_run, force=force, now=now, failed=failed)
    except DigestError as error:
        return error
    except Exception as bug:  # noqa: BLE001 -- the seam between one edition and the next
        return Unforeseen.of(bug, where=f"[edition.{name}]")


def _build_apart(root: Path, task: Task) -> BuildReport | DigestError:
    return _build_one(Project(root), *task)


def _at_once(root: Path, tasks: Sequence[Task], jobs: int) -> dict[str, BuildReport | DigestError]:
    from concurrent.futures import ProcessPoolExecutor
    from multiprocessing import get_context

    with ProcessPoolExecutor(min(jobs, len(tasks)), mp_context=get_context("spawn")) as pool:
        running = {task[0]: pool.submit(_build_apart, root, task) for task in tasks}
        return {name: future.result() for name, future in running.items()}

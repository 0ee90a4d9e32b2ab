"""Brings what is shown up to date after a change. Runs in the preview's worker thread, one at a time.

Every run opens the project anew, since the configuration itself may have changed. A sealed issue is read,
never built.
"""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from digest.config.tables import FILE_NAME
from digest.errors import DigestError
from digest.issue_folder import EDITOR_FILE, ISSUE_FILE, state_of
from digest.models import Value, replace
from digest.preview.shown import Shown, Trouble, read
from digest.workflow.building import build
from digest.workflow.collecting import SourceReport, collect
from digest.workflow.project import Project


class Outcome(Value, frozen=True):
    """Hold what a run brought: the issue (None if unreadable), and what is wrong.

    `sources` has an entry for every source that was read; an empty one tells that it is mended.
    """

    shown: Shown | None
    building: tuple[Trouble, ...] = ()
    reading: tuple[Trouble, ...] = ()
    sources: dict[str, tuple[Trouble, ...]] = {}


def refresh(root: Path, issue_id: str) -> Outcome:
    """Read the issue again; build nothing."""
    try:
        return Outcome(shown=read(Project(root).folders, issue_id))
    except DigestError as error:
        return Outcome(shown=None, reading=(Trouble.of(error),))


def rebuild(root: Path, issue_id: str, sources: Iterable[str] = ()) -> Outcome:
    """Collect the named sources, build the issue's draft again, and read it."""
    project = Project(root)
    if state_of(project.folders.root / issue_id) != "draft":
        return refresh(root, issue_id)
    found: dict[str, tuple[Trouble, ...]] = {}
    building: tuple[Trouble, ...] = ()
    try:
        found = _collect(project, set(sources))
        building = _build(project, issue_id)
    except DigestError as error:
        building = (Trouble.of(error),)
    return replace(refresh(root, issue_id), building=building, sources=found)


def is_stale(root: Path, issue_id: str) -> bool:
    """Tell whether editor.md or digest.toml was changed after the draft was built, or it is not whole."""
    folders = Project(root).folders
    folder = folders.root / issue_id
    built_at = _modified(folder / ISSUE_FILE)
    if any(_modified(path) > built_at for path in (folder / EDITOR_FILE, root / FILE_NAME)):
        return True
    try:
        return not folders.is_whole(folders.read(issue_id))
    except DigestError:
        return True


def _modified(path: Path) -> int:
    try:
        return path.stat().st_mtime_ns
    except OSError:
        return 0


def _collect(project: Project, names: set[str]) -> dict[str, tuple[Trouble, ...]]:
    known = [source.name for source in project.config.sources if source.name in names]
    reports = collect(project, known) if known else ()
    return {report.source: _troubles(report) for report in reports}


def _troubles(report: SourceReport) -> tuple[Trouble, ...]:
    return tuple(Trouble(message=problem.message, where=problem.where) for problem in report.problems)


def _build(project: Project, issue_id: str) -> tuple[Trouble, ...]:
    summary = project.folders.summary(issue_id)
    edition = project.config.edition(summary.edition)
    report = build(project, edition, summary.dated)
    if report.status != "nothing-to-send":
        return ()
    return (
        Trouble(
            message=report.reason,
            where=issue_id,
            hint="What you see is the last issue that could be built.",
        ),
    )

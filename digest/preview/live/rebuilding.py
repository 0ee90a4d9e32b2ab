"""Brings what is shown up to date after a change.

Runs in the preview's worker thread, one at a time. Every run opens the project anew, since the
configuration itself may have changed. A sealed issue is read, never built.
"""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from digest.config.tables import FILE_NAME
from digest.errors import DigestError, IssueFolderError, Unforeseen
from digest.issue import editor
from digest.issue.folder import ISSUE_FILE, state_of
from digest.models import EditorNotes, Value, replace
from digest.preview.live.shown import Shown, Trouble, read
from digest.preview.live.stamps import stamps
from digest.preview.live.watching import Change, Places
from digest.workflow.gathering.collecting import SourceReport, collect
from digest.workflow.making.building import build
from digest.workflow.project import Project


class Outcome(Value):
    """Hold what a run brought: the issue (None if unreadable), and what is wrong.

    `sources` has an entry for every source that was read; an empty one tells that it is mended.
    `is_torn` tells that something on disk could not be read or written: it may be whole again
    before anybody looks, and then nothing tells of it.
    """

    shown: Shown | None
    building: tuple[Trouble, ...] = ()
    reading: tuple[Trouble, ...] = ()
    sources: dict[str, tuple[Trouble, ...]] = {}
    is_torn: bool = False


def refresh(root: Path, issue_id: str) -> Outcome:
    """Read the issue again; build nothing."""
    try:
        return Outcome(shown=read(Project(root).folders, issue_id))
    except DigestError as error:
        # A folder that is away for a moment, as git switches branches, is no damaged issue.
        is_there = Project(root).folders.folder(issue_id).is_dir()
        told = Trouble.of(error) if is_there else _away(issue_id)
        return Outcome(shown=None, reading=(told,), is_torn=True)
    except OSError as error:
        return Outcome(shown=None, reading=(_gone(error),), is_torn=True)
    except Exception as bug:  # noqa: BLE001 -- the seam between one file's change and the next
        return Outcome(shown=None, reading=(Trouble.of(Unforeseen.of(bug, issue_id)),))


def rebuild(root: Path, issue_id: str, sources: Iterable[str] = ()) -> Outcome:
    """Collect the named sources, build the issue's draft again, and read it."""
    project = Project(root)
    folder = project.folders.folder(issue_id)
    if not folder.is_dir() or state_of(folder) != "draft":
        return refresh(root, issue_id)
    found: dict[str, tuple[Trouble, ...]] = {}
    building: tuple[Trouble, ...] = ()
    is_torn = False
    try:
        found = _collect(project, set(sources))
        building = _build(project, issue_id)
    except DigestError as error:
        building, is_torn = (Trouble.of(error),), isinstance(error, IssueFolderError)
    except OSError as error:
        building, is_torn = (_gone(error),), True
    except Exception as bug:  # noqa: BLE001 -- a seam
        building = (Trouble.of(Unforeseen.of(bug, issue_id)),)
    outcome = refresh(root, issue_id)
    return replace(outcome, building=building, sources=found, is_torn=is_torn or outcome.is_torn)


def _away(issue_id: str) -> Trouble:
    return Trouble(
        message="the issue's folder is gone, or has another name",
        where=f"issues/{issue_id}",
        hint="Bring it back, and the preview follows it. What you see is what was there last.",
    )


def _gone(error: OSError) -> Trouble:
    """Say what a file did that went away, or was locked, while it was being read.

    The next change follows.
    """
    return Trouble(
        message=f"cannot be read ({error.strerror or error})",
        where=str(error.filename or ""),
        hint="It is read again as soon as something changes.",
    )


def stale(root: Path, issue_id: str, watched: Places, began_at: float) -> Change:
    """Return what calls for a build at once: what was changed after the draft was built.

    `began_at` (seconds since 1970) is when the preview began: what was saved while it built its
    first issue counts as changed, whenever that was finished. Where nothing was collected yet, as
    in a fresh clone, no post counts as changed.
    """
    project = Project(root)
    folder = project.folders.folder(issue_id)
    # A slow first build may have ended long after an editor saved what it never saw.
    built_at = min(began_at, _modified(folder / ISSUE_FILE))
    sources = watched.sources if project.archive_file.exists() else {}
    changed = frozenset(name for name, path in sources.items() if _newest(path, watched) > built_at)
    own = (root / FILE_NAME, *_below(root / "templates", watched))
    is_changed = any(_modified(path) > built_at for path in own) or _is_edited(project, issue_id)
    return Change(build=is_changed or bool(changed), sources=changed)


def _is_edited(project: Project, issue_id: str) -> bool:
    """Tell whether editor.md says something new, or the draft is not whole."""
    folders = project.folders
    try:
        frozen, text = folders.read(issue_id), folders.editor_text(issue_id)
        notes = editor.parse(text) if text is not None else EditorNotes()
    except DigestError:
        return True
    return replace(notes, lines={}) != replace(frozen.notes, lines={}) or not folders.is_whole(
        frozen
    )


def _newest(place: Path, watched: Places) -> float:
    return max(map(_modified, _below(place, watched)), default=0.0)


def _below(place: Path, watched: Places) -> set[Path]:
    """Return a folder with all that lies below it; a folder's time tells of what went away."""
    if not place.is_dir():
        return {place}
    return {Path(name) for name in stamps((), [place], without=watched.own)} - {*watched.own}


def _modified(path: Path) -> float:
    try:
        return path.stat().st_mtime
    except OSError:
        return 0.0


def _collect(project: Project, names: set[str]) -> dict[str, tuple[Trouble, ...]]:
    """Collect some sources, and those on this computer that the archive has lost or never had."""
    local = {source.name for source in project.config.sources if source.path}
    with project.archive_to_read() as archive:
        # After a lost archive a build would find no posts, though they lie beside it.
        names = names | (local - {name for name, _ in archive.sources()})
    known = [source.name for source in project.config.sources if source.name in names]
    reports = collect(project, known) if known else ()
    return {report.source: _troubles(report) for report in reports}


def _troubles(report: SourceReport) -> tuple[Trouble, ...]:
    return tuple(
        Trouble(message=problem.message, where=problem.where, trace=problem.trace)
        for problem in report.problems
    )


def _build(project: Project, issue_id: str) -> tuple[Trouble, ...]:
    summary = project.folders.summary(issue_id)
    edition = project.edition(summary.edition)
    # what the rules find is for the panel to ask
    report = build(project, edition, summary.dated, is_judged=False)
    if report.status != "nothing-to-send":
        return ()
    return (
        Trouble(
            message=report.reason,
            where=issue_id,
            hint="What you see is the last issue that could be built.",
        ),
    )

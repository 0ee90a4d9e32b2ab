"""Does the unit of work: builds the editions of a chunk.

What a chunk makes follows from the chunk and the project's folder, not from the clock or the
machine. Done again it finds what is there and leaves it, so a worker that dies costs time and
nothing else.
"""

from __future__ import annotations

from collections.abc import Iterator
from threading import local

from digest.errors import DigestError, Unforeseen
from digest.models import Edition, replace
from digest.workflow.making.building import build
from digest.workflow.making.reports import BuildReport
from digest.workflow.many.marks import Marks
from digest.workflow.many.work import Chunk, Outcome
from digest.workflow.project import Project
from digest.workflow.steps import timing

# See docs/decisions.md: the rules take longer than making the issue.
JUDGED_EACH = 100

FEW = 20
"""So many editions of a pattern may well be looked at one by one: they are told of in full."""


def build_chunk(chunk: Chunk) -> tuple[Outcome, ...]:
    """Build a chunk's editions and return what became of each, in their order.

    One that fails does not stop the others. The project's folder has to be there, with its archive.
    """
    return tuple(build_each(*_read(chunk), chunk=chunk))


_at_work = local()


def _read(chunk: Chunk) -> tuple[Project, Marks]:
    """Return a chunk's project and its marks; those of a run are read once by each worker.

    Both stay as they were when it began: where a file changes meanwhile, the marks still tell what
    was read, and the next run builds again.
    """
    known: tuple[str, Project, Marks] | None = getattr(_at_work, "known", None)
    if known is None or not chunk.run or known[0] != chunk.run:
        project = Project(chunk.root)
        known = _at_work.known = chunk.run, project, Marks(project, chunk)
    return known[1], known[2]


def build_each(project: Project, marks: Marks, chunk: Chunk) -> Iterator[Outcome]:
    """Build a chunk's editions one after the other, all from one open archive."""
    with project.sharing(), project.folders.still():
        for number, edition in enumerate(chunk.editions):
            # A fault of template or configuration shows in any of a pattern's issues: one in so
            # many is judged as it is built, the others when they are looked at, approved or sent.
            is_judged = not edition.of or number % JUDGED_EACH == 0
            yield _one(project, chunk, edition, marks, is_judged=is_judged)


def _one(
    project: Project, chunk: Chunk, edition: Edition, marks: Marks, *, is_judged: bool
) -> Outcome:
    try:
        is_one_of_many = bool(edition.of) and not chunk.dry_run and len(chunk.editions) > FEW
        known = marks.known(edition)
        if known:
            return _lean(known) if is_one_of_many else known
        with timing() as steps:
            report = build(
                project,
                edition,
                chunk.dated,
                dry_run=chunk.dry_run,
                force=chunk.force,
                now=chunk.now,
                failed=chunk.failed,
                is_judged=is_judged,
            )
        marks.keep(edition, report)
        lean = _lean(report) if is_one_of_many else report
        return replace(lean, steps=steps)
    except DigestError as error:
        return error
    except Exception as bug:  # noqa: BLE001 -- the seam between one edition and the next
        return Unforeseen.of(bug, where=f"[edition.{edition.name}]")


def _lean(report: BuildReport) -> BuildReport:
    """Return a report without what only a single issue's reader asks for: thousands stay small."""
    # Of many posts that wait by the same rule, one tells that there are any.
    waiting = {d.rule: d for d in report.decisions if d.verdict == "waiting"}
    shortened = tuple(cost for cost in report.costs if cost.shown != "full")
    return replace(report, decisions=tuple(waiting.values()), sections={}, costs=shortened)

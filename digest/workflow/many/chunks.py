"""Does the unit of work: builds the editions of a chunk.

What a chunk makes follows from the chunk and the project's folder, not from the clock or the
machine. Done again it finds what is there and leaves it, so a worker that dies costs time and
nothing else.
"""

from __future__ import annotations

from collections.abc import Collection, Generator, Iterable, Iterator, Mapping
from contextvars import copy_context
from itertools import groupby, islice
from threading import local

from digest.errors import DigestError, Unforeseen
from digest.files import TOGETHER, settle
from digest.issue.folder import Begun
from digest.models import Edition, replace
from digest.workflow.making.building import building, through
from digest.workflow.making.reports import BuildReport
from digest.workflow.many.marks import Marks
from digest.workflow.many.packed import Packed
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
    return tuple(build_each(*_read(chunk), chunk, chunk.editions))


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


def build_each(
    project: Project, marks: Marks, chunk: Chunk, editions: Collection[Edition] | Packed[Edition]
) -> Iterator[Outcome]:
    """Build editions as a chunk tells, from one open archive; yield what became of each, in order.

    The chunk may have no more than what it tells of all of them.
    """
    is_much = len(editions) > FEW
    if is_much:
        # with OpenSSL, whose hashes are so much quicker that many issues pay its loading
        import hashlib  # noqa: F401
    with project.sharing(), project.folders.still():
        for some in _batches(editions):
            makings = {}
            for number, edition in some:
                # A fault of template or configuration shows in any of a pattern's issues: one in so
                # many is judged as it is built, the others when they are looked at, approved or
                # sent.
                is_judged = not edition.of or number % JUDGED_EACH == 0
                is_lean = is_much and bool(edition.of) and not chunk.dry_run
                making = _making(project, chunk, edition, marks, is_judged, is_lean)
                makings[edition.name] = making
            made = _together(makings)
            yield from (made[edition.name] for _, edition in some)


def _batches(editions: Iterable[Edition]) -> Iterator[list[tuple[int, Edition]]]:
    """Yield the editions, numbered, in groups whose issues the disk takes at once.

    What shares its folder with others, or is to know of the one before, comes by itself.
    """
    for is_apart, some in groupby(
        enumerate(editions), key=lambda one: bool(one[1].of) and not one[1].cool_down
    ):
        while batch := list(islice(some, TOGETHER if is_apart else 1)):
            yield batch


Making = Generator[Begun, None, Outcome]


def _together(makings: Mapping[str, Making]) -> dict[str, Outcome]:
    """Build a few editions, all of which wait for the disk at once; return what became of each.

    Each holds its folder's lock until then. All take their locks in the order of their names, so
    that no two runs ever wait for each other.
    """
    # What each times while it works is its own.
    apart = {name: copy_context() for name in makings}
    made: dict[str, Outcome] = {}
    written = []
    try:
        for name, making in sorted(makings.items()):
            try:
                written.append(apart[name].run(next, making))
            except StopIteration as done:
                made[name] = done.value
        settle([begun.appearing for begun in written if begun.appearing])
        for name in sorted(makings.keys() - made.keys()):
            made[name] = apart[name].run(through, makings[name])
    finally:
        for name, making in makings.items():
            apart[name].run(making.close)
    return made


def _making(
    project: Project, chunk: Chunk, edition: Edition, marks: Marks, is_judged: bool, is_lean: bool
) -> Making:
    try:
        known = marks.known(edition)
        if known:
            return _lean(known) if is_lean else known
        with timing() as steps:
            report = yield from building(
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
        lean = _lean(report) if is_lean else report
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

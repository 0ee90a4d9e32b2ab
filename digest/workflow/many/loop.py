"""The loop over many editions: wave by wave, chunk by chunk, here or wherever an executor works."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import date, datetime
from itertools import islice
from typing import TYPE_CHECKING

from digest.errors import DigestError, Unforeseen
from digest.models import Edition, replace
from digest.workflow import records
from digest.workflow.clock import cut_off_now
from digest.workflow.many.chunks import build_chunk, build_each
from digest.workflow.many.executors import EngineError
from digest.workflow.many.marks import Marks
from digest.workflow.many.outcomes import Outcomes
from digest.workflow.many.packed import Packed
from digest.workflow.many.waves import waves
from digest.workflow.many.work import Chunk, Outcome
from digest.workflow.project import Project

if TYPE_CHECKING:
    from concurrent.futures import Executor, Future
    from typing import TypeAlias

    Done: TypeAlias = Future[tuple[Outcome, ...]]

CHUNK = 100
"""How many editions a chunk holds at least where there are so many.

Fewer would not pay their way.
"""

_IN_FLIGHT = 64
_TRIES = 3

Lost = tuple[Chunk, Exception]
Progress = Callable[[str, int, int], None]


def _silently(_what: str, _done: int, _total: int) -> None:
    """Report progress to nobody."""


def build_all(
    project: Project,
    editions: Iterable[Edition],
    dated: date | None = None,
    *,
    dry_run: bool = False,
    force: bool = False,
    jobs: int = 1,
    executor: Executor | None = None,
    now: datetime | None = None,
    failed: Sequence[str] = (),
    progress: Progress = _silently,
) -> Outcomes:
    """Build an issue of each edition, and return what became of each by name, in their order.

    An edition comes after those it cools down from, so that it knows what they send. Editions that
    do not wait for each other are built by up to `jobs` processes, or by an executor, which may
    work on any machine that sees the project's folder. One that fails does not stop the others, and
    neither does a worker that dies. `failed` are sources that could not be read just now.
    """
    work = Chunk(
        root=project.root,
        editions=(),
        now=now or cut_off_now(),
        dated=dated,
        dry_run=dry_run,
        force=force,
        failed=tuple(failed),
        run=os.urandom(8).hex(),
    )
    asked = Packed(Edition, editions)
    # In the order that was asked for, whoever finishes first.
    made = Outcomes(edition.name for edition in asked)
    outcomes = (
        told
        for wave in waves(asked)
        for told in _built(
            project, work, Packed(Edition, (e for e in asked if e.name in wave)), jobs, executor
        )
    )
    for done, (edition, outcome) in enumerate(outcomes, 1):
        made.keep(edition.name, outcome)
        progress("building", done, len(asked))
    if not dry_run:
        records.mend(project)
    return made


def _built(
    project: Project, work: Chunk, editions: Packed[Edition], jobs: int, executor: Executor | None
) -> Iterator[tuple[Edition, Outcome]]:
    """Yield what became of each edition, in the order in which they get done."""
    if executor is not None:
        yield from _handed_out(executor, _chunks(work, editions, CHUNK))
    elif jobs > 1 and len(editions) > 1:
        each = min(CHUNK, -(-len(editions) // jobs))
        yield from _by_processes(_chunks(work, editions, each), min(jobs, len(editions)))
    else:
        made = build_each(project, Marks(project, work), work, editions)
        yield from zip(editions, made, strict=True)


def _chunks(work: Chunk, editions: Iterable[Edition], size: int) -> Iterator[Chunk]:
    left = iter(editions)
    while some := tuple(islice(left, size)):
        yield replace(work, editions=some)


def _by_processes(chunks: Iterator[Chunk], jobs: int) -> Iterator[tuple[Edition, Outcome]]:
    """Let processes of our own do it; if one dies, new ones take over what was not done.

    A chunk that kills whoever does it takes others with it, so at last each gets a process alone.
    """
    from digest.workflow.many.pool import processes

    lost: list[Lost] = []
    for _ in range(_TRIES - 1):
        with processes(jobs) as pool:
            yield from _round(pool, chunks, lost, {})
        chunks = iter([chunk for chunk, _ in lost])
        lost = []
    for chunk in chunks:
        with processes(1) as pool:
            yield from _round(pool, iter([chunk]), lost, {})
    yield from _given_up(lost)


def _handed_out(executor: Executor, chunks: Iterator[Chunk]) -> Iterator[tuple[Edition, Outcome]]:
    """Let an executor do it; a chunk that it could not do is handed out again."""
    lost: list[Lost] = []
    running: dict[Done, Chunk] = {}
    try:
        for _ in range(_TRIES):
            lost = []
            yield from _round(executor, chunks, lost, running)
            if any(isinstance(fault, EngineError) for _, fault in lost):
                break
            chunks = iter([chunk for chunk, _ in lost])
    finally:
        # It outlives a run that is stopped; processes of our own do not, and Python's pool fails
        # loudly where work that it lost was cancelled.
        for future in running:
            future.cancel()
    yield from _given_up(lost)


def _round(
    executor: Executor, chunks: Iterator[Chunk], lost: list[Lost], running: dict[Done, Chunk]
) -> Iterator[tuple[Edition, Outcome]]:
    """Hand out chunks, and yield what became of their editions.

    `lost` fills with what was not done, `running` with what is being done.
    """
    for chunk, future in _finished(executor, chunks, running):
        fault = _fault(future)
        if isinstance(fault, Exception):
            lost.append((chunk, fault))
        else:
            yield from zip(chunk.editions, future.result(), strict=True)


def _fault(future: Done) -> BaseException | None:
    return _gone() if future.cancelled() else future.exception()


def _gone() -> EngineError:
    return EngineError(
        "whoever was to build it takes no more work",
        hint="Start again when it does: what was built stays.",
    )


def _given_up(lost: Sequence[Lost]) -> Iterator[tuple[Edition, Outcome]]:
    for chunk, fault in lost:
        error = fault if isinstance(fault, DigestError) else Unforeseen.of(fault)
        for edition in chunk.editions:
            yield edition, error


def _finished(
    executor: Executor, chunks: Iterator[Chunk], running: dict[Done, Chunk]
) -> Iterator[tuple[Chunk, Done]]:
    """Yield chunks with their futures as they get done; only so many are handed out at a time.

    Who cancels work gets no more: Dask's client would keep what it gets while it closes, and tell
    nobody.
    """
    from queue import SimpleQueue

    is_gone = False
    # `concurrent.futures.wait` waits for ever for what an executor that is shut down has cancelled.
    done: SimpleQueue[Done] = SimpleQueue()
    while True:
        for chunk in islice(chunks, _IN_FLIGHT - len(running)):
            future = _refused(_gone()) if is_gone else _submitted(executor, chunk)
            running[future] = chunk
            future.add_done_callback(done.put)
        if not running:
            return
        future = done.get()
        is_gone = is_gone or future.cancelled()
        yield running.pop(future), future


def _submitted(executor: Executor, chunk: Chunk) -> Done:
    """Hand out a chunk; an executor that takes no more has lost it."""
    try:
        return executor.submit(build_chunk, chunk)
    except Exception as fault:  # noqa: BLE001 -- a pool that is broken, an engine that is gone
        return _refused(fault)


def _refused(fault: Exception) -> Done:
    from concurrent.futures import Future

    refused: Done = Future()
    refused.set_exception(fault)
    return refused

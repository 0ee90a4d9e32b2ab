"""A mark for each edition that was built: what it was built from, and what became of it.

While all of that is as it was, building again could change nothing, and nothing is selected or
rendered: so a run that was killed goes on where it stopped, and one that finds nothing new is
quick. What a mark cannot see through is not marked: what waits for a time to pass or for another
edition, and what copies pictures. Marks are a cache in `.digest/marks/` that may be lost.
"""

import os
from collections.abc import Iterator
from contextlib import suppress
from datetime import datetime
from functools import cached_property
from pathlib import Path

from digest import __version__
from digest.config.tables import FILE_NAME
from digest.files import stamp, write_atomically
from digest.machine.hashing import blake2b
from digest.models import Edition, Value, decode, encode, replace
from digest.workflow.gathering.again import edit_again
from digest.workflow.making.aiming import target
from digest.workflow.making.reports import BuildReport
from digest.workflow.many.work import Chunk
from digest.workflow.project import Project

# What waits for a time to pass or for another edition. What waits for its editor is kept with the
# mark, and asked for again.
_WAITING = frozenset({"settling", "cool-down"})


class Mark(Value):
    """Hold what an edition was built from, in a hash, when, and what was reported."""

    key: str
    now: datetime
    report: BuildReport


class Marks:
    """Know what a chunk's editions were built from before."""

    def __init__(self, project: Project, chunk: Chunk) -> None:
        self._project, self._chunk = project, chunk
        self._folder = project.root / ".digest" / "marks"
        self._has_news: dict[datetime, bool] = {}
        copies = any(s.options.get("pictures") == "copied" for s in project.config.sources)
        is_plain = not (chunk.dry_run or chunk.force or chunk.failed or copies)
        self._is_kept = is_plain and project.archive_file.exists()
        if self._is_kept:
            with suppress(OSError):
                self._folder.mkdir(exist_ok=True)

    def known(self, edition: Edition) -> BuildReport | None:
        """Return what became of an edition when it was built last, if nothing can have changed."""
        if not self._is_kept or edition.cool_down:
            return None
        with suppress(OSError, ValueError):
            mark = decode(self._file(edition).read_bytes(), Mark)
            if mark.key == self._key(edition, mark.report) and not self._news(mark.now):
                return mark.report
        return None

    def keep(self, edition: Edition, report: BuildReport) -> None:
        """Mark an edition as built, unless what it waits for cannot be seen from outside."""
        waiting = tuple(d for d in report.decisions if d.verdict == "waiting")
        waits = any(decision.rule in _WAITING for decision in waiting)
        if not self._is_kept or edition.cool_down or waits:
            return
        again = "unchanged" if report.status == "built" else report.status
        told = replace(report, status=again, decisions=waiting, kept=())
        mark = Mark(key=self._key(edition, told), now=self._chunk.now, report=told)
        with suppress(OSError):
            write_atomically(self._file(edition), encode(mark), durably=False)

    def _file(self, edition: Edition) -> Path:
        return self._folder / f"{edition.name}.json"

    def _news(self, then: datetime) -> bool:
        """Tell whether a post is dated between a time and now, and may have come since."""
        if then not in self._has_news:
            with self._project.archive_to_read() as archive:
                self._has_news[then] = then > self._chunk.now or archive.has_dated(
                    then, self._chunk.now
                )
        return self._has_news[then]

    def _key(self, edition: Edition, report: BuildReport) -> str:
        """Return a hash of all that an edition's issue is made from, and of files from outside."""
        aim = target(self._project, edition, self._chunk.now) if not self._chunk.dated else None
        dated = aim.dated if aim else self._chunk.dated
        folders = self._project.folders
        own = folders.folder(report.issue)
        elsewhere = (path for path in folders.files(edition.name) if path.parent != own)
        told = (
            self._common,
            repr(edition),  # as JSON, an edition that came from another process tells its defaults
            dated,
            aim.is_due if aim else True,
            aim.upcoming if aim else None,
            report.issue,
            sorted([*map(stamp, elsewhere), *_stamps(own)]),
            folders.published.ids(edition.name),
        )
        return blake2b(encode(told), digest_size=16).hexdigest()

    @cached_property
    def _common(self) -> str:
        """Return a hash of what all editions are made from."""
        project = self._project
        with project.archive_to_read() as archive:
            edit_again(project, archive)
            revision = archive.revision
        templates = sorted(
            stamp(path) for root in project.template_roots for path in root.rglob("*.*")
        )
        told = (__version__, (project.root / FILE_NAME).read_bytes(), revision, templates)
        return blake2b(encode(told), digest_size=16).hexdigest()


def _stamps(folder: Path) -> Iterator[tuple[str, int, int]]:
    """Yield what tells each file in a folder from what it was."""
    with suppress(OSError), os.scandir(folder) as entries:
        for entry in entries:
            found = entry.stat()
            yield entry.path, found.st_size, found.st_mtime_ns

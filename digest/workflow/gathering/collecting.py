"""The verb `collect`: sources' posts, edited, into the archive.

Here is the seam between one post and the next, as that between sources is in `asking`: a fault,
foreseen or not, stays where it is; only the archive's own failure ends everything.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence
from datetime import datetime
from typing import TYPE_CHECKING, Literal

from digest import __version__
from digest.config.tables import FILE_NAME, SOURCE_KEYS, SourceConfig
from digest.errors import ConfigError, DigestError, Unforeseen
from digest.models import Post, Problem, RawItem, Value, encode, replace
from digest.workflow.clock import seen_at
from digest.workflow.gathering import conventions, health, homographs
from digest.workflow.gathering.again import Faults, edit_again
from digest.workflow.gathering.asking import Count, Progress, as_they_come, brought_by, no_progress
from digest.workflow.project import Project

if TYPE_CHECKING:
    from digest.archive import Archive
    from digest.editing.convention import Convention
    from digest.sources.base import Batch

_FAULTY = "faulty"
"""What a source's memory calls the version of ours that could not read all of its posts."""


class SourceReport(Value, omit_defaults=False):
    """Hold what became of one source; `problems` of a failed one begin with why.

    `notes` are for an editor who asks for more.
    """

    source: str
    status: Literal["ok", "failed"]
    new: int = 0
    changed: int = 0
    unchanged: int = 0
    skipped: int = 0
    withdrawn: int = 0
    problems: tuple[Problem, ...] = ()
    notes: tuple[str, ...] = ()


def collect(
    project: Project,
    names: Sequence[str] = (),
    *,
    full: bool = False,
    now: datetime | None = None,
    progress: Progress = no_progress,
) -> tuple[SourceReport, ...]:
    """Bring the posts of the named sources, or of all, into the archive.

    Returns a report for each, in the order of the configuration. With `full`, everything is read
    again.

    Raises:
        UsageError: if there is no source of that name.
        ConfigError: if there is no source at all.
        ArchiveError: if the archive cannot be written.
    """
    from digest.fetching import Fetcher

    config = project.config
    named = [config.source(name) for name in dict.fromkeys(names)]
    sources = named or list(config.sources)
    if not sources:
        raise ConfigError(
            "there is no [[source]] to collect from",
            where=FILE_NAME,
            hint=f"Add one with a name, a kind ({', '.join(SOURCE_KEYS)}), and its url or path.",
        )
    reports: dict[str, SourceReport] = {}
    with (
        project.archive() as archive,
        Fetcher(
            allow_private=config.fetching.allow_private,
            timeout_seconds=config.fetching.timeout,
            max_bytes=config.fetching.max_bytes,
            concurrency=config.fetching.concurrency,
        ) as fetcher,
    ):
        faults: Faults = {}
        # First, so that old posts and new ones are edited by the same rules.
        edit_again(project, archive, progress=progress, faults=faults)
        count = Count(sources, progress)
        states = {source.name: archive.state(source.name) for source in sources}

        def ask(source: SourceConfig) -> Batch | DigestError:
            state = states[source.name]
            # What a fault of ours left out may be read by a version that is mended.
            is_mended = state.get(_FAULTY, __version__) != __version__
            return brought_by(source, project, fetcher, state, full or is_mended, count)

        for source, brought in as_they_come(ask, sources, config.fetching.concurrency):
            keeping = _Keeping(project, archive, source, now or seen_at(), progress)
            report = keeping.keep(brought, states[source.name])
            reports[source.name] = _with_faults(report, faults.get(source.name, ()))
        health.note(
            archive,
            now or seen_at(),
            {name: _error(report) for name, report in reports.items()},
        )
    return tuple(reports[source.name] for source in sources)


def _error(report: SourceReport) -> str:
    """Return why a source failed, on one line; empty if it did not."""
    if report.status == "ok":
        return ""
    problem = report.problems[0]
    return f"{problem.where}: {problem.message}"


class Fresh(Collection[RawItem]):
    """Walk through those of a source's posts that the archive does not hold so already.

    As often as asked, and never with more than one of them in memory.
    """

    def __init__(self, items: Collection[RawItem], known: Collection[str]) -> None:
        self._items, self._known = items, known

    def __contains__(self, item: object) -> bool:
        return any(item == other for other in self)

    def __len__(self) -> int:
        return len(self._items) - len(self._known)

    def __iter__(self) -> Iterator[RawItem]:
        return (item for item in self._items if item.identity not in self._known)


class _Keeping:
    """Put what one source brought into the archive."""

    def __init__(
        self,
        project: Project,
        archive: Archive,
        source: SourceConfig,
        now: datetime,
        progress: Progress,
    ) -> None:
        self.project, self.archive, self.source = project, archive, source
        self.now, self.progress = now, progress

    def keep(self, brought: Batch | DigestError, state: dict[str, str]) -> SourceReport:
        """Store a batch, without those of its posts that nothing can be made of.

        `state` is what the source remembered before: it goes on remembering that where a post was
        left out, so that the post is read again next time.
        """
        if isinstance(brought, DigestError):
            return self._failed(brought)
        try:
            return self._store(brought)
        except DigestError:
            raise
        except Exception as bug:  # noqa: BLE001 -- a seam
            # Nothing was stored. Which posts are at fault is looked for only now, so that the
            # search costs nothing when all is well.
            sound, faults = self._sifted(brought.items)
            if not faults:
                return self._failed(Unforeseen.of(bug))
        try:
            problems = (*brought.problems, *faults)
            report = self._store(replace(brought, items=sound, problems=problems, state=state))
            return replace(report, skipped=report.skipped + len(faults))
        except DigestError:
            raise
        except Exception as bug:  # noqa: BLE001 -- a seam
            return self._failed(Unforeseen.of(bug))

    def _store(self, brought: Batch) -> SourceReport:
        """Edit what is new or changed and store it, all of a source in one transaction."""
        project, archive, source = self.project, self.archive, self.source.name
        # What the archive holds just so needs no editing, which is the slow part.
        known = archive.unchanged(source, brought.items)
        fresh = Fresh(brought.items, known)
        learnt = conventions.learn(project, archive, source, fresh)
        again = archive.raw_items_of(source, learnt.changed)
        faults: list[Problem] = []
        notes: list[str] = []
        is_faulty = any(problem.trace for problem in brought.problems)
        tally = archive.store(
            source,
            _edited(project, source, fresh, learnt.convention, self.progress, notes),
            state={**brought.state, _FAULTY: __version__} if is_faulty else brought.state,
            present=brought.present,
            seen=known,
            again=conventions.edited(project, source, again, learnt.convention, faults),
            lesson=learnt.lesson,
            now=self.now,
        )
        return SourceReport(
            source=source,
            status="ok",
            new=tally.new,
            changed=tally.changed,
            unchanged=tally.unchanged + len(known) + brought.unchanged,
            skipped=brought.skipped,
            withdrawn=tally.withdrawn,
            problems=(*brought.problems, *learnt.faults, *faults),
            notes=tuple(notes),
        )

    def _sifted(self, items: Iterable[RawItem]) -> tuple[tuple[RawItem, ...], list[Problem]]:
        """Part the posts that can be edited and stored from those that cannot."""
        from digest.editing import convention
        from digest.sources.base import surprise

        source = self.source.name
        learnt = conventions.convention_of(self.archive, source)
        sound: list[RawItem] = []
        faults: list[Problem] = []
        for item in items:
            try:
                encode(convention.seen(item))
                for _, post in conventions.edited(self.project, source, [item], learnt):
                    list(homographs.in_links(post))
                    self.archive.tried(source, item, post, now=self.now)
                sound.append(item)
            except DigestError:
                raise
            except Exception as bug:  # noqa: BLE001 -- the seam between one post and the next
                faults.append(surprise(bug, item.where or item.identity))
        return tuple(sound), faults

    def _failed(self, why: DigestError) -> SourceReport:
        source = self.source
        problem = Problem(
            where=why.where or source.url or str(source.path),
            message=str(DigestError(why.message, hint=why.hint)),
            trace=why.trace if isinstance(why, Unforeseen) else "",
        )
        return SourceReport(source=source.name, status="failed", problems=(problem,))


def _with_faults(report: SourceReport, faults: Sequence[Problem]) -> SourceReport:
    """Return a report that tells of old posts, too, that could not be edited again."""
    return replace(report, problems=(*report.problems, *faults)) if faults else report


def _edited(
    project: Project,
    source: str,
    items: Fresh,
    convention: Convention | None,
    progress: Progress,
    notes: list[str],
) -> Iterable[tuple[RawItem, Post]]:
    for done, pair in enumerate(conventions.edited(project, source, items, convention)):
        progress(f"editing {source}", done, len(items))
        notes += homographs.in_links(pair[1])
        yield pair

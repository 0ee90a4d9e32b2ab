"""The verb `collect`: sources' posts, edited, into the archive. One failing source never stops the others."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from datetime import datetime
from typing import TYPE_CHECKING, Literal

from digest.config.tables import FILE_NAME, SourceConfig
from digest.errors import ConfigError, DigestError
from digest.models import Post, Problem, RawItem, Value, encode
from digest.nearest import nearest
from digest.workflow import conventions
from digest.workflow.clock import seen_at
from digest.workflow.project import Project

if TYPE_CHECKING:
    from digest.archive import Archive
    from digest.editing.convention import Convention
    from digest.fetching import Fetcher
    from digest.sources.base import Batch

Progress = Callable[[str, int, int], None]
"""Is called with what is being done, how much of it is done, and how much there is."""


def no_progress(_what: str, _done: int, _total: int) -> None:
    """Ignore progress."""


class SourceReport(Value, frozen=True, omit_defaults=False):
    """Hold what became of one source; `problems` of a failed one begin with why."""

    source: str
    status: Literal["ok", "failed"]
    new: int = 0
    changed: int = 0
    unchanged: int = 0
    skipped: int = 0
    withdrawn: int = 0
    problems: tuple[Problem, ...] = ()


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
    from concurrent.futures import ThreadPoolExecutor, as_completed

    from digest.fetching import Fetcher

    config = project.config
    sources = [config.source(name) for name in names] if names else list(config.sources)
    if not sources:
        raise ConfigError(
            "there is no [[source]] to collect from",
            where=FILE_NAME,
            hint='Add one with name, kind ("wordpress", "feed", "page" or "markdown") and url or path.',
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
        edit_again(project, archive, progress=progress)
        progress(f"reading {', '.join(source.name for source in sources)}", 0, len(sources))
        states = {source.name: archive.state(source.name) for source in sources}
        with ThreadPoolExecutor(max_workers=max(1, config.fetching.concurrency)) as pool:
            running = {
                pool.submit(_read, project, source, fetcher, states[source.name], full): source
                for source in sources
            }
            for done, future in enumerate(as_completed(running)):
                source = running[future]
                progress(f"reading {source.name}", done, len(sources))
                reports[source.name] = _keep(
                    project, archive, source, future.result(), now or seen_at(), progress
                )
    return tuple(reports[source.name] for source in sources)


def _read(
    project: Project, source: SourceConfig, fetcher: Fetcher, state: dict[str, str], full: bool
) -> Batch | DigestError:
    """Return what the source brought, or why it failed. Runs in a thread; touches no archive."""
    from digest.sources import registry
    from digest.sources.base import SourceSettings

    settings = SourceSettings(
        name=source.name,
        kind=source.kind,
        url=source.url,
        path=source.path,
        options=source.options,
        timezone=project.config.newsletter.timezone,
        where=source.where,
    )
    try:
        return registry.create(settings, fetcher).collect(state, full=full)
    except DigestError as error:
        return error


def _keep(
    project: Project,
    archive: Archive,
    source: SourceConfig,
    brought: Batch | DigestError,
    now: datetime,
    progress: Progress,
) -> SourceReport:
    """Edit what is new or changed and store it, all of a source in one transaction."""
    if isinstance(brought, DigestError):
        why = str(DigestError(brought.message, hint=brought.hint))
        problem = Problem(where=brought.where or source.url or str(source.path), message=why)
        return SourceReport(source=source.name, status="failed", problems=(problem,))
    known = archive.unchanged(source.name, brought.items)
    fresh = [item for item in brought.items if item.identity not in known]
    learnt = conventions.learn(project, archive, source.name, fresh)
    again = archive.raw_items_of(source.name, learnt.changed)
    tally = archive.store(
        source.name,
        list(_edited(project, source.name, fresh, learnt.convention, progress)),
        state=brought.state,
        present=brought.present,
        seen=known,
        again=conventions.edited(project, source.name, again, learnt.convention),
        lesson=learnt.lesson,
        now=now,
    )
    return SourceReport(
        source=source.name,
        status="ok",
        new=tally.new,
        changed=tally.changed,
        unchanged=tally.unchanged + len(known) + brought.unchanged,
        skipped=brought.skipped,
        withdrawn=tally.withdrawn,
        problems=brought.problems,
    )


def _edited(
    project: Project,
    source: str,
    items: Sequence[RawItem],
    convention: Convention | None,
    progress: Progress,
) -> Iterable[tuple[RawItem, Post]]:
    for done, pair in enumerate(conventions.edited(project, source, items, convention)):
        progress(f"editing {source}", done, len(items))
        yield pair


@contextmanager
def edited_archive(project: Project) -> Iterator[Archive]:
    """Open the archive with its posts edited by the rules as they are now.

    Raises:
        ArchiveError: if it cannot be opened or written.
        ConfigError: if a rule that is switched off does not exist.
    """
    with project.archive_to_read() as archive:
        edit_again(project, archive)
        yield archive


def edit_again(project: Project, archive: Archive, *, progress: Progress = no_progress) -> int:
    """Edit every archived post again if the rules or settings changed since; return how many.

    The sources are not asked: the archive keeps what they said.

    Raises:
        ArchiveError: if the archive cannot be written.
    """
    from digest.editing import RULES_VERSION

    key = hashlib.sha256(encode((RULES_VERSION, project.editing))).hexdigest()
    if archive.editing_key == key:
        return 0
    _refuse_unknown_rules(project)
    done = 0
    known = conventions.learn_all_again(project, archive)
    for batch in archive.raw_items():
        progress("editing the archive again", done, archive.count())
        archive.replace_posts(
            (source, item, post)
            for source, raw in batch
            for item, post in conventions.edited(project, source, (raw,), known[source])
        )
        done += len(batch)
    archive.editing_key = key
    return done


def _refuse_unknown_rules(project: Project) -> None:
    """Refuse a rule in `off` that does not exist: it would switch nothing off, and nobody would know.

    Raises:
        ConfigError: naming the nearest rule.
    """
    if not project.editing.off:
        return
    from digest.editing import RULES

    for name in project.editing.off:
        if name not in RULES:
            near = nearest(name, RULES, alike=0.5)
            raise ConfigError(
                f'[editing] off: there is no rule "{name}"',
                where="digest.toml",
                hint=f'Did you mean "{near}"?'
                if near
                else "`digest posts --fixups` shows the rules.",
            )

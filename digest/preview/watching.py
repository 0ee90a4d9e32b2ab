"""Notices what an issue is made of being changed: editor.md, digest.toml, templates, folders of posts.

The one room that knows watchfiles. It tells what a change means and decides nothing about it.
"""

from __future__ import annotations

import asyncio
from collections.abc import AsyncGenerator, Iterable
from contextlib import suppress
from pathlib import Path

from watchfiles import awatch

from digest.config.tables import FILE_NAME
from digest.errors import DigestError
from digest.issue_folder import APPROVAL_FILE, DELIVERY_FILE, EDITOR_FILE, ISSUE_FILE
from digest.models import Value
from digest.workflow.project import Project

DEBOUNCE_MS = 300  # an editor that saves in three steps is one change
_PASSING = ("~", ".swp", ".swx", ".swo", ".tmp", ".part", ".crdownload")


class Places(Value, frozen=True):
    """Hold the paths an issue depends on; all are absolute, and some may not exist yet."""

    root: Path
    issue: Path
    templates: tuple[Path, ...]
    sources: dict[str, Path] = {}

    @property
    def trees(self) -> tuple[Path, ...]:
        """Return the folders that are watched with everything below them."""
        return tuple(p for p in (*self.templates, *self.sources.values()) if p.is_dir())

    @property
    def missing(self) -> tuple[Path, ...]:
        """Return the paths that are waited for."""
        wanted = (self.issue, *self.templates, *self.sources.values())
        return tuple(path for path in wanted if not path.exists())

    @property
    def folders(self) -> tuple[Path, ...]:
        """Return the folders of which only the files directly inside are watched."""
        single = [path.parent for path in self.sources.values() if path.is_file()]
        waiting = [next(p for p in path.parents if p.is_dir()) for path in self.missing]
        issue = [self.issue] if self.issue.is_dir() else []
        return tuple(dict.fromkeys((self.root, *issue, *single, *waiting)))


class Change(Value, frozen=True):
    """Say what a change calls for: a build, only reading the issue again, posts to collect, other places."""

    build: bool = False
    read: bool = False
    places: bool = False
    sources: frozenset[str] = frozenset()

    def __or__(self, other: Change) -> Change:
        """Return both changes as one."""
        return Change(
            build=self.build or other.build,
            read=self.read or other.read,
            places=self.places or other.places,
            sources=self.sources | other.sources,
        )

    def __bool__(self) -> bool:
        """Tell whether there is anything to do."""
        return self != Change()


def places(project: Project, issue_id: str, before: Places | None = None) -> Places:
    """Return what there is to watch; while digest.toml is broken, the sources are those of before."""
    try:
        sources = {s.name: s.path.resolve() for s in project.config.sources if s.path}
    except DigestError:
        sources = before.sources if before else {}
    return Places(
        root=project.root.resolve(),
        issue=(project.folders.root / issue_id).resolve(),
        templates=tuple(path.resolve() for path in project.template_roots),
        sources=sources,
    )


def meaning(found: Iterable[Path], watched: Places) -> Change:
    """Return what changed paths call for, as one change."""
    change = Change()
    for path in found:
        change |= _meaning(path, watched)
    return change


def _meaning(path: Path, watched: Places) -> Change:
    if path.parent == watched.issue and path.name == EDITOR_FILE:
        return Change(build=True)
    if path.parent == watched.issue:
        return Change(read=path.name in (ISSUE_FILE, APPROVAL_FILE, DELIVERY_FILE))
    if path == watched.issue:
        return Change(read=True, places=True)
    if path == watched.root / FILE_NAME:
        return Change(build=True, places=True)
    if _is_our_own(path, watched):
        return Change()
    sources = frozenset(name for name, place in watched.sources.items() if _is_within(path, place))
    template = any(_is_within(path, place) for place in watched.templates)
    # A watched folder itself came or went: what is watched has to be asked again.
    anew = any(place.is_relative_to(path) for place in (*watched.templates, *watched.sources.values()))
    return Change(build=template or bool(sources) or anew, places=anew, sources=sources)


def _is_within(path: Path, place: Path) -> bool:
    """Tell whether a path lies in a place and is worth a look: no hidden file, no editor's passing one."""
    if not path.is_relative_to(place):
        return False
    parts = path.relative_to(place).parts
    hidden = any(part.startswith(".") or part in ("node_modules", "__pycache__") for part in parts)
    return not hidden and not path.name.endswith(_PASSING)


def _is_our_own(path: Path, watched: Places) -> bool:
    """Tell whether this program wrote it; a source may be the project's folder itself."""
    return any(path.is_relative_to(watched.root / name) for name in (".digest", "issues"))


async def changes(watched: Places) -> AsyncGenerator[Change, None]:
    """Yield what changes from now on, until a change calls for other places to watch.

    An empty change comes first, once nothing can be missed any more.

    Raises:
        DigestError: if the system does not let the folders be watched.
    """
    noticed: asyncio.Queue[Change] = asyncio.Queue()
    stop = asyncio.Event()

    async def follow(paths: tuple[Path, ...], recursive: bool) -> None:
        async for found in awatch(
            *paths, recursive=recursive, debounce=DEBOUNCE_MS, step=50, stop_event=stop, watch_filter=None
        ):
            if change := meaning([Path(path) for _, path in found], watched):
                noticed.put_nowait(change)

    tasks = [asyncio.create_task(follow(watched.folders, False))]
    if watched.trees:
        tasks.append(asyncio.create_task(follow(watched.trees, True)))
    try:
        await asyncio.sleep(0)  # each task now has its watch in place
        yield Change()
        while True:
            change = await _next(noticed, tasks)
            yield change
            if change.places:
                return
    finally:
        stop.set()
        for task in tasks:
            task.cancel()
            with suppress(asyncio.CancelledError, OSError, RuntimeError):
                await task


async def _next(noticed: asyncio.Queue[Change], tasks: list[asyncio.Task[None]]) -> Change:
    """Return the next change, or raise why there will be none."""
    getting = asyncio.ensure_future(noticed.get())
    try:
        done, _ = await asyncio.wait([getting, *tasks], return_when=asyncio.FIRST_COMPLETED)
        for task in tasks:
            if task in done and (error := task.exception()):
                raise error
        return await getting
    except (OSError, RuntimeError) as exc:  # too many watches is a RuntimeError of watchfiles
        raise DigestError(
            f"changes cannot be noticed ({exc})",
            hint="Build with `digest build`, then start the preview again.",
        ) from exc
    finally:
        getting.cancel()

"""Notices what an issue is made of being changed.

Editor.md, digest.toml, templates, folders of posts. The one room that knows watchfiles. What the
system tells comes at once; what it keeps to itself (on a network drive, behind a link, when it has
no room for more watches) is found by looking every other second. The room tells what a change means
and decides nothing about it.
"""

from __future__ import annotations

import asyncio
from collections.abc import AsyncGenerator, Collection, Iterable
from contextlib import suppress
from pathlib import Path
from time import monotonic

from watchfiles import awatch

from digest.config.tables import FILE_NAME
from digest.errors import DigestError
from digest.issue.folder import APPROVAL_FILE, DELIVERY_FILE, EDITOR_FILE, ISSUE_FILE
from digest.models import Value
from digest.preview.live.stamps import PASSED_OVER, Stamp, stamp, stamps
from digest.workflow.project import Project

DEBOUNCE_MS = 300  # an editor that saves in three steps is one change
STEP_MS = (
    10  # a change is told once so long is quiet after it; looking so often takes 0.6 % of one core
)
LOOK_SECONDS = 2.0
# However many files there are, looking takes one part in so many of the time ...
LOOK_SHARE = 20
# ... unless that were a longer pause than this many of the usual ones: a look may have been slow
# only because the machine was busy.
LONGEST_PAUSE = 10
# What editors and browsers write beside a file before it takes its name.
_PASSING = ("~", ".swp", ".swx", ".swo", ".tmp", ".part", ".crdownload")


class Places(Value):
    """Hold the paths an issue depends on; all are absolute, and some may not exist yet.

    `folders` are watched with what lies directly inside, `trees` with everything below. Both come
    with their stamps: another folder of the same name has to be watched anew.
    """

    root: Path
    issue: Path
    templates: tuple[Path, ...]
    sources: dict[str, Path] = {}
    folders: dict[Path, Stamp] = {}
    trees: dict[Path, Stamp] = {}

    @property
    def own(self) -> tuple[Path, ...]:
        """Return the folders into which this program writes.

        A source may be the project's folder itself.
        """
        return (self.root / ".digest", self.root / "issues")


class Change(Value):
    """Say what a change calls for.

    A build, only reading the issue again, posts to collect, other places.
    """

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
    """Return what there is to watch.

    While digest.toml is broken, the sources are those of before.
    """
    try:
        sources = {s.name: s.path.resolve() for s in project.config.sources if s.path}
    except DigestError:
        sources = before.sources if before else {}
    root, issue = project.root.resolve(), project.folders.folder(issue_id).resolve()
    templates = tuple(path.resolve() for path in project.template_roots)
    around = [path.parent for path in sources.values() if path.is_file()]
    # What is not there is waited for in the nearest folder above.
    missing = [path for path in (issue, *templates, *sources.values()) if not path.exists()]
    around += [next(p for p in path.parents if p.is_dir()) for path in missing]
    return Places(
        root=root,
        issue=issue,
        templates=templates,
        sources=sources,
        folders=_folders((root, issue, *around)),
        trees=_folders((*templates, *sources.values())),
    )


def _folders(paths: Iterable[Path]) -> dict[Path, Stamp]:
    return {path: its for path in paths if path.is_dir() and (its := stamp(path))}


def meaning(found: Iterable[Path], watched: Places) -> Change:
    """Return what changed paths call for, as one change."""
    change = Change()
    for path in found:
        change |= _meaning(path, watched)
    return change


def _meaning(path: Path, watched: Places) -> Change:
    if path.parent == watched.issue and path.name == EDITOR_FILE:
        return Change(build=True)
    # Of all that lies there only these three say how far the issue has come.
    if path.parent == watched.issue:
        return Change(read=path.name in (ISSUE_FILE, APPROVAL_FILE, DELIVERY_FILE))
    if path == watched.root / FILE_NAME:
        return Change(build=True, places=True)
    # A watched folder, or one around it, came or went: what is watched has to be asked again.
    if watched.issue.is_relative_to(path):
        return Change(read=True, places=True)
    # What we write ourselves must not make us build again.
    if any(path.is_relative_to(folder) for folder in watched.own):
        return Change()
    return _meaning_for_content(path, watched)


def _meaning_for_content(path: Path, watched: Places) -> Change:
    """Return what a path among templates and posts calls for."""
    places = (*watched.templates, *watched.sources.values())
    anew = any(place.is_relative_to(path) for place in places)
    sources = frozenset(name for name, place in watched.sources.items() if _is_within(path, place))
    template = any(_is_within(path, place) for place in watched.templates)
    return Change(build=template or bool(sources) or anew, places=anew, sources=sources)


def _is_within(path: Path, place: Path) -> bool:
    """Tell whether a path lies in a place and is worth a look.

    No hidden file, no editor's passing one.
    """
    if not path.is_relative_to(place):
        return False
    parts = path.relative_to(place).parts
    hidden = any(part.startswith(".") or part in PASSED_OVER for part in parts)
    return not hidden and not path.name.endswith(_PASSING)


async def changes(watched: Places) -> AsyncGenerator[Change, None]:
    """Yield what changes from now on, until a change calls for other places to watch.

    An empty change comes first, once nothing can be missed any more. What happened between asking
    for the places and that moment is for the caller to find out.
    """
    watch = _Watch(watched, await asyncio.to_thread(_look, watched))
    tasks = [
        asyncio.create_task(watch.look()),
        asyncio.create_task(watch.follow(watched.folders, recursive=False)),
        asyncio.create_task(watch.follow(watched.trees, recursive=True)),
    ]
    for task in tasks:
        task.add_done_callback(watch.ended)
    try:
        await asyncio.sleep(0)  # each task now has its watch in place
        yield Change()
        while True:
            change = await watch.noticed.get()
            if isinstance(change, BaseException):
                raise change
            yield change
            if change.places:
                return
    finally:
        watch.stop.set()
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)


def _look(watched: Places) -> dict[str, Stamp]:
    return stamps(watched.folders, watched.trees, without=watched.own)


class _Watch:
    """Put what changes in some places into a queue: as the system tells it, or found by looking."""

    def __init__(self, watched: Places, known: dict[str, Stamp]) -> None:
        self.watched, self.known = watched, known
        self.noticed: asyncio.Queue[Change | BaseException] = asyncio.Queue()
        self.stop = asyncio.Event()

    def ended(self, task: asyncio.Task[None]) -> None:
        """Hand on the bug that ended a task."""
        if not task.cancelled() and (error := task.exception()):
            self.noticed.put_nowait(error)

    async def follow(self, paths: Collection[Path], *, recursive: bool) -> None:
        if paths:
            async for told in self._told(paths, recursive):
                self._take(told)

    async def _told(
        self, paths: Collection[Path], recursive: bool
    ) -> AsyncGenerator[set[str], None]:
        """Yield what the system tells; looking has to do where it cannot.

        A folder too many, or just gone.
        """
        with suppress(OSError, RuntimeError):
            async for found in awatch(
                *paths,
                recursive=recursive,
                debounce=DEBOUNCE_MS,
                step=STEP_MS,
                rust_timeout=0,  # watchfiles would forget what comes just as a timeout ends
                stop_event=self.stop,
                watch_filter=None,
            ):
                yield {path for _, path in found}

    def _take(self, paths: set[str]) -> None:
        """Hand on what paths call for; what is told needs not be found as well."""
        for path in paths:
            self.known.pop(path, None)
            if now := stamp(path):
                self.known[path] = now
        self._hand_on(paths)

    async def look(self) -> None:
        pause = LOOK_SECONDS
        while True:
            await asyncio.sleep(pause)
            began = monotonic()
            now = await asyncio.to_thread(_look, self.watched)
            pause = (monotonic() - began) * LOOK_SHARE
            pause = min(max(LOOK_SECONDS, pause), LOOK_SECONDS * LONGEST_PAUSE)
            self._hand_on(
                {path for path in self.known.keys() | now if self.known.get(path) != now.get(path)}
            )
            self.known = now

    def _hand_on(self, paths: Iterable[str]) -> None:
        if change := meaning(map(Path, paths), self.watched):
            self.noticed.put_nowait(change)

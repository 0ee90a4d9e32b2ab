"""The workflow as a library: what the commands do, for programs, without a terminal.

Every function takes the project it works on and keeps nothing between calls, so projects do not
disturb each other. Errors are those of `digest.errors`, whose root is `DigestError`. It refuses to
print, to decide what a command line means, and to send anything to anybody.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from os import PathLike
from pathlib import Path
from typing import TYPE_CHECKING

from digest.models import Decision
from digest.workflow.project import Project

if TYPE_CHECKING:
    from concurrent.futures import Executor

    from digest.errors import DigestError
    from digest.workflow.gathering.collecting import SourceReport
    from digest.workflow.making.reports import BuildReport


def open_project(folder: str | PathLike[str] | None = None) -> Project:
    """Return the project in a folder, or the nearest one upwards of the current folder.

    Its configuration is read when it is first needed.

    Raises:
        ConfigError: if there is none.
    """
    return Project.find(Path(folder) if folder is not None else None)


def collect(
    project: Project, sources: Sequence[str] = (), *, full: bool = False
) -> tuple[SourceReport, ...]:
    """Bring the posts of the named sources, or of all, into the archive; return a report of each.

    A source that fails is reported, and the others go on. With `full` everything is read again.

    Raises:
        UsageError: if there is no source of that name.
        ConfigError: if digest.toml is wrong, or names no source.
        ArchiveError: if the archive cannot be written.
    """
    from digest.workflow.gathering import collecting

    return collecting.collect(project, sources, full=full)


def select(
    project: Project, edition: str | None = None, dated: date | None = None
) -> tuple[Decision, ...]:
    """Return what `build` would decide about each candidate, and write nothing.

    Raises:
        UsageError: if there is no such edition, or several and none is named.
        ConfigError, EditorError, TemplateError, ArchiveError, IssueFolderError: as building does.
    """
    return build(project, edition, dated, dry_run=True).decisions


def build(
    project: Project,
    edition: str | None = None,
    dated: date | None = None,
    *,
    dry_run: bool = False,
    force: bool = False,
) -> BuildReport:
    """Build an issue from the archive and write it; return what became of it.

    Without an edition it is the only one there is, and without a date the one that is due. With
    `dry_run` nothing is written; `force` renders an unchanged draft again. Too few posts are no
    error: the report's `status` is then "nothing-to-send", and its `reason` says why.

    Raises:
        UsageError: if there is no such edition, or several and none is named.
        EditorError: if editor.md cannot be followed.
        ConfigError, TemplateError, ArchiveError, IssueFolderError: as their rooms say.
    """
    from digest.workflow.making import building

    chosen = project.edition(edition)
    return building.build(project, chosen, dated, dry_run=dry_run, force=force)


def build_many(
    project: Project,
    editions: Iterable[str] | None = None,
    dated: date | None = None,
    *,
    executor: Executor | None = None,
    jobs: int = 1,
    dry_run: bool = False,
    force: bool = False,
) -> Mapping[str, BuildReport | DigestError]:
    """Build an issue of each of the named editions, or of all; return what became of each by name.

    Of no names at all, as an empty list has, nothing is built.
    They are built here one by one, by `jobs` processes, or by any executor whose workers see the
    project's folder: chunks of a hundred are handed to it, and handed out again if they are lost.
    An edition that fails is an error in its place; the others are built. What did not change since
    it was built is left alone. Safe to call from several threads and processes at once.

    Raises:
        UsageError: if there is no such edition.
        ConfigError: if digest.toml or a list of choices is wrong.
        ArchiveError: if the archive cannot be read.
    """
    from digest.workflow import many

    if isinstance(editions, str):  # it is a row of letters, too
        editions = (editions,)
    if editions is None:
        chosen = project.each_edition()
    else:
        chosen = iter([project.edition(name) for name in dict.fromkeys(editions)])
    return many.build_all(
        project, chosen, dated, dry_run=dry_run, force=force, jobs=jobs, executor=executor
    )


def render(project: Project, issue: str = "latest", service: str = "plain") -> str:
    """Return an issue's HTML in a mailing service's dialect, made from its record alone.

    `issue` is an id, a folder, "latest", or an edition's name, which is its latest.

    Raises:
        UsageError: if there is no such issue or service.
        IssueFolderError: if its record cannot be read.
    """
    from digest.workflow import records

    return records.export(project, issue, service)

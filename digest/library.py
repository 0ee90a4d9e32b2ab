"""The workflow as a library: what the commands do, for programs, without a terminal.

Every function takes the project it works on and keeps nothing between calls, so projects do not
disturb each other. Errors are those of `digest.errors`, whose root is `DigestError`. It refuses to
print, to decide what a command line means, and to send anything to anybody.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from os import PathLike
from pathlib import Path
from typing import TYPE_CHECKING

from digest.models import Decision
from digest.workflow.project import Project

if TYPE_CHECKING:
    from digest.workflow.building import BuildReport
    from digest.workflow.collecting import SourceReport


def open_project(folder: str | PathLike[str] | None = None) -> Project:
    """Return the project in a folder, or the nearest one upwards of the current folder.

    Its configuration is read when it is first needed.

    Raises:
        ConfigError: if no folder is told and there is no digest.toml upwards.
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
    from digest.workflow import collecting

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
    from digest.workflow import building

    chosen = project.config.edition(edition)
    return building.build(project, chosen, dated, dry_run=dry_run, force=force)


def render(project: Project, issue: str = "latest", service: str = "plain") -> str:
    """Return an issue's HTML in a mailing service's dialect, made from its record alone.

    `issue` is an id, a folder, or "latest".

    Raises:
        UsageError: if there is no such issue or service.
        IssueFolderError: if its record cannot be read.
    """
    from digest.workflow import records

    return records.export(project, issue, service)

"""Knows which issue is meant where one is named: by id, folder or edition, or as the latest."""

from __future__ import annotations

from pathlib import Path

from digest.errors import ConfigError, UsageError
from digest.issue.record import IssueSummary
from digest.models import Edition
from digest.nearest import nearest
from digest.workflow.project import Project


def issue(project: Project, reference: str) -> IssueSummary:
    """Return the issue that an id or a folder names, or the latest of an edition or of all.

    Raises:
        UsageError: if there is none; the hint says what there is.
        IssueFolderError: if its issue.json cannot be read.
    """
    found = issue_or_edition(project, reference)
    if isinstance(found, Edition):
        raise UsageError(
            f"{found.name} has no issue yet", hint=f"Build one with `digest build {found.name}`."
        )
    return found


def issue_or_edition(project: Project, reference: str) -> IssueSummary | Edition:
    """Return the issue that is meant, or the edition of that name, which has none yet.

    Raises:
        UsageError: if there is neither; the hint says what there is.
        ConfigError, ArchiveError, IssueFolderError: as their rooms say.
    """
    try:
        return project.folders.find(reference)
    except UsageError as unknown:
        if len(Path(reference).parts) > 1:
            raise  # no edition is called so
        edition = _edition(project, reference, unknown)
    # What bears its own name was found; it may have issues under its former one.
    issues = project.folders.all(edition.names)
    return issues[-1] if issues else edition


def borne(project: Project, edition: str) -> tuple[str, ...]:
    """Return the names under which an edition has its issues: its own and its former one.

    Raises:
        UsageError: if there is no such edition, nor an issue of one that was.
        ConfigError, ArchiveError: as `Project.edition` does.
    """
    try:
        return project.edition(edition).names
    except (ConfigError, UsageError):
        if project.folders.dates(edition):  # what is no longer configured may have issues still
            return (edition,)
        raise


def _edition(project: Project, name: str, unknown: UsageError) -> Edition:
    try:
        config = project.config
    except ConfigError:
        raise unknown from None  # issues alone are a project, too
    names = [*config.editions, *config.patterns]
    if name in names or config.pattern_of(name) is not None:
        return project.edition(name)
    if name == "latest":
        raise unknown
    near = nearest(name, names)
    editions = f"{unknown.hint} Editions: {', '.join(names) or 'none yet'}."
    raise UsageError(
        f'there is no issue or edition "{name}"',
        hint=f'Did you mean "{near}"?' if near else editions,
    ) from unknown

"""Keeps the published archive: its page and feed list what is sealed, whoever sealed it."""

from __future__ import annotations

from pathlib import Path

from digest.issue.folder import (
    APPROVAL_FILE,
    FEED_FILE,
    INDEX_FILE,
    SKIPPED_FILE,
)
from digest.issue.record import IssueSummary
from digest.rendering import publication
from digest.rendering import words as labels
from digest.workflow.making.outputs import letter_of
from digest.workflow.project import Project

# What git begins a conflict with.

_MARKER = b"<<<<<<< "


def published(project: Project) -> dict[str, bytes | None]:
    """Return the files of the published archive.

    Approved and delivered issues only, the newest first. There is no feed without `[newsletter]
    archive`, since its links must be whole addresses, nor without an issue, since a feed says when
    it last changed: None for a file that must go.

    Raises:
        IssueFolderError: if an issue cannot be read.
    """
    letter = letter_of(project)
    sealed = [issue for issue in reversed(project.folders.all()) if issue.state != "draft"]
    issues = [_published(project, issue, letter.language) for issue in sealed]
    return {
        **project.folders.derived(),
        INDEX_FILE: publication.index_page(letter, issues),
        FEED_FILE: publication.atom_feed(letter, issues) if letter.archive and issues else None,
    }


def _published(project: Project, sealed: IssueSummary, language: str) -> publication.PublishedIssue:
    issue = project.folders.read(sealed.id).issue
    return publication.PublishedIssue(
        folder=sealed.folder.relative_to(project.folders.root).as_posix(),
        title=issue.title,
        number=issue.number,
        dated=issue.dated,
        date=labels.long_date(issue.dated, language),
        subject=issue.subject,
        preheader=issue.preheader,
        cutoff_at=issue.window.cutoff_at,
        theme=issue.theme,
        images=tuple(post.image for post in issue.posts if post.image),
    )


def mend(project: Project) -> None:
    """Make the published archive anew where it does not tell of what is sealed.

    A command was killed after it sealed an issue, git merged another editor's issues, or somebody
    deleted a file. That a listed issue is missing changes nothing: its listing is what tells of it.

    Raises:
        IssueFolderError: if an issue cannot be read, or the archive not be written.
    """
    folders = project.folders
    if folders.published.is_open:
        _publish(project)
    # Issues in folders of their editions, of which there may be thousands, tell of it by that mark.
    sealed = folders.sealed(is_nested=False)
    if not sealed:
        return
    # index.html lists the newest first.
    listed = [id_ for id_ in reversed(folders.published.ids()) if id_ in sealed]
    seals = (_changed_at(folders.root / id_ / APPROVAL_FILE) for id_ in sealed)
    is_newer = max(seals) > _changed_at(folders.root / INDEX_FILE)
    is_whole = listed == sealed and not _is_in_conflict(folders.root)
    if is_newer or not is_whole or not _has_feed(project):
        _publish(project)


def _publish(project: Project) -> None:
    with project.folders.lock(), project.folders.published.opened():
        project.folders.remember_seals()
        project.folders.published.write(published(project))


def _is_in_conflict(root: Path) -> bool:
    return any(_MARKER in _content(root / name) for name in (INDEX_FILE, FEED_FILE, SKIPPED_FILE))


def _has_feed(project: Project) -> bool:
    """Tell whether there is a feed, and one that can be read, where there has to be."""
    if not project.config.newsletter.archive:
        return True
    text = _content(project.folders.root / FEED_FILE)
    # A merge may have joined two of them into a file that no reader of feeds takes.
    return text.count(b"<feed") == text.count(b"</feed>") == 1


def _content(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError:
        return b""


def _changed_at(path: Path) -> float:
    try:
        return path.stat().st_mtime
    except OSError:
        return 0.0

"""Keeps other commands from writing over the record: what they write is made of it."""

from __future__ import annotations

from pathlib import Path
from typing import Final

from digest.config.tables import FILE_NAME
from digest.errors import UsageError
from digest.issue.folder import (
    APPROVAL_FILE,
    DELIVERY_FILE,
    EDITOR_FILE,
    FEED_FILE,
    INDEX_FILE,
    ISSUE_FILE,
    SKIPPED_FILE,
    is_id,
)
from digest.workflow.project import Project

_BESIDE_ISSUES: Final = {INDEX_FILE, FEED_FILE, SKIPPED_FILE}
_OF_AN_ISSUE: Final = {
    "email.html",
    "email.txt",
    "message.eml",
    "web.html",
    ISSUE_FILE,
    EDITOR_FILE,
    APPROVAL_FILE,
    DELIVERY_FILE,
}


def refuse_record(project: Project, path: Path) -> None:
    """Refuse a place at which an issue's file, their list, or digest.toml lies or will lie.

    Raises:
        UsageError: if it is one.
    """
    place, issues = path.resolve(), project.folders.root.resolve()
    home = place.parent
    is_beside = home == issues and place.name in _BESIDE_ISSUES
    is_within = home.is_relative_to(issues) and is_id(home.name) and place.name in _OF_AN_ISSUE
    if is_beside or is_within or place == (project.root / FILE_NAME).resolve():
        raise UsageError(
            "would be written over, and is part of the project's record",
            where=str(path),
            hint="Name another place.",
        )

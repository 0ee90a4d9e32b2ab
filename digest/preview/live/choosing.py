"""Finds the issue that a reference names.

An issue, or an edition's latest, built if there is none yet.
"""

from __future__ import annotations

from collections.abc import Callable

from digest.errors import NothingToSend
from digest.models import Edition
from digest.workflow.gathering.collecting import collect
from digest.workflow.making.building import build
from digest.workflow.naming import issue_or_edition
from digest.workflow.project import Project

Say = Callable[[str], None]


def choose(project: Project, reference: str | None, say: Say) -> str:
    """Return the id of the issue to show: the latest of all unless an issue or an edition is named.

    An edition without an issue gets one for today; so does the only edition when nothing is named.

    Raises:
        UsageError: if there is no such issue or edition.
        NothingToSend: if an issue had to be built and there are too few posts for it.
        ConfigError, IssueFolderError, …: as the workflow says.
    """
    if reference is None and not project.folders.ids():
        return _build_first(project, project.edition(), say)
    found = issue_or_edition(project, reference or "latest")
    return _build_first(project, found, say) if isinstance(found, Edition) else found.id


def _build_first(project: Project, edition: Edition, say: Say) -> str:
    say(f"{edition.name} has no issue yet; building today's …")
    collected = collect(project)
    for report in collected:
        for problem in report.problems:
            say(f"{report.source}: {problem.where}: {problem.message}")
    failed = [report.source for report in collected if report.status == "failed"]
    built = build(project, edition, failed=failed)
    if built.status == "nothing-to-send":
        raise NothingToSend(
            f"{built.issue}: {built.reason}",
            hint=f"`digest build {edition.name} --dry-run` shows why each is in or out.",
        )
    return built.issue

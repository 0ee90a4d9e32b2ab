"""What the panels tell of an issue besides its files: each fact is worked out when first asked for.

One object for one state of one issue, with the project opened anew, so that all facts are of one
moment. What cannot be known, as when digest.toml is broken, is empty; the banner says why.
"""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from functools import cached_property
from pathlib import Path
from typing import Any, TypeVar

from digest.errors import DigestError
from digest.issue import budget
from digest.issue.folder import state_of
from digest.issue.record import IssueSummary, State
from digest.models import Decision, Edition, Finding, Post, PostCost, Value
from digest.preview.live.pictures import of_folders
from digest.preview.live.shown import Shown
from digest.workflow.project import Project

T = TypeVar("T")


class Entry(Value):
    """Hold one issue of the switcher."""

    id: str
    state: State


class Facts:
    """Answer what the panels ask of one issue in one state."""

    def __init__(self, root: Path, shown: Shown, *, is_kept: bool = False) -> None:
        """Take an issue; where `is_kept`, for pages that are taken along and change nothing."""
        self.root, self.shown = root, shown
        self.may_change = shown.is_draft and not is_kept
        # Opened anew for each state, since digest.toml may be what changed.
        self._project = Project(root)

    @cached_property
    def issues(self) -> tuple[Entry, ...]:
        """Return all issues on disk, the newest first."""
        folders = self._project.folders
        return tuple(
            Entry(id=name, state=state_of(folders.folder(name))) for name in reversed(folders.ids())
        )

    @cached_property
    def edition(self) -> Edition | None:
        """Return the issue's edition as it is configured now, None if it is not."""
        return _known(lambda: self._project.edition(self.shown.issue.edition), None)

    @cached_property
    def max_bytes(self) -> int:
        """Return the edition's byte budget, 0 where it is not known."""
        return self.edition.max_bytes if self.edition else 0

    @cached_property
    def sections(self) -> tuple[str, ...]:
        """Return the titles by which posts can be moved to a section of the edition."""
        if self.edition is None:
            return ()
        return tuple(section.title for section in self.edition.sections if section.title)

    @cached_property
    def services(self) -> tuple[str, ...]:
        """Return the services that are configured, mail servers apart."""
        found = _known(lambda: self._project.config.services, {})
        return tuple(name for name in found if name != "smtp")

    @cached_property
    def others(self) -> tuple[IssueSummary, ...]:
        """Return the edition's other issues, oldest first."""
        own = self.shown.issue
        found: tuple[IssueSummary, ...] = _known(lambda: self._project.folders.all(own.edition), ())
        return tuple(issue for issue in found if issue.id != own.id)

    @cached_property
    def before(self) -> IssueSummary | None:
        """Return the issue that the edition's readers got before this one."""
        dated = self.shown.issue.dated
        return next((other for other in reversed(self.others) if other.dated < dated), None)

    @cached_property
    def findings(self) -> tuple[Finding, ...]:
        """Return what the rules find in the files as they lie there."""
        from digest.workflow.judging.checking import check_issue

        return _known(lambda: check_issue(self._project, self.shown.id).findings, ())

    @cached_property
    def decisions(self) -> tuple[Decision, ...]:
        """Return what was decided; of a draft also on near misses, which issue.json lacks."""
        from digest.workflow.making.building import decide

        known, edition = self.shown.issue.decisions, self.edition
        if not self.shown.is_draft or edition is None:
            return known
        dated = self.shown.issue.dated
        now = _known(lambda: decide(self._project, edition, dated), known)
        told = {decision.id for decision in known}
        return (*known, *(decision for decision in now if decision.id not in told))

    @cached_property
    def costs(self) -> tuple[PostCost, ...]:
        """Return what each post takes of the email, in reading order."""
        return budget.costs(self.shown.issue, self.shown.frozen.pages)

    @cached_property
    def posts(self) -> dict[str, Post]:
        """Return the issue's posts, and those it decided on, as the archive holds them, by id."""
        ids = {post.id for post in self.shown.issue.posts}
        ids |= {decision.id for decision in self.shown.issue.decisions}
        return _known(lambda: self._of_archive(ids), {})

    @cached_property
    def spared(self) -> dict[str, Post]:
        """Return by id those posts that editor.md spares some rules, as they are without these."""
        from digest.workflow.making.sparing import spared_posts

        notes = self.shown.frozen.notes
        return _known(lambda: spared_posts(self._project, notes, self.posts.values()), {})

    @cached_property
    def pictures(self) -> dict[str, bytes]:
        """Return what the issue shows and no site has yet, by the addresses its pages write."""
        views = (*self.shown.issue.posts, *self.shown.issue.updates)
        sources = _known(lambda: self._project.config.sources, ())
        near: dict[str, bytes] = {}
        if any(source.kind == "markdown" for source in sources):
            # A picture that was just moved is shown as broken, and not as a fault of the page.
            with suppress(OSError):
                near = of_folders(sources, self.posts, views)
        return near | self.shown.pictures

    def _of_archive(self, ids: set[str]) -> dict[str, Post]:
        # A look must not make an archive.
        if not self._project.archive_file.is_file():
            return {}
        with self._project.archive_to_read() as archive:
            found = ((id_, archive.find(id_)) for id_ in sorted(ids))
            return {id_: post for id_, post in found if post}


def _known(ask: Callable[[], T], otherwise: Any) -> T:
    """Return an answer, or what stands for it while the project cannot give one."""
    try:
        return ask()
    except DigestError:
        empty: T = otherwise
        return empty

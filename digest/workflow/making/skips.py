"""Keeps account of the dates without an issue, and of what was dropped in their drafts.

Who drops the only post of a draft is left with a folder that can only be removed: the drop outlives
it here.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from functools import cached_property

from digest.issue.folder import IssueFolders
from digest.issue.record import IssueSummary, Skipped
from digest.models import Edition, Remembered, Selection, replace


class Skips:
    """Tell and record what came of an edition's dates on which nothing was sent.

    `existing` is the draft that lies at the date asked about, `held` the ids of its posts.
    """

    def __init__(
        self, folders: IssueFolders, edition: Edition, dated: date, existing: IssueSummary | None
    ) -> None:
        self._folders, self._edition, self._dated = folders, edition, dated
        self._is_there = existing is not None
        self.held = tuple(post.id for post in existing.posts) if existing else ()

    @cached_property
    def all(self) -> tuple[Skipped, ...]:
        """Return the dates without an issue, as they were recorded when this was first asked.

        Raises:
            IssueFolderError: if a record is damaged.
        """
        return tuple(s for name in self._edition.names for s in self._folders.skipped(name))

    def given_up(self) -> Iterator[Remembered]:
        """Yield what was dropped until now in drafts of which nothing was left.

        What the draft that is there dropped is for its own editor.md to say.

        Raises:
            IssueFolderError: if a record is damaged.
        """
        for skipped in self.all:
            is_own = any(mark.id in self.held for mark in skipped.remembered)
            if skipped.dated < self._dated or (skipped.dated == self._dated and not is_own):
                yield from skipped.remembered

    def record(self, chosen: Selection, *, is_known: bool) -> None:
        """Record the date with what was dropped.

        A draft that is there keeps its posts, so that only its drops count. Unless `is_known` what
        all sources have, the date may still have its issue.

        Raises:
            IssueFolderError: if it cannot be written.
        """
        issue = f"{self._dated.isoformat()}-{self._edition.name}"
        dropped = [replace(mark, issue=issue) for mark in chosen.remembered if mark.is_dropped]
        is_worth_it = bool(dropped) if self._is_there else is_known
        if not is_worth_it:
            return
        with self._folders.lock(self._edition.name):
            vars(self).pop("all", None)  # another run may have recorded one by now
            self._folders.skip(
                Skipped(
                    edition=self._edition.name,
                    dated=self._dated,
                    window=chosen.window,
                    posts=len(chosen.chosen),
                    remembered=(*dropped, *self._given_up_today()),
                )
            )

    def forget(self) -> None:
        """Forget that the date was skipped, but not what was dropped in a draft that is gone.

        Raises:
            IssueFolderError: if it cannot be written.
        """
        is_skipped = any(skipped.dated == self._dated for skipped in self.all)
        if is_skipped and not self._given_up_today():
            with self._folders.lock(self._edition.name):
                self._folders.unskip(self._edition.name, self._dated)

    def _given_up_today(self) -> list[Remembered]:
        today = {mark for s in self.all if s.dated == self._dated for mark in s.remembered}
        return [mark for mark in self.given_up() if mark in today]

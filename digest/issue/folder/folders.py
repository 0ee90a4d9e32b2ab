"""Writes, reads and lists the folders in `issues/`: the record of what was sent.

A sealed issue (approval.json) is never written again. editor.md belongs to the editor: it is made
with the folder and never touched afterwards.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from contextlib import AbstractContextManager, contextmanager, suppress
from datetime import date, timedelta
from functools import lru_cache
from pathlib import Path
from types import MappingProxyType
from typing import Any

from digest.errors import IssueFolderError, UsageError
from digest.issue.folder import one, places, sealing, skipping
from digest.issue.folder.alone import alone, unwritable
from digest.issue.folder.index import Index
from digest.issue.folder.one import (
    APPROVAL_FILE,
    DELIVERY_FILE,
    EDITOR_FILE,
    ISSUE_FILE,
    state_of,
)
from digest.issue.folder.published import Published, derived
from digest.issue.record import (
    Approval,
    FrozenIssue,
    IssueSummary,
    PastFile,
    PastIssue,
    Sealed,
    Skipped,
)
from digest.models import pretty


class IssueFolders:
    """Keep the issues of a project below one root folder.

    What lists need of them is kept in `index`, if there is such a folder to be. The issues of an
    edition that `is_nested` lie in a folder of the edition's own.
    """

    def __init__(
        self,
        root: Path,
        index: Path | None = None,
        is_nested: Callable[[str], bool] = lambda _edition: False,
    ) -> None:
        self.root = root
        self._is_nested = lru_cache(maxsize=64)(is_nested)  # of many, one is built at a time
        self._places, self._is_still = places.Places(root), False
        self.published = Published(root)
        self._index = Index(index, lambda file: one.decoded(file.parent, PastFile).issue)

    # ------------------------------------------------------------ reading

    def all(
        self,
        edition: str | Collection[str] | None = None,
        *,
        after: date = date.min,
        until: date = date.max,
    ) -> tuple[IssueSummary, ...]:
        """Return the issues on disk, oldest first.

        Only those dated after one day and until another.

        Raises:
            IssueFolderError: if a folder named like an issue cannot be read; nothing is passed
            over.
        """
        ids = [
            id_
            for id_ in self._ids_of(edition)
            if after.isoformat() < id_[:10] <= until.isoformat()
        ]
        found = [
            one.summary(past, self.folder(id_))
            for name, own in places.by_edition(ids).items()
            for id_, past in self._past(name, own).items()
        ]
        return tuple(sorted(found, key=lambda s: (s.dated, s.edition)))

    def _ids_of(self, edition: str | Collection[str] | None) -> list[str]:
        editions = {edition} if isinstance(edition, str) else edition
        # Asked only where it counts, for digest.toml may be broken.
        is_still = self._is_still and editions is not None and all(map(self._is_nested, editions))
        return self._places.ids(editions, is_still=is_still)

    def apart(self) -> tuple[str, ...]:
        """Return the names of editions that have folders of their own, sorted.

        Some other folders may be among them.
        """
        return self._places.apart()

    @contextmanager
    def still(self) -> Iterator[None]:
        """Look only once at what lies side by side, for editions with folders of their own.

        Of an issue that somebody moves out of its edition's folder meanwhile, nothing is known.
        """
        before, self._is_still = self._is_still, True
        try:
            yield
        finally:
            self._is_still = before

    def files(self, edition: str) -> list[Path]:
        """Return the issue.json, seals and deliveries that an edition's issues may have."""
        names = (ISSUE_FILE, APPROVAL_FILE, DELIVERY_FILE)
        own = [
            folder / name for folder in map(self.folder, self._ids_of(edition)) for name in names
        ]
        return [*own, *skipping.files(self._home(edition), edition)]

    def _past(self, edition: str, ids: Iterable[str]) -> dict[str, PastIssue]:
        files = {id_: self.folder(id_) / ISSUE_FILE for id_ in ids}
        return self._index.past(edition, files, is_passed_over=one.is_begun)

    def folder(self, issue_id: str) -> Path:
        """Return where an issue lies, or would lie if it were there."""
        edition = places.edition_of(issue_id)
        is_apart = self._is_still and self._is_nested(edition)
        if is_apart and not self._places.is_beside(edition):
            return self.root / edition / issue_id
        # What lies there is found without asking what its edition is: digest.toml may be broken.
        beside = self.root / issue_id
        if beside.is_dir():
            return beside
        return places.folder(self.root, issue_id, is_nested=self._is_nested(edition))

    def shown(self, issue_id: str) -> str:
        """Return an issue's folder as messages name it: "issues/2026-11-23-weekly"."""
        return f"{self.root.name}/{self.folder(issue_id).relative_to(self.root).as_posix()}"

    def dates(self, edition: str | Collection[str]) -> tuple[date, ...]:
        """Return the dates of an edition's issues, from the names of their folders alone."""
        found = []
        for name in self._ids_of(edition):
            with suppress(ValueError):
                found.append(date.fromisoformat(name[:10]))
        return tuple(found)

    def ids(self) -> tuple[str, ...]:
        """Return the ids of all issues on disk, oldest first, from their folders' names alone."""
        return tuple(self._places.ids())

    def sealed(self, *, is_nested: bool = True) -> list[str]:
        """Return the ids of the sealed issues, from their folders alone, in the order of `all`.

        Unless `is_nested` only those that lie side by side, whose number stays small.
        """
        ids = self._places.ids() if is_nested else places.flat(self.root)
        return sorted(name for name in ids if state_of(self.folder(name)) != "draft")

    def is_draft(self, dated: date, edition: str) -> bool:
        """Tell whether the edition's issue of a date is still a draft."""
        folder = self.folder(f"{dated.isoformat()}-{edition}")
        return folder.is_dir() and state_of(folder) == "draft"

    def summary(self, issue_id: str) -> IssueSummary:
        """Return what is known of one issue without reading its pages.

        Raises:
            IssueFolderError: if its issue.json is missing, damaged or of another format.
        """
        folder = self.folder(issue_id)
        return one.summary(one.decoded(folder, PastFile).issue, folder)

    def read(self, issue_id: str) -> FrozenIssue:
        """Return everything that issue.json froze.

        Raises:
            IssueFolderError: if it is missing, damaged or of another format.
        """
        frozen: FrozenIssue = one.decoded(self.folder(issue_id), FrozenIssue)
        return frozen

    def find(self, reference: str) -> IssueSummary:
        """Return the issue that an id or a folder names, or the latest of an edition or of all.

        Of several issues of the newest day, the latest is the one that was built last.

        Raises:
            UsageError: if there is no such issue.
            IssueFolderError: if its issue.json cannot be read.
        """
        name = Path(reference).name
        if places.is_id(name) and self.folder(name).is_dir():
            self._refuse_elsewhere(Path(reference))
            return self.summary(name)
        names = self._places.ids()
        found: tuple[IssueSummary, ...] = ()
        if reference == "latest" and names:
            newest = max(name[:10] for name in names)
            found = self.all(after=_day_before(newest)) or self.all()
        elif reference in places.by_edition(names):
            found = self.all(reference)
        if found:
            return max(found, key=lambda s: (s.dated, s.built_at or s.window.cutoff_at))
        if not names:
            raise UsageError("there is no issue yet", hint="Build one with `digest build`.")
        hint = f"`digest issues` lists all, such as {names[-1]}."
        raise UsageError(f'there is no issue "{reference}"', hint=hint)

    def _refuse_elsewhere(self, path: Path) -> None:
        """Refuse a folder of another project, whose issue bears the name of one that is here.

        Raises:
            UsageError: if it is one.
        """
        own, parts = self.folder(path.name), path.parts
        is_told = len(parts) == 1 or own.parts[-len(parts) :] == parts
        if not (path.samefile(own) if len(parts) > 1 and path.is_dir() else is_told):
            hint = f"Here it is {self.shown(path.name)}; `--project DIR` first asks another one."
            raise UsageError(f'"{path}" is not in this project', hint=hint)

    def editor_text(self, issue_id: str) -> str | None:
        """Return editor.md, or None where there is none.

        Raises:
            IssueFolderError: if it is no UTF-8 text.
        """
        return one.editor_text(self.folder(issue_id), f"{self.shown(issue_id)}/{EDITOR_FILE}")

    def is_whole(self, frozen: FrozenIssue) -> bool:
        """Tell whether every output on disk is the one issue.json speaks of."""
        return one.is_whole(self.folder(frozen.issue.id), frozen.digests)

    def skipped(self, edition: str | None = None) -> tuple[Skipped, ...]:
        """Return the dates on which an edition, or any beside others, had nothing to send.

        Raises:
            IssueFolderError: if a record is damaged.
        """
        return skipping.read(self._home(edition), edition)

    def _home(self, edition: str | None) -> Path:
        is_apart = edition is not None and self._is_nested(edition)
        return self.root / edition if edition and is_apart else self.root

    def missing(self, edition: str) -> dict[str, Sealed]:
        """Return the edition's issues that were sealed and whose folders are gone, oldest first.

        What was sealed by an earlier version is named by index.html alone.

        Raises:
            IssueFolderError: if the record of one cannot be read.
        """
        root = self._home(edition)
        remembered = sealing.ids(root, edition)
        named = sorted({*remembered, *self.published.ids(edition)})
        gone = [id_ for id_ in named if not self.folder(id_).is_dir()]
        return {id_: sealing.read(root, id_) if id_ in remembered else Sealed() for id_ in gone}

    # ------------------------------------------------------------ writing

    def lock(self, edition: str = "") -> AbstractContextManager[Any]:
        """Return a lock that keeps two processes from writing issues at once.

        Editions whose issues lie in folders of their own keep nobody else waiting.

        Raises:
            IssueFolderError: after ten seconds in which another process holds it.
        """
        is_apart = edition and (self._is_nested(edition) or (self.root / edition).is_dir())
        return alone(self.root / edition if is_apart else self.root)

    def begin(
        self,
        frozen: FrozenIssue,
        outputs: Mapping[str, bytes],
        editor_text: str,
        pictures: Mapping[str, bytes] = MappingProxyType({}),
    ) -> one.Begun:
        """Write an issue's files, and return what waits for the disk to have them.

        `editor_text` is used only where there is no editor.md yet; `pictures` are those that the
        issue carries, by name. Call it, and what waits, under one `lock()`.

        Raises:
            IssueFolderError: if the issue is sealed or the folder cannot be written.
        """
        return one.Begun(self.folder(frozen.issue.id), frozen, outputs, editor_text, pictures)

    def carries(self, issue_id: str, pictures: Iterable[str]) -> bool:
        """Tell whether the pictures of these names lie in the issue's folder."""
        return one.carries(self.folder(issue_id), pictures)

    def skip(self, skipped: Skipped) -> None:
        """Record a date without an issue, once. Call it under `lock()`."""
        root = self._home(skipped.edition)
        skipping.add(root, skipped)
        self._tell_skips(root)

    def unskip(self, edition: str, dated: date) -> None:
        """Forget a skipped date once there is an issue for it. Call it under `lock()`."""
        root = self._home(edition)
        if skipping.forget(root, edition, dated):
            self._tell_skips(root)

    def derived(self) -> dict[str, bytes | None]:
        """Return what is made of the records beside the issues, None for files that must go."""
        return derived(self.skipped())

    def _tell_skips(self, root: Path) -> None:
        if root == self.root:
            self.published.write(self.derived())

    def approval(self, issue_id: str) -> Approval | None:
        """Return the seal of an issue, or None where there is none.

        Raises:
            IssueFolderError: if approval.json is damaged.
        """
        return one.approval(self.folder(issue_id))

    def seal(self, approval: Approval) -> None:
        """Write approval.json. Call it under `lock()`.

        Raises:
            IssueFolderError: if it cannot be written.
        """
        one.put(self.folder(approval.issue) / APPROVAL_FILE, pretty(approval))
        self._remember_seal(approval.issue)

    def remember_seals(self) -> None:
        """Remember each issue that is sealed, or listed as such, and not remembered yet.

        An earlier version sealed it, or a command was stopped. Call it under `lock()`, before
        index.html is made anew: a listing is all that tells of an issue whose folder is gone.

        Raises:
            IssueFolderError: if an issue cannot be read, or a record not be written.
        """
        known = {*sealing.ids(self.root)}
        for id_ in {*self.sealed(is_nested=False), *self.published.ids()} - known:
            if not self._is_nested(places.edition_of(id_)):
                self._remember_seal(id_)

    def _remember_seal(self, id_: str) -> None:
        told = Sealed()
        if self.folder(id_).is_dir():
            self.approval(id_)  # one that was copied with a file manager is refused here
            issue = self.summary(id_)
            told = Sealed(window=issue.window, posts=tuple(post.id for post in issue.posts))
        sealing.remember(self._home(places.edition_of(id_)), id_, told)

    def unseal(self, issue_id: str) -> None:
        """Remove approval.json while nothing was delivered. Call it under `lock()`.

        Raises:
            IssueFolderError: if the issue is not sealed, or was delivered.
        """
        state = state_of(self.folder(issue_id))
        if state == "draft":
            raise IssueFolderError(
                "is not sealed", where=issue_id, hint="It can be edited and built as it is."
            )
        if state == "delivered":
            raise IssueFolderError(
                "was delivered, so its seal stays",
                where=issue_id,
                hint="What it should have said belongs in the next issue.",
            )
        seal = self.folder(issue_id) / APPROVAL_FILE
        try:
            seal.unlink()
        except OSError as exc:
            raise unwritable(seal, exc) from exc
        sealing.forget(self._home(places.edition_of(issue_id)), issue_id)

    def restore(self, issue_id: str, outputs: Mapping[str, bytes]) -> None:
        """Write outputs that issue.json makes. Call it under `lock()`.

        Raises:
            IssueFolderError: if they cannot be written.
        """
        for name, data in outputs.items():
            one.put(self.folder(issue_id) / name, data)


def _day_before(iso_date: str) -> date:
    """Return the day before a date, or the first of all if a folder's name holds none."""
    try:
        return date.fromisoformat(iso_date) - timedelta(days=1)
    except ValueError:
        return date.min

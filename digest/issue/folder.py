"""Writes, reads and lists the folders in `issues/`: the record of what was sent.

A new issue's folder appears whole, by a rename. A draft that is built again is replaced file by
file, issue.json last: it holds the SHA-256 of every other file, so that a reader can tell whether
all belong together. A sealed issue (approval.json) is never written again. editor.md belongs to the
editor: it is made with the folder and never touched afterwards.
"""

from __future__ import annotations

import hashlib
import os
import shutil
from collections.abc import Iterable, Iterator, Mapping
from contextlib import AbstractContextManager, ExitStack, contextmanager, suppress
from datetime import date
from pathlib import Path
from types import MappingProxyType
from typing import Any

from digest.errors import IssueFolderError, UsageError
from digest.files import TEMPORARY, sync_folder, write_atomically, write_durably
from digest.issue.record import Approval, FrozenIssue, IssueSummary, PastFile, Skipped, State
from digest.lazy import regex
from digest.locking import locked
from digest.models import decode, pretty, replace

ISSUE_FILE = "issue.json"
EDITOR_FILE = "editor.md"
APPROVAL_FILE = "approval.json"
DELIVERY_FILE = "delivery.json"
SKIPPED_FILE = "skipped.json"
SKIPPED_FOLDER = "skipped"
ATTRIBUTES_FILE = ".gitattributes"
_ATTRIBUTES = b"""\
# digest makes these files anew: git need not ask whose lines are right.
/index.html merge=union
/feed.xml merge=union
/skipped.json merge=union
"""
PICTURES = "pictures"
FORMAT = 1
INDEX_FILE = "index.html"
FEED_FILE = "feed.xml"
_LISTED = regex(r'href="(?:[^"]*/)?(\d{4}-\d{2}-\d{2}-[a-z0-9][a-z0-9-]*)/web\.html"')
_ID = regex(r"\d{4}-\d{2}-\d{2}-[a-z0-9][a-z0-9-]*")


class IssueFolders:
    """Keep the issues of a project below one root folder."""

    def __init__(self, root: Path) -> None:
        self.root = root

    # ------------------------------------------------------------ reading

    def all(
        self, edition: str | None = None, *, after: date = date.min, until: date = date.max
    ) -> tuple[IssueSummary, ...]:
        """Return the issues on disk, oldest first; only those dated after one day and until another.

        Raises:
            IssueFolderError: if a folder named like an issue cannot be read; nothing is passed
            over.
        """
        found = (
            self.summary(name)
            for name in self._ids(edition)
            if after.isoformat() < name[:10] <= until.isoformat()
        )
        return tuple(sorted(found, key=lambda s: (s.dated, s.edition)))

    def dates(self, edition: str) -> tuple[date, ...]:
        """Return the dates of an edition's issues, from the names of their folders alone."""
        found = []
        for name in self._ids(edition):
            with suppress(ValueError):
                found.append(date.fromisoformat(name[:10]))
        return tuple(found)

    def ids(self) -> tuple[str, ...]:
        """Return the ids of all issues on disk, oldest first, from the names of their folders alone."""
        return tuple(self._ids(None))

    def published(self) -> tuple[str, ...]:
        """Return the ids of the issues that index.html lists: each was sealed when it was made."""
        try:
            page = (self.root / INDEX_FILE).read_text(encoding="utf-8", errors="replace")
        except OSError:
            return ()
        return tuple(_LISTED.findall(page))

    def sealed(self) -> list[str]:
        """Return the ids of the sealed issues, from their folders alone, in the order of `all`."""
        ids = (name for name in self._ids(None) if state_of(self.root / name) != "draft")
        return sorted(ids, key=lambda name: (name[:10], name[11:]))

    def is_draft(self, dated: date, edition: str) -> bool:
        """Tell whether the edition's issue of a date is still a draft."""
        folder = self.root / f"{dated.isoformat()}-{edition}"
        return folder.is_dir() and state_of(folder) == "draft"

    def _ids(self, edition: str | None) -> list[str]:
        if not self.root.is_dir():
            return []
        ids = (p.name for p in self.root.iterdir() if _ID.fullmatch(p.name) and p.is_dir())
        return sorted(name for name in ids if edition is None or name[11:] == edition)

    def summary(self, issue_id: str) -> IssueSummary:
        """Return what is known of one issue without reading its pages.

        Raises:
            IssueFolderError: if its issue.json is missing, damaged or of another format.
        """
        folder = self.root / issue_id
        past = self._decode(folder, PastFile).issue
        sections = [p for section in past.sections for p in section.posts]
        return IssueSummary(
            id=past.id,
            edition=past.edition,
            number=past.number,
            dated=past.dated,
            window=past.window,
            state=state_of(folder),
            folder=folder,
            sender=past.newsletter.sender,
            built_at=past.built_at,
            title=past.title,
            subject=past.subject,
            preheader=past.preheader,
            posts=((past.featured, *sections) if past.featured else tuple(sections)),
            updates=past.updates,
            considered=past.considered,
            carried=past.carried,
            decisions=past.decisions,
            remembered=past.remembered,
            sealed=past.sealed,
            selectors=past.selectors,
        )

    def read(self, issue_id: str) -> FrozenIssue:
        """Return everything that issue.json froze.

        Raises:
            IssueFolderError: if it is missing, damaged or of another format.
        """
        frozen: FrozenIssue = self._decode(self.root / issue_id, FrozenIssue)
        return frozen

    def find(self, reference: str) -> IssueSummary:
        """Return the issue that an id, a folder or "latest" names.

        Raises:
            UsageError: if there is no such issue.
            IssueFolderError: if its issue.json cannot be read.
        """
        names = sorted(
            p.name for p in self.root.glob("*-*") if _ID.fullmatch(p.name) and p.is_dir()
        )
        if reference == "latest" and names:
            return self.all()[-1]
        name = Path(reference).name
        if name in names:
            return self.summary(name)
        raise UsageError(
            f'there is no issue "{reference}"',
            hint=f"The latest is {names[-1]}." if names else "Build one with `digest build`.",
        )

    def editor_text(self, issue_id: str) -> str | None:
        """Return editor.md, or None where there is none.

        Raises:
            IssueFolderError: if it is no UTF-8 text.
        """
        path = self.root / issue_id / EDITOR_FILE
        try:
            return path.read_text(encoding="utf-8")
        except FileNotFoundError:
            return None
        except (OSError, UnicodeDecodeError) as exc:
            raise IssueFolderError(
                f"cannot be read ({exc})",
                where=f"issues/{issue_id}/{EDITOR_FILE}",
                hint="Save it as UTF-8.",
            ) from exc

    def is_whole(self, frozen: FrozenIssue) -> bool:
        """Tell whether every output on disk is the one issue.json speaks of."""
        folder = self.root / frozen.issue.id
        try:
            return all(
                sha256((folder / name).read_bytes()) == digest
                for name, digest in frozen.digests.items()
            )
        except OSError:  # missing, or gone while it was read
            return False

    def skipped(self) -> tuple[Skipped, ...]:
        """Return the dates on which editions had nothing to send, oldest first.

        Each is a file of its own, so that two editors' work can be merged; skipped.json is made of
        them, and is the record only where an earlier version wrote it.

        Raises:
            IssueFolderError: if a record is damaged.
        """
        folder = self.root / SKIPPED_FOLDER
        if folder.is_dir():
            found = (self._read_skipped(path, Skipped) for path in folder.glob("*.json"))
            return tuple(sorted(found, key=lambda s: (s.dated, s.edition)))
        entries: tuple[Skipped, ...] = self._read_skipped(
            self.root / SKIPPED_FILE, tuple[Skipped, ...]
        )
        return entries

    def _read_skipped(self, path: Path, type_: Any) -> Any:
        try:
            return decode(path.read_bytes(), type_)
        except FileNotFoundError:
            return ()
        except ValueError as exc:
            raise IssueFolderError(
                f"is damaged ({exc})", where=str(path), hint="Delete it."
            ) from exc

    # ------------------------------------------------------------ writing

    def lock(self) -> AbstractContextManager[Any]:
        """Return a lock that keeps two processes from writing issues at once.

        Raises:
            IssueFolderError: after ten seconds in which another process holds it.
        """
        return _alone(self.root)

    def write(
        self,
        frozen: FrozenIssue,
        outputs: Mapping[str, bytes],
        editor_text: str,
        pictures: Mapping[str, bytes] = MappingProxyType({}),
    ) -> FrozenIssue:
        """Write an issue's files and return what issue.json now says, digests included.

        `editor_text` is used only where there is no editor.md yet; `pictures` are those that the
        issue carries, by name. Call it under `lock()`.

        Raises:
            IssueFolderError: if the issue is sealed or the folder cannot be written.
        """
        folder = self.root / frozen.issue.id
        whole = FrozenIssue(
            format=FORMAT,
            issue=frozen.issue,
            pages=frozen.pages,
            notes=replace(frozen.notes, lines={}),
            digests={name: sha256(data) for name, data in outputs.items()},
        )
        carried = {f"{PICTURES}/{name}": data for name, data in pictures.items()}
        _refuse_sealed(folder)
        try:
            is_new = not folder.is_dir() and self._make_folder(
                folder, {**carried, **outputs}, whole, editor_text
            )
            if not is_new:
                _refuse_sealed(folder)
                self._replace_files(folder, {**carried, **outputs}, whole, editor_text)
                self._sweep_pictures(folder, pictures)
        except OSError as exc:
            raise _unwritable(folder, exc) from exc
        return whole

    def carries(self, issue_id: str, pictures: Iterable[str]) -> bool:
        """Tell whether the pictures of these names lie in the issue's folder."""
        folder = self.root / issue_id / PICTURES
        return all((folder / name).is_file() for name in pictures)

    def skip(self, skipped: Skipped) -> None:
        """Record a date without an issue, once. Call it under `lock()`."""
        others = [
            s for s in self.skipped() if (s.edition, s.dated) != (skipped.edition, skipped.dated)
        ]
        self._write_skipped([*others, skipped], [])

    def unskip(self, edition: str, dated: date) -> None:
        """Forget a skipped date once there is an issue for it. Call it under `lock()`."""
        before = self.skipped()
        gone = [s for s in before if (s.edition, s.dated) == (edition, dated)]
        if gone:
            self._write_skipped([s for s in before if s not in gone], gone)

    def approval(self, issue_id: str) -> Approval | None:
        """Return the seal of an issue, or None where there is none.

        Raises:
            IssueFolderError: if approval.json is damaged.
        """
        path = self.root / issue_id / APPROVAL_FILE
        try:
            return decode(path.read_bytes(), Approval)
        except FileNotFoundError:
            return None
        except ValueError as exc:
            raise IssueFolderError(
                f"is damaged ({exc})", where=str(path), hint="Restore it."
            ) from exc

    def seal(self, approval: Approval) -> None:
        """Write approval.json. Call it under `lock()`.

        Raises:
            IssueFolderError: if it cannot be written.
        """
        self._put(approval.issue, APPROVAL_FILE, pretty(approval))

    def unseal(self, issue_id: str) -> None:
        """Remove approval.json while nothing was delivered. Call it under `lock()`.

        Raises:
            IssueFolderError: if the issue is not sealed, or was delivered.
        """
        state = state_of(self.root / issue_id)
        if state == "draft":
            raise IssueFolderError("is not sealed", where=issue_id)
        if state == "delivered":
            raise IssueFolderError("was delivered, so its seal stays", where=issue_id)
        seal = self.root / issue_id / APPROVAL_FILE
        try:
            seal.unlink()
        except OSError as exc:
            raise _unwritable(seal, exc) from exc

    def publish(self, files: Mapping[str, bytes | None]) -> None:
        """Write files of the published archive beside the issues, and remove those that are None.

        Call it under `lock()`.

        Raises:
            IssueFolderError: if they cannot be written or removed.
        """
        for name, data in files.items():
            if data is not None:
                self._put("", name, data)
                continue
            try:
                (self.root / name).unlink(missing_ok=True)
            except OSError as exc:
                raise _unwritable(self.root / name, exc) from exc

    def restore(self, issue_id: str, outputs: Mapping[str, bytes]) -> None:
        """Write outputs that issue.json makes. Call it under `lock()`.

        Raises:
            IssueFolderError: if they cannot be written.
        """
        for name, data in outputs.items():
            self._put(issue_id, name, data)

    # ------------------------------------------------------------ how

    def _put(self, issue_id: str, name: str, data: bytes) -> None:
        path = self.root / issue_id / name
        try:
            write_atomically(path, data)
        except OSError as exc:
            raise _unwritable(path, exc) from exc

    def _write_skipped(self, entries: list[Skipped], gone: list[Skipped]) -> None:
        folder = self.root / SKIPPED_FOLDER
        try:
            folder.mkdir(parents=True, exist_ok=True)
            for entry in entries:
                path = folder / _skipped_name(entry)
                if not path.exists() or decode(path.read_bytes(), Skipped) != entry:
                    write_atomically(path, pretty(entry))
            for entry in gone:
                (folder / _skipped_name(entry)).unlink(missing_ok=True)
        except OSError as exc:
            raise _unwritable(folder, exc) from exc
        self.publish(self.derived())

    def derived(self) -> dict[str, bytes | None]:
        """Return what is made of the records beside the published archive, None for what must go.

        Git joins both sides' lines of files that digest makes anew, instead of calling it a
        conflict.
        """
        skipped = sorted(self.skipped(), key=lambda s: (s.dated, s.edition))
        return {
            SKIPPED_FILE: pretty(skipped) if skipped else None,
            ATTRIBUTES_FILE: _ATTRIBUTES,
        }

    def _make_folder(
        self, folder: Path, outputs: Mapping[str, bytes], whole: FrozenIssue, editor_text: str
    ) -> bool:
        """Let the folder appear whole; False if somebody else brought it back meanwhile."""
        self.root.mkdir(parents=True, exist_ok=True)
        temporary = self.root / f"{TEMPORARY}{folder.name}-{os.getpid()}"
        temporary.mkdir()
        editors = {EDITOR_FILE: editor_text.encode()}
        try:
            for name, data in {**outputs, **editors, ISSUE_FILE: pretty(whole)}.items():
                (temporary / name).parent.mkdir(exist_ok=True)
                write_durably(temporary / name, data)
            sync_folder(temporary)
            temporary.rename(folder)
        except OSError:
            shutil.rmtree(temporary, ignore_errors=True)
            # git, or a backup that is restored, takes no lock of ours.
            if folder.is_dir():
                return False
            raise
        sync_folder(self.root)
        return True

    def _replace_files(
        self, folder: Path, outputs: Mapping[str, bytes], whole: FrozenIssue, editor_text: str
    ) -> None:
        for name, data in outputs.items():
            (folder / name).parent.mkdir(exist_ok=True)
            write_atomically(folder / name, data)
        if not (folder / EDITOR_FILE).exists():
            write_atomically(folder / EDITOR_FILE, editor_text.encode())
        write_atomically(folder / ISSUE_FILE, pretty(whole))

    def _sweep_pictures(self, folder: Path, kept: Mapping[str, bytes]) -> None:
        """Remove pictures that a draft showed before and shows no longer."""
        for picture in (folder / PICTURES).glob("*"):
            if picture.name not in kept:
                picture.unlink(missing_ok=True)

    def _decode(self, folder: Path, type_: type[Any]) -> Any:
        path = folder / ISSUE_FILE
        try:
            value = decode(path.read_bytes(), type_)
        except FileNotFoundError as exc:
            raise IssueFolderError(
                f"has no {ISSUE_FILE}",
                where=str(folder),
                hint="Restore it, or move the folder away.",
            ) from exc
        except (OSError, ValueError, RecursionError) as exc:
            raise IssueFolderError(
                f"cannot be read ({exc})",
                where=str(path),
                hint="Restore it, or move the folder away.",
            ) from exc
        if value.format != FORMAT:
            raise IssueFolderError(
                f"was written by another version (format {value.format})",
                where=str(path),
                hint="Upgrade digest.",
            )
        # A copied folder would seal, and a made-up id overwrite, what lies elsewhere.
        if value.issue.id != folder.name:
            raise IssueFolderError(
                f'is the record of another issue ("{value.issue.id[:80]}")',
                where=str(path),
                hint=f"A folder bears its issue's name: move {folder.name} out of {self.root.name}/, "
                "or give it its own name back.",
            )
        return value


def _unwritable(path: Path, error: OSError) -> IssueFolderError:
    return IssueFolderError(
        f"cannot be written ({error.strerror or error})",
        where=str(path),
        hint="Make it writable to you, or free some space.",
    )


def _skipped_name(entry: Skipped) -> str:
    return f"{entry.dated.isoformat()}-{entry.edition}.json"


def _refuse_sealed(folder: Path) -> None:
    if state_of(folder) != "draft":
        raise IssueFolderError(
            "is sealed", where=folder.name, hint="`digest approve --withdraw` opens it."
        )


def state_of(folder: Path) -> State:
    """Return how far an issue has come, from the files in its folder."""
    if (folder / DELIVERY_FILE).exists():
        return "delivered"
    return "approved" if (folder / APPROVAL_FILE).exists() else "draft"


def sha256(data: bytes) -> str:
    """Return the SHA-256 of bytes in hex."""
    return hashlib.sha256(data).hexdigest()


def _sweep(root: Path) -> None:
    """Remove what a killed process left behind; we hold the lock, so nobody is writing it."""
    for leftover in [*root.glob(f"{TEMPORARY}*"), *root.glob(f"*/{TEMPORARY}*")]:
        if leftover.is_dir() and not leftover.is_symlink():
            shutil.rmtree(leftover, ignore_errors=True)
        else:
            with suppress(OSError):
                leftover.unlink()


@contextmanager
def _alone(root: Path) -> Iterator[None]:
    """Hold `.lock` in the issues folder; wait ten seconds for it.

    Raises:
        IssueFolderError: if another process keeps it, or nothing can be written there.
    """
    with ExitStack() as stack:
        try:
            root.mkdir(parents=True, exist_ok=True)
            stack.enter_context(locked(root / ".lock", seconds=10))
            _sweep(root)
        except TimeoutError as exc:
            raise IssueFolderError(
                "another digest is writing here",
                where=str(root),
                hint="Try again when it is done.",
            ) from exc
        except OSError as exc:
            raise _unwritable(root, exc) from exc
        yield

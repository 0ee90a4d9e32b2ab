"""One issue's folder: its files, how they come to be there, and how far the issue has come.

A new folder appears whole, by a rename. One that is there is replaced file by file, issue.json
last: it holds the SHA-256 of every other file, so that a reader can tell whether all belong
together.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from digest.errors import IssueFolderError
from digest.files import Appearing, replace_in_folder, settle, write_atomically
from digest.issue.folder.alone import unwritable
from digest.issue.record import Approval, FrozenIssue, IssueSummary, PastIssue, State
from digest.machine.hashing import sha256
from digest.models import decode, pretty, replace

ISSUE_FILE = "issue.json"
EDITOR_FILE = "editor.md"
APPROVAL_FILE = "approval.json"
DELIVERY_FILE = "delivery.json"
PICTURES = "pictures"
FORMAT = 1


def decoded(folder: Path, type_: type[Any]) -> Any:
    """Return what an issue's issue.json holds, as a value of a type that may leave out most of it.

    Raises:
        IssueFolderError: if it is missing, damaged, of another format, or another issue's.
    """
    path = folder / ISSUE_FILE
    try:
        value = decode(path.read_bytes(), type_)
    except FileNotFoundError as exc:
        raise IssueFolderError(
            f"has no {ISSUE_FILE}",
            where=str(folder),
            hint="Restore it, or move the folder away.",
        ) from exc
    except (OSError, ValueError) as exc:
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
    _refuse_others(value, path)
    return value


def _refuse_others(value: Any, path: Path) -> None:
    """Refuse a record that does not belong where it stands, or speaks of files elsewhere.

    A copied folder would seal, and a made-up id overwrite, what lies elsewhere.

    Raises:
        IssueFolderError: if it is another issue's.
    """
    issue, own = value.issue, path.parent.name
    told = f"{issue.dated}-{issue.edition}"
    # By an edition or a date of another's, too, it would be listed and counted as that one's.
    foreign = next((name for name in (issue.id, told) if name != own), None)
    if foreign is not None:
        raise IssueFolderError(
            f'is the record of another issue ("{foreign[:80]}")',
            where=str(path),
            hint=f"A folder bears its issue's name: move {own} elsewhere, "
            "or give it its own name back.",
        )
    strays = [name for name in getattr(value, "digests", {}) if not _is_beside(name)]
    if strays:
        raise IssueFolderError(
            f'tells of a file that does not lie beside it ("{strays[0][:80]}")',
            where=str(path),
            hint="Restore it, or move the folder away.",
        )


def _is_beside(name: str) -> bool:
    """Tell whether a name is that of a file in the same folder."""
    return name not in ("", ".", "..") and not set(name) & {"/", "\\", "\0"}


def summary(past: PastIssue, folder: Path) -> IssueSummary:
    """Return an issue as lists show it; what its record says, and how far it has come."""
    sections = [p for section in past.sections for p in section.posts]
    same = set(IssueSummary.__struct_fields__) & set(past.__struct_fields__)
    told: dict[str, Any] = {name: getattr(past, name) for name in same}
    return IssueSummary(
        **told,
        state=state_of(folder),
        folder=folder,
        sender=past.newsletter.sender,
        posts=((past.featured, *sections) if past.featured else tuple(sections)),
    )


def editor_text(folder: Path, where: str) -> str | None:
    """Return editor.md, or None where there is none.

    Raises:
        IssueFolderError: if it is no UTF-8 text.
    """
    try:
        return (folder / EDITOR_FILE).read_text(encoding="utf-8")
    except FileNotFoundError:
        return None
    except UnicodeDecodeError as exc:
        line = exc.object.count(b"\n", 0, exc.start) + 1
        raise IssueFolderError(
            "is no UTF-8 text", where=f"{where}:{line}", hint="Save it as UTF-8."
        ) from exc
    except OSError as exc:
        hint = "See that it is a file and that you may read it."
        told = f"cannot be read ({exc.strerror or exc})"
        raise IssueFolderError(told, where=where, hint=hint) from exc


def approval(folder: Path) -> Approval | None:
    """Return the seal of an issue, or None where there is none.

    Raises:
        IssueFolderError: if approval.json is damaged, or another issue's.
    """
    path = folder / APPROVAL_FILE
    try:
        seal = decode(path.read_bytes(), Approval)
    except FileNotFoundError:
        return None
    except (OSError, ValueError) as exc:
        raise IssueFolderError(f"is damaged ({exc})", where=str(path), hint="Restore it.") from exc
    if seal.issue != folder.name:
        raise IssueFolderError(
            f'is the seal of another issue ("{seal.issue[:80]}")',
            where=str(path),
            hint="Delete it, if this issue is not approved yet; or restore its own.",
        )
    return seal


def is_whole(folder: Path, digests: Mapping[str, str]) -> bool:
    """Tell whether every output on disk is the one its SHA-256 speaks of."""
    try:
        return all(sha256((folder / name).read_bytes()) == told for name, told in digests.items())
    except OSError:  # missing, or gone while it was read
        return False


def carries(folder: Path, pictures: Iterable[str]) -> bool:
    """Tell whether the pictures of these names lie in an issue's folder."""
    return all((folder / PICTURES / name).is_file() for name in pictures)


def is_begun(folder: Path) -> bool:
    """Tell whether a folder holds an editor.md alone: what its editor says before the first build.

    So posts that are held back can be answered for where nothing else makes an issue.
    """
    try:
        return [path.name for path in folder.iterdir()] == [EDITOR_FILE]
    except OSError:
        return False


class Begun:
    """An issue whose files are written, but not yet sure to be on disk."""

    def __init__(
        self,
        folder: Path,
        frozen: FrozenIssue,
        outputs: Mapping[str, bytes],
        editor_text: str,
        pictures: Mapping[str, bytes],
    ) -> None:
        """Write an issue's files; those of an issue that is there already wait until it is `done`.

        Raises:
            IssueFolderError: if the issue is sealed or the folder cannot be written.
        """
        self._folder, self._pictures = folder, pictures
        self._whole = FrozenIssue(
            format=FORMAT,
            issue=frozen.issue,
            pages=frozen.pages,
            notes=replace(frozen.notes, lines={}),
            digests={name: sha256(data) for name, data in outputs.items()},
            made_with=frozen.made_with,
        )
        shown = {f"{PICTURES}/{name}": data for name, data in pictures.items()}
        self._files = {**shown, **outputs, ISSUE_FILE: pretty(self._whole)}
        self._editors = {EDITOR_FILE: editor_text.encode()}
        self.appearing: Appearing | None = None
        if folder.is_dir():
            _refuse_sealed(folder)
        else:
            with _writable(folder):
                self.appearing = Appearing(folder, {**self._editors, **self._files})

    def done(self) -> FrozenIssue:
        """Wait until the disk has all of it, and return what issue.json now says.

        Raises:
            IssueFolderError: if the issue was sealed meanwhile or cannot be written.
        """
        with _writable(self._folder):
            if not self._has_appeared():
                _refuse_sealed(self._folder)
                _replace_files(self._folder, self._files, self._editors)
                _sweep_pictures(self._folder, self._pictures)
        return self._whole

    def give_up(self) -> None:
        """Leave nothing of a folder that has not appeared."""
        if self.appearing and not self.appearing.is_settled:
            self.appearing.give_up()

    def _has_appeared(self) -> bool:
        """Tell whether the folder is this one; False if somebody else brought back another."""
        if self.appearing is None:
            return False
        settle([self.appearing])
        # git, or a backup that is restored, takes no lock of ours.
        if self.appearing.error and not self._folder.is_dir():
            raise self.appearing.error
        return not self.appearing.error


@contextmanager
def _writable(folder: Path) -> Iterator[None]:
    try:
        yield
    except OSError as exc:
        raise unwritable(folder, exc) from exc


def _replace_files(folder: Path, files: Mapping[str, bytes], editors: Mapping[str, bytes]) -> None:
    """Replace the files of an issue that is there, issue.json last; editor.md is its editor's."""
    if not (folder / EDITOR_FILE).exists():
        files = {**editors, **files}
    replace_in_folder(folder, files)


def _sweep_pictures(folder: Path, kept: Mapping[str, bytes]) -> None:
    """Remove pictures that a draft showed before and shows no longer."""
    for picture in (folder / PICTURES).glob("*"):
        if picture.name not in kept:
            picture.unlink(missing_ok=True)


def put(path: Path, data: bytes) -> None:
    """Write one file.

    Raises:
        IssueFolderError: if it cannot be written.
    """
    try:
        write_atomically(path, data)
    except OSError as exc:
        raise unwritable(path, exc) from exc


def _refuse_sealed(folder: Path) -> None:
    """Refuse to write into an issue that is sealed.

    Raises:
        IssueFolderError: if it is.
    """
    if state_of(folder) != "draft":
        hint = f"`digest approve {folder.name} --withdraw` opens it."
        raise IssueFolderError("is sealed", where=folder.name, hint=hint)


def state_of(folder: Path) -> State:
    """Return how far an issue has come, from the files in its folder."""
    if (folder / DELIVERY_FILE).exists():
        return "delivered"
    return "approved" if (folder / APPROVAL_FILE).exists() else "draft"

"""One issue's folder: its files, how they come to be there, and how far the issue has come.

A new folder appears whole, by a rename. One that is there is replaced file by file, issue.json
last: it holds the SHA-256 of every other file, so that a reader can tell whether all belong
together.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from digest.errors import IssueFolderError
from digest.files import (
    replace_in_folder,
    sync_folder,
    temporary_of,
    write_atomically,
    write_folder,
)
from digest.issue.folder.alone import unwritable
from digest.issue.record import Approval, FrozenIssue, IssueSummary, PastIssue, State
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


def write(
    folder: Path,
    frozen: FrozenIssue,
    outputs: Mapping[str, bytes],
    editor_text: str,
    pictures: Mapping[str, bytes],
) -> FrozenIssue:
    """Write an issue's files and return what issue.json now says, digests included.

    Raises:
        IssueFolderError: if the issue is sealed or the folder cannot be written.
    """
    whole = FrozenIssue(
        format=FORMAT,
        issue=frozen.issue,
        pages=frozen.pages,
        notes=replace(frozen.notes, lines={}),
        digests={name: sha256(data) for name, data in outputs.items()},
        made_with=frozen.made_with,
    )
    files = {**{f"{PICTURES}/{name}": data for name, data in pictures.items()}, **outputs}
    _refuse_sealed(folder)
    try:
        is_made = not folder.is_dir() and _make(folder, files, whole, editor_text)
        if not is_made:
            _refuse_sealed(folder)
            _replace_files(folder, files, whole, editor_text)
            _sweep_pictures(folder, pictures)
    except OSError as exc:
        raise unwritable(folder, exc) from exc
    return whole


def _make(folder: Path, outputs: Mapping[str, bytes], whole: FrozenIssue, editor_text: str) -> bool:
    """Let the folder appear whole; False if somebody else brought it back meanwhile."""
    folder.parent.mkdir(parents=True, exist_ok=True)
    temporary = temporary_of(folder)
    temporary.mkdir()
    editors = {EDITOR_FILE: editor_text.encode()}
    try:
        write_folder(temporary, {**outputs, **editors, ISSUE_FILE: pretty(whole)})
        temporary.rename(folder)
    except OSError:
        import shutil

        shutil.rmtree(temporary, ignore_errors=True)
        # git, or a backup that is restored, takes no lock of ours.
        if folder.is_dir():
            return False
        raise
    sync_folder(folder.parent)
    return True


def _replace_files(
    folder: Path, outputs: Mapping[str, bytes], whole: FrozenIssue, editor_text: str
) -> None:
    """Replace the files of an issue that is there, issue.json last."""
    if not (folder / EDITOR_FILE).exists():
        outputs = {**outputs, EDITOR_FILE: editor_text.encode()}
    replace_in_folder(folder, {**outputs, ISSUE_FILE: pretty(whole)})


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

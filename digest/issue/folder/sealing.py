"""Which issues were ever sealed: a small file each, apart from their folders.

So a folder that somebody deletes by mistake is missed, whatever else was approved or made anew
since, and on every machine that git brings it to.
"""

from __future__ import annotations

from pathlib import Path

from digest.errors import IssueFolderError
from digest.files import write_atomically
from digest.issue.folder import places
from digest.issue.folder.alone import unwritable
from digest.issue.record import Sealed
from digest.models import decode, pretty

SEALED_FOLDER = "sealed"
_SUFFIX = ".json"


def ids(root: Path, edition: str | None = None) -> list[str]:
    """Return the issues that were sealed below a folder, of one edition or all, oldest first."""
    names = places.names(root / SEALED_FOLDER)
    stems = (name.removesuffix(_SUFFIX) for name in names if name.endswith(_SUFFIX))
    return sorted(
        stem for stem in stems if edition in (None, places.edition_of(stem)) and places.is_id(stem)
    )


def read(root: Path, issue_id: str) -> Sealed:
    """Return what is remembered of a sealed issue.

    Raises:
        IssueFolderError: if the record is damaged.
    """
    path = _path(root, issue_id)
    try:
        return decode(path.read_bytes(), Sealed)
    except (OSError, ValueError) as exc:
        hint = "Restore it; or delete it, if that issue was never sent."
        raise IssueFolderError(f"cannot be read ({exc})", where=str(path), hint=hint) from exc


def remember(root: Path, issue_id: str, sealed: Sealed) -> None:
    """Remember that an issue was sealed.

    Raises:
        IssueFolderError: if it cannot be written.
    """
    path = _path(root, issue_id)
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        write_atomically(path, pretty(sealed))
    except OSError as exc:
        raise unwritable(path, exc) from exc


def forget(root: Path, issue_id: str) -> None:
    """Forget an issue whose seal was taken back.

    Raises:
        IssueFolderError: if the record cannot be removed.
    """
    path = _path(root, issue_id)
    try:
        path.unlink(missing_ok=True)
    except OSError as exc:
        raise unwritable(path, exc) from exc


def _path(root: Path, issue_id: str) -> Path:
    return root / SEALED_FOLDER / f"{issue_id}{_SUFFIX}"

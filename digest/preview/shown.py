"""What the preview shows: one issue as its folder holds it, and what is wrong at the moment."""

from __future__ import annotations

from pathlib import Path

from digest.errors import DigestError, IssueFolderError
from digest.issue.folder import PICTURES, IssueFolders, state_of
from digest.issue.record import State
from digest.models import Value

EMAIL, TEXT, WEB = "email.html", "email.txt", "web.html"


class Shown(Value, frozen=True):
    """Hold everything the page tells of an issue; `outputs` are its files by name, byte for byte.

    `pictures` are those that it carries, by the addresses under which its pages show them.
    """

    id: str
    newsletter: str
    title: str
    number: int
    state: State
    subject: str
    preheader: str
    posts: int
    outputs: dict[str, bytes]
    is_whole: bool = True
    pictures: dict[str, bytes] = {}


class Trouble(Value, frozen=True):
    """Hold what is wrong, where, and what to do about it, as the page's banner says it."""

    message: str
    where: str = ""
    hint: str = ""

    @classmethod
    def of(cls, error: DigestError) -> Trouble:
        """Return what an error says."""
        return cls(message=error.message, where=error.where, hint=error.hint)


def read(folders: IssueFolders, issue_id: str) -> Shown:
    """Return the issue as it lies on disk.

    Raises:
        IssueFolderError: if issue.json or an output is missing or cannot be read.
    """
    frozen = folders.read(issue_id)
    issue, folder = frozen.issue, folders.root / issue_id
    try:
        outputs = {name: (folder / name).read_bytes() for name in (EMAIL, TEXT, WEB)}
    except OSError as exc:
        raise IssueFolderError(
            f"cannot be read ({exc.strerror})",
            where=str(exc.filename or folder),
            hint="`digest build` writes a draft again.",
        ) from exc
    return Shown(
        id=issue.id,
        newsletter=issue.newsletter.name,
        title=issue.title,
        number=issue.number,
        state=state_of(folder),
        subject=issue.subject,
        preheader=issue.preheader,
        posts=issue.count,
        outputs=outputs,
        is_whole=folders.is_whole(frozen),
        pictures=_pictures(folder, issue.newsletter.archive),
    )


def _pictures(folder: Path, archive: str) -> dict[str, bytes]:
    base = f"{archive.rstrip('/')}/{folder.name}/" if archive else ""
    found = sorted((folder / PICTURES).glob("*"))
    return {f"{base}{PICTURES}/{path.name}": path.read_bytes() for path in found}

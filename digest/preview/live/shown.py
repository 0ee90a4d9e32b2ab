"""What the preview shows: one issue as its folder holds it, and what is wrong at the moment."""

from __future__ import annotations

from pathlib import Path

from digest.errors import DigestError, IssueFolderError, Unforeseen
from digest.issue.folder import EDITOR_FILE, PICTURES, IssueFolders, state_of
from digest.issue.record import FrozenIssue, State
from digest.machine.hashing import sha256
from digest.models import Issue, Value

EMAIL, TEXT, WEB = "email.html", "email.txt", "web.html"


class Shown(Value):
    """Hold everything the page tells of an issue; `outputs` are its files by name, byte for byte.

    `pictures` are those that it carries, by the addresses under which its pages show them.
    `editor` is editor.md as it lies there, None without one.
    """

    frozen: FrozenIssue
    state: State
    outputs: dict[str, bytes]
    editor: str | None = None
    is_whole: bool = True
    pictures: dict[str, bytes] = {}

    @property
    def digests(self) -> dict[str, str]:
        """Return what tells each file from what it was before, as frames are marked with it."""
        return {name: sha256(data)[:16] for name, data in self.outputs.items()}

    @property
    def issue(self) -> Issue:
        """Return the issue itself."""
        return self.frozen.issue

    @property
    def id(self) -> str:
        """Return the issue's id."""
        return self.frozen.issue.id

    @property
    def is_draft(self) -> bool:
        """Tell whether the issue may still be changed."""
        return self.state == "draft"


class Trouble(Value):
    """Hold what is wrong, where, and what to do about it, as the page's banner says it.

    `trace` is the traceback of a fault of ours, for the terminal.
    """

    message: str
    where: str = ""
    hint: str = ""
    trace: str = ""

    @classmethod
    def of(cls, error: DigestError) -> Trouble:
        """Return what an error says."""
        trace = error.trace if isinstance(error, Unforeseen) else ""
        return cls(message=error.message, where=error.where, hint=error.hint, trace=trace)


def read(folders: IssueFolders, issue_id: str) -> Shown:
    """Return the issue as it lies on disk.

    Raises:
        IssueFolderError: if issue.json or an output is missing or cannot be read.
    """
    frozen = folders.read(issue_id)
    folder = folders.folder(issue_id)
    try:
        outputs = {name: (folder / name).read_bytes() for name in (EMAIL, TEXT, WEB)}
    except OSError as exc:
        raise IssueFolderError(
            f"cannot be read ({exc.strerror})",
            where=str(exc.filename or folder),
            hint=f"`digest rebuild {issue_id}` makes it again.",
        ) from exc
    return Shown(
        frozen=frozen,
        state=state_of(folder),
        outputs=outputs,
        editor=_editor_text(folders, issue_id),
        is_whole=folders.is_whole(frozen),
        pictures=_pictures(folder, frozen.issue.newsletter.archive),
    )


def _editor_text(folders: IssueFolders, issue_id: str) -> str | None:
    """Return editor.md; one that cannot be read is a trouble of the build, not of what is shown."""
    try:
        # with its line ends as they are: what is compared is what lies there
        return (folders.root / issue_id / EDITOR_FILE).read_bytes().decode("utf-8")
    except (OSError, UnicodeDecodeError):
        return None


def _pictures(folder: Path, archive: str) -> dict[str, bytes]:
    base = f"{archive.rstrip('/')}/{folder.name}/" if archive else ""
    found = sorted((folder / PICTURES).glob("*"))
    return {f"{base}{PICTURES}/{path.name}": path.read_bytes() for path in found}

"""What an issue's folder records, as the values that its JSON files hold."""

from datetime import date, datetime
from pathlib import Path
from typing import Literal

from digest.models import (
    Decision,
    EditorNotes,
    Finding,
    Issue,
    Remembered,
    Rendered,
    Selectors,
    Value,
    Window,
)

State = Literal["draft", "approved", "delivered"]


class FrozenIssue(Value):
    """Hold issue.json: the issue, its compiled pages, and each output's SHA-256 (hex) by file name.

    `notes` is what editor.md said when the issue was built, without line numbers. `made_with` names
    the tools by their versions, and the template's files by a hash.
    """

    format: int
    issue: Issue
    pages: Rendered
    notes: EditorNotes = EditorNotes()
    digests: dict[str, str] = {}
    made_with: dict[str, str] = {}


class Approval(Value):
    """Hold approval.json, the seal: the SHA-256 (hex) of each output, and what no file holds.

    `anyway` is the reason for which it was sealed in spite of errors, `findings` are those errors.
    """

    issue: str
    approved_at: datetime
    subject: str
    preheader: str
    digests: dict[str, str]
    anyway: str = ""
    findings: tuple[Finding, ...] = ()


class PastPost(Value):
    """Hold what selection needs to know of a post that an issue holds."""

    id: str
    permalink: str = ""
    title: str = ""
    fingerprint: str = ""
    sketch: str = ""
    date_iso: str = ""
    byline: str = ""


class PastLetter(Value):
    """Hold who sent an issue."""

    sender: str = ""


class PastSection(Value):
    """Hold the posts of a section, of which no more is read than selection needs."""

    posts: tuple[PastPost, ...] = ()


class PastIssue(Value):
    """Hold an issue as far as lists and selection need it."""

    id: str
    edition: str
    number: int
    dated: date
    window: Window
    newsletter: PastLetter = PastLetter()
    title: str = ""
    built_at: datetime | None = None
    subject: str = ""
    preheader: str = ""
    featured: PastPost | None = None
    sections: tuple[PastSection, ...] = ()
    updates: tuple[PastPost, ...] = ()
    considered: tuple[str, ...] = ()
    carried: tuple[str, ...] = ()
    decisions: tuple[Decision, ...] = ()
    remembered: tuple[Remembered, ...] = ()
    sealed: tuple[str, ...] = ()
    selectors: Selectors | None = None


class PastFile(Value):
    """Hold issue.json without its pages, which are most of it."""

    format: int
    issue: PastIssue


class IssueSummary(Value):
    """Hold what a list of issues shows and what choosing the next one needs.

    `folder` is absolute.
    """

    id: str
    edition: str
    number: int
    dated: date
    window: Window
    state: State
    folder: Path
    sender: str = ""
    title: str = ""
    built_at: datetime | None = None
    subject: str = ""
    preheader: str = ""
    posts: tuple[PastPost, ...] = ()
    updates: tuple[PastPost, ...] = ()
    considered: tuple[str, ...] = ()
    carried: tuple[str, ...] = ()
    decisions: tuple[Decision, ...] = ()
    remembered: tuple[Remembered, ...] = ()
    sealed: tuple[str, ...] = ()
    selectors: Selectors | None = None

    @property
    def html_bytes(self) -> int:
        """Return the size of email.html in bytes, 0 if it is not there."""
        try:
            return (self.folder / "email.html").stat().st_size
        except OSError:
            return 0


class Sealed(Value):
    """Remember a sealed issue beside its folder: when its posts were from, and which they were.

    Without a window nothing but its name is known.
    """

    window: Window | None = None
    posts: tuple[str, ...] = ()


class Skipped(Value):
    """Record a date on which an edition had nothing to send; its window stays open for the next.

    `remembered` is what its editor dropped: the folder of a draft without a post will be removed.
    """

    edition: str
    dated: date
    window: Window
    posts: int
    remembered: tuple[Remembered, ...] = ()

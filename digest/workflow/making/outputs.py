"""Makes an issue's files from its record, and the newsletter as issues show it."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from digest import rendering
from digest.errors import DigestError, IssueFolderError
from digest.issue import composition
from digest.issue.folder import ISSUE_FILE
from digest.issue.record import FrozenIssue
from digest.models import (
    Issue,
    NewsletterView,
    Page,
)
from digest.workflow.project import Project


def letter_of(project: Project) -> NewsletterView:
    """Return the newsletter as issues show it."""
    letter = project.config.newsletter
    return composition.letter_view(
        name=letter.name,
        url=letter.url,
        language=letter.language,
        timezone=letter.timezone,
        sender=letter.sender,
        address=letter.address,
        unsubscribe=letter.unsubscribe,
        archive=letter.archive,
    )


def outputs(frozen: FrozenIssue, email: str = "") -> dict[str, bytes]:
    """Return every output file of an issue by name: a pure function of what issue.json froze.

    `email` is the email's HTML if whoever asks has filled it in already, as `email_html` does.
    """
    from digest.issue import message

    issue, pages = frozen.issue, frozen.pages
    own, plain = rendering.dialect(issue.service), rendering.dialect("plain")
    email = email or email_html(issue, pages.email)
    text = rendering.fill(pages.text, own, issue)
    # What travels as a message is in no service's dialect, nor are most issues.
    is_plain = own == plain
    return {
        "email.html": email.encode(),
        "email.txt": text.encode(),
        "message.eml": message.write(
            issue,
            email if is_plain else rendering.fill(pages.email, plain, issue),
            text if is_plain else rendering.fill(pages.text, plain, issue),
        ),
        "web.html": rendering.fill(pages.web, plain, issue).encode(),
    }


@contextmanager
def from_record(folder: Path) -> Iterator[None]:
    """Tell what an issue.json lacks, of which no page or file can be made inside.

    It may be anybody's by now, so that anything may be wrong with it.

    Raises:
        IssueFolderError: if anything is.
    """
    try:
        yield
    except DigestError:
        raise
    # The one place that takes any fault: a record of anybody's may be wrong in any way.
    except Exception as exc:
        raise IssueFolderError(
            f"no issue can be made of it any more ({exc})",
            where=str(folder / ISSUE_FILE),
            hint="Restore it from a backup or from git.",
        ) from exc


def email_html(issue: Issue, page: Page) -> str:
    """Return the HTML of the email in the dialect of its edition's service; it is ASCII."""
    return rendering.fill(page, rendering.dialect(issue.service), issue)

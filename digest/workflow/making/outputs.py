"""Makes an issue's files from its record, and the newsletter as issues show it."""

from __future__ import annotations

from digest import rendering
from digest.issue import composition
from digest.issue.record import FrozenIssue
from digest.models import (
    Issue,
    NewsletterView,
    Rendered,
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


def outputs(frozen: FrozenIssue) -> dict[str, bytes]:
    """Return every output file of an issue by name: a pure function of what issue.json froze."""
    from digest.issue import message

    issue, pages = frozen.issue, frozen.pages
    own, plain = rendering.dialect(issue.service), rendering.dialect("plain")
    return {
        "email.html": rendering.fill(pages.email, own, issue).encode(),
        "email.txt": rendering.fill(pages.text, own, issue).encode(),
        "message.eml": message.write(
            issue,
            rendering.fill(pages.email, plain, issue),
            rendering.fill(pages.text, plain, issue),
        ),
        "web.html": rendering.fill(pages.web, plain, issue).encode(),
    }


def email_html(issue: Issue, pages: Rendered) -> bytes:
    """Return the HTML of the email in the dialect of its edition's service."""
    return rendering.fill(pages.email, rendering.dialect(issue.service), issue).encode()

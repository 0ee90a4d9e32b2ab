"""Resend Broadcasts: https://resend.com/docs/api-reference/broadcasts and its OpenAPI file."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, ClassVar

from digest.models import Value
from digest.services.access import HttpService
from digest.services.base import Capabilities, Copy, Draft, Letter

# The newest thousand: an issue's draft is looked for soon after it was made.
_PAGES = 10


class Broadcast(Value):
    """Read one broadcast: lists leave most of it out, the answer to a creation all but the id."""

    id: str
    name: str | None = None
    status: str = "draft"
    subject: str | None = None
    preview_text: str | None = None
    html: str | None = None
    text: str | None = None


class Page(Value):
    """Read a page of broadcasts."""

    data: tuple[Broadcast, ...] = ()
    has_more: bool = False


class Domain(Value):
    """Read a domain."""

    name: str = ""
    status: str = ""


class Domains(Value):
    """Read the domains that may send."""

    data: tuple[Domain, ...] = ()


class Resend(HttpService):
    """Keep drafts as broadcasts; the key ends the name."""

    about: ClassVar[Capabilities] = Capabilities(
        title="Resend",
        api="https://api.resend.com",
        plan="any with broadcasts",
    )
    rehearsed: ClassVar[Mapping[str, Any]] = {"id": "ID"}

    def check(self) -> str:
        """Return the domains that may send."""
        found = self.client.get("/domains", Domains).data
        verified = [domain.name for domain in found if domain.status == "verified"]
        return f"domains {', '.join(verified)}" if verified else "no domain is verified yet"

    def find(self, letter: Letter) -> Sequence[Draft]:
        """Return the broadcasts whose name holds the key, among the newest thousand."""
        found: list[Draft] = []
        after: str | None = None
        for _ in range(_PAGES):
            answer = self.client.get("/broadcasts", Page, limit=100, after=after)
            found += [_draft(b) for b in answer.data if letter.key in (b.name or "")]
            if not answer.has_more or not answer.data:
                break
            after = answer.data[-1].id
        return found

    def fetch(self, draft_id: str) -> Draft:
        """Return one broadcast."""
        return _draft(self._broadcast(draft_id))

    def create(self, letter: Letter) -> Draft:
        """Make a broadcast that is a draft."""
        # One word sends, so its opposite is said and not left to a default.
        data = {**self._payload(letter), "send": False}
        return _draft(self.client.ask("POST", "/broadcasts", Broadcast, data=data))

    def update(self, draft: Draft, letter: Letter) -> Draft:
        """Write every field anew."""
        path, data = f"/broadcasts/{draft.id}", self._payload(letter)
        self.client.ask("PATCH", path, Broadcast, data=data, may_repeat=True)
        return draft

    def set_back(self, draft: Draft) -> None:
        """Stop what is queued or has a time."""
        self.do("POST", f"/broadcasts/{draft.id}/cancel", may_repeat=True)

    def read(self, draft: Draft) -> Copy:
        """Return the broadcast as Resend keeps it."""
        found = self._broadcast(draft.id)
        return Copy(
            subject=found.subject, preheader=found.preview_text, html=found.html, text=found.text
        )

    def _broadcast(self, draft_id: str) -> Broadcast:
        return self.client.get(f"/broadcasts/{draft_id}", Broadcast)

    def _payload(self, letter: Letter) -> dict[str, Any]:
        data = {
            "name": letter.name,
            "segment_id": letter.audience,
            "from": self.settings.sender or self._from(letter),
            "subject": letter.subject,
            "html": letter.html,
            "text": letter.text,
        }
        return {**data, "preview_text": letter.preheader} if letter.preheader else data

    def _from(self, letter: Letter) -> str:
        from email.utils import formataddr

        return formataddr((letter.sender_name, self.sender_address(letter)))


def _draft(found: Broadcast) -> Draft:
    return Draft(
        id=found.id,
        status=found.status,
        is_draft=found.status == "draft",
        url=f"https://resend.com/broadcasts/{found.id}",
        name=found.name or "",
    )

"""Keila: https://www.keila.io/api and its source, lib/keila_web/api (2026-06)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, ClassVar

from digest.models import Value
from digest.services.access import HttpService
from digest.services.base import Capabilities, Copy, Draft, Letter


class Campaign(Value):
    """Read one campaign."""

    id: str
    subject: str | None = None
    preview_text: str | None = None
    html_body: str | None = None
    text_body: str | None = None
    data: dict[str, Any] | None = None
    sent_at: str | None = None
    scheduled_for: str | None = None


class One(Value):
    """Read an answer that holds one campaign."""

    data: Campaign


class Page(Value):
    """Read all campaigns of a project."""

    data: tuple[Campaign, ...] = ()


class Keila(HttpService):
    """Keep drafts as HTML campaigns; the key stands in their free data."""

    about: ClassVar[Capabilities] = Capabilities(
        title="Keila",
        api="https://app.keila.io",
        audience="optional",
        plan="any, or your own server, of a version with campaigns of the type html",
    )
    rehearsed: ClassVar[Mapping[str, Any]] = {"data": {"id": "ID"}}

    def check(self) -> str:
        """Say how many campaigns our key sees."""
        found = self.client.get("/api/v1/campaigns", Page).data
        return f"the key sees a project of {len(found)} campaigns"

    def find(self, letter: Letter) -> Sequence[Draft]:
        """Return the campaigns whose data hold the key."""
        found = self.client.get("/api/v1/campaigns", Page).data
        return [self._draft(c) for c in found if (c.data or {}).get("digest_key") == letter.key]

    def fetch(self, draft_id: str) -> Draft:
        """Return one campaign."""
        return self._draft(self._campaign(draft_id))

    def create(self, letter: Letter) -> Draft:
        """Make a campaign, a draft as long as it has no time."""
        data = self._payload(letter)
        return self._draft(self.client.ask("POST", "/api/v1/campaigns", One, data=data).data)

    def update(self, draft: Draft, letter: Letter) -> Draft:
        """Write every field anew."""
        path, data = f"/api/v1/campaigns/{draft.id}", self._payload(letter)
        return self._draft(self.client.ask("PATCH", path, One, data=data, may_repeat=True).data)

    def set_back(self, draft: Draft) -> None:
        """Take it away, since Keila's API cannot unschedule."""
        self.do("DELETE", f"/api/v1/campaigns/{draft.id}")

    def read(self, draft: Draft) -> Copy:
        """Return the campaign as Keila keeps it."""
        found = self._campaign(draft.id)
        return Copy(
            subject=found.subject,
            preheader=found.preview_text,
            html=found.html_body,
            text=found.text_body,
        )

    def _campaign(self, draft_id: str) -> Campaign:
        return self.client.get(f"/api/v1/campaigns/{draft_id}", One).data

    def _payload(self, letter: Letter) -> dict[str, Any]:
        data: dict[str, Any] = {
            "subject": letter.subject,
            "preview_text": letter.preheader,
            # Of its kinds of campaign the one that keeps a page as it is.
            "settings": {"type": "html"},
            "html_body": letter.html,
            "text_body": letter.text,
            "data": {"digest_key": letter.key},
        }
        if letter.audience:
            data["segment_id"] = letter.audience
        if self.settings.sender:
            data["sender_id"] = self.settings.sender
        return {"data": data}

    def _draft(self, found: Campaign) -> Draft:
        is_draft = not (found.sent_at or found.scheduled_for)
        gone = "sent" if found.sent_at else "scheduled"
        return Draft(
            id=found.id,
            status="draft" if is_draft else gone,
            is_draft=is_draft,
            # The address of a campaign holds its project, which the API does not tell.
            url=self.client.base,
            name=found.subject or "",
        )

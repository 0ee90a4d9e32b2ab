"""listmonk: https://listmonk.app/docs/apis/campaigns/ and its source, cmd/campaigns.go (6.2)."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from typing import Any, ClassVar

from digest.errors import ServiceError
from digest.models import Value
from digest.services.access import HttpService, numbers, parted
from digest.services.base import Capabilities, Copy, Draft, Letter

_PAGE = 100
# a template that is nothing but the place of the content; listmonk's own wraps a page into another
_PASSES_THROUGH = re.compile(r'\s*\{\{-?\s*template\s+"content"\s+\.\s*-?\}\}\s*')


class Campaign(Value):
    """Read one campaign."""

    id: int
    name: str = ""
    subject: str = ""
    status: str = ""
    altbody: str | None = None
    tags: tuple[str, ...] | None = ()
    template_id: int | None = None


class One(Value):
    """Read an answer that holds one campaign."""

    data: Campaign


class Found(Value):
    """Read a page of campaigns."""

    results: tuple[Campaign, ...] = ()
    total: int = 0


class Page(Value):
    """Read an answer that holds a page of campaigns."""

    data: Found


class Template(Value):
    """Read one template."""

    id: int
    body: str = ""
    type: str = "campaign"


class Templates(Value):
    """Read an answer that holds templates."""

    data: tuple[Template, ...] = ()


class Named(Value):
    """Read a name."""

    username: str = ""


class Account(Value):
    """Read who we are."""

    data: Named


class Listmonk(HttpService):
    """Keep drafts as campaigns; the key is a tag."""

    about: ClassVar[Capabilities] = Capabilities(
        title="listmonk",
        preheader=False,
        read_back="rendered",
        tests=True,
        needs_user=True,
        template="its default template wraps the page, unless one only passes the content through",
        plan="your own server",
    )
    rehearsed: ClassVar[Mapping[str, Any]] = {
        "data": {"id": 0, "status": "draft", "tags": ["digest"]}
    }

    def home(self) -> str:
        """Return nothing: everybody has a server of their own."""
        return ""

    def headers(self) -> Mapping[str, str]:
        """Return the header of an API user's token."""
        user, key = self.secrets.user.reveal(), self.secrets.key.reveal()
        return {"authorization": f"token {user}:{key}"}

    def check(self) -> str:
        """Return whose token it is."""
        found = self.client.get("/api/profile", Account)
        return f"signed in as {found.data.username}" if found.data.username else "signed in"

    def find(self, letter: Letter) -> Sequence[Draft]:
        """Return the campaigns that carry the key as a tag."""
        found: list[Draft] = []
        page, total = 1, 1
        while (page - 1) * _PAGE < total:
            answer = self.client.get(
                "/api/campaigns", Page, tag=letter.key, no_body="true", page=page, per_page=_PAGE
            ).data
            # versions before tags could be asked for return all campaigns
            found += [self._draft(c) for c in answer.results if letter.key in (c.tags or ())]
            page, total = page + 1, answer.total
        return found

    def get(self, draft_id: str) -> Draft | None:
        """Return what has this id, None if there is nothing.

        Of what was deleted listmonk says 400, in the words of its own language.
        """
        try:
            return super().get(draft_id)
        except ServiceError as error:
            if error.kind == "validation":
                return None
            raise

    def fetch(self, draft_id: str) -> Draft:
        """Return one campaign."""
        return self._draft(self._campaign(draft_id))

    def create(self, letter: Letter) -> Draft:
        """Make a campaign, which is always a draft."""
        data = self._payload(letter)
        return self._draft(self.client.ask("POST", "/api/campaigns", One, data=data).data)

    def update(self, draft: Draft, letter: Letter) -> Draft:
        """Write every field anew."""
        data = self._payload(letter)
        answer = self.client.ask("PUT", f"/api/campaigns/{draft.id}", One, data=data)
        return self._draft(answer.data)

    def set_back(self, draft: Draft) -> None:
        """Make it a draft again, which listmonk allows of a scheduled campaign only.

        Else delete it.
        """
        if draft.status == "scheduled":
            self.do("PUT", f"/api/campaigns/{draft.id}/status", {"status": "draft"})
        else:
            self.do("DELETE", f"/api/campaigns/{draft.id}")

    def read(self, draft: Draft) -> Copy:
        """Return the page as listmonk renders it for a subscriber that does not exist."""
        campaign = self._campaign(draft.id)
        html = self.client.text(f"/api/campaigns/{draft.id}/preview")
        return Copy(
            subject=campaign.subject,
            html=html,
            text=campaign.altbody,
            is_rendered=True,
            findings=self._wrapped(campaign),
        )

    def test(self, draft: Draft, letter: Letter, addresses: Sequence[str]) -> None:
        """Mail a test to addresses that must be subscribers already."""
        data = {**self._payload(letter), "subscribers": list(addresses)}
        self.do("POST", f"/api/campaigns/{draft.id}/test", data)

    def schedule(self, draft: Draft, letter: Letter, at: datetime) -> None:
        """Give the campaign its time, then its state."""
        # The time first: the state means nothing without one.
        data = {**self._payload(letter), "send_at": at.astimezone(UTC).isoformat()}
        self.do("PUT", f"/api/campaigns/{draft.id}", data)
        self.do("PUT", f"/api/campaigns/{draft.id}/status", {"status": "scheduled"})

    def _campaign(self, draft_id: str) -> Campaign:
        return self.client.get(f"/api/campaigns/{draft_id}", One).data

    def _payload(self, letter: Letter) -> dict[str, Any]:
        lists, _ = parted(letter.audience)
        data: dict[str, Any] = {
            "name": letter.name,
            "subject": letter.subject,
            "lists": numbers(lists, self.settings),
            "type": "regular",
            "content_type": "html",
            "body": letter.html,
            "altbody": letter.text,
            "messenger": "email",
            # The key by which it is found again; the header tells a reader of the mail's source.
            "tags": ["digest", letter.key],
            "headers": [{"X-Digest-Key": letter.key}],
        }
        template = self._template()
        if template is not None:
            data["template_id"] = template
        if self.settings.sender:
            data["from_email"] = self.settings.sender
        return data

    def _wrapped(self, campaign: Campaign) -> tuple[str, ...]:
        """Return what to say of a template that puts a page of its own around ours."""
        if campaign.template_id is None or campaign.template_id in self._passing():
            return ()
        return (
            f"its template {campaign.template_id} wraps the page in another one; make a template "
            f"that"
            ' is nothing but {{ template "content" . }}, and it is used',
        )

    def _passing(self) -> list[int]:
        """Return the templates that only pass the content through."""
        known = self.client.get("/api/templates", Templates, no_body="false").data
        return [template.id for template in known if _PASSES_THROUGH.fullmatch(template.body)]

    def _template(self) -> int | None:
        """Return the template that digest.toml names, else the first that only passes through."""
        if self.option("template") is not None:
            return int(self.option("template"))
        if self.client.wire.rehearsal is not None:
            return None
        return next(iter(self._passing()), None)

    def _draft(self, campaign: Campaign) -> Draft:
        return Draft(
            id=str(campaign.id),
            status=campaign.status,
            is_draft=campaign.status == "draft",
            url=f"{self.client.base}/admin/campaigns/{campaign.id}",
            name=campaign.name,
        )

"""Brevo: https://developers.brevo.com/reference/create-email-campaign and its OpenAPI file."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from typing import Any, ClassVar

from digest.models import Value
from digest.services.access import HttpService, numbers, parted
from digest.services.base import Capabilities, Copy, Draft, Letter

# The newest thousand: an issue's draft is looked for soon after it was made.
_PAGE, _PAGES = 100, 10


class Made(Value):
    """Read the answer to a creation."""

    id: int


class Campaign(Value, rename="camel"):
    """Read one campaign."""

    id: int
    name: str = ""
    status: str = ""
    subject: str | None = None
    preview_text: str | None = None
    html_content: str | None = None


class Page(Value):
    """Read a page of campaigns."""

    campaigns: tuple[Campaign, ...] = ()
    count: int = 0


class Plan(Value):
    """Read a plan."""

    type: str = ""


class Account(Value):
    """Read who we are."""

    email: str = ""
    plan: tuple[Plan, ...] = ()


class Brevo(HttpService):
    """Keep drafts as email campaigns; the key ends the name."""

    about: ClassVar[Capabilities] = Capabilities(
        title="Brevo",
        api="https://api.brevo.com/v3",
        text=False,
        tests=True,
        plan="any",
        limits={"html": 1_000_000},
    )
    rehearsed: ClassVar[Mapping[str, Any]] = {"id": 0, "status": "draft"}

    def headers(self) -> Mapping[str, str]:
        """Return the header of an API key."""
        return {"api-key": self.secrets.key.reveal()}

    def check(self) -> str:
        """Return whose account it is, and its plan."""
        found = self.client.get("/account", Account)
        plans = ", ".join(plan.type for plan in found.plan)
        return f"account {found.email}" + (f", plan {plans}" if plans else "")

    def find(self, letter: Letter) -> Sequence[Draft]:
        """Return the campaigns whose name ends with the key, among the newest thousand."""
        found: list[Draft] = []
        for page in range(_PAGES):
            answer = self.client.get(
                "/emailCampaigns",
                Page,
                limit=_PAGE,
                offset=page * _PAGE,
                sort="desc",
                excludeHtmlContent="true",
            )
            found += [_draft(c) for c in answer.campaigns if letter.key in c.name]
            if len(answer.campaigns) < _PAGE:
                break
        return found

    def fetch(self, draft_id: str) -> Draft:
        """Return one campaign."""
        return _draft(self._campaign(draft_id))

    def create(self, letter: Letter) -> Draft:
        """Make a campaign, a draft as long as it has no time."""
        made = self.client.ask("POST", "/emailCampaigns", Made, data=self._payload(letter))
        return Draft(id=str(made.id), status="draft", is_draft=True, url=_url(made.id))

    def update(self, draft: Draft, letter: Letter) -> Draft:
        """Write every field anew."""
        self.do("PUT", f"/emailCampaigns/{draft.id}", self._payload(letter))
        return draft

    def set_back(self, draft: Draft) -> None:
        """Make it a draft again."""
        self.do("PUT", f"/emailCampaigns/{draft.id}/status", {"status": "draft"})

    def read(self, draft: Draft) -> Copy:
        """Return the campaign as Brevo keeps it."""
        found = self._campaign(draft.id)
        return Copy(subject=found.subject, preheader=found.preview_text, html=found.html_content)

    def test(self, draft: Draft, letter: Letter, addresses: Sequence[str]) -> None:
        """Mail a test; without any address Brevo would mail its whole test list."""
        if addresses:
            self.do("POST", f"/emailCampaigns/{draft.id}/sendTest", {"emailTo": list(addresses)})

    def schedule(self, draft: Draft, letter: Letter, at: datetime) -> None:
        """Give the campaign its time."""
        moment = at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S.000Z")
        self.do("PUT", f"/emailCampaigns/{draft.id}", {"scheduledAt": moment})

    def _campaign(self, draft_id: str) -> Campaign:
        return self.client.get(f"/emailCampaigns/{draft_id}", Campaign)

    def _payload(self, letter: Letter) -> dict[str, Any]:
        lists, segments = parted(letter.audience)
        recipients = {
            "listIds": numbers(lists, self.settings),
            "segmentIds": numbers(segments, self.settings),
        }
        preheader = {"previewText": letter.preheader} if letter.preheader else {}
        return {
            "name": letter.name,
            "subject": letter.subject,
            **preheader,
            "sender": self._sender(letter),
            "htmlContent": letter.html,
            # No list at all is a draft without an audience.
            "recipients": {name: ids for name, ids in recipients.items() if ids},
            "tag": "digest",
            "mirrorActive": True,  # else {{ mirror }} leads nowhere
        }

    def _sender(self, letter: Letter) -> dict[str, Any]:
        """Return who sends it: an id of Brevo's, or name and address, never both."""
        if self.settings.sender:
            return {"id": numbers([self.settings.sender], self.settings)[0]}
        return {"name": letter.sender_name, "email": self.sender_address(letter)}


def _draft(campaign: Campaign) -> Draft:
    return Draft(
        id=str(campaign.id),
        status=campaign.status,
        is_draft=campaign.status == "draft",
        url=_url(campaign.id),
        name=campaign.name,
    )


def _url(campaign_id: int) -> str:
    return f"https://app.brevo.com/campaign/classic/{campaign_id}/overview"

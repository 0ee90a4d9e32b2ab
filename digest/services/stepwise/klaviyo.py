"""Klaviyo: https://github.com/klaviyo/openapi, revision 2026-07-15."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from contextlib import suppress
from typing import Any, ClassVar

from digest.errors import ServiceError
from digest.models import Value
from digest.services.access import HttpService, parted
from digest.services.base import Capabilities, Copy, Draft, Letter

# Klaviyo's API is dated: an answer keeps the shape that it had on this day.
REVISION = "2026-07-15"
_JSON = "application/vnd.api+json"
# The list of campaigns wants to be told a channel.
_EMAIL = "equals(messages.channel,'email')"


class Content(Value):
    """Read what the head of a message says."""

    subject: str | None = None
    preview_text: str | None = None


class Definition(Value):
    """Read a message's definition."""

    content: Content = Content()


class Told(Value):
    """Read the attributes of campaigns, messages and templates alike."""

    name: str = ""
    status: str = ""
    definition: Definition | None = None
    html: str | None = None
    text: str | None = None


class Thing(Value):
    """Read one resource of the API."""

    id: str
    type: str = ""
    attributes: Told = Told()


class One(Value):
    """Read an answer that holds one resource."""

    data: Thing


class Many(Value):
    """Read an answer that holds resources, and others that belong to them."""

    data: tuple[Thing, ...] = ()
    included: tuple[Thing, ...] = ()


class Organization(Value):
    """Read the name of an account."""

    organization_name: str = ""


class Contact(Value):
    """Read whom an account belongs to."""

    contact_information: Organization = Organization()


class Account(Value):
    """Read an account."""

    attributes: Contact = Contact()


class Accounts(Value):
    """Read the accounts of our key."""

    data: tuple[Account, ...] = ()


class Klaviyo(HttpService):
    """Keep drafts as email campaigns; the key ends the name.

    A message takes its page from a template, of which it keeps a copy of its own. So each update
    makes a template, has it copied, and takes it away again: an account holds a thousand at most.
    """

    about: ClassVar[Capabilities] = Capabilities(
        title="Klaviyo",
        api="https://a.klaviyo.com",
        stepwise=True,
        plan="any",
    )
    rehearsed: ClassVar[Mapping[str, Any]] = {
        "data": {"id": "ID", "attributes": {"status": "Draft"}}
    }

    def headers(self) -> Mapping[str, str]:
        """Return the headers of a private key and of the revision that we know."""
        return {
            "authorization": f"Klaviyo-API-Key {self.secrets.key.reveal()}",
            "revision": REVISION,
            "accept": _JSON,
            "content-type": _JSON,
        }

    def check(self) -> str:
        """Return whose account it is."""
        found = self.client.get("/api/accounts", Accounts).data
        name = found[0].attributes.contact_information.organization_name if found else ""
        return f"account {name}"

    def find(self, letter: Letter) -> Sequence[Draft]:
        """Return the campaigns whose name holds the key."""
        query = {"filter": f'and({_EMAIL},contains(name,"{letter.key}"))'}
        found = self.client.get("/api/campaigns", Many, **query).data
        return [_draft(campaign) for campaign in found if letter.key in campaign.attributes.name]

    def fetch(self, draft_id: str) -> Draft:
        """Return one campaign."""
        return _draft(self.client.get(f"/api/campaigns/{draft_id}", One).data)

    def create(self, letter: Letter) -> Draft:
        """Make a campaign with a message that has no page yet."""
        message = {"type": "campaign-message", "attributes": {"definition": self._defined(letter)}}
        attributes = {
            "name": letter.name,
            "audiences": self._audiences(letter),
            "campaign-messages": {"data": [message]},
        }
        data = {"data": {"type": "campaign", "attributes": attributes}}
        return _draft(self.client.ask("POST", "/api/campaigns", One, data=data).data)

    def update(self, draft: Draft, letter: Letter) -> Draft:
        """Write name, audience, head and page anew."""
        attributes = {"name": letter.name, "audiences": self._audiences(letter)}
        campaign = {"type": "campaign", "id": draft.id, "attributes": attributes}
        self._patch(f"/api/campaigns/{draft.id}", campaign)
        message = self._message_id(draft)
        head = {"definition": self._defined(letter)}
        told = {"type": "campaign-message", "id": message, "attributes": head}
        self._patch(f"/api/campaign-messages/{message}", told)
        self._fill(message, letter)
        return draft

    def set_back(self, draft: Draft) -> None:
        """Take it away, which Klaviyo allows of drafts and of what has a time."""
        self.do("DELETE", f"/api/campaigns/{draft.id}")

    def read(self, draft: Draft) -> Copy:
        """Return the message with its copy of the template."""
        path = f"/api/campaigns/{draft.id}/campaign-messages"
        answer = self.client.get(path, Many, include="template")
        head = next((m.attributes.definition for m in answer.data), None) or Definition()
        page = next((t.attributes for t in answer.included if t.type == "template"), Told())
        return Copy(
            subject=head.content.subject,
            preheader=head.content.preview_text,
            html=page.html,
            text=page.text,
        )

    def _patch(self, path: str, data: Mapping[str, Any]) -> None:
        self.do("PATCH", path, {"data": data}, may_repeat=True)

    def _message_id(self, draft: Draft) -> str:
        if self.client.wire.rehearsal is not None:
            return "MESSAGE"
        found = self.client.get(f"/api/campaigns/{draft.id}/campaign-messages", Many).data
        if found:
            return found[0].id
        raise ServiceError("klaviyo has a campaign without a message", kind="unreadable")

    def _fill(self, message: str, letter: Letter) -> None:
        """Give the message its page, and leave no template behind, not even of broken attempts."""
        attributes = {
            "name": letter.name,
            "editor_type": "CODE",
            "html": letter.html,
            "text": letter.text,
        }
        made = {"data": {"type": "template", "attributes": attributes}}
        # a second one does no harm: all that bear the key are taken away below
        template = self.client.ask("POST", "/api/templates", One, data=made, may_repeat=True).data
        related = {"template": {"data": {"type": "template", "id": template.id}}}
        told = {"data": {"type": "campaign-message", "id": message, "relationships": related}}
        self.do("POST", "/api/campaign-message-assign-template", told, may_repeat=True)
        for left_over in self._templates(letter, template.id):
            with suppress(ServiceError):  # gone already; the page is in place, which matters
                self.do("DELETE", f"/api/templates/{left_over}")

    def _templates(self, letter: Letter, made: str) -> Sequence[str]:
        if self.client.wire.rehearsal is not None:
            return [made]
        query = {"filter": f'equals(name,"{letter.name}")'}
        found = self.client.get("/api/templates", Many, **query).data
        # The names hold the key, so that nobody else's template is among them.
        return [thing.id for thing in found if thing.attributes.name == letter.name]

    def _audiences(self, letter: Letter) -> dict[str, list[str]]:
        lists, segments = parted(letter.audience)
        return {"included": [*lists, *segments]}

    def _defined(self, letter: Letter) -> dict[str, Any]:
        content = {
            "subject": letter.subject,
            "preview_text": letter.preheader,
            "from_email": self.settings.sender or self.sender_address(letter),
            "from_label": letter.sender_name,
        }
        return {"channel": "email", "content": content}


def _draft(found: Thing) -> Draft:
    return Draft(
        id=found.id,
        status=found.attributes.status,
        is_draft=found.attributes.status.lower() == "draft",
        url=f"https://www.klaviyo.com/campaign/{found.id}/wizard",
        name=found.attributes.name,
    )

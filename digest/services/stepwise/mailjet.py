"""Mailjet: https://dev.mailjet.com/email/reference/campaigns/drafts/."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any, ClassVar

from digest.errors import ServiceError
from digest.models import Value
from digest.services.access import HttpService, numbers, parted
from digest.services.base import Capabilities, Copy, Draft, Letter

_PAGE = 1000
_STATES = {-2: "deleted", -1: "archived", 0: "draft", 1: "scheduled", 2: "sent"}


class Campaign(
    Value, rename={"id": "ID", "status": "Status", "title": "Title", "subject": "Subject"}
):
    """Read one "campaign draft", which Mailjet calls it whatever became of it."""

    id: int
    status: int = 0
    title: str | None = ""
    subject: str | None = None


class Page(Value, rename="pascal"):
    """Read an answer, which is always a list."""

    data: tuple[Campaign, ...] = ()


class Content(Value, rename={"html": "Html-part", "text": "Text-part"}):
    """Read the content of a draft."""

    html: str | None = None
    text: str | None = None


class Contents(Value, rename="pascal"):
    """Read an answer that holds the content of a draft."""

    data: tuple[Content, ...] = ()


class Owner(Value, rename="pascal"):
    """Read a user."""

    username: str = ""


class Owners(Value, rename="pascal"):
    """Read whose key it is."""

    data: tuple[Owner, ...] = ()


class Mailjet(HttpService):
    """Keep drafts as campaign drafts; the key ends the title, which only editors see."""

    about: ClassVar[Capabilities] = Capabilities(
        title="Mailjet",
        api="https://api.mailjet.com/v3/REST",
        preheader=False,
        tests=True,
        stepwise=True,
        needs_user=True,
        plan="any",
    )
    rehearsed: ClassVar[Mapping[str, Any]] = {"Data": [{"ID": 0, "Status": 0}]}

    def headers(self) -> Mapping[str, str]:
        """Return the header of Basic authentication: the public key and the private one."""
        return self.secrets.basic()

    def check(self) -> str:
        """Return whose key it is."""
        found = self.client.get("/user", Owners).data
        return f"user {found[0].username}" if found else "the key is known"

    def find(self, letter: Letter) -> Sequence[Draft]:
        """Return the drafts whose title holds the key, among the newest thousand."""
        found = self.client.get("/campaigndraft", Page, Limit=_PAGE, Sort="ID DESC").data
        # What is deleted stays in the list, with a state of its own.
        kept = [c for c in found if letter.key in (c.title or "") and c.status != -2]
        return [_draft(c) for c in kept]

    def fetch(self, draft_id: str) -> Draft:
        """Return one draft."""
        return _draft(self._campaign(draft_id))

    def create(self, letter: Letter) -> Draft:
        """Make a draft without content."""
        answer = self.client.ask("POST", "/campaigndraft", Page, data=self._payload(letter))
        return _draft(self._only(answer))

    def update(self, draft: Draft, letter: Letter) -> Draft:
        """Write the settings anew, then the content, which Mailjet replaces whole."""
        path = f"/campaigndraft/{draft.id}"
        answer = self.client.ask("PUT", path, Page, data=self._payload(letter))
        content = {"Html-part": letter.html, "Text-part": letter.text}
        self.do("POST", f"{path}/detailcontent", content, may_repeat=True)
        return _draft(self._only(answer))

    def set_back(self, draft: Draft) -> None:
        """Take its time away."""
        self.do("DELETE", f"/campaigndraft/{draft.id}/schedule")

    def read(self, draft: Draft) -> Copy:
        """Return the content as Mailjet keeps it."""
        path = f"/campaigndraft/{draft.id}/detailcontent"
        found = self.client.get(path, Contents).data
        content = found[0] if found else Content()
        subject = self._campaign(draft.id).subject
        return Copy(subject=subject, html=content.html, text=content.text)

    def test(self, draft: Draft, letter: Letter, addresses: Sequence[str]) -> None:
        """Mail a test."""
        data = {"Recipients": [{"Email": address} for address in addresses]}
        self.do("POST", f"/campaigndraft/{draft.id}/test", data)

    def schedule(self, draft: Draft, letter: Letter, at: datetime) -> None:
        """Give the draft its time."""
        self.do("POST", f"/campaigndraft/{draft.id}/schedule", {"Date": self.written(at)})

    def _campaign(self, draft_id: str) -> Campaign:
        return self._only(self.client.get(f"/campaigndraft/{draft_id}", Page))

    def _only(self, answer: Page) -> Campaign:
        if answer.data:
            return answer.data[0]
        raise ServiceError("mailjet answered without the draft", kind="unreadable")

    def _payload(self, letter: Letter) -> dict[str, Any]:
        lists, segments = parted(letter.audience)
        data: dict[str, Any] = {
            "Locale": letter.language.replace("-", "_"),
            # Wanted beside the two below.
            "Sender": letter.sender_name or letter.name,
            "SenderName": letter.sender_name,
            "SenderEmail": self.settings.sender or self.sender_address(letter),
            "Subject": letter.subject,
            "Title": letter.name,
            # else it opens in Mailjet's designer, which drops HTML that is not its own
            "EditMode": "html2",
        }
        if lists:
            data["ContactsListID"] = numbers(lists, self.settings)[0]
        if segments:
            data["SegmentationID"] = numbers(segments, self.settings)[0]
        return data


def _draft(found: Campaign) -> Draft:
    return Draft(
        id=str(found.id),
        status=_STATES.get(found.status, str(found.status)),
        is_draft=found.status == 0,
        url="https://app.mailjet.com/campaigns",
        name=found.title or "",
    )

"""MailerLite: https://developers.mailerlite.com/docs/campaigns.html and its Node client (1.7)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any, ClassVar

from digest.errors import ServiceError
from digest.models import Value
from digest.services.access import HttpService, parted
from digest.services.base import Capabilities, Copy, Draft, Letter

_PAGES = 10
# It is asked for one state at a time; what was sent has to be found as well, to be left alone.
_STATUSES = ("draft", "ready", "sent")


class Email(Value):
    """Read a campaign's mail."""

    subject: str | None = None
    content: str | None = None


class Campaign(Value):
    """Read one campaign."""

    id: str
    name: str = ""
    status: str = ""
    missing_data: tuple[str, ...] | None = ()
    warnings: tuple[Any, ...] | None = ()
    emails: tuple[Email, ...] = ()


class One(Value):
    """Read an answer that holds one campaign."""

    data: Campaign


class Page(Value):
    """Read a page of campaigns."""

    data: tuple[Campaign, ...] = ()


class MailerLite(HttpService):
    """Keep drafts as campaigns; the key ends the name.

    HTML by the API belongs to the largest plan. With `content = false` in digest.toml a draft is
    made without it, for an editor to paste the page in.
    """

    about: ClassVar[Capabilities] = Capabilities(
        title="MailerLite",
        api="https://connect.mailerlite.com/api",
        text=False,
        preheader=False,
        plan="the largest one, to take HTML by the API",
    )
    rehearsed: ClassVar[Mapping[str, Any]] = {"data": {"id": "ID", "status": "draft"}}

    def check(self) -> str:
        """Say that the key is known; whether the plan takes HTML is only told by a creation."""
        self.client.get("/campaigns", Page, limit=1)
        return "the key is known; only the largest plan takes HTML, which is told when delivering"

    def find(self, letter: Letter) -> Sequence[Draft]:
        """Return the campaigns whose name holds the key, in whatever state."""
        return [found for status in _STATUSES for found in self._of(status, letter.key)]

    def _of(self, status: str, key: str) -> Sequence[Draft]:
        found: list[Draft] = []
        for page in range(1, _PAGES + 1):
            query = {"filter[status]": status, "limit": 100, "page": page}
            answer = self.client.get("/campaigns", Page, **query)
            found += [_draft(c) for c in answer.data if key in c.name]
            if len(answer.data) < 100:
                break
        return found

    def fetch(self, draft_id: str) -> Draft:
        """Return one campaign."""
        return _draft(self._campaign(draft_id))

    def create(self, letter: Letter) -> Draft:
        """Make a campaign, a draft until it is scheduled."""
        data = self._payload(letter)
        return self._written("POST", "/campaigns", data)

    def update(self, draft: Draft, letter: Letter) -> Draft:
        """Write every field anew."""
        return self._written("PUT", f"/campaigns/{draft.id}", self._payload(letter))

    def set_back(self, draft: Draft) -> None:
        """Take its time away."""
        self.do("POST", f"/campaigns/{draft.id}/cancel", may_repeat=True)

    def read(self, draft: Draft) -> Copy:
        """Return what MailerLite shows of the campaign, and what it warns of."""
        found = self._campaign(draft.id)
        email = found.emails[0] if found.emails else Email()
        warnings = [str(warning) for warning in found.warnings or ()]
        lacking = [f"it lacks {name}" for name in found.missing_data or ()]
        # What was handed over without a page need not come back with one.
        html = email.content if self.option("content", True) else None
        return Copy(subject=email.subject, html=html, findings=(*warnings, *lacking))

    def schedule(self, draft: Draft, letter: Letter, at: datetime) -> None:
        """Give the campaign its time, in the zone of the account, which the API does not tell."""
        raise self.unable("takes a time only in its own zone", "Set the time at MailerLite.")

    def _written(self, method: str, path: str, data: Any) -> Draft:
        try:
            return _draft(self.client.ask(method, path, One, data=data).data)
        except ServiceError as error:
            if error.kind == "plan":
                # The draft itself any plan can have.
                error.hint += " Or set content = false, and paste the page into the draft."
            raise

    def _campaign(self, draft_id: str) -> Campaign:
        return self.client.get(f"/campaigns/{draft_id}", One).data

    def _payload(self, letter: Letter) -> dict[str, Any]:
        groups, segments = parted(letter.audience)
        email = {
            "subject": letter.subject,
            "from_name": letter.sender_name,
            "from": self.settings.sender or self.sender_address(letter),
        }
        if self.option("content", True):
            email["content"] = letter.html
        data: dict[str, Any] = {"name": letter.name, "type": "regular", "emails": [email]}
        named = {"groups": groups, "segments": segments}
        return {**data, **{name: ids for name, ids in named.items() if ids}}


def _draft(found: Campaign) -> Draft:
    return Draft(
        id=found.id,
        status=found.status,
        is_draft=found.status == "draft",
        url=f"https://dashboard.mailerlite.com/campaigns/{found.id}/overview",
        name=found.name,
    )

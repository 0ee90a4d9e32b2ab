"""SendGrid Single Sends: https://github.com/twilio/sendgrid-oai, sendgrid_mc_singlesends."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any, ClassVar

from digest.models import Value
from digest.services.access import HttpService, numbers, parted
from digest.services.base import Capabilities, Copy, Draft, Letter

_SINGLES = "/v3/marketing/singlesends"


class Mail(Value):
    """Read what is mailed."""

    subject: str | None = None
    html_content: str | None = None
    plain_content: str | None = None


class Single(Value):
    """Read one Single Send."""

    id: str
    name: str = ""
    status: str = ""
    email_config: Mail | None = None


class Page(Value):
    """Read a page of Single Sends."""

    result: tuple[Single, ...] = ()


class Scopes(Value):
    """Read what our key may do."""

    scopes: tuple[str, ...] = ()


class SendGrid(HttpService):
    """Keep drafts as Single Sends; the key ends the name."""

    about: ClassVar[Capabilities] = Capabilities(
        title="SendGrid",
        api="https://api.sendgrid.com",
        preheader=False,
        plan="Marketing Campaigns",
        limits={"html": 2**20, "text": 2**20, "name": 100},
    )
    rehearsed: ClassVar[Mapping[str, Any]] = {"id": "ID", "status": "draft"}

    def check(self) -> str:
        """Say whether our key may write Single Sends."""
        scopes = self.client.get("/v3/scopes", Scopes).scopes
        # A key of the Mail API alone is valid and can do nothing here.
        may = any(scope.startswith("marketing") for scope in scopes)
        return "the key may write campaigns" if may else "the key lacks the scope for marketing"

    def find(self, letter: Letter) -> Sequence[Draft]:
        """Return the Single Sends whose name holds the key."""
        # a search, though SendGrid asks for it with POST
        answer = self.client.ask(
            "POST", f"{_SINGLES}/search", Page, data={"name": letter.key}, may_repeat=True
        )
        # What its search calls alike is its own affair: the key decides.
        return [_draft(single) for single in answer.result if letter.key in single.name]

    def fetch(self, draft_id: str) -> Draft:
        """Return one Single Send."""
        return _draft(self._single(draft_id))

    def create(self, letter: Letter) -> Draft:
        """Make a Single Send, which stays a draft until it is scheduled."""
        return _draft(self.client.ask("POST", _SINGLES, Single, data=self._payload(letter)))

    def update(self, draft: Draft, letter: Letter) -> Draft:
        """Write every field anew."""
        path, data = f"{_SINGLES}/{draft.id}", self._payload(letter)
        return _draft(self.client.ask("PATCH", path, Single, data=data, may_repeat=True))

    def set_back(self, draft: Draft) -> None:
        """Take its time away."""
        self.do("DELETE", f"{_SINGLES}/{draft.id}/schedule")

    def read(self, draft: Draft) -> Copy:
        """Return the mail as SendGrid keeps it."""
        mail = self._single(draft.id).email_config or Mail()
        return Copy(subject=mail.subject, html=mail.html_content, text=mail.plain_content)

    def schedule(self, draft: Draft, letter: Letter, at: datetime) -> None:
        """Give it its time."""
        self.do("PUT", f"{_SINGLES}/{draft.id}/schedule", {"send_at": self.written(at)})

    def _single(self, draft_id: str) -> Single:
        return self.client.get(f"{_SINGLES}/{draft_id}", Single)

    def _payload(self, letter: Letter) -> dict[str, Any]:
        lists, segments = parted(letter.audience)
        send_to = {"list_ids": lists, "segment_ids": segments}
        mail: dict[str, Any] = {
            "subject": letter.subject,
            "html_content": letter.html,
            "plain_content": letter.text,
            # The text part is ours, and "code" is the editor that leaves a page as it is.
            "generate_plain_content": False,
            "editor": "code",
        }
        if self.settings.sender:
            mail["sender_id"] = numbers([self.settings.sender], self.settings)[0]
        if self.option("suppression_group") is not None:
            mail["suppression_group_id"] = int(self.option("suppression_group"))
        return {
            "name": letter.name,
            "categories": ["digest"],
            "send_to": {name: ids for name, ids in send_to.items() if ids},
            "email_config": mail,
        }


def _draft(single: Single) -> Draft:
    return Draft(
        id=single.id,
        status=single.status,
        is_draft=single.status == "draft",
        url=f"https://mc.sendgrid.com/single-sends/{single.id}/editor",
        name=single.name,
    )

"""Mailchimp Marketing API 3.0: https://mailchimp.com/developer/marketing/api/campaigns/."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any, ClassVar

from digest.errors import ConfigError
from digest.fetching import Response
from digest.models import Value
from digest.services.access import HttpService, numbers, parted
from digest.services.base import Capabilities, Copy, Draft, Letter

# The newest thousand: an issue's draft is looked for soon after it was made.
_PAGE, _PAGES = 200, 5
# Else each campaign brings all that is known of it, statistics and links among it.
_FIELDS = "campaigns.id,campaigns.web_id,campaigns.status,campaigns.settings,total_items"


class Set(Value):
    """Read a campaign's settings."""

    title: str = ""
    subject_line: str | None = None
    preview_text: str | None = None


class Campaign(Value):
    """Read one campaign."""

    id: str
    status: str = ""
    web_id: int | None = None
    settings: Set = Set()


class Page(Value):
    """Read a page of campaigns."""

    campaigns: tuple[Campaign, ...] = ()


class Content(Value):
    """Read a campaign's content."""

    html: str | None = None
    plain_text: str | None = None


class Item(Value):
    """Read one line of the checklist before a sending."""

    type: str = ""
    heading: str = ""
    details: str = ""


class Checklist(Value):
    """Read Mailchimp's own checks."""

    items: tuple[Item, ...] = ()


class Account(Value):
    """Read who we are."""

    account_name: str = ""
    pricing_plan_type: str = ""


class Mailchimp(HttpService):
    """Keep drafts as regular campaigns; the key ends the title, which only editors see."""

    about: ClassVar[Capabilities] = Capabilities(
        title="Mailchimp",
        tests=True,
        stepwise=True,
        plan="any",
        limits={"preheader": 150},
    )
    rehearsed: ClassVar[Mapping[str, Any]] = {"id": "ID", "status": "save"}

    def home(self) -> str:
        """Return the API of the data centre that the key ends with, as in `…-us21`."""
        return f"https://{self._centre()}.api.mailchimp.com/3.0"

    def _centre(self) -> str:
        _, dash, centre = self.secrets.key.reveal().rpartition("-")
        if dash and centre.isalnum():
            return centre
        raise ConfigError(
            "the key of mailchimp does not end with its data centre, as in …-us21",
            where=self.settings.where,
            hint="Copy the whole key, or add url with the address of the API.",
        )

    def headers(self) -> Mapping[str, str]:
        """Return the header of Basic authentication, in which any user will do."""
        from base64 import b64encode

        pair = b64encode(f"digest:{self.secrets.key.reveal()}".encode()).decode()
        return {"authorization": f"Basic {self.secrets.add(pair)}"}

    def is_throttle(self, answer: Response) -> bool:
        """Tell a throttle at the edge, a 403 without JSON, from a key that may not do something."""
        return answer.status == 403 and "json" not in answer.headers.get("content-type", "")

    def check(self) -> str:
        """Return whose account it is, and its plan."""
        found = self.client.get("/", Account, fields="account_name,pricing_plan_type")
        plan = f", plan {found.pricing_plan_type}" if found.pricing_plan_type else ""
        return f"account {found.account_name}{plan}"

    def find(self, letter: Letter) -> Sequence[Draft]:
        """Return the list's campaigns whose title holds the key, among the newest thousand."""
        found: list[Draft] = []
        lists, _ = parted(letter.audience)
        for page in range(_PAGES):
            answer = self.client.get(
                "/campaigns",
                Page,
                list_id=lists[0] if lists else None,
                count=_PAGE,
                offset=page * _PAGE,
                sort_field="create_time",
                sort_dir="DESC",
                fields=_FIELDS,
            )
            found += [self._draft(c) for c in answer.campaigns if letter.key in c.settings.title]
            if len(answer.campaigns) < _PAGE:
                break
        return found

    def fetch(self, draft_id: str) -> Draft:
        """Return one campaign."""
        return self._draft(self._campaign(draft_id))

    def create(self, letter: Letter) -> Draft:
        """Make a campaign without content."""
        data = {"type": "regular", **self._payload(letter)}
        return self._draft(self.client.ask("POST", "/campaigns", Campaign, data=data))

    def update(self, draft: Draft, letter: Letter) -> Draft:
        """Write the settings anew, then the content."""
        path, data = f"/campaigns/{draft.id}", self._payload(letter)
        found = self.client.ask("PATCH", path, Campaign, data=data, may_repeat=True)
        # Content has an address of its own, and is no field of a campaign.
        self.do("PUT", f"{path}/content", {"html": letter.html, "plain_text": letter.text})
        return self._draft(found)

    def set_back(self, draft: Draft) -> None:
        """Take its time away, or all of it where it is on its way already."""
        if draft.status == "schedule":
            self.do("POST", f"/campaigns/{draft.id}/actions/unschedule", may_repeat=True)
        else:
            self.do("DELETE", f"/campaigns/{draft.id}")

    def read(self, draft: Draft) -> Copy:
        """Return the content as Mailchimp keeps it, and its checklist."""
        path = f"/campaigns/{draft.id}"
        told = self._campaign(draft.id).settings
        content = self.client.get(f"{path}/content", Content)
        checks = self.client.get(f"{path}/send-checklist", Checklist)
        return Copy(
            subject=told.subject_line,
            preheader=told.preview_text,
            html=content.html,
            text=content.plain_text,
            findings=tuple(
                f"{item.heading}: {item.details}".strip(": ")
                for item in checks.items
                if item.type in ("error", "warning")
            ),
        )

    def test(self, draft: Draft, letter: Letter, addresses: Sequence[str]) -> None:
        """Mail a test."""
        data = {"test_emails": list(addresses), "send_type": "html"}
        self.do("POST", f"/campaigns/{draft.id}/actions/test", data)

    def schedule(self, draft: Draft, letter: Letter, at: datetime) -> None:
        """Give the campaign its time, which has to be on a quarter of an hour."""
        self.do(
            "POST", f"/campaigns/{draft.id}/actions/schedule", {"schedule_time": self.written(at)}
        )

    def _campaign(self, draft_id: str) -> Campaign:
        return self.client.get(f"/campaigns/{draft_id}", Campaign)

    def _payload(self, letter: Letter) -> dict[str, Any]:
        lists, segments = parted(letter.audience)
        recipients: dict[str, Any] = {"list_id": lists[0] if lists else ""}
        if segments:
            saved = numbers(segments, self.settings)[0]
            recipients["segment_opts"] = {"saved_segment_id": saved}
        return {
            "recipients": recipients,
            "settings": {
                "subject_line": letter.subject,
                "preview_text": letter.preheader,
                "title": letter.name,
                "from_name": letter.sender_name,
                "reply_to": self.settings.sender or self.sender_address(letter),
                "inline_css": False,  # the styles are in place already
                "auto_footer": False,  # so is the footer
            },
        }

    def _draft(self, found: Campaign) -> Draft:
        host = self.client.base.split("://", 1)[1].split("/", 1)[0]
        centre = host.split(".", 1)[0]
        page = f"https://{centre}.admin.mailchimp.com/campaigns/edit?id={found.web_id}"
        return Draft(
            id=found.id,
            status=found.status,
            # Mailchimp's word for a draft; whatever else it says has a time, or was sent.
            is_draft=found.status == "save",
            # A server that only plays Mailchimp has no pages for people.
            url=page if host.endswith(".mailchimp.com") and found.web_id else "",
            name=found.settings.title,
        )

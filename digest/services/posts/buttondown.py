"""Buttondown: https://docs.buttondown.com/api-emails-introduction and its OpenAPI description."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from contextlib import suppress
from datetime import UTC, datetime, timedelta
from typing import Any, ClassVar

from digest.models import Value
from digest.services.access import HttpService, parted
from digest.services.base import Capabilities, Copy, Draft, Letter, fragment

# Drafts are few, and the newest of what was sent comes first.
_PAGES = 10
_MOST_REQUESTS = 20  # of those since a delivery broke off that are looked at, the newest first
# Its clock dates the requests, ours the journal.
_CLOCKS_DIFFER = timedelta(minutes=5)
# Without a word about it Buttondown guesses; its rich-text editor would drop attributes it does not
# know.
_MODE = "<!-- buttondown-editor-mode: plaintext -->"


class Email(Value):
    """Read one email."""

    id: str
    status: str = ""
    subject: str = ""
    description: str | None = None
    body: str | None = None
    metadata: dict[str, Any] = {}


class Page(Value):
    """Read a page of emails."""

    results: tuple[Email, ...] = ()
    next: str | None = None


class Render(Value):
    """Read what an email looks like once it is sent."""

    content: str = ""


class ApiRequest(Value):
    """Read one request that was made to the API; what it said and heard is JSON in a string."""

    id: str
    creation_date: str = ""
    status_code: int = 0
    request_data: str | None = None
    response_data: str | None = None


class ApiRequests(Value):
    """Read a page of requests."""

    results: tuple[ApiRequest, ...] = ()


class Account(Value):
    """Read who we are."""

    username: str = ""


class Buttondown(HttpService):
    """Keep drafts as emails; the key stands in the metadata and makes a creation happen once.

    An email is sent at once unless it says that it is a draft, so every request says so.
    """

    about: ClassVar[Capabilities] = Capabilities(
        title="Buttondown",
        api="https://api.buttondown.com/v1",
        text=False,
        read_back="rendered",
        tests=True,
        keyed=True,
        audience="optional",
        template='its templates wrap the page; "naked" does not',
        plan='the API in all; the template "naked", which a whole page needs, in Plus',
        limits={"subject": 2000},
    )
    rehearsed: ClassVar[Mapping[str, Any]] = {"id": "ID", "status": "draft"}

    def headers(self) -> Mapping[str, str]:
        """Return the header of an API key."""
        return {"authorization": f"Token {self.secrets.key.reveal()}"}

    def check(self) -> str:
        """Return whose account it is."""
        found = self.client.get("/accounts/me", Account)
        return f"account {found.username}" if found.username else "the key is known"

    def find(self, letter: Letter) -> Sequence[Draft]:
        """Return the emails whose metadata hold the key, drafts first."""
        # Two lists, since one of everything would bring years of what was sent before the draft.
        found = {draft.id: draft for draft in self._listed(letter.key, {"status": "draft"})}
        found |= {draft.id: draft for draft in self._listed(letter.key, {"-status": "draft"})}
        return list(found.values())

    def _listed(self, key: str, query: Mapping[str, str]) -> Sequence[Draft]:
        found: list[Draft] = []
        for page in range(1, _PAGES + 1):
            answer = self.client.get("/emails", Page, page=page, **query)
            found += [_draft(e) for e in answer.results if e.metadata.get("digest_key") == key]
            if not answer.next:
                break
        return found

    def fetch(self, draft_id: str) -> Draft:
        """Return one email."""
        return _draft(self._email(draft_id))

    def create(self, letter: Letter) -> Draft:
        """Make a draft; asked for twice under one key, Buttondown makes it once."""
        # A slug of its own keeps two emails from one address in its archive.
        data = {**self._payload(letter), "slug": letter.key[:100]}
        # With the attempt, for under an old key it would name a draft that was deleted.
        key = {"x-idempotency-key": f"{letter.key}-{letter.attempt}"}
        answer = self.client.ask("POST", "/emails", Email, data=data, headers=key, may_repeat=True)
        return _draft(answer)

    def outcome(self, letter: Letter, since: datetime) -> str:
        """Return the id of the email that a creation made whose answer nobody heard.

        Buttondown keeps requests and their answers; ours is known by the key in what it said.
        """
        begun_at = (since.astimezone(UTC) - _CLOCKS_DIFFER).strftime("%Y-%m-%dT%H:%M:%SZ")
        asked = {"method": "POST", "path": "/v1/emails", "creation_date__gt": begun_at}
        found = self.client.ask("GET", "/api_requests", ApiRequests, query=asked).results
        newest = sorted(found, key=lambda each: each.creation_date, reverse=True)
        for each in newest[:_MOST_REQUESTS]:
            if each.status_code in (200, 201):
                kept = self.client.get(f"/api_requests/{each.id}", ApiRequest)
                said = _fields(kept.request_data).get("metadata")
                if isinstance(said, dict) and said.get("digest_key") == letter.key:
                    return str(_fields(kept.response_data).get("id") or "")
        return ""

    def update(self, draft: Draft, letter: Letter) -> Draft:
        """Write every field anew."""
        path, data = f"/emails/{draft.id}", self._payload(letter)
        return _draft(self.client.ask("PATCH", path, Email, data=data, may_repeat=True))

    def set_back(self, draft: Draft) -> None:
        """Make it a draft again, which Buttondown allows for some minutes after a mistake."""
        self.do("PATCH", f"/emails/{draft.id}", {"status": "draft"}, may_repeat=True)

    def read(self, draft: Draft) -> Copy:
        """Return the page as Buttondown renders it for mail."""
        email = self._email(draft.id)
        page = self.client.get(f"/emails/{draft.id}/renders", Render, target="email")
        return Copy(
            subject=email.subject,
            preheader=email.description,
            html=page.content,
            is_rendered=True,
        )

    def test(self, draft: Draft, letter: Letter, addresses: Sequence[str]) -> None:
        """Mail the draft to some addresses."""
        self.do("POST", f"/emails/{draft.id}/send-draft", {"recipients": list(addresses)})

    def schedule(self, draft: Draft, letter: Letter, at: datetime) -> None:
        """Give the email its time."""
        data = {"status": "scheduled", "publish_date": self.written(at)}
        self.do("PATCH", f"/emails/{draft.id}", data, may_repeat=True)

    def _email(self, draft_id: str) -> Email:
        return self.client.get(f"/emails/{draft_id}", Email)

    def _payload(self, letter: Letter) -> dict[str, Any]:
        template = self.option("template", "naked")
        # every other template stands around the page
        page = letter.html if template == "naked" else fragment(letter.html)
        return {
            "subject": letter.subject,
            "body": f"{_MODE}{page}",
            "status": "draft",
            "description": letter.preheader,
            "metadata": {"digest_key": letter.key},
            "template": template,
            # Always told: an update without it would leave the audience of before.
            "filters": _filters(letter.audience),
        }


def _fields(text: str | None) -> dict[str, Any]:
    """Return what a JSON object in a string holds, nothing where it is none."""
    # What it kept of a request need not be JSON, nor ours.
    with suppress(ValueError, RecursionError):
        told = json.loads(text or "")
        return told if isinstance(told, dict) else {}
    return {}


def _filters(audience: str) -> dict[str, Any]:
    """Return who gets it: those with any of the tags that are named, or everybody."""
    tags, _ = parted(audience)
    one_each = [{"field": "subscriber.tags", "operator": "contains", "value": tag} for tag in tags]
    return {"filters": one_each, "groups": [], "predicate": "or" if len(tags) > 1 else "and"}


def _draft(found: Email) -> Draft:
    return Draft(
        id=found.id,
        status=found.status,
        is_draft=found.status == "draft",
        url=f"https://buttondown.com/emails/{found.id}",
        name=found.subject,
    )

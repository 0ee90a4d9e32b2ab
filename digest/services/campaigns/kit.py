"""Kit, API v4: https://developers.kit.com/api-reference/broadcasts."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any, ClassVar

from digest.models import Value
from digest.services.access import HttpService, numbers, parted
from digest.services.base import Capabilities, Copy, Draft, Letter

# The newest 2,500: an issue's draft is looked for soon after it was made.
_PAGES = 5
# Kit sends to everybody where no filter is given, so that has to be said.
EVERYBODY = "all"


class Broadcast(Value):
    """Read one broadcast."""

    id: int
    subject: str | None = None
    description: str | None = None
    content: str | None = None
    preview_text: str | None = None
    send_at: str | None = None
    published_at: str | None = None
    public: bool = False
    status: str | None = None


class One(Value):
    """Read an answer that holds one broadcast."""

    broadcast: Broadcast


class Cursor(Value):
    """Read where the next page begins."""

    has_next_page: bool = False
    end_cursor: str | None = None


class Page(Value):
    """Read a page of broadcasts."""

    broadcasts: tuple[Broadcast, ...] = ()
    pagination: Cursor = Cursor()


class Template(Value):
    """Read one template."""

    id: int
    category: str | None = None


class Templates(Value):
    """Read the templates."""

    email_templates: tuple[Template, ...] = ()


class Paid(Value):
    """Read an account."""

    name: str = ""
    plan_type: str = ""


class Account(Value):
    """Read who we are."""

    account: Paid = Paid()


class Kit(HttpService):
    """Keep drafts as broadcasts; the key ends the description, which only editors see."""

    about: ClassVar[Capabilities] = Capabilities(
        title="Kit",
        api="https://api.kit.com/v4",
        text=False,
        template='a "Classic" template wraps the page; one of the kind "Starting point" does not',
        plan="any with API v4",
    )
    rehearsed: ClassVar[Mapping[str, Any]] = {"broadcast": {"id": 0}}

    def headers(self) -> Mapping[str, str]:
        """Return the header of an API key."""
        return {"x-kit-api-key": self.secrets.key.reveal()}

    def check(self) -> str:
        """Return whose account it is, and its plan."""
        found = self.client.get("/account", Account).account
        return f"account {found.name}" + (f", plan {found.plan_type}" if found.plan_type else "")

    def find(self, letter: Letter) -> Sequence[Draft]:
        """Return the broadcasts whose description holds the key, among the newest."""
        found: list[Draft] = []
        after: str | None = None
        for _ in range(_PAGES):
            answer = self.client.get("/broadcasts", Page, per_page=500, after=after)
            found += [_draft(b) for b in answer.broadcasts if letter.key in (b.description or "")]
            after = answer.pagination.end_cursor
            if not answer.pagination.has_next_page or not after:
                break
        return found

    def fetch(self, draft_id: str) -> Draft:
        """Return one broadcast."""
        return _draft(self._broadcast(draft_id))

    def create(self, letter: Letter) -> Draft:
        """Make a broadcast, a draft as long as it has no time."""
        data = self._payload(letter)
        return _draft(self.client.ask("POST", "/broadcasts", One, data=data).broadcast)

    def update(self, draft: Draft, letter: Letter) -> Draft:
        """Write every field anew."""
        data = self._payload(letter)
        return _draft(self.client.ask("PUT", f"/broadcasts/{draft.id}", One, data=data).broadcast)

    def set_back(self, draft: Draft) -> None:
        """Take its time away, and keep it off the web."""
        self.do("PUT", f"/broadcasts/{draft.id}", {"send_at": None, "public": False})

    def read(self, draft: Draft) -> Copy:
        """Return the broadcast as Kit keeps it."""
        found = self._broadcast(draft.id)
        return Copy(subject=found.subject, preheader=found.preview_text, html=found.content)

    def schedule(self, draft: Draft, letter: Letter, at: datetime) -> None:
        """Give the broadcast its time."""
        self.do(
            "PUT", f"/broadcasts/{draft.id}", {**self._payload(letter), "send_at": self.written(at)}
        )

    def _broadcast(self, draft_id: str) -> Broadcast:
        return self.client.get(f"/broadcasts/{draft_id}", One).broadcast

    def _payload(self, letter: Letter) -> dict[str, Any]:
        """Return every field that Kit's description requires; None leaves it to the account."""
        return {
            "subject": letter.subject,
            "preview_text": letter.preheader,
            "content": letter.html,
            "description": letter.name,
            "public": False,
            # None of these is ours to say, but its description requires them.
            "published_at": None,
            "send_at": None,
            "email_address": None,
            "thumbnail_alt": None,
            "thumbnail_url": None,
            "subscriber_filter": self._filter(letter.audience),
            **self._template(),
        }

    def _filter(self, audience: str) -> list[dict[str, Any]] | None:
        """Return who gets it: tags by number, segments as `segment:NUMBER`; None is everybody."""
        # Only this word gives everybody: a slip in an id must not.
        if audience == EVERYBODY:
            return None
        tags, segments = parted(audience)
        named = {"tag": numbers(tags, self.settings), "segment": numbers(segments, self.settings)}
        wanted = [{"type": kind, "ids": ids} for kind, ids in named.items() if ids]
        return [{"all": wanted, "any": None, "none": None}]

    def _template(self) -> dict[str, Any]:
        """Return the template that digest.toml names, else the first that adds nothing.

        A page of ours takes the place of what a "Starting point" holds, and Kit wants to be told
        that this is meant.
        """
        named = self.option("template")
        if self.client.wire.rehearsal is not None:
            return {"email_template_id": named and int(named)}
        known = self.client.get("/email_templates", Templates).email_templates
        bare = [t.id for t in known if t.category == "Starting point"]
        chosen = int(named) if named is not None else next(iter(bare), None)
        allowed = {"allow_starting_point": True} if chosen in bare else {}
        return {"email_template_id": chosen, **allowed}


def _draft(found: Broadcast) -> Draft:
    # A broadcast has no state that is sure: its time, its page on the web and its word count.
    is_draft = not found.send_at and not found.public and found.status in (None, "", "draft")
    sent = "scheduled" if found.send_at else "public"
    return Draft(
        id=str(found.id),
        status=found.status or ("draft" if is_draft else sent),
        is_draft=is_draft,
        url=f"https://app.kit.com/campaigns/{found.id}/draft",
        name=found.description or "",
    )

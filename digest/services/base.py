"""What every mailing service is and says.

The `Service` protocol, its capabilities, and what passes. A service's module knows one thing: how
that service wants to be spoken to. Whether a draft is made, made anew or left alone is decided in
`desk` for all of them. No service has a verb that sends.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any, ClassVar, Literal, Protocol, runtime_checkable

from digest.config.tables import ServiceConfig
from digest.models import Value

ReadBack = Literal["bytes", "rendered", "none"]
Audience = Literal["needed", "optional", "none"]


# Styles stand in the head, which a service's own frame replaces: they come along.
_STYLES = re.compile(r"<style\b[^>]*>.*?</style>", re.DOTALL)
_BODY = re.compile(r"<body\b[^>]*>(.*)</body>", re.DOTALL)


class Capabilities(Value):
    """Say what a service can carry, as data that commands, notes and documentation are made of.

    title: how people know it. api: where its API answers, empty where `url` must name it.
    text, preheader: whether it takes a plain-text part, and the preheader in a field of its own.
    updates: whether a draft can be changed. read_back: whether what it will send can be fetched
    again, byte for byte or with its merge tags filled in.
    tests: whether it mails a test of a draft. keyed: whether a creation that is asked for twice
    under one key happens once.
    stepwise: whether a creation makes an empty shell that an update fills.
    audience: whether a draft names who will get it. needs_user: whether it wants a user name as
    well. template: what it puts around a page of ours unless told otherwise. is_frame: it always
    does, and takes what stands within another page only (`fragment`).
    unsubscribe: who puts the link to unsubscribe there. plan: what an account must have.
    limits: the most characters of a field, or bytes of "html".
    """

    # What people call it, and where its API answers.
    title: str
    api: str = ""
    # What it takes, and what it shows of it afterwards.
    text: bool = True
    preheader: bool = True
    updates: bool = True
    read_back: ReadBack = "bytes"
    tests: bool = False
    keyed: bool = False
    # How a draft comes to be, and what has to be known for it.
    stepwise: bool = False
    audience: Audience = "needed"
    needs_key: bool = True
    needs_user: bool = False
    # What it does to a page of ours, and asks of an account.
    template: str = ""
    is_frame: bool = False
    unsubscribe: str = "our merge tag"
    plan: str = ""
    limits: dict[str, int] = {}


Settings = ServiceConfig
"""One `[service.NAME]` of digest.toml, with its secrets' names resolved by nobody yet."""


class Letter(Value):
    """Hold what is handed over: sealed bytes in the service's dialect, and who it is from and for.

    `key` is unique to issue, service and audience, of lower-case letters, digits and hyphens.
    `name` is what the draft is called among others at the service; it ends with the key. `audience`
    is the service's own id. `message` is message.eml. `posts` are the addresses that have to
    arrive, `marks` the unsubscribe tag or address. `attempt` counts drafts that were made and have
    gone since.
    """

    issue: str
    key: str
    name: str
    subject: str
    preheader: str
    html: str
    text: str
    message: bytes = b""
    language: str = "en"
    sender_name: str = ""
    sender_address: str = ""
    audience: str = ""
    posts: tuple[str, ...] = ()
    unsubscribe: str = ""
    attempt: int = 1
    files: dict[str, bytes] = {}


class Draft(Value):
    """Hold what a service says it has: `status` in its own word, `url` where a person opens it.

    `version` is what an update must name so that it overwrites nothing newer.
    """

    id: str
    status: str
    is_draft: bool
    url: str = ""
    name: str = ""
    version: str = ""


class Copy(Value):
    """Hold a draft as the service would send it, and what its own checks say.

    A part that it does not give back is None. `is_rendered` tells that merge tags are filled in.
    """

    subject: str | None = None
    preheader: str | None = None
    html: str | None = None
    text: str | None = None
    is_rendered: bool = False
    findings: tuple[str, ...] = ()


class Service(Protocol):
    """Keep drafts at one mailing service. Every method raises ServiceError when it is refused.

    The class is called with its settings, its secrets and the wire (`registry.create`).
    """

    about: ClassVar[Capabilities]
    rehearsed: ClassVar[Mapping[str, Any]]
    """What it would answer to any request: `--dry-run` goes through the motions with it."""

    # No verb sends: what is not there cannot be called by mistake.
    def check(self) -> str:
        """Return a sentence about the account, having asked for it with our credentials."""
        ...

    def find(self, letter: Letter) -> Sequence[Draft]:
        """Return whatever carries the letter's key, drafts or not."""
        ...

    def get(self, draft_id: str) -> Draft | None:
        """Return what has this id, None if there is nothing."""
        ...

    def create(self, letter: Letter) -> Draft:
        """Make a draft, or the shell of one where the service is `stepwise`."""
        ...

    def update(self, draft: Draft, letter: Letter) -> Draft:
        """Bring a draft to what the letter says."""
        ...

    def set_back(self, draft: Draft) -> None:
        """Make a draft again of what we made and is none, or take it away."""
        ...

    def read(self, draft: Draft) -> Copy | None:
        """Return the draft as it would be sent, None where the service does not show it."""
        ...

    def test(self, draft: Draft, letter: Letter, addresses: Sequence[str]) -> None:
        """Mail a test of the draft to some addresses."""
        ...

    def schedule(self, draft: Draft, letter: Letter, at: datetime) -> None:
        """Have the draft sent at a time."""
        ...


@runtime_checkable
class Remembering(Protocol):
    """Tell what became of a creation that was asked for under a key, whose answer nobody heard."""

    def outcome(self, letter: Letter, since: datetime) -> str:
        """Return the id of what was made of the letter since then, empty if none is known."""
        ...


def fragment(html: str) -> str:
    r"""Return of a page what can stand within another: its styles, and what its body holds.

    >>> fragment("<html><head><style>p{}</style></head><body><p>Hi</p></body></html>")
    '<style>p{}</style>\n<p>Hi</p>'
    """
    body = _BODY.search(html)
    if not body:
        return html
    head = html[: body.start()]
    return "\n".join([*_STYLES.findall(head), body[1].strip()])

"""The ways to look at an issue, as data: what each is called, its key, and what it simulates."""

from __future__ import annotations

from typing import Final, Literal

from digest.models import Value

Kind = Literal["frame", "text", "inbox", "source"]


class Way(Value):
    """Describe one way to look at the issue.

    `kind` says whether it is a page in a frame or stands in the page itself. `note` names what is
    simulated, and by what; what has none is shown as it is. `file` is the file it is made of.
    """

    id: str
    name: str
    key: str
    kind: Kind = "frame"
    file: str = "email.html"
    note: str = ""
    is_main: bool = False

    @property
    def is_simulated(self) -> bool:
        """Tell whether this plays what another program would do."""
        return bool(self.note)


WAYS: Final[tuple[Way, ...]] = (
    # what is sent, and what stands on the web
    Way(id="html", name="Email", key="1", is_main=True),
    Way(id="text", name="Text", key="2", kind="text", file="email.txt", is_main=True),
    Way(id="web", name="Web", key="3", file="web.html", is_main=True),
    Way(
        id="inbox",
        name="Inbox",
        key="4",
        kind="inbox",
        is_main=True,
        note="Simulated: lines are cut where the columns of Gmail and Apple Mail end; "
        "your own fonts and settings move that by some letters.",
    ),
    # what certain clients make of it
    Way(
        id="word",
        name="Outlook (Word)",
        key="5",
        note="Simulated: Outlook for Windows draws mail with Word. What Word drops is gone.",
    ),
    Way(
        id="inverted",
        name="Forced dark",
        key="6",
        note="Simulated: an app that turns light pages dark by itself, as Gmail on phones does.",
    ),
    Way(
        id="bare",
        name="No styles",
        key="7",
        note="Simulated: a client that drops style sheets, as Gmail does for mailboxes elsewhere.",
    ),
    Way(
        id="blocked",
        name="Images off",
        key="8",
        note="Simulated: pictures that do not load until the reader allows them.",
    ),
    Way(
        id="clipped",
        name="Clipped by Gmail",
        key="9",
        note="Simulated: Gmail shows the first 102,400 bytes and hides the rest behind a link.",
    ),
    # what else to hold it against
    Way(
        id="service",
        name="Filled by a service",
        key="0",
        note="Simulated: the merge tags of this service, filled in for a reader called Ada.",
    ),
    Way(id="last", name="Issue before", key="l"),
    Way(id="source", name="Source", key="u", kind="source"),
)

BY_ID: Final = {way.id: way for way in WAYS}

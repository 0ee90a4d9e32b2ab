"""Makes the page that a frame shows, of an issue's files and one way to look at them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Final

from digest import rendering
from digest.dialects import Dialect
from digest.issue.record import FrozenIssue
from digest.models import Finding, replace
from digest.preview.views.copying import Colours, framed, with_pictures
from digest.preview.views.marking import marked
from digest.preview.views.ways import BY_ID

GMAIL_CUTS_AT: Final = 102_400
"""Bytes of HTML after which Gmail hides the rest, as `digest check` has it too."""

_CLIPPED: Final = (
    '<div style="margin:0;padding:12px 16px;background:#fff;color:#222;font:14px Arial,sans-serif">'
    "[Message clipped]&nbsp; <u>View entire message</u></div>"
)
_POINTED: Final = (
    "<style>:target{outline:3px solid #c2410c!important;outline-offset:3px;"
    "scroll-margin:96px}</style>"
)

READER: Final[Mapping[str, str]] = {
    # what stands in for a service's merge tags: a reader, and pages that lead nowhere
    "first_name": "Ada",
    "unsubscribe": "https://service.example/unsubscribe?reader=ada",
    "view_online": "https://service.example/view?reader=ada",
    "address": "1 Sample Street, Sampleton",
}

SAMPLE_SERVICES: Final = tuple(name for name in rendering.DIALECTS if name != "plain")


def frame(
    frozen: FrozenIssue,
    outputs: Mapping[str, bytes],
    pictures: Mapping[str, bytes],
    way: str,
    *,
    colours: Colours,
    service: str = "",
    findings: Sequence[Finding],
) -> bytes:
    """Return the page that one way of looking shows, made of nothing but the issue's bytes.

    `pictures` are put in by the addresses under which the page shows them. Places of posts and of
    `findings` get names that a link can lead to.
    """
    html = outputs[BY_ID[way].file].decode("utf-8", "replace")
    if way == "service":
        html = rendering.fill(frozen.pages.email, _spoken(service, frozen), frozen.issue)
    if way == "clipped":
        html = _clipped(html)  # before anything is added, so that it is cut where Gmail cuts
    html = marked(html, frozen.issue.posts, findings)
    if way in _SIMULATED:
        html = _simulated(way, html)
    shown = framed(html.encode(), colours).replace(b"</head>", _POINTED.encode() + b"</head>", 1)
    return with_pictures(shown, pictures)


def _spoken(service: str, frozen: FrozenIssue) -> Dialect:
    """Return a service's dialect with each merge tag already filled in for one reader."""
    known = service if service in rendering.DIALECTS else frozen.issue.service
    spoken = rendering.dialect(known)
    tags = {slot: READER.get(slot, slot) if tag else "" for slot, tag in spoken.tags.items()}
    return replace(spoken, tags=tags, openers=(), required="")


def _clipped(html: str) -> str:
    """Return what Gmail shows of a page; one that is small enough is shown whole."""
    data = html.encode()
    if len(data) <= GMAIL_CUTS_AT:
        return html
    shown = data[:GMAIL_CUTS_AT].decode("utf-8", "ignore")
    if shown.rfind("<") > shown.rfind(">"):  # a tag that was cut in two would swallow what follows
        shown = shown[: shown.rfind("<")]
    return shown + _CLIPPED


_SIMULATED: Final = frozenset(("word", "bare", "blocked", "inverted"))


def _simulated(way: str, html: str) -> str:
    from digest.rendering.views import VIEWS

    return VIEWS[way](html)

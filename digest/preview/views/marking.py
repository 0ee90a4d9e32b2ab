"""Gives places in a page names, so that a link can lead to them: posts, and what the rules found.

The frame runs no script, so a place is shown by its fragment alone; the browser scrolls there and
`:target` draws a line around it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from digest.models import Finding, PostView
from digest.rendering import escape

_PLACE = re.compile(r"(?P<file>[\w.]+):(?P<line>\d+)(?::(?P<column>\d+))?")
_ID = re.compile(r"\sid=[\"']?([^\"'\s>]+)", re.I)
_START = re.compile(r"<[a-zA-Z][a-zA-Z0-9]*")


def place_of(finding: Finding) -> tuple[str, int, int] | None:
    """Return file, line and column (from 1) of a finding; None where it means no place.

    >>> place_of(Finding("SIZE", "error", "large", "email.html:3:20"))
    ('email.html', 3, 20)
    """
    found = _PLACE.match(finding.where)
    return (found["file"], int(found["line"]), int(found["column"] or 1)) if found else None


def marked(html: str, posts: Sequence[PostView], findings: Sequence[Finding] = ()) -> str:
    """Return a page in which `post-N` and `finding-N` (from 0) name places, nothing else changed.

    An element that has an id of its own keeps it, and a place that was not found has no name.
    """
    names: dict[int, str] = {}
    for number, finding in enumerate(findings):
        at = _offset(html, finding)
        if at is not None:
            names.setdefault(at, f"finding-{number}")
    for number, post in enumerate(posts):
        start = _beginning(html, post)
        if start >= 0:
            names.setdefault(start, f"post-{number}")
    return _named(html, names)


def _beginning(html: str, post: PostView) -> int:
    """Return where a post begins, -1 if nowhere: its link, or its title where a button leads on."""
    link = html.find(f'href="{escape(post.url)}"') if post.url else -1
    if link < 0:
        return -1
    title = escape(post.title)
    is_titled = html.startswith(title, html.find(">", link) + 1)
    above = -1 if is_titled else html.rfind(f">{title}<", 0, link)
    return html.rfind("<", 0, link if above < 0 else above)


def _offset(html: str, finding: Finding) -> int | None:
    """Return where the element of a finding begins, None if it is not in this page."""
    place = place_of(finding)
    if place is None or place[0] != "email.html":
        return None
    at = 0
    for _ in range(place[1] - 1):
        at = html.find("\n", at) + 1
        if at == 0:
            return None
    at = min(at + place[2] - 1, len(html) - 1)
    start = html.rfind("<", 0, at + 1)
    while start >= 0 and not _START.match(html, start):
        start = html.rfind("<", 0, start)
    return start if start >= html.find("<body") else None


def _named(html: str, names: dict[int, str]) -> str:
    pieces, done = [], 0
    for at in sorted(names):
        started = _START.match(html, at)
        end = html.find(">", at)
        if not started or _ID.search(html[at:end]):
            continue
        pieces += [html[done : started.end()], f' id="{names[at]}"']
        done = started.end()
    return "".join([*pieces, html[done:]])


def lines(text: str) -> Iterable[tuple[int, int, str]]:
    """Yield a page's source in pieces that a person can read, each with its line and column.

    A line of a compiled page may hold ten thousand letters; it is parted before each element that
    begins a block. Nothing is left out and nothing added.
    """
    for number, line in enumerate(text.split("\n"), 1):
        column = 1
        for piece in _PIECES.split(line):
            if piece:
                yield number, column, piece
                column += len(piece)
        if not line:
            yield number, 1, ""


_PIECES = re.compile(
    r"(?=<(?:/?(?:table|tbody|tr|td|div|head|body|style|html)|p|h[1-6]|a|img|meta|link|!--)\b)",
    re.I,
)

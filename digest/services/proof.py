"""Compares what a service says it will send with what it was given.

Where it keeps our bytes they must be equal. Where it writes the page anew, or fills merge tags in, every
link has to be there, and nothing that leads elsewhere.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from html import unescape
from urllib.parse import urlsplit

from digest.services.base import Copy, Letter

_LINK = re.compile(r"""\b(?:href|src|background)\s*=\s*("[^"]*"|'[^']*')""", re.IGNORECASE)
_SCRIPT = re.compile(r"<(script|iframe|form|object)\b", re.IGNORECASE)
_SHOWN = 5


def differences(letter: Letter, copy: Copy) -> tuple[str, ...]:
    """Return in sentences how what a service holds differs from the letter; nothing if it does not."""
    return (
        *_fields(letter, copy),
        *(() if copy.html is None else _page(letter, copy)),
    )


def _fields(letter: Letter, copy: Copy) -> Iterator[str]:
    pairs = (
        ("subject", letter.subject, copy.subject),
        ("preheader", letter.preheader, copy.preheader),
    )
    for name, ours, theirs in pairs:
        if theirs is not None and theirs.strip() != ours.strip():
            yield f'the {name} is "{theirs.strip()}" instead of "{ours.strip()}"'
    if copy.text is not None and _even(copy.text) != _even(letter.text):
        yield "the plain-text part is another one"


def _page(letter: Letter, copy: Copy) -> Iterator[str]:
    html = copy.html or ""
    if not copy.is_rendered and _even(html) == _even(letter.html):
        return
    ours, theirs = set(_links(letter.html)), set(_links(html))
    tags = {link for link in ours if _is_tag(link)}
    yield from _several("is missing", sorted(ours - theirs - tags))
    yield from _tags(letter, html, copy, tags, theirs)
    known = {_host(link) for link in ours}
    added_hosts = {_host(link) for link in theirs - ours} - known - {""}
    foreign = [host for host in sorted(added_hosts) if not _is_of(host, copy.hosts)]
    yield from _several("is linked to, though not by us", foreign)
    added = set(_SCRIPT.findall(html)) - set(_SCRIPT.findall(letter.html))
    yield from (f"a <{name}> was added" for name in sorted(added))
    if not _words(letter.preheader) <= _words(unescape(html)) and copy.preheader is None:
        yield "the preheader is missing"
    if not copy.is_rendered:
        yield f"the page was rewritten: {len(html):,} characters instead of {len(letter.html):,}"


def _tags(letter: Letter, html: str, copy: Copy, tags: set[str], theirs: set[str]) -> Iterator[str]:
    """Yield what became of the link to unsubscribe."""
    if not letter.unsubscribe:
        return
    is_literal = letter.unsubscribe in unescape(html)
    if copy.is_rendered and letter.unsubscribe in tags and is_literal:
        yield f"the service did not fill in {letter.unsubscribe}"
    if copy.is_rendered and letter.unsubscribe in tags and not theirs:
        yield "the link to unsubscribe is missing"
    if not copy.is_rendered and not is_literal:
        yield f"the link to unsubscribe ({letter.unsubscribe}) is missing"


def _several(what: str, links: list[str]) -> Iterator[str]:
    yield from (f"{link} {what}" for link in links[:_SHOWN])
    if len(links) > _SHOWN:
        yield f"and {len(links) - _SHOWN} more {what}"


def _links(html: str) -> Iterator[str]:
    for found in _LINK.finditer(html):
        link = unescape(found[1][1:-1]).strip()
        if link and not link.startswith(("#", "data:", "cid:")):
            yield link


def _is_tag(link: str) -> bool:
    """Tell a merge tag from an address."""
    return not link.startswith(("http://", "https://", "mailto:"))


def _host(link: str) -> str:
    try:
        return urlsplit(link).hostname or ""
    except ValueError:
        return ""


def _is_of(host: str, domains: tuple[str, ...]) -> bool:
    return any(host == domain or host.endswith(f".{domain}") for domain in domains)


def _even(text: str) -> str:
    """Return a text without what no reader sees: kinds of line ends, spaces at their ends."""
    lines = text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    return "\n".join(line.rstrip() for line in lines).strip()


def _words(text: str) -> set[str]:
    return set(re.findall(r"\w+", text))

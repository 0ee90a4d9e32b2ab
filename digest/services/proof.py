"""Compares what a service says it will send with what it was given.

Where it keeps our bytes they must be equal, entities apart. Where it writes the page anew, or fills
merge tags in, every link has to be there, and none that we did not write.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from difflib import SequenceMatcher
from html import unescape

from digest.machine.hashing import sha256
from digest.models import encode, replace
from digest.services.base import Copy, Letter
from digest.services.ledger import Entry

_LINK = re.compile(r"""\b(?:href|src|background)\s*=\s*("[^"]*"|'[^']*')""", re.IGNORECASE)
_SCRIPT = re.compile(r"<(script|iframe|form|object)\b", re.IGNORECASE)
_SHOWN = 5


def differences(letter: Letter, copy: Copy) -> tuple[str, ...]:
    """Return in sentences how what a service holds differs from the letter.

    Nothing if it does not.
    """
    return (
        *_fields(letter, copy),
        *(() if copy.html is None else _page(letter, copy)),
    )


def is_equal(letter: Letter, copy: Copy | None, known: Entry | None) -> bool:
    """Tell whether a draft says what the letter says, so that nothing has to be written.

    `known` is the record of this very letter. What the service made of it then may stay so; where
    it shows nothing, the record alone counts.
    """
    if copy is None:
        return known is not None
    found = differences(letter, copy)
    if known is not None:
        return found == known.differences and imprint(copy) == known.kept
    return not found and copy.html is not None and not copy.is_rendered


def imprint(copy: Copy) -> str:
    """Return what tells a draft from what somebody made of it since.

    Pages filled in differ each time.
    """
    html = "" if copy.is_rendered else copy.html
    told = (copy.subject, copy.preheader, html, copy.text)
    return sha256(encode(told))


def digest(letter: Letter) -> str:
    """Return the SHA-256 (hex) of all that a draft is made of."""
    return sha256(encode(replace(letter, attempt=1, message=b"", files={})))


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
    if not copy.is_rendered and _even(unescape(html)) == _even(unescape(letter.html)):
        return
    yield from _linked(letter, html, copy)
    marks = set(_SCRIPT.findall(html)) - set(_SCRIPT.findall(letter.html))
    yield from (f"a <{name}> was put in by the service" for name in sorted(marks))
    if copy.preheader is None and not _words(letter.preheader) <= _words(unescape(html)):
        yield "the preheader is missing"
    if not copy.is_rendered:
        yield f"the page was rewritten: {len(html):,} characters instead of {len(letter.html):,}"


def _linked(letter: Letter, html: str, copy: Copy) -> Iterator[str]:
    """Yield which of our links are missing, and which are there that we did not write."""
    ours, theirs = list(_links(letter.html)), list(_links(html))
    filled = _filled(ours, theirs) if copy.is_rendered else {}
    wanted = [link for link in dict.fromkeys(ours) if not _is_tag(link)]
    yield from _several("is missing", [link for link in wanted if link not in theirs])
    yield from _unsubscribing(letter, html, copy, filled)
    known = {*ours, *filled.values()}
    added = [link for link in dict.fromkeys(theirs) if link not in known]
    yield from _several("was put in by the service", added)


def _filled(ours: list[str], theirs: list[str]) -> dict[str, str]:
    """Return what merge tags were filled in with: the links that stand where the tags stood."""
    found: dict[str, str] = {}
    for kind, i, j, x, y in SequenceMatcher(None, ours, theirs, autojunk=False).get_opcodes():
        # a template around the page may add links of its own behind them
        if kind == "replace" and j - i <= y - x:
            pairs = zip(ours[i:j], theirs[x:y], strict=False)
            found |= {tag: link for tag, link in pairs if _is_tag(tag)}
    return found


def _unsubscribing(letter: Letter, html: str, copy: Copy, filled: dict[str, str]) -> Iterator[str]:
    """Yield what became of the link to unsubscribe."""
    if not letter.unsubscribe or letter.unsubscribe not in unescape(letter.html):
        return
    is_literal = letter.unsubscribe in unescape(html)
    is_tag = _is_tag(letter.unsubscribe)
    if copy.is_rendered and is_tag and is_literal:
        yield f"{letter.unsubscribe} was not filled in"
    elif copy.is_rendered and is_tag and letter.unsubscribe not in filled:
        yield "the link to unsubscribe is missing"
    elif not is_literal and not (copy.is_rendered and is_tag):
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


def _even(text: str) -> str:
    """Return a text without what no reader sees, and what writing it anew may change.

    These are kinds of line ends, spaces at their ends and between tags, and `tbody`, which a parser
    adds.
    """
    text = re.sub(r">\s+<", "><", re.sub(r"</?tbody>", "", text))
    lines = text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    return "\n".join(line.rstrip() for line in lines).strip()


def _words(text: str) -> set[str]:
    return set(re.findall(r"\w+", text))

"""Finds the paragraph of a clean body that says where the post was first published.

Such a post is a copy: "Originally published at …", with a link or an address. Only a paragraph that
says nothing else counts, at the body's start or end; "I first posted about this in 2019" is prose.
"""

from __future__ import annotations

import html as entities
import re
from collections.abc import Callable, Iterator
from typing import NamedTuple

from digest.addresses import canonical, names_a_page
from digest.editing.body.plain import line
from digest.lazy import regex

_MOST = 300  # characters of text; a longer paragraph says more
_EDGE = 3  # paragraphs at the end among which it may stand, above a button or a signature
_REACH = 2_500  # characters of HTML in which they stand

_PARAGRAPH = regex(
    r"(?:<blockquote>\s*)?<p[^<>]*>((?:(?!</?p\b).)*)</p>(?:\s*</blockquote>)?", re.S
)
_TAGS = regex(r"<[^<>]*>")
_AFTER_RULE = regex(r"(?:<hr\s*/?>\s*)+\Z")
_HREF = regex(r'<a [^<>]*?href="(https?://[^"]+)"')
_WRITTEN = regex(r"https?://[^\s<>()\[\]]+[^\s<>()\[\].,;:!?]")

_WHAT = r"(?:(?:blog|guest|news|opinion)\s?)?(?:post|article|piece|essay|story|column|entry|review)"
_PHRASES = (
    # "This post was first published on", "Originally posted at", "First appeared in"
    rf"(?:(?:This|The\s(?:above|following))\s(?:{_WHAT}\s)?(?:(?:was|is|has\sbeen)\s)?)?"
    r"(?:originally|first|initially)\s(?:published|posted|appeared|printed|written|released)",
    rf"(?:This|The\s(?:above|following))\s(?:{_WHAT}\s)?(?:was|has\sbeen)\s(?:previously\s)?"
    r"(?:published|posted)\s(?:first|originally|previously)",
    rf"(?:This|The\s(?:above|following))\s(?:{_WHAT}\s)?(?:originally|first)\s(?:appeared|ran)",
    # "Cross-posted from", "Reposted from", "Syndicated from", "This is a cross-post of"
    rf"(?:(?:This|The\s(?:above|following))\s(?:{_WHAT}\s)?(?:was|is|has\sbeen)\s)?(?:an?\s)?"
    r"(?:(?:cross|re)-?\s?(?:posted|post|published|printed)|syndicated|mirrored)",
    # German, French, Spanish, Portuguese, Italian, Dutch, Swedish, Danish, Norwegian, Polish
    r"(?:Dieser?\s\w+\s(?:ist|wurde|erschien)?\s?)?(?:zuerst|ursprünglich)"
    r"(?:\s(?:erschienen|veröffentlicht|publiziert))?\s(?:auf|bei|in|im|unter)",
    r"(?:Cet(?:te)?\s\w+\sa\sété\s|Article\s|Billet\s)?(?:initialement|d[’']abord)\s(?:publiée?|parue?)",
    r"(?:Cet(?:te)?\s\w+\sa\sété\s|Article\s|Billet\s)?(?:publiée?|parue?)\s"
    r"(?:initialement|d[’']abord|à\sl[’']origine|pour\sla\spremière\sfois)",
    r"(?:Est[ea]\s\w+\s(?:se\s|fue\s|foi\s)?)?(?:publicad[oa]|publicó|apareció)\s"
    r"(?:originalmente|por\sprimera\svez|primero|primeiro|inicialmente|pela\sprimeira\svez)",
    r"(?:Est[ea]\s\w+\s(?:se\s|fue\s|foi\s)?)?(?:originalmente|inicialmente)\s"
    r"(?:publicad[oa]|publicó|apareció)",
    r"(?:Quest[oa]\s\w+\s(?:è\s(?:stat[oa]\s)?)?)?(?:originariamente|inizialmente|per\sla\sprima\svolta)?"
    r"\s?(?:pubblicat[oa]|appars[oa])\s(?:originariamente|inizialmente|per\sla\sprima\svolta|su)",
    r"(?:Di[te]\s\w+\s(?:is|werd|verscheen)\s)?(?:oorspronkelijk|eerder|eerst)\s?"
    r"(?:gepubliceerd|verschenen|geplaatst)?\s(?:op|bij|in)",
    r"(?:ursprungligen|oprindeligt|opprinnelig)\s(?:publicera[dt]|publiceret|udgivet|publisert)",
    r"(?:pierwotnie|oryginalnie)\s(?:opublikowan[yoae]|ukazał\ssię)",
)
_SAYS_SO = regex(
    r"[(\[]?(?:(?:Note|Editor[’']s\snote|NB):\s)?(?:" + "|".join(_PHRASES) + r")\b", re.IGNORECASE
)
# Letters of which one stands in each phrase: looking for them is much faster than searching.
_SIGNS = (
    "osted", "-post", "osspost", "ppeared", "rinted", "ritten", "yndicat", "irrored", "rsprüng",
    "uerst", "ubli", "paru", "ubblica", "ppars", "gepubl", "versch", "rsprung",
    "prindelig", "pprinnelig", "publik", "ukazał", "rschien",
)  # fmt: skip


class Origin(NamedTuple):
    """Hold what a post says of where it was first published, and a body without it."""

    body: str
    said: str
    url: str


def origin(html: str, is_closing: Callable[[str], bool] = lambda said: False) -> Origin | None:
    """Return where a post was first published, if its clean body says so and names the page.

    `is_closing` tells of a paragraph that it is what blogs add by themselves, such as "The post …
    appeared first on …": it names the page too, but stays, and is nothing to tell readers.

    >>> origin('<p>Moss.</p><p>Originally published at <a href="https://a.example/moss">A</a>.</p>')
    Origin(body='<p>Moss.</p>', said='Originally published at A.', url='https://a.example/moss')
    """
    if not any(map(_may_say_so, _near_edges(html))):  # as in most posts
        return None
    for found in _edges(html):
        said = line(found[1])
        if not said or len(said) > _MOST or not (url := _address(found[1])):
            continue
        if is_closing(said):
            return Origin(html, "", url)
        if not _SAYS_SO.match(said):
            continue
        before, after = html[: found.start()], html[found.end() :].lstrip()
        body = (before if after else _AFTER_RULE.sub("", before)).rstrip() + after
        return Origin(body, said, url) if body else None
    return None


def _near_edges(html: str) -> Iterator[str]:
    """Yield the same paragraphs as `_edges`, found without a pattern, which takes much longer."""
    ends = html.find("</p>")
    if ends > 0:
        yield html[:ends][:_REACH]
    for piece in html[-_REACH:].split("</p>")[-1 - _EDGE : -1]:
        begins = max(piece.rfind("<p>"), piece.rfind("<p "))
        if begins >= 0:
            yield piece[begins:]


def _may_say_so(paragraph: str) -> bool:
    """Tell whether a paragraph names an address, is short, and holds a sign of one of the phrases.

    It need not be one: it is only worth a closer look.
    """
    if "http" not in paragraph or not any(map(paragraph.__contains__, _SIGNS)):
        return False
    # Then it is as long as it is written: nothing in it is decoded or left out.
    is_plain = paragraph.isascii() and "&" not in paragraph and "<sup" not in paragraph
    return not is_plain or len(_TAGS.sub("", paragraph)) <= _MOST


def _edges(html: str) -> list[re.Match[str]]:
    """Return the paragraph a body begins with, and the last few."""
    first = _PARAGRAPH.match(html)
    start = max(0, len(html) - _REACH)
    last = list(_PARAGRAPH.finditer(html, start))[-_EDGE:]
    return [*([first] if first else []), *reversed(last)]


def _address(paragraph: str) -> str:
    """Return the first address that names a page: of a link, else one that is written out."""
    linked = map(entities.unescape, _HREF.findall(paragraph))
    written = _WRITTEN.findall(line(paragraph))
    return next((url for url in (*linked, *written) if names_a_page(canonical(url))), "")

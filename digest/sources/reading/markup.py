"""Reads tags out of a post's HTML, and makes its addresses absolute, without rewriting the rest.

This is no cleaning: what a tag does is another room's affair. One pass, linear in the size of the
text, whatever somebody put there.
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterator
from functools import cache, lru_cache
from typing import NamedTuple
from urllib.parse import urlsplit

from digest.addresses import resolved
from digest.editing.body import candidates
from digest.lazy import regex

_RAW = frozenset({"script", "style", "textarea", "title", "xmp", "iframe", "noembed", "noframes"})
_LINKS = frozenset({"href", "src", "poster", "cite", "data", "action", "longdesc", "background"})
_ANY = regex("<")
_RAW_NAMES = "|".join(sorted(_RAW))
_FIRST = "".join(sorted({name[0] for name in (*_RAW, "amp-img", "img", "source")}))
_IS_FIRST = f"(?=[{_FIRST}{_FIRST.upper()}])"  # looked at before all those names
# each begins with a letter-exact "<", which is looked for much faster than a choice of letters
_WHOLE = r'a href="https?://[A-Za-z0-9.-]+(?:/[A-Za-z0-9._~/?=#%+-]*+)?">'  # nothing to resolve
_TELLING = regex(
    rf"<(?!{_WHOLE})(?:!--|[A-Za-z][^\s/>]{{0,50}}+[\s/]|{_IS_FIRST}(?i:{_RAW_NAMES})>)"
)
PICTURE_NAMES = frozenset({"img", "amp-img"})
PICTURES = regex(rf"<(?:!--|{_IS_FIRST}(?:(?i:(?:amp-)?img|source)[\s/]|(?i:{_RAW_NAMES})[\s/>]))")
_OPENING = regex(r"<(/?)([A-Za-z][^\s/>]{0,50})")
_ATTRIBUTE = regex(
    r"[\s/]*([^\s=>/\"'<][^\s=>/<]{0,100})(?:\s*=\s*(\"[^\"]*\"|'[^']*'|[^\s<>\"']*))?"
)
_REFERENCE = regex(r"&(?:#[xX]?[0-9a-fA-F]{1,8}+;?|[a-zA-Z][a-zA-Z0-9]{1,31}+;)")
_TAG_END = regex(r"[\s/\"']*>")
# What is no address of a page or file: an anchor, nothing, "mailto:" and the like.
_STAYS = regex(r"\s*(?:#|$|(?!https?:)[a-z][a-z0-9+.-]*:)", re.IGNORECASE)


_MORE = regex(
    r"<!--\s*(?:(?:read)?more|(?:end-?)?excerpt|truncate|teaser_end)\b[^>]{0,200}-->", re.IGNORECASE
)


# a reference escaped once more; "&nbsp;" alone stays, as it may well be what a title is about
_ESCAPED = regex(
    r"(?<=\w)&nbsp;(?=\w)|&(?!nbsp;)(?:#\d{1,7}|#[xX][0-9A-Fa-f]{1,6}|[A-Za-z]\w{1,30});"
)


class Attribute(NamedTuple):
    """Hold an attribute's value, decoded, and where it stands in the text."""

    value: str
    start: int
    end: int


class Tag(NamedTuple):
    """Hold one start or end tag; `start` and `end` are its place in the text."""

    name: str
    is_end: bool
    attributes: dict[str, Attribute]
    start: int
    end: int

    def get(self, name: str) -> str:
        """Return an attribute's value, empty if it has none."""
        attribute = self.attributes.get(name)
        return attribute.value if attribute else ""


def tags(text: str, begins: re.Pattern[str] = _ANY) -> Iterator[Tag]:
    """Yield the tags of an HTML text in order, passing over comments and what scripts hold.

    Only tags that begin as told; comments and scripts always have to.

    >>> [tag.name for tag in tags("<p>A <!-- <b> --> <img src=x></p>")]
    ['p', 'img', 'p']
    """
    position = 0
    while (found := begins.search(text, position)) is not None:
        position = found.start()
        if text.startswith("<!--", position):
            end = text.find("-->", position + 4)
            position = end + 3 if end >= 0 else len(text)
            continue
        tag = _tag_at(text, position)
        if tag is None:
            position += 1
            continue
        yield tag
        position = tag.end
        if tag.name in _RAW and not tag.is_end:
            end_tag = _raw_end(tag.name).search(text, position)
            position = end_tag.start() if end_tag else len(text)


@cache
def _raw_end(name: str) -> re.Pattern[str]:
    return re.compile(f"</{name}", re.IGNORECASE)


def _tag_at(text: str, position: int) -> Tag | None:
    opening = _OPENING.match(text, position)
    if not opening:
        return None
    attributes: dict[str, Attribute] = {}
    at = opening.end()
    while not (end := _TAG_END.match(text, at)):
        found = _ATTRIBUTE.match(text, at)
        if not found or found.end() == at:
            return None
        start, stop = found.span(2)
        if found[2] and found[2][0] in "\"'":
            start, stop = start + 1, stop - 1
        value = _decoded(text[start:stop]) if found[2] else ""
        attributes.setdefault(found[1].lower(), Attribute(value, start, stop))
        at = found.end()
    return Tag(opening[2].lower(), bool(opening[1]), attributes, position, end.end())


def _decoded(value: str) -> str:
    """Return an attribute's value: "?a=1&copy=2" holds no reference, as it has no semicolon."""
    return _REFERENCE.sub(lambda one: html.unescape(one[0]), value) if "&" in value else value


@lru_cache(maxsize=1)
def telling_pictures(text: str) -> tuple[Tag, ...]:
    """Return the tags of pictures in an HTML text, and those that offer files for them.

    Of one post they are asked for twice, for the sizes of its pictures and for its own.
    """
    return tuple(tags(text, PICTURES))


def picture_tags(text: str) -> Iterator[Tag]:
    """Yield the tags of pictures in an HTML text."""
    return (tag for tag in telling_pictures(text) if tag.name in PICTURE_NAMES)


def absolute(text: str, base: str) -> str:
    """Return HTML whose relative addresses are absolute; anchors within the page stay.

    >>> absolute('<a href="../b?x=1&amp;y=2">', "https://garden.example/a/c/")
    '<a href="https://garden.example/a/b?x=1&amp;y=2">'
    """
    if not base:
        return text
    pieces: list[str] = []
    done = 0
    for tag in tags(text, _TELLING):
        for name, attribute in sorted(tag.attributes.items(), key=lambda pair: pair[1].start):
            joined = _joined(name, attribute.value, base)
            if joined is not None and attribute.start >= 0:
                pieces += [text[done : attribute.start], html.escape(joined)]
                done = attribute.end
    return "".join([*pieces, text[done:]])


def _joined(name: str, value: str, base: str) -> str | None:
    """Return the absolute form of an attribute, None where it should stay as it is."""
    if name == "srcset":
        made = _set_of(value, base)
    elif name in _LINKS and not _STAYS.match(value):
        made = resolved(value, base)
    else:
        return None
    return made if made and made != value else None


def _set_of(srcset: str, base: str) -> str:
    files = ((resolved(file, base) or file, size) for file, size in candidates(srcset))
    return ", ".join(" ".join(filter(None, file)) for file in files)


def unescaped(title: str) -> str:
    """Return a title that was escaped once more than its form asks, as blogs do.

    >>> unescaped("Q&amp;A"), unescaped("Why &nbsp; matters")
    ('Q&A', 'Why &nbsp; matters')
    """
    return _ESCAPED.sub(lambda found: html.unescape(found[0]), title)


def before_more(body: str) -> str:
    """Return what stands above the mark that ends an excerpt, as WordPress and generators have it.

    >>> before_more("<p>Moss.</p><!-- more --><p>And more.</p>"), before_more("<p>Moss.</p>")
    ('<p>Moss.</p>', '')
    """
    found = _MORE.search(body)
    return body[: found.start()].strip() if found else ""


def is_web(url: str | None) -> bool:
    """Tell whether this is a complete http(s) address."""
    try:
        parts = urlsplit(url or "")
        return parts.scheme in ("http", "https") and bool(parts.hostname)
    except ValueError:
        return False


def plain(text: str) -> str:
    """Return a short HTML text, such as a heading, as one line of text.

    >>> plain("Salt &amp; <em>sand</em>")
    'Salt & sand'
    """
    pieces, done = [], 0
    for tag in tags(text):
        pieces.append(text[done : tag.start])
        done = tag.end
    return " ".join(html.unescape("".join([*pieces, text[done:]])).split())

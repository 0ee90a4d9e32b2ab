"""Reads tags out of a post's HTML, and makes its addresses absolute, without rewriting the rest.

This is no cleaning: what a tag does is another room's affair. One pass, linear in the size of the
text, whatever somebody put there.
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterator
from functools import cache
from typing import NamedTuple
from urllib.parse import urlsplit

from digest.addresses import resolved
from digest.editing.body import is_stand_in, picture_of
from digest.lazy import regex
from digest.models import Image

TINY_PIXELS = 2
"""A picture no larger than this counts readers and shows nothing."""

ICON_PIXELS = 48
"""A picture no larger than this either way is an icon."""

_RAW = frozenset({"script", "style", "textarea", "title", "xmp", "iframe", "noembed", "noframes"})
_LINKS = frozenset({"href", "src", "poster", "cite", "data", "action", "longdesc", "background"})
_ANY = regex("<")
_RAW_NAMES = "|".join(sorted(_RAW))
# each begins with a letter-exact "<", which is looked for much faster than a choice of letters
_TELLING = regex(rf"<(?:!--|[A-Za-z][^\s/>]*[\s/]|(?i:{_RAW_NAMES})>)")
_PICTURES = regex(rf"<(?:!--|(?i:img|source)[\s/]|(?i:{_RAW_NAMES})[\s/>])")
_OPENING = regex(r"<(/?)([A-Za-z][^\s/>]{0,50})")
_ATTRIBUTE = regex(
    r"[\s/]*([^\s=>/\"'<][^\s=>/<]{0,100})(?:\s*=\s*(\"[^\"]*\"|'[^']*'|[^\s<>\"']*))?"
)
_TAG_END = regex(r"[\s/\"']*>")
_STAYS = regex(r"\s*(?:#|$|(?!https?:)[a-z][a-z0-9+.-]*:)", re.IGNORECASE)
"""What is no address of a page or file: an anchor, nothing, "mailto:" and the like."""

_DECORATION = regex(
    r"//s\.w\.org/|/emoji/|//pixel\.|//stats\.|//b\.scorecardresearch|feeds\.feedburner\.com/~"
    # Who wrote or commented it, as services and themes name their files.
    r"|gravatar\.com/|//avatars\d*\.|/avatars?/|[/_-]avatar\d*[._-]|/avatar\.\w+"
    # Formulas that a service drew.
    r"|quicklatex\.com/|/latex(?:\.php|/)|[?&]latex=|codecogs\.com/|[?&]cht=tx|/math/render/|mathtex"
    # What divides a page, as page builders name it, and badges of builds.
    r"|/[^/?]*(?:divider|separator|ornament|spacer|flourish|horizontal-?rule)[^/?]*\.\w{3,4}"
    r"|/hr\.\w{3,4}"
    r"|//img\.shields\.io/|//badge\.fury\.io/|//badgen\.net/|//codecov\.io/|//coveralls\.io/"
    r"|//(?:api\.)?travis-ci\.(?:org|com)/|/badges?[./]|[-_]badge\.\w{3,4}\b"
    # Buttons to share, to follow and to give, as services and themes name their files.
    r"|addtoany\.com/|addthis\.com/|sharethis\.com/|buymeacoffee\.com/buttons|ko-fi\.com/img"
    r"|/[^/?]*(?:share|follow|social)[-_]?(?:icon|button|btn)[^/?]*\.\w{3,4}\b"
    r"|/(?:icon[-_])?(?:facebook|twitter|linkedin|whatsapp|pinterest|mastodon|bluesky|instagram"
    r"|reddit|telegram|youtube|rss|email|print)(?:[-_]?(?:icon|logo|share|button|\d{2,3}))*"
    r"\.(?:png|gif|svg|webp|jpe?g)\b",
    re.IGNORECASE,
)
_DECORATIVE = frozenset(
    "wp-smiley avatar latex emoji math formula ql-img-inline-formula ql-img-displayed-equation "
    "mwe-math-fallback-image-inline mwe-math-fallback-image-display badge icon share-icon "
    "social-icon".split()
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
        value = html.unescape(text[start:stop]) if found[2] else ""
        attributes.setdefault(found[1].lower(), Attribute(value, start, stop))
        at = found.end()
    return Tag(opening[2].lower(), bool(opening[1]), attributes, position, end.end())


def pictures(text: str) -> Iterator[Tag]:
    """Yield the tags of pictures in an HTML text."""
    return (tag for tag in tags(text, _PICTURES) if tag.name == "img")


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
    parts = (part.split() for part in re.split(r",\s+", srcset.strip()))
    files = ([resolved(part[0], base) or part[0], *part[1:]] for part in parts if part)
    return ", ".join(" ".join(file) for file in files)


def is_web(url: str | None) -> bool:
    """Tell whether this is a complete http(s) address."""
    try:
        parts = urlsplit(url or "")
        return parts.scheme in ("http", "https") and bool(parts.hostname)
    except ValueError:
        return False


def pixels(value: object) -> int | None:
    """Return a width or height in pixels; None where it is none ("50%", "auto").

    >>> pixels("640"), pixels("12px"), pixels("50%"), pixels(None)
    (640, 12, None, None)
    """
    found = re.fullmatch(r"\s*(\d{1,5})(?:\.\d*)?\s*(?:px)?\s*/?", str(value), re.ASCII)
    return int(found[1]) if found else None


def is_picture(url: str, width: int | None = None, height: int | None = None) -> bool:
    """Tell a picture worth showing from all that is none.

    These are placeholders, formulas, badges, avatars, icons to share, ornaments, and what counts
    readers.
    """
    sizes = [size for size in (width, height) if size is not None]
    is_icon = any(size <= TINY_PIXELS for size in sizes) or (
        len(sizes) == 2 and max(sizes) <= ICON_PIXELS
    )
    return is_web(url) and not is_icon and not is_stand_in(url) and not _DECORATION.search(url)


def images(text: str, base: str = "") -> Iterator[Image]:
    """Yield the pictures of an HTML text that are worth showing, the best file of each.

    Their addresses are absolute.
    """
    offered: list[dict[str, str]] = []
    for tag in tags(text, _PICTURES):
        said = {name: attribute.value for name, attribute in tag.attributes.items()}
        if tag.name == "source":
            offered.append(said)
        elif tag.name == "img":
            url = resolved(picture_of(said, offered), base)
            offered.clear()
            width, height = pixels(said.get("width")), pixels(said.get("height"))
            if is_picture(url, width, height) and not _is_decorative(said):
                yield Image(url=url, alt=said.get("alt", "").strip(), width=width, height=height)


def _is_decorative(said: dict[str, str]) -> bool:
    """Tell a formula, an icon and the like by the class, or by the formula itself."""
    classes = said.get("class", "").lower().split()
    is_formula = said.get("alt", "").lstrip().startswith(("\\", "$", "{\\displaystyle"))
    return is_formula or not _DECORATIVE.isdisjoint(classes)


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

"""Tells what one line of a copied page is.

Text of a post, or a date, a byline, tags, a link, or noise. Pure, a line at a time and by its words
alone. What the lines make together is decided in `page_text`.
"""

from __future__ import annotations

import re
from collections.abc import Container
from datetime import datetime
from typing import Literal, NamedTuple
from zoneinfo import ZoneInfo

from digest.editing.excerpt import more_link
from digest.models import Term, key
from digest.sources.page.listing import TermKind, read_label
from digest.sources.reading import is_web, read_date

Kind = Literal["blank", "rule", "text", "meta", "more", "label", "noise", "stop"]

_MARKDOWN_LINK = re.compile(
    r"\[([^\[\]]{1,300})\]\(<?(https?://[^\s()<>]{1,500})>?(?:\s+\"[^\"]*\")?\)"
)
_PICTURE = re.compile(r"!\[[^\[\]]{0,300}\]\([^()]{0,500}\)")
_HEADING = re.compile(r"(#{1,6})\s+(.+?)\s*#*")
_BOLD = re.compile(r"(\*\*|__)(?=\S)(.{1,300}?)(?<=\S)\1")
_EMPHASIS = re.compile(r"([*_])(?=[^\s*_])([^*_]{1,300})(?<=\S)\1")
_BULLET = re.compile(r"(?:[-*+•●▪◦‣·]|\d{1,3}[.)])\s+(?=\S)")
_RULE = re.compile(r"(?:[-*_=~–—]\s?){3,}|\* \* \*")
_CONTINUE = re.compile(
    r"(?:continue reading|keep reading|read (?:more|on|the rest)(?: (?:about|of"
    r"|on))?)\b\s*:?\s*(?P<rest>.+)",
    re.I,
)
_LATER_LABEL = re.compile(
    r"tag(?:\s+archives?)?\s*:|category archives?\s*:|posts? tagged", re.IGNORECASE
)
# The machinery around posts, in the words of common themes.
_NOISE = re.compile(
    r"skip to (?:main )?content|(?:main |primary )?menu|search(?: for)?:?|home|close|toggle \w+"
    r"|loading\W*|share(?: this| on)?\b.{0,40}"
    r"|tweet|like this:?|like loading\W*|(?:facebook|twitter|linkedin|email|print|pinterest"
    r"|whatsapp|x"
    r"|bluesky|mastodon)"
    r"|leave a (?:comment|reply)(?: on .+)?|(?:no|\d+) (?:comments?|responses?|replies|views?"
    r"|likes?)"
    r"|comments? (?:off|are closed).{0,80}"
    r"|\d+ min(?:ute)?s?(?: read)?|(?:reading time|read time):?.{0,20}|[\W\d_]*(?:older|newer|next"
    r"|previous|prev)(?: posts?| page| entries)?[\W\d_]*"
    r"|(?:page )?\d+ of \d+|[\d\s.…,|«»←→‹›<>]+|(?:image|photo):?|featured image.{0,60}"
    r"|you are here:?.{0,80}|(?:sticky|featured|new)(?: post)?"
    r"|permalink|edit|reply|(?:load|show|view|see) more(?: posts?| articles?)?|\d+ (?:posts?"
    r"|articles?"
    r"|results?)(?: found)?",
    re.IGNORECASE,
)
# Where the posts of a page are over: footers and sidebars.
_STOP = re.compile(
    r"posts? (?:navigation|pagination)|(?:recent|latest) (?:posts?|comments?|articles?)"
    r"|latest (?:comments?"
    r"|tweets?)|archives?|categories|tags|tag cloud|meta"
    r"|related (?:posts?|articles?|stories)|you (?:may|might) (?:also )?(?:like|enjoy).{0,20}"
    r"|popular (?:posts?|articles?|tags)|follow us.{0,40}|about (?:us|this (?:site|blog))"
    r"|subscribe(?: to| by| via| now).{0,80}|subscribe|sign up (?:for|to) .{0,60}|newsletter"
    r"|(?:copyright\b|©|\(c\) ?\d{4}).{0,150}|(?:proudly )?powered by .{0,80}"
    r"|privacy(?: policy| notice| & cookies.{0,80})?|cookie (?:policy|settings|notice)"
    r"|terms (?:of use"
    r"|and conditions|& conditions)|all rights reserved.{0,40}|back to top|log ?in",
    re.IGNORECASE,
)
_SPLIT = re.compile(
    r"\s*[|·•/]\s*|\s+[–—-]\s+|[,;]?\s+(?=(?:(?:written |posted )?by|in|filed under|tagged)\s)"
    r"|\s{3,}|\t"
    r"|\s+on\s+(?=(?:\w{6,9}day,?\s)?(?:\d|[A-Z][a-z]{2,8}\.?\s\d))|,\s+(?=(?:no|\d+)\s(?:comment"
    r"|response|repl|view|like|min))",
    re.IGNORECASE,
)
_LEAD = re.compile(
    r"(?:(?:first |originally )?(?:posted|published|updated|written|modified|last (?:modified"
    r"|updated))(?: on| at)?|date|on)\s*:?\s+(?=\S)",
    re.IGNORECASE,
)
_BY = re.compile(
    r"(?:(?:written |posted |published |story |words |text )?by|authors?:)\s+(\S.{0,80})",
    re.IGNORECASE,
)
_NAME = re.compile(
    r"(?:[^\W\d_a-z][\w’'.-]*|(?:van|von|der|den|de|da|di|del|la|le|bin|al|ter|y|and"
    r"|&)\b)(?:,?\s(?:[^\W\d_a-z][\w’'.-]*|(?:van|von|der|den|de|da|di|del|la|le|bin|al|ter|y|and"
    r"|&)\b)){0,7}"
)
_TERMS = re.compile(
    r"(?P<kind>tags?|tagged(?: with| as)?|topics?|categor(?:y|ies)|categori[sz]ed(?: as| in)?"
    r"|filed (?:under|in)|posted in|in)"
    r"(?P<colon>\s*:)?\s+(?P<names>\S.{0,200})",
    re.IGNORECASE,
)
# words that begin sentences too ("In the garden"), so that they need a colon on a line of their own
_COMMON_WORDS = frozenset({"in", "tag", "tags", "topic", "topics"})
_AND = re.compile(r"\s*(?:,\s*(?:and\s+)?|\s(?:and|&)\s)\s*")
# Counts that stand beside a date and say nothing of the post.
_COMMENTS = re.compile(
    r"(?:no|\d+|leave a) (?:comments?|responses?|replies|reply|views?|likes?)"
    r"|\d+ min(?:ute)?s?(?: read)?|edit",
    re.I,
)


class Meta(NamedTuple):
    """Hold what a line under a title says of the post."""

    published_at: datetime | None = None
    authors: tuple[str, ...] = ()
    tags: tuple[Term, ...] = ()
    categories: tuple[Term, ...] = ()
    url: str = ""


class Line(NamedTuple):
    """Hold one line and what it is.

    `weight` speaks for a title, `label` is the page's tag it names.
    """

    kind: Kind
    text: str = ""
    weight: float = 0.0
    meta: Meta = Meta()
    label: tuple[TermKind | None, str] | None = None


def read_line(raw: str, zone: ZoneInfo, seen: Container[str], *, has_text: bool) -> Line:
    """Return what a line is.

    `seen` are the keys of the lines before it, one of which "Continue reading …" may repeat.
    `has_text` tells that posts have begun, so that "Category: X" is one post's and no longer the
    page's.
    """
    text, weight, url = _unmarked(raw)
    if not text:
        return Line("noise" if raw else "blank")
    if _RULE.fullmatch(text):
        return Line("rule")
    link = Meta(url=url)
    if is_more(text, seen):
        return Line("more", text, meta=link)
    if is_web(text) and " " not in text:
        return Line("meta", text, meta=Meta(url=text))
    if (label := read_label(text)) and (not has_text or _LATER_LABEL.match(text)):
        return Line("label", text, label=label)
    if _NOISE.fullmatch(text):
        return Line("noise")
    if meta := read_meta(text, zone):
        return Line("meta", text, meta=meta)
    if _STOP.fullmatch(text):
        return Line("stop")
    return Line("text", text, weight, link)


def _unmarked(raw: str) -> tuple[str, float, str]:
    """Return a line without Markdown's signs, what they say for a title, and the link in it."""
    text, weight, url = _PICTURE.sub("", raw).strip(), 0.0, ""
    if heading := _HEADING.fullmatch(text):
        # A heading's sign nearly settles it; a link or bold type only speaks for it.
        text, weight = heading[2], 4.0
    bulleted = _BULLET.sub("", text, count=1) if text[:1] not in "0123456789" else text
    if link := _MARKDOWN_LINK.fullmatch(bulleted):
        text, weight = bulleted, weight or 2.0
    if link := link or _MARKDOWN_LINK.search(text):
        url = link[2]
        text = _MARKDOWN_LINK.sub(lambda found: found[1], text)
    if _BULLET.match(text) and text[0] not in "0123456789":
        text = _BULLET.sub("", text, count=1)
    if bold := _BOLD.fullmatch(text):
        text, weight = bold[2], weight or 2.0
    elif emphasis := _EMPHASIS.fullmatch(text):
        text = emphasis[2]
    return text.strip(), weight, url


def is_listed(raw: str) -> bool:
    """Tell whether a line is one of a list of links, as sidebars have them."""
    bulleted = _BULLET.match(raw)
    return bool(bulleted and _MARKDOWN_LINK.fullmatch(raw[bulleted.end() :].strip()))


def is_noise(text: str) -> bool:
    """Tell whether a line or link belongs to the page's machinery: "Older posts", "2", "Menu"."""
    return bool(_NOISE.fullmatch(text))


def without_more(text: str, seen: Container[str]) -> str:
    """Return a line without the "Read More…" or "Continue reading “Moss”" it ends in."""
    found = _CONTINUE.search(text, max(0, len(text) - 300))
    if found and key(found["rest"]) in seen:
        return text[: found.start()].rstrip()
    return more_link(text).text


def is_more(text: str, seen: Container[str]) -> bool:
    """Tell whether a line only leads on to the post: "Read More…", "Continue reading “Moss” →"."""
    if not text.strip() or len(text) > 300:
        return False
    if not more_link(text).text:
        return True
    if not (found := _CONTINUE.fullmatch(text)):
        return False
    return key(found["rest"]) in seen or found["rest"].rstrip()[-1:] in "→»›…⟶>"


def read_meta(text: str, zone: ZoneInfo) -> Meta | None:
    """Return what "October 5, 2026 by Ada Penhaligon | Growing" says.

    None if the line says more than that.
    >>> read_meta("By Ada Penhaligon", ZoneInfo("UTC")).authors
    ('Ada Penhaligon',)
    >>> read_meta("By the numbers", ZoneInfo("UTC")) is None
    True
    """
    if len(text) > 250:
        return None
    parts = tuple(part for part in _SPLIT.split(text) if part)
    return (_pieces(parts, zone) if len(parts) > 1 else None) or _pieces((text,), zone)


def _pieces(parts: tuple[str, ...], zone: ZoneInfo) -> Meta | None:
    """Join what the pieces of a line say; beside a date, one short piece may be a bare category."""
    found, alone = Meta(), len(parts) == 1
    is_dated = not alone and any(find_date(part, zone, whole=True) for part in parts)
    for part in parts:
        said = part.strip(" ,")
        read = _piece(said, zone, alone=alone)
        may_be_category = is_dated and not found.categories and len(part.split()) <= 3
        if read is None and may_be_category:
            read = Meta(categories=(Term(name=said),))
        if read is None:
            return None
        found = _joined(found, read)
    return found if found != Meta() else None


def _joined(one: Meta, other: Meta) -> Meta:
    return Meta(
        one.published_at or other.published_at,
        one.authors + other.authors,
        one.tags + other.tags,
        one.categories + other.categories,
    )


def _piece(part: str, zone: ZoneInfo, *, alone: bool) -> Meta | None:
    """Return what one piece says. One that is `alone` on its line has to say it plainly."""
    if _COMMENTS.fullmatch(part) or part.lower() in ("posted", "published", "updated"):
        return Meta()
    if moment := find_date(_LEAD.sub("", part, count=1), zone, whole=True):
        return Meta(published_at=moment)
    by = _BY.fullmatch(part)
    if by and _NAME.fullmatch(by[1]) and (not alone or " " in by[1]):
        return Meta(authors=tuple(_AND.split(by[1])))
    return _terms(part, alone=alone)


def _terms(part: str, *, alone: bool) -> Meta | None:
    """Return the tags or categories of "Filed under: Soil, Ponds"; None for what is a sentence."""
    said = _TERMS.fullmatch(part)
    if not said:
        return None
    kind, must_be_plain = said["kind"].lower(), alone and not said["colon"]
    names = re.split(r"\s*[,;]\s*", said["names"].strip(" ."))
    if must_be_plain and (kind in _COMMON_WORDS or len(names[0]) > 40):
        return None
    if any(len(name.split()) > 6 for name in names):
        return None
    found = tuple(Term(name=name.lstrip("#")) for name in names if name.lstrip("#"))
    return Meta(tags=found) if kind.startswith(("tag", "topic")) else Meta(categories=found)


_MONTHS = (
    "January|February|March|April|May|June|July|August|September|October|November|December"
    "|Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept?|Oct|Nov|Dec"
)
_DATE = re.compile(
    rf"\b(?:\d{{1,2}}(?:st|nd|rd|th)?\s+(?:of\s+)?(?:{_MONTHS})\b\.?,?\s+\d{{4}}"
    rf"|(?:{_MONTHS})\b\.?\s+\d{{1,2}}(?:st|nd|rd|th)?,?\s+\d{{4}}"
    r"|\d{4}-\d\d-\d\d(?:[T ]\d\d:\d\d(?::\d\d)?(?:Z|[+-]\d\d:?\d\d)?)?|\d{4}/\d\d/\d\d)(?!\d)",
    re.IGNORECASE,
)


def find_date(text: str, zone: ZoneInfo, *, whole: bool = False) -> datetime | None:
    """Return the date a short text holds, or is; None if there is none that means one day.

    >>> find_date("Posted on the 5th of October 2026 by Ada", ZoneInfo("UTC")).date().isoformat()
    '2026-10-05'
    """
    text = " ".join(text.split())
    if len(text) <= 60 and any(c.isdigit() for c in text):
        plain = re.sub(r"(?i)\b(\d{1,2})(st|nd|rd|th)?\s+of\s+", r"\1 ", text.removeprefix("the "))
        if moment := read_date(plain, zone):
            return moment
    if whole:
        return None
    found = _DATE.search(text[:2000])
    return read_date(re.sub(r"(?i)\s+of\s+", " ", found[0]), zone) if found else None

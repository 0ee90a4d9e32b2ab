"""Splits untrusted HTML into text and tags, the way a browser would, in time linear in its length.

Owns the tokeniser, entity decoding and the size cap. It refuses to judge: what is allowed is
decided in `clean`. Comments and the contents of scripts and styles never leave it. Written here
rather than taken from a parser because it must stand before one: a parser's tree is what hostile
input blows up (100 kB of unclosed formatting tags become 126 MB in an HTML5 tree).
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterator
from functools import lru_cache
from typing import NamedTuple

from digest.lazy import regex

MAX_CHARACTERS = 1_000_000
"""What is kept of one body, in characters, once data URIs are out of it."""

RAW_TEXT = frozenset(
    "script style xmp noembed noframes plaintext template title head textarea iframe".split()
)
"""Elements whose content is no text of the post.

Without an end tag they run to the end of the input.
"""

# No element of a post has so many; what has was made to be slow.
_MAX_ATTRIBUTES = 40
_TAG = regex(
    r"""<(/?)([a-zA-Z][^\s/>]*+)
    ((?:[\s/]++
      |(?:=[^\s/>=]*+|[^\s/>=]++)
       (?:\s*+=\s*+(?:"[^"]*+"|'[^']*+'|(?=>)|(?!["'])[^\s>]++))?+
    )*+)>""",
    re.VERBOSE,
)
_ATTRIBUTE = regex(
    r"""([^\s/>=][^\s/>=]*+)(?:\s*+=\s*+(?:"([^"]*+)"|'([^']*+)'|([^\s>"'][^\s>]*+)))?+"""
)
_REFERENCE = regex(r"&(?:#[xX]?[0-9a-fA-F]{1,8}+;?|[a-zA-Z][a-zA-Z0-9]{1,31}+;)")
_CONTROL = regex("[\x00-\x08\x0b\x0e-\x1f\x7f\ud800-\udfff\ufffe\uffff]")
_ASCII_CONTROLS = bytes({*range(0x20), 0x7F} - {*b"\t\n\f\r"})
# A picture within the page: taken out first, since one may be larger than all words.
_DATA_URI = regex(r"""data:[a-zA-Z0-9.+/-]{0,80}[;,][^"'\s<>()]{64,}+""", re.IGNORECASE)


_SHOWS_CODE = regex(r"""\bsrc\s*=\s*["']?https://gist\.github\.com/""", re.IGNORECASE)


class Tag(NamedTuple):
    """Name one start or end tag; `name` is lower case, `attributes` still raw text."""

    name: str
    is_end: bool
    attributes: str


class Run(str):
    """Hold text with inline markup, as it is written, that whoever walks takes as one."""

    __slots__ = ()


_SIMPLE = regex("(/?)([a-zA-Z][a-zA-Z0-9]*)")
# "</blockquote>" and its like: most tags of a post are found so, without a pattern.
_LONGEST_SIMPLE = 14


@lru_cache(maxsize=256)
def _simple(inside: str) -> Tag | None:
    """Return the tag of what stands between its brackets, where that is a name and no more."""
    match = _SIMPLE.fullmatch(inside)
    if match is None:
        return None
    name = match[2].lower()
    return None if name in RAW_TEXT and not match[1] else Tag(name, bool(match[1]), "")


def without_controls(text: str) -> str:
    r"""Return text without control characters, lone surrogates and noncharacters.

    Tabs, newlines and form feeds stay; they are white space.

    >>> without_controls("mo\x0bss")
    'moss'
    """
    if text.isascii():  # found out much faster by its bytes
        return text.encode().translate(None, _ASCII_CONTROLS).decode()
    return text if text.isprintable() else _CONTROL.sub("", text)


def attributes(raw: str) -> dict[str, str]:
    """Return a tag's attributes, names in lower case, values decoded.

    The first of two of a name counts.
    """
    found: dict[str, str] = {}
    if not raw or raw.isspace():
        return found
    for match in _ATTRIBUTE.finditer(raw):
        name, double, single, bare = match.groups()
        value = next((said for said in (double, single, bare) if said is not None), "")
        found.setdefault(name.lower(), _REFERENCE.sub(_decoded, value) if "&" in value else value)
        if len(found) >= _MAX_ATTRIBUTES:
            break
    return found


def _decoded(match: re.Match[str]) -> str:
    return without_controls(html.unescape(match[0]))


def decode(text: str) -> str:
    """Return text with character references decoded once.

    >>> decode("Salt &amp;amp; sand")
    'Salt &amp; sand'
    """
    return without_controls(html.unescape(text)) if "&" in text else text


# How far away the end of an element that is stepped over may be, in characters.
_REACH = 50_000


class Tokens:
    """Walk over HTML once; `is_capped` tells whether the end was dropped for size.

    `runs` is for whoever walks: what this pattern matches comes in one piece, a `Run`, of at most
    `reach` characters.
    """

    def __init__(self, source: str) -> None:
        source = without_controls(source)
        if len(source) > 64 and "data:" in source.lower():
            source = _DATA_URI.sub("data:", source)
        self.is_capped = len(source) > MAX_CHARACTERS
        if self.is_capped:
            source = _cut(source)
        self.source = source
        self.runs: re.Pattern[str] | None = None
        self.reach = len(source)
        self._at = 0
        self._closers: dict[str, re.Pattern[str]] = {}
        self._unclosed: set[str] = set()
        self._endless: set[str] = set()

    def skip_whole(self, name: str) -> bool:
        """Step over the rest of the element that was just begun, with all that is nested in it.

        Nothing is stepped over where it has no end within reach: what follows is the post's.
        """
        if name in self._endless:  # looked for once, in vain; to look again and again takes long
            return False
        depth = 1
        within = self.source[self._at : self._at + _REACH]
        for tag in re.finditer(rf"<(/?){re.escape(name)}(?=[\s/>])[^<>]*>", within, re.IGNORECASE):
            depth += -1 if tag[1] else 1
            if not depth:
                self._at += tag.end()
                return True
        self._endless.add(name)
        return False

    def __iter__(self) -> Iterator[str | Tag | Run]:
        """Give decoded text, tags and runs in order. `skip` may be called between two steps."""
        source, end = self.source, len(self.source)
        may_run = True  # behind a tag only, where whoever walks has said what is a run
        while self._at < end:
            reach = self._at + self.reach
            if may_run and self.runs and (run := self.runs.match(source, self._at, reach)):
                self._at, may_run = run.end(), False
                yield Run(run[0])
                continue
            lt = source.find("<", self._at)
            if lt != self._at:
                lt = end if lt < 0 else lt
                text, self._at = source[self._at : lt], lt
                may_run = False
                yield decode(text)
                continue
            gt = source.find(">", lt, lt + _LONGEST_SIMPLE)
            simple = _simple(source[lt + 1 : gt]) if gt > 0 else None
            if simple is not None:
                self._at, may_run = gt + 1, True
                yield simple
                continue
            tag = _TAG.match(source, lt)
            token = self._no_tag(lt) if tag is None else self._tag(tag)
            if token is not None:
                may_run = isinstance(token, Tag)
                yield token

    def _tag(self, match: re.Match[str]) -> Tag | None:
        self._at = match.end()
        end, name, raw = match.groups()
        name = name.lower()
        if name in RAW_TEXT and not end:
            inside = self.skip(name)
            # A frame has no text, but what it embeds is worth a link; so is code a script shows.
            if name == "script" and _SHOWS_CODE.search(raw):
                return Tag("iframe", False, raw)
            if name != "iframe":
                return None
            if inside is None:
                self._at = len(self.source)
        return Tag(name, bool(end), raw)

    def _no_tag(self, lt: int) -> str | None:
        """Step over a comment or declaration, or take the `<` for the text it is."""
        source = self.source
        following = source[lt + 1 : lt + 2]
        if following in ("!", "?"):
            self._at = self._after_comment(lt)
            return None
        if following == "/" and not source[lt + 2 : lt + 3].isspace():
            gt = source.find(">", lt)
            self._at = len(source) if gt < 0 else gt + 1
            return None
        if following.isalpha() and following.isascii():
            # a tag that never ends: a cut-off tag if it has attributes, else a sign somebody typed
            rest, self._at = source[lt:], len(source)
            return None if "=" in rest else decode(rest)
        if following == "<":
            self._at = len(source) - len(source[lt:].lstrip("<")) - 1
            return source[lt : self._at]
        self._at = lt + 1
        return "<"

    def _after_comment(self, lt: int) -> int:
        source = self.source
        if not source.startswith("<!--", lt):
            gt = source.find(">", lt)
            return len(source) if gt < 0 else gt + 1
        # Comments that end as soon as they begin (HTML, 13.2.5.43).
        for empty in ("<!-->", "<!--->"):
            if source.startswith(empty, lt):
                return lt + len(empty)
        ends = [
            at + len(mark) for mark in ("-->", "--!>") if (at := source.find(mark, lt + 4)) >= 0
        ]
        return min(ends, default=len(source))

    def skip(self, name: str) -> str | None:
        """Step behind the next end tag of this name and return the raw text up to it.

        Without one, an element of raw text takes everything with it, as in a browser; of any other
        nothing is skipped and None returned.
        """
        if name not in self._unclosed:
            closer = self._closers.get(name)
            if closer is None:
                closer = self._closers[name] = re.compile(
                    rf"</{re.escape(name)}(?=[\s/>])[^>]*+>", re.IGNORECASE
                )
            match = closer.search(self.source, self._at)
            if match:
                inside, self._at = self.source[self._at : match.start()], match.end()
                return inside
            self._unclosed.add(name)
        if name in RAW_TEXT:
            self._at = len(self.source)
        return None


def _cut(source: str) -> str:
    """Return the head of an oversized body, cut where a tag begins or at white space."""
    head = source[:MAX_CHARACTERS]
    return max((head.rpartition(sign)[0] for sign in ("<", " ")), key=len) or head

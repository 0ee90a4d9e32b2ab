"""Learns what a blog says again under or above its posts, and takes it from their bodies.

"About the society …", "Sign up to our letter": no list knows such words, but a blog's own
repetition does. What stands between two tags that divide a text is a piece; the same pieces, links
and all, at the edge of nearly every post are none of a post's own. What is compared is what the
source said; what goes is whole blocks of the clean body. This module refuses to judge words.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from html import unescape
from itertools import dropwhile, islice, takewhile
from typing import NamedTuple
from zlib import crc32

from digest.editing import body as bodies
from digest.editing import excerpt
from digest.lazy import regex
from digest.models import RawItem, Value, key

RULES = {"body-boilerplate": "what a blog says again under or above nearly every post goes"}

_READ, _READ_FIRST = 3_000, 2_000  # characters of HTML in which a post's last and first pieces are
_MOST, _MOST_FIRST = 12, 4  # pieces
_LEAST, _SHARE, _MANY = 8, 0.8, 20  # posts that say it; of how many; of how many at least
_LONG = 40  # letters: what is shorter, as "Read on", may be somebody's own words
_SAID = 50  # characters of a piece that are kept beside its hash
_HASH = 8

_UNSEEN = regex(r"(?is)<(script|style)\b.*?(?:</\1\s*>|\Z)|<!--.*?(?:-->|\Z)")
_DIVIDING = regex(rf"(?i)<(?!/?(?:{'|'.join(sorted(bodies.FLAT))})\b)[^<>]*>")
_TAG = regex(r"<[^<>]*>")
_ADDRESS = regex(r"[hHsS][rR](?:[eE][fF]|[cC])\s*=\s*[\"']?([^\"'\s<>]+)")  # of href and src
_BLOCK = regex(r"<(p|h\d|ul|ol|dl|blockquote|figure|table)\b.*</\1>|<hr>")


class Repeated(Value):
    """Tell in how many posts, `of` how many, a piece is said again."""

    mark: str
    posts: int
    of: int

    @property
    def said(self) -> str:
        """Return how the piece begins."""
        said = self.mark[_HASH:]
        return said if len(said) < _SAID else f"{said.rpartition(' ')[0] or said}…"


class Boilerplate(Value):
    """Hold what a blog says again above and below its posts."""

    above: tuple[Repeated, ...] = ()
    below: tuple[Repeated, ...] = ()
    is_set: bool = False


class Cut(NamedTuple):
    """Hold a body without what is said again, and what that was."""

    html: str
    above: str = ""
    below: str = ""


class _Piece(NamedTuple):
    mark: str  # the same in two posts that say the same
    text: str
    links: int


def outline(body: str) -> str:
    """Return of a long body its two ends, as far as they are read."""
    is_long = len(body) > _READ_FIRST + _READ + 2
    return body[: _READ_FIRST + 1] + body[-_READ - 1 :] if is_long else body


def edges(item: RawItem) -> tuple[str, str]:
    """Return the marks of a post's first pieces and of its last ones, the outermost first.

    Each on a line, since very many of them may be in memory.
    """
    above, below = ("\n".join(piece.mark for piece in pieces) for pieces in _edges(item))
    return above, below


def learn(edges: Iterable[str]) -> tuple[Repeated, ...]:
    """Return what posts, oldest first, say again at one of their edges."""
    told = [marks.split("\n") for marks in edges if marks]
    found: dict[str, Repeated] = {}
    while new := {again.mark: again for again in _outermost(told, found)}:
        found |= new
    said = [again.said for again in found.values()]
    is_long = sum(_width(key(words)) for words in said) >= _LONG or any(w[-1:] == "…" for w in said)
    return tuple(found.values()) if is_long else ()


def _outermost(told: Sequence[Sequence[str]], found: dict[str, Repeated]) -> Iterator[Repeated]:
    """Yield what is said again where the pieces that were found are away."""
    ages: dict[str, list[int]] = defaultdict(list)
    for age, marks in enumerate(reversed(told), 1):
        if mark := next((mark for mark in marks if mark not in found), ""):
            ages[mark].append(age)
    for mark, said in ages.items():
        if mark[_HASH:] and not excerpt.origin(mark[_HASH:]).text:
            continue  # a note on where the post first appeared is its own
        # Of all posts, or of the newest: a blog may have begun with it lately.
        lately = [(n, max(age, min(_MANY, len(told)))) for n, age in enumerate(said, 1)]
        if shares := [(n, of) for n, of in lately if n >= max(_LEAST, _SHARE * of)]:
            yield Repeated(mark, *shares[-1])


def without_ends(text: str, cut: Cut) -> str:
    """Return a plain text of one or more lines without what went from its post's body."""
    line = text.replace("\n", " ")
    start = len(cut.above) if line.startswith(cut.above) else 0
    end = len(line) - len(cut.below) if line.endswith(cut.below) else len(line)
    return text[start:end].strip() or text


def own_ending(ending: str, habit: Boilerplate) -> str:
    """Return a post's last lines without what is said again below: the author may sign above it."""
    said = {again.mark[_HASH:] for again in habit.below}
    lines = ending.split("\n")
    while len(lines) > 1 and lines[-1][:_SAID] in said:
        lines.pop()
    return "\n".join(lines)


def told(above: str, below: str, habit: Boilerplate) -> tuple[int, int]:
    """Return how many of a post's first and last pieces are said again, by their marks."""
    return _known(above.split("\n"), habit.above), _known(below.split("\n"), habit.below)


def described(habit: Boilerplate) -> Iterator[str]:
    """Yield in words what a blog says again, of each edge what most posts say."""
    if habit.is_set:
        yield "boilerplate: off (set)"
    for where, found in (("above", habit.above), ("under", habit.below)):
        if found:
            most = max(found, key=lambda again: (again.said[-1:] == "…", again.posts))
            yield f"boilerplate: “{most.said}” {where} {most.posts} of {most.of} posts"


def without(html: str, item: RawItem, habit: Boilerplate) -> Cut:
    """Return a post's clean body without what its blog says again; never nothing."""
    above, below = _edges(item)
    blocks = html.split("\n")
    first = len(blocks) - _kept(blocks[::-1], _again(above, habit.above))
    last = _kept(blocks, _again(below, habit.below))
    # A heading or greeting leads to what is below it.
    while first and 0 < _width(key(_text(blocks[first - 1]))) < _LONG:
        first -= 1
    own = blocks[first:last]
    if not any(key(_text(block)) for block in own):
        return Cut(html)
    return Cut("\n".join(own), *map(_line, (blocks[:first], blocks[last:])))


def _again(pieces: Sequence[_Piece], habit: Sequence[Repeated]) -> dict[str, int]:
    """Return what is said again of a post's pieces, with how many links are in each."""
    known = _known([piece.mark for piece in pieces], habit)
    return {key(piece.text): piece.links for piece in pieces[:known]}


def _known(marks: Sequence[str], habit: Sequence[Repeated]) -> int:
    """Return how many pieces at an edge are said again; none where their end is not seen."""
    known = {again.mark for again in habit}
    count = sum(1 for _ in takewhile(known.__contains__, marks))
    return count if count < len(marks) else 0


def _kept(blocks: Sequence[str], said: Mapping[str, int]) -> int:
    """Return how many blocks stay where the last ones say nothing but what is said again."""
    at = len(blocks)
    while said and at and _is_said(blocks[at - 1], said):
        at -= 1
    return at if sum(_width(key(_text(block))) for block in blocks[at:]) >= _LONG else len(blocks)


def _is_said(block: str, said: Mapping[str, int]) -> bool:
    if len(block) > 2 * _READ or "<img" in block or not _BLOCK.fullmatch(block):
        return False
    pieces = ((key(_text(piece)), piece.count("<a ")) for piece in _DIVIDING.split(block))
    # A link around blocks is in none of a source's pieces, but in those of the clean body.
    return all(links <= said.get(text, -1) for text, links in pieces if text or links)


def _edges(item: RawItem) -> tuple[tuple[_Piece, ...], tuple[_Piece, ...]]:
    """Return a post's first pieces and its last ones, the outermost first."""
    first = _DIVIDING.split(_UNSEEN.sub("", item.body[:_READ_FIRST]))
    last = _DIVIDING.split(_UNSEEN.sub("", item.body[-_READ:]))[::-1]
    if len(item.body) > _READ_FIRST:
        del first[-1]  # may be half a piece
    if len(item.body) > _READ:
        del last[-1]
    title, own = _text(item.title), _addresses(item)
    above, below = _pieces(first, title, own), _pieces(last, title, own)
    below = dropwhile(lambda piece: excerpt.ends_a_body(piece.text), below)  # goes anyway
    return tuple(islice(above, _MOST_FIRST)), tuple(islice(below, _MOST))


def _pieces(parts: Iterable[str], title: str, own: Sequence[str]) -> Iterator[_Piece]:
    """Yield the pieces that say something; a title alone goes anyway."""
    for part in parts:
        if part.isspace() or not part:
            continue
        text = _text(part)
        if text == title or not any(map(str.isalnum, text)):
            continue
        links = _ADDRESS.findall(part) if "=" in part else ()
        said, *links = (_without(own, words) for words in (text, *links))
        known = crc32("\n".join((said, *links)).encode("utf-8", "replace"))
        yield _Piece(f"{known:08x}{said[:_SAID]}", text, len(links))


def _addresses(item: RawItem) -> tuple[str, ...]:
    """Return how links to the post itself begin, which differ from post to post."""
    page = (item.url or "").partition("#")[0].partition("?")[0].rstrip("/")
    path = page.partition("://")[2].partition("/")[2]
    coded = page.replace(":", "%3A").replace("/", "%2F")  # as buttons for sharing have it
    return tuple(name for name in (item.url or "", page, coded, f"/{path}") if len(name) > 4)


def _without(own: Sequence[str], words: str) -> str:
    for address in own:
        words = words.replace(address, "…")
    return words


def _text(html: str) -> str:
    return " ".join(unescape(_TAG.sub("", html)).split())


def _line(blocks: Iterable[str]) -> str:
    """Return on one line what blocks say."""
    parts = (_text(part) for block in blocks for part in _DIVIDING.split(block))
    return " ".join(filter(None, parts))


def _width(text: str) -> int:
    """Return how long a text is; a character that is a word counts twice."""
    return sum(1 + (letter > "⺀") for letter in text)

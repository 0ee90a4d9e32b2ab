"""Reads the posts out of text that somebody copied from a listing page.

Such text has no mark-up: what is a title and what an excerpt follows from how lines look and from
what stands between them (blank lines, "Read More…", dates). All lines are labelled together, so
that one odd title does not turn everything after it around. Pure; single lines are told apart in
`page_lines`.
"""

from __future__ import annotations

import re
from collections.abc import Container, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from zoneinfo import ZoneInfo

from digest.editing.excerpt import count, cut_mark, split
from digest.models import Term, key, replace
from digest.sources.page.lines import Line, Meta, read_line, without_more
from digest.sources.page.listing import MAX_POSTS, Listed, Listing, TermKind, add_term, merged_terms

MAX_LINES = 10_000

_INVISIBLE = re.compile("[\u200b\u200c\u2060\ufeff\xad]")
_BYLINE = re.compile(r"[.:–—,-]?\s+\(?[Bb]y\s+[^\W\d_a-z][\w.’'-]+(?:\s+\S+){0,8}$")
_OPENING_LABEL = re.compile(
    r"[^.!?]{2,40}:\s|(?:in conversation with|introducing|book review|meet|blog \w+)\b", re.I
)
_PROTECTED = re.compile(r"Protected: ")
_ANY_PAGE = re.compile(
    r"(?:the |our |my )?(?:blog|home|news|articles|posts|(?:all|latest|recent) (?:posts|news"
    r"|articles))",
    re.I,
)

# what it costs to label neighbouring lines so; found by trying texts of many shapes
_TITLE_AFTER_TITLE = 2.0
_MORE_TEXT = 1.0
_MORE_TEXT_CLOSE = 0.2
_TEXT_AFTER_CUT = 1.5
_NO_TITLE = 2.0
_ACROSS_GAP = 3.0


@dataclass
class _Unit:
    """Hold one line of text: how many blank lines stand before it, and what was said behind it.

    `shown` is the text without the "Read More…" it may end in.
    """

    text: str
    shown: str
    gap: int
    weight: float
    metas: list[Meta] = field(default_factory=list)
    starts_post: bool = False


@dataclass
class _Block:
    """Hold the lines up to one "Read More…", or all of a page that has none."""

    units: list[_Unit] = field(default_factory=list)
    metas: list[Meta] = field(default_factory=list)
    is_closed: bool = False


@dataclass
class _Page:
    """Hold the lines under one heading, in blocks."""

    label: tuple[TermKind | None, str] | None = None
    blocks: list[_Block] = field(default_factory=lambda: [_Block()])
    is_over: bool = False

    @property
    def has_posts(self) -> bool:
        """Tell whether there was a whole post already, and not only a menu."""
        units = (unit for block in self.blocks for unit in block.units)
        return len(self.blocks) > 1 or any(count(unit.text) >= 16 for unit in units)

    @property
    def has_text(self) -> bool:
        return any(block.units for block in self.blocks)


def read(text: str, zone: ZoneInfo) -> Listing:
    """Return the posts of a copied page; dates without a zone are in `zone`.

    Nothing raises. A post may be without link, date or title.
    """
    posts: list[Listed] = []
    skipped = 0
    lines = _INVISIBLE.sub("", text).splitlines()
    for page in _pages(lines[:MAX_LINES], zone):
        for post in _posts(page):
            if _PROTECTED.match(post.title):
                skipped += 1
            else:
                posts.append(post)
    return Listing(
        posts=tuple(posts[:MAX_POSTS]),
        skipped=skipped,
        is_cut=max(len(posts) - MAX_POSTS, len(lines) - MAX_LINES) > 0,
    )


# ---------------------------------------------------------------- lines to blocks


def _pages(lines: Sequence[str], zone: ZoneInfo) -> Iterator[_Page]:
    """Yield what stands under each heading; what stands before the first one belongs to no post."""
    page, gap, seen = _Page(), 0, set[str]()
    for raw in _unwrapped(lines):
        line = read_line(raw, zone, seen, has_text=page.has_text)
        if line.kind in ("blank", "rule"):
            gap += 1 if line.kind == "blank" else 3
            continue
        if line.kind == "label":
            if page.label:
                yield page
            page, gap = _Page(label=line.label), 0
        elif line.kind == "stop":
            page.is_over = page.has_posts
        elif not page.is_over:
            _take(page, line, gap, seen)
            seen.add(key(line.text))
            gap = 0
    yield page


def _take(page: _Page, line: Line, gap: int, seen: Container[str]) -> None:
    block = page.blocks[-1]
    if line.kind == "meta" and line.meta.authors and not (block.units or line.meta.published_at):
        line = Line("text", line.text)  # where a title is due, "By Popular Demand" is one
    if line.kind == "more":
        target = block.units[-1].metas if block.units else block.metas
        target.append(line.meta)
        if block.units:
            block.is_closed = True
            page.blocks.append(_Block())
    elif line.kind == "meta":
        (block.units[-1].metas if block.units else block.metas).append(line.meta)
    elif line.kind == "text" and not (block.units and block.units[-1].text == line.text):
        shown = without_more(line.text, seen)
        metas = [line.meta] if line.meta.url else []
        block.units.append(_Unit(line.text, shown, gap, line.weight, metas))
        if shown != line.text:
            block.is_closed = True
            page.blocks.append(_Block())


def _unwrapped(lines: Sequence[str]) -> list[str]:
    """Return lines with those joined that a mail program broke, each where no further word would fit."""
    stripped = [line.strip() for line in lines]
    width = max(map(len, stripped), default=0)
    broken = [_is_broken(line, following, width) for line, following in pairwise(stripped)]
    filled = sum(1 for line in stripped if len(line) > 40)
    if width > 100 or sum(broken) < 3 or sum(broken) < filled / 2:
        return stripped
    found: list[str] = []
    for at, line in enumerate(stripped):
        if at and broken[at - 1]:
            found[-1] = f"{found[-1]} {line}"
        else:
            found.append(line)
    return found


def _is_broken(line: str, following: str, width: int) -> bool:
    nearly = width - 8  # not every program fills a line as far as it might
    return (
        bool(line and following)
        and len(line) + 1 + len(following.split()[0]) > nearly
        and len(line) > 40
    )


# ---------------------------------------------------------------- blocks to posts


def _posts(page: _Page) -> Iterator[Listed]:
    blocks = [block for block in page.blocks if block.units]
    _move_metas(page.blocks)
    if len(blocks) <= 1 or not any(block.is_closed for block in blocks):
        gap = _dividing_gap([unit for block in blocks for unit in block.units])
    else:
        gap = 0
    parted = [_parted(block, gap) for block in blocks]
    for at, (block, groups) in enumerate(zip(blocks, parted, strict=True)):
        if block.is_closed and (at or page.label):
            _join_subtitle(groups)
    name = _drop_frame(parted, blocks, has_label=page.label is not None)
    label = page.label or (("category", name) if name else None)
    for block, groups in zip(blocks, parted, strict=True):
        for at, units in enumerate(groups):
            post = _post(units, block.metas if at == 0 else [])
            yield add_term(post, label[0] or "tag", Term(name=label[1])) if label else post


def _move_metas(blocks: list[_Block]) -> None:
    """Give dates above titles to the post that follows, those behind "Read More…" to the one before."""
    first = blocks[0]
    if not first.is_closed and _is_dated(first.metas):
        for before, unit in reversed(list(pairwise(first.units))):
            unit.metas, before.metas = before.metas, []
        return
    has_own = _is_dated([*first.metas, *(meta for unit in first.units for meta in unit.metas)])
    if len(blocks) < 2 or has_own or not _is_dated(blocks[1].metas):
        return
    for earlier, block in pairwise(blocks):
        if earlier.units:
            earlier.units[-1].metas += block.metas
            block.metas = []


def _is_dated(metas: Sequence[Meta]) -> bool:
    return any(meta.published_at for meta in metas)


def _dividing_gap(units: Sequence[_Unit]) -> int:
    """Return how many blank lines stand between posts but not within them; 0 if that is not so."""
    for gap in sorted({unit.gap for unit in units[1:]}, reverse=True):
        sizes: list[int] = []
        for at, unit in enumerate(units):
            if at == 0 or unit.gap >= gap:
                sizes.append(0)
            sizes[-1] += 1
        if gap and len(sizes) > 1 and sum(size > 1 for size in sizes) >= 0.7 * len(sizes):
            return gap
    return 0


def _parted(block: _Block, gap: int) -> list[list[_Unit]]:
    """Return a block's lines by post; each unit that is a title, or begins a post, knows it."""
    units = block.units
    is_title = _labelled(units, gap, expects_title=block.is_closed and len(units) > 1)
    groups: list[list[_Unit]] = []
    for at, unit in enumerate(units):
        unit.starts_post = is_title[at]
        across = bool(gap) and unit.gap >= gap and not (at and is_title[at - 1])
        after_cut = bool(at) and not is_title[at - 1] and _is_cut(units[at - 1])
        if not groups or is_title[at] or across or after_cut:
            groups.append([])
        groups[-1].append(unit)
    return groups


def _join_subtitle(groups: list[list[_Unit]]) -> None:
    """Give a lone line before a block's title and text to them as the title: the other is no title then.

    It is a subtitle or a picture's caption; a post without any text seldom stands among others with
    it.
    """
    if (
        len(groups) == 2
        and len(groups[0]) == 1
        and groups[0][0].starts_post
        and groups[1][0].starts_post
    ):
        groups[:] = [groups[0] + groups[1]]


def _labelled(units: Sequence[_Unit], gap: int, *, expects_title: bool) -> list[bool]:
    """Tell of each line whether it is a title, by the labels that cost the least together."""
    best: list[tuple[float, float]] = []
    back: list[tuple[bool, bool]] = []
    for at, unit in enumerate(units):
        like_text = _like_text(unit)
        if at == 0:
            best.append((like_text, -like_text + (_NO_TITLE if expects_title else 0.5)))
            back.append((False, False))
            continue
        as_title, as_text = _steps(units[at - 1], unit, gap)
        before = best[-1]
        to_title = (before[0] + as_title[0], before[1] + as_title[1])
        to_text = (before[0] + as_text[0], before[1] + as_text[1])
        best.append((min(to_title) + like_text, min(to_text) - like_text))
        back.append((to_title[1] < to_title[0], to_text[1] < to_text[0]))
    labels: list[bool] = []
    is_text = bool(best) and best[-1][1] < best[-1][0]
    for step in reversed(back):
        labels.append(not is_text)
        is_text = step[is_text]
    return labels[::-1]


def _steps(before: _Unit, unit: _Unit, gap: int) -> tuple[tuple[float, float], tuple[float, float]]:
    """Return what a title costs after a title or text, and what text costs after them."""
    if gap and unit.gap >= gap:
        return (_TITLE_AFTER_TITLE, -_TEXT_AFTER_CUT), (_ACROSS_GAP, 0.5)
    going_on = _MORE_TEXT if unit.gap else _MORE_TEXT_CLOSE
    same = _TEXT_AFTER_CUT if _is_cut(before) else going_on
    return (_TITLE_AFTER_TITLE, _ACROSS_GAP if gap else 0.0), (0.0, same)


def _like_text(unit: _Unit) -> float:
    """Return how much a line looks like an excerpt (above 0) rather than a title (below)."""
    text, words = unit.text, count(unit.text)
    score = next(
        (
            points
            for least, points in ((40, 3.0), (25, 2.0), (16, 0.5), (10, -0.5))
            if words >= least
        ),
        -1.5,
    )
    ends = len(split(text[:1500]))
    has_byline = bool(_BYLINE.search(text)) and words < 30
    if _is_cut(unit) or unit.shown != text:
        score += 4
    elif text[-1:] in ".!。！" and not has_byline:
        score += 1.5
    elif text[-1:] not in "?？":
        score -= 1
    score += 0.75 * min(ends - 1 - has_byline, 2)
    score -= 2.5 * has_byline
    score += 1.0 if text[:1].islower() else 0.0
    score -= 0.75 if _OPENING_LABEL.match(text) and words < 25 else 0.0
    dated = any(meta.published_at or meta.authors for meta in unit.metas)
    return score - unit.weight - (1.0 if dated and words < 30 and text[-1:] not in ".!" else 0.0)


def _is_cut(unit: _Unit) -> bool:
    return bool(cut_mark(unit.shown).gone)


# ---------------------------------------------------------------- what frames the posts


def _drop_frame(
    parted: list[list[list[_Unit]]], blocks: Sequence[_Block], *, has_label: bool
) -> str:
    """Take out what stands around the posts: names, descriptions, menus; return the page's name if told."""
    closed = [groups[-1] for groups, block in zip(parted, blocks, strict=True) if block.is_closed]
    groups = closed if len(closed) > 1 else [group for block in parted for group in block]
    whole = sum(1 for group in groups if len(group) > 1 and group[0].starts_post)
    if not groups or whole < (len(groups) + 1) // 2:
        return ""
    _drop_last(parted, blocks)
    leading = _leading(parted, blocks, has_label=has_label)
    if any(_is_cut(unit) for group in leading for unit in group):
        return ""
    del parted[0][: len(leading)]
    lines = [unit.text for group in leading for unit in group]
    return "" if has_label or not 0 < len(lines) <= 3 or not _is_name(lines[0]) else lines[0]


def _leading(
    parted: list[list[list[_Unit]]], blocks: Sequence[_Block], *, has_label: bool
) -> list[list[_Unit]]:
    """Return the groups of lines that stand before the first post; under a heading only a description."""
    first, others = parted[0], [group for block in parted[1:] for group in block]
    if (
        blocks[0].is_closed
        and len(blocks) > 1
        and len(first) > 1
        and len(others) == len(parted) - 1
    ):
        until = (
            next((i for i, group in enumerate(first) if group[0].starts_post), 0)
            if has_label
            else -1
        )
        return first[:until]
    at = 0
    while at < len(first) and (len(first[at]) == 1 or not first[at][0].starts_post):
        if has_label and first[at][0].starts_post:
            break
        at += 1
    is_name = at == 0 and not has_label and len(first) > 2 and _is_name(first[0][0].text)
    if is_name and not _is_cut(first[0][-1]) and all(_is_cut(group[-1]) for group in first[1:]):
        return first[:1]
    return first[:at]


def _drop_last(parted: list[list[list[_Unit]]], blocks: Sequence[_Block]) -> None:
    """Take out short lines after the last post, and what is no excerpt after the last "Read More…"."""
    closed = sum(1 for block in blocks if block.is_closed)
    if closed > 1 and not blocks[-1].is_closed:
        parted[-1] = [group for group in parted[-1] if _has_text(group)]
    while len(parted[-1]) > 2 and len(parted[-1][-1]) == 1:
        unit = parted[-1][-1][0]
        if not unit.starts_post or unit.metas or blocks[-1].is_closed:
            break
        parted[-1].pop()


def _has_text(group: Sequence[_Unit]) -> bool:
    """Tell whether lines are a post's: one looks like an excerpt, or one of several is dated."""
    is_dated = any(_is_dated(unit.metas) for unit in group)
    return (is_dated and len(group) > 1) or any(_like_text(unit) > 1 for unit in group)


def _is_name(text: str) -> bool:
    return (
        len(text.split()) <= 6
        and len(text) <= 60
        and not _ANY_PAGE.fullmatch(text)
        and text[-1:] not in ".:!?"
    )


def _post(units: Sequence[_Unit], before: Sequence[Meta]) -> Listed:
    """Return the post that lines make: the first is its title, unless it does not look like one."""
    metas = [*before, *(meta for unit in units for meta in unit.metas)]
    title = units[0].text if units[0].starts_post else ""
    rest = units[1:] if title else units
    post = Listed(title=title, summary="\n\n".join(unit.text for unit in rest), is_text=True)
    for meta in metas:
        post = replace(
            post,
            url=post.url or meta.url or None,
            published_at=post.published_at or meta.published_at,
            authors=post.authors or meta.authors,
            tags=merged_terms(post.tags, meta.tags),
            categories=merged_terms(post.categories, meta.categories),
        )
    return post

"""Reads the posts out of text that somebody copied from a listing page.

Such text has no mark-up: what is a title and what an excerpt follows from how lines look and from
what stands between them (blank lines, "Read More…", dates). All lines are labelled together, so
that one odd title does not turn everything after it around. Pure; single lines are told apart in
`lines`.
"""

from __future__ import annotations

import re
from collections.abc import Container, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from zoneinfo import ZoneInfo

from digest.editing.excerpt import count
from digest.models import Term, key, replace
from digest.sources.page.frame import drop_frame
from digest.sources.page.lines import Line, Meta, is_listed, read_line, without_more
from digest.sources.page.listing import MAX_POSTS, Listed, Listing, TermKind, add_term, merged_terms
from digest.sources.page.looks import Block, Unit, is_cut, is_dated, like_text

MAX_LINES = 10_000

_INVISIBLE = re.compile("[\u200b\u200c\u2060\ufeff\xad]")
_PROTECTED = re.compile(r"Protected: ")

# what it costs to label neighbouring lines so; found by trying texts of many shapes
_TITLE_AFTER_TITLE = 2.0
_MORE_TEXT = 1.0
_MORE_TEXT_CLOSE = 0.2
_TEXT_AFTER_CUT = 1.5
_NO_TITLE = 2.0
_ACROSS_GAP = 3.0


@dataclass
class _Page:
    """Hold the lines under one heading, in blocks."""

    label: tuple[TermKind | None, str] | None = None
    blocks: list[Block] = field(default_factory=lambda: [Block()])
    is_over: bool = False
    # whether a sidebar has begun above the posts, and all so far was its list
    is_aside: bool = False

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
            page.is_aside = not page.has_posts
        elif page.is_aside and is_listed(raw):
            continue
        elif not page.is_over:
            page.is_aside = False
            _take(page, line, gap, seen)
            seen.add(key(line.text))
            gap = 0
    yield page


def _take(page: _Page, line: Line, gap: int, seen: Container[str]) -> None:
    """Put a line into the page's last block; "Read More…" closes it."""
    if line.kind == "noise":
        return
    block = page.blocks[-1]
    last = block.units[-1] if block.units else None
    ends = False
    if line.kind in ("more", "meta") and not _is_title_after_all(line, last):
        (last or block).metas.append(line.meta)
        ends = line.kind == "more" and last is not None
    elif last is None or last.text != line.text:  # a picture's link and a title's say the same
        shown = without_more(line.text, seen)
        metas = [line.meta] if line.meta.url else []
        block.units.append(Unit(line.text, shown, gap, line.weight, metas))
        ends = shown != line.text
    if ends:
        block.is_closed = True
        page.blocks.append(Block())


def _is_title_after_all(line: Line, last: Unit | None) -> bool:
    """Tell a title from a byline: where a title is due, "By Popular Demand" is one."""
    if line.kind != "meta" or last is not None:
        return False
    return bool(line.meta.authors) and not line.meta.published_at


def _unwrapped(lines: Sequence[str]) -> list[str]:
    """Return lines, joined where a mail program broke them because no further word fitted."""
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
    parted = _parted_blocks(page, blocks)
    name = drop_frame(parted, blocks, has_label=page.label is not None)
    label = page.label or (("category", name) if name else None)
    for block, groups in zip(blocks, parted, strict=True):
        for at, units in enumerate(groups):
            post = _post(units, block.metas if at == 0 else [])
            yield add_term(post, label[0] or "tag", Term(name=label[1])) if label else post


def _parted_blocks(page: _Page, blocks: Sequence[Block]) -> list[list[list[Unit]]]:
    """Return each block's lines by post."""
    # where "Read More…" divides the posts, blank lines need not
    divided = len(blocks) > 1 and any(block.is_closed for block in blocks)
    gap = 0 if divided else _dividing_gap([unit for block in blocks for unit in block.units])
    parted = [_parted(block, gap) for block in blocks]
    for at, (block, groups) in enumerate(zip(blocks, parted, strict=True)):
        if block.is_closed and (at or page.label):
            _join_subtitle(groups)
    return parted


def _move_metas(blocks: list[Block]) -> None:
    """Give dates above titles to the post below, those behind "Read More…" to the one above."""
    first = blocks[0]
    if not first.is_closed and is_dated(first.metas):
        for before, unit in reversed(list(pairwise(first.units))):
            unit.metas, before.metas = before.metas, []
        return
    has_own = is_dated([*first.metas, *(meta for unit in first.units for meta in unit.metas)])
    if len(blocks) < 2 or has_own or not is_dated(blocks[1].metas):
        return
    for earlier, block in pairwise(blocks):
        if earlier.units:
            earlier.units[-1].metas += block.metas
            block.metas = []


def _dividing_gap(units: Sequence[Unit]) -> int:
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


def _parted(block: Block, gap: int) -> list[list[Unit]]:
    """Return a block's lines by post; each unit that is a title, or begins a post, knows it."""
    units = block.units
    is_title = _labelled(units, gap, expects_title=block.is_closed and len(units) > 1)
    groups: list[list[Unit]] = []
    for at, unit in enumerate(units):
        unit.starts_post = is_title[at]
        across = bool(gap) and unit.gap >= gap and not (at and is_title[at - 1])
        after_cut = bool(at) and not is_title[at - 1] and is_cut(units[at - 1])
        if not groups or is_title[at] or across or after_cut:
            groups.append([])
        groups[-1].append(unit)
    return groups


def _join_subtitle(groups: list[list[Unit]]) -> None:
    """Give a lone line before a block's title and text to them as the title.

    The other is no title then. It is a subtitle or a picture's caption; a post without any text
    seldom stands among others with it.
    """
    if (
        len(groups) == 2
        and len(groups[0]) == 1
        and groups[0][0].starts_post
        and groups[1][0].starts_post
    ):
        groups[:] = [groups[0] + groups[1]]


def _labelled(units: Sequence[Unit], gap: int, *, expects_title: bool) -> list[bool]:
    """Tell of each line whether it is a title, by the labels that cost the least together."""
    best: list[tuple[float, float]] = []
    back: list[tuple[bool, bool]] = []
    for at, unit in enumerate(units):
        as_excerpt = like_text(unit)
        if at == 0:
            best.append((as_excerpt, -as_excerpt + (_NO_TITLE if expects_title else 0.5)))
            back.append((False, False))
            continue
        as_title, as_text = _steps(units[at - 1], unit, gap)
        before = best[-1]
        to_title = (before[0] + as_title[0], before[1] + as_title[1])
        to_text = (before[0] + as_text[0], before[1] + as_text[1])
        best.append((min(to_title) + as_excerpt, min(to_text) - as_excerpt))
        back.append((to_title[1] < to_title[0], to_text[1] < to_text[0]))
    labels: list[bool] = []
    is_text = bool(best) and best[-1][1] < best[-1][0]
    for step in reversed(back):
        labels.append(not is_text)
        is_text = step[is_text]
    return labels[::-1]


def _steps(before: Unit, unit: Unit, gap: int) -> tuple[tuple[float, float], tuple[float, float]]:
    """Return what a title costs after a title or text, and what text costs after them."""
    if gap and unit.gap >= gap:
        return (_TITLE_AFTER_TITLE, -_TEXT_AFTER_CUT), (_ACROSS_GAP, 0.5)
    same = _MORE_TEXT if unit.gap else _MORE_TEXT_CLOSE
    if is_cut(before):
        same = _TEXT_AFTER_CUT
    return (_TITLE_AFTER_TITLE, _ACROSS_GAP if gap else 0.0), (0.0, same)


def _post(units: Sequence[Unit], before: Sequence[Meta]) -> Listed:
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

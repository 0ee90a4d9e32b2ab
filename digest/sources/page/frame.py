"""Takes off what frames the posts of a copied page: its name, its description, menus.

Under a heading that names a tag only a description can stand; elsewhere the first line may be the
page's own name, which then says where its posts belong.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from digest.sources.page.looks import Block, Unit, is_cut, is_dated, like_text

_ANY_PAGE = re.compile(
    r"(?:the |our |my )?(?:blog|home|news|articles|posts|(?:all|latest|recent) (?:posts|news"
    r"|articles)|(?:about|contact)(?: us| me)?)",
    re.I,
)


def drop_frame(parted: list[list[list[Unit]]], blocks: Sequence[Block], *, has_label: bool) -> str:
    """Take out what stands around the posts: names, descriptions, menus.

    Return the page's name if told.
    """
    if not _are_mostly_posts(parted, blocks):
        return ""
    _drop_last(parted, blocks)
    leading = _leading(parted, blocks, has_label=has_label)
    lines = [unit for group in leading for unit in group]
    if any(is_cut(unit) for unit in lines):
        return ""
    del parted[0][: len(leading)]
    names_page = not has_label and 0 < len(lines) <= 3 and _is_name(lines[0].text)
    return lines[0].text if names_page else ""


def _are_mostly_posts(parted: list[list[list[Unit]]], blocks: Sequence[Block]) -> bool:
    """Tell whether at least half of the groups have both title and text, so that a frame shows."""
    closed = [groups[-1] for groups, block in zip(parted, blocks, strict=True) if block.is_closed]
    groups = closed if len(closed) > 1 else [group for block in parted for group in block]
    whole = sum(1 for group in groups if len(group) > 1 and group[0].starts_post)
    return bool(groups) and whole >= (len(groups) + 1) // 2


def _leading(
    parted: list[list[list[Unit]]], blocks: Sequence[Block], *, has_label: bool
) -> list[list[Unit]]:
    """Return the groups of lines that stand before the first post.

    Under a heading only a description.
    """
    first = parted[0]
    posts_are_closed = len(blocks) > 1 and blocks[0].is_closed and len(first) > 1
    if posts_are_closed and all(len(groups) == 1 for groups in parted[1:]):
        # every later block is one post, so the first one ends in one: what is above it leads on
        at = _first_start(first, least=1) if has_label else len(first) - 1
        return first[:at] if at < len(first) else []
    found = first[: _first_start(first, least=1 if has_label else 2)]
    if not found and not has_label and _names_the_cut(first):
        return first[:1]
    return found


def _first_start(groups: Sequence[Sequence[Unit]], *, least: int) -> int:
    """Return where the first post of at least so many lines begins; after all, if none does."""
    starts = (at for at, group in enumerate(groups) if group[0].starts_post and len(group) >= least)
    return next(starts, len(groups))


def _names_the_cut(groups: Sequence[Sequence[Unit]]) -> bool:
    """Tell whether the first group names a page all of whose other groups are cut excerpts."""
    if len(groups) <= 2 or not _is_name(groups[0][0].text) or is_cut(groups[0][-1]):
        return False
    return all(is_cut(group[-1]) for group in groups[1:])


def _drop_last(parted: list[list[list[Unit]]], blocks: Sequence[Block]) -> None:
    """Take out short lines after the last post, and what follows the last "Read More…"."""
    closed = sum(1 for block in blocks if block.is_closed)
    if closed > 1 and not blocks[-1].is_closed:
        parted[-1] = [group for group in parted[-1] if _has_text(group)]
    while len(parted[-1]) > 2 and len(parted[-1][-1]) == 1:
        unit = parted[-1][-1][0]
        if not unit.starts_post or unit.metas or blocks[-1].is_closed:
            break
        parted[-1].pop()


def _has_text(group: Sequence[Unit]) -> bool:
    """Tell whether lines are a post's: one looks like an excerpt, or one of several is dated."""
    has_date = any(is_dated(unit.metas) for unit in group)
    return (has_date and len(group) > 1) or any(like_text(unit) > 1 for unit in group)


def _is_name(text: str) -> bool:
    return (
        len(text.split()) <= 6
        and len(text) <= 60
        and not _ANY_PAGE.fullmatch(text)
        and text[-1:] not in ".:!?"
    )

"""Cuts a tokenised MJML page into its frame and its blocks, so that each is compiled once.

A block is what stands directly in a column: a row of a post, a section's title, a button. All else
is the frame, with a hole for the blocks of each column. Cutting needs to know nothing of what a
block looks like; where a page is no plain MJML, it is not cut, and all of it is frame.

What a block looks like compiled may depend on nothing but its own text and its setting: the head
without what only names the page, those of its classes that a style sheet names, and the section it
stands in. So a page whose styles could tell one block by its neighbours is not cut either.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Final, NamedTuple

from digest.lazy import regex
from digest.rendering.page.tokens import TOKEN

_COLUMN: Final = "<mj-column"
_COLUMN_END: Final = "</mj-column>"
_CHILD = regex(
    r"<mj-(?=(?:raw|text|table|button|image|divider|spacer|social|navbar|accordion|carousel)[\s/>])"
)
_CHILD_START: Final = "<mj-"

# components for which MJML adds styles to the head, so that all of the page depends on having one
_STYLED = regex(r"<mj-(image|social|navbar|accordion|carousel)\b")
_COMMENT = regex(r"<!--.*?-->", re.DOTALL)

# of a head, what names the page and has no part in how a block looks
_NAMES = regex(r"<mj-(title|preview)>.*?</mj-\1>|<(?:meta|link)\b[^>]*>", re.DOTALL)
# Of style sheets that stay in the head a block only keeps the classes that they name.
_SHEET = regex(r"<mj-style\s*>.*?</mj-style>|<style\b[^>]*>.*?</style>", re.DOTALL)
_NAMED_CLASS = regex(r"\.(-?[_a-zA-Z][\w-]*)")
_HEADS_CLASSES = regex(r"""css-class=["']([^"']*)""")
_WORD = regex(r"[\w-]+")
# What a template's loops leave between blocks.
_NOTHING = regex(r"<mj-raw>\s*</mj-raw>|\s+")
_SECTION = regex(r"<mj-section\b.*?</mj-section>", re.DOTALL)
# Sections in these depend on what is around them, and style elements on anything.
_NESTING = regex(r"<mj-(?:wrapper|group|hero)\b|<style\b")
_INLINED = regex(r"<mj-style\s[^>]*inline=[\"']inline[\"'][^>]*>(.*?)</mj-style>", re.DOTALL)
_DECLARATIONS = regex(r"\{[^}]*\}|/\*.*?\*/", re.DOTALL)
_BESIDE = regex(r"[+~:]")  # in a selector: what stands before, or which child of how many

HOLE: Final = "\1"


class Said(NamedTuple):
    """Hold a piece of a page: its text without numbers, and its tokens' numbers in their order.

    `pattern` tells which of them are the same where one stands more than once; else it is empty.
    """

    text: str
    pattern: tuple[int, ...]
    numbers: tuple[int, ...]


@lru_cache(maxsize=2048)  # most of a page is numbered like that of another issue
def said(text: str) -> Said:
    """Return a piece with its tokens numbered from nought, so that it can be known again.

    >>> said("<p>zq0007fqz, zq0009fqz</p>").numbers, said("zq0004fqz zq0004fqz").pattern
    ((7, 9), (0, 0))
    """
    parts = TOKEN.split(text)
    numbers = [int(number) for number in parts[1::2]]
    distinct = dict.fromkeys(numbers)
    pattern: tuple[int, ...] = ()
    if len(distinct) < len(numbers):
        order = {number: i for i, number in enumerate(distinct)}
        pattern = tuple(order[number] for number in numbers)
    return Said("\0".join(parts[0::2]), pattern, tuple(distinct))


class Cut(NamedTuple):
    """Hold a page cut: `frame` has one part more than `holes`, each of which has its blocks."""

    frame: tuple[str, ...]
    holes: tuple[tuple[str, ...], ...] = ()


def cut(mjml: str) -> Cut:
    """Return a page cut into its frame and its blocks; joined in turn they are the page.

    White space between blocks is left out.
    """
    before, *columns = mjml.split(_COLUMN)
    frame, holes = [before], []
    for column in columns:
        inside, closing, after = column.partition(_COLUMN_END)
        opening, _, inner = inside.partition(">")
        if not closing or opening.endswith("/"):
            return Cut((mjml,))
        frame[-1] += f"{_COLUMN}{opening}>"
        frame.append(closing + after)
        holes.append(_blocks(inner))
    return Cut(tuple(frame), tuple(holes))


def _blocks(inner: str) -> tuple[str, ...]:
    before, *children = _CHILD.split(inner)
    blocks = [_CHILD_START + child.rstrip() for child in children]
    return (before.strip(), *blocks) if before.strip() else tuple(blocks)


@lru_cache(maxsize=2048)
def styled(text: str) -> frozenset[str] | None:
    """Return a block's components that a head has styles for; None if it cannot be alone.

    Text that a comment begins or ends in belongs to its neighbours; a style sheet concerns them
    all.
    """
    if "<style" in text:
        return None
    if "<!--" in text or "-->" in text:
        bare = _COMMENT.sub("", text)
        if "<!--" in bare or "-->" in bare:
            return None
    return frozenset(_STYLED.findall(text))


@lru_cache(maxsize=2048)
def classes(text: str, named: frozenset[str]) -> str:
    """Return which of the classes that style sheets name a block has, or may have."""
    return " ".join(sorted(named.intersection(_WORD.findall(text))))


class Setting(NamedTuple):
    """Hold what blocks depend on: the look that all pages share, each hole's place, the classes."""

    look: str
    places: tuple[str, ...]
    named: frozenset[str]


@lru_cache(maxsize=64)
def setting(frame: tuple[str, ...]) -> Setting | None:
    """Return what a frame's blocks depend on; None if on more than that."""
    whole = HOLE.join(frame)
    head, found, body = whole.partition("</mj-head>")
    bare = _SHEET.sub("", _NAMES.sub("", head))
    look = re.sub(" +", " ", _NOTHING.sub(" ", bare))
    if not found or _BESIDE.search(_DECLARATIONS.sub(" ", " ".join(_INLINED.findall(look)))):
        return None
    common, own = _named(head)
    look = f"{look}\n{' '.join(sorted(common))}"
    sections = _SECTION.findall(body)
    opening = body.partition("<mj-section")[0].rpartition("<mj-body")[2].partition(">")[0]
    around = [section for section in sections for _ in range(section.count(HOLE))]
    if _NESTING.search(body) or len(around) != len(frame) - 1:
        around, opening = [body for _ in frame[1:]], ""
    places = tuple(f"{look}\n{opening}\n{section}" for section in around)
    return Setting(look, places, own)


def _named(head: str) -> tuple[set[str], frozenset[str]]:
    """Return the classes that a head's sheets name: those that any block may have, and the rest."""
    sheets = " ".join(found[0] for found in _SHEET.finditer(head))
    named = set(_NAMED_CLASS.findall(sheets))
    # Put on by MJML itself, or by the head's own attributes.
    given = set(_WORD.findall(" ".join(_HEADS_CLASSES.findall(head))))
    common = {name for name in named if name.startswith("mj-") or name in given}
    return common, frozenset(named - common)

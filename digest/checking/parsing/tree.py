"""An HTML page as a tree whose every node knows where in the source it stands."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator
from functools import cached_property
from typing import Final, Literal

from digest.lazy import regex
from digest.models import Value

MendKind = Literal[
    "unclosed",
    "unclosed-optional",
    "closed-early",
    "stray-end",
    "self-closed",
    "double-attribute",
    "run-together",
    "broken-tag",
    "unclosed-comment",
    "in-table",
    "nested-link",
    "too-deep",
    "too-many",
]


class Mend(Value):
    """Record what a reader of HTML has to put right; `by` names the tag that forced it."""

    kind: MendKind
    name: str
    start: int
    by: str = ""


class Text:
    """Hold one run of text, entities decoded; `start` is its place in the source."""

    __slots__ = ("parent", "start", "value")

    def __init__(self, value: str, start: int, parent: Node) -> None:
        self.value, self.start, self.parent = value, start, parent


class Node:
    """Hold one element. `start` and `end` bound its start tag, `close` is where it ends."""

    __slots__ = (
        *("attributes", "children", "classes", "close", "depth", "end", "name", "parent", "start"),
    )

    def __init__(
        self, name: str, attributes: dict[str, str], start: int, end: int, parent: Node | None
    ) -> None:
        self.name, self.attributes, self.start, self.end, self.parent = (
            name,
            attributes,
            start,
            end,
            parent,
        )
        self.classes = frozenset(attributes.get("class", "").split())
        self.children: list[Node | Text] = []
        self.depth: int = parent.depth + 1 if parent else 0
        self.close = end

    def get(self, attribute: str, otherwise: str = "") -> str:
        """Return an attribute's value; names are lower-case."""
        return self.attributes.get(attribute, otherwise)

    def above(self) -> Iterator[Node]:
        """Yield the elements around this one, the nearest first."""
        node = self.parent
        while node is not None:
            yield node
            node = node.parent

    def inside(self) -> Iterator[Node | Text]:
        """Yield everything inside in the order of the source."""
        waiting: list[Node | Text] = list(reversed(self.children))
        while waiting:
            found = waiting.pop()
            yield found
            if isinstance(found, Node):
                waiting.extend(reversed(found.children))

    def elements(self) -> Iterator[Node]:
        """Yield the elements inside."""
        return (found for found in self.inside() if isinstance(found, Node))

    def text(self) -> str:
        """Return the text inside, spaces folded."""
        return fold("".join(found.value for found in self.inside() if isinstance(found, Text)))


class Comment(Value):
    """Hold one comment without its marks; `<![endif]>` is a declaration."""

    body: str
    start: int
    end: int
    is_declaration: bool = False


_FILLERS: Final = regex(
    "[\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180e\u200b-\u200f\u2060-\u2064\ufeff]+"
)


def fold(text: str) -> str:
    r"""Return text as a reader sees it: runs of spaces as one, invisible characters gone.

    >>> fold(" a\u00a0 b\u200c ")
    'a b'
    """
    shown = text if text.isascii() else _FILLERS.sub("", text)
    return " ".join(shown.split())


class Document:
    """Hold a parsed page: elements and texts in the source's order, and what was mended."""

    def __init__(self, source: str) -> None:
        self.source = source
        self.root = Node("", {}, 0, 0, None)
        self.nodes: list[Node] = []
        self.texts: list[Text] = []
        self.comments: list[Comment] = []
        self.mends: list[Mend] = []
        self.doctype: str | None = None

    @cached_property
    def by_name(self) -> dict[str, list[Node]]:
        """Return the elements by name."""
        found: dict[str, list[Node]] = {}
        for node in self.nodes:
            found.setdefault(node.name, []).append(node)
        return found

    def all(self, *names: str) -> list[Node]:
        """Return the elements of these names in the order of the source."""
        if len(names) == 1:
            return self.by_name.get(names[0], [])
        found = [node for name in names for node in self.by_name.get(name, ())]
        return sorted(found, key=lambda node: node.start)

    def first(self, name: str) -> Node | None:
        """Return the first element of a name."""
        return next(iter(self.by_name.get(name, ())), None)

    @cached_property
    def _lines(self) -> list[int]:
        return [0, *(match.end() for match in re.finditer("\n", self.source))]

    def place(self, offset: int) -> tuple[int, int]:
        """Return the line and column of an offset, both counted from 1."""
        line = bisect_right(self._lines, offset)
        return line, offset - self._lines[line - 1] + 1

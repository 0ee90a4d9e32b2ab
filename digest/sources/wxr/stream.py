"""Reads a WXR item by item, in bounded memory: lxml's `iterparse` over bytes without controls.

This module owns lxml for exports. Exports are written without escaping what XML forbids, so control
characters become blanks on their way in, and a file that ends early gives what stands before.
"""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from functools import lru_cache
from pathlib import Path
from typing import Any

from digest.errors import SourceError
from digest.sources.reading import open_regular

_CONTROLS = bytes(n for n in range(0x20) if n not in (9, 10, 13))
_BLANKED = bytes.maketrans(_CONTROLS, b" " * len(_CONTROLS))
_CHUNK = 256 * 1024
_HINT = "Give the file that Tools > Export of WordPress wrote."


class Node:
    """Look up an item's children by their bare names, whatever the namespace's version."""

    def __init__(self, element: Any) -> None:
        self._children = [(_named(child.tag), child) for child in element]

    def text(self, name: str) -> str:
        """Return the text of the first child of this name ("content:encoded"), else nothing."""
        return next((child.text or "" for said, child in self._children if said == name), "")

    def all(self, name: str) -> Iterator[tuple[Any, Node]]:
        """Yield every child of this name, with its own children."""
        for said, child in self._children:
            if said == name:
                yield child, Node(child)


@lru_cache(maxsize=500)
def _named(tag: object) -> str:
    """Return a tag's bare name; the three that others share keep a prefix."""
    if not isinstance(tag, str):  # a comment
        return ""
    space, _, bare = tag.rpartition("}")
    prefixes = {"/excerpt/": "excerpt:", "/content/": "content:", "purl.org/dc/": "dc:"}
    prefix = next((prefixes[part] for part in prefixes if part in space), "")
    return prefix + bare


class _Sound(io.RawIOBase):
    """Give a file's bytes without control characters, and without what stands before the XML."""

    def __init__(self, path: Path) -> None:
        self._file = open_regular(path)
        self._head = self._file.read(_CHUNK)
        begin = re.search(rb"<\?xml|<rss", self._head)
        self._head = self._head[begin.start() :] if begin else self._head

    def read(self, size: int = -1) -> bytes:
        chunk, self._head = self._head or self._file.read(_CHUNK), b""
        return chunk.translate(_BLANKED)

    def close(self) -> None:
        self._file.close()
        super().close()


def nodes(path: Path, problems: list[str]) -> Iterator[tuple[str, Node]]:
    """Yield each `item` and `author` of an export, with its bare name.

    Each is freed after its turn.

    Raises:
        SourceError: if the file cannot be read, or is no export.
    """
    from lxml import etree

    try:
        stream = _Sound(path)
    except OSError as exc:
        raise SourceError(f"unreadable: {exc.strerror or exc}", where=str(path)) from exc
    found = False
    with stream:
        walk = etree.iterparse(
            stream, events=("end",), tag=("{*}item", "{*}author"), recover=True, huge_tree=True,
            resolve_entities=False, no_network=True, load_dtd=False,
        )  # fmt: skip
        try:
            for _, element in walk:
                parent = element.getparent()
                if parent is None or parent.tag != "channel":
                    continue
                found = True
                yield _named(element.tag), Node(element)
                element.clear()
                # what stood before goes too, all else that a channel has among it
                while element.getprevious() is not None:
                    del parent[0]
        except etree.XMLSyntaxError as exc:
            if not found:
                raise SourceError("is no export", where=str(path), hint=_HINT) from exc
            problems.append("the export ends in the middle; what follows is lost")
    if not found:
        raise SourceError("holds no posts of an export", where=str(path), hint=_HINT)

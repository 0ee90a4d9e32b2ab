"""Puts what a template includes in its place before it is compiled, so that a page is one piece of code.

Jinja builds a context for every include, which for posts in a loop costs more than all else. What
declares blocks or inherits stays an include. What was put in is told as parts, so that compiled
code can be kept for as long as none of them has changed: see `compiled`.
"""

from __future__ import annotations

from hashlib import blake2b
from typing import NamedTuple, Protocol

from jinja2 import nodes
from jinja2.visitor import NodeTransformer


class Sources(Protocol):
    """Name what splicing asks of an sources: where a template lies, its source, its tree."""

    def join_path(self, template: str, parent: str) -> str:
        """Return the name that a template means by what it writes."""

    def source(self, name: str) -> tuple[str, str | None]:
        """Return a template's source and its file's name."""

    def parse(
        self, source: str, name: str | None = None, filename: str | None = None
    ) -> nodes.Template:
        """Return the tree of a source."""


class Part(NamedTuple):
    """Hold what one include named: as it is written, where that stands, what it meant, its source's hash."""

    written: str
    parent: str
    name: str
    digest: bytes


def digest_of(source: str) -> bytes:
    """Return the hash by which a template's source is known again."""
    return blake2b(source.encode(errors="surrogatepass"), digest_size=16).digest()


def spliced(sources: Sources, source: str, name: str) -> tuple[nodes.Template, tuple[Part, ...]]:
    """Return a template's tree with its includes in place, and the parts that this took."""
    splicer = _Splicer(sources, (name,), {})
    tree = splicer.visit(sources.parse(source, name))
    return tree, tuple(splicer.parts.values())


class _Splicer(NodeTransformer):
    """Replace each include by what it includes."""

    def __init__(
        self, sources: Sources, names: tuple[str, ...], parts: dict[tuple[str, str], Part]
    ) -> None:
        self._sources = sources
        self._names = names
        self.parts = parts

    def visit_Include(self, node: nodes.Include) -> nodes.Node:  # noqa: N802 - named by Jinja's visitor
        """Return the included template's nodes in a scope of their own."""
        if (
            not isinstance(node.template, nodes.Const)
            or not node.with_context
            or node.ignore_missing
        ):
            return node
        written, parent = str(node.template.value), self._names[-1]
        name = self._sources.join_path(written, parent)
        source, filename = self._sources.source(name)
        self.parts[written, parent] = Part(written, parent, name, digest_of(source))
        if name in self._names:
            return node
        tree = self._sources.parse(source, name, filename)
        if tree.find(nodes.Block) or tree.find(nodes.Extends):
            return node
        inner = _Splicer(self._sources, (*self._names, name), self.parts).visit(tree)
        return nodes.Scope(inner.body, lineno=node.lineno)

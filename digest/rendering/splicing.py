"""Puts what a template includes in its place before it is compiled, so that a page is one piece of code.

Jinja builds a context for every include, which for posts in a loop costs more than all else. What declares
blocks or inherits stays an include. What was put in is told as parts, so that compiled code can be kept for
as long as none of them has changed: see `compiled`.
"""

from __future__ import annotations

from hashlib import blake2b
from typing import TYPE_CHECKING, NamedTuple

from jinja2 import nodes
from jinja2.visitor import NodeTransformer

if TYPE_CHECKING:
    from digest.rendering.template import Environment


class Part(NamedTuple):
    """Hold what one include named: as it is written, where that stands, what it meant, its source's hash."""

    written: str
    parent: str
    name: str
    digest: bytes


def digest_of(source: str) -> bytes:
    """Return the hash by which a template's source is known again."""
    return blake2b(source.encode(errors="surrogatepass"), digest_size=16).digest()


def spliced(environment: Environment, source: str, name: str) -> tuple[nodes.Template, tuple[Part, ...]]:
    """Return a template's tree with its includes in place, and the parts that this took."""
    splicer = _Splicer(environment, (name,), {})
    tree = splicer.visit(environment.parse(source, name))
    return tree, tuple(splicer.parts.values())


class _Splicer(NodeTransformer):
    """Replace each include by what it includes."""

    def __init__(
        self, environment: Environment, names: tuple[str, ...], parts: dict[tuple[str, str], Part]
    ) -> None:
        self._environment = environment
        self._names = names
        self.parts = parts

    def visit_Include(self, node: nodes.Include) -> nodes.Node:  # noqa: N802 - named by Jinja's visitor
        """Return the included template's nodes in a scope of their own."""
        if not isinstance(node.template, nodes.Const) or not node.with_context or node.ignore_missing:
            return node
        written, parent = str(node.template.value), self._names[-1]
        name = self._environment.join_path(written, parent)
        source, filename = self._environment.source(name)
        self.parts[written, parent] = Part(written, parent, name, digest_of(source))
        if name in self._names:
            return node
        tree = self._environment.parse(source, name, filename)
        if tree.find(nodes.Block) or tree.find(nodes.Extends):
            return node
        inner = _Splicer(self._environment, (*self._names, name), self.parts).visit(tree)
        return nodes.Scope(inner.body, lineno=node.lineno)

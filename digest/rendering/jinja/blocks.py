"""Refuses a block written for a parent that has no such place: it would show nothing."""

from __future__ import annotations

from collections.abc import Iterator

from jinja2 import TemplateAssertionError, nodes

from digest.nearest import nearest
from digest.rendering.jinja.splicing import Part, Sources, digest_of


def parents(sources: Sources, tree: nodes.Template, name: str) -> tuple[Part, ...]:
    """Return the templates that one extends, the nearest first, once its blocks are found there.

    Raises:
        TemplateAssertionError: for a block that none of them has; Jinja's error.
        TemplateNotFound: if a parent does not exist; Jinja's error.
    """
    found: list[Part] = []
    known: set[str] = set()
    current, parent = tree, name
    while (extends := current.find(nodes.Extends)) is not None:
        if not isinstance(extends.template, nodes.Const):
            return tuple(found)  # which one it is turns out when it runs
        written = str(extends.template.value)
        above = sources.join_path(written, parent)
        source, filename = sources.source(above)
        part = Part(written, parent, above, digest_of(source))
        if part in found:
            return tuple(found)  # it extends itself, which Jinja tells
        found.append(part)
        current, parent = sources.parse(source, above, filename), above
        known |= {block.name for block in current.find_all(nodes.Block)}
    if found:
        _refuse_strange(tree, known, name, sources)
    return tuple(found)


def _refuse_strange(tree: nodes.Template, known: set[str], name: str, sources: Sources) -> None:
    for block in _outermost(tree):
        if block.name not in known:
            near = nearest(block.name, known)
            there = ", ".join(sorted(known)) or "none"
            hint = f"did you mean {near}?" if near else f"its blocks are: {there}"
            told = f"what this template extends has no block {block.name}, so it would show nothing"
            raise TemplateAssertionError(
                f"{told}; {hint}", block.lineno, name, sources.source(name)[1]
            )


def _outermost(node: nodes.Node) -> Iterator[nodes.Block]:
    """Yield the blocks that stand in no other block."""
    for child in node.iter_child_nodes():
        if isinstance(child, nodes.Block):
            yield child
        else:
            yield from _outermost(child)

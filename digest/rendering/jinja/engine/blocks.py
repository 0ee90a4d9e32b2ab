"""Refuses what a template writes and would show nothing: blocks, words, absent files."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Protocol

from jinja2 import TemplateAssertionError, TemplateNotFound, nodes

from digest.nearest import nearest
from digest.rendering.jinja.engine.wording import NO_TEMPLATE


class Sources(Protocol):
    """Name what is asked of an environment: where a template lies, its source, its tree."""

    def join_path(self, template: str, parent: str) -> str:
        """Return the name that a template means by what it writes."""

    def source(self, name: str) -> tuple[str, str | None]:
        """Return a template's source and its file's name."""

    def exists(self, name: str) -> bool:
        """Tell whether there is a template of that name."""

    def parse(
        self, source: str, name: str | None = None, filename: str | None = None
    ) -> nodes.Template:
        """Return the tree of a source."""


def refuse_missing_files(sources: Sources, tree: nodes.Template, name: str) -> None:
    """Refuse an include or import of what is not there, also where no issue has needed it yet.

    Raises:
        TemplateAssertionError: for the first of them; Jinja's error.
    """
    own = sources.source(name)[1]
    for node in tree.find_all((nodes.Include, nodes.Import, nodes.FromImport)):
        written: nodes.Expr = getattr(node, "template")  # noqa: B009 - each of the three has one
        if isinstance(written, nodes.Div):
            told = 'the name of a file stands in quotes: write {% include "partials/…" %}'
            raise TemplateAssertionError(told, node.lineno, name, own)
        if not isinstance(written, nodes.Const) or getattr(node, "ignore_missing", False):
            continue
        if not sources.exists(sources.join_path(str(written.value), name)):
            raise TemplateAssertionError(f"{NO_TEMPLATE}{written.value}", node.lineno, name, own)


def refuse_strange_blocks(sources: Sources, tree: nodes.Template, name: str) -> None:
    """Refuse a block that none of the templates has which this one extends.

    Raises:
        TemplateAssertionError: for such a block, or a parent that does not exist; Jinja's error.
    """
    known: set[str] = set()
    above: list[str] = []
    for parent, grown in _parents(sources, tree, name):
        if parent in above:
            return  # it extends itself, which Jinja tells
        above.append(parent)
        known |= {block.name for block in grown.find_all(nodes.Block)}
    if above:
        _refuse(tree, known, name, sources)
        _refuse_words(tree, name, sources)


def _parents(
    sources: Sources, tree: nodes.Template, name: str
) -> Iterator[tuple[str, nodes.Template]]:
    """Yield the templates that one extends, the nearest first, as far as its text tells."""
    extends = tree.find(nodes.Extends)
    while extends is not None and isinstance(extends.template, nodes.Const):
        above = sources.join_path(str(extends.template.value), name)
        try:
            source, filename = sources.source(above)
        except TemplateNotFound as exc:
            # told here, since Jinja would look for the extending template elsewhere, and name that
            told = f"{NO_TEMPLATE}{above}"
            own = sources.source(name)[1]
            raise TemplateAssertionError(told, extends.lineno, name, own) from exc
        name = above
        tree = sources.parse(source, name, filename)
        yield name, tree
        extends = tree.find(nodes.Extends)


def _refuse(tree: nodes.Template, known: set[str], name: str, sources: Sources) -> None:
    for block in _outermost(tree):
        # Jinja takes such a block without a word, and shows nothing of it.
        if block.name not in known:
            near = nearest(block.name, known)
            there = ", ".join(sorted(known)) or "none"
            hint = f"did you mean {near}?" if near else f"its blocks are: {there}"
            told = f"what this template extends has no block {block.name}, so it would show nothing"
            raise TemplateAssertionError(
                f"{told}; {hint}", block.lineno, name, sources.source(name)[1]
            )


def _refuse_words(tree: nodes.Template, name: str, sources: Sources) -> None:
    """Refuse what a template that extends another prints outside of blocks.

    Raises:
        TemplateAssertionError: since it would show nothing; Jinja's error.
    """
    is_below = False
    for node in tree.body:
        is_below = is_below or isinstance(node, nodes.Extends)
        for word in node.nodes if is_below and isinstance(node, nodes.Output) else ():
            text = word.data.strip() if isinstance(word, nodes.TemplateData) else "{{ … }}"
            if text:
                begun = text.partition("\n")[0][:40]
                told = f'"{begun}" stands in no block of what this template extends'
                line = word.lineno
                raise TemplateAssertionError(
                    f"{told}, so it would show nothing: put it into one",
                    line,
                    name,
                    sources.source(name)[1],
                )


def _outermost(node: nodes.Node) -> Iterator[nodes.Block]:
    """Yield the blocks that stand in no other block."""
    for child in node.iter_child_nodes():
        if isinstance(child, nodes.Block):
            yield child
        else:
            yield from _outermost(child)

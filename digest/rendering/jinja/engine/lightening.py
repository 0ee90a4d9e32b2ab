"""Writes a template's code for `light`, with what is the same on every page already printed."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from io import StringIO
from typing import Any

from jinja2 import nodes

from digest.rendering.jinja.engine.generating import Generator
from digest.rendering.jinja.light import RUNTIME

_JINJAS_RUNTIME = "from jinja2.runtime import "


class _LightGenerator(Generator):
    """Write that a page itself keeps what is printed on it."""

    def _output_child_pre(self, node: nodes.Expr, frame: Any, finalize: Any) -> None:
        self.write("context.kept(")


def written(
    environment: Any,
    tree: nodes.Template,
    name: str,
    filename: str | None,
    fixed: Mapping[str, str],
) -> str:
    """Return a template's code; `fixed` are printed values by the expressions that name them.

    Two thirds of what a page prints are colours and fonts of its head.
    """
    _print_fixed(tree, fixed)
    code = StringIO()
    _LightGenerator(environment, name, filename, code, defer_init=True).visit(tree)
    # Its very first words, which no template can write.
    return f"{RUNTIME}{code.getvalue().removeprefix(_JINJAS_RUNTIME)}"


def _print_fixed(tree: nodes.Template, fixed: Mapping[str, str]) -> None:
    """Put values in the place of expressions that name them, where nothing else can be meant."""
    own = set(_names_given(tree))
    known = {said: text for said, text in fixed.items() if said.partition(".")[0] not in own}
    for output in tree.find_all(nodes.Output):
        output.nodes = [
            nodes.TemplateData(known[said]) if (said := _said(child)) in known else child
            for child in output.nodes
        ]


def _said(node: nodes.Node) -> str:
    """Return how an expression is written: "name" or "name.attribute", and nothing for others."""
    if isinstance(node, nodes.Name):
        return str(node.name)
    if isinstance(node, nodes.Getattr) and isinstance(node.node, nodes.Name):
        return f"{node.node.name}.{node.attr}"
    return ""


def _names_given(tree: nodes.Template) -> Iterator[str]:
    """Yield the names to which a template gives a meaning of its own."""
    for node in tree.find_all((nodes.Name, nodes.Macro, nodes.Import, nodes.FromImport)):
        if (isinstance(node, nodes.Name) and node.ctx != "load") or isinstance(node, nodes.Macro):
            yield node.name
        elif isinstance(node, nodes.Import):
            yield node.target
        elif isinstance(node, nodes.FromImport):
            yield from (name if isinstance(name, str) else name[1] for name in node.names)

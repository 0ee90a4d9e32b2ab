"""Works out beforehand what every issue of one look has in common, so that a page pays only for its content.

A theme's colours and sizes stand in a template a hundred times and never change between two issues.
They are put into the template's tree as text before it is compiled, and whatever follows from them
alone is worked out there and then. Names that a template only reads are looked up once for a page
and not once for a post.

This room refuses to guess: a name that the template itself assigns anywhere stays as it is written.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from keyword import iskeyword
from typing import Any, TypeAlias

from jinja2 import nodes
from jinja2.compiler import CodeGenerator
from jinja2.visitor import NodeTransformer
from markupsafe import Markup

from digest.rendering.jinja.printing import FILLABLE

Constants: TypeAlias = Mapping[str, str | int]
"""What is known of names (`direction`) and of attributes of names (`theme.ink`); texts are markup."""

_BINDING: tuple[type[nodes.Node], ...] = (nodes.Import, nodes.FromImport, nodes.Extends)


def folded(tree: nodes.Template, constants: Constants) -> nodes.Template:
    """Return a template's tree with what is known of its names put in; the tree itself is changed."""
    own = _assigned(tree)
    known = {
        place: value for place, value in constants.items() if place.partition(".")[0] not in own
    }
    _Folder(known).visit(tree)
    if not any(tree.find(kind) for kind in _BINDING):
        _look_up_early(tree, own)
    return tree


def _assigned(tree: nodes.Template) -> frozenset[str]:
    """Return the names that a template gives a meaning of its own somewhere."""
    stored = {name.name for name in tree.find_all(nodes.Name) if name.ctx != "load"}
    macros = {macro.name for macro in tree.find_all(nodes.Macro)}
    return frozenset(stored | macros | {"loop", "caller", "varargs", "kwargs", "self", "super"})


class _Folder(NodeTransformer):
    """Replace known names by constants; printed alone, they are the template's own text."""

    def __init__(self, known: Constants) -> None:
        self._known = known

    def visit_Name(self, node: nodes.Name) -> nodes.Expr:  # noqa: N802 - named by Jinja's visitor
        """Return a constant for a name that is known."""
        return self._constant(node.name, node)

    def visit_Getattr(self, node: nodes.Getattr) -> nodes.Expr:  # noqa: N802
        """Return a constant for a known attribute of a name."""
        if isinstance(node.node, nodes.Name):
            return self._constant(f"{node.node.name}.{node.attr}", node)
        return self.generic_visit(node)  # type: ignore[return-value]

    def visit_Output(self, node: nodes.Output) -> nodes.Output:  # noqa: N802
        """Return an output in which known markup is text like that around it."""
        self.generic_visit(node)
        node.nodes = [_as_text(child) for child in node.nodes]
        return node

    def _constant(self, place: str, node: nodes.Expr) -> nodes.Expr:
        value = self._known.get(place)
        if value is None:
            return node
        constant = Markup(value) if isinstance(value, str) else value  # noqa: S704 - a theme's, checked there
        return nodes.Const(constant, lineno=node.lineno)


def _as_text(child: nodes.Expr) -> nodes.Expr:
    if isinstance(child, nodes.Const) and isinstance(child.value, Markup):
        return nodes.TemplateData(str(child.value), lineno=child.lineno)
    return child


def _look_up_early(tree: nodes.Template, own: Iterable[str]) -> None:
    """Have the page and each of its blocks look their names up at their start.

    Jinja looks a name up in the innermost scope that uses it, which is anew for every post.
    """
    scopes: list[nodes.Template | nodes.Block] = [tree, *tree.find_all(nodes.Block)]
    for scope in scopes:
        names = {name.name for name in scope.find_all(nodes.Name)} - set(own)
        scope.body[:0] = [
            nodes.ExprStmt(nodes.Name(name, "load"), lineno=1) for name in sorted(names)
        ]


class Generator(CodeGenerator):
    """Write less than Jinja would, where less says the same.

    No `escape` and `str` around what is printed, since `finalize` always returns what is ready; and
    our own values' attributes are read without asking the sandbox, which would allow them all.
    """

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self._asked: set[int] = set()

    def _output_child_pre(self, node: nodes.Expr, frame: Any, finalize: Any) -> None:
        self.write(finalize.src)

    def _output_child_post(self, node: nodes.Expr, frame: Any, finalize: Any) -> None:
        self.write(")")

    def visit_Getattr(self, node: nodes.Getattr, frame: Any) -> None:  # noqa: N802 - named by Jinja
        """Write a plain attribute access for our own values, and Jinja's for all others.

        One that is not there raises at once, so this is not for those of which a template asks if
        they are.
        """
        plain = node.attr.isidentifier() and not iskeyword(node.attr) and node.attr[0] != "_"
        if not plain or id(node) in self._asked:
            super().visit_Getattr(node, frame)
            return
        self.write(f"(obj.{node.attr} if type(obj := ")
        self.visit(node.node, frame)
        self.write(f") in environment.own else environment.getattr(obj, {node.attr!r}))")

    def visit_Filter(self, node: nodes.Filter, frame: Any) -> None:  # noqa: N802
        """Remember what `default` is asked about."""
        if node.name in ("default", "d"):
            self._asked.add(id(node.node))
        super().visit_Filter(node, frame)

    def visit_Test(self, node: nodes.Test, frame: Any) -> None:  # noqa: N802
        """Remember what `is defined` is asked about."""
        if node.name in ("defined", "undefined", FILLABLE):
            self._asked.add(id(node.node))
        super().visit_Test(node, frame)

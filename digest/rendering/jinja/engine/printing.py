"""How Jinja prints: each value as `values` says, and the one tag of our own.

Templates get `{% given slots.x %}…{% otherwise %}…{% endgiven %}`: a region that is kept only where
the slot has a value. Which is so depends on the service, so it is decided when a page is filled.
"""

from __future__ import annotations

from contextvars import ContextVar

from jinja2 import Undefined, nodes
from jinja2.ext import Extension
from jinja2.parser import Parser
from jinja2.runtime import Context

from digest.models import Slotted
from digest.rendering.jinja.values import EDGE, FILLABLE, Slot
from digest.rendering.page import SLOTS

printed: ContextVar[list[Slotted]] = ContextVar("values")


class GivenTag(Extension):
    """Parse `{% given slots.x %}…{% otherwise %}…{% endgiven %}`.

    Where the page has no such slot at all (the web page), only the "otherwise" branch is rendered.
    """

    tags = {"given"}

    def parse(self, parser: Parser) -> nodes.Node:
        """Return the region as Jinja's own nodes."""
        line = next(parser.stream).lineno
        slot = parser.parse_expression()
        body = parser.parse_statements(("name:otherwise", "name:endgiven"))
        otherwise: list[nodes.Node] = []
        if parser.stream.current.value == "otherwise":
            next(parser.stream)
            otherwise = parser.parse_statements(("name:endgiven",))
        next(parser.stream)
        region = [self._bound("given", slot), *body]
        if otherwise:
            region += [self._bound("otherwise", slot), *otherwise]
        region.append(self._bound("end", slot))
        return nodes.If(
            nodes.Test(slot, FILLABLE, [], [], None, None), region, [], otherwise
        ).set_lineno(line)

    def _bound(self, kind: str, slot: nodes.Expr) -> nodes.Output:
        return nodes.Output([nodes.Filter(slot, EDGE, [nodes.Const(kind)], [], None, None)])


def is_fillable(slot: object) -> bool:
    """Tell whether this page has the slot; a name that is no slot's is an error on every page."""
    # A misspelt slot must not pass for one that the web page lacks.
    if isinstance(slot, Undefined) and slot._undefined_name not in SLOTS:
        slot._fail_with_undefined_error()
    return isinstance(slot, Slot)


class Page(Context):
    """Hold the names of a page, and the values kept so far, which what it includes shares."""

    @property
    def printed(self) -> list[Slotted]:
        """Return the values kept so far."""
        return printed.get()

"""The sandbox that templates and lines run in: Jinja's, with limits to what they make and do.

How large a text may become, and how much work one rendering may be, is told in `limits`.
"""

from __future__ import annotations

from typing import Any, Final

from jinja2 import TemplateRuntimeError, Undefined, nodes
from jinja2.exceptions import SecurityError
from jinja2.runtime import Context
from jinja2.sandbox import ImmutableSandboxedEnvironment
from jinja2.utils import generate_lorem_ipsum
from jinja2.visitor import NodeTransformer

from digest.lazy import regex
from digest.rendering.jinja.engine.costs import COSTS, WIDTH, formatted, joined, limited, lorem
from digest.rendering.jinja.engine.missing import Missing
from digest.rendering.jinja.limits import (
    COUNTED,
    MOST_BITS,
    WEIGHED,
    counted,
    gathered,
    measured,
    multiplied,
    refuse_beyond,
    replaced,
    size,
    weighed,
    whole,
)

# They go through a value no further than they are asked to, or not at all.
_HARMLESS: Final = frozenset(
    "attr count d default first last length map random reject rejectattr select selectattr".split()
)
# What they make has no measure: bytes, and a text with another in the place of each letter.
_KEPT_AWAY: Final = frozenset({"encode", "maketrans", "to_bytes", "translate"})

# "{:>999999}" and "{:{}}"
_BRACED_WIDTH = regex(r"\{[^{}]*:[^{}]*(?:\d{6,}|\{)")


class _Weighing(NodeTransformer):
    """Have counted what loops go through, and weighed what grows without a filter or operator."""

    def visit_For(self, node: nodes.For) -> nodes.Node:  # noqa: N802 - named by Jinja
        """Count a loop."""
        self.generic_visit(node)
        node.iter = _filtered(node.iter, COUNTED)
        return node

    def visit_Concat(self, node: nodes.Concat) -> nodes.Node:  # noqa: N802
        """Weigh the parts of `a ~ b`."""
        self.generic_visit(node)
        node.nodes = [_filtered(part, WEIGHED) for part in node.nodes]
        return node

    def visit_List(self, node: nodes.List) -> nodes.Node:  # noqa: N802
        """Weigh `[a, b]`, which may hold itself twice again and again."""
        return _filtered(self.generic_visit(node), WEIGHED)

    def visit_Dict(self, node: nodes.Dict) -> nodes.Node:  # noqa: N802
        """Weigh `{"a": b}`."""
        return _filtered(self.generic_visit(node), WEIGHED)

    def visit_Tuple(self, node: nodes.Tuple) -> nodes.Node:  # noqa: N802
        """Weigh `(a, b)` where it is a value, and no names that a loop gives."""
        self.generic_visit(node)
        return _filtered(node, WEIGHED) if node.ctx == "load" else node


def _filtered(node: nodes.Node, name: str) -> nodes.Filter:
    filtered = nodes.Filter(node, name, [], [], None, None)
    filtered.set_lineno(node.lineno)
    return filtered


class Sandbox(ImmutableSandboxedEnvironment):
    """Run templates that reach nothing but what they are given, and tell slips in words."""

    # Those whose result may be far larger than what they are given.
    concat = staticmethod(whole)
    intercepted_binops = frozenset(("*", "**", "+", "%"))

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, undefined=Missing, **options)
        for name, made in self.filters.items():
            if name not in _HARMLESS:
                self.filters[name] = limited(made, COSTS.get(name))
        self.filters[COUNTED], self.filters[WEIGHED] = counted, weighed
        self.globals["lipsum"] = limited(generate_lorem_ipsum, lorem)

    def _generate(self, source: nodes.Template, *args: Any, **options: Any) -> str:
        return super()._generate(_Weighing().visit(source), *args, **options)

    def is_safe_attribute(self, obj: Any, attr: str, value: Any) -> bool:
        """Keep away what Jinja does, and what makes a text whose length nobody can foresee."""
        if attr in _KEPT_AWAY and isinstance(obj, str | int):
            return False
        return super().is_safe_attribute(obj, attr, value)

    def unsafe_undefined(self, obj: Any, attribute: str) -> Undefined:
        """Return what stands for an attribute that is kept from templates."""
        hint = f"{attribute} is unsafe and not for templates"
        return self.undefined(hint, name=attribute, obj=obj, exc=SecurityError)

    def call_binop(self, context: Context, operator: str, left: Any, right: Any) -> Any:
        """Return what an operator makes of two values, unless that would be too large."""
        _check(operator, left, right)
        return super().call_binop(context, operator, left, right)

    def call(self, context: Context, called: Any, /, *args: Any, **options: Any) -> Any:
        """Return what a call returns, unless it would make a text too long."""
        given = [gathered(value) for value in args]
        measured(*given, *options.values())
        _check_call(called, given, options)
        return super().call(context, called, *given, **options)


def _check(operator: str, left: Any, right: Any) -> None:
    """Refuse an operation whose result would be too large.

    Raises:
        TemplateRuntimeError: saying how large it would be; Jinja's error.
    """
    if operator == "+":
        measured([left, right])
    elif operator == "*":
        multiplied(left, right)
    elif operator == "**" and _bits(left, right) > MOST_BITS:
        raise TemplateRuntimeError("the result of ** would be too large a number")
    elif operator == "%" and isinstance(left, str):
        if WIDTH.search(left):
            raise TemplateRuntimeError("a width in a format of % is too large")
        refuse_beyond(formatted(left, right))


def _bits(base: Any, power: Any) -> int:
    """Return about how many bits a whole number to a power has; 0 for anything else."""
    are_whole = isinstance(base, int) and isinstance(power, int)
    return base.bit_length() * power if are_whole else 0


def _check_call(called: Any, given: list[Any], named: dict[str, Any]) -> None:
    """Refuse to widen a text beyond all measure, as its own `center`, `zfill` or `replace` can.

    Raises:
        TemplateRuntimeError: Jinja's error.
    """
    called = getattr(called, "__wrapped__", called)  # Jinja wraps `format`
    text = getattr(called, "__self__", None)
    if not isinstance(text, str):
        return
    for argument in given:
        if isinstance(argument, int):
            refuse_beyond(argument)
    name = getattr(called, "__name__", "")
    if name == "replace" and len(given) >= 2:
        refuse_beyond(replaced(text, given[0], given[1]))
    elif name == "join" and given:
        refuse_beyond(joined(given[0], text))
    elif name == "expandtabs":
        width = next((each for each in given if isinstance(each, int)), 8)
        refuse_beyond(len(text) + text.count("\t") * width)
    elif name in ("format", "format_map"):
        if _BRACED_WIDTH.search(text):
            raise TemplateRuntimeError("a width in a format is too large")
        refuse_beyond(len(text) + text.count("{") * size([*given, *named.values()]))

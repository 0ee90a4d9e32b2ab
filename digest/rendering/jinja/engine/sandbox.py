"""The sandbox that templates and lines run in: Jinja's, with a limit to what one expression makes.

The limit keeps a slip from filling the machine's memory. It is a guard against accidents: a
template is its owner's own, and a loop can always run for long.
"""

from __future__ import annotations

from collections.abc import Callable, Sized
from functools import wraps
from typing import Any, Final

from jinja2 import TemplateRuntimeError, Undefined
from jinja2.exceptions import SecurityError
from jinja2.runtime import Context
from jinja2.sandbox import ImmutableSandboxedEnvironment
from jinja2.utils import generate_lorem_ipsum

from digest.lazy import regex
from digest.rendering.jinja.engine.missing import Missing
from digest.rendering.jinja.limits import LONGEST, added, multiplied, replaced

# A number of over a thousand digits, which no page has a use for.
_MOST_BITS: Final = 4096

# The most words that `lipsum` may make in one go.
_LONGEST_LOREM: Final = 10_000

# "%999999d" and "%*d"
_WIDTH = regex(r"%[^a-zA-Z%]*?(?:\*|\d{6,})")
# "{:>999999}" and "{:{}}"
_BRACED_WIDTH = regex(r"\{[^{}]*:[^{}]*(?:\d{6,}|\{)")


class Sandbox(ImmutableSandboxedEnvironment):
    """Run templates that reach nothing but what they are given, and tell slips in words."""

    # Those whose result may be far larger than what they are given.
    intercepted_binops = frozenset(("*", "**", "+", "%"))

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, undefined=Missing, **options)
        for name, costs in _COSTS.items():
            self.filters[name] = _limited(self.filters[name], costs)
        self.globals["lipsum"] = _limited(generate_lorem_ipsum, _lorem)

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
        _check_call(called, *args, *options.values())
        return super().call(context, called, *args, **options)


def _check(operator: str, left: Any, right: Any) -> None:
    """Refuse an operation whose result would be too large.

    Raises:
        TemplateRuntimeError: saying how large it would be; Jinja's error.
    """
    if operator == "+":
        _refuse_beyond(added(left, right))
    elif operator == "*":
        _refuse_beyond(multiplied(left, right))
    elif operator == "**" and _bits(left, right) > _MOST_BITS:
        raise TemplateRuntimeError("the result of ** would be too large a number")
    elif operator == "%" and isinstance(left, str) and _WIDTH.search(left):
        raise TemplateRuntimeError("a width in a format of % is too large")


def _bits(base: Any, power: Any) -> int:
    """Return about how many bits a whole number to a power has; 0 for anything else."""
    are_whole = isinstance(base, int) and isinstance(power, int)
    return base.bit_length() * power if are_whole else 0


def _check_call(called: Any, *arguments: Any) -> None:
    """Refuse to widen a text beyond all measure, as `center`, `zfill` or `replace` can.

    Raises:
        TemplateRuntimeError: Jinja's error.
    """
    called = getattr(called, "__wrapped__", called)  # Jinja wraps `format`
    text = getattr(called, "__self__", None)
    if not isinstance(text, str):
        return
    for argument in arguments:
        if isinstance(argument, int):
            _refuse_beyond(argument)
    name = getattr(called, "__name__", "")
    if name == "replace" and len(arguments) >= 2:
        _refuse_beyond(replaced(text, arguments[0], arguments[1]))
    elif name == "join" and arguments:
        _refuse_beyond(_joined(arguments[0], text))
    elif name == "expandtabs":
        _refuse_beyond(len(text) + text.count("\t") * _number(arguments[0] if arguments else 8))
    elif name in ("format", "format_map") and _BRACED_WIDTH.search(text):
        raise TemplateRuntimeError("a width in a format is too large")


# ---------------------------------------------------------------- how long a filter's text would be


def _limited(made: Callable[..., Any], costs: Callable[..., int]) -> Callable[..., Any]:
    """Return a filter that refuses before it starts where its text would be too long."""
    skipped = 1 if _passes_environment(made) else 0

    @wraps(made)  # with the mark that tells Jinja what to pass first
    def call(*args: Any, **options: Any) -> Any:
        _refuse_beyond(costs(*args[skipped:], **options))
        return made(*args, **options)

    return call


def _passes_environment(made: Callable[..., Any]) -> bool:
    return hasattr(made, "jinja_pass_arg")


def _number(value: Any) -> int:
    return value if isinstance(value, int) else 0


def _joined(value: Any, d: Any = "", *_: Any, **__: Any) -> int:
    return len(value) * len(str(d)) if isinstance(value, Sized) else 0


def _centred(value: Any, width: Any = 80, *_: Any, **__: Any) -> int:
    return max(len(str(value)), _number(width))


def _indented(value: Any, width: Any = 4, *_: Any, **__: Any) -> int:
    text = str(value)
    each = len(width) if isinstance(width, str) else _number(width)
    return len(text) + (text.count("\n") + 1) * each


def _wrapped(
    value: Any,
    width: Any = 79,
    break_long_words: Any = True,
    wrapstring: Any = None,
    *_: Any,
    **__: Any,
) -> int:
    text = str(value)
    breaks = len(text) // max(1, _number(width)) + text.count(" ") + text.count("\n")
    return len(text) + breaks * len(str(wrapstring or "\n"))


def _formatted(value: Any, *arguments: Any, **_: Any) -> int:
    if _WIDTH.search(str(value)):
        return LONGEST + 1
    return len(str(value)) + sum(len(a) for a in arguments if isinstance(a, str))


def _batched(value: Any, linecount: Any = 1, *_: Any, **__: Any) -> int:
    return _number(linecount)


def _dumped(value: Any, indent: Any = None, *_: Any, **__: Any) -> int:
    return _number(indent)


# The parameters have Jinja's own names: templates write them.
def _lorem(n: Any = 5, html: Any = True, min: Any = 20, max: Any = 100) -> int:  # noqa: A002
    return _number(n) * _number(max) * (LONGEST // _LONGEST_LOREM)


_COSTS: Final[dict[str, Callable[..., int]]] = {
    "center": _centred,
    "replace": replaced,
    "format": _formatted,
    "wordwrap": _wrapped,
    "indent": _indented,
    "join": _joined,
    "batch": _batched,
    "slice": _batched,
    "tojson": _dumped,
}


def _refuse_beyond(length: int) -> None:
    if length > LONGEST:
        raise TemplateRuntimeError(
            f"the result would be {length:,} long; {LONGEST:,} is the most there can be"
        )

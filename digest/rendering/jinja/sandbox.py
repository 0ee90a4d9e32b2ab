"""The sandbox that templates and lines run in: Jinja's, with a limit to what one expression makes.

The limit keeps a slip from filling the machine's memory. It is a guard against accidents: a
template is its owner's own, and a loop can always run for long.
"""

from __future__ import annotations

import re
from collections.abc import Sized
from typing import Any, Final

from jinja2 import TemplateRuntimeError, Undefined
from jinja2.exceptions import SecurityError
from jinja2.runtime import Context
from jinja2.sandbox import ImmutableSandboxedEnvironment

from digest.rendering.jinja.missing import Missing

LONGEST: Final = 1_000_000
"""The most characters of a text, or elements of a list, that an expression may make."""
_MOST_BITS: Final = 4096

_WIDTH = re.compile(r"%[^a-zA-Z%]*?(?:\*|\d{6,})")


class Sandbox(ImmutableSandboxedEnvironment):
    """Run templates that reach nothing but what they are given, and tell slips in words."""

    intercepted_binops = frozenset(("*", "**", "+", "%"))

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, undefined=Missing, **options)

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
    if operator == "+" and isinstance(left, Sized) and isinstance(right, Sized):
        _refuse_beyond(len(left) + len(right))
    elif operator == "*":
        _check_repeated(left, right)
        _check_repeated(right, left)
    elif operator == "**" and _bits(left, right) > _MOST_BITS:
        raise TemplateRuntimeError("the result of ** would be too large a number")
    elif operator == "%" and isinstance(left, str) and _WIDTH.search(left):
        raise TemplateRuntimeError("a width in a format of % is too large")


def _check_repeated(many: Any, times: Any) -> None:
    if isinstance(many, Sized) and isinstance(times, int):
        _refuse_beyond(len(many) * times)


def _bits(base: Any, power: Any) -> int:
    """Return about how many bits a whole number to a power has; 0 for anything else."""
    are_whole = isinstance(base, int) and isinstance(power, int)
    return base.bit_length() * power if are_whole else 0


def _check_call(called: Any, *arguments: Any) -> None:
    """Refuse to have a text widened beyond all measure, as by `center` or `zfill`.

    Raises:
        TemplateRuntimeError: Jinja's error.
    """
    if isinstance(getattr(called, "__self__", None), str):
        for argument in arguments:
            if isinstance(argument, int):
                _refuse_beyond(argument)


def _refuse_beyond(length: int) -> None:
    if length > LONGEST:
        raise TemplateRuntimeError(
            f"the result would be {length:,} long; {LONGEST:,} is the most there can be"
        )

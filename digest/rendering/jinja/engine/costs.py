"""How long the text is that a filter of Jinja's would make, known before it makes it."""

from __future__ import annotations

from collections.abc import Callable, Sized
from functools import wraps
from typing import Any, Final

from digest.lazy import regex
from digest.rendering.jinja.limits import LONGEST, gathered, measured, refuse_beyond, replaced, size

# The most words that `lipsum` may make in one go.
_LONGEST_LOREM: Final = 10_000
# More digits than a number of Python's has.
_MOST_DIGITS: Final = 400

WIDTH = regex(r"%[^a-zA-Z%]*?(?:\*|\d{6,})")
"""Find "%999999d" and "%*d"."""


def limited(made: Callable[..., Any], costs: Callable[..., int] | None) -> Callable[..., Any]:
    """Return a filter that refuses before it starts where it is given, or would make, too much."""
    skipped = 1 if _passes_environment(made) else 0

    @wraps(made)  # with the mark that tells Jinja what to pass first
    def call(*args: Any, **options: Any) -> Any:
        given = [gathered(value) for value in args[skipped:]]
        measured(*given, *options.values())
        if costs is not None:
            refuse_beyond(costs(*given, **options))
        return made(*args[:skipped], *given, **options)

    return call


def _passes_environment(made: Callable[..., Any]) -> bool:
    return hasattr(made, "jinja_pass_arg")


def _number(value: Any) -> int:
    return value if isinstance(value, int) else 0


def joined(value: Any, d: Any = "", *_: Any, **__: Any) -> int:
    """Return how long the joined parts of a list become."""
    return size(value) + (len(value) * len(str(d)) if isinstance(value, Sized) else 0)


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


def formatted(value: Any, *arguments: Any, **named: Any) -> int:
    """Return how long "…%s…" becomes; each place may name the same value again."""
    text = str(value)
    if WIDTH.search(text):
        return LONGEST + 1
    return len(text) + text.count("%") * size([*arguments, *named.values()])


def _rounded(value: Any, precision: Any = 0, *_: Any, **__: Any) -> int:
    # Ten to the power of that is reckoned out, whole.
    return LONGEST + 1 if abs(_number(precision)) > _MOST_DIGITS else 0


def _batched(value: Any, linecount: Any = 1, *_: Any, **__: Any) -> int:
    return _number(linecount)


def _dumped(value: Any, indent: Any = None, *_: Any, **__: Any) -> int:
    return _number(indent)


# The parameters have Jinja's own names: templates write them.
def lorem(n: Any = 5, html: Any = True, min: Any = 20, max: Any = 100) -> int:  # noqa: A002
    """Return what `lipsum` costs, at the measure of texts."""
    return _number(n) * _number(max) * (LONGEST // _LONGEST_LOREM)


COSTS: Final[dict[str, Callable[..., int]]] = {
    "center": _centred,
    "replace": replaced,
    "format": formatted,
    "wordwrap": _wrapped,
    "indent": _indented,
    "join": joined,
    "batch": _batched,
    "slice": _batched,
    "tojson": _dumped,
    "round": _rounded,
}

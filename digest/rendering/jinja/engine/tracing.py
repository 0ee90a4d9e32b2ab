"""Finding out where in a template a piece of a page came from; used only once something is wrong.

A template is rendered a second time with its source rewritten: every line of literal text starts
with an invisible mark of its template and line, and every expression says its own source before it
is printed. So the everyday road pays nothing for good messages.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Mapping
from typing import Any

from jinja2.ext import Extension
from markupsafe import Markup

from digest.lazy import regex
from digest.models import Slotted, Value
from digest.rendering.jinja.engine.faults import relative
from digest.rendering.jinja.engine.template import Environment, run
from digest.rendering.jinja.values import token

_MARK = regex("\ue000(\\d+)\ue001")


class Origin(Value):
    """Name a place in a template; `expression` is the source of what was printed there."""

    template: str
    line: int
    expression: str = ""

    @property
    def where(self) -> str:
        """Return the place as `template:line`."""
        return f"{self.template}:{self.line}"


class Trace(Value):
    """Hold a page with the origin of each of its lines and tokens.

    `starts` and `lines` run parallel: from offset `starts[i]` of the page on, text comes from
    `lines[i]`.
    """

    page: str
    starts: tuple[int, ...]
    lines: tuple[Origin, ...]
    tokens: tuple[Origin, ...]

    def at(self, line: int, column: int) -> Origin | None:
        """Return where a line and column (both from 1) of the page came from."""
        rows = self.page.split("\n")
        offset = sum(len(row) + 1 for row in rows[: line - 1]) + max(column - 1, 0)
        index = bisect_right(self.starts, offset) - 1
        return self.lines[index] if index >= 0 else None


class _Tracer(Extension):
    """Rewrite templates so that what they print tells the lines and expressions it is of."""

    def __init__(self, environment: Any) -> None:
        super().__init__(environment)
        self.origins: list[Origin] = []
        self.printed = -1

    def preprocess(self, source: str, name: str | None, filename: str | None = None) -> str:
        """Return the source with a mark before each line of text and around each expression."""
        roots = self.environment.roots  # type: ignore[attr-defined]
        name = relative(filename, roots) if filename else name
        parts: list[str] = []
        expression: list[str] | None = None
        is_raw, began = False, 0
        lexed = self.environment.lexer.tokeniter(source, name, filename)
        for line, kind, text in lexed:
            is_raw = kind == "raw_begin" or (is_raw and kind != "raw_end")
            if kind == "variable_begin":
                expression, began = [], line
                parts.append(text)
            elif kind == "variable_end" and expression is not None:
                parts.append(self._told(name or "", began, "".join(expression)) + text)
                expression = None
            elif expression is not None:
                expression.append(text)
            elif kind == "data" and not is_raw:
                parts.append(self._marked(name or "", line, text))
            else:
                parts.append(text)
        return "".join(parts)

    def _told(self, name: str, line: int, expression: str) -> str:
        self.origins.append(Origin(template=name, line=line, expression=expression.strip()))
        return f" __told__({len(self.origins) - 1}, {expression.strip()}) "

    def _marked(self, name: str, line: int, text: str) -> str:
        rows = text.split("\n")
        return "\n".join(
            f"{self._mark(name, line + i)}{row}" if row else row for i, row in enumerate(rows)
        )

    def _mark(self, name: str, line: int) -> str:
        self.origins.append(Origin(template=name, line=line))
        return f"{{{{ __mark__({len(self.origins) - 1}) }}}}"

    def told(self, number: int, value: object) -> object:
        """Remember which expression is about to be printed."""
        self.printed = number
        return value


def trace(environment: Environment, name: str, context: Mapping[str, object]) -> Trace:
    """Render a template once more and return where everything on the page came from.

    Raises:
        TemplateError: if the template fails.
    """
    environment = environment.exact([_Tracer])
    tracer = next(e for e in environment.extensions.values() if isinstance(e, _Tracer))
    environment.globals["__told__"] = tracer.told
    environment.globals["__mark__"] = lambda number: Markup(  # noqa: S704
        f"\ue000{number}\ue001"
    )
    tokens: list[Origin] = []

    def remember(values: list[Slotted], value: object) -> str:
        if not isinstance(value, Markup):
            known = tracer.printed >= 0
            tokens.append(
                tracer.origins[tracer.printed] if known else Origin(template=name, line=0)
            )
        return token(values, value)

    environment.keep = remember
    marked, _ = run(environment, name, context)
    return _unmarked(marked, tracer.origins, tuple(tokens))


def _unmarked(marked: str, origins: list[Origin], tokens: tuple[Origin, ...]) -> Trace:
    parts, starts, lines, length, end = [], [], [], 0, 0
    for mark in _MARK.finditer(marked):
        parts.append(marked[end : mark.start()])
        length += mark.start() - end
        starts.append(length)
        lines.append(origins[int(mark[1])])
        end = mark.end()
    parts.append(marked[end:])
    return Trace(page="".join(parts), starts=tuple(starts), lines=tuple(lines), tokens=tokens)

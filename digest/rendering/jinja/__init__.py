"""Owns Jinja: templates run sandboxed, each printed value is a token, faults name their line.

It refuses to know what an issue looks like, and what becomes of a printed value.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from digest.lazy import opener
from digest.rendering.jinja.compiled import kept_in
from digest.rendering.jinja.lines import line
from digest.rendering.jinja.printing import Html, Literal, Slots
from digest.rendering.jinja.template import (
    Environment,
    Filters,
    html_environment,
    parts,
    run,
    text_environment,
)

if TYPE_CHECKING:
    from digest.rendering.jinja.tracing import trace

__all__ = [
    "Environment",
    "Filters",
    "Html",
    "Literal",
    "Slots",
    "html_environment",
    "kept_in",
    "line",
    "parts",
    "run",
    "text_environment",
    "trace",
]

__getattr__ = opener(__name__, {"tracing": "trace"})  # wanted only once something is wrong

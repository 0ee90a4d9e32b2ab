"""Owns Jinja: templates run sandboxed, each printed value is a token, faults name their line.

It refuses to know what an issue looks like, and what becomes of a printed value. Jinja itself is
imported only where a template is not compiled yet, does something unusual, or fails.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from digest.lazy import opener
from digest.rendering.jinja.compiled import CompiledTemplates
from digest.rendering.jinja.filters import Filters, with_names
from digest.rendering.jinja.lines import line
from digest.rendering.jinja.sources import Sources
from digest.rendering.jinja.templates import Templates
from digest.rendering.jinja.values import Html, Literal, Slots

if TYPE_CHECKING:
    from digest.rendering.jinja.engine import trace

__all__ = [
    "CompiledTemplates",
    "Filters",
    "Html",
    "Literal",
    "Slots",
    "Sources",
    "Templates",
    "line",
    "trace",
    "with_names",
]

__getattr__ = opener(__name__, {"engine": "trace"})  # wanted only once something is wrong

"""Owns Jinja: templates run sandboxed, each printed value is a token, faults name their line.

It refuses to know what an issue looks like, and what becomes of a printed value.
"""

from __future__ import annotations

from digest.rendering.jinja.compiled import CompiledTemplates, user_folder
from digest.rendering.jinja.folding import Constants
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
from digest.rendering.jinja.tracing import trace

__all__ = [
    "CompiledTemplates",
    "Constants",
    "Environment",
    "Filters",
    "Html",
    "Literal",
    "Slots",
    "html_environment",
    "line",
    "parts",
    "run",
    "text_environment",
    "trace",
    "user_folder",
]

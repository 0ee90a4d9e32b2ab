"""Owns the library Jinja: compiles templates, runs what is unusual in its sandbox, tells faults.

It refuses to be imported where a compiled template can be printed without it.
"""

from __future__ import annotations

from digest.rendering.jinja.engine.missing import seen, told
from digest.rendering.jinja.engine.sandbox import Sandbox
from digest.rendering.jinja.engine.template import Environment, parts, run
from digest.rendering.jinja.engine.tracing import trace

__all__ = ["Environment", "Sandbox", "parts", "run", "seen", "told", "trace"]

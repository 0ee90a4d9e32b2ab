"""Owns the page between template and file: its shape, compiled once, and the values put back.

MJML and premailer live here and see shapes only. Merge tags of mailing services are filled in here,
and what each post costs in bytes is read off here. It refuses to know Jinja, and what an issue is
made of.
"""

from __future__ import annotations

from digest.rendering.page.costs import post_bytes
from digest.rendering.page.faults import LostTokens, MarkupFault, late_token
from digest.rendering.page.installed import version
from digest.rendering.page.keeping import Shapes, tools
from digest.rendering.page.levels import cut, more, shortened, whole
from digest.rendering.page.slots import DIALECTS, SLOTS, Dialect, clean, dialect, escape, fill
from digest.rendering.page.tokens import TEXT_TOKEN, TOKEN

__all__ = [
    "DIALECTS",
    "SLOTS",
    "TEXT_TOKEN",
    "TOKEN",
    "Dialect",
    "LostTokens",
    "MarkupFault",
    "Shapes",
    "clean",
    "cut",
    "dialect",
    "escape",
    "fill",
    "late_token",
    "more",
    "post_bytes",
    "shortened",
    "tools",
    "version",
    "whole",
]

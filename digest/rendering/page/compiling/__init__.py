"""Owns the compiler: MJML checked and compiled, the template's CSS put in, the page made small.

It is imported only where a piece of a page is not known yet. It refuses to see content, and to
keep what it makes.
"""

from __future__ import annotations

from digest.rendering.page.compiling.inline import inline
from digest.rendering.page.compiling.minify import minify
from digest.rendering.page.compiling.mjml import compile_mjml

__all__ = ["html_of"]


def html_of(page: str) -> str:
    """Return the HTML of a tokenised MJML page, in as few bytes as mean the same.

    Raises:
        MarkupFault: if the page is no proper MJML.
    """
    return minify(inline(*compile_mjml(page)))

"""premailer: puts a template's own CSS on the elements it concerns, and touches nothing else.

MJML's styles, media queries, comments and attributes come through byte for byte; only rules that
the template asked to have inlined are. The settings are measured, each for a reason given beside
it.
"""

from __future__ import annotations

import logging
from functools import cache
from typing import Any

_MARK = ' data-premailer="ignore"'


def inline(html: str, css: str) -> str:
    """Return HTML with `css` as style attributes; styles already in the page stay as they are."""
    inlined = _inliner()(
        html.replace("<style", f"<style{_MARK}"),
        css_text=css or None,
        allow_network=False,
        strip_important=False,  # media queries and dark mode depend on !important
        keep_style_tags=True,  # else @font-face, @supports and [data-ogsc] are lost
        remove_classes=False,
        disable_leftover_css=True,
        disable_validation=True,
        align_floating_images=False,
        disable_basic_attributes=["width", "height", "align", "valign", "bgcolor"],
        cssutils_logging_level=logging.CRITICAL,
    ).transform(pretty_print=False)
    bare: str = inlined.replace(_MARK, "")
    start = bare.index("<html")  # premailer drops the doctype, which would mean quirks mode
    return f"<!DOCTYPE html>{bare[start:]}"


@cache
def _inliner() -> Any:
    """Return premailer, made to read each style sheet once: all pages of a look share theirs."""
    import cssutils
    from premailer import Premailer

    cssutils.ser.prefs.minimizeColorHash = False  # Outlook wants six digits

    parsed: dict[tuple[str, int], Any] = {}

    class Inliner(Premailer):  # type: ignore[misc]
        def _parse_style_rules(self, css_body: str, ruleset_index: int) -> Any:
            known = parsed.get((css_body, ruleset_index))
            if known is None:
                parsed.clear()
                known = parsed[css_body, ruleset_index] = super()._parse_style_rules(
                    css_body, ruleset_index
                )
            return known

    return Inliner

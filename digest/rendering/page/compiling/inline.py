"""premailer: puts a template's own CSS on the elements it concerns, and touches nothing else.

MJML's styles, media queries, comments and attributes come through byte for byte; only rules that
the template asked to have inlined are. The settings are measured, each for a reason given beside
it.
"""

from __future__ import annotations

import logging
from functools import cache
from threading import local
from typing import Any, Final

from digest.lazy import regex
from digest.rendering.page.faults import MarkupFault

# How cssutils tells where something stands, and what it drops.
_PLACE: Final = regex(r"(?:\[|, )(\d+)(?::|, )\d+[:)]")
_NESTED: Final = regex(r"ignoring upto '([^{;]*)\{")
_WRONG: Final = regex(r"(?:Syntax Error in Property: |ignoring upto ')([^\n;]+?)'?(?:\. \[|\n|$)")
_MARK = ' data-premailer="ignore"'


def inline(html: str, css: str) -> str:
    """Return HTML with `css` as style attributes; styles already in the page stay as they are.

    Raises:
        MarkupFault: if a part of `css` cannot be read; at its line there.
    """
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
        cache_css_parsing=False,  # what it keeps would say nothing of its faults again
        cssutils_logging_level=logging.ERROR,
    ).transform(pretty_print=False)
    bare: str = inlined.replace(_MARK, "")
    start = bare.index("<html")  # premailer drops the doctype, which would mean quirks mode
    return f"<!DOCTYPE html>{bare[start:]}"


class _Listener(logging.Handler):
    """Keep what the parser of CSS says; a logger is one for all threads, what it said is not."""

    def __init__(self) -> None:
        super().__init__()
        self._kept = local()

    def emit(self, record: logging.LogRecord) -> None:
        """Keep a message, as every handler of logs does."""
        self._kept.said = [*getattr(self._kept, "said", ()), record.getMessage()]

    def heard(self) -> list[str]:
        """Return what was said in this thread since this was last asked."""
        said = getattr(self._kept, "said", [])
        self._kept.said = []
        return said


def _refuse(said: list[str]) -> None:
    """Refuse a sheet of which something would be dropped.

    Raises:
        MarkupFault: with the line of the sheet, and what to write.
    """
    whole = "\n".join(said)
    place = _PLACE.search(whole)
    nested, wrong = _NESTED.search(whole), _WRONG.search(whole)
    first = said[0].partition(": (")[0]
    told = f"the style sheet cannot be read: {first}"
    if wrong:
        told = f'"{wrong[1].strip()}" cannot be read, and is left out: write name: value;'
    if nested:
        told = f'"{nested[1].strip()}" stands in another rule, and is left out: close that before'
    raise MarkupFault(told, *((int(place[1]), 0) if place else ()))


@cache
def _inliner() -> Any:
    """Return premailer, made to read each style sheet once: all pages of a look share theirs."""
    import cssutils
    from premailer import Premailer

    cssutils.ser.prefs.minimizeColorHash = False  # Outlook wants six digits

    listener, logger = _Listener(), logging.Logger("css")
    logger.addHandler(listener)
    cssutils.log.setLog(logger)

    parsed: dict[tuple[str, int], Any] = {}

    class Inliner(Premailer):  # type: ignore[misc]
        def _parse_style_rules(self, css_body: str, ruleset_index: int) -> Any:
            known = parsed.get((css_body, ruleset_index))
            if known is None:
                parsed.clear()
                listener.heard()
                known = super()._parse_style_rules(css_body, ruleset_index)
                if said := listener.heard():
                    _refuse(said)
                parsed[css_body, ruleset_index] = known
            return known

    return Inliner

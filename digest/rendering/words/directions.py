"""Keeping lines in order where both directions of writing meet.

A separator or a number beside a name in a foreign script joins its run: in an Arabic line the day
of a date after a Latin name is shown on the name's far side. An invisible mark of the page's own
direction beside each separator keeps the parts apart. This room refuses to put marks where only the
page's direction is written, so that most pages hold none.
"""

from __future__ import annotations

from collections.abc import Iterable

from jinja2 import pass_context
from jinja2.runtime import Context

from digest.knowledge.directions import mark


@pass_context
def joined(context: Context, parts: Iterable[object], between: str) -> str:
    """Return the parts that are not empty with a separator between, in the page's direction."""
    kept = [str(part) for part in parts if part]
    if len(kept) < 2:
        return "".join(kept)
    text = "".join(kept)
    if context["direction"] == "ltr" and text.isascii():  # most lines; every post pays for this
        return between.join(kept)
    return f"{mark(text, context['direction'])}{between}".join(kept)


@pass_context
def turn(context: Context, parts: Iterable[object]) -> str:
    """Return the mark that belongs beside a separator that the template itself puts between."""
    kept = [str(part) for part in parts if part]
    return mark("".join(kept), context["direction"]) if len(kept) > 1 else ""

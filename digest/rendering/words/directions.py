"""Keeping lines in order where both directions of writing meet.

A separator or a number beside a name in a foreign script joins its run: in an Arabic line the day
of a date after a Latin name is shown on the name's far side. An invisible mark of the page's own
direction beside each separator keeps the parts apart. This room refuses to put marks where only the
page's direction is written, so that most pages hold none.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, Protocol

from digest.knowledge.directions import mark


class Names(Protocol):
    """Tell what names mean on the page that a filter is used on."""

    def get(self, key: str) -> Any:
        """Return what a name means, None if it means nothing."""


def joined(names: Names, parts: Iterable[object], between: str) -> str:
    """Return the parts that are not empty with a separator between, in the page's direction."""
    kept = [str(part) for part in parts if part]
    if len(kept) < 2:
        return "".join(kept)
    text = "".join(kept)
    direction = names.get("direction")
    if direction == "ltr" and text.isascii():  # most lines; every post pays for this
        return between.join(kept)
    return f"{mark(text, direction)}{between}".join(kept)


def turn(names: Names, parts: Iterable[object]) -> str:
    """Return the mark that belongs beside a separator that the template itself puts between."""
    kept = [str(part) for part in parts if part]
    return mark("".join(kept), names.get("direction")) if len(kept) > 1 else ""

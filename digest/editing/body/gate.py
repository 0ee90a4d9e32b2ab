"""Lets through what may stand in a body, as a second opinion on all that was written for it.

Owns nh3: a real HTML5 parser reads what the rules wrote and drops what the lists do not name. It
refuses to repair anything: what it is given is well-formed already.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from typing import Any

from digest.editing.body import elements

MARK = "\uffff"
"""Stands for a run in what is written: no letter, so that `tokens` leaves none in any text."""


def let_through(written: str, runs: Sequence[str]) -> str:
    """Return what was written, without what may not stand there, with its runs in their places.

    A run is what the gate would leave as it is, whatever stands in it, so that it sees the mark.
    """
    passed: str = _gate().clean(written)
    first, *others = passed.split(MARK)
    return first + "".join([run + other for run, other in zip(runs, others, strict=True)])


@cache
def _gate() -> Any:
    """Return the sanitiser, made once; its lists are the last word on what a body may hold."""
    import nh3

    return nh3.Cleaner(
        tags=set(elements.ALLOWED),
        clean_content_tags={"script", "style"},
        attributes=elements.ATTRIBUTES,
        url_schemes={"http", "https", "mailto"},
        link_rel=None,
        strip_comments=True,
    )

"""Reads what a source declares of a post in its own way: any value as text, a place in a series."""

from __future__ import annotations

import re
from datetime import date
from typing import Any

from digest.lazy import regex
from digest.models import SeriesPart

_PART = regex(r"\s*(?:part\s+)?(\d{1,4})(\w?)(?:\s*(?:/|of)\s*(\d{1,4}))?\s*", re.IGNORECASE)


def as_text(value: Any) -> str:
    r"""Return a scalar as text on one line; empty for lists and mappings.

    >>> as_text(2026), as_text(True), as_text([1]), as_text(" two \n lines")
    ('2026', 'true', '', 'two lines')
    """
    if isinstance(value, str):  # as most
        return " ".join(value.split())
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, date):
        return value.isoformat()
    return str(value) if isinstance(value, (int, float)) else ""


def series_part(name: str, part: Any, total: Any = None) -> SeriesPart:
    """Place a post in a series; a part such as "2b" keeps its label.

    >>> series_part("Ferns", "2b of 5")
    SeriesPart(name='Ferns', part=2, total=5, label='2b', slug='')
    """
    text = as_text(part)
    found = _PART.fullmatch(text)
    if not found:
        return SeriesPart(name=name, label=text[:20])
    declared = found[3] or as_text(total)
    return SeriesPart(
        name=name,
        part=int(found[1]),
        total=int(declared) if re.fullmatch(r"[0-9]{1,4}", declared) else None,
        label=found[1] + found[2] if found[2] else "",
    )

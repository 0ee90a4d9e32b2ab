"""Judges which other editions an edition leaves posts to, and for how long."""

from __future__ import annotations

import re
from collections.abc import Mapping

from digest.config.patterns import Pattern, placeholders
from digest.config.places import Places, suggest
from digest.errors import ConfigError
from digest.lazy import regex
from digest.models import Edition

_DAYS = regex(r"\s*\d+\s*(day|week|month|year)s?\s*|0", re.I)
_EXAMPLE = "example"


def check(editions: Mapping[str, Edition], patterns: Mapping[str, Pattern], places: Places) -> None:
    """Judge every cool-down: an edition there is, or that a pattern makes, and a number of days.

    Raises:
        ConfigError: for the first that cannot be right.
    """
    for edition in (*editions.values(), *(pattern.edition for pattern in patterns.values())):
        others = _others(edition.name, editions, patterns)
        mark = patterns[edition.name].placeholder if edition.name in patterns else ""
        for name, length in edition.cool_down.items():
            why = _why_no_edition(name, edition.name, mark)
            if not why and not _is_made(name.replace(mark or " ", _EXAMPLE), editions, patterns):
                why = "there is no such edition"
            hint = suggest(name, others, ", ".join(others) or "none yet")
            if not why and not _DAYS.fullmatch(length):
                why = f'"{length}" is no number of days'
                hint = f'Write {name} = "7 days" or "2 weeks".'
            if why:
                table = f"edition.{edition.name}"
                where = places.where(f"{table}.cool_down", name)
                where = where if ":" in where else places.where(table, "cool_down")
                raise ConfigError(f"[{table}] cool_down: {name}: {why}", where=where, hint=hint)


def _why_no_edition(name: str, own: str, mark: str) -> str:
    """Return why a name can be no other edition's, whatever editions there are; else nothing."""
    if name == own:
        return "is this edition itself"
    strange = next((word for word in placeholders(name) if f"{{{word}}}" != mark), "")
    kind = f"an edition for each {mark[1:-1]}" if mark else "one edition"
    return f"{{{strange}}} stands for nothing in {kind}" if strange else ""


def _is_made(name: str, editions: Mapping[str, Edition], patterns: Mapping[str, Pattern]) -> bool:
    return name in editions or any(each.slug_in(name) is not None for each in patterns.values())


def _others(
    own: str, editions: Mapping[str, Edition], patterns: Mapping[str, Pattern]
) -> list[str]:
    """Return what may be named: an edition, and beside a pattern one of the same word."""
    word = patterns[own].for_each if own in patterns else ""
    alike = [name for name, each in patterns.items() if each.for_each == word]
    return [name for name in (*editions, *alike) if name != own]

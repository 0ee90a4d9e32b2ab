"""Judges the tables that describe many editions at once."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import NoReturn

from digest.config import checks
from digest.config.patterns import (
    CHOICE,
    SELECTED_BY,
    Named,
    Pattern,
    asks_for_value,
    expand,
    placeholders,
)
from digest.config.places import Places, suggest
from digest.config.tables import EditionTable, SourceConfig
from digest.errors import ConfigError

_KINDS = (*SELECTED_BY, CHOICE)


def is_pattern(name: str, table: EditionTable) -> bool:
    """Tell whether a table describes many editions."""
    return bool(table.for_each or table.values or placeholders(name))


def check(
    patterns: Mapping[str, Pattern],
    sources: tuple[SourceConfig, ...],
    places: Places,
) -> None:
    """Judge every pattern, by itself and by an edition that it might make.

    Raises:
        ConfigError: for the first that cannot be right.
    """
    first: dict[tuple[str, str], str] = {}
    for pattern in patterns.values():
        _Judging(pattern, places).judge(first.setdefault(pattern.around, pattern.name))
        example = expand(pattern, Named(title="Example", names=("Example",), slug="example"))
        checks.check_edition(example, sources, places, f"edition.{pattern.name}")


class _Judging:
    """Judge what one pattern says of its values."""

    def __init__(self, pattern: Pattern, places: Places) -> None:
        self.pattern, self.places, self.table = pattern, places, f"edition.{pattern.name}"

    def judge(self, first: str) -> None:
        """Raise for the first thing that is wrong; `first` is the pattern of names like these.

        Raises:
            ConfigError: if there is any.
        """
        pattern = self.pattern
        if not pattern.for_each:
            found = (*placeholders(pattern.name), "tag")[0]
            self._refuse("has no for_each", "", f'Add for_each = "{found}".')
        if not re.fullmatch("[a-z][a-z_]*", pattern.for_each):
            self._refuse(f'"{pattern.for_each}" is no word', "for_each", f"Known: {_known()}.")
        self._check_name(first)
        self._check_values()
        if pattern.at_least < 1:
            self._refuse(f"{pattern.at_least} is too little", "at_least", "Use at least 1.")
        if pattern.follows not in SELECTED_BY:
            hint = suggest(pattern.follows, SELECTED_BY, ", ".join(SELECTED_BY))
            self._refuse(f'"{pattern.follows}" is nothing to follow', "follows", hint)

    def _check_name(self, first: str) -> None:
        pattern = self.pattern
        found, wanted = placeholders(pattern.name), pattern.placeholder
        if found == [pattern.for_each]:
            if re.match(r"\d{4}-", pattern.name):
                self._refuse(
                    "a name that may begin with a day is an issue's",
                    "",
                    f'Call it [edition."letter-{pattern.name}"].',
                )
            if first != pattern.name:
                near = f'[edition."{pattern.around[0]}{pattern.for_each}-{wanted}"]'
                why = f'its editions would be called as those of "{first}"'
                self._refuse(why, "", f"Tell them apart, as in {near}.")
            return
        near = f'[edition."by-{pattern.for_each}-{wanted}"]'
        self._refuse(
            f"the name has to hold {wanted} once, where each edition's own goes",
            "",
            f"Write it as in {near}.",
        )

    def _check_values(self) -> None:
        pattern = self.pattern
        if any(not value.strip() for value in pattern.values):
            self._refuse("holds an empty name", "values", "Take it out.")
        if pattern.for_each in _KINDS:
            return
        if not pattern.values:
            self._refuse(
                f'"{pattern.for_each}" is nothing that posts have',
                "for_each",
                f'Known: {_known()}. Or name them: values = ["North", "South"].',
            )
        if not asks_for_value(pattern.edition, pattern.placeholder):
            self._refuse(
                f"no selector asks for {pattern.placeholder}, so that all editions are the same",
                "for_each",
                f'Say what belongs to each, as categories = "{pattern.placeholder}".',
            )

    def _refuse(self, why: str, name: str, hint: str) -> NoReturn:
        where = self.places.where(self.table, name)
        told = f"{name}: {why}" if name else why
        raise ConfigError(f"[{self.table}] {told}", where=where, hint=hint)


def _known() -> str:
    return ", ".join(_KINDS)

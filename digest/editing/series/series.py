"""Places a post in its series: from what was declared, what is configured, or its title.

What a source declares or the configuration names beats a guess: a title may then only add the part.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from digest.editing.lexicon import calling
from digest.editing.series.marks import PART, Mark, SeriesHabit, marks_in, named, run_of
from digest.editing.settings import SeriesPin, SeriesSettings
from digest.models import Fixup, SeriesPart, Term, Value, key, replace

RULES: dict[str, str] = {
    "series-tag": "a tag or category that the configuration names is a series",
    "series-alias": "a series goes by the name the configuration gives it",
    "series-pin": "the configuration places a post at a part, or tells a series' total",
    "series-part": "the part of a declared series is read in the title",
    "series-title": "the title names a series or a part, or its number runs through the titles",
}
"""The rules that can be switched off by name, and what each does."""

_Parts = tuple[SeriesPart, ...]
_Terms = tuple[Term, ...]
_NONE, _NO_HABIT, _NO_PIN = SeriesSettings(), SeriesHabit(), SeriesPin()
_AFTER_A_NAME = r"(?:(?!\w)\s*(?:[:–—|,\-(#]|$)|\s?\d)"


class SeriesReading(Value):
    """Hold the series a post belongs to, in the order they were declared, and each change."""

    series: tuple[SeriesPart, ...]
    fixups: tuple[Fixup, ...] = ()


def read(
    title: str,
    *,
    declared: _Parts = (),
    terms: _Terms = (),
    settings: SeriesSettings = _NONE,
    off: frozenset[str] = frozenset(),
    refs: tuple[str, ...] = (),
    habit: SeriesHabit = _NO_HABIT,
    home: str = "",
    authors: tuple[str, ...] = (),
) -> SeriesReading:
    """Return a post's series; `refs` pin it, and `home` is the name of numbers without another."""
    for author in filter(title.startswith, filter(None, authors)):  # "A B: In the field, part two"
        title = re.sub(rf"{re.escape(author)}\s*[:：–—|｜›]\s*(?=\S)", "", title, count=1)
    desk = _Desk(title, settings, off)
    known = desk.explicit(declared, terms)
    parts = [desk.with_part(part, is_alone=len(known) == 1) for part in known]
    placed = desk.pinned(parts or desk.guessed(habit, home), refs)
    return SeriesReading(placed, tuple(desk.fixups))


class _Desk:
    """Carries one title through the steps and keeps what they changed."""

    def __init__(self, title: str, settings: SeriesSettings, off: frozenset[str]) -> None:
        self.fixups: list[Fixup] = []
        self._title, self._settings, self._off = title, settings, off
        pins = {} if "series-alias" in off else settings.pins
        self._names = {key(w): name for name, pin in pins.items() for w in (name, *pin.aliases)}
        self._tags = {key(name): self._shown(name) for name in settings.names}
        self._tags |= {key(tag): name for name, pin in settings.pins.items() for tag in pin.tags}

    def explicit(self, declared: _Parts, terms: _Terms) -> list[SeriesPart]:
        """Return the series that are declared, or that a tag or the title's first words name."""
        parts: dict[str, SeriesPart] = {}
        for raw, part, rule in self._told(declared, terms):
            if rule not in self._off and key(part.name) not in ("", *parts):
                parts[key(part.name)] = part
                if rule:
                    self._note(raw, part.name, rule)
        return list(parts.values())

    def _told(self, declared: _Parts, terms: _Terms) -> Iterator[tuple[str, SeriesPart, str]]:
        """Yield each series with the words that name it and the rule by which they do."""
        for part in declared:
            name = self._shown(part.name)
            yield part.name, replace(part, name=name), "series-alias" if name != part.name else ""
        for term in terms if self._tags else ():
            for tag in self._tags.keys() & term.keys:
                yield term.name, SeriesPart(name=self._tags[tag]), "series-tag"
        for name, pin in self._settings.pins.items():
            for written in filter(None, (name, *pin.aliases) if pin.guess else ()):
                if re.match(re.escape(written) + _AFTER_A_NAME, self._title, re.I):
                    yield written, SeriesPart(name=name), "series-alias"

    def with_part(self, part: SeriesPart, *, is_alone: bool) -> SeriesPart:
        """Fill in the part of a series that was declared without one, from the words."""
        is_told = part.part is not None or bool(part.label)
        if is_told or not self._may_guess(part.name) or "series-part" in self._off:
            return part
        for mark in self._numbers(part.name, is_alone=is_alone):
            self._note(mark.raw, f"{part.name}, part {mark.part}", "series-part")
            return replace(part, part=mark.part, total=part.total or mark.total)
        return part

    def _numbers(self, name: str, *, is_alone: bool) -> list[Mark]:
        """Return the numbers that may tell a series' part, those beside its name first."""
        found = [mark for mark in marks_in(self._title) if mark.part is not None]
        own = [mark for mark in found if key(name) in map(key, map(self._shown, mark.names))]
        # Of a post's only series the part may stand behind other words.
        return own + [m for m in found if is_alone and (m.kind == PART or not m.is_first)]

    def _shown(self, name: str) -> str:
        return self._names.get(key(name), name)

    def _may_guess(self, name: str) -> bool:
        return self._settings.guess and self._settings.pins.get(name, _NO_PIN).guess

    def guessed(self, habit: SeriesHabit, home: str) -> list[SeriesPart]:
        """Return the series that the title's words name, if they do."""
        mark = _in_title(self._title, habit, home) or _called(self._title)
        name = self._shown(mark.names[0]) if mark and "series-title" not in self._off else ""
        if mark is None or not name or not self._may_guess(name):
            return []
        part = SeriesPart(name=name, part=mark.part, total=mark.total)
        self._note(mark.raw, _words(replace(part, total=None)), "series-title")
        return [part]

    def pinned(self, parts: list[SeriesPart], refs: tuple[str, ...]) -> _Parts:
        """Apply what the configuration pins: a post's part, a series' total."""
        placed = {key(part.name): part for part in parts}
        for name, pin in {} if "series-pin" in self._off else self._settings.pins.items():
            old = placed.get(key(name))
            part = next((pin.parts[ref] for ref in refs if ref in pin.parts), None)
            new = replace(old or SeriesPart(name=name), name=name)
            new = replace(new, total=pin.total or new.total)
            new = new if part is None else replace(new, part=part, label="")
            if new != old and (old or part is not None):
                placed[key(name)] = new
                self._note(_words(old) if old else "", _words(new), "series-pin")
        return tuple(placed.values())

    def _note(self, raw: str, value: str, rule: str) -> None:
        self.fixups.append(Fixup(field="series", raw=raw, value=value, rule=rule))


def _in_title(title: str, habit: SeriesHabit, home: str) -> Mark | None:
    """Return what counts a part in a title: a number that runs, or is sure by itself."""
    found = marks_in(title)
    found = [m for m in found if m.noun or not (habit.has_dates and m.total and "/" in m.raw)]
    for mark in found if habit.runs else ():
        if run := run_of(mark, habit):
            return replace(mark, names=(run.name or mark.noun.capitalize() or home,))
    return next((mark for mark in found if mark.is_sure), None)


def _called(title: str) -> Mark | None:
    """Return the series or the column that a title names as one, without a part."""
    found = calling.CALLED.search(title) if "series" in title.casefold() else None
    if found:
        name = named(found["told"] or found["name"])
        is_blogs_own = " " in name or found["kind"] or found["new"]  # unlike "The Crown series"
        is_titled = all(word[0].isupper() or 1 < len(word) < 4 for word in name.split())
        if name and is_blogs_own and ("”" in found[0] or is_titled):
            return Mark(raw=found[0].strip(" :–—|-"), names=(name,))
    column = calling.column_in(title)
    return Mark(raw=column, names=(column.capitalize(),)) if column else None


def _words(part: SeriesPart) -> str:
    place = f", part {part.label or part.part}" if part.part is not None else ""
    return f"{part.name}{place}{f' of {part.total}' if part.total else ''}"

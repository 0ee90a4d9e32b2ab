"""Places a post in its series: from what was declared, what is configured, or its title.

What a source declares and what the configuration names beat a guess: there the title may add the
part, never another series. Else a number in the title counts that runs through the blog (`marks`),
or is sure by itself. A number to which nothing gives a name ties no posts together.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

from digest.editing.lexicon import calling
from digest.editing.series.marks import Mark, Run, SeriesHabit, marks_in, name_key, run_of, tidy
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

_NONE, _NO_HABIT, _NO_PIN = SeriesSettings(), SeriesHabit(), SeriesPin()
_AFTER_A_NAME = r"(?:(?!\w)\s*(?:[:–—|,\-(#]|$)|\s?\d)"


class SeriesReading(Value):
    """Hold the series a post belongs to, in the order they were declared, and each change."""

    series: tuple[SeriesPart, ...]
    fixups: tuple[Fixup, ...] = ()


def without_author(title: str, authors: tuple[str, ...]) -> str:
    """Return a title without an author it begins with: "A B: In the field, part two"."""
    begun = next((author for author in authors if author and title.startswith(author)), "")
    rest = title[len(begun) :].lstrip()
    return rest[1:].lstrip() if begun and rest.startswith((":", "–", "—", "|")) else title


def read(
    title: str,
    *,
    declared: tuple[SeriesPart, ...] = (),
    terms: tuple[Term, ...] = (),
    settings: SeriesSettings = _NONE,
    off: frozenset[str] = frozenset(),
    refs: tuple[str, ...] = (),
    habit: SeriesHabit = _NO_HABIT,
    home: str = "",
    authors: tuple[str, ...] = (),
) -> SeriesReading:
    """Return the series a post belongs to.

    `terms` are tags and categories; `refs` the post's URL and identity, by which it can be pinned;
    `home` is the blog's name, for numbers without any other; `authors` stay out of a series' name.
    """
    desk = _Desk(without_author(title, authors), settings, off)
    known = desk.explicit(declared, terms)
    parts = [desk.with_part(part, alone=len(known) == 1) for part in known]
    parts = parts or desk.guessed(habit, home)
    return SeriesReading(series=desk.pinned(parts, refs), fixups=tuple(desk.fixups))


class _Desk:
    """Carries one title through the steps and keeps what they changed."""

    def __init__(self, title: str, settings: SeriesSettings, off: frozenset[str]) -> None:
        self.fixups: list[Fixup] = []
        self._title = title
        self._settings = settings
        self._off = off
        pins = {} if "series-alias" in off else settings.pins
        self._names = {key(w): name for name, pin in pins.items() for w in (name, *pin.aliases)}

    def explicit(
        self, declared: tuple[SeriesPart, ...], terms: tuple[Term, ...]
    ) -> list[SeriesPart]:
        """Return the series that are declared, or that a tag or the title's first words name."""
        parts: dict[str, SeriesPart] = {}
        for part in declared:
            name = self._names.get(key(part.name), part.name)
            if name != part.name:
                self._note(part.name, name, "series-alias")
            parts.setdefault(key(name), replace(part, name=name))
        for written, name, rule in (*self._tagged(terms), *self._begun()):
            if rule not in self._off and key(name) not in parts:
                parts[key(name)] = SeriesPart(name=name)
                self._note(written, name, rule)
        return [part for name, part in parts.items() if name]

    def _tagged(self, terms: tuple[Term, ...]) -> Iterator[tuple[str, str, str]]:
        tags = {key(name): self._names.get(key(name), name) for name in self._settings.names}
        tags |= {key(tag): name for name, pin in self._settings.pins.items() for tag in pin.tags}
        for term in terms if tags else ():
            yield from ((term.name, tags[k], "series-tag") for k in term.keys if k in tags)

    def _begun(self) -> Iterator[tuple[str, str, str]]:
        """Yield the configured series whose name, or another one, the title begins with."""
        for name, pin in self._settings.pins.items():
            for written in filter(None, (name, *pin.aliases) if pin.guess else ()):
                if re.match(re.escape(written) + _AFTER_A_NAME, self._title, re.I):
                    yield written, name, "series-alias"

    def with_part(self, part: SeriesPart, *, alone: bool) -> SeriesPart:
        """Fill in the part of a series that was declared without one, from the words."""
        is_told = part.part is not None or bool(part.label)
        if is_told or not self._may_guess(part.name) or "series-part" in self._off:
            return part
        mark = self._mark_for(part.name, alone=alone)
        if mark is None or mark.part is None:
            return part
        self._note(mark.raw, f"{part.name}, part {mark.part}", "series-part")
        return replace(part, part=mark.part, total=part.total or mark.total)

    def _may_guess(self, name: str) -> bool:
        return self._settings.guess and self._settings.pins.get(name, _NO_PIN).guess

    def _mark_for(self, name: str, *, alone: bool) -> Mark | None:
        """Return the number that tells a part; one `alone` may stand behind other words, too."""
        keys = set(map(key, (name, *self._settings.pins.get(name, _NO_PIN).aliases)))
        found = marks_in(self._title)
        own = [mark for mark in found if not keys.isdisjoint(map(key, mark.names))]
        beside = [m for m in found if alone and (m.is_sure or not (m.is_first or m.noun))]
        return next(iter((*own, *beside)), None)

    def guessed(self, habit: SeriesHabit, home: str) -> list[SeriesPart]:
        """Return the series that the title's words name, if they do."""
        mark = self._in_title(habit, home)
        said = next(iter(mark.names), "") if mark else ""
        name = self._names.get(key(said), said)
        if mark is None or not name or not self._may_guess(name):
            return []
        part = SeriesPart(name=name, part=mark.part, total=mark.total)
        self._note(mark.raw, _words(replace(part, total=None)), "series-title")
        return [part]

    def _in_title(self, habit: SeriesHabit, home: str) -> Mark | None:
        """Return what counts a part in the title: a number that runs, or is sure by itself."""
        if "series-title" in self._off:
            return None
        found, runs = marks_in(self._title), _runs(habit)
        if habit.has_dates:
            found = [m for m in found if m.noun or not (m.total and "/" in m.raw)]
        for mark in found:
            if (run := run_of(mark, runs)) is not None:
                name = run.name or mark.noun.capitalize() or home
                return replace(mark, names=(name,) if name else ())
        return next(filter(_needs_no_run, found), None) or _called(self._title)

    def pinned(self, parts: list[SeriesPart], refs: tuple[str, ...]) -> tuple[SeriesPart, ...]:
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


def _called(title: str) -> Mark | None:
    """Return the series or the column that a title names as one, without a part."""
    found = calling.CALLED.search(title) if "series" in title.casefold() else None
    if found:
        name = tidy(found["told"] or found["name"])
        is_blogs_own = " " in name or found["kind"] or found["new"]  # unlike "The Crown series"
        is_titled = all(word[0].isupper() or 1 < len(word) < 4 for word in name.split())
        if name and is_blogs_own and ("”" in found[0] or is_titled):
            return Mark(raw=found[0].strip(" :–—|-"), names=(name,))
    column = calling.COLUMN.search(title)
    return Mark(raw=column["name"], names=(column["name"].capitalize(),)) if column else None


def _needs_no_run(mark: Mark) -> bool:
    is_heading = mark.is_first and (mark.noun or not mark.total)  # but "1/3 Moving a hospital"
    return mark.is_sure and bool(mark.names) and not is_heading


def _words(part: SeriesPart) -> str:
    place = f", part {part.label or part.part}" if part.part is not None else ""
    return f"{part.name}{place}{f' of {part.total}' if part.total else ''}"


@lru_cache(maxsize=16)
def _runs(habit: SeriesHabit) -> dict[tuple[str, str], Run]:
    return {(name_key(run.name), run.kind): run for run in habit.runs}

"""Places a post in its series: from what was declared, what is configured, or what its words say.

What a source declares and what the configuration names beat a guess: where there is either, the
words may add the part, never another series. Else a number in the title that runs through the blog
(`running`), or is sure by itself, or the first sentences name one. A number to which nothing gives
a name ties no posts together. This room refuses to change a title; series words stay.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache

from digest.editing.series.marks import Mark, marks
from digest.editing.series.running import Run, SeriesHabit, places
from digest.editing.series.said import called, in_text
from digest.editing.settings import SeriesPin, SeriesSettings
from digest.models import Fixup, SeriesPart, Term, Value, key, replace

RULES: dict[str, str] = {
    "series-tag": "a tag or category that the configuration names is a series",
    "series-alias": "a series goes by the name the configuration gives it",
    "series-pin": "the configuration places a post at a part, or tells a series' total",
    "series-part": "the part of a declared series is read in the title or the first sentences",
    "series-title": (
        "the title names a series, a column (“In conversation with …”, “Book review”) or a part,"
        " or its number runs through the blog's titles"
    ),
    "series-text": "the first sentences name a series or a part",
}
"""The rules that can be switched off by name, and what each does."""

_NONE = SeriesSettings()
_NO_HABIT = SeriesHabit()
_NO_PIN = SeriesPin()
_AFTER_A_NAME = (":", "–", "—", "|", ",", "-", "(", "#", "")


class SeriesReading(Value, frozen=True):
    """Hold the series a post belongs to, in the order they were declared, and each change."""

    series: tuple[SeriesPart, ...]
    fixups: tuple[Fixup, ...] = ()


def without_author(title: str, authors: tuple[str, ...]) -> str:
    """Return a title without an author it begins with: "A B: In the field, part two"."""
    for author in authors:
        rest = title[len(author) :].lstrip()
        if author and title.startswith(author) and rest[:1] in (":", "–", "—", "|"):
            return rest[1:].lstrip()
    return title


def read(
    title: str,
    text: str,
    *,
    body: str = "",
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

    `title`, `text` and `body` are plain. Of the text (a summary, say) and then of the body only the
    beginning is read. `terms` are tags and categories; `refs` the post's URL and identity, by which
    it can be pinned; `habit` is how the blog counts and `home` its name, for numbers that run
    through it without any other; `authors` stay out of a series' name. A rule in `off` is not
    applied.

    >>> [(s.name, s.part) for s in read("Windowsill School, part two: Light", "").series]
    [('Windowsill School', 2)]

    Raises:
        nothing.
    """
    texts = tuple(filter(None, (text, body)))
    desk = _Desk(without_author(title, authors), texts, settings, off)
    known = desk.explicit(declared, terms)
    parts = [desk.with_part(part, alone=len(known) == 1) for part in known]
    parts = parts or desk.guessed(habit, home)
    return SeriesReading(series=desk.pinned(parts, refs), fixups=tuple(desk.fixups))


class _Desk:
    """Carries one title through the steps and keeps what they changed."""

    def __init__(
        self, title: str, texts: tuple[str, ...], settings: SeriesSettings, off: frozenset[str]
    ) -> None:
        self.fixups: list[Fixup] = []
        self._title = title
        self._texts = texts
        self._settings = settings
        self._off = off
        pins = {} if "series-alias" in off else settings.pins
        self._names = {_key(w): name for name, pin in pins.items() for w in (name, *pin.aliases)}

    def explicit(
        self, declared: tuple[SeriesPart, ...], terms: tuple[Term, ...]
    ) -> list[SeriesPart]:
        """Return the series that are declared, or that a tag or the title's first words name."""
        parts: dict[str, SeriesPart] = {}
        for part in declared:
            name = self._names.get(_key(part.name), part.name)
            if name != part.name:
                self._note(part.name, name, "series-alias")
            parts.setdefault(_key(name), replace(part, name=name))
        for written, name, rule in (*self._tagged(terms), *self._begun()):
            if rule not in self._off and _key(name) not in parts:
                parts[_key(name)] = SeriesPart(name=name)
                self._note(written, name, rule)
        return [part for name, part in parts.items() if name]

    def _tagged(self, terms: tuple[Term, ...]) -> Iterator[tuple[str, str, str]]:
        tags = {_key(name): self._names.get(_key(name), name) for name in self._settings.names}
        tags |= {_key(tag): name for name, pin in self._settings.pins.items() for tag in pin.tags}
        for term in terms if tags else ():
            if name := next((tags[k] for k in term.keys if k in tags), ""):
                yield term.name, name, "series-tag"

    def _begun(self) -> Iterator[tuple[str, str, str]]:
        """Yield the configured series whose name, or another one, the title begins with."""
        for name, pin in self._settings.pins.items():
            written = next((w for w in (name, *pin.aliases) if _begins(self._title, w)), "")
            if written and pin.guess:
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
        """Return what tells the part of a known series: a number in the title, or a sentence.

        Where the post is in no other series, a number behind other words is its part, too.
        """
        keys = set(map(_key, (name, *self._settings.pins.get(name, _NO_PIN).aliases)))
        found = marks(self._title)
        own = [mark for mark in found if not keys.isdisjoint(map(_key, mark.names))]
        beside = [m for m in found if alone and (m.is_sure or not (m.is_first or m.noun))]
        said = map(in_text, self._texts)
        told = [m for m in said if m and m.part and (alone or _key(m.name) in keys)]
        return next(iter((*own, *beside, *told)), None)

    # ------------------------------------------------------------ guessed

    def guessed(self, habit: SeriesHabit, home: str) -> list[SeriesPart]:
        """Return the series that the words name, if they do: the title, or the first sentences."""
        if not self._settings.guess:
            return []
        mark, rule = self._in_title(habit, home), "series-title"
        if not (mark and mark.name) and "series-text" not in self._off:
            told = next(filter(None, map(in_text, self._texts)), None)
            mark, rule = told or mark, "series-text"
        name = self._names.get(_key(mark.name), mark.name) if mark else ""
        if mark is None or not name or not self._may_guess(name):
            return []
        part = SeriesPart(name=name, part=mark.part, total=mark.total)
        self._note(mark.raw, _words(replace(part, total=None)), rule)
        return [part]

    def _in_title(self, habit: SeriesHabit, home: str) -> Mark | None:
        """Return what counts a part in the title: a number that runs, or is sure by itself."""
        if "series-title" in self._off:
            return None
        found = marks(self._title)
        if habit.has_dates:
            found = [mark for mark in found if not (mark.total and "/" in mark.raw)]
        runs = _runs(habit)
        for mark in found:
            run = _run_of(mark, runs)
            if run is not None:
                name = run.name or mark.noun.capitalize() or home
                return replace(mark, names=(name,) if name else ())
        return next(filter(_needs_no_run, found), None) or called(self._title)

    # ------------------------------------------------------------ pinned

    def pinned(self, parts: list[SeriesPart], refs: tuple[str, ...]) -> tuple[SeriesPart, ...]:
        """Apply what the configuration pins: a post's part, a series' total."""
        placed = {_key(part.name): part for part in parts}
        for name, pin in {} if "series-pin" in self._off else self._settings.pins.items():
            old = placed.get(_key(name))
            part = next((pin.parts[ref] for ref in refs if ref in pin.parts), None)
            if part is None and old is None:
                continue
            new = replace(old or SeriesPart(name=name), name=name)
            new = replace(new, total=pin.total or new.total)
            new = new if part is None else replace(new, part=part, label="")
            if new != old:
                placed[_key(name)] = new
                self._note(_words(old) if old else "", _words(new), "series-pin")
        return tuple(placed.values())

    def _note(self, raw: str, value: str, rule: str) -> None:
        self.fixups.append(Fixup(field="series", raw=raw, value=value, rule=rule))


def _needs_no_run(mark: Mark) -> bool:
    is_heading = mark.is_first and (mark.noun or not mark.total)  # but "1/3 Moving a hospital"
    return mark.is_sure and bool(mark.name) and not is_heading


def _begins(title: str, written: str) -> bool:
    """Say whether a title begins with a name, as a name and not as a word."""
    if not written or not title.casefold().startswith(written.casefold()):
        return False
    rest = title[len(written) :]
    is_apart = not rest[:1].isalnum() and rest.strip()[:1] in _AFTER_A_NAME
    return is_apart or rest[:2].strip().isdigit()


def _run_of(mark: Mark, runs: dict[tuple[str, str], Run]) -> Run | None:
    """Return the run that a mark is part of: by the likeliest name, or a longer nameless one."""
    found = [runs[place] for _, place in places(mark) if place in runs]
    nameless = [run for run in found if not run.name]
    return max(found[:1] + nameless, key=lambda run: run.parts, default=None)


def _words(part: SeriesPart) -> str:
    place = f", part {part.label or part.part}" if part.part is not None else ""
    return f"{part.name}{place}{f' of {part.total}' if part.total else ''}"


@lru_cache(maxsize=4096)
def _key(name: str) -> str:
    return key(name)


@lru_cache(maxsize=16)
def _runs(habit: SeriesHabit) -> dict[tuple[str, str], Run]:
    return {(run.key, run.kind): run for run in habit.runs}

"""Places a post in its series: from what was declared, what is configured, or what its words say.

What a source declares (a taxonomy, front matter, `series:name`) and what the configuration names
beat a guess: where there is either, the words may add the part, never another series. Without them
a title or the first sentences may name one; a mark without a name ("Blog 2: …") takes the name of
the tag the post is filed under, else what its parts are called. No part is invented: an opening
("Introducing the “X” series") and a column ("In conversation with …") have none. This room refuses
to change a title; series words stay.
"""

from __future__ import annotations

from functools import lru_cache
from typing import NamedTuple

from digest.editing.lexicon import entries
from digest.editing.series.called import called, column
from digest.editing.series.marks import Mark, tidy
from digest.editing.series.mentions import in_text
from digest.editing.series.running import ANY, Run, SeriesHabit, name_key
from digest.editing.series.titles import (
    BARE,
    BRACKET,
    COUNTED_NOUN,
    FRACTION,
    HASH,
    PART,
    ROMAN,
    marks,
)
from digest.editing.settings import SeriesPin, SeriesSettings
from digest.models import Fixup, SeriesPart, Term, Value, key, replace

RULES: dict[str, str] = {
    "series-tag": "a tag or category that the configuration names is a series",
    "series-alias": "a series goes by the name the configuration gives it",
    "series-pin": "the configuration places a post at a part, or tells a series' total",
    "series-part": "the part of a declared series is read in the title or the first sentences",
    "series-title": "the title names a series or a part",
    "series-text": "the first sentences name a series or a part",
    "series-column": "“In conversation with …” and “Book review” are columns that come again",
}
"""The rules that can be switched off by name, and what each does."""


class SeriesReading(Value, frozen=True):
    """Hold the series a post belongs to, in the order they were declared, and each change."""

    series: tuple[SeriesPart, ...]
    fixups: tuple[Fixup, ...] = ()


class _Blog(NamedTuple):
    """Hold what is known of the blog when one title is read; runs by their name's key and kind."""

    runs: dict[tuple[str, str], Run]
    has_dates: bool
    home: str


_NONE = SeriesSettings()
_NO_HABIT = SeriesHabit()
_MANY = 10  # parts of a run so long that a number behind other words is one of them
_BESIDE_A_NAME = frozenset((HASH, BARE, COUNTED_NOUN, ROMAN, BRACKET))


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
) -> SeriesReading:
    """Return the series a post belongs to.

    `title`, `text` and `body` are plain. Of the text (a summary, say) and then of the body only the
    beginning is read. `terms` are tags and categories; `refs` the post's URL and identity, by which
    it can be pinned; `habit` is how the blog counts and `home` what it is called: the series of numbers
    that run through a blog without any other name. A rule in `off` is not applied.

    >>> [(s.name, s.part) for s in read("Windowsill School, part two: What light is for", "").series]
    [('Windowsill School', 2)]

    Raises:
        nothing.
    """
    fixups: list[Fixup] = []
    texts = (text, body) if body else (text,)
    known = _explicit(title, declared, terms, settings, off, fixups)
    if known:
        alone = len(known) == 1
        parts = tuple(
            _with_part(p, title, texts, settings, off, fixups, alone=alone) for p in known
        )
    else:
        parts = _guessed(title, texts, terms, settings, off, fixups, _blog(habit, home))
    return SeriesReading(series=_pinned(parts, settings, refs, off, fixups), fixups=tuple(fixups))


@lru_cache(maxsize=16)
def _blog(habit: SeriesHabit, home: str) -> _Blog:
    runs = {(run.key, run.kind): run for run in habit.runs}
    return _Blog(runs=runs, has_dates=habit.has_dates, home=home)


# ---------------------------------------------------------------- declared and configured


@lru_cache(maxsize=4096)
def _key(name: str) -> str:
    return key(name)


@lru_cache(maxsize=8)
def _canon(
    names: tuple[str, ...], pins: tuple[tuple[str, tuple[str, ...], tuple[str, ...]], ...]
) -> tuple[dict[str, str], dict[str, str]]:
    """Return two maps from a key to a series' name: of aliases, and of tags that make a post part of it."""
    aliases = {key(a): name for name, other, _ in pins for a in (name, *other)}
    tags = {key(n): aliases.get(key(n), n) for n in names}
    tags |= {key(t): name for name, _, tagged in pins for t in tagged}
    return aliases, tags


def _maps(settings: SeriesSettings) -> tuple[dict[str, str], dict[str, str]]:
    if not settings.pins and not settings.names:
        return {}, {}
    return _canon(settings.names, tuple((n, p.aliases, p.tags) for n, p in settings.pins.items()))


def _explicit(
    title: str,
    declared: tuple[SeriesPart, ...],
    terms: tuple[Term, ...],
    settings: SeriesSettings,
    off: frozenset[str],
    fixups: list[Fixup],
) -> list[SeriesPart]:
    aliases, tags = _maps(settings)
    parts: dict[str, SeriesPart] = {}
    for part in declared:
        named = part if "series-alias" in off else _renamed(part, aliases, fixups)
        parts.setdefault(_key(named.name), named)
    if tags and "series-tag" not in off:
        for term in terms:
            name = next((tags[k] for k in term.keys if k in tags), None)
            if name and _key(name) not in parts:
                parts[_key(name)] = SeriesPart(name=name)
                fixups.append(Fixup(field="series", raw=term.name, value=name, rule="series-tag"))
    if aliases and "series-alias" not in off:
        _add_named_in_title(title, settings, parts, fixups)
    return [p for k, p in parts.items() if k]


def _renamed(part: SeriesPart, aliases: dict[str, str], fixups: list[Fixup]) -> SeriesPart:
    name = aliases.get(_key(part.name), part.name)
    if name == part.name:
        return part
    fixups.append(Fixup(field="series", raw=part.name, value=name, rule="series-alias"))
    return SeriesPart(name=name, part=part.part, total=part.total, label=part.label, slug=part.slug)


def _add_named_in_title(
    title: str, settings: SeriesSettings, parts: dict[str, SeriesPart], fixups: list[Fixup]
) -> None:
    """Add a configured series whose name or alias the title begins with, as a name and not as a word."""
    folded = title.casefold()
    for name, pin in settings.pins.items():
        if not pin.guess or _key(name) in parts:
            continue
        for written in (name, *pin.aliases):
            rest = (
                title[len(written) :] if written and folded.startswith(written.casefold()) else "x"
            )
            if (
                not rest[:1].isalnum()
                and rest.strip()[:1] in (":", "–", "—", "|", ",", "-", "(", "#", "")
            ) or rest[:2].strip().isdigit():
                parts[_key(name)] = SeriesPart(name=name)
                fixups.append(Fixup(field="series", raw=written, value=name, rule="series-alias"))
                break


def _with_part(
    part: SeriesPart,
    title: str,
    texts: tuple[str, ...],
    settings: SeriesSettings,
    off: frozenset[str],
    fixups: list[Fixup],
    *,
    alone: bool,
) -> SeriesPart:
    """Fill in the part of a series that was declared without one, from the words."""
    pin = settings.pins.get(part.name)
    if (
        part.part is not None
        or part.label
        or "series-part" in off
        or not settings.guess
        or (pin and not pin.guess)
    ):
        return part
    mark = _mark_for(part.name, pin, title, texts, alone=alone)
    if mark is None or mark.part is None:
        return part
    total = part.total or mark.total
    fixups.append(
        Fixup(
            field="series",
            raw=mark.raw,
            value=f"{part.name}, part {mark.label or mark.part}",
            rule="series-part",
        )
    )
    return SeriesPart(name=part.name, part=mark.part, total=total, label=mark.label, slug=part.slug)


def _mark_for(
    name: str, pin: SeriesPin | None, title: str, texts: tuple[str, ...], *, alone: bool
) -> Mark | None:
    """Return what tells the part of a series that is known: a number in the title, or a sentence."""
    keys = {_key(n) for n in (name, *(pin.aliases if pin else ()))}
    found = marks(title)
    own = next((m for m in found if any(_key(n) in keys for n in m.names)), None)
    if own is None and alone:
        own = next((m for m in found if m.is_sure or m.kind in _BESIDE_A_NAME), None)
    if own is not None:
        return own
    said = (in_text(text, known=True) for text in texts)
    return next((m for m in said if m and m.part and (alone or _key(m.name) in keys)), None)


# ---------------------------------------------------------------- guessed


def _guessed(
    title: str,
    texts: tuple[str, ...],
    terms: tuple[Term, ...],
    settings: SeriesSettings,
    off: frozenset[str],
    fixups: list[Fixup],
    blog: _Blog,
) -> tuple[SeriesPart, ...]:
    if not settings.guess:
        return ()
    mark, rule = (None, "") if "series-title" in off else (_in_title(title, blog), "series-title")
    if mark is None and "series-column" not in off:
        mark, rule = column(title), "series-column"
    if mark is None or not mark.name:
        said = None if "series-text" in off else _first_told(texts, known=mark is not None)
        mark, rule = _both(mark, said), rule if mark else "series-text"
    if mark is None:
        return ()
    name = mark.name or (_filed_under(terms, title, texts) if mark.part else "")
    if not name:
        return ()  # a number without a name ties nothing together
    aliases, _ = _maps(settings)
    name = aliases.get(_key(name), name)
    if (pin := settings.pins.get(name)) and not pin.guess:
        return ()
    value = f"{name}, part {mark.label or mark.part}" if mark.part else name
    fixups.append(Fixup(field="series", raw=mark.raw, value=value, rule=rule))
    return (SeriesPart(name=name, part=mark.part, total=mark.total, label=mark.label),)


def _in_title(title: str, blog: _Blog) -> Mark | None:
    """Return what counts a part in this title: a number that runs through the blog, or one sure by itself."""
    found = [
        m for m in marks(title) if not (blog.has_dates and m.kind == FRACTION and "/" in m.raw)
    ]
    for mark in found:
        if (run := _run_of(mark, blog)) is not None:
            return replace(mark, names=(run,) if run else ())
    sure = next((m for m in found if m.is_sure and (not m.is_first or m.kind == FRACTION)), None)
    if sure and sure.name:
        return sure
    nameless = next((m for m in found if m.kind in (PART, COUNTED_NOUN)), None)
    return called(title) or (replace(nameless, names=()) if nameless else None)


def _run_of(mark: Mark, blog: _Blog) -> str | None:
    """Return the name of the longest run that a mark is part of, or None."""
    names = mark.names[:1] if mark.kind == BARE else mark.names
    keys = [(name_key(name), kind) for name in names for kind in (mark.kind, ANY)]
    runs = [blog.runs[key_] for key_ in keys if key_ in blog.runs]
    longest = max(runs, key=lambda run: run.parts, default=None)
    nameless = blog.runs.get(("", mark.kind))
    if nameless and mark.is_first and (longest is None or longest.parts < 0.7 * nameless.parts):
        return mark.noun.capitalize() or blog.home
    if longest:
        return (runs[0] if 2 * runs[0].parts >= longest.parts else longest).name
    if nameless and nameless.parts >= _MANY and mark.kind in (BARE, HASH):
        return mark.name  # "This Month in Servo 128" among the weeks
    return None


def _both(mark: Mark | None, said: Mark | None) -> Mark | None:
    """Let the first sentences name what a title's number leaves without a name."""
    if mark is None or said is None:
        return said if mark is None else mark
    return replace(
        mark, names=said.names, part=mark.part or said.part, total=mark.total or said.total
    )


def _first_told(texts: tuple[str, ...], *, known: bool) -> Mark | None:
    """Return what the first of some texts says that says anything about a series."""
    for text in texts:
        if text and (mark := in_text(text, known=known)):
            return mark
    return None


def _holds(texts: tuple[str, ...], words: str) -> bool:
    return any(words.casefold() in text[:700].casefold() for text in texts)


def _filed_under(terms: tuple[Term, ...], title: str, texts: tuple[str, ...]) -> str:
    """Return the name of the one tag or category that can be the series of a number without a name."""
    for term in terms:
        if "series" in term.name.casefold():
            return tidy(term.name)
    names = [t.name for t in terms if t.name and _key(t.name) not in entries("sections")]
    said = [n for n in names if n.casefold() in title.casefold() or _holds(texts, n)]
    return said[0] if len(said) == 1 else ""


# ---------------------------------------------------------------- pinned


def _pinned(
    parts: tuple[SeriesPart, ...],
    settings: SeriesSettings,
    refs: tuple[str, ...],
    off: frozenset[str],
    fixups: list[Fixup],
) -> tuple[SeriesPart, ...]:
    """Apply what the configuration pins: a post's part, a series' total."""
    if not settings.pins or "series-pin" in off:
        return parts
    placed = {_key(p.name): p for p in parts}
    for name, pin in settings.pins.items():
        part = next((pin.parts[r] for r in refs if r in pin.parts), None)
        old = placed.get(_key(name))
        if part is None and (old is None or pin.total in (None, old.total)):
            continue
        base = old or SeriesPart(name=name)
        total = pin.total if pin.total is not None else base.total
        new = SeriesPart(
            name=name,
            part=base.part if part is None else part,
            total=total,
            slug=base.slug,
            label=base.label if part is None else "",
        )
        if new != old:
            placed[_key(name)] = new
            fixups.append(
                Fixup(field="series", raw=_words(old), value=_words(new), rule="series-pin")
            )
    return tuple(placed.values())


def _words(part: SeriesPart | None) -> str:
    if part is None:
        return ""
    place = f", part {part.label or part.part}" if part.part is not None else ""
    return f"{part.name}{place}{f' of {part.total}' if part.total else ''}"


__all__ = ["RULES", "SeriesReading", "read"]

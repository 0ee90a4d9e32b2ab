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

from digest.editing.lexicon import entries
from digest.editing.series.marks import Mark, is_kind_of_series, tidy
from digest.editing.series.mentions import in_text
from digest.editing.series.naming import COLUMN_NAMES
from digest.editing.series.numbering import in_title, leading_number, number_after
from digest.editing.series.outlines import Outline, OutlinePart, outline
from digest.editing.settings import SeriesPin, SeriesSettings
from digest.models import Fixup, SeriesPart, Term, Value, key

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


_NONE = SeriesSettings()


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
) -> SeriesReading:
    """Return the series a post belongs to.

    `title`, `text` and `body` are plain. Of the text (a summary, say) and then of the body only the
    beginning is read. `terms` are tags and categories; `refs` the post's URL and identity, by which
    it can be pinned. A rule in `off` is not applied.

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
        parts = _guessed(title, texts, terms, settings, off, fixups)
    return SeriesReading(series=_pinned(parts, settings, refs, off, fixups), fixups=tuple(fixups))


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
    names = {_key(n) for n in (name, *(pin.aliases if pin else ()))}
    mark = in_title(title)
    if mark and mark.part and (alone or _key(mark.name) in names):
        return mark
    for written in (name, *(pin.aliases if pin else ())):
        if found := number_after(title, written):
            return found
    marks = (in_text(text, known=True) for text in texts)
    return next((m for m in marks if m and m.part and (alone or _key(m.name) in names)), None)


# ---------------------------------------------------------------- guessed


def _guessed(
    title: str,
    texts: tuple[str, ...],
    terms: tuple[Term, ...],
    settings: SeriesSettings,
    off: frozenset[str],
    fixups: list[Fixup],
) -> tuple[SeriesPart, ...]:
    if not settings.guess:
        return ()
    mark, rule = in_title(title) or _counted(title, texts, terms), "series-title"
    if mark and mark.part is None and mark.name in COLUMN_NAMES:
        rule = "series-column"
    if mark is None or rule in off:
        mark, rule = _from_text(title, texts), "series-text"
    elif mark.part is None or not mark.name:
        mark = (
            _completed(mark, texts)
            if "series-text" not in off and rule != "series-column"
            else mark
        )
    if mark is None or rule in off:
        return ()
    aliases, _ = _maps(settings)
    name = (
        mark.name
        or _filed_under(terms, title, texts)
        or mark.topic
        or (mark.noun or "blog").capitalize()
    )
    name = aliases.get(_key(name), name)
    if (pin := settings.pins.get(name)) and not pin.guess:
        return ()
    value = f"{name}, part {mark.label or mark.part}" if mark.part else name
    fixups.append(Fixup(field="series", raw=mark.raw, value=value, rule=rule))
    return (SeriesPart(name=name, part=mark.part, total=mark.total, label=mark.label),)


def _counted(title: str, texts: tuple[str, ...], terms: tuple[Term, ...]) -> Mark | None:
    """Read "Week 4: …" where the post is filed under what comes in weeks: "New Teacher Diary"."""
    mark = leading_number(title) if terms else None
    return mark if mark and is_kind_of_series(_filed_under(terms, title, texts)) else None


def _first_told(texts: tuple[str, ...], *, known: bool) -> Mark | None:
    """Return what the first of some texts says that says anything about a series."""
    for text in texts:
        if text and (mark := in_text(text, known=known)):
            return mark
    return None


def _from_text(title: str, texts: tuple[str, ...]) -> Mark | None:
    """Read the first sentences; the title's words before a colon name a series that comes in parts."""
    lead, colon, _ = title.partition(": ")
    lead = lead.strip("“”\"‘’' ")
    of_a_kind = bool(colon) and is_kind_of_series(lead)
    mark = _first_told(texts, known=of_a_kind)
    if mark is None or mark.name:
        return mark
    if mark.part is None:
        return None
    name = tidy(lead) if of_a_kind or (colon and _holds(texts, lead)) else ""
    return Mark(
        raw=mark.raw,
        name=name,
        part=mark.part,
        total=mark.total,
        label=mark.label,
        noun=mark.noun,
        topic=mark.topic,
    )


def _holds(texts: tuple[str, ...], words: str) -> bool:
    return any(words.casefold() in text[:700].casefold() for text in texts)


def _completed(mark: Mark, texts: tuple[str, ...]) -> Mark:
    """Let the first sentences add what a title's mark leaves open."""
    found = _first_told(texts, known=bool(mark.name))
    if found is None:
        return mark
    agree = mark.part is None or found.part in (None, mark.part)
    return Mark(
        raw=mark.raw,
        name=mark.name or found.name,
        part=mark.part if mark.part is not None else found.part,
        total=mark.total or (found.total if agree else None),
        label=mark.label,
        noun=mark.noun or found.noun,
        topic=mark.topic or found.topic,
    )


def _filed_under(terms: tuple[Term, ...], title: str, texts: tuple[str, ...]) -> str:
    """Return the name of the one tag or category that can be the series of a mark without a name."""
    for term in terms:
        if "series" in term.name.casefold():
            return tidy(term.name)
    names = [t.name for t in terms if t.name and _key(t.name) not in entries("sections")]
    said = [n for n in names if n.casefold() in title.casefold() or _holds(texts, n)]
    if len(said) == 1:
        return said[0]
    return names[0] if len(names) == 1 else ""


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


__all__ = [
    "RULES",
    "Outline",
    "OutlinePart",
    "SeriesPin",
    "SeriesReading",
    "SeriesSettings",
    "outline",
    "read",
]

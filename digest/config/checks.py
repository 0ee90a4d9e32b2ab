"""Judges the values of digest.toml once their types are right."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from digest import dialects
from digest.config import languages
from digest.config.places import Places, suggest, wrong_kind
from digest.config.tables import (
    BYLINE_SHAPES,
    DEVICES,
    SOURCE_KEYS,
    SOURCE_PLACES,
    Fetching,
    Newsletter,
    SourceConfig,
)
from digest.errors import ConfigError
from digest.files import seen_from
from digest.knowledge.schedules import schedule
from digest.lazy import regex
from digest.models import Edition, Evergreen, Selectors, key

_DURATION = regex(r"\s*\d+\s*(minute|hour|day|week|month|year)s?\s*|0", re.I)
_DAYS = regex(r"\s*\d+\s*(day|week|month|year)s?\s*|0", re.I)
_ISSUES = regex(r"never|\d{1,4}\s*issues?", re.I)


_OF_EVERY_KIND = frozenset({"name", "kind", "byline", "boilerplate", "was"})
_PLACES = frozenset({"url", "path"})


def check(
    letter: Newsletter,
    fetching: Fetching,
    sources: tuple[SourceConfig, ...],
    editions: Mapping[str, Edition],
    places: Places,
) -> None:
    """Judge every value.

    Raises:
        ConfigError: for the first that cannot be right.
    """
    if not letter.name.strip():
        raise places.fault("newsletter", "name", "is empty", "Say what readers call it.")
    _check_timezone(letter.timezone, places.where("newsletter", "timezone"))
    if not languages.is_known(letter.language):
        near = languages.nearest(letter.language)
        raise places.fault(
            "newsletter",
            "language",
            f'"{letter.language}" is no language tag',
            f'Did you mean "{near}"?' if near else 'Write it as in HTML: "en", "en-GB", "cy".',
        )
    for name in ("url", "archive"):
        if value := getattr(letter, name):
            _check_url(value, f"[newsletter] {name}", places.where("newsletter", name))
    _check_sender(letter.sender, places)
    for name in ("name", "sender", "address", "unsubscribe"):
        # A line break in a header would begin another header (RFC 5322, 2.2).
        _check_one_line(getattr(letter, name), "newsletter", name, places)
    if letter.unsubscribe and not re.match(r"https?://|mailto:", letter.unsubscribe):
        raise places.fault(
            "newsletter",
            "unsubscribe",
            "is neither an http(s) address nor mailto:",
            'Write "https://…" or "mailto:…".',
        )
    for name in ("timeout", "max_bytes", "concurrency"):
        _check_least(getattr(fetching, name), 1, "fetching", name, places)
    for edition in editions.values():
        check_edition(edition, sources, places, f"edition.{edition.name}")


def check_edition(
    edition: Edition, sources: tuple[SourceConfig, ...], places: Places, table: str
) -> None:
    """Judge one edition, described in the table of that name.

    Raises:
        ConfigError: for the first value that cannot be right.
    """
    # Folders bear it, on systems that do not tell case apart, and addresses do.
    if not re.fullmatch(r"[a-z0-9][a-z0-9-]*", edition.name):
        raise ConfigError(
            f"[{table}]: the name becomes part of a folder's name",
            where=places.where(table),
            hint="Use lower-case letters, digits and hyphens.",
        )
    if edition.name in DEVICES:
        raise ConfigError(
            f"[{table}]: Windows has a device of that name, and lets no file bear it",
            where=places.where(table),
            hint=f"Call it [edition.{edition.name}-letter].",
        )
    for name in ("title", "subject", "preheader"):
        _check_one_line(getattr(edition, name), table, name, places)
    _check_times(edition, places, table)
    _check_numbers(edition, places, table)
    if not dialects.is_known(edition.service):
        raise places.fault(
            table, "service", f'unknown service "{edition.service}"', dialects.hint(edition.service)
        )
    _check_choices(edition, sources, places, table)


def _check_times(edition: Edition, places: Places, table: str) -> None:
    for name, allowed in (("since", "last-issue"), ("first_window", ""), ("settle", "")):
        value = getattr(edition, name)
        if value != allowed and not _DURATION.fullmatch(value):
            other = ' or "last-issue".' if allowed else ' or "12 hours".'
            raise places.fault(
                table, name, f'"{value}" is no duration', f'Write "7 days", "2 weeks"{other}'
            )
    if edition.carry_over and not _ISSUES.fullmatch(edition.carry_over.strip()):
        raise places.fault(
            table,
            "carry_over",
            f'"{edition.carry_over}" is no number of issues',
            'Write "2 issues", or "never".',
        )
    if edition.schedule:
        schedule(edition.schedule, f"{places.where(table, 'schedule')}: [{table}] schedule")


def _check_numbers(edition: Edition, places: Places, table: str) -> None:
    for name, least in (("limit", 1), ("min_posts", 0), ("excerpt_words", 0), ("max_bytes", 1000)):
        if (number := getattr(edition, name)) is not None:
            _check_least(number, least, table, name, places)
    for i, part in enumerate(edition.sections):
        if part.limit is not None:
            _check_least(part.limit, 1, f"{table}.section[{i}]", "limit", places)


def _check_choices(
    edition: Edition, sources: tuple[SourceConfig, ...], places: Places, table: str
) -> None:
    """Judge what an edition, its sections and its evergreen posts are chosen by."""
    chosen = {table: edition.selectors}
    for i, part in enumerate(edition.sections):
        chosen[f"{table}.section[{i}]"] = part.selectors
    for part_name, selectors in chosen.items():
        _check_selectors(selectors, part_name, places)
    if edition.evergreen:
        _check_evergreen(edition.evergreen, f"{table}.evergreen", places)
        chosen[f"{table}.evergreen"] = edition.evergreen.selectors
    names = [source.name for source in sources]
    for part_name, selectors in chosen.items():
        for name in selectors.sources:
            if name not in names:
                raise ConfigError(
                    f'[{table}] sources: there is no source "{name}"',
                    where=places.where(part_name, "sources"),
                    hint=suggest(name, names, ", ".join(names) or "none yet"),
                )


def _check_evergreen(pool: Evergreen, table: str, places: Places) -> None:
    if not _DAYS.fullmatch(pool.min_age):
        raise places.fault(
            table,
            "min_age",
            f'"{pool.min_age}" is no number of days',
            'Write "180 days", "6 months" or "1 year".',
        )
    _check_least(pool.fill_to, 1, table, "fill_to", places)
    if pool.count is not None:
        _check_least(pool.count, 1, table, "count", places)


def _check_sender(sender: str, places: Places) -> None:
    if sender and not re.fullmatch(r"(?:[^<>@]*<)?[^<>@\s]+@[^<>@\s]+>?", sender.strip()):
        raise places.fault(
            "newsletter",
            "sender",
            f'"{sender}" is no address',
            'Write "The editors <editors@example.org>".',
        )


def _check_one_line(text: str, table: str, name: str, places: Places) -> None:
    """Refuse line breaks and other control characters in what becomes a header of a message."""
    if any(unicodedata.category(c) in ("Cc", "Zl", "Zp") for c in text):
        raise places.fault(
            table, name, "holds a line break or another control character", "Write it on one line."
        )


# Selectors whose words are no names of terms; a post without a language says "".
_PLAIN_WORDS = ("sources", "languages")


def _check_selectors(selectors: Selectors, table: str, places: Places) -> None:
    for name in selectors.__struct_fields__:
        named = getattr(selectors, name)
        if any(not word.strip() for word in named if name != "languages"):
            raise places.fault(
                table,
                name,
                "holds an empty name",
                "Take it out; without any, there is no condition.",
            )
        nameless = next((w for w in named if name not in _PLAIN_WORDS and not key(w)), None)
        if nameless is not None:
            raise places.fault(
                table,
                name,
                f'"{nameless}" is punctuation alone, which names nothing',
                "`digest tags` lists the names there are.",
            )


def _check_timezone(name: str, where: str) -> None:
    try:
        ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError) as exc:
        # Only here, since it reads a folder of 600 files.
        from zoneinfo import available_timezones

        raise ConfigError(
            f'[newsletter] timezone: "{name}" is no time zone',
            where=where,
            hint=suggest(name, available_timezones(), 'names look like "Europe/London"'),
        ) from exc


def _check_url(value: str, what: str, where: str) -> None:
    try:
        parts = urlsplit(value)
        good = parts.scheme in ("http", "https") and bool(parts.hostname)
    except ValueError:
        good = False
    if not good:
        raise ConfigError(
            f'{what}: "{value}" is no web address', where=where, hint='Write it whole: "https://…".'
        )


def _check_least(value: float, least: int, table: str, name: str, places: Places) -> None:
    if not value >= least:  # nor is what is no number, which TOML can write
        raise places.fault(table, name, f"{value} is too little", f"Use at least {least}.")


def sources(
    tables: Iterable[dict[str, Any]], root: Path, places: Places
) -> tuple[SourceConfig, ...]:
    """Return the sources that the `[[source]]` tables describe, paths resolved from `root`.

    Raises:
        ConfigError: for a table without name or kind, an unknown kind or key, a double name.
    """
    found: dict[str, SourceConfig] = {}
    for number, table in enumerate(tables):
        source = _source(dict(table), number, root, places)
        if source.name in found:
            raise ConfigError(
                f'two sources are called "{source.name}"',
                where=places.where(f"source[{number}]", "name"),
                hint="Give each a name of its own.",
            )
        found[source.name] = source
    return tuple(found.values())


def _source(table: dict[str, Any], number: int, root: Path, places: Places) -> SourceConfig:
    place = f"source[{number}]"
    values = {name: _required(table, name, place, places) for name in ("name", "kind")}
    _check_keys(table, values["kind"], place, places)
    _check_place(table, values, place, places)
    return SourceConfig(
        name=values["name"],
        kind=values["kind"],
        url=table.get("url", ""),
        path=seen_from(root, table["path"]) if table.get("path") else None,
        byline=_byline(table, place, places),
        boilerplate=_boilerplate(table, place, places),
        was=table.get("was", ""),
        options={k: v for k, v in table.items() if k not in _OF_EVERY_KIND | _PLACES},
        where=places.where(place, "name"),
    )


def _check_keys(table: dict[str, Any], kind: str, place: str, places: Places) -> None:
    known = _known_keys(kind, places.where(place, "kind"))
    for name in table:
        if known is not None and name not in known | _OF_EVERY_KIND:
            raise ConfigError(
                f'[[source]] {name}: unknown key for a source of kind "{kind}"',
                where=places.where(place, name),
                hint=suggest(name, known, ", ".join(sorted(known))),
            )


def _known_keys(kind: str, where: str) -> frozenset[str] | None:
    """Return the keys of a kind; None (any key) for one that another package brings."""
    return SOURCE_KEYS.get(kind) or _installed_keys(kind, where)


def _check_place(
    table: dict[str, Any], values: Mapping[str, str], place: str, places: Places
) -> None:
    """Refuse a source that does not say where it is to be found, or says it in no words."""
    for name in ("url", "path", "was"):
        if name in table and not isinstance(table[name], str):
            raise wrong_kind(place, name, table[name], "str", places)
    known = SOURCE_KEYS.get(values["kind"], frozenset())
    needed = SOURCE_PLACES.get(values["kind"], ("url",) if "url" in known else ())
    if needed and not any(table.get(name) for name in needed):
        raise ConfigError(
            f'[[source]] "{values["name"]}" has no {" or ".join(needed)}',
            where=places.where(place, "name"),
            hint="Add " + " or ".join(f'{name} = "…"' for name in needed) + ".",
        )
    if url := table.get("url", ""):
        _check_url(url, f"[[source]] {values['name']}: url", places.where(place, "url"))


def _byline(table: Mapping[str, Any], place: str, places: Places) -> str:
    """Return the shape of a source's bylines, any dash as good as another.

    Empty where none is told.
    """
    said = table.get("byline", "")
    shape = " ".join(str(said).split()).replace(" - ", " – ").replace(" — ", " – ")
    if isinstance(said, str) and (not shape or shape in BYLINE_SHAPES):
        return shape
    raise ConfigError(
        f'[[source]] byline: "{said}" is no shape of a byline',
        where=places.where(place, "byline"),
        hint=suggest(str(said), BYLINE_SHAPES, ", ".join(f'"{known}"' for known in BYLINE_SHAPES)),
    )


def _boilerplate(table: Mapping[str, Any], place: str, places: Places) -> str:
    """Return "off" where what a source says under every post stays, else nothing."""
    said = table.get("boilerplate", "")
    if said not in ("", "off"):
        raise ConfigError(
            f'[[source]] boilerplate: "{said}" is not known',
            where=places.where(place, "boilerplate"),
            hint='It is learnt; "off" leaves in what is said under or above every post.',
        )
    return str(said)


def _required(table: Mapping[str, Any], name: str, place: str, places: Places) -> str:
    value = table.get(name, "")
    if not isinstance(value, str):
        raise wrong_kind(place, name, value, "str", places)
    if not value.strip():
        raise ConfigError(
            f"[[source]] without a {name}",
            where=places.where(place, name),
            hint=f'Add {name} = "…".' if name == "name" else f"Kinds: {', '.join(SOURCE_KEYS)}.",
        )
    return value.strip()


def _installed_keys(kind: str, where: str) -> frozenset[str] | None:
    """Return None (any key) for a kind that another package brings."""
    from importlib.metadata import entry_points

    # Its own check is for the package that brings it: we know none of its keys.
    installed = {point.name for point in entry_points(group="digest.sources")}
    if kind in installed:
        return None
    known = [*SOURCE_KEYS, *sorted(installed - SOURCE_KEYS.keys())]
    raise ConfigError(
        f'[[source]] kind: unknown source kind "{kind}"',
        where=where,
        hint=suggest(kind, known, ", ".join(known)),
    )

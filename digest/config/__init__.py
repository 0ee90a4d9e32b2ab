"""Turns digest.toml into a typed `Config`.

Refuses what it does not know, naming file, line, key and fix. Nothing here reaches out: no address
is asked, no folder listed. What only another room can judge (a template's name, a theme's colour)
is judged there, with the same kind of error.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any, TypeVar

import msgspec

from digest.config import checks, cool_downs, pattern_checks, services
from digest.config.checked import CheckConfig, checked
from digest.config.pattern_checks import is_pattern
from digest.config.patterns import Pattern, with_unnamed
from digest.config.places import Places, explain, suggest
from digest.config.tables import (
    FILE_NAME,
    ORDERS,
    Editing,
    EditionTable,
    Fetching,
    File,
    Newsletter,
    RunTable,
    SelectorTable,
    ServiceConfig,
    SourceConfig,
    Strict,
    sorted_out,
    words,
)
from digest.config.unseen import refuse_unseen
from digest.errors import ConfigError, UsageError
from digest.frontmatter import load_toml
from digest.models import Edition, Evergreen, Section, Selectors, Value

T = TypeVar("T", bound=Value)


class Config(Value):
    """Hold a whole project: its folder and everything digest.toml says."""

    root: Path
    newsletter: Newsletter
    fetching: Fetching
    sources: tuple[SourceConfig, ...]
    editions: dict[str, Edition]
    editing: Editing
    theme: dict[str, str]
    services: dict[str, ServiceConfig]
    run: RunTable = RunTable()
    check: CheckConfig = CheckConfig()
    edition_checks: dict[str, CheckConfig] = {}
    patterns: dict[str, Pattern] = {}

    @property
    def speaks_of_rules(self) -> bool:
        """Tell whether a `[check]` says anything."""
        return any(
            said.rules or said.clients for said in (self.check, *self.edition_checks.values())
        )

    def check_of(self, edition: str) -> CheckConfig:
        """Return what is said of rules for an edition: its own words over those for all."""
        pattern = self.pattern_of(edition)
        said = self.edition_checks.get(pattern.name if pattern else edition, CheckConfig())
        return said.over(self.check)

    def pattern_of(self, edition: str) -> Pattern | None:
        """Return the pattern whose name an edition's follows, None where it is described by itself.

        Of several the most telling one: that with most letters of its own.
        """
        if edition in self.editions:
            return None
        fitting = [p for p in self.patterns.values() if p.slug_in(edition) is not None]
        # "by-tag-{tag}" and "by-{author}" both fit "by-tag-bees"; more letters of its own decide.
        return max(fitting, key=lambda p: len(p.name) - len(p.placeholder), default=None)

    def names_of(self, edition: str) -> tuple[str, ...]:
        """Return the names under which an edition has issues: its own and the former one.

        The edition need not be made any more by the pattern that made it.
        """
        pattern = self.pattern_of(edition)
        if pattern is None:
            return self.editions[edition].names
        slug = pattern.slug_in(edition) or ""
        return pattern.filled(slug).names

    def edition(self, name: str | None = None, *, or_else: str = "") -> Edition:
        """Return the named edition, or without a name the only one there is.

        `or_else` is what one may do where there are several.

        Raises:
            UsageError: if there is no such edition, or several and none is named.
        """
        known = ", ".join([*self.editions, *self.patterns])
        if not known:
            raise UsageError("there is no edition", where=FILE_NAME, hint="Add [edition.weekly].")
        if name is None:
            if len(self.editions) == 1 and not self.patterns:
                return next(iter(self.editions.values()))
            raise UsageError("which edition?", hint=f"Name one of: {known}.{or_else}")
        if name in self.patterns:
            raise UsageError(
                f'"{name}" stands for many editions',
                hint="Name one that it makes; `digest issues` lists those that have an issue.",
            )
        if name not in self.editions:
            raise UsageError(
                f'there is no edition "{name}"', hint=suggest(name, self.editions, known)
            )
        return self.editions[name]

    def source(self, name: str) -> SourceConfig:
        """Return the named source.

        Raises:
            UsageError: if there is no such source.
        """
        names = [source.name for source in self.sources]
        if name not in names:
            raise UsageError(
                f'there is no source "{name}"',
                hint=suggest(name, names, ", ".join(names) or "none yet"),
            )
        return self.sources[names.index(name)]


def find_project(start: Path) -> Path:
    """Return the nearest folder upwards that holds a digest.toml.

    Raises:
        ConfigError: if there is none up to the root.
    """
    start = start.resolve()
    for folder in (start, *start.parents):
        if (folder / FILE_NAME).exists():  # `load` says if it is no file
            return folder
    raise ConfigError(
        f"no {FILE_NAME} here or above",
        where=str(start),
        hint="Make a project with `digest init`, or name its folder with --project DIR.",
    )


def missing(root: Path) -> ConfigError:
    """Return the error that tells of a folder without a digest.toml."""
    return ConfigError(
        f"there is no {FILE_NAME}", where=str(root), hint="Make one with `digest init`."
    )


def load(root: Path) -> Config:
    """Read and check `root`/digest.toml.

    Raises:
        ConfigError: for the first thing that is wrong, with its line and the fix.
    """
    path = root / FILE_NAME
    try:
        # Windows' editors begin a file with a mark, which TOML does not allow.
        text = path.read_text(encoding="utf-8-sig")
    except FileNotFoundError as exc:
        raise missing(root) from exc
    except UnicodeDecodeError as exc:
        # The codec drops a byte order mark before it counts, which moves no line.
        line = exc.object.count(b"\n", 0, exc.start) + 1
        raise ConfigError(
            "is no UTF-8 text", where=f"{FILE_NAME}:{line}", hint="Save the file as UTF-8."
        ) from exc
    except OSError as exc:
        raise ConfigError(
            f"cannot be read ({exc.strerror or exc})",
            where=str(path),
            hint="Move this folder away." if path.is_dir() else "Let your user read it.",
        ) from exc
    return parse(text, root)


def located(root: Path, table: str, key: str) -> str:
    """Return `digest.toml:LINE` of a key that was read well and that another room has to refuse."""
    try:
        text = (root / FILE_NAME).read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError):  # it was there a moment ago; the name must do
        return FILE_NAME
    return Places(text).where(table, key)


def parse(text: str, root: Path) -> Config:
    """Return the Config that the text of a digest.toml describes.

    Raises:
        ConfigError: for the first thing that is wrong, with its line and the fix.
    """
    written = load_toml(text, FILE_NAME)
    raw = sorted_out(written)
    places = Places(text)
    try:
        file = msgspec.convert(raw, File)
    except msgspec.ValidationError as exc:
        raise explain(str(exc), raw, places) from exc
    own = file.newsletter.language
    described = {name: _edition(name, table, own) for name, table in file.edition.items()}
    tables = {name: table for name, table in file.edition.items() if is_pattern(name, table)}
    config = Config(
        root=root.resolve(),
        newsletter=msgspec.structs.replace(file.newsletter, staff=words(file.newsletter.staff)),
        fetching=msgspec.structs.replace(
            file.fetching, allow_private=words(file.fetching.allow_private)
        ),
        sources=checks.sources(file.source, root.resolve(), places),
        editions={name: made for name, made in described.items() if name not in tables},
        editing=msgspec.structs.replace(file.editing, off=words(file.editing.off)),
        theme={name: _plain(value) for name, value in file.theme.items()},
        services=services.services(file.service, root.resolve(), places),
        run=services.run(file.run, file.edition, places),
        check=checked(file.check, "check", places),
        edition_checks={
            name: checked(table.check, f"edition.{name}.check", places)
            for name, table in file.edition.items()
            if table.check
        },
        patterns={name: _pattern(described[name], table) for name, table in tables.items()},
    )
    # Types first, values after: a fault of a type would make nonsense of its value.
    checks.check(config.newsletter, config.fetching, config.sources, config.editions, places)
    pattern_checks.check(config.patterns, config.sources, places)
    cool_downs.check(config.editions, config.patterns, places)
    refuse_unseen(written, places)
    return config


def _told(made: type[T], table: Strict, **own: Any) -> T:
    """Return a value of what a table says under the same keys; `own` is said otherwise."""
    named = set(made.__struct_fields__) & set(table.__struct_fields__) - own.keys()
    return made(**{name: getattr(table, name) for name in named}, **own)


def _pattern(edition: Edition, table: EditionTable) -> Pattern:
    return _told(Pattern, table, name=edition.name, edition=edition, values=words(table.values))


def _plain(value: str | float | bool) -> str:
    return str(value).lower() if isinstance(value, bool) else str(value)


def _selectors(table: SelectorTable, own: str) -> Selectors:
    said = {name: words(getattr(table, name)) for name in Selectors.__struct_fields__}
    return Selectors(**said | {"languages": with_unnamed(said["languages"], own)})


def _edition(name: str, table: EditionTable, own: str) -> Edition:
    # A template that tells a series reads part by part, unless told otherwise.
    order = ORDERS.get(table.template, "newest")
    pool = table.evergreen
    return _told(
        Edition,
        table,
        name=name,
        selectors=_selectors(table, own),
        order=table.order or order,
        settle=str(table.settle),
        evergreen=_told(Evergreen, pool, selectors=_selectors(pool, own)) if pool else None,
        sections=tuple(
            _told(Section, part, selectors=_selectors(part, own), order=part.order or order)
            for part in table.section
        ),
    )

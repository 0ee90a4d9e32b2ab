"""Finding themes: a template's theme.toml, and the ready themes in `themes/` that it or `[theme]` names."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any, TypeAlias

from digest.errors import ConfigError, TemplateError, UsageError
from digest.rendering.theme import Keys, ThemeKey, read_keys, themed

_Stamp: TypeAlias = dict[Path, int]
"""The files that something was made of, and when each was written."""


class Themes:
    """Find and read themes below some folders, the first of which wins; a file that changed is read again."""

    def __init__(self, roots: Sequence[Path]) -> None:
        self._roots = tuple(roots)
        self._made: dict[tuple[object, ...], tuple[_Stamp, dict[str, str]]] = {}

    def names(self) -> tuple[str, ...]:
        """Return the names of the ready themes, sorted."""
        return tuple(sorted({path.stem for root in self._roots for path in root.glob("themes/*.toml")}))

    def theme(self, template: str, overrides: Mapping[str, str]) -> dict[str, str]:
        """Return a template's theme: its defaults, a ready theme's where one is named, then the overrides.

        Raises:
            ConfigError: if an override does not work; the hint says what would.
            TemplateError: if a theme file is broken.
            UsageError: if there is no such template.
        """
        asked = (template, *sorted(overrides.items()))
        known = self._made.get(asked)
        if known is None or any(_written_at(path) != at for path, at in known[0].items()):
            known = self._made[asked] = self._make(template, overrides)
        return dict(known[1])

    def _make(self, template: str, overrides: Mapping[str, str]) -> tuple[_Stamp, dict[str, str]]:
        stamp: _Stamp = {}
        path = self._own(template)
        keys = self._keys(path, {}, stamp)
        if base := overrides.get("base", ""):
            path = self._ready(str(base), "[theme] base")
            keys = self._keys(path, keys, stamp)
        try:
            themed(keys, {}, str(path))
        except ConfigError as exc:
            raise TemplateError(exc.message, where=exc.where, hint=exc.hint) from exc
        changes = {key: value for key, value in overrides.items() if key != "base"}
        return stamp, themed(keys, changes)

    def _own(self, template: str) -> Path:
        names = {path.parent.name for root in self._roots for path in root.glob("*/issue.mjml.j2")}
        if template not in names:
            hint = f"There are: {', '.join(sorted(names))}."
            raise UsageError(f"there is no template named {template!r}", hint=hint)
        paths = [root / template / "theme.toml" for root in self._roots]
        return next((path for path in paths if path.is_file()), paths[0])

    def _ready(self, name: str, where: str) -> Path:
        if name not in self.names():
            hint = f"There are: {', '.join(self.names())}."
            raise ConfigError(f"there is no theme named {name!r}", where=where, hint=hint)
        return next(p for root in self._roots if (p := root / "themes" / f"{name}.toml").is_file())

    def _keys(
        self, path: Path, known: Keys, stamp: _Stamp, above: tuple[Path, ...] = ()
    ) -> dict[str, ThemeKey]:
        """Return the keys of a theme file, over those of its base and those that are known already."""
        if path in above:
            raise TemplateError("the theme is its own base", where=str(path))
        stamp[path] = _written_at(path)
        tables = _tables(path)
        try:
            if base := str(tables.get("base", "")):
                known = self._keys(self._ready(base, str(path)), known, stamp, (*above, path))
            return read_keys(tables, known, str(path))
        except ConfigError as exc:
            raise TemplateError(exc.message, where=exc.where, hint=exc.hint) from exc


def _tables(path: Path) -> dict[str, Any]:
    try:
        return tomllib.loads(path.read_text("utf-8"))
    except FileNotFoundError:
        return {}
    except (OSError, ValueError) as exc:
        raise TemplateError(f"the theme cannot be read: {exc}", where=str(path)) from exc


def _written_at(path: Path) -> int:
    try:
        return path.stat().st_mtime_ns
    except OSError:
        return 0

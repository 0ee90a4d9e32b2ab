"""Finding themes: a template's theme.toml, and the ready themes that it or `[theme]` names."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any, Final

from digest.errors import ConfigError, TemplateError, UsageError
from digest.files import readable
from digest.frontmatter import load_toml
from digest.nearest import did_you_mean
from digest.rendering.look.theme import Keys, ThemeKey, read_keys, themed

_FIRST: Final = "paper"
"""The theme that every other begins with, unless it names another."""


class Themes:
    """Find and read themes below some folders, the first of which wins; each is read once."""

    def __init__(self, roots: Sequence[Path]) -> None:
        self._roots = tuple(roots)
        self._made: dict[tuple[object, ...], dict[str, str]] = {}

    def names(self) -> tuple[str, ...]:
        """Return the names of the ready themes, sorted."""
        return tuple(
            sorted({path.stem for root in self._roots for path in root.glob("themes/*.toml")})
        )

    def theme(self, template: str, overrides: Mapping[str, str]) -> dict[str, str]:
        """Return a template's theme: its defaults, those of a ready theme, then the overrides.

        Raises:
            ConfigError: if an override does not work; the hint says what would.
            TemplateError: if a theme file is broken.
            UsageError: if there is no such template.
        """
        asked = (template, *sorted(overrides.items()))
        known = self._made.get(asked)
        if known is None:
            known = self._made[asked] = self._make(template, overrides)
        return dict(known)

    def added(self, file: str) -> tuple[frozenset[str], frozenset[str]]:
        """Return the keys of the first of all themes, and those that a theme's file adds to them.

        Raises:
            TemplateError: if a theme file is broken.
        """
        first = frozenset(self._keys(self._ready(_FIRST, file), {}))
        path = next(root / file for root in self._roots if (root / file).is_file())
        return first, frozenset(self._keys(path, {})) - first

    def _make(self, template: str, overrides: Mapping[str, str]) -> dict[str, str]:
        path = self._own(template)
        keys = self._keys(path, {})
        if base := overrides.get("base", ""):
            path = self._ready(str(base), "[theme] base")
            keys = self._keys(path, keys)
        try:
            themed(keys, {}, self._name(path))
        except ConfigError as exc:
            place = _located(exc.where, _text(path))
            raise TemplateError(exc.message, where=place, hint=exc.hint) from exc
        changes = {key: value for key, value in overrides.items() if key != "base"}
        return themed(keys, changes)

    def _own(self, template: str) -> Path:
        if self._first(template, "issue.mjml.j2") is None:
            found = (path for root in self._roots for path in root.glob("*/issue.mjml.j2"))
            names = {path.parent.name for path in found}
            hint = f"There are: {', '.join(sorted(names))}."
            raise UsageError(f"there is no template named {template!r}", hint=hint)
        paths = [root / template / "theme.toml" for root in self._roots]
        return next((path for path in paths if path.is_file()), paths[0])

    def _ready(self, name: str, where: str) -> Path:
        path = self._first("themes", f"{name}.toml")
        if path is None:
            others = (each for root in self._roots for each in sorted(root.glob("themes/*")))
            stray = next((each.name for each in others if each.stem == name), "")
            hint = f"Call the file {stray} {name}.toml." if stray else ""
            hint = hint or did_you_mean(name, self.names())
            raise ConfigError(f"there is no theme named {name!r}", where=where, hint=hint)
        return path

    def _first(self, folder: str, name: str) -> Path | None:
        """Return the first file of a name in a folder of that name; a path is no name."""
        if Path(folder).name != folder or Path(name).name != name:
            return None
        paths = (root / folder / name for root in self._roots)
        return next((path for path in paths if path.is_file()), None)

    def _keys(self, path: Path, known: Keys, above: tuple[Path, ...] = ()) -> dict[str, ThemeKey]:
        """Return the keys of a theme file, over those of its base and those known already."""
        name = self._name(path)
        if path in above:
            raise TemplateError("the theme is its own base", where=name)
        text = _text(path)
        try:
            tables = load_toml(text, name)
            base = self._base(tables, name, (*above, path))
            if base:
                known = self._keys(base, known, (*above, path))
            return read_keys(tables, known, name)
        except ConfigError as exc:
            raise TemplateError(
                exc.message, where=_located(exc.where, text), hint=exc.hint
            ) from exc

    def _base(self, tables: Mapping[str, Any], name: str, above: tuple[Path, ...]) -> Path | None:
        """Return the theme that one changes: the one it names, else the first of all themes.

        So no key is ever missing. A project's own file of that name changes the shipped one.
        """
        if "base" in tables:
            return self._ready(str(tables["base"]), f"{name} base")
        first = (root / "themes" / f"{_FIRST}.toml" for root in self._roots)
        return next((path for path in first if path not in above and path.is_file()), None)

    def _name(self, path: Path) -> str:
        """Return a file's name as seen from its root."""
        root = next(root for root in self._roots if path.is_relative_to(root))
        return path.relative_to(root).as_posix()


def _text(path: Path) -> str:
    if not path.exists():
        return ""
    with readable(str(path)):
        return path.read_text("utf-8-sig")


def _located(where: str, text: str) -> str:
    """Return a place "FILE KEY" with the line on which the key is written, where there is one."""
    name, _, key = where.partition(" ")
    lines = text.split("\n")
    found = (n for n, line in enumerate(lines, start=1) if line.strip(" [\t").startswith(key))
    line = next(found, 0) if key else 0
    return f"{name}:{line} {key}" if line else where

"""Finding themes: a template's theme.toml, and the ready themes that it or `[theme]` names."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from digest.errors import ConfigError, TemplateError, UsageError
from digest.files import readable
from digest.frontmatter import load_toml
from digest.rendering.look.theme import Keys, ThemeKey, read_keys, themed


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

    def _make(self, template: str, overrides: Mapping[str, str]) -> dict[str, str]:
        path = self._own(template)
        keys = self._keys(path, {})
        if base := overrides.get("base", ""):
            path = self._ready(str(base), "[theme] base")
            keys = self._keys(path, keys)
        try:
            themed(keys, {}, str(path))
        except ConfigError as exc:
            raise TemplateError(exc.message, where=exc.where, hint=exc.hint) from exc
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
            hint = f"There are: {', '.join(self.names())}."
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
        if path in above:
            raise TemplateError("the theme is its own base", where=str(path))
        try:
            tables = _tables(path)
            if base := str(tables.get("base", "")):
                known = self._keys(self._ready(base, str(path)), known, (*above, path))
            return read_keys(tables, known, str(path))
        except ConfigError as exc:
            raise TemplateError(exc.message, where=exc.where, hint=exc.hint) from exc


def _tables(path: Path) -> dict[str, Any]:
    if not path.exists():
        return {}
    with readable(str(path)):
        text = path.read_text("utf-8-sig")
    return load_toml(text, str(path))

"""Tells the names behind the ids under which posts name their authors, as generators keep them.

Docusaurus and MkDocs have a table `authors.yml` beside their posts or above them, Jekyll and Hugo
one among their data, Hugo and Astro a page for each. Nothing but a name is taken out of them.
"""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from digest import frontmatter
from digest.errors import DigestError
from digest.lazy import regex
from digest.models import decode
from digest.sources.reading import as_text, read_file, stamp_of

# What may be an id: one word without capitals within, as no name of a person is written.
_ID = regex(r"[a-z0-9][\w.-]*", 0)
_TABLES = (
    "authors.yml", ".authors.yml", "authors.yaml", "authors.json",
    "_data/authors.yml", "_data/authors.yaml", "_data/authors.json",
    "data/authors.yml", "data/authors.yaml", "data/authors.toml", "data/authors.json",
)  # fmt: skip
_PAGES = (
    "_authors/{}.md", "authors/{}/_index.md", "authors/{}/index.md", "authors/{}.md",
    "authors/{}.yaml", "authors/{}.yml", "authors/{}.json",
    "data/authors/{}.yaml", "data/authors/{}.yml", "data/authors/{}.toml", "data/authors/{}.json",
)  # fmt: skip
_NAMES = ("name", "title", "display_name", "displayname")
# How far above the source's folder they may lie: `docs/blog/posts`, `content` beside `data`.
_ABOVE = 2
_MOST_BYTES = 256 * 1024


class Authors:
    """Know the authors of one source; each file is read once."""

    def __init__(self, root: Path) -> None:
        self._root = root
        self._tables: dict[Path, tuple[dict[str, str], str]] = {}
        self._found: dict[tuple[Path, str], tuple[str, dict[str, str]]] = {}

    def named(
        self, authors: tuple[str, ...], post: Path, stamps: dict[str, str]
    ) -> tuple[str, ...]:
        """Return authors with the names of those that stand as ids; what is unknown stays.

        `stamps` fills with the files that told them, by their path from the source's folder.
        """
        told = []
        for author in authors:
            name, files = self._named(author, post.parent) if _ID.fullmatch(author) else ("", {})
            stamps.update(files)
            told.append(name or author)
        return tuple(dict.fromkeys(told))

    def _named(self, author: str, folder: Path) -> tuple[str, dict[str, str]]:
        if (folder, author) not in self._found:
            found = (self._at(place, author) for place in self._places(folder))
            self._found[folder, author] = next((said for said in found if said[0]), ("", {}))
        return self._found[folder, author]

    def _places(self, folder: Path) -> Iterator[Path]:
        """Yield the folders in which authors may be told: from the post's upwards."""
        above = [*self._root.parents][:_ABOVE]
        between = [place for place in (folder, *folder.parents) if place.is_relative_to(self._root)]
        yield from (*between, *above)

    def _at(self, place: Path, author: str) -> tuple[str, dict[str, str]]:
        tables = (place / name for name in _TABLES)
        pages = (place / name.format(author) for name in _PAGES)
        for path in tables:
            names, stamp = self._table(path)
            if name := names.get(author.lower(), ""):
                return name, {os.path.relpath(path, self._root): stamp}
        for path in pages:
            values, stamp = _read(path)
            if name := _name(values):
                return name, {os.path.relpath(path, self._root): stamp}
        return "", {}

    def _table(self, path: Path) -> tuple[dict[str, str], str]:
        if path not in self._tables:
            values, stamp = _read(path)
            inner = values.get("authors")  # MkDocs has them under a key
            entries = inner if isinstance(inner, Mapping) else values
            names = {str(key).lower(): _name(entry) for key, entry in entries.items()}
            self._tables[path] = ({key: name for key, name in names.items() if name}, stamp)
        return self._tables[path]


def _read(path: Path) -> tuple[Mapping[str, Any], str]:
    """Return what a file says and its stamp; nothing of one that is not there, or says nothing."""
    if not path.is_file() or path.is_symlink():
        return {}, ""
    try:
        text = read_file(path, _MOST_BYTES).decode("utf-8-sig", "replace")
        stamp = stamp_of(path)
        values: Any
        if path.suffix == ".md":
            values = frontmatter.split(text, str(path)).meta
        elif path.suffix == ".toml":
            values = frontmatter.load_toml(text, str(path))
        elif path.suffix == ".json":
            values = decode(text.encode(), object)
        else:
            values = frontmatter.load_yaml(text, str(path))[0]
    except (DigestError, ValueError, RecursionError):  # its generator will say what is wrong
        return {}, ""
    return (values if isinstance(values, Mapping) else {}), stamp


def _name(entry: Any) -> str:
    """Return the name an entry tells, itself one where nothing else is said of an author."""
    if isinstance(entry, Mapping):
        return next((name for key in _NAMES if (name := as_text(entry.get(key)))), "")
    name = as_text(entry) if isinstance(entry, str) else ""
    return name if "@" not in name and "/" not in name else ""

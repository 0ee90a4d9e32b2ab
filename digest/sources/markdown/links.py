"""Leads links between posts to the pages they mean, where a text names the other post's file.

Generators and Obsidian let a text say `[Moss](../2026-11-19-moss.md)`; on the site the page has
another address. A file that is not in the folder is not looked for: its page is told by its name,
and where that is too little, the words stay alone, as the link would lead nowhere.
"""

from __future__ import annotations

import html
import re
from collections.abc import Callable, Iterator
from functools import cached_property
from pathlib import Path
from urllib.parse import unquote

from digest.lazy import regex
from digest.sources.markdown.passing import why_not_entered
from digest.sources.markdown.permalinks import from_name
from digest.sources.reading import Folder, tags

_SUFFIXES = (".md", ".mdx", ".markdown", ".mdown")
_LINK = regex(r"<a\s", re.IGNORECASE)
# another site, and what is no address of a file at all
_ELSEWHERE = regex(r"\s*(?:[a-z][a-z0-9+.-]*:|//)", re.IGNORECASE)
# what Pelican and others replace before they write a page: "{tag}ponds"
_TEMPLATE = regex(r"\s*(?:\{|%7B)", re.IGNORECASE)


class Links:
    """Know the posts of a folder by their files.

    `address_of` tells the page of one by its path in the folder, and by whether it is there.
    """

    def __init__(self, root: Path, address_of: Callable[[str, bool], str | None]) -> None:
        self._root, self._read = root, address_of
        self._known: dict[str, str | None] = {}

    def led(self, body: str, post: Path) -> str:
        """Return HTML whose links to other posts' files lead to their pages."""
        if not _may_name_a_file(body):
            return body
        pieces, done = [], 0
        for tag in tags(body, _LINK):
            href = tag.attributes.get("href")
            meant = self._meant(href.value, post) if href and tag.name == "a" else None
            if href is not None and meant is not None:
                pieces += [body[done : href.start], html.escape(meant)]
                done = href.end
        return "".join([*pieces, body[done:]])

    def _meant(self, address: str, post: Path) -> str | None:
        """Return where a link should lead: nowhere, if empty; None for one that names no file."""
        if _TEMPLATE.match(address):
            return ""
        path, mark, place = address.partition("#")
        if not path.lower().endswith(_SUFFIXES) or _ELSEWHERE.match(path):
            return None
        name = unquote(path).removeprefix("@/")  # Zola's mark of the root
        file = next(self._files(name, post), None)
        url = self._address(file) if file else self._read(name.lstrip("./"), False)
        return f"{url}{mark}{place}" if url else ""

    def _address(self, file: str) -> str | None:
        if file not in self._known:
            self._known[file] = self._read(file, True)
        return self._known[file]

    def _files(self, path: str, post: Path) -> Iterator[str]:
        """Yield the files that a path may mean: from the post, the root, or by its name alone."""
        for key in (*_keys(post.parent, path, self._root), _slug(path)):
            if found := self._by_key.get(key):
                yield found

    @cached_property
    def _by_key(self) -> dict[str, str]:
        """Return the folder's files by path and by name; a name that two have means neither."""
        found: dict[str, str] = {}
        twice = set()
        folder = Folder(self._root, belongs=_is_text, enters=_is_open, why_not=why_not_entered)
        for _, refusal, path in folder.files():
            if refusal:
                continue
            found[f"/{path.lower()}"] = path
            slug = _slug(path)
            if found.setdefault(slug, path) != path:
                twice.add(slug)
        return {key: path for key, path in found.items() if key not in twice}


def _may_name_a_file(body: str) -> bool:
    """Look before reading tags; single signs and what few texts hold are found fastest."""
    has_template = "{" in body or ("%" in body and "%7B" in body)
    return has_template or (".m" in body and any(suffix in body for suffix in _SUFFIXES))


def _keys(folder: Path, path: str, root: Path) -> Iterator[str]:
    try:
        beside = (folder / path).resolve().relative_to(root.resolve())
        yield f"/{beside.as_posix().lower()}"
    except (ValueError, OSError):  # it leads out of the folder, or is no path at all
        pass
    yield f"/{path.lstrip('/').lower()}"


def _slug(path: str) -> str:
    return from_name(path)[0].lower()


def _is_text(name: str) -> bool:
    return name.lower().endswith(_SUFFIXES)


def _is_open(name: str) -> bool:
    return not name.startswith(".")

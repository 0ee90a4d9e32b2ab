"""Reads the folders in which Medium and Substack hand a blog back.

HTML pages, and a table beside them. Medium writes its facts into each page as microformats
(h-entry); Substack writes bare bodies, and their titles and dates into `posts.csv`. Both become a
document with front matter, as any other file.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from digest.errors import SourceError
from digest.frontmatter import Document
from digest.lazy import regex
from digest.sources.reading import plain, read_file, tags

TABLE = "posts.csv"
MAX_TABLE_BYTES = 32 * 2**20

_ENTRY = regex(r"<article\b[^<>]{0,200}\bh-entry\b", re.IGNORECASE)
_BODY = regex(r"<section\b[^<>]{0,200}\be-content\b[^<>]{0,200}>", re.IGNORECASE)
_FOOT = regex(r"</section>\s*(?:<footer\b|</article)", re.IGNORECASE)


def medium(text: str) -> Document | None:
    """Return what a page of Medium's export says; None if it is no such page."""
    begin = _BODY.search(text) if _ENTRY.search(text) else None
    if begin is None:
        return None
    feet = [found.start() for found in _FOOT.finditer(text, begin.end())]
    end = feet[-1] if feet else len(text)
    meta = {
        "title": _marked(text, "p-name"),
        "summary": _marked(text, "p-summary"),
        "author": _marked(text, "p-author"),
        "date": next((t.get("datetime") for t in tags(text) if _has(t, "dt-published")), ""),
        "permalink": next((t.get("href") for t in tags(text) if _has(t, "p-canonical")), ""),
    }
    body = text[begin.end() : end]
    return Document({name: said for name, said in meta.items() if said}, body)


def _has(tag: Any, name: str) -> bool:
    return not tag.is_end and name in tag.get("class").split()


def _marked(text: str, name: str) -> str:
    """Return the words of the first element of a class.

    Such an element holds none of its own name.
    """
    for tag in tags(text):
        if _has(tag, name):
            end = text.find(f"</{tag.name}", tag.end)
            return plain(text[tag.end : end]) if end >= 0 else ""
    return ""


class SubstackTable:
    """Look up what Substack's `posts.csv` says of the pages beside it; read once."""

    def __init__(self, root: Path) -> None:
        self._root = root
        self._tables: dict[Path, dict[str, Mapping[str, str]]] = {}

    def document(self, path: Path, text: str) -> Document | None:
        """Return a page with what its table says; None where no table stands beside or above it.

        Raises:
            SourceError: if the table cannot be read.
        """
        rows: dict[str, Mapping[str, str]] = {}
        for place in (path.parent, path.parent.parent):
            if place.is_relative_to(self._root):
                rows = rows or self._rows(place / TABLE)
        if not rows:
            return None
        row = rows.get(path.stem) or rows.get(path.stem.partition(".")[0]) or {}
        is_public = row.get("is_published", "").lower() == "true"
        for_all = row.get("audience", "everyone") in ("", "everyone")
        meta = {
            "title": row.get("title", ""),
            "summary": row.get("subtitle", ""),
            "date": row.get("post_date", ""),
            "slug": path.stem.partition(".")[2],
        }
        # a page, or a thread that only asks readers something, is no post of the newsletter
        meta["type"] = row.get("type", "")
        known: dict[str, Any] = {name: said for name, said in meta.items() if said}
        return Document(known | {"published": is_public and for_all}, text)

    def _rows(self, path: Path) -> dict[str, Mapping[str, str]]:
        if path not in self._tables:
            self._tables[path] = _read_rows(path) if path.is_file() else {}
        return self._tables[path]


def _read_rows(path: Path) -> dict[str, Mapping[str, str]]:
    text = read_file(path, MAX_TABLE_BYTES).decode("utf-8-sig", "replace")
    try:
        rows = [row for row in csv.DictReader(io.StringIO(text)) if row.get("post_id")]
    except csv.Error as exc:
        raise SourceError(f"unreadable table: {exc}", where=str(path)) from exc
    return {row["post_id"]: {k: v or "" for k, v in row.items() if k} for row in rows}

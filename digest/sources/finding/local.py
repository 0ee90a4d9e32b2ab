"""Finds out what a folder or file on this machine is: Markdown posts, an export, or saved pages.

It serves the first set-up of a project. What is there is read as the source will read it, so that
nothing is promised that a collect would not bring.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from digest.errors import DigestError, SourceError
from digest.fetching import Fetcher, Response
from digest.models import replace
from digest.sources import registry
from digest.sources.base import Batch, SourceSettings
from digest.sources.finding.discovered import Discovered, sample
from digest.sources.finding.discovery import as_feed
from digest.sources.finding.generators import Site, site_of
from digest.sources.ghost import is_export
from digest.sources.reading import as_text

_EXPORT_MARK = b"wordpress.org/export/"
_HEAD = 64 * 1024
_MOST_BYTES = 64 * 2**20
_MOST_EXPORTS = 20
_PACKED = (b"PK\x03\x04", b"\x1f\x8b", b"Rar!", b"7z\xbc\xaf")
# the beginnings of front matter in YAML, TOML and JSON
_FRONT = (b"---", b"\xef\xbb\xbf---", b"+++", b"{\n")
_GHOST_TITLE = re.compile(
    rb'"key"\s*:\s*"title"[^{}]{0,300}?"value"\s*:\s*("(?:[^"\\]|\\.){0,300}")'
)
_LANGUAGE = re.compile(r"[A-Za-z]{2,3}(?:-[A-Za-z0-9]{2,8})*")

_REASONS_SHOWN = 3


def look_at(path: Path, fetcher: Fetcher) -> Discovered:
    """Return the source that a folder or file is.

    Raises:
        SourceError: if there is no such place, or no post in it; says what was passed over and why.
    """
    if not path.exists():
        raise SourceError("there is no such file or folder", where=str(path))
    site = site_of(path)
    passed: list[str] = []
    for kind, place in _candidates(path, site):
        if kind in ("wxr", "ghost"):
            told = _told_by_export(kind, place)
            site = replace(
                site,
                title=told.title or site.title,
                url=told.url or site.url,
                language=told.language or site.language,
            )
        settings = SourceSettings(name="blog", kind=kind, path=place, url=site.url)
        try:
            batch = registry.create(settings, fetcher).collect({})
        except DigestError as exc:
            passed.append(str(exc))
            continue
        passed += [f"{problem.where}: {problem.message}" for problem in batch.problems]
        if batch.items:
            return _discovered(kind, place, site, batch)
    reasons = [reason.removesuffix(".") for reason in dict.fromkeys(passed)]
    passed_over = f" Passed over: {'; '.join(reasons[:_REASONS_SHOWN])}." if reasons else ""
    raise SourceError(
        "holds no posts that could be read",
        where=str(path),
        hint="Name a folder of Markdown files with dates, of saved pages, or a WordPress export."
        + passed_over,
    )


def _candidates(path: Path, site: Site) -> Iterator[tuple[str, Path]]:
    """Yield the kinds that a place may be, the likeliest first.

    Raises:
        SourceError: if it is a file of which a source can't be made.
    """
    if path.is_file() and not _is_post(path):
        yield _kind_of_file(path), path
        return
    if site.posts:
        yield "markdown", site.posts
    path = path.parent if path.is_file() else path
    yield "markdown", path
    exports = [*sorted(path.glob("*.xml")), *sorted(path.glob("*.json"))][:_MOST_EXPORTS]
    for file in exports:
        if _is_export(head := _head(file)):
            yield "wxr" if _EXPORT_MARK in head else "ghost", file
    if not any(path.rglob("*.md")):  # a folder of posts without dates is no folder of pages
        yield "page", path


def _kind_of_file(path: Path) -> str:
    """Return the kind of an export; "page" for any other file.

    Raises:
        SourceError: if it is a feed, which never changes once it is saved, or packed.
    """
    head = _head(path)
    if _is_export(head):
        return "wxr" if _EXPORT_MARK in head else "ghost"
    if head.startswith(_PACKED):
        raise SourceError("is packed", where=str(path), hint="Unpack it, and give its folder.")
    if as_feed(Response(url="", status=200, body=head)):
        hint = "Give the address that it was saved from."
        raise SourceError(
            "is a saved feed, in which nothing new appears", where=str(path), hint=hint
        )
    return "page"


def _head(path: Path) -> bytes:
    try:
        with path.open("rb") as file:
            return file.read(_HEAD)
    except OSError:
        return b""


def _is_export(head: bytes) -> bool:
    return _EXPORT_MARK in head or is_export(head)


def _is_post(path: Path) -> bool:
    """Tell one file of Markdown with front matter, whose folder is meant, from a copied page."""
    return path.suffix.lower() in (".md", ".mdx", ".markdown") and _head(path).startswith(_FRONT)


def _discovered(kind: Any, place: Path, site: Site, batch: Batch) -> Discovered:
    return Discovered(
        kind=kind,
        url=site.url,
        path=place,
        home=site.url,
        name=site.title,
        language=_tag_of(site.language),
        timezone=_zone_named(site.timezone),
        permalink=site.permalink if kind == "markdown" else "",
        sample=sample(batch),
    )


def _tag_of(said: str) -> str:
    """Return a language as a tag, "en-GB" of "en_GB"; empty if it is none."""
    said = said.replace("_", "-")
    return said if _LANGUAGE.fullmatch(said) else ""


def _zone_named(said: str) -> str:
    """Return the name of a time zone, empty if nobody knows it."""
    try:
        return ZoneInfo(said).key if said else ""
    except (ZoneInfoNotFoundError, ValueError, OSError):
        return ""


def _told_by_export(kind: str, path: Path) -> Site:
    """Return what an export says of the site it comes from."""
    try:
        with path.open("rb") as file:
            head = file.read(_HEAD if kind == "wxr" else _MOST_BYTES)
    except OSError:
        return Site()
    if kind == "ghost":
        title = _GHOST_TITLE.search(head)
        return Site(title=as_text(json.loads(title[1]))) if title else Site()
    channel = as_feed(Response(url="", status=200, body=head))
    if channel is None:
        return Site()
    return Site(title=channel.name, url=channel.home, language=channel.language)

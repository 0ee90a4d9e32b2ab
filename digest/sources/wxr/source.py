"""Posts from a WordPress export: published ones without a password, joined with their pictures.

The file is read twice, as a stream: first for the addresses of pictures, which stand in items of
their own, and for authors' names; then for the posts. A file that did not change is not read again.
"""

from __future__ import annotations

import html
import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import datetime
from pathlib import Path
from typing import NamedTuple
from urllib.parse import unquote
from zoneinfo import ZoneInfo

from digest.errors import ConfigError, DigestError, SourceError
from digest.fetching import Fetcher
from digest.models import Image, Problem, RawItem, SeriesPart, Term
from digest.sources.base import EMPTY, LOCKED, Batch, SourceSettings
from digest.sources.reading import (
    Spool,
    absolute,
    before_more,
    is_web,
    pictured,
    read_date,
    series_part,
    stamp_of,
    zone_of,
)
from digest.sources.wxr.stream import Node, nodes

OPTIONS: frozenset[str] = frozenset()
HINT = 'Name the export: path = "export.xml".'

_PART_KEY = re.compile(r"(?:\A|_)series_?(?:part|order|number|position|index)(?:_\d+)?\Z", re.I)
# statuses of what nobody but the blog's own people may see; told by number, never by title
_HIDDEN = frozenset("draft pending private future trash auto-draft inherit".split())


class _Known(NamedTuple):
    """Hold what the first reading finds: names by login, pictures' addresses and texts by id."""

    authors: dict[str, str]
    pictures: dict[str, str]

    def author(self, login: str) -> str:
        """Return the name shown for a login; one that is an e-mail address is never told."""
        return self.authors.get(login, "" if "@" in login else login)


class WxrSource:
    """Read one export file; `path` names it."""

    def __init__(self, settings: SourceSettings, fetcher: Fetcher | None = None) -> None:
        """Check the settings; nothing is read yet.

        Raises:
            ConfigError: if `path` is missing, an option is unknown, or the time zone is.
        """
        if settings.path is None:
            raise ConfigError("no path", where=settings.where, hint=HINT)
        for option in settings.options:
            raise ConfigError(
                f'a wxr source has no key "{option}"', where=settings.where, hint=HINT
            )
        self._path = settings.path
        self._zone = zone_of(settings)
        self._heard = settings.heard

    def collect(self, state: Mapping[str, str], *, full: bool = False) -> Batch:
        """Return every public post of the export; only their number if the file did not change.

        Raises:
            SourceError: if the file cannot be read, or is no export.
        """
        stamp = stamp_of(self._path)
        if not full and state.get("stamp") == stamp and state.get("count", "").isdigit():
            return Batch(unchanged=int(state["count"]), state=dict(state))
        reading = _Reading(self._path, self._zone, self._heard)
        reading.run()
        return Batch(
            items=reading.items.items(),
            problems=tuple(reading.problems),
            skipped=reading.skipped,
            present=frozenset(reading.identities),
            state={"stamp": stamp, "count": str(len(reading.items))},
        )


class _Reading:
    """Carry one reading of an export."""

    def __init__(self, path: Path, zone: ZoneInfo, heard: Callable[[int], None]) -> None:
        self.items = Spool()
        self.identities: set[str] = set()
        self.problems: list[Problem] = []
        self.skipped = 0
        self._path, self._zone, self._heard = path, zone, heard

    def run(self) -> None:
        messages: list[str] = []
        known = self._known()
        for name, node in nodes(self._path, messages):
            if name == "item" and node.text("post_type") == "post":
                self._take(node, known)
                self._heard(len(self.items))
        self.problems += [Problem(where=str(self._path), message=said) for said in messages]

    def _known(self) -> _Known:
        """Read for what posts refer to; an author's e-mail address is never looked at."""
        known = _Known({}, {})
        for name, node in nodes(self._path, []):
            if name == "author":
                login, shown = node.text("author_login"), node.text("author_display_name")
                known.authors[login] = html.unescape(shown.strip())
            elif node.text("post_type") == "attachment":
                known.pictures[node.text("post_id")] = node.text("attachment_url").strip()
        return known

    def _take(self, node: Node, known: _Known) -> None:
        number = node.text("post_id")
        where = f"{self._path}: post {number}"
        try:
            why = _why_hidden(node)
            item = None if why else self._item(node, number, known)
        except DigestError as exc:
            why, item = exc.message, None
        if item is None:
            self.skipped += 1
            self.problems.append(Problem(where=where, message=why))
            return
        if item.identity in self.identities:
            self.problems.append(Problem(where=where, message="stands twice; the first counts"))
            return
        self.identities.add(item.identity)
        self.items.append(item)

    def _item(self, node: Node, number: str, known: _Known) -> RawItem:
        link = node.text("link").strip()
        url = link if is_web(link) else None
        body = absolute(node.text("content:encoded"), link)
        above = before_more(body)
        summary = node.text("excerpt:encoded").strip()
        title = node.text("title").strip()
        if not "".join((title, body.strip(), summary)):
            raise SourceError(EMPTY, where=number)
        author = known.author(node.text("dc:creator").strip())
        terms = list(_terms(node))
        return RawItem(
            identity=f"wp:{number}",
            where=url or f"{self._path}: post {number}",
            url=url,
            title=title,
            published_at=_moment(node, "post_date", self._zone)
            or read_date(node.text("pubDate"), self._zone),
            updated_at=_moment(node, "post_modified", self._zone),
            authors=(author,) if author else (),
            tags=_of(terms, "post_tag"),
            categories=_of(terms, "category"),
            series=tuple(_series(node, terms)),
            summary=summary or above,
            summary_is_manual=bool(summary or above),
            body=_paragraphs(body),
            image=_picture(node, known, body, link),
        )


def _of(terms: Iterable[tuple[str, Term]], domain: str) -> tuple[Term, ...]:
    return tuple(term for of, term in terms if of == domain)


def _why_hidden(node: Node) -> str:
    if node.text("post_password"):
        return LOCKED
    status = node.text("status")
    if status == "publish":
        return ""
    said = status if status in _HIDDEN else "unknown"
    return f"is not published (its status is {said}), so it is left out"


def _moment(node: Node, name: str, zone: ZoneInfo) -> datetime | None:
    utc = read_date(f"{node.text(name + '_gmt')}Z", ZoneInfo("UTC"))
    return utc or read_date(node.text(name), zone)


def _terms(node: Node) -> Iterator[tuple[str, Term]]:
    for element, _ in node.all("category"):
        name = html.unescape((element.text or "").strip())
        if name:
            yield (
                element.get("domain", ""),
                Term(name=name, slug=unquote(element.get("nicename", ""))),
            )


def _series(node: Node, terms: list[tuple[str, Term]]) -> Iterator[SeriesPart]:
    meta = {entry.text("meta_key"): entry.text("meta_value") for _, entry in node.all("postmeta")}
    part = next((value for key, value in meta.items() if _PART_KEY.search(key) and value), None)
    for domain, term in terms:
        if "series" in domain:
            yield series_part(term.name, part if part != "0" else None)


def _picture(node: Node, known: _Known, body: str, link: str) -> Image | None:
    meta = (entry for _, entry in node.all("postmeta") if entry.text("meta_key") == "_thumbnail_id")
    named = (known.pictures.get(entry.text("meta_value"), "") for entry in meta)
    return pictured((Image(url=url) for url in named if url), body, link)


def _paragraphs(body: str) -> str:
    """Return a body of the classic editor with its paragraphs.

    WordPress makes them when it shows it.
    """
    if re.search(r"<p[\s>]", body, re.IGNORECASE):
        return body
    parts = re.split(r"\n\s*\n", body.replace("\r\n", "\n").strip())
    is_block = re.compile(
        r"<(?:h[1-6]|ul|ol|table|blockquote|pre|div|figure|hr|!--)", re.IGNORECASE
    )
    return "\n".join(part if is_block.match(part) else f"<p>{part}</p>" for part in parts if part)

"""Reads Ghost's export (Settings > Labs > Export).

Posts with their tags and authors, joined by id.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from digest.addresses import resolved
from digest.errors import ConfigError, SourceError
from digest.fetching import Fetcher
from digest.models import Image, Problem, RawItem, Term, Value, decode
from digest.sources.base import EMPTY, Batch, SourceSettings, lacks, seam
from digest.sources.reading import (
    Spool,
    absolute,
    is_web,
    pictured,
    read_date,
    read_file,
    stamp_of,
    zone_of,
)

MAX_BYTES = 512 * 2**20
OPTIONS: frozenset[str] = frozenset()
HINT = 'Name the export: path = "ghost.json". Ghost writes it under Settings > Labs.'

_SITE = "__GHOST_URL__"  # stands in an export for the site's address
_Id = str | int | None


class _Named(Value):
    """Hold a tag or an author; more than the name of an author is never looked at."""

    id: _Id = None
    name: str | None = None
    slug: str | None = None


class _Join(Value):
    """Join a post to a tag or an author, in their order."""

    post_id: _Id = None
    tag_id: _Id = None
    author_id: _Id = None
    sort_order: int | None = 0


class _Post(Value):
    """Hold what an export says of a post; `page` is how versions before 3 tell a page."""

    id: _Id = None
    uuid: str | None = None
    title: str | None = None
    slug: str | None = None
    html: str | None = None
    custom_excerpt: str | None = None
    feature_image: str | None = None
    status: str | None = None
    visibility: str | None = None
    type: str | None = None
    page: Any = None
    published_at: Any = None
    updated_at: Any = None
    author_id: _Id = None
    canonical_url: str | None = None
    locale: str | None = None


class _Meta(Value):
    """Hold what newer versions keep beside a post."""

    post_id: _Id = None
    feature_image_alt: str | None = None


class _Data(Value):
    """Hold the tables of an export that are read; all others are passed over undecoded."""

    posts: tuple[_Post, ...] = ()
    tags: tuple[_Named, ...] = ()
    users: tuple[_Named, ...] = ()
    posts_tags: tuple[_Join, ...] = ()
    posts_authors: tuple[_Join, ...] = ()
    posts_meta: tuple[_Meta, ...] = ()


class _Database(Value):
    data: _Data


class _Export(Value):
    db: tuple[_Database, ...] = ()
    data: _Data | None = None


class GhostSource:
    """Read one export; `path` names it, `url` is the site whose posts these are."""

    def __init__(self, settings: SourceSettings, fetcher: Fetcher | None = None) -> None:
        """Check the settings; nothing is read yet.

        Raises:
            ConfigError: if `path` is missing, an option is unknown, or the time zone is.
        """
        if settings.path is None:
            raise ConfigError("no path", where=settings.where, hint=HINT)
        for option in settings.options:
            message = f'a ghost source has no key "{option}"'
            raise ConfigError(message, where=settings.where, hint="It takes path and url.")
        self._path = settings.path
        self._settings = settings
        self._zone = zone_of(settings)

    def collect(self, state: Mapping[str, str], *, full: bool = False) -> Batch:
        """Return every public post of the export; only their number if the file did not change.

        Raises:
            SourceError: if the file cannot be read, or is no export.
        """
        stamp = f"{stamp_of(self._path)}|{self._settings.url}"
        if not full and state.get("stamp") == stamp and state.get("count", "").isdigit():
            return Batch(unchanged=int(state["count"]), state=dict(state))
        data = _read(read_file(self._path, MAX_BYTES), str(self._path))
        reading = _Reading(self._settings, data)
        reading.run()
        return Batch(
            items=reading.items.items(),
            problems=tuple(reading.problems),
            skipped=reading.skipped,
            present=frozenset(reading.identities),
            state={"stamp": stamp, "count": str(len(reading.items))},
        )


def is_export(head: bytes) -> bool:
    """Tell whether a file that begins so is Ghost's export."""
    return head.lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"{") and b'"db"' in head[:2_000]


def _read(body: bytes, where: str) -> _Data:
    try:
        export = decode(body.removeprefix(b"\xef\xbb\xbf"), _Export)
    except (ValueError, RecursionError) as exc:
        raise SourceError(f"is no export of Ghost ({exc})", where=where, hint=HINT) from exc
    data = export.db[0].data if export.db else export.data
    if data is None:
        raise SourceError("is no export of Ghost: it has no db", where=where, hint=HINT)
    return data


class _Reading:
    """Carry one reading of an export."""

    def __init__(self, settings: SourceSettings, data: _Data) -> None:
        self.items = Spool()
        self.identities: set[str] = set()
        self.problems: list[Problem] = []
        self.skipped = 0
        self._settings, self._data = settings, data
        self._zone = zone_of(settings)
        self._site = settings.url.rstrip("/")
        tags, users = ({one.id: one for one in table} for table in (data.tags, data.users))
        self._tags = _joined(data.posts_tags, tags, "tag_id")
        self._authors = _joined(data.posts_authors, users, "author_id")
        self._users = users
        self._alts = {meta.post_id: meta.feature_image_alt or "" for meta in data.posts_meta}

    def run(self) -> None:
        """Take every post; why one is none is told by its number, never by its title."""
        for post in self._data.posts:
            where = f"{self._settings.path}: post {post.id}"
            why = _why_hidden(post)
            with seam(where, self.problems):
                item = None if why else self._item(post, where)
                why = why or ("" if item else EMPTY)
                if item and item.identity not in self.identities:
                    self.identities.add(item.identity)
                    self.items.append(item)
                    self.problems += lacks(item)
                    self._settings.heard(len(self.items))
            if why:
                self.skipped += 1
                self.problems.append(Problem(where=where, message=why))
        if self.items and not self._site:
            message = "posts get no address, as the source has no url"
            self.problems.append(Problem(where=self._settings.where, message=message))

    def _item(self, post: _Post, where: str) -> RawItem | None:
        url = self._address(post)
        body = absolute((post.html or "").replace(_SITE, self._site), url)
        title, summary = (post.title or "").strip(), (post.custom_excerpt or "").strip()
        if not "".join((title, body.strip(), summary)):
            return None
        return RawItem(
            identity=f"ghost:{post.uuid or post.id}",
            where=url or where,
            url=url or None,
            title=title,
            title_is_text=True,
            published_at=read_date(post.published_at, self._zone),
            updated_at=read_date(post.updated_at, self._zone),
            authors=self._names(post),
            tags=tuple(_public(self._tags.get(post.id, ()))),
            summary=summary,
            summary_is_text=True,
            summary_is_manual=bool(summary),
            body=body,
            image=self._image(post, body, url),
            language=post.locale or None,
        )

    def _address(self, post: _Post) -> str:
        own = post.canonical_url or ""
        usual = f"{self._site}/{post.slug}/" if self._site else ""
        return own if is_web(own) else usual

    def _names(self, post: _Post) -> tuple[str, ...]:
        """Return the authors' names; older exports name one author in the post itself."""
        one = self._users.get(post.author_id)
        authors = self._authors.get(post.id) or ([one] if one else [])
        return tuple(author.name for author in authors if author.name)

    def _image(self, post: _Post, body: str, url: str) -> Image | None:
        named = (post.feature_image or "").replace(_SITE, self._site)
        full = resolved(named, url) if named else ""
        own = [Image(url=full, alt=self._alts.get(post.id, ""))] if full else []
        return pictured(own, body, url)


def _why_hidden(post: _Post) -> str:
    """Return why a post is not for everybody, or none; nothing if it is."""
    if post.type == "page" or post.page in (1, True):
        return "is a page, no post"
    if post.status != "published":
        return f"is not published (its status is {post.status or 'unknown'}), so it is left out"
    if post.visibility not in (None, "", "public"):
        return f"is not for everybody (its visibility is {post.visibility}), so it is left out"
    return ""


def _public(tags: Iterable[_Named]) -> Iterable[Term]:
    """Yield the tags that a blog shows; those that begin with "#" are its own."""
    for tag in tags:
        if tag.name and not tag.name.startswith("#"):
            yield Term(name=tag.name, slug=tag.slug or "")


def _joined(
    joins: Iterable[_Join], named: Mapping[_Id, _Named], field: str
) -> dict[_Id, list[_Named]]:
    """Return by post what is joined to it, in the order the site shows it."""
    found: dict[_Id, list[_Named]] = {}
    for join in sorted(joins, key=lambda join: join.sort_order or 0):
        if one := named.get(getattr(join, field)):
            found.setdefault(join.post_id, []).append(one)
    return found

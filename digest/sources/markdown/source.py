"""Posts from a folder of Markdown or HTML files with front matter.

Reads what Hugo, Jekyll, Pelican and Eleventy write. It runs no templates and no shortcodes, and
never writes into the folder. What a file says is understood in `meta`, whether it is public in
`hiding`, and `memory` knows which files are unchanged; here a file becomes a post.
"""

from __future__ import annotations

import contextlib
import re
from collections.abc import Mapping
from datetime import UTC, datetime
from pathlib import Path

from digest import frontmatter
from digest.addresses import resolved
from digest.errors import ConfigError, DigestError, SourceError
from digest.fetching import Fetcher
from digest.lazy import regex
from digest.machine.hashing import sha256
from digest.models import Image, Problem, RawItem, encode, replace
from digest.sources.base import EMPTY, Batch, SourceSettings, surprise
from digest.sources.markdown import exports, memory, nearby, passing
from digest.sources.markdown import meta as post_meta
from digest.sources.markdown.authors import Authors
from digest.sources.markdown.hiding import why_hidden
from digest.sources.markdown.history import History
from digest.sources.markdown.links import Links
from digest.sources.markdown.memory import Run, Seen
from digest.sources.markdown.permalinks import PAGE_NAME, Permalinks, from_name
from digest.sources.markdown.words import has_words, rendered, text_of, titled
from digest.sources.reading import (
    Folder,
    Found,
    absolute,
    before_more,
    pictured,
    read_date,
    shown_path,
    stamp_of,
    zone_of,
)

SUFFIXES = frozenset({".md", ".mdx", ".markdown", ".mdown", ".html"})
STATE_VERSION = "9"

UNDATED = "has no date, so it is no post; give it one, or write undated = true into the source"

# An excerpt that is HTML, as exports of Drupal write it; "the <b> element" stays words.
_ELEMENT = regex(r"<(p|li|h[1-6]|td|blockquote)\b[^<>]*>.*?</\1>", re.I | re.S)


class MarkdownSource:
    """Read a folder of posts; dates without a zone are in the newsletter's.

    `settings.url` is the base of addresses and `permalink` their form ("/{slug}/" unless told). A
    post's identity is its guid, else its path in the folder.
    """

    def __init__(self, settings: SourceSettings, fetcher: Fetcher | None = None) -> None:
        """Check the settings; nothing is read yet.

        Raises:
            ConfigError: if `path` is missing, or `permalink` or the time zone cannot be used.
        """
        if settings.path is None:
            raise ConfigError(
                "no path", where=settings.where, hint='Name the folder: path = "posts".'
            )
        self._settings = settings
        self._folder = settings.path
        self._zone = zone_of(settings)
        self._permalinks = Permalinks(settings, self._zone)
        self._takes_undated = settings.options.get("undated") is True
        self._substack = exports.SubstackTable(settings.path)
        self._history = History(settings.path)
        self._authors = Authors(settings.path)
        self._links = Links(settings.path, self._address_of)

    def collect(self, state: Mapping[str, str], *, full: bool = False) -> Batch:
        """Return the posts of the files new or changed since `state`, or of all when `full`.

        Files with a problem are read and reported each time, until they are mended. What is not to
        be published, or cannot be read, counts as skipped.

        Raises:
            SourceError: if the folder does not exist or cannot be read.
        """
        remembered = {} if full else memory.remembered(state, self._digest())
        run = Run()
        files = Folder(
            self._folder,
            belongs=_may_be_post,
            enters=_may_hold_posts,
            why_not=passing.why_not_entered,
        )
        for found in files.files():
            self._visit(found, remembered, run)
            self._settings.heard(len(run.files))
        run.problems += files.problems
        if run.lacks_address and not self._settings.url:
            message = (
                "posts get no address, as the source has no url; pictures beside them are left out"
            )
            run.problems.append(Problem(where=self._settings.where, message=message))
        return Batch(
            items=run.items.items(),
            problems=tuple(run.problems),
            skipped=sum(seen.fate != "post" for seen in run.files.values()),
            unchanged=run.unchanged,
            present=frozenset(seen.identity for seen in run.files.values() if seen.fate != "hidden")
            if files.is_complete
            else None,
            state={"settings": self._digest(), "files": memory.stored(run.files)},
        )

    # ------------------------------------------------------------ the folder

    def _visit(self, found: Found, remembered: Mapping[str, Seen], run: Run) -> None:
        name = shown_path(found.name)
        if found.refusal:
            return run.remember(found, name, Seen("", name, "hidden", found.refusal))
        before = remembered.get(name)
        problems: list[str | Problem] = []
        try:
            stamp = stamp_of(found.path)
            if before and before.stamp == stamp and nearby.are_same(self._folder, before.pictures):
                return self._keep(found, name, before, run)
            beside = nearby.Nearby(self._folder, found.path, self._settings.url)
            read, lasts = self._read(beside, name, problems)
            seen = self._taken(read, name, stamp if lasts else "", problems, run)
            seen.pictures = beside.stamps
        except DigestError as exc:
            problems.append(Problem(where=exc.where or shown_path(found.path), message=_said(exc)))
            seen = Seen("", before.identity if before else name, "broken")
        except Exception as bug:  # noqa: BLE001 -- one file's fault stays its own
            problems.append(surprise(bug, shown_path(found.path)))
            seen = Seen("", before.identity if before else name, "broken")
        run.remember(found, name, seen)
        run.problems += [
            problem
            if isinstance(problem, Problem)
            else Problem(where=shown_path(found.path), message=problem)
            for problem in problems
        ]
        return None

    def _keep(self, found: Found, name: str, before: Seen, run: Run) -> None:
        run.remember(found, name, before)
        if before.fate == "post":
            run.unchanged += 1
            run.owners.setdefault(before.identity, name)

    def _taken(
        self, read: RawItem | str, name: str, stamp: str, problems: list[str | Problem], run: Run
    ) -> Seen:
        """Take in what a file holds, a post or the reason why it holds none."""
        if isinstance(read, str):
            return Seen(stamp, name, "hidden", read)
        if self._is_taken(read.identity, name, run):
            problems.append(
                f'has the guid of "{run.owners[read.identity]}", which stays the only one'
            )
            return Seen("", read.identity, "broken")
        run.items.append(read)
        run.lacks_address |= read.url is None
        return Seen("" if problems else stamp, read.identity)

    def _is_taken(self, identity: str, name: str, run: Run) -> bool:
        return run.owners.setdefault(identity, name) != name

    # ------------------------------------------------------------ one file

    def _read(
        self, beside: nearby.Nearby, name: str, problems: list[str | Problem]
    ) -> tuple[RawItem | str, bool]:
        """Return a file's post, or why it is none, and whether that holds until the file changes.

        Raises:
            SourceError: if the file cannot be read.
            ConfigError: if its front matter cannot be.
        """
        path = beside.post
        if passing.is_unfinished(name.split("/")):
            return "is a draft", True
        document = self._document(path)
        meta = post_meta.Meta(document.meta)
        lasts = not meta.get(*post_meta.TIMED_KEYS)
        hidden = self._why_hidden(meta) or passing.why_no_post(
            path.stem, document.body, bool(document.meta), lambda: _is_loose(path)
        )
        if hidden:
            return hidden, lasts
        if not (meta.text("title") or post_meta.summary(meta) or has_words(document.body)):
            return EMPTY, lasts
        item = self.item(document, name, beside, problems)
        if item.published_at is not None or self._takes_undated:
            return item, lasts
        problems.clear()
        if (said := post_meta.date_of(meta)) is None:
            committed = self._history.first_commit(name)
            if committed is None:
                return UNDATED, lasts
            problems.append(f"has no date; that of its first commit counts, {committed:%Y-%m-%d}")
            return replace(item, published_at=committed), lasts
        message = f'has a date that cannot be read, so it is no post: "{str(said)[:60]}"'
        raise SourceError(message, where=shown_path(path), hint="Write it as 2026-11-23.")

    def _document(self, path: Path) -> frontmatter.Document:
        text = text_of(path)
        document = frontmatter.split(text, shown_path(path))
        if document.meta or path.suffix.lower() != ".html":
            return document
        return exports.medium(text) or self._substack.document(path, text) or document

    def _why_hidden(self, meta: post_meta.Meta) -> str:
        """Return why a post is not public, or not now."""
        now = datetime.now(UTC)
        begins = read_date(meta.get(*post_meta.BEGIN_KEYS), self._zone)
        ends = read_date(meta.get(*post_meta.END_KEYS), self._zone)
        if begins and begins > now:
            return "is not public yet: its publishDate is to come"
        if ends and ends <= now:
            return "is no longer public: its expiryDate has passed"
        return why_hidden(meta)

    def item(
        self,
        document: frontmatter.Document,
        name: str,
        beside: nearby.Nearby,
        problems: list[str | Problem],
    ) -> RawItem:
        """Return the post a document holds; `name` is its path within the folder, with "/"."""
        where = shown_path(beside.post)
        meta = post_meta.Meta(document.meta)
        stem, in_name, language = from_name(name)
        body = document.body if name.lower().endswith(".html") else rendered(document.body, where)
        title, body = titled(meta.text("title"), body, stem, problems)
        published_at = self._published_at(meta, in_name, problems)
        said = post_meta.summary(meta)
        summary = said or before_more(body)
        item = RawItem(
            identity=meta.text("guid") or name,
            where=where,
            title=title,
            title_is_text=True,
            published_at=published_at,
            updated_at=self._read_date(post_meta.updated_of(meta), "date of change", problems),
            authors=self._authors.named(
                post_meta.authors(meta, document.kind), beside.post, beside.stamps
            ),
            tags=post_meta.terms(meta, "tags", "tag", by_spaces=bool(in_name)),
            categories=post_meta.terms(meta, "categories", "category", by_spaces=bool(in_name)),
            series=post_meta.series(meta),
            summary=summary,
            summary_is_text=not summary or (bool(said) and not _ELEMENT.search(said)),
            summary_is_manual=bool(summary),
            language=meta.text("lang", "language", "locale") or language or None,
        )
        url = self._permalinks.of(meta, item, name, problems)
        body = self._links.led(beside.sized(body), beside.post)
        image = _image(meta, body, url or "", beside)
        return replace(item, url=url, body=absolute(body, url or ""), image=image)

    def _address_of(self, name: str, is_there: bool) -> str | None:
        """Return the page of a post; a file that is not there, or is broken, tells by its name."""
        beside = nearby.Nearby(self._folder, self._folder / name)
        if is_there:
            # Whatever is wrong with that file is told of it, and not of those that link to it.
            with contextlib.suppress(Exception):
                head = self._document(beside.post)._replace(body="")
                return self.item(head, name, beside, []).url
        return self.item(frontmatter.Document({}, ""), name, beside, []).url

    def _published_at(
        self, meta: post_meta.Meta, in_name: str, problems: list[str | Problem]
    ) -> datetime | None:
        value = post_meta.date_of(meta)
        found = self._read_date(value, "date", problems) or read_date(in_name, self._zone)
        if found is None and value is None:
            problems.append("has no date")
        return found

    def _read_date(
        self, value: object, name: str, problems: list[str | Problem]
    ) -> datetime | None:
        found = read_date(value, self._zone)
        if value is not None and found is None:
            problems.append(f'its {name} cannot be read: "{str(value)[:60]}"')
        return found

    def _digest(self) -> str:
        """Return what changes when the settings would make other posts of the same files."""
        settings = self._settings
        facts = [
            STATE_VERSION,
            settings.url,
            settings.timezone,
            self._permalinks.form,
            str(self._takes_undated),
            str(settings.path),
        ]
        return sha256(encode(facts))[:16]


def _may_be_post(name: str) -> bool:
    return Path(name).suffix.lower() in SUFFIXES and not name.startswith((".", "_index."))


def _may_hold_posts(name: str) -> bool:
    return not name.startswith(".")


def _is_loose(path: Path) -> bool:
    """Tell whether a file lies in the folder of another post, as notes in a Hugo bundle do."""
    return not PAGE_NAME.fullmatch(path.stem) and any(
        (path.parent / f"index{suffix}").is_file() for suffix in (".md", ".markdown")
    )


def _said(exc: DigestError) -> str:
    return f"{exc.message}. {exc.hint}" if exc.hint else exc.message


def _image(meta: post_meta.Meta, body: str, url: str, beside: nearby.Nearby) -> Image | None:
    """Return the picture front matter names, else the body's first.

    None if it has no full address.
    """
    named = post_meta.image(meta)
    if not named:
        return pictured((), body, url)
    from digest.editing.body import measured  # reading no new post, a collection needs no rules

    full = resolved(named.url, url) if url else named.url
    width, height = measured(named.width, named.height, beside.size(named.url))
    return pictured([replace(named, url=full, width=width, height=height)], body, url)

"""Posts from a folder of Markdown or HTML files with front matter.

Reads what Hugo, Jekyll, Pelican and Eleventy write. It runs no templates and no shortcodes, and
never writes into the folder. Which files may be read is decided in `folder`, front matter is
understood in `post_meta`; here are the addresses and the memory of which files are unchanged.
"""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Literal
from urllib.parse import quote

from digest import frontmatter
from digest.editing.body import plain_markdown, to_html
from digest.errors import ConfigError, DigestError, SourceError
from digest.fetching import Fetcher
from digest.lazy import regex
from digest.models import Image, Problem, RawItem, encode, key, replace
from digest.sources import folder
from digest.sources.base import EMPTY, Batch, SourceSettings, surprise
from digest.sources.dates import read_date, zone_of
from digest.sources.markdown import exports, nearby, passing
from digest.sources.markdown import meta as post_meta
from digest.sources.markdown.history import History
from digest.sources.markup import absolute, address, images, is_web, plain
from digest.sources.spool import Spool

SUFFIXES = frozenset({".md", ".markdown", ".mdown", ".html"})
MAX_BYTES = 2**20
OPTIONS = frozenset({"permalink", "pictures", "undated"})
PICTURES = ("published", "copied")
PLACEHOLDERS = frozenset({"slug", "year", "month", "day", "category"})
STATE_VERSION = "5"

_DATED_NAME = regex(r"(\d{4}-\d\d?-\d\d?)[-_](.+)")
_PAGE_NAME = regex(r"_?index(?:\.[a-z]{2}(?:-[a-z]{2})?)?", re.IGNORECASE)
_HEADING = regex(r"<h([1-6])(?:\s[^<>]*)?>(.{0,500}?)</h\1>", re.IGNORECASE | re.DOTALL)
_UPDATED_KEYS = ("updated", "lastmod", "modified", "last_modified_at", "updated_at", "updated_date")
UNDATED = "has no date, so it is no post; give it one, or write undated = true into the source"

Fate = Literal["post", "hidden", "broken"]


@dataclass
class _Seen:
    """Hold what is remembered of a file: stamp, identity, whether it was a post, else why not, pictures."""

    stamp: str
    identity: str
    fate: Fate = "post"
    why: str = ""
    pictures: Mapping[str, str] = field(default_factory=dict)


@dataclass
class _Run:
    """Gather one run's findings."""

    items: Spool = field(default_factory=Spool)
    problems: list[Problem] = field(default_factory=list)
    files: dict[str, _Seen] = field(default_factory=dict)
    owners: dict[str, str] = field(default_factory=dict)
    unchanged: int = 0
    lacks_address: bool = False

    def remember(self, found: folder.Found, name: str, seen: _Seen) -> None:
        """Note what became of a file; why one is hidden is said each time, like any other problem."""
        self.files[name] = seen
        if seen.fate == "hidden":
            self.problems.append(Problem(where=folder.shown(found.path), message=seen.why))


class MarkdownSource:
    """Read a folder of posts; dates without a zone are in the newsletter's.

    `settings.url` is the base of addresses and `permalink` their form ("/{slug}/" unless told;
    {year}, {month}, {day} and {category} too). A post's identity is its guid, else its path in the
    folder.
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
        self._permalink = _checked_permalink(settings)
        self._takes_undated = settings.options.get("undated") is True
        self._substack = exports.SubstackTable(settings.path)
        self._history = History(settings.path)

    def collect(self, state: Mapping[str, str], *, full: bool = False) -> Batch:
        """Return the posts of every file that is new or changed since `state`, or of all when `full`.

        Files with a problem are read and reported each time, until they are mended. What is not to
        be published, or cannot be read, counts as skipped.

        Raises:
            SourceError: if the folder does not exist or cannot be read.
        """
        remembered = {} if full else self._remembered(state)
        run = _Run()
        files = folder.Folder(
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
            state={"settings": self._digest(), "files": _stored(run.files)},
        )

    # ------------------------------------------------------------ the folder

    def _visit(self, found: folder.Found, remembered: Mapping[str, _Seen], run: _Run) -> None:
        name = folder.shown(found.path.relative_to(self._folder).as_posix())
        if found.refusal:
            return run.remember(found, name, _Seen("", name, "hidden", found.refusal))
        before = remembered.get(name)
        problems: list[str | Problem] = []
        try:
            stamp = folder.stamp(found.path)
            if before and before.stamp == stamp and nearby.are_same(self._folder, before.pictures):
                return self._keep(found, name, before, run)
            beside = nearby.Nearby(self._folder, found.path, self._settings.url)
            read, lasts = self._read(beside, name, problems)
        except DigestError as exc:
            problems.append(
                Problem(where=exc.where or folder.shown(found.path), message=_said(exc))
            )
            seen = _Seen("", before.identity if before else name, "broken")
        except Exception as bug:  # noqa: BLE001 -- one file's fault stays its own
            problems.append(surprise(bug, folder.shown(found.path)))
            seen = _Seen("", before.identity if before else name, "broken")
        else:
            seen = self._taken(read, name, stamp if lasts else "", problems, run)
            seen.pictures = beside.stamps
        run.remember(found, name, seen)
        run.problems += [
            problem
            if isinstance(problem, Problem)
            else Problem(where=folder.shown(found.path), message=problem)
            for problem in problems
        ]
        return None

    def _keep(self, found: folder.Found, name: str, before: _Seen, run: _Run) -> None:
        run.remember(found, name, before)
        if before.fate == "post":
            run.unchanged += 1
            run.owners.setdefault(before.identity, name)

    def _taken(
        self, read: RawItem | str, name: str, stamp: str, problems: list[str | Problem], run: _Run
    ) -> _Seen:
        """Take in what a file holds, a post or the reason why it holds none."""
        if isinstance(read, str):
            return _Seen(stamp, name, "hidden", read)
        if self._is_taken(read.identity, name, run):
            problems.append(
                f'has the guid of "{run.owners[read.identity]}", which stays the only one'
            )
            return _Seen("", read.identity, "broken")
        run.items.append(read)
        run.lacks_address |= read.url is None
        return _Seen("" if problems else stamp, read.identity)

    def _is_taken(self, identity: str, name: str, run: _Run) -> bool:
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
        if passing.is_unfinished(Path(name).parts):
            return "is a draft", True
        document = self._document(path)
        meta = post_meta.Meta(document.meta)
        lasts = not meta.get(*post_meta.TIMED_KEYS)
        hidden = self._why_hidden(meta) or passing.why_no_post(
            path.stem, document.body, bool(document.meta), lambda: _is_loose(path)
        )
        if hidden:
            return hidden, lasts
        if not (meta.text("title") or _summary(meta) or _has_words(document.body)):
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
        raise SourceError(message, where=folder.shown(path), hint="Write it as 2026-11-23.")

    def _document(self, path: Path) -> frontmatter.Document:
        text = _text(path)
        document = frontmatter.split(text, folder.shown(path))
        if document.meta or path.suffix.lower() != ".html":
            return document
        return exports.medium(text) or self._substack.document(path, text) or document

    def _why_hidden(self, meta: post_meta.Meta) -> str:
        """Return why a post is not public, or not now."""
        now = datetime.now(UTC)
        begins = read_date(meta.get("publish_date"), self._zone)
        ends = read_date(meta.get("expiry_date", "expires", "unpublish_date"), self._zone)
        if begins and begins > now:
            return "is not public yet: its publishDate is to come"
        if ends and ends <= now:
            return "is no longer public: its expiryDate has passed"
        return post_meta.why_hidden(meta)

    def item(
        self,
        document: frontmatter.Document,
        name: str,
        beside: nearby.Nearby,
        problems: list[str | Problem],
    ) -> RawItem:
        """Return the post a document holds; `name` is its path within the folder, with "/"."""
        where = folder.shown(beside.post)
        meta = post_meta.Meta(document.meta)
        stem, in_name, language = _from_name(name)
        body = document.body if name.lower().endswith(".html") else _rendered(document.body, where)
        title, body = _title(meta.text("title"), body, stem, problems)
        published_at = self._published_at(meta, in_name, problems)
        summary = _summary(meta)
        item = RawItem(
            identity=meta.text("guid") or name,
            where=where,
            title=title,
            title_is_text=True,
            published_at=published_at,
            updated_at=self._date(meta, _UPDATED_KEYS, problems),
            authors=post_meta.authors(meta, document.kind),
            tags=post_meta.terms(meta, "tags", "tag", by_spaces=bool(in_name)),
            categories=post_meta.terms(meta, "categories", "category", by_spaces=bool(in_name)),
            series=post_meta.series(meta),
            summary=summary,
            summary_is_text=True,
            summary_is_manual=bool(summary),
            language=meta.text("lang", "language", "locale") or language or None,
        )
        url = self._url(meta, item, _slug(meta.text("slug") or stem), problems)
        body = beside.sized(body)
        image = _image(meta, body, url or "", beside)
        return replace(item, url=url, body=absolute(body, url or ""), image=image)

    def _published_at(
        self, meta: post_meta.Meta, in_name: str, problems: list[str | Problem]
    ) -> datetime | None:
        value = post_meta.date_of(meta)
        found = self._read_date(value, "date", problems) or read_date(in_name, self._zone)
        if found is None and value is None:
            problems.append("has no date")
        return found

    def _date(
        self, meta: post_meta.Meta, keys: tuple[str, ...], problems: list[str | Problem]
    ) -> datetime | None:
        return self._read_date(meta.get(*keys), keys[0], problems)

    def _read_date(
        self, value: object, name: str, problems: list[str | Problem]
    ) -> datetime | None:
        found = read_date(value, self._zone)
        if value is not None and found is None:
            problems.append(f'has a {name} that cannot be read: "{str(value)[:60]}"')
        return found

    def _url(
        self, meta: post_meta.Meta, item: RawItem, slug: str, problems: list[str | Problem]
    ) -> str | None:
        own = meta.text("permalink", "url")
        if is_web(own):
            return own
        if not self._settings.url:
            return None
        if "{{" in own or "{%" in own:
            problems.append("has a permalink that is a template; the source's own form is used")
            own = ""
        form = re.sub(
            r":(year|month|day|slug|title|category|categories)\b", _jekyll_placeholder, own
        )
        return self._filled(form or self._permalink, item, slug, problems)

    def _filled(
        self, form: str, item: RawItem, slug: str, problems: list[str | Problem]
    ) -> str | None:
        values = {
            "slug": slug,
            "category": _slug(item.categories[0].name) if item.categories else "",
        }
        if item.published_at:
            local = item.published_at.astimezone(self._zone)
            values |= {"year": f"{local:%Y}", "month": f"{local:%m}", "day": f"{local:%d}"}
        try:
            path = re.sub(r"\{(\w+)\}", lambda found: values[found[1]], form)
        except KeyError as exc:
            problems.append(f"gets no address, as its permalink needs a {exc.args[0]}")
            return None
        path = re.sub(r"/{2,}", "/", f"/{path}")
        return self._settings.url.rstrip("/") + quote(path, safe="/%:@!$&'()*+,;=~?#.-_")

    # ------------------------------------------------------------ memory

    def _digest(self) -> str:
        """Return what changes when the settings would make other posts of the same files."""
        settings = self._settings
        facts = [
            STATE_VERSION,
            settings.url,
            settings.timezone,
            self._permalink,
            str(self._takes_undated),
            str(settings.path),
        ]
        return hashlib.sha256(encode(facts)).hexdigest()[:16]

    def _remembered(self, state: Mapping[str, str]) -> dict[str, _Seen]:
        if state.get("settings") != self._digest():
            return {}
        try:
            stored = json.loads(state.get("files", "{}"))
            return {name: _Seen(*facts) for name, facts in stored.items()}
        except (ValueError, TypeError, AttributeError):  # a damaged memory only means reading again
            return {}


def _stored(files: Mapping[str, _Seen]) -> str:
    facts = {
        name: [seen.stamp, seen.identity, seen.fate, seen.why, seen.pictures]
        for name, seen in files.items()
    }
    return encode(facts).decode()


def _may_be_post(name: str) -> bool:
    return Path(name).suffix.lower() in SUFFIXES and not name.startswith((".", "_index."))


def _may_hold_posts(name: str) -> bool:
    return not name.startswith(".")


def _is_loose(path: Path) -> bool:
    """Tell whether a file lies in the folder of another post, as notes in a Hugo bundle do."""
    return not _PAGE_NAME.fullmatch(path.stem) and any(
        (path.parent / f"index{suffix}").is_file() for suffix in (".md", ".markdown")
    )


def _checked_permalink(settings: SourceSettings) -> str:
    for option in settings.options:
        if option not in OPTIONS:
            hint = f"It takes {', '.join(sorted(OPTIONS))}."
            raise ConfigError(
                f'a markdown source has no key "{option}"', where=settings.where, hint=hint
            )
    if settings.options.get("pictures", "published") not in PICTURES:
        raise ConfigError(
            f"unusable pictures: {settings.options['pictures']!r}",
            where=settings.where,
            hint=f"Use {' or '.join(PICTURES)}.",
        )
    if not isinstance(settings.options.get("undated", False), bool):
        raise ConfigError(
            "unusable undated", where=settings.where, hint="Write undated = true or false."
        )
    form = settings.options.get("permalink", "/{slug}/")
    unknown = set(re.findall(r"\{(.*?)\}", form)) - PLACEHOLDERS if isinstance(form, str) else {"…"}
    if unknown or not isinstance(form, str):
        hint = f"Use {', '.join(f'{{{name}}}' for name in sorted(PLACEHOLDERS))}."
        raise ConfigError(f"unusable permalink: {form!r}", where=settings.where, hint=hint)
    return form


def _jekyll_placeholder(found: re.Match[str]) -> str:
    return f"{{{ {'title': 'slug', 'categories': 'category'}.get(found[1], found[1]) }}}"


def _said(exc: DigestError) -> str:
    return f"{exc.message}. {exc.hint}" if exc.hint else exc.message


def _text(path: Path) -> str:
    data = folder.read(path, MAX_BYTES + 1)
    if len(data) > MAX_BYTES:
        raise SourceError(
            "larger than 1 MB",
            where=folder.shown(path),
            hint="Split it, or move it out of the folder.",
        )
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as exc:
        line = data.count(b"\n", 0, exc.start) + 1
        raise SourceError(
            "no UTF-8 text", where=f"{folder.shown(path)}:{line}", hint="Save it as UTF-8."
        ) from exc
    return _with_plain_head(text)


def _with_plain_head(text: str) -> str:
    """Return a text whose front matter begins on its first line, and has no blanks YAML refuses."""
    begun = re.match(r"\s*(?=---[ \t]*\r?\n)", text)
    if not begun:
        return text
    text = text[begun.end() :]
    end = re.search(r"\n---[ \t]*(?:\r?\n|\Z)", text)
    head = text[: end.start()] if end else ""
    # a no-break space after the colon comes from copying, and makes the line no key for YAML
    return re.sub(r"(?m)^([\w-]+:)\u00a0", r"\1 ", head) + text[len(head) :]


def _rendered(text: str, where: str) -> str:
    try:
        return to_html(plain_markdown(text))
    except RecursionError as exc:
        raise SourceError("nested too deeply", where=where) from exc


def _from_name(name: str) -> tuple[str, str, str]:
    """Return slug, date and language as a path tells them; a bundle's folder names its post.

    >>> _from_name("2026/ferns/index.fr.md")
    ('ferns', '', 'fr')
    >>> _from_name("_posts/2026-11-22-ferns.md")
    ('ferns', '2026-11-22', '')
    """
    path = Path(name)
    stem, language = path.stem, ""
    if _PAGE_NAME.fullmatch(stem):
        language = stem.partition(".")[2].lower()
        stem = path.parent.name or "index"
    dated = _DATED_NAME.fullmatch(stem)
    return (dated[2], dated[1], language) if dated else (stem, "", language)


def _slug(text: str) -> str:
    """Return a name as part of an address; one without blanks stays as it is."""
    text = text.strip("/")
    return text if re.fullmatch(r"[\w.~/-]+", text) else key(text)


def _title(title: str, body: str, stem: str, problems: list[str | Problem]) -> tuple[str, str]:
    """Return title and body; a first heading that is the title does not stay in the body."""
    heading = _HEADING.search(body)
    said = plain(heading[2]) if heading else ""
    if not title:
        words = re.sub(r"[-_\s]+", " ", stem).strip()
        title = said or words[:1].upper() + words[1:]
        problems.append(
            f'has no title; "{title[:60]}" is taken from the {"first heading" if said else "file name"}'
        )
    is_double = (
        heading
        and heading[1] == "1"
        and key(said) == key(title)
        and not body[: heading.start()].strip()
    )
    return title, body[heading.end() :].lstrip() if heading and is_double else body


def _summary(meta: post_meta.Meta) -> str:
    return meta.text("summary", "description", "excerpt")


def _has_words(text: str) -> bool:
    """Tell whether Markdown or HTML holds anything but comments."""
    return bool(re.sub(r"<!--.*?(?:-->|\Z)", "", text, flags=re.DOTALL).strip())


def _image(meta: post_meta.Meta, body: str, url: str, beside: nearby.Nearby) -> Image | None:
    """Return the picture front matter names, else the body's first; None if it has no full address."""
    named = post_meta.image(meta)
    if not named:
        return next(images(body, url), None)
    from digest.editing.body import measured  # reading no new post, a collection needs no rules

    full = address(named.url, url) if url else named.url
    width, height = measured(named.width, named.height, beside.size(named.url))
    return replace(named, url=full, width=width, height=height) if is_web(full) else None

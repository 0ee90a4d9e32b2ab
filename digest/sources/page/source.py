"""The source kind `page`: listing pages, live, saved, or copied as text.

For blogs without feed or API, and for what somebody keeps of one. A page is a window on a blog:
that a post is no longer on it, or that a saved page was thrown away, never withdraws the post. What
a page does not say (a link, a date) stays unknown; the archive dates such a post by when it was
first seen.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import NamedTuple

from digest.errors import ConfigError, DigestError, FetchError, SourceError
from digest.fetching import Fetcher, Response
from digest.machine.hashing import blake2b
from digest.models import Problem, Term, encode
from digest.sources.base import Batch, SourceSettings, surprise
from digest.sources.page import listing as page_listing
from digest.sources.page import saved as page_saved
from digest.sources.page import text as page_text
from digest.sources.page.listing import Listed, Listing, add_term
from digest.sources.reading import OLD_KEY, mark_old, zone_of

READER_VERSION = "1"
"""Rises when pages are read differently, so that unchanged files are read again."""

MAX_PAGES = 50
GUESSED = "the page does not say in which charset it is; its letters may be wrong"

# Answers that are for programs: whoever named one meant another kind of source.
_DATA = (
    "application/rss",
    "application/atom",
    "application/feed",
    "application/xml",
    "text/xml",
    "application/json",
)


class _Found(NamedTuple):
    """Hold one page that was read, and where."""

    where: str
    listing: Listing


class PageSource:
    """Read one listing page, or a folder of saved ones.

    With `path`, a file or folder is read and `url` is the base of relative links; without, the page
    at `url` is fetched. Options: `tag`, one or more tags that every post gets beside the page's
    own, and `pages`, how many pages of a live listing to follow through its link to older posts (1
    unless told).
    """

    def __init__(self, settings: SourceSettings, fetcher: Fetcher) -> None:
        """Check the settings; nothing is read yet.

        Raises:
            ConfigError: if there is neither path nor url, or an option cannot be used.
        """
        if settings.path is None and not settings.url:
            hint = (
                'Name the saved page, path = "pages/soil.html", or its address, url = "https://…".'
            )
            raise ConfigError("neither path nor url", where=settings.where, hint=hint)
        self._settings = settings
        self._fetcher = fetcher
        self._zone = zone_of(settings)
        self._tags = _checked_tags(settings)
        self._pages = _checked_pages(settings)
        self._before: Mapping[str, str] = {}
        self._guessed: list[str] = []  # pages of this run whose charset nobody told

    def collect(self, state: Mapping[str, str], *, full: bool = False) -> Batch:
        """Return the posts of the pages, or only their number if nothing changed since `state`.

        One changed file has all of a folder read again: a post may stand on several pages, and has
        the tags of all of them. Withdrawn posts are never reported (`present` is None).

        Raises:
            SourceError: if there is no page, or a single one holds no posts.
            FetchError: if the page cannot be fetched.
        """
        self._guessed.clear()
        self._before = state
        known = {} if full or state.get("settings") != self._digest() else state
        if self._settings.path is not None:
            return self._collect_files(self._settings.path, known)
        return self._collect_live(known)

    def _digest(self) -> str:
        """Return what changes when the settings, or this reader, do."""
        said = (
            READER_VERSION,
            self._settings.url,
            self._settings.timezone,
            self._tags,
            self._pages,
        )
        return blake2b(encode(said), digest_size=8).hexdigest()

    # ------------------------------------------------------------ saved pages

    def _collect_files(self, path: Path, state: Mapping[str, str]) -> Batch:
        files, problems = page_saved.files(path)
        if not files:
            if problems:
                first = problems[0]
                raise SourceError(
                    f"there is no page that can be read: one {first.message}", where=first.where
                )
            suffixes = "a folder of .html, .mhtml, .txt or .md files"
            raise SourceError(
                "there is no page in this folder", where=str(path), hint=f"Name {suffixes}."
            )
        if len(files) > page_saved.MAX_FILES:
            message = f"only the first {page_saved.MAX_FILES:,} of {len(files):,} pages are read"
            problems.append(Problem(where=str(path), message=message))
            del files[page_saved.MAX_FILES :]
        stamps = self._stamps(files)
        if stamps and stamps == state.get("files"):
            return Batch(unchanged=int(state.get("posts", "0")), state=dict(state))
        found: list[_Found] = []
        for file in files:
            try:
                found.append(_Found(str(file), self._read_file(file)))
            except DigestError as exc:
                if len(files) == 1:
                    raise
                problems.append(Problem(where=exc.where or str(file), message=_said(exc)))
            except Exception as bug:  # noqa: BLE001 -- one page's fault stays its own
                problems.append(surprise(bug, str(file)))
        if not found:
            first = problems[0]
            raise SourceError(f"no page can be read: {first.message}", where=first.where)
        # a page with a problem is tried, and reported, each time until it is mended
        return self._batch(found, problems, {} if problems else {"files": stamps})

    def _stamps(self, files: Iterable[Path]) -> str:
        """Return what changes when a file does, comes or goes.

        Nothing if one cannot be looked at.
        """
        try:
            said = "\n".join(f"{file}\t{page_saved.stamp(file)}" for file in files)
        except SourceError:
            return ""
        return blake2b(said.encode("utf-8", "surrogateescape"), digest_size=16).hexdigest()

    def _read_file(self, file: Path) -> Listing:
        saved = page_saved.read(file)
        if saved.is_guessed:
            self._guessed.append(str(file))
        return self._read(saved.text, saved.url or self._settings.url, str(file))

    def _read(self, text: str, url: str, where: str) -> Listing:
        """Return the posts of one page.

        Raises:
            SourceError: if it cannot be read or holds none, and does not say so itself.
        """
        if page_saved.is_html(text):
            from digest.sources.page import (
                html as page_html,
            )  # it brings lxml, which copied text never needs

            listing = page_html.read(text, url, where, self._zone)
        else:
            listing = page_text.read(text, self._zone)
        tells_nothing = not (listing.posts or listing.skipped or listing.problems)
        if tells_nothing and not listing.is_empty:
            hint = "Check that it is a page that lists posts, with titles or excerpts on it."
            raise SourceError("no posts were found on this page", where=where, hint=hint)
        return listing

    # ------------------------------------------------------------ live pages

    def _collect_live(self, state: Mapping[str, str]) -> Batch:
        first = self._fetcher.get(self._settings.url, validator=state.get("validator", ""))
        if first.not_modified:
            return Batch(unchanged=int(state.get("posts", "0")), state=dict(state))
        found = [_Found(first.url, self._read_answer(first))]
        problems: list[Problem] = []
        seen = {self._settings.url, first.url}
        # A page that leads back to one that was read ends the walk.
        while len(found) < self._pages and (url := found[-1].listing.next_url) and url not in seen:
            seen.add(url)
            try:
                found.append(_Found(url, self._read_answer(self._fetcher.get(url))))
            except (FetchError, SourceError) as exc:
                problems.append(Problem(where=exc.where or url, message=_said(exc)))
                break
        # Asked for and not to be had: that must not pass in silence.
        if self._pages > 1 and not found[0].listing.next_url:
            message = f"has no link to older posts that we know, so pages = {self._pages} reads one"
            problems.append(Problem(where=first.url, message=message))
        return self._batch(found, problems, {} if problems else {"validator": first.validator})

    def _read_answer(self, answer: Response) -> Listing:
        kind = answer.headers.get("content-type", "")
        try:
            saved = page_saved.decoded(answer.body, answer.url, kind)
        except SourceError as exc:  # whose hint is for pages on disk
            hint = "Look at the address in a browser."
            raise SourceError(exc.message, where=exc.where, hint=hint) from exc
        if saved.is_guessed:
            self._guessed.append(answer.url)
        is_data = kind.lower().startswith(_DATA) or saved.text.lstrip().startswith(
            ("<?xml version", "<rss", "<feed")
        )
        if is_data and not page_saved.is_html(saved.text):
            hint = 'If it is a feed, use kind = "feed".'
            raise SourceError(
                f"this is no web page ({kind[:60] or 'XML'})", where=answer.url, hint=hint
            )
        return self._read(saved.text, answer.url, answer.url)

    # ------------------------------------------------------------ what was found

    def _batch(self, found: list[_Found], problems: list[Problem], state: dict[str, str]) -> Batch:
        problems += [Problem(where=where, message=GUESSED) for where in self._guessed]
        pairs: list[tuple[str, Listed]] = []
        for where, listing in found:
            problems += listing.problems
            pairs += [(where, self._tagged(post)) for post in listing.posts]
            if listing.is_cut:
                message = (
                    f"the page is too long; only its first {len(listing.posts):,} posts were read"
                )
                problems.append(Problem(where=where, message=message))
            if listing.skipped:
                message = f"{_count(listing.skipped)} behind a password, left out"
                problems.append(Problem(where=where, message=message))
            if gaps := _gaps(listing.posts):
                problems.append(Problem(where=where, message=gaps))
        items, old, told = mark_old(
            page_listing.items(pairs, problems), self._before, found[0].where
        )
        kept = {"settings": self._digest(), "posts": str(len(items)), OLD_KEY: old}
        return Batch(
            items=items,
            problems=(*problems, *told),
            skipped=sum(listing.skipped for _, listing in found),
            state={**state, **kept},
        )

    def _tagged(self, post: Listed) -> Listed:
        for tag in self._tags:
            post = add_term(post, "tag", Term(name=tag))
        return post


def _gaps(posts: Iterable[Listed]) -> str:
    """Return a sentence on the posts of a page that have no link or date; nothing if all have both.

    >>> _gaps([Listed(title="Moss", url="https://garden.example/moss")])
    '1 post without a date, dated by when it was first seen'
    """
    posts = list(posts)
    dateless = sum(1 for post in posts if post.published_at is None)
    linkless = sum(1 for post in posts if post.url is None)
    seen = f", dated by when {'it was' if dateless == 1 else 'they were'} first seen"
    if dateless == linkless and dateless:
        return f"{_count(dateless)} without link or date{seen}"
    parts = [f"{_count(linkless)} without a link"] if linkless else []
    parts += [f"{_count(dateless)} without a date{seen}"] if dateless else []
    return "; ".join(parts)


def _count(number: int) -> str:
    return f"{number:,} post{'' if number == 1 else 's'}"


def _said(error: DigestError) -> str:
    return f"{error.message}. {error.hint}".removesuffix(". ") if error.hint else error.message


def _checked_tags(settings: SourceSettings) -> tuple[str, ...]:
    value = settings.options.get("tag", ())
    words = (value,) if isinstance(value, str) else value
    if isinstance(words, list | tuple) and all(
        isinstance(word, str) and word.strip() for word in words
    ):
        return tuple(word.strip() for word in words)
    raise _wrong(settings, "tag", "a tag's name, or a list of names", '"…"')


def _checked_pages(settings: SourceSettings) -> int:
    value = settings.options.get("pages", 1)
    if isinstance(value, int) and not isinstance(value, bool) and 1 <= value <= MAX_PAGES:
        return value
    raise _wrong(settings, "pages", f"a whole number from 1 to {MAX_PAGES}", "3")


def _wrong(settings: SourceSettings, name: str, expected: str, as_in: str) -> ConfigError:
    return ConfigError(
        f'[[source]] "{settings.name}" {name}: expected {expected}',
        where=settings.where,
        hint=f"Write {name} = {as_in}.",
    )

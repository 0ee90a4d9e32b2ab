"""Posts from a feed: RSS, RDF, Atom or JSON Feed.

Here are the asking, the memory of it, and the fate of posts that lack something or do not belong;
reading the formats is done in `xml` and `json_feed`. A feed is a window: what it no longer
shows is not gone, so that it never says what is present.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

from digest.addresses import canonical, resolved
from digest.errors import ConfigError, SourceError
from digest.fetching import Fetcher, Response
from digest.machine.hashing import sha256
from digest.models import Problem, RawItem, replace
from digest.sources.base import EMPTY, LOCKED, Batch, SourceSettings, lacks, seam
from digest.sources.feed.json_feed import looks_like_json, parse_json_feed
from digest.sources.feed.text import read_text
from digest.sources.feed.xml import parse_xml_feed
from digest.sources.reading import OLD_KEY, is_web, mark_old, tags, zone_of

MAX_ITEMS = 1000
ACCEPT = (
    "application/atom+xml, application/rss+xml, application/feed+json, "
    "application/xml;q=0.9, */*;q=0.5"
)
OPTIONS = frozenset({"max_items"})

MAX_SILENT = 12
"""After so many answers of "not modified" the feed is read anyway.

Withdrawing a site's newest post moves its.
"""

_FEED_TYPES = frozenset({"application/rss+xml", "application/atom+xml", "application/feed+json"})
_PASSWORD_FORM = re.compile(
    r"""<(?:form|input)\b[^<>]{0,500}(?:post-password-form|name=["']post_password)""", re.IGNORECASE
)
_LONG_AGO = datetime(1, 1, 2, tzinfo=UTC)


class FeedSource:
    """Read one feed; at most `max_items` (1,000) of its posts, from the top."""

    def __init__(self, settings: SourceSettings, fetcher: Fetcher) -> None:
        """Check the settings; nothing is fetched yet.

        Raises:
            ConfigError: if there is no url, or an option or the time zone cannot be used.
        """
        if not settings.url:
            hint = 'Name the feed: url = "https://…/feed/".'
            raise ConfigError("no url", where=settings.where, hint=hint)
        self._settings = settings
        self._fetcher = fetcher
        self._zone = zone_of(settings)
        self._max_items = _max_items(settings)

    def collect(self, state: Mapping[str, str], *, full: bool = False) -> Batch:
        """Return the feed's posts; only their number, `unchanged`, if the site says so.

        Raises:
            SourceError: if the answer is no feed.
            FetchError: if the address cannot be fetched.
        """
        url = self._settings.url
        silent = _number(state.get(f"silent:{url}", ""))
        validator = "" if full or silent >= MAX_SILENT else state.get(f"validator:{url}", "")
        answer = self._fetcher.get(url, headers={"accept": ACCEPT}, validator=validator)
        if answer.not_modified:
            memory = {**state, f"silent:{url}": str(silent + 1)}
            return Batch(unchanged=_number(state.get(f"count:{url}", "")), state=memory)
        batch = read_feed(answer, self._zone, self._max_items)
        items, old, told = mark_old(batch.items, state, url)
        memory = {
            f"validator:{url}": answer.validator,
            f"count:{url}": str(len(batch.items)),
            OLD_KEY: old,
        }
        olds = {item.where for item in items if item.is_old}
        return replace(
            batch,
            items=items,
            problems=(*told, *(one for one in batch.problems if one.where not in olds)),
            state={name: value for name, value in memory.items() if value},
        )


def read_feed(answer: Response, zone: ZoneInfo, max_items: int = MAX_ITEMS) -> Batch:
    """Return the posts in an answer, each once, and what is wrong with them.

    The state is left empty.

    Raises:
        SourceError: if the answer is no feed.
    """
    items, problems = _parsed(answer, zone)
    if len(items) > max_items:
        message = f"the feed has {len(items)} posts; the first {max_items} are read"
        problems.append(Problem(where=answer.url, message=message))
    named: list[RawItem] = []
    skipped = 0
    for number, item in enumerate(items[:max_items], 1):
        where = f"{answer.url}: post {number}" if item.where == answer.url else item.where
        with seam(where, problems):
            if why := _why_left_out(item):
                problems.append(Problem(where=where, message=why))
                skipped += 1
            else:
                post = _named(item, answer.url, problems)
                problems += lacks(post)
                named.append(post)
    return Batch(items=tuple(_singled(named, problems)), problems=tuple(problems), skipped=skipped)


def _parsed(answer: Response, zone: ZoneInfo) -> tuple[list[RawItem], list[Problem]]:
    if not answer.body.strip():
        raise SourceError(
            "the answer is empty", where=answer.url, hint="Look at the address in a browser."
        )
    if looks_like_json(answer.body):
        faults: list[Problem] = []
        return parse_json_feed(answer.body, answer.url, zone, faults), faults
    found = read_text(answer.body, answer.headers.get("content-type", ""))
    if found.root not in ("rss", "feed", "rdf"):
        raise _no_feed(answer, found.text, found.root)
    problems: list[Problem] = []
    items, is_sound = parse_xml_feed(found.text, answer.url, zone, problems)
    messages = list(found.problems)
    if not is_sound and not messages:
        messages.append("the feed is not well-formed; its posts may lack something")
    problems += [Problem(where=answer.url, message=message) for message in messages]
    return items, problems


def _no_feed(answer: Response, text: str, root: str) -> SourceError:
    """Tell what the answer is instead, and the feed it names."""
    is_page = root == "html" or bool(
        re.search(r"(?i)<(?:html|head|body|title|meta)\b", text[:5000])
    )
    if not is_page:
        hint = "Give the address of an RSS, Atom or JSON feed."
        return SourceError("the answer is no feed", where=answer.url, hint=hint)
    feed = next(advertised_feeds(text, answer.url), None)
    hint = (
        f"It names this feed: {feed}"
        if feed
        else "Give the address of the site's feed; the page names none."
    )
    return SourceError("the answer is an HTML page, not a feed", where=answer.url, hint=hint)


def advertised_feeds(page: str, url: str) -> Iterator[str]:
    """Yield the complete addresses of the feeds an HTML page names, in its order."""
    for tag in tags(page):
        is_feed = (
            tag.get("type").strip().lower() in _FEED_TYPES
            and "alternate" in tag.get("rel").lower().split()
        )
        if tag.name == "link" and is_feed:
            full = resolved(tag.get("href"), url)
            if is_web(full):
                yield full


def _why_left_out(item: RawItem) -> str:
    """Return why an entry is no post for a newsletter; nothing if it is one."""
    text = item.body or item.summary
    if not item.title and not text:
        return EMPTY
    is_protected = item.title.startswith("Protected: ") and "this is a protected post" in text
    return LOCKED if is_protected or _PASSWORD_FORM.search(text) else ""


def _named(item: RawItem, feed_url: str, problems: list[Problem]) -> RawItem:
    """Return the post with an identity.

    One without guid and link is known by its title and date.
    """
    if item.identity:
        return item
    facts = f"{item.title}\n{item.published_at or ''}\n{'' if item.title else item.body}"
    digest = sha256(facts.encode("utf-8", "replace"))[:20]
    where = f'{feed_url}: "{item.title[:60]}"'
    message = "has neither guid nor link; a changed title or date will make it another post"
    problems.append(Problem(where=where, message=message))
    return replace(item, identity=f"sha256:{digest}", where=where)


def _told_apart(items: list[RawItem], problems: list[Problem]) -> Iterator[RawItem]:
    """Yield the posts, those that share a guid and lead to different pages by their addresses."""
    pages: dict[str, set[str]] = {}
    for item in items:
        pages.setdefault(item.identity, set()).add(canonical(item.url or ""))
    for item in items:
        if len(pages[item.identity]) > 1 and item.url:
            message = f'shares its guid "{item.identity}" with others, so its address names it'
            problems.append(Problem(where=item.where, message=message))
            item = replace(item, identity=item.url)
        yield item


def _singled(items: list[RawItem], problems: list[Problem]) -> Iterable[RawItem]:
    """Return each identity once, in the feed's order.

    The post that was changed last, else the first.
    """
    kept: dict[str, RawItem] = {}
    for item in _told_apart(items, problems):
        other = kept.setdefault(item.identity, item)
        if other is item:
            continue
        message = f'stands twice in the feed; the newest counts ("{item.identity}")'
        problems.append(Problem(where=item.where, message=message))
        if _dated(item) > _dated(other):
            kept[item.identity] = item
    return kept.values()


def _dated(item: RawItem) -> datetime:
    return max(item.updated_at or _LONG_AGO, item.published_at or _LONG_AGO)


def _number(text: str) -> int:
    return int(text) if re.fullmatch(r"[0-9]{1,9}", text) else 0


def _max_items(settings: SourceSettings) -> int:
    for option in settings.options:
        if option not in OPTIONS:
            hint = f"It takes {', '.join(sorted(OPTIONS))}."
            raise ConfigError(f'a feed has no key "{option}"', where=settings.where, hint=hint)
    value = settings.options.get("max_items", MAX_ITEMS)
    if not isinstance(value, int) or isinstance(value, bool) or value < 1:
        hint = "Write a whole number from 1."
        raise ConfigError(f"unusable max_items: {value!r}", where=settings.where, hint=hint)
    return value

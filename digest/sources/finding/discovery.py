"""Finds out what an address is: a WordPress site, a feed, or a page that names one.

It serves the first set-up of a project and reads no posts. What a feed holds beyond its title and
language is left to the source that will read it.
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterator
from itertools import islice
from operator import itemgetter
from urllib.parse import urljoin, urlsplit

from digest.addresses import resolved
from digest.errors import DigestError, FetchError, HttpStatusError, SourceError
from digest.fetching import Fetcher, Response
from digest.models import decode, replace
from digest.sources import registry
from digest.sources.base import SourceSettings
from digest.sources.finding.discovered import Discovered, sample
from digest.sources.reading import Tag, is_web, tags
from digest.sources.wordpress import MAX_HEAD, Api, announced_root, api_of, heading

FEED_TYPES = (
    "application/rss+xml",
    "application/atom+xml",
    "application/rdf+xml",
    "application/feed+json",
)
LOOSE_TYPES = ("application/json", "application/xml", "text/xml")
COMMON_PATHS = (
    "feed/",
    "feed.xml",
    "rss.xml",
    "atom.xml",
    "index.xml",
    "rss",
    "rss/",
    "feed.json",
    "?feed=rss2",
)

_PROLOGUE = re.compile(
    r"\A\s*(?:<\?.*?\?>\s*|<!--.*?-->\s*|<!DOCTYPE[^>]*>\s*)*", re.DOTALL | re.IGNORECASE
)
_ROOT = re.compile(r"<(?:rss|feed|(?:\w{1,20}:)?RDF)\b([^>]*)", re.IGNORECASE)
_POSTS = re.compile(r"<(?:item|entry)\b", re.IGNORECASE)
_PICTURE = re.compile(
    r"<image\b[^<>]*>(?:(?!</?image\b).){0,5000}</image\s*>", re.IGNORECASE | re.DOTALL
)
_LINK_TEXT = re.compile(r"\s*(?:<!\[CDATA\[)?([^<\]]{1,2000})")
_TITLE = re.compile(r"<title\b[^<>]*>", re.IGNORECASE)
_LANGUAGE = re.compile(r"<(?:dc:)?language>\s*([^<\s]+)", re.IGNORECASE)
_XML_LANG = re.compile(r"""\bxml:lang\s*=\s*["']([^"']+)""")
_TAG = re.compile(r"[A-Za-z]{2,3}(?:-[A-Za-z0-9]{2,8})*")

# the end of a link's path that a page gives to its readers as "RSS"
_FEED_LINK = re.compile(
    r"(?:^|/)(?:feed|rss2?|atom|index)\.(?:xml|rss|atom|rdf|json)$|\.(?:rss|atom|rdf)$"
    r"|/(?:feed|rss2?|atom)/?$"
    # "atom-feed.xml", "feeds/posts.xml", "feeds/all", and what a query asks for
    r"|(?:^|[/_.-])(?:feeds?|rss2?|atom)(?:[/_.-][^/?]*)*\.(?:xml|json|rdf)$|/feeds/[^/?]+/?$"
    r"|[?&](?:feed|format|type|alt)=(?:rss2?|atom|feed|json)\b",
    re.IGNORECASE,
)
_MOST_NAMED = 10
# How many posts of a WordPress site are looked at; a feed and a page are read whole.
_GLANCE = 20

_LEAST_LISTED = 2

_BETTER = (
    'The site is WordPress: kind = "wordpress" with its address brings series '
    "and sizes of images too."
)


def discover(url: str, fetcher: Fetcher) -> Discovered:
    """Return the best source at an address.

    That is a feed if it is one itself, the site's API, else the site's feed, else the page as a
    listing.

    Raises:
        SourceError: if there is neither API nor feed; the message says where was looked.
        FetchError: if the address cannot be fetched.
    """
    page = _opened(url, fetcher)
    return _source(page, fetcher)


def glance(found: Discovered, fetcher: Fetcher) -> Discovered:
    """Return a source with a glance at its newest posts; one that fails now may be read later."""
    if found.sample.posts:
        return found
    options = {"per_page": _GLANCE, "max_posts": _GLANCE} if found.kind == "wordpress" else {}
    settings = SourceSettings(name="blog", kind=found.kind, url=found.url, options=options)
    try:
        return replace(found, sample=sample(registry.create(settings, fetcher).collect({})))
    except DigestError:
        return found


def _source(page: Response, fetcher: Fetcher) -> Discovered:
    if feed := _feed(page):
        feed = replace(feed, home=feed.home or urljoin(page.url, "/"))
        return replace(feed, hint=_BETTER) if announced_root(page) else feed
    language = _page_language(page)
    hint = ""
    try:
        return _wordpress(api_of(page, fetcher), page, language)
    except (SourceError, HttpStatusError) as exc:
        if announced_root(page):
            hint = f"The site is WordPress, but its API cannot be used: {exc.message}."
    tried: list[str] = []
    for address in dict.fromkeys([*_named_feeds(page), *_common_feeds(page.url)]):
        if feed := _feed_at(address, fetcher):
            return Discovered(
                kind="feed",
                url=feed.url,
                home=feed.home or page.url,
                name=feed.name or _page_title(page),
                language=feed.language or language,
                hint=hint,
            )
        tried.append(address)
    if listing := _listing(page, language, fetcher):
        return listing
    raise SourceError(
        f"neither a WordPress API nor a feed nor a list of posts was found there (tried "
        f"{', '.join(tried)})",
        where=page.url,
        hint="Give the address of the feed itself, or a folder of Markdown files.",
    )


def _listing(page: Response, language: str, fetcher: Fetcher) -> Discovered | None:
    """Return the page as a listing of posts, None if it shows fewer than two."""
    settings = SourceSettings(name="blog", kind="page", url=page.url)
    try:
        found = sample(registry.create(settings, fetcher).collect({}))
    except DigestError:
        return None
    if found.posts < _LEAST_LISTED:
        return None
    name = _page_title(page)
    return Discovered(
        kind="page", url=page.url, home=page.url, name=name, language=language, sample=found
    )


def _opened(url: str, fetcher: Fetcher) -> Response:
    """Return a page; an address without a scheme is tried as https, then as http."""
    url = url.strip()
    if "://" in url:
        return fetcher.get(url)
    try:
        return fetcher.get(f"https://{url}")
    except HttpStatusError:
        raise
    except FetchError as exc:
        try:
            return fetcher.get(f"http://{url}")
        except FetchError:
            raise exc from None


# ---------------------------------------------------------------- WordPress


def _wordpress(api: Api, page: Response, language: str) -> Discovered:
    about = api.about()
    home = str(about.get("home") or about.get("url") or "")
    zone, hint = _zone(about)
    return Discovered(
        kind="wordpress",
        # behind a proxy a site may not know its own address
        url=home if urlsplit(home).netloc == urlsplit(api.root).netloc else page.url,
        home=_home(home, api.place()) or page.url,
        name=heading(str(about.get("name") or "")) or _page_title(page),
        language=language,
        timezone=zone,
        hint=hint,
    )


def _zone(about: dict[str, object]) -> tuple[str, str]:
    """Return the site's time zone and, where it knows but an offset, a sentence about that."""
    if name := str(about.get("timezone_string") or ""):
        return name, ""
    try:
        offset = float(str(about.get("gmt_offset") or 0))
    except ValueError:
        return "", ""
    if offset == 0:
        return "UTC", ""
    hint = f"The site knows only its offset of {offset:+g} hours: "
    hint += "name your city's zone, for summer time."
    whole = offset.is_integer() and -12 <= offset <= 14
    return (f"Etc/GMT{-offset:+.0f}" if whole else ""), hint


# ---------------------------------------------------------------- feeds


def _feed(answer: Response) -> Discovered | None:
    """Return what an answer says of itself if it is a feed."""
    text = answer.text().lstrip("\ufeff")
    if text.lstrip().startswith("{"):
        return _json_feed(answer)
    start = _PROLOGUE.match(text)
    root = _ROOT.match(text, start.end() if start else 0)
    if not root:
        return None
    first = _POSTS.search(text, root.end())
    head = _PICTURE.sub("", text[root.end() : first.start() if first else len(text)])
    language = _LANGUAGE.search(head) or _XML_LANG.search(root[1])
    return Discovered(
        kind="feed",
        url=answer.url,
        home=_channel_home(head, answer.url),
        name=_unwrapped(_title(head)),
        language=_language(language[1] if language else ""),
    )


def _json_feed(answer: Response) -> Discovered | None:
    try:
        said = decode(answer.body.removeprefix(b"\xef\xbb\xbf"), dict[str, object])
    except (ValueError, RecursionError):
        return None
    if "jsonfeed.org/version" not in str(said.get("version", "")):
        return None
    name, language = (
        " ".join(str(said.get("title", "")).split()),
        _language(str(said.get("language", ""))),
    )
    home = _home(str(said.get("home_page_url") or ""), answer.url)
    return Discovered(kind="feed", url=answer.url, home=home, name=name, language=language)


def _unwrapped(title: str) -> str:
    """Return a feed's title as text: XML is undone first, then any HTML in it."""
    literal = re.fullmatch(r"\s*<!\[CDATA\[(.*?)\]\]>\s*", title, re.DOTALL)
    return heading(literal[1] if literal else html.unescape(title))


def _feed_at(address: str, fetcher: Fetcher) -> Discovered | None:
    try:
        return _feed(fetcher.get(address))
    except FetchError:
        return None


def _named_feeds(page: Response) -> Iterator[str]:
    """Yield the feeds a page names, those of posts before those of comments, sure types first.

    A link within the page's words that looks like a feed's comes after all that its head names.
    """
    found: list[tuple[bool, int, str]] = []
    for tag in tags(page.text()[:MAX_HEAD]):
        sureness = _sureness(tag)
        if sureness is not None:
            of_comments = "comments" in f"{tag.get('title')} {tag.get('href')}".lower()
            found.append((of_comments, sureness, resolved(tag.get("href"), page.url)))
    ordered = dict.fromkeys(address for _, _, address in sorted(found, key=itemgetter(0, 1)))
    yield from islice(filter(is_web, ordered), _MOST_NAMED)


def _sureness(tag: Tag) -> int | None:
    """Return how likely a tag names a feed, 0 for surely; None if it does not."""
    if tag.name == "a" and not tag.is_end:
        return 2 if _FEED_LINK.search(tag.get("href").partition("#")[0]) else None
    if tag.name != "link" or "alternate" not in tag.get("rel").lower().split():
        return None
    kind = tag.get("type").partition(";")[0].strip().lower()
    if kind in FEED_TYPES:
        return 0
    return 1 if kind in LOOSE_TYPES else None


def _common_feeds(url: str) -> Iterator[str]:
    folder, top = urljoin(url, "."), urljoin(url, "/")
    for base in dict.fromkeys((folder, top)):
        yield from (base + path for path in COMMON_PATHS)


def _channel_home(head: str, base: str) -> str:
    """Return the site that the head of an RSS, RDF or Atom feed names; empty if it names none."""
    for tag in tags(head):
        if tag.name != "link" or tag.is_end or tag.get("rel") not in ("", "alternate"):
            continue
        text = _LINK_TEXT.match(head, tag.end)
        if home := _home(tag.get("href") or html.unescape(text[1] if text else ""), base):
            return home
    return ""


def _home(written: str, base: str) -> str:
    """Return an address in full; empty if there is none or it is not of the web."""
    full = resolved(written, base)
    return full if is_web(full) else ""


# ---------------------------------------------------------------- pages


def _page_language(page: Response) -> str:
    first = next((tag for tag in tags(page.text()[:MAX_HEAD]) if tag.name == "html"), None)
    return _language(first.get("lang") or first.get("xml:lang")) if first else ""


def _page_title(page: Response) -> str:
    return heading(_title(page.text()[:MAX_HEAD]))


def _title(text: str) -> str:
    """Return what stands between the first title tags.

    A pattern for both would scan the text too often.
    """
    start = _TITLE.search(text)
    end = text.find("</title", start.end()) if start else -1
    return text[start.end() : end] if start and end >= 0 else ""


def _language(said: str) -> str:
    tag = said.strip().replace("_", "-")
    return tag if _TAG.fullmatch(tag) else ""

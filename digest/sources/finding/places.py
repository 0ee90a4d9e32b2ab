"""Names the places where the feed of a page may lie, the surest first, and asks none of them.

A page names feeds in its answer's headers, its head and its words; leads on to another page, or to
that of a blog; and where it says nothing, feeds lie where the common generators put them.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import islice
from operator import itemgetter
from urllib.parse import urljoin, urlsplit

from digest.addresses import place_of, resolved
from digest.fetching import Response
from digest.sources.reading import Tag, is_web, plain, tags
from digest.sources.wordpress import MAX_HEAD

_FEED_TYPES = frozenset(
    ("application/rss+xml", "application/atom+xml", "application/rdf+xml", "application/feed+json")
)
_LOOSE_TYPES = frozenset(("application/json", "application/xml", "text/xml"))
# beside any page
_COMMON_PATHS = (
    "feed/", "feed.xml", "rss.xml", "atom.xml", "index.xml", "rss", "rss/", "feed.json",
    "?feed=rss2",
)  # fmt: skip
# at the top of a site: Docusaurus and Next, Hugo's sections, Pelican, MkDocs, Wix, Blogger, Jekyll
_TOP_PATHS = (
    "blog/rss.xml", "blog/feed.xml", "blog/atom.xml", "blog/index.xml", "blog/feed/",
    "posts/index.xml", "post/index.xml", "feeds/all.atom.xml", "feeds/all.rss.xml",
    "feed_rss_created.xml", "blog-feed.xml", "feeds/posts/default", "feed.rss", "feed.atom",
    "rss2.xml", "feed/feed.xml",
)  # fmt: skip

# the end of a link's path that a page gives to its readers as "RSS"
_FEED_LINK = re.compile(
    r"(?:^|/)(?:feed|rss2?|atom|index)\.(?:xml|rss|atom|rdf|json)$|\.(?:rss|atom|rdf)$"
    r"|/(?:feed|rss2?|atom)/?$"
    # "atom-feed.xml", "feeds/posts.xml", "feeds/all", and what a query asks for
    r"|(?:^|[/_.-])(?:feeds?|rss2?|atom)(?:[/_.-][^/?]*)*\.(?:xml|json|rdf)$|/feeds/[^/?]+/?$"
    r"|[?&](?:feed|format|type|alt)=(?:rss2?|atom|feed|json)\b",
    re.IGNORECASE,
)
# what stands on a link that leads to a feed, whatever its address
_FEED_WORDS = re.compile(r"\b(?:rss|atom|feed)\b", re.IGNORECASE)
_MOST_WORDS = 60  # characters of a link that is a button, and no sentence about feeds
_FAR_END = 400  # characters in which such a link ends
_HEADER_LINK = re.compile(r"<([^<>]{1,2000})>((?:\s*;[^,;]{0,300}){1,6})")
_MOST_NAMED = 10

# what a site calls the page of its posts: in its navigation, or in that page's address
_BLOG_WORDS = re.compile(
    r"(?:(?:our|the|my|all|latest|recent) )?(?:blogs?|weblog|news|newsroom|articles?|posts|journal"
    r"|writings?|stories|notes|essays|updates|magazine|aktuelles|neuigkeiten|nachrichten|artikel"
    r"|beiträge|actualités|nouvelles|noticias|artículos|notizie|articoli|notícias|nieuws|nyheter"
    r"|nyheder|aktualności|uutiset|novinky|новости|блог|ブログ|博客)",
    re.IGNORECASE,
)
_BLOG_HOST = re.compile(r"(?:blog|news)\.", re.IGNORECASE)
_MOST_BLOGS = 3

_REFRESH = re.compile(r"\s*[\d.]*\s*[;,]?\s*url\s*=\s*[\"']?([^\"']{1,2000})", re.IGNORECASE)


def named_feeds(page: Response) -> Iterator[str]:
    """Yield the feeds a page names, those of posts before those of comments, sure ones first.

    A link within the page's words that looks like a feed's comes after all that its head names.
    """
    text = page.text()[:MAX_HEAD]
    base = _base(text, page.url)
    found: list[tuple[bool, int, str]] = [
        (False, 0, resolved(link, base)) for link in _header_feeds(page.headers.get("link", ""))
    ]
    for tag in tags(text):
        sureness = _sureness(tag, text)
        if sureness is not None:
            of_comments = "comments" in f"{tag.get('title')} {tag.get('href')}".lower()
            found.append((of_comments, sureness, resolved(tag.get("href"), base)))
    ordered = dict.fromkeys(address for _, _, address in sorted(found, key=itemgetter(0, 1)))
    yield from islice(filter(is_web, ordered), _MOST_NAMED)


def _header_feeds(header: str) -> Iterator[str]:
    """Yield what an answer's header Link names as a feed. Source: RFC 8288."""
    for link, said in _HEADER_LINK.findall(header[:8192]):
        if "alternate" in said.lower() and any(kind in said.lower() for kind in _FEED_TYPES):
            yield link


def _sureness(tag: Tag, text: str) -> int | None:
    """Return how likely a tag names a feed, 0 for surely; None if it does not."""
    if tag.is_end or not tag.get("href"):
        return None
    kind = tag.get("type").partition(";")[0].strip().lower()
    looks_so = bool(_FEED_LINK.search(tag.get("href").partition("#")[0]))
    if tag.name == "a":
        if kind in _FEED_TYPES or looks_so:
            return 2
        return 3 if _FEED_WORDS.search(_words(tag, text)) else None
    return _related(tag, kind, looks_so) if tag.name == "link" else None


def _related(link: Tag, kind: str, looks_so: bool) -> int | None:
    relations = link.get("rel").lower().split()
    if "feed" in relations or ("alternate" in relations and kind in _FEED_TYPES):
        return 0
    is_likely = kind in _LOOSE_TYPES or (looks_so and not kind)
    return 1 if is_likely and "alternate" in relations else None


def _words(link: Tag, text: str) -> str:
    """Return what a link says to readers; nothing of one that says a lot."""
    end = text.find("</a", link.end, link.end + _FAR_END)
    said = plain(text[link.end : max(end, link.end)])
    told = said or link.get("aria-label") or link.get("title")
    return told if len(told) <= _MOST_WORDS else ""


def blog_pages(page: Response) -> Iterator[str]:
    """Yield the pages of the same site that a page calls its blog, its news or the like."""
    text = page.text()[:MAX_HEAD]
    base = _base(text, page.url)
    here = place_of(page.url)
    found: dict[str, None] = {}
    for tag in tags(text):
        if tag.name != "a" or tag.is_end:
            continue
        address = resolved(tag.get("href"), base).partition("#")[0]
        if not is_web(address) or address.rstrip("/") == page.url.rstrip("/"):
            continue
        there = place_of(address)
        is_own = there == here and (
            _BLOG_WORDS.fullmatch(urlsplit(address).path.strip("/").rpartition("/")[2])
            or _BLOG_WORDS.fullmatch(_words(tag, text))
        )
        # a site of its own beside the site: "blog.garden.example" of "www.garden.example"
        is_beside = _BLOG_HOST.match(there) and there.partition(".")[2] in here
        if is_own or is_beside:
            found[address] = None
    yield from islice(found, _MOST_BLOGS)


def leads_to(page: Response) -> str:
    """Return where a page that is nothing but a way to another leads; else nothing."""
    text = page.text()[:MAX_HEAD]
    for tag in tags(text):
        if tag.name == "meta" and tag.get("http-equiv").lower() == "refresh":
            found = _REFRESH.match(tag.get("content"))
            address = resolved(found[1], page.url) if found else ""
            return address if is_web(address) and address != page.url else ""
    return ""


def usual_feeds(url: str) -> Iterator[str]:
    """Yield where feeds usually lie: beside a page, then at the top of its site."""
    folder, top = urljoin(url, "."), urljoin(url, "/")
    for base in dict.fromkeys((folder, top)):
        yield from (base + path for path in _COMMON_PATHS)
    yield from (top + path for path in _TOP_PATHS)


def _base(text: str, url: str) -> str:
    """Return what a page's relative addresses are seen from."""
    href = next((tag.get("href") for tag in tags(text) if tag.name == "base"), "")
    return resolved(href, url) or url

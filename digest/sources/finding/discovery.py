"""Finds out what an address is: a WordPress site, a feed, or a page that names one.

It serves the first set-up of a project and reads no posts. What a feed holds beyond its title and
language is left to the source that will read it.
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterable
from urllib.parse import urljoin, urlsplit

from digest.addresses import place_of, resolved
from digest.editing.body import without_tracking
from digest.errors import DigestError, FetchError, HttpStatusError, SourceError
from digest.fetching import Fetcher, Response
from digest.models import replace
from digest.sources import registry
from digest.sources.base import SourceSettings
from digest.sources.finding.discovered import Discovered, sample
from digest.sources.finding.places import blog_pages, leads_to, named_feeds, usual_feeds
from digest.sources.reading import feed_begins, is_web, json_among, tags
from digest.sources.wordpress import MAX_HEAD, Api, announced_root, api_of, heading

_PROLOGUE = re.compile(
    r"\A\s*(?:<\?.*?\?>\s*|<!--.*?-->\s*|<!DOCTYPE[^>]*>\s*)*", re.DOTALL | re.IGNORECASE
)
_ROOT = re.compile(r"<(?:rss|feed|(?:\w{1,20}:)?RDF)\b([^>]*)", re.IGNORECASE)
_POSTS = re.compile(r"<(?:item|entry)\b", re.IGNORECASE)
_JSON_VERSION = "jsonfeed.org/version"
_FAR = 70_000  # characters of a page in which a JSON Feed says what it is
_ANY_POST = re.compile(r"<(?:item|entry)\b|[\"']items[\"']\s*:\s*\[\s*\{", re.IGNORECASE)
_PICTURE = re.compile(
    r"<image\b[^<>]*>(?:(?!</?image\b).){0,5000}</image\s*>", re.IGNORECASE | re.DOTALL
)
_LINK_TEXT = re.compile(r"\s*(?:<!\[CDATA\[)?([^<\]]{1,2000})")
_TITLE = re.compile(r"<title\b[^<>]*>", re.IGNORECASE)
_LANGUAGE = re.compile(r"<(?:dc:)?language>\s*([^<\s]+)", re.IGNORECASE)
_XML_LANG = re.compile(r"""\bxml:lang\s*=\s*["']([^"']+)""")
_TAG = re.compile(r"[A-Za-z]{2,3}(?:-[A-Za-z0-9]{2,8})*")

# How many posts of a WordPress site are looked at; a feed and a page are read whole.
_GLANCE = 20

_LEAST_LISTED = 2
_TRIED_SHOWN = 9
_FAILED_SHOWN = 2

# "feed://garden.example/feed/" and "feed:https://garden.example/feed/", as browsers once wrote it
_FEED_SCHEME = re.compile(r"feed:(?://)?(?=\S)", re.IGNORECASE)

# what can be done about the answers of a site that keeps programs, or strangers, out
_KEPT_OUT = (
    "It may let in browsers only: open it in one, save the page of your posts and give that file, "
    "or give the address of the feed itself."
)
_REFUSALS = {
    401: "Write a WordPress into digest.toml by hand, with user_env and key_env, or give an export "
    "of it.",
    403: _KEPT_OUT,
    429: _KEPT_OUT,
    503: _KEPT_OUT,
}

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
    found = _source(_opened(url, fetcher), fetcher)
    if url.isascii():
        return found
    # a name in letters is shown as it was typed, not as DNS has it
    whole = url if "://" in url else f"https://{url}"
    place = place_of(whole)
    shown = {
        each: address.replace(place, urlsplit(whole).netloc, 1)
        for each in ("url", "home")
        if place_of(address := getattr(found, each)) == place
    }
    return replace(found, **shown)


def glance(found: Discovered, fetcher: Fetcher) -> Discovered:
    """Return a source with a glance at its newest posts; one that fails now may be read later."""
    if found.sample.posts:
        return found
    options = {"per_page": _GLANCE, "max_posts": _GLANCE} if found.kind == "wordpress" else {}
    settings = SourceSettings(name="blog", kind=found.kind, url=found.url, options=options)
    try:
        seen = sample(registry.create(settings, fetcher).collect({}))
    except DigestError:
        return found
    # that the rest was not looked at is our own doing, and nothing to be mended
    passed = tuple(said for said in seen.passed if "max_posts" not in said)
    return replace(found, sample=replace(seen, passed=passed))


def _source(page: Response, fetcher: Fetcher, *, is_led_to: bool = False) -> Discovered:
    if feed := as_feed(page):
        feed = replace(feed, home=feed.home or urljoin(page.url, "/"))
        return replace(feed, hint=_BETTER) if announced_root(page) else feed
    hint = ""
    try:
        return _wordpress(api_of(page, fetcher), page, _page_language(page))
    except (SourceError, FetchError) as exc:
        if announced_root(page):
            told = f"The site is WordPress, but its API cannot be used: {exc.message}."
            hint = f"{told} {exc.hint}".rstrip()
    looked = _Looked(fetcher)
    if feed := looked.feed_of(page, named_feeds(page)):
        return replace(feed, hint=hint)
    if not is_led_to and (target := looked.opened(leads_to(page))):
        return _source(target, fetcher, is_led_to=True)
    return replace(_below(page, looked), hint=hint)


def _below(page: Response, looked: _Looked) -> Discovered:
    """Return the feed of a site whose page names none, else the posts that stand on a page of it.

    Raises:
        SourceError: if there is neither.
    """
    blogs = [blog for address in blog_pages(page) if (blog := looked.opened(address))]
    ways = [(blog, named_feeds(blog)) for blog in blogs] + [(page, usual_feeds(page.url))]
    for place, addresses in ways:
        if feed := looked.feed_of(place, addresses):
            return feed
    for listed in (page, *blogs):
        if listing := _listing(listed, looked.fetcher):
            return listing
    raise looked.nothing(page.url)


class _Looked:
    """Ask places for a feed, and remember where was looked and what refused to be."""

    def __init__(self, fetcher: Fetcher) -> None:
        self.fetcher = fetcher
        self._tried: dict[str, str] = {}  # a place, and why it could not be fetched

    def feed_of(self, page: Response, addresses: Iterable[str]) -> Discovered | None:
        """Return the first feed among the addresses that holds posts, else the first there is."""
        empty: Discovered | None = None
        for address in addresses:
            if address in self._tried or not (answer := self.opened(address)):
                continue
            if not (feed := as_feed(answer)):
                continue
            found = replace(
                feed,
                home=feed.home or page.url,
                name=feed.name or _page_title(page),
                language=feed.language or _page_language(page),
            )
            if _holds_posts(answer):
                return found
            empty = empty or found
        return empty

    def opened(self, address: str) -> Response | None:
        """Return what answers at an address; nothing if none is given, or none answers."""
        if not address:
            return None
        self._tried[address] = ""
        try:
            return self.fetcher.get(address)
        except FetchError as exc:
            is_missing = isinstance(exc, HttpStatusError) and exc.status in (404, 410)
            self._tried[address] = "" if is_missing else exc.message
            return None

    def nothing(self, url: str) -> SourceError:
        """Return the error of a site on which nothing was found."""
        tried = list(self._tried)
        more = f" and {len(tried) - _TRIED_SHOWN} more" if len(tried) > _TRIED_SHOWN else ""
        refusals = [f"{place}: {why}" for place, why in self._tried.items() if why]
        failed = f"; {'; '.join(refusals[:_FAILED_SHOWN])}" if refusals else ""
        return SourceError(
            f"neither a WordPress API nor a feed nor a list of posts was found there (tried "
            f"{', '.join(tried[:_TRIED_SHOWN])}{more}{failed})",
            where=url,
            hint="Give the address of the feed itself, or a folder of Markdown files.",
        )


def _listing(page: Response, fetcher: Fetcher) -> Discovered | None:
    """Return the page as a listing of posts, None if it shows fewer than two."""
    settings = SourceSettings(name="blog", kind="page", url=page.url)
    try:
        found = sample(registry.create(settings, fetcher).collect({}))
    except DigestError:
        return None
    if found.posts < _LEAST_LISTED:
        return None
    return Discovered(
        kind="page",
        url=page.url,
        home=page.url,
        name=_page_title(page),
        language=_page_language(page),
        sample=found,
    )


def _opened(url: str, fetcher: Fetcher) -> Response:
    """Return a page; an address without a scheme is tried as https, then as http."""
    if "://" in url:
        return _asked(url, fetcher)
    try:
        return _asked(f"https://{url}", fetcher)
    except HttpStatusError:
        raise
    except FetchError as exc:
        try:
            return _asked(f"http://{url}", fetcher)
        except FetchError:
            # It may have been meant as a path, and is written wrongly.
            exc.hint = f"{exc.hint} Nor is there a folder or file {url} here.".lstrip()
            raise exc from None


def _asked(url: str, fetcher: Fetcher) -> Response:
    """Return the answer of the place that was given; a refusal says what can be done about it."""
    try:
        return fetcher.get(url)
    except HttpStatusError as exc:
        exc.hint = exc.hint or _REFUSALS.get(exc.status, "")
        raise


def typed(place: str) -> str:
    """Return an address as it is fetched of one that was copied.

    Without brackets, "feed:", and what only tells where it was copied from.

    >>> typed("<https://garden.example/?utm_source=mail>"), typed("feed://garden.example/feed/")
    ('https://garden.example/', 'garden.example/feed/')
    """
    place = place.strip().strip("<>\"'“”‘’").strip()
    return without_tracking(_FEED_SCHEME.sub("", place))


# ---------------------------------------------------------------- WordPress


def _wordpress(api: Api, page: Response, language: str) -> Discovered:
    about = api.about()
    home = str(about.get("home") or about.get("url") or "")
    zone, hint = _zone(about)
    return Discovered(
        kind="wordpress",
        # behind a proxy a site may not know its own address
        url=home if place_of(home) == place_of(api.root) else page.url,
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


def as_feed(answer: Response) -> Discovered | None:
    """Return what an answer says of itself if it is a feed."""
    text = answer.text().lstrip("\ufeff")
    if text.lstrip().startswith("{") or _JSON_VERSION in text[:_FAR]:
        return _json_feed(answer)
    root = _root(text)
    if not root and (begins := feed_begins(text)) > 0:  # a notice of the server stands before it
        text = text[begins:]
        root = _root(text)
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


def _root(text: str) -> re.Match[str] | None:
    start = _PROLOGUE.match(text)
    return _ROOT.match(text, start.end() if start else 0)


def _holds_posts(answer: Response) -> bool:
    return bool(_ANY_POST.search(answer.text()))


def _json_feed(answer: Response) -> Discovered | None:
    try:
        said, _ = json_among(answer.body.removeprefix(b"\xef\xbb\xbf"))
    except (ValueError, RecursionError):
        return None
    if not isinstance(said, dict) or _JSON_VERSION not in str(said.get("version", "")):
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

"""A site that answers as WordPress does, its oddities included, on a real socket.

Every oddity was measured on WordPress 6.1: what it embeds for what was deleted, where it stops, how
it refuses. A test fills it, changes it between two collects, and reads in `asked` what was asked of
it.
"""

from __future__ import annotations

import html
import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime, parsedate_to_datetime
from typing import Any, Literal
from urllib.parse import quote, urlencode

from pytest_httpserver import HTTPServer
from werkzeug import Request, Response

EMBEDDED_TERMS = 10
API_REL = "https://api.w.org/"
RSS = "application/rss+xml"
START = datetime(2024, 3, 4, 9, 0, tzinfo=UTC)
ENDED = "The page number requested is larger than the number of pages available."


@dataclass
class SitePost:
    """One post of the site; times are UTC, `title` and `body` are as WordPress shows them (HTML)."""

    id: int
    title: str
    body: str = "<p>Water in the morning, look in the evening.</p>"
    excerpt: str = ""
    published_at: datetime = START
    modified_at: datetime | None = None
    author: int = 1
    tags: tuple[str, ...] = ()
    categories: tuple[str, ...] = ("Growing",)
    series: tuple[str, ...] = ()
    meta: Any = None
    image: dict[str, Any] | None = None
    deleted_image: bool = False
    password: str = ""
    extra: dict[str, Any] = field(default_factory=dict)

    @property
    def slug(self) -> str:
        return re.sub(r"[^a-z0-9]+", "-", self.title.lower()).strip("-") or f"post-{self.id}"


class WordPressSite:
    """Serve a blog: REST API, home page, posts' pages and RSS feed.

    permalinks: "plain" leaves only `?rest_route=` and `?feed=rss2`; `/wp-json/` and `/feed/` are
    pages then. announced: how the home page names its API: "header", "link" or "" for not at all.
    series: the rest_base and name of a series taxonomy; None for none. intercept: may answer a
    request in the site's place.
    """

    def __init__(
        self,
        server: HTTPServer,
        *,
        permalinks: Literal["pretty", "plain"] = "pretty",
        announced: Literal["header", "link", ""] = "header",
        series: tuple[str, str] | None = ("series", "Series"),
        hours_ahead: int = 1,
    ) -> None:
        self.posts: dict[int, SitePost] = {}
        self.authors = {1: "Society of Bench Gardeners"}
        self.name = "The Potting Bench &amp; Friends"
        self.language = "en-GB"
        self.timezone = "Europe/Copenhagen"
        self.closed: int | None = None
        self.asked: list[tuple[str, dict[str, str]]] = []
        self.intercept: Callable[[Request], Response | None] = lambda _: None
        self._terms: dict[tuple[str, str], int] = {}
        self._permalinks = permalinks
        self._announced = announced
        self._series = series
        self._ahead = timedelta(hours=hours_ahead)
        self.url = server.url_for("/").rstrip("/")
        server.expect_request(re.compile(".*")).respond_with_handler(self._answer)

    def add(self, title: str, **values: Any) -> SitePost:
        """Publish a post with the next id, a day after the one before."""
        number = max(self.posts, default=100) + 1
        values.setdefault("published_at", START + timedelta(days=len(self.posts)))
        post = self.posts[number] = SitePost(id=number, title=title, **values)
        return post

    def edit(self, post_id: int, at: datetime, **changes: Any) -> None:
        """Change a post, as its editor does."""
        post = self.posts[post_id]
        post.modified_at = at
        for name, value in changes.items():
            setattr(post, name, value)

    def withdraw(self, post_id: int) -> None:
        """Take a post back: it leaves no trace in the API."""
        del self.posts[post_id]

    def link(self, post: SitePost) -> str:
        """Return a post's address."""
        return (
            f"{self.url}/{post.slug}/"
            if self._permalinks == "pretty"
            else f"{self.url}/?p={post.id}"
        )

    def routes(self) -> list[str]:
        """Return the API's routes that were asked for, in order."""
        return [route for route, _ in self.asked if route.startswith("wp/")]

    # ------------------------------------------------------------ requests

    def _answer(self, request: Request) -> Response:
        query = dict(request.args)
        route = query.pop("rest_route", "")
        if self._permalinks == "pretty" and request.path.startswith("/wp-json"):
            route = request.path.removeprefix("/wp-json") or "/"
        self.asked.append((route.strip("/") if route else request.path, query))
        if given := self.intercept(request):
            return given
        if route:
            return self._rest(route.strip("/"), query)
        if request.path.rstrip("/") == "/feed" or query.get("feed") == "rss2":
            return self._feed(request)
        return self._page(request, query)

    def _rest(self, route: str, query: dict[str, str]) -> Response:
        if self.closed:
            return refusal("rest_login_required", "Only members may use the REST API.", self.closed)
        if not route:
            return json_answer(_picked(self._about(), query))
        kind = route.removeprefix("wp/v2/")
        if kind == "posts":
            return self._list(self._chosen(query), lambda post: self._post(post, query), query)
        if kind == "taxonomies":
            return json_answer(self._taxonomies())
        if kind in self._fields():
            return self._list(self._chosen_terms(kind, query), lambda term: term, query)
        return refusal(
            "rest_no_route", "No route was found matching the URL and request method.", 404
        )

    def _list(
        self, found: list[Any], shown: Callable[[Any], Any], query: dict[str, str]
    ) -> Response:
        per_page, page = int(query.get("per_page", 10)), int(query.get("page", 1))
        if not 1 <= per_page <= 100:
            return refusal("rest_invalid_param", "Invalid parameter(s): per_page", 400)
        pages = -(-len(found) // per_page)
        if page > 1 and page > pages:
            return refusal("rest_post_invalid_page_number", ENDED, 400)
        cut = found[(page - 1) * per_page : page * per_page]
        answer = json_answer([_picked(shown(entry), query) for entry in cut])
        answer.headers.update({"X-WP-Total": str(len(found)), "X-WP-TotalPages": str(pages)})
        return answer

    def _chosen(self, query: dict[str, str]) -> list[SitePost]:
        posts: Iterable[SitePost] = self.posts.values()
        if include := query.get("include"):
            posts = [post for post in posts if str(post.id) in include.split(",")]
        if after := query.get("modified_after"):
            posts = [
                post
                for post in posts
                if self._local(post.modified_at or post.published_at) > self._read(after)
            ]
        for kind in ("tags", "categories"):
            if ids := query.get(kind):
                posts = [
                    p
                    for p in posts
                    if any(str(self._id(kind, n)) in ids.split(",") for n in getattr(p, kind))
                ]
        if query.get("orderby") == "id":
            return sorted(posts, key=lambda post: post.id, reverse=query.get("order") != "asc")
        if query.get("orderby") == "modified":
            return sorted(
                posts, key=lambda post: post.modified_at or post.published_at, reverse=True
            )
        return sorted(posts, key=lambda post: post.published_at, reverse=True)

    def _read(self, moment: str) -> datetime:
        """WordPress compares in its own local time; a moment without a zone is taken for that."""
        read = datetime.fromisoformat(moment)
        return self._local(read) if read.tzinfo else read

    def _local(self, moment: datetime) -> datetime:
        return (moment.astimezone(UTC) + self._ahead).replace(tzinfo=None)

    # ------------------------------------------------------------ what there is

    def _fields(self) -> dict[str, str]:
        own = {self._series[0]: self._series[0]} if self._series else {}
        return {"tags": "post_tag", "categories": "category"} | own

    def _id(self, kind: str, name: str) -> int:
        return self._terms.setdefault((kind, name), 500 + len(self._terms))

    def _names(self, post: SitePost, kind: str) -> tuple[str, ...]:
        return {"tags": post.tags, "categories": post.categories}.get(kind, post.series)

    def _term(self, kind: str, name: str) -> dict[str, Any]:
        slug = re.sub(r"[^\w]+", "-", html.unescape(re.sub(r"<[^>]*>", "", name)).lower()).strip(
            "-"
        )
        return {
            "id": self._id(kind, name),
            "name": name,
            "slug": quote(slug).lower(),
            "taxonomy": self._fields()[kind],
        }

    def _chosen_terms(self, kind: str, query: dict[str, str]) -> list[dict[str, Any]]:
        names = dict.fromkeys(
            name for post in self.posts.values() for name in self._names(post, kind)
        )
        terms = [self._term(kind, name) for name in names]
        if include := query.get("include"):
            terms = [term for term in terms if str(term["id"]) in include.split(",")]
        if slug := query.get("slug"):
            terms = [term for term in terms if term["slug"] in slug.lower().split(",")]
        if search := query.get("search"):
            terms = [term for term in terms if search.lower() in term["name"].lower()]
        return terms

    def _taxonomies(self) -> dict[str, Any]:
        named = {"category": ("Categories", "categories"), "post_tag": ("Tags", "tags")}
        if self._series:
            named[self._series[0]] = (self._series[1], self._series[0])
        return {
            slug: {"slug": slug, "name": name, "rest_base": base}
            for slug, (name, base) in named.items()
        }

    def _about(self) -> dict[str, Any]:
        return {
            "name": self.name,
            "home": self.url,
            "timezone_string": self.timezone,
            "gmt_offset": self._ahead.total_seconds() / 3600,
            "namespaces": ["oembed/1.0", "wp/v2"],
            "routes": {f"/wp/v2/{number}": {"methods": ["GET"]} for number in range(50)},
        }

    def _post(self, post: SitePost, query: dict[str, str]) -> dict[str, Any]:
        modified = post.modified_at or post.published_at
        hidden = bool(post.password)
        shown: dict[str, Any] = {
            "id": post.id,
            "status": "publish",
            "date": f"{self._local(post.published_at):%Y-%m-%dT%H:%M:%S}",
            "date_gmt": f"{post.published_at:%Y-%m-%dT%H:%M:%S}",
            "modified": f"{self._local(modified):%Y-%m-%dT%H:%M:%S}",
            "modified_gmt": f"{modified:%Y-%m-%dT%H:%M:%S}",
            "guid": {"rendered": f"http://old.garden.example/?p={post.id}"},
            "link": self.link(post),
            "title": {"rendered": post.title},
            "content": {"rendered": "" if hidden else post.body, "protected": hidden},
            "excerpt": {"rendered": "" if hidden else post.excerpt, "protected": hidden},
            "author": post.author,
            "featured_media": 7 if post.image or post.deleted_image else 0,
            "meta": [] if post.meta is None else post.meta,
            "yoast_head": "<meta>" * 20,
        }
        for kind in self._fields():
            shown[kind] = [self._id(kind, name) for name in self._names(post, kind)]
        if "_embed" in query:
            shown["_embedded"] = self._embedded(post)
        return shown | post.extra

    def _embedded(self, post: SitePost) -> dict[str, Any]:
        known = self.authors.get(post.author)
        missing = {
            "code": "rest_user_invalid_id",
            "message": "Invalid user ID.",
            "data": {"status": 404},
        }
        embedded: dict[str, Any] = {
            "author": [{"id": post.author, "name": known} if known else missing],
            "wp:term": [
                [self._term(kind, name) for name in self._names(post, kind)[:EMBEDDED_TERMS]]
                for kind in self._fields()
            ],
        }
        if post.image or post.deleted_image:  # for what was deleted, WordPress embeds its whole API
            embedded["wp:featuredmedia"] = [post.image or self._about()]
        return embedded

    # ------------------------------------------------------------ pages and feed

    def _page(self, request: Request, query: dict[str, str]) -> Response:
        root = (
            f"{self.url}/wp-json/"
            if self._permalinks == "pretty"
            else f"{self.url}/index.php?rest_route=/"
        )
        pretty = self._permalinks == "pretty"
        feed = f"{self.url}/{'feed/' if pretty else '?feed=rss2'}"
        named = f'<link rel="{API_REL}" href="{root}">' if self._announced == "link" else ""
        if not pretty and request.path != "/" and not request.path.endswith(("/", ".php")):
            return Response(status=301, headers={"Location": f"{request.path}/"})
        post = next(
            (p for p in self.posts.values() if self.link(p) in (request.url, request.base_url)),
            None,
        )
        # with plain permalinks WordPress sees the query alone, and any other path is the front page
        known = post or not pretty or (request.path in ("/", "/index.php") and not query)
        page = Response(
            f'<!DOCTYPE html><html lang="{self.language}"><head><meta charset="utf-8">'
            f"<title>{self.name}</title>{named}"
            f'<link rel="alternate" type="{RSS}" title="Comments" href="{self.url}/comments/feed/">'
            f'<link rel="alternate" type="{RSS}" title="Posts" href="{feed}"></head>'
            f"<body><h1>{post.title if post else self.name}</h1>{post.body if post else ''}</body></html>",
            status=200 if known else 404,
            mimetype="text/html",
        )
        if self._announced == "header":
            page.headers["Link"] = self._api_link()
        return page

    def _root(self) -> str:
        return (
            f"{self.url}/{'wp-json/' if self._permalinks == 'pretty' else 'index.php?rest_route=/'}"
        )

    def _api_link(self) -> str:
        return f'<{self.url}/style.css>; rel=preload, <{self._root()}>; rel="{API_REL}"'

    def _feed(self, request: Request) -> Response:
        """Return the feed, with the site's one date for all its feeds, and 304 only for that date alone."""
        if self._permalinks == "plain" and request.path != "/":
            return self._page(request, {})
        posts = [post for post in self._chosen({}) if not post.password][:10]
        changed = max((post.modified_at or post.published_at for post in posts), default=START)
        since = request.headers.get("If-Modified-Since")
        headers = {"Last-Modified": format_datetime(changed, usegmt=True), "ETag": 'W/"weakened"'}
        if self._announced == "header":
            headers["Link"] = self._api_link()
        if (
            since
            and "If-None-Match" not in request.headers
            and parsedate_to_datetime(since) >= changed
        ):
            return Response(status=304, headers=headers)
        body = "".join(self._feed_item(post) for post in posts)
        return Response(
            '<?xml version="1.0" encoding="UTF-8"?>\n<rss version="2.0" '
            'xmlns:content="http://purl.org/rss/1.0/modules/content/" xmlns:dc="http://purl.org/dc/elements/1.1/">'
            f"<channel><title>{self.name}</title><link>{self.url}</link><language>{self.language}</language>"
            f"{body}</channel></rss>",
            headers=headers,
            content_type="application/rss+xml; charset=UTF-8",
        )

    def _feed_item(self, post: SitePost) -> str:
        names = "".join(
            f"<category><![CDATA[{name}]]></category>" for name in post.categories + post.tags
        )
        return (
            f"<item><title>{post.title}</title><link>{html.escape(self.link(post))}</link>"
            f"<dc:creator><![CDATA[{self.authors.get(post.author, '')}]]></dc:creator>"
            f"<pubDate>{format_datetime(post.published_at)}</pubDate>{names}"
            f'<guid isPermaLink="false">{self.url}/?p={post.id}</guid>'
            f"<description><![CDATA[{post.excerpt}]]></description>"
            f"<content:encoded><![CDATA[{post.body}]]></content:encoded></item>"
        )


def picture(url: str, alt: str = "", width: int = 1600, height: int = 900) -> dict[str, Any]:
    """Return a featured image as WordPress embeds it, with one smaller size."""
    small = {"source_url": f"{url}?small", "width": 300, "height": 169, "mime_type": "image/jpeg"}
    return {
        "id": 7,
        "alt_text": alt,
        "mime_type": "image/jpeg",
        "source_url": url,
        "media_details": {"width": width, "height": height, "sizes": {"medium": small}},
    }


def json_answer(data: Any, status: int = 200) -> Response:
    """Return data as WordPress sends it."""
    import json

    return Response(json.dumps(data), status=status, content_type="application/json; charset=UTF-8")


def refusal(code: str, message: str, status: int) -> Response:
    """Return an error as WordPress words it."""
    return json_answer({"code": code, "message": message, "data": {"status": status}}, status)


def _picked(entry: dict[str, Any], query: dict[str, str]) -> dict[str, Any]:
    """Return only the fields asked for, as `_fields` does, nested ones too."""
    if "_fields" not in query:
        return entry
    picked: dict[str, Any] = {}
    for name in query["_fields"].split(","):
        outer, _, inner = name.partition(".")
        if outer in entry:
            picked[outer] = {inner: entry[outer].get(inner)} if inner else entry[outer]
    return picked


def address(site: WordPressSite, path: str = "/", **query: str) -> str:
    """Return an address on the site."""
    return f"{site.url}{path}{'?' + urlencode(query) if query else ''}"

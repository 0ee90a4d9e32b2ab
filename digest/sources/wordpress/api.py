"""Finds a WordPress site's REST API and asks it, a page at a time.

It knows the API's addresses, its paging and its refusals; what a post is, it does not know.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from types import MappingProxyType
from typing import Any, NamedTuple
from urllib.parse import quote, urlencode, urlsplit, urlunsplit

from digest.addresses import place_of, resolved
from digest.errors import FetchError, HttpStatusError, SourceError
from digest.fetching import Fetcher, Response
from digest.models import decode
from digest.sources.reading import json_among, plain, tags

REL = "https://api.w.org/"
REFUSED_HINT = (
    "Look at the variables that user_env and key_env name: it takes an application password, not "
    "the one of the login."
)
FEED_HINT = 'Is kind = "feed" meant?'
# A site that always names another page would keep us for ever.
MAX_PAGES = 10_000
MAX_HEADER = 8192
MAX_HEAD = 500_000
"""How far into a page its head may reach, in characters."""

# Python's names have no underscore in front.
_PARAMETERS = {"fields": "_fields", "embed": "_embed"}
_LINK = re.compile(r"""<([^>]*)>\s*;[^,]*\brel\s*=\s*["']?https://api\.w\.org/""")


class Answer(NamedTuple):
    """Hold what the API answered; `total` and `pages` are None where it does not count."""

    data: Any
    total: int | None
    pages: int | None
    date: str


class Api:
    """Ask one site's REST API. `root` ends in "/wp-json/" or, for plain links, "?rest_route=/"."""

    def __init__(
        self, root: str, fetcher: Fetcher, headers: Mapping[str, str] = MappingProxyType({})
    ) -> None:
        self.root = root if root.endswith("/") else f"{root}/"
        self._headers = headers
        self.notices: set[str] = set()  # places of answers with junk around them
        self.repeated: set[str] = set()  # places of pages that came again instead of the next
        self._fetcher = fetcher

    def url(self, route: str, **query: object) -> str:
        """Return the address of a route; parameters without a value are left out."""
        named = {
            _PARAMETERS.get(name, name): value
            for name, value in query.items()
            if value not in ("", None)
        }
        address = f"{self.root}{quote(route)}"
        if not named:
            return address
        # Sites with plain links carry the route in the query itself.
        return f"{address}{'&' if '?' in self.root else '?'}{urlencode(named, safe=':,')}"

    def place(self, route: str = "", **query: object) -> str:
        """Return an address fit for messages.

        Without user name and password, and as short as it goes.
        """
        parts = urlsplit(self.url(route, **query))
        return urlunsplit(parts._replace(netloc=parts.netloc.rpartition("@")[2]))

    def post(self, post_id: int) -> str:
        """Return an address that leads to a post and tells nothing but its number."""
        root = self.place().removesuffix("wp-json/").partition("?")[0]
        return f"{root.removesuffix('index.php')}?p={post_id}"

    def ask(self, route: str, **query: object) -> Answer:
        """Return one answer.

        Raises:
            SourceError: if the site refuses, knows no such route, or answers with something else
            than JSON.
            FetchError: if it cannot be fetched.
        """
        try:
            return self._read(self.url(route, **query), self.place(route))
        except HttpStatusError as exc:
            raise _explained(exc, self._headers) from exc

    def about(self) -> dict[str, Any]:
        """Return what the site says of itself.

        Name, home, url, timezone_string, gmt_offset, namespaces.

        Raises:
            SourceError: as `ask`.
            FetchError: if it cannot be fetched.
        """
        said = self.ask("", fields="name,home,url,timezone_string,gmt_offset,namespaces").data
        return said if isinstance(said, dict) else {}

    def pages(self, route: str, per_page: int, **query: object) -> Iterator[Answer]:
        """Yield page after page, each a list of objects, until the last.

        A cache that passes over `?page=` gives the same one for each; it comes once, and its place
        is kept in `repeated`.

        Raises:
            SourceError: as `ask`; or if a page is no list of objects.
            FetchError: if one cannot be fetched.
        """
        before: list[Any] = []
        for page in range(1, MAX_PAGES + 1):
            url = self.url(route, per_page=per_page, page=page, **query)
            where = self.place(route, page=page)
            try:
                answer = self._read(url, where)
            except HttpStatusError as exc:
                # posts withdrawn while we were reading: the last page is gone
                if page > 1 and "invalid_page_number" in _refusal(exc)[0]:
                    return
                raise _explained(exc, self._headers) from exc
            if not isinstance(answer.data, list) or not all(
                isinstance(o, dict) for o in answer.data
            ):
                raise SourceError("the WordPress API gave something else than a list", where=where)
            if before and answer.data == before:
                self.repeated.add(self.place(route))
                return
            before = answer.data
            yield answer
            last = len(answer.data) < per_page if answer.pages is None else page >= answer.pages
            if last or not answer.data:
                return

    def _read(self, url: str, where: str) -> Answer:
        try:
            response = self._fetcher.get(
                url, headers={"accept": "application/json", **self._headers}
            )
        except FetchError as exc:
            if _page(exc.where) == _page(url):  # not somewhere that a redirect led to
                exc.where = where
            raise
        data, is_amid_junk = _json(response, where)
        if is_amid_junk:
            self.notices.add(where)
        return Answer(
            data=data,
            total=_count(response, "x-wp-total"),
            pages=_count(response, "x-wp-totalpages"),
            date=response.headers.get("date", ""),
        )


def find_api(address: str, fetcher: Fetcher, headers: Mapping[str, str]) -> Api:
    """Return the API of the site that a page belongs to.

    As it announces it, else where it usually is. `headers` go with every question to the API, never
    with one for a page.

    Raises:
        SourceError: if there is none, or it is closed.
        FetchError: if the site cannot be reached.
    """
    if root := _root_in(address):
        return Api(root, fetcher, headers)
    try:
        page = fetcher.get(address, headers={"accept": "text/html, */*;q=0.5"})
    except HttpStatusError as refusal:  # a closed front page says nothing about the API
        if api := usual_api(address, fetcher, headers):
            return api
        raise refusal from None
    return api_of(page, fetcher, headers)


def api_of(
    page: Response, fetcher: Fetcher, headers: Mapping[str, str] = MappingProxyType({})
) -> Api:
    """Return the API of the site that a page belongs to.

    Raises:
        SourceError: if there is none, or it is closed.
        FetchError: if the site cannot be reached.
    """
    if announced := announced_root(page):
        return Api(announced, fetcher, headers)
    if api := usual_api(page.url, fetcher, headers):
        return api
    raise SourceError("this looks like a page, not a WordPress API", where=page.url, hint=FEED_HINT)


def announced_root(page: Response) -> str:
    """Return the API's root as a page announces it, in a header or a link; empty if it does not.

    A theme may drop the link and a cache the header, so both are looked at.
    """
    if header := _LINK.search(page.headers.get("link", "")[:MAX_HEADER]):
        return resolved(str(header[1]), page.url)
    for tag in tags(page.text()[:MAX_HEAD]):
        if tag.name == "link" and REL in tag.get("rel").split():
            return resolved(tag.get("href"), page.url)
    return ""


def usual_api(address: str, fetcher: Fetcher, headers: Mapping[str, str]) -> Api | None:
    """Return the API that answers where it usually is, None if nothing like it does.

    Raises:
        SourceError: if it answers that it is closed.
        FetchError: if the site cannot be reached.
    """
    closed: SourceError | None = None
    for root in _usual_roots(address):
        api = Api(root, fetcher, headers)
        try:
            if "wp/v2" in (api.about().get("namespaces") or ()):
                return api
        except HttpStatusError:
            continue
        except SourceError as exc:
            cause = exc.__cause__
            closed = (
                exc if isinstance(cause, HttpStatusError) and cause.status in (401, 403) else closed
            )
    if closed:
        raise closed
    return None


def _root_in(address: str) -> str:
    """Return the API's root if the address is one of the API's own, else nothing."""
    before, found, _ = address.partition("/wp-json")
    if found:
        return f"{before}/wp-json/"
    before, found, _ = address.partition("rest_route=")
    return f"{before}rest_route=/" if found else ""


def _usual_roots(address: str) -> list[str]:
    parts = urlsplit(address)
    # A blog may live in a folder of its site, and its API with it.
    folders = dict.fromkeys((parts.path.rpartition("/")[0] + "/", "/"))
    sites = [urlunsplit((parts.scheme, parts.netloc, folder, "", "")) for folder in folders]
    return [site + end for site in sites for end in ("wp-json/", "?rest_route=/")]


def _count(response: Response, header: str) -> int | None:
    value = response.headers.get(header, "")
    # A header is anybody's text.
    return int(value) if value.isdecimal() and len(value) < 10 else None


def _page(url: str) -> tuple[str, str]:
    """Return host and path of an address, which tell it from that of another page."""
    return place_of(url), urlsplit(url).path


def _json(response: Response, where: str) -> tuple[Any, bool]:
    body = response.body.removeprefix(b"\xef\xbb\xbf").strip()
    try:
        return json_among(body)
    except (ValueError, RecursionError) as exc:
        if body.startswith(b"<"):
            raise SourceError(
                "this looks like a page, not a WordPress API", where=where, hint=FEED_HINT
            ) from exc
        raise SourceError(
            f"the WordPress API's answer is no valid JSON ({exc})", where=where
        ) from exc


def _refusal(exc: HttpStatusError) -> tuple[str, str]:
    """Return the code and the words of WordPress's own refusal, empty where it gave none."""
    try:
        said = decode(exc.body, object)
    except (ValueError, RecursionError):
        return "", ""
    said = said if isinstance(said, dict) else {}
    return str(said.get("code", "")), plain(str(said.get("message", "")))


def _explained(exc: HttpStatusError, sent: Mapping[str, str]) -> SourceError | FetchError:
    """Return what a refusal means to an editor; a passing failure stays what it is."""
    code, words = _refusal(exc)
    reason = f"{exc.status}{f', {code}' if code else ''}{f': {words}' if words else ''}"
    if exc.status in (401, 403) and sent:
        message = f"the site refuses this user and application password ({reason})"
        return SourceError(message, where=exc.where, hint=REFUSED_HINT)
    if exc.status in (401, 403):
        message = f"the site keeps its WordPress API closed ({reason})"
    elif exc.status in (400, 404, 410):
        message = f"the WordPress API does not answer this ({reason})"
    else:
        return exc
    return SourceError(message, where=exc.where, hint=FEED_HINT)

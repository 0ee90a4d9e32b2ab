"""The only HTTP client: guarded addresses, caps on size and time, conditional GET, retries.

It refuses what is not http(s), every private address that was not allowed by name, proxies and
cookies. httpx2 and its httpcore2 live in this room alone and are imported when the first address is
asked, so that importing this room costs next to nothing.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Collection, Mapping
from typing import TYPE_CHECKING, Self

from digest import __version__
from digest.addresses import in_ascii
from digest.errors import AddressRefused, FetchError
from digest.models import Value, replace

if TYPE_CHECKING:
    from httpcore2 import ConnectionPool
    from httpx2 import URL

USER_AGENT = f"digest/{__version__} (+newsletter digest)"
MAX_REDIRECTS = 5
MAX_RETRIES = 2
MAX_PLACE = 500
"""How many characters of an address an error shows."""

_CONDITIONS = frozenset({"if-modified-since", "if-none-match"})
# what another host may know of the headers a caller asked for, when a site redirects there
_HARMLESS = frozenset({"accept", "accept-language", "if-modified-since", "if-none-match"})


class Response(Value):
    """Hold an answer: the final `url`, header names in lower case, `body` unpacked.

    `validator` is opaque: keep it for the address that was asked, and hand it to the next `get` of
    it.
    """

    url: str
    status: int
    headers: dict[str, str] = {}
    body: bytes = b""
    not_modified: bool = False
    validator: str = ""

    def text(self) -> str:
        """Return the body as text: by its header or declaration, else as UTF-8, never failing."""
        from digest.fetching.answers import charset

        try:
            found = self.body.decode(
                charset(self.headers.get("content-type", ""), self.body), "replace"
            )
        except (
            LookupError,
            UnicodeError,
        ):  # a charset nobody knows, or one that is no encoding of text
            found = self.body.decode("utf-8", "replace")
        # Some codecs make half characters, which nothing can write again.
        return found.encode("utf-16", "surrogatepass").decode("utf-16", "replace")


class Fetcher:
    """Fetch addresses; safe to share between threads, connections are kept and used again.

    `allow_private` names hosts ("localhost", "127.0.0.1:8091") that may be asked although their
    address is not public. One attempt, redirects included, takes at most `timeout_seconds`; all
    attempts with the pauses between them at most twice that. At most `concurrency` exchanges run at
    one time.
    """

    def __init__(
        self,
        *,
        allow_private: Collection[str] = (),
        timeout_seconds: float = 30,
        max_bytes: int = 15 * 2**20,
        concurrency: int = 4,
        backoff_seconds: float = 0.5,
    ) -> None:
        self._allowed = frozenset(name.strip().lower() for name in allow_private)
        self._timeout = timeout_seconds
        self._max_bytes = max_bytes
        self._concurrency = concurrency
        self._backoff = backoff_seconds
        self._slots = threading.BoundedSemaphore(concurrency)
        self._opening = threading.Lock()
        self._pools: dict[str, ConnectionPool] = {}

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """Close every kept connection; the fetcher can be used again."""
        with self._opening:
            pools, self._pools = self._pools, {}
        for pool in pools.values():
            pool.close()

    def get(
        self, url: str, *, headers: Mapping[str, str] | None = None, validator: str = ""
    ) -> Response:
        """Return the answer of an address, following up to 5 redirects.

        `validator` is that of an earlier answer; if nothing changed since, `not_modified` is true
        and the body empty. Broken connections and the answers 429, 500, 502, 503 and 504 are tried
        twice more, no earlier than a Retry-After says.

        Raises:
            AddressRefused: if the address, or one it redirects to, is not public http(s).
            TooLarge: if the unpacked body exceeds `max_bytes`.
            TimedOut: if the answer was not complete in time.
            HttpStatusError: if the answer is no success.
            FetchError: if there is no such host, or the exchange breaks.
        """
        asked = _request_headers(headers or {}, validator)
        with self._slots:  # waiting for one's turn costs none of the time
            return _validated(self._persistently(url, asked), validator)

    def send(
        self,
        method: str,
        url: str,
        *,
        headers: Mapping[str, str] | None = None,
        content: bytes = b"",
    ) -> Response:
        """Make one exchange of any method, and return the answer whatever its status.

        No redirect is followed, no connection used again and nothing tried twice: only the caller
        knows what may be done twice.

        Raises:
            Unanswered: if the request went out, and no whole answer came back: it may have been
            done.
            AddressRefused: if the address is not public http(s).
            FetchError: if nothing was sent, since there is no such host or nothing answers.
        """
        from digest.fetching.guard import deadline

        # a kept connection may be closed just as the request goes out, and then nobody knows what
        # was done
        asked = {**_request_headers(headers or {}), "connection": "close"}
        with self._slots:
            token = deadline.set(time.monotonic() + self._timeout)
            try:
                return self._ask(_parsed(url), asked, method=method, content=content)
            finally:
                deadline.reset(token)

    def _persistently(self, url: str, headers: Mapping[str, str]) -> Response:
        """Return the first answer worth having, or the last failure."""
        from digest.fetching.failures import pause

        give_up_at = time.monotonic() + 2 * self._timeout
        for retry in range(MAX_RETRIES):
            try:
                return self._attempt(url, headers, give_up_at)
            except FetchError as exc:
                seconds = pause(exc, self._backoff * 2**retry)
                if seconds is None or time.monotonic() + seconds >= give_up_at:
                    raise
            time.sleep(seconds)
        return self._attempt(url, headers, give_up_at)

    def _attempt(self, url: str, headers: Mapping[str, str], give_up_at: float) -> Response:
        """Run one exchange with its redirects under a deadline of its own."""
        from digest.fetching.guard import deadline

        asked = _parsed(url)
        token = deadline.set(min(time.monotonic() + self._timeout, give_up_at))
        try:
            answer = self._follow(asked, headers)
            return _succeeded(answer, is_conditional=bool(_CONDITIONS & headers.keys()))
        except FetchError as exc:
            # whoever wrote another address does not know it
            if exc.where not in (_shown(asked), _place(asked)):
                exc.message += f"; {_place(asked).partition('?')[0]} leads there"
            raise
        finally:
            deadline.reset(token)

    def _follow(self, url: URL, headers: Mapping[str, str]) -> Response:
        from digest.fetching.answers import REDIRECTS

        for _ in range(MAX_REDIRECTS + 1):
            answer = self._ask(url, headers)
            location = answer.headers.get("location")
            if answer.status not in REDIRECTS or not location:
                return answer
            target = _parsed(location, base=url)
            if (target.scheme, target.host, target.port) != (url.scheme, url.host, url.port):
                headers = _request_headers(
                    {name: headers[name] for name in _HARMLESS & headers.keys()}
                )
            url = target
        raise FetchError(f"redirects more than {MAX_REDIRECTS} times", where=_place(url))

    def _ask(
        self, url: URL, headers: Mapping[str, str], *, method: str = "GET", content: bytes = b""
    ) -> Response:
        """Make one request on a guarded connection and read its answer, translating faults."""
        import httpcore2

        from digest.fetching.answers import body, folded
        from digest.fetching.failures import BROKEN, translated, unanswered

        sent: list[str] = []  # grows once the first byte of the request is about to go out
        target = httpcore2.URL(
            scheme=url.raw_scheme, host=url.raw_host, port=url.port, target=url.raw_path
        )
        fields = [*{**_credentials(url), **headers}.items()]
        if content or method not in ("GET", "DELETE"):
            fields.append(("content-length", str(len(content))))
        told = {"timeout": {"pool": self._timeout}, "trace": _watcher(sent)}
        pool = self._pool(url.scheme)
        try:
            with pool.stream(
                method, target, headers=fields, content=content or None, extensions=told
            ) as answer:
                names = folded(answer.headers)
                found = body(answer.iter_stream(), answer.status, names, self._max_bytes)
        except FetchError as exc:
            exc.where = exc.where or _place(url)
            raise (unanswered(exc) if sent and method != "GET" else exc) from exc.__cause__
        except BROKEN as exc:
            failure = translated(exc, where=_place(url), host=url.host, seconds=self._timeout)
            raise (unanswered(failure) if sent and method != "GET" else failure) from exc
        return Response(url=_shown(url), status=answer.status, headers=names, body=found)

    def _pool(self, scheme: str) -> ConnectionPool:
        """Return the connections of a scheme, made at the first use.

        Certificates take a while to load.
        """
        with self._opening:
            if scheme not in self._pools:
                import httpcore2
                import httpx2

                from digest.fetching.guard import GuardedBackend

                self._pools[scheme] = httpcore2.ConnectionPool(
                    # SSL_CERT_FILE counts, proxies do not: a proxy would connect where nobody
                    # checks
                    ssl_context=httpx2.create_ssl_context() if scheme == "https" else None,
                    max_connections=self._concurrency,
                    keepalive_expiry=15,
                    network_backend=GuardedBackend(self._allowed),
                )
            return self._pools[scheme]


def _watcher(sent: list[str]) -> Callable[[str, object], None]:
    """Return what httpcore2 tells of its steps, which notes when a request begins to go out."""

    def watch(step: str, _: object) -> None:
        if step.endswith("send_request_headers.started"):
            sent.append(step)

    return watch


def _parsed(address: str, base: URL | None = None) -> URL:
    import httpx2

    try:
        address = in_ascii(address.strip())
        url = base.join(address) if base else httpx2.URL(address)
    except httpx2.InvalidURL as exc:
        place = address[:MAX_PLACE]
        raise FetchError(f"this is no valid address ({exc})", where=place) from exc
    if url.scheme in ("http", "https") and url.host:
        return url.copy_with(fragment=None)
    raise AddressRefused(
        "only http and https addresses are fetched",
        where=_place(url),
        hint="" if base else "Write it in full, beginning with https://",
    )


def _shown(url: URL) -> str:
    """Return an address fit for messages and records: without user name and password."""
    return str(url.copy_with(userinfo=b"")) if url.userinfo else str(url)


def _place(url: URL) -> str:
    """Return an address as the place of an error; what a server makes up may have no end."""
    shown = _shown(url)
    return shown if len(shown) <= MAX_PLACE else f"{shown[:MAX_PLACE]}…"


def _credentials(url: URL) -> dict[str, str]:
    if not url.userinfo:
        return {}
    from base64 import b64encode

    pair = f"{url.username}:{url.password}".encode()
    return {"authorization": f"Basic {b64encode(pair).decode()}"}


def _request_headers(asked: Mapping[str, str], validator: str = "") -> dict[str, str]:
    headers = {"user-agent": USER_AGENT, "accept": "*/*", "accept-encoding": "gzip"}
    kind, _, value = validator.partition("=")
    if value and value.isascii() and value.isprintable():  # an older version kept others, too
        headers["if-modified-since" if kind == "last-modified" else "if-none-match"] = value
    return headers | {name.lower(): value for name, value in asked.items()}


def _succeeded(answer: Response, *, is_conditional: bool) -> Response:
    """Return a success, or a 304 to who asked for one; anything else is raised."""
    if 200 <= answer.status < 300 or (answer.status == 304 and is_conditional):
        return answer
    from digest.fetching.failures import refused

    raise refused(answer.status, where=answer.url, body=answer.body, headers=answer.headers)


def _validated(answer: Response, validator: str) -> Response:
    """Return an answer with its validator.

    A 304 without one confirms the one that was handed in.
    """
    from digest.fetching import answers

    not_modified = answer.status == 304
    given = answers.validator(answer.headers) or (validator if not_modified else "")
    return replace(answer, not_modified=not_modified, validator=given)

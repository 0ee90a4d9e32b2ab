"""The one way in which services are asked over HTTP: guarded, patient, and with secrets masked.

What may be done twice is tried again; what may not is never, unless nothing was sent. Redirects are
not followed, since they would take the credentials elsewhere.
"""

from __future__ import annotations

import ipaddress
import json
import time
from collections.abc import Callable, Mapping
from typing import Any, TypeVar
from urllib.parse import urlencode, urlsplit

import msgspec

from digest.errors import ConfigError, DigestError, FetchError, ServiceError, Unanswered
from digest.fetching import Fetcher, Response
from digest.models import Value
from digest.services.access.refusals import refused
from digest.services.access.secrets import MASKED, Secrets
from digest.services.base import Settings

T = TypeVar("T")
E = TypeVar("E", bound=DigestError)

# Who waits before a terminal gives up after a minute; a cron job has its next run.
ATTEMPTS = 3
LONGEST_PAUSE_SECONDS = 60.0
# What passes: too many requests, and faults of a server or of one before it.
_AGAIN = frozenset({429, 500, 502, 503, 504})
# Doing these twice is doing them once (RFC 9110, 9.2.2).
_HARMLESS = frozenset({"GET", "PUT", "DELETE"})


class Request(Value):
    """Hold a request as it goes out, its secrets masked."""

    method: str
    url: str
    headers: dict[str, str] = {}
    body: str = ""


class Wire:
    """Hold what all services of one run share: the connections, the patience, the rehearsal.

    With `rehearsal` nothing goes out at all: each request is kept there, and is answered by what
    the service says it would be.
    """

    def __init__(
        self,
        fetcher: Fetcher,
        *,
        timeout_seconds: float = 30,
        rehearsal: list[Request] | None = None,
        backoff_seconds: float = 1.0,
        sleep: Callable[[float], None] = time.sleep,
    ) -> None:
        self.fetcher = fetcher
        self.timeout_seconds = timeout_seconds
        self.rehearsal = rehearsal
        self.backoff_seconds = backoff_seconds
        self.sleep = sleep


class Client:
    """Ask one service's API; every error comes out as a ServiceError or a FetchError, masked."""

    def __init__(
        self,
        settings: Settings,
        secrets: Secrets,
        wire: Wire,
        *,
        base: str,
        headers: Callable[[], Mapping[str, str]],
        rehearsed: Mapping[str, Any],
        is_throttle: Callable[[Response], bool] = lambda _: False,
    ) -> None:
        self.settings, self.secrets, self.wire = settings, secrets, wire
        self.base = base.rstrip("/")
        self._headers, self._rehearsed, self._is_throttle = headers, rehearsed, is_throttle
        # Before anything is asked, for the first request would carry the key already.
        _refuse_open(self.base, settings)

    def get(self, path: str, into: type[T], **query: Any) -> T:
        """Return what an address holds, read as `into`; arguments become the query."""
        return self.ask("GET", path, into, query=query)

    def text(self, path: str) -> str:
        """Return what an address holds as it is."""
        if self.wire.rehearsal is not None:
            return ""
        return self._persistently("GET", self._url(path, {}), {}, b"", may_repeat=True).text()

    def ask(
        self,
        method: str,
        path: str,
        into: type[T],
        *,
        data: Any = None,
        query: Mapping[str, Any] | None = None,
        headers: Mapping[str, str] | None = None,
        may_repeat: bool | None = None,
    ) -> T:
        """Make a request with `data` as JSON and return its answer read as `into`.

        `may_repeat` tells whether doing it twice is doing it once; of GET, PUT and DELETE that is
        known.

        Raises:
            ServiceError: if the service refuses, or answers what cannot be read.
            Unanswered: if it may have been done.
            FetchError: if it was not.
        """
        content = b"" if data is None else json.dumps(data, ensure_ascii=False).encode()
        asked = {"accept": "application/json", **self._own_headers(), **(headers or {})}
        if data is not None:
            # A service may want a type of its own, as JSON:API does.
            asked.setdefault("content-type", "application/json")
        url = self._url(path, query or {})
        if self.wire.rehearsal is not None:
            self.wire.rehearsal.append(self._masked_request(method, url, asked, data))
            return msgspec.convert(self._rehearsed, into, strict=False)
        repeats = method in _HARMLESS if may_repeat is None else may_repeat
        answer = self._persistently(method, url, asked, content, may_repeat=repeats)
        return self._read(answer, into)

    def _own_headers(self) -> Mapping[str, str]:
        """Return the headers that say who we are; only ASCII can stand in one (RFC 9110, 5.5)."""
        headers = self._headers()
        if all(value.isascii() for value in headers.values()):
            return headers
        raise ServiceError(
            f"the key of {self.settings.name} has letters in it that no key has",
            kind="authentication",
            where=f"[service.{self.settings.name}] key_env",
            hint="Copy it again from the service.",
        )

    def _url(self, path: str, query: Mapping[str, Any]) -> str:
        given = {name: value for name, value in query.items() if value is not None}
        url = path if path.startswith("http") else f"{self.base}{path}"
        return f"{url}?{urlencode(given, doseq=True)}" if given else url

    def _persistently(
        self, method: str, url: str, headers: Mapping[str, str], content: bytes, *, may_repeat: bool
    ) -> Response:
        """Return the first success; try again where that can do no harm."""
        asked = headers or {"accept": "*/*", **self._own_headers()}
        for attempt in range(ATTEMPTS):
            is_last = attempt == ATTEMPTS - 1
            pause = self.wire.backoff_seconds * 2**attempt
            try:
                answer = self.wire.fetcher.send(method, url, headers=asked, content=content)
            except FetchError as error:
                was_sent = isinstance(error, Unanswered)
                if is_last or (was_sent and not may_repeat) or not _may_pass(error):
                    # Not `from error`: a traceback would show the headers with the key.
                    raise self._masked(error) from None
                self.wire.sleep(pause)
                continue
            # A redirect is no success: it would take the credentials to another place.
            if 200 <= answer.status < 300:
                return answer
            wait = self._pause(answer, pause, may_repeat=may_repeat)
            if is_last or wait is None:
                raise self._refused(answer)
            self.wire.sleep(wait)
        raise AssertionError("the last attempt returns or raises")

    def _pause(self, answer: Response, backoff: float, *, may_repeat: bool) -> float | None:
        """Return how long to wait before asking again, None if that is no use."""
        from digest.fetching.failures import retry_after

        # whoever asks too often was refused before anything was done
        is_refused_unread = answer.status == 429 or self._is_throttle(answer)
        if not is_refused_unread and not (may_repeat and answer.status in _AGAIN):
            return None
        # What it asks for counts, unless it asks for longer than anybody would wait.
        seconds = max(backoff, retry_after(answer.headers))
        return seconds if seconds <= LONGEST_PAUSE_SECONDS else None

    def _refused(self, answer: Response) -> ServiceError:
        status = 429 if self._is_throttle(answer) else answer.status
        error = refused(
            status, answer.headers, answer.body, service=self.settings.name, where=answer.url
        )
        return self._masked(error)

    def _masked(self, error: E) -> E:
        """Return an error whose words hold no secret, even if the service repeats it.

        Of its address a query would be longer than all that is worth saying.
        """
        error.message = self.secrets.mask(error.message)
        error.where = self.secrets.mask(error.where.partition("?")[0])
        error.hint = self.secrets.mask(error.hint)
        # What prints an error by itself, such as a traceback, shows its arguments.
        error.args = (error.message,)
        return error

    def _read(self, answer: Response, into: type[T]) -> T:
        try:
            return msgspec.convert(json.loads(answer.body or b"{}"), into, strict=False)
        except (ValueError, RecursionError, msgspec.ValidationError) as exc:
            reason = str(exc) if isinstance(exc, msgspec.ValidationError) else "it is no JSON"
            raise self._masked(
                ServiceError(
                    f"{self.settings.name} answered {answer.status} with what cannot be read"
                    f" ({reason})",
                    kind="unreadable",
                    where=answer.url,
                    hint="See whether url in digest.toml is the address of its API.",
                )
            ) from None

    def _shown(self, name: str, value: str) -> str:
        if name != "authorization":
            return self.secrets.mask(value)
        return f"{value.partition(' ')[0]} {MASKED}"  # a user's name is nobody's business either

    def _masked_request(
        self, method: str, url: str, headers: Mapping[str, str], data: Any
    ) -> Request:
        body = "" if data is None else json.dumps(data, ensure_ascii=False, indent=2)
        shown = {name: self._shown(name, value) for name, value in headers.items()}
        return Request(method=method, url=url, headers=shown, body=self.secrets.mask(body))


def _may_pass(error: FetchError) -> bool:
    """Tell whether trying again may help: not where an address is wrong or refused."""
    from digest.errors import AddressRefused, TooLarge

    return (
        not isinstance(error, AddressRefused | TooLarge) and "cannot be found" not in error.message
    )


def _refuse_open(base: str, settings: Settings) -> None:
    """Refuse to send a key where anybody on the way could read it.

    Raises:
        ConfigError: if the address is plain http to a machine that is not on a private network.
    """
    parts = urlsplit(base)
    host = parts.hostname or ""
    if not host:
        raise ConfigError(
            f"[service.{settings.name}] has no url",
            where=settings.where,
            hint='Add url = "https://…".',
        )
    if parts.scheme == "http" and not _is_near(host):
        raise ConfigError(
            f"[service.{settings.name}] url: a key would travel in the open",
            where=settings.where,
            hint=f"Write https://{host}… instead.",
        )


def _is_near(host: str) -> bool:
    """Tell whether a host is this machine or one on a private network, by its name alone."""
    try:
        return not ipaddress.ip_address(host).is_global
    except ValueError:
        # Names without a dot, and those kept for such networks (RFC 6762, RFC 8375, RFC 6761).
        return "." not in host or host.endswith(
            (".localhost", ".local", ".internal", ".lan", ".test")
        )

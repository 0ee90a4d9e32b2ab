"""Stands before every route: only the person who started the preview gets in.

A page anywhere on the web can make a browser ask 127.0.0.1, and DNS rebinding can give such a page
our address for its own. So a request needs the random token of this run (as a cookie, got by
opening the printed address), a Host that is ours, and, where the browser tells them, an Origin and
a Sec-Fetch-Site that are ours too. Every answer carries the headers that keep it to this one page.
"""

from __future__ import annotations

import secrets
from contextlib import suppress
from ipaddress import ip_address
from typing import Final
from urllib.parse import parse_qs

from starlette.datastructures import Headers, MutableHeaders
from starlette.exceptions import HTTPException
from starlette.requests import ClientDisconnect, Request, cookie_parser
from starlette.responses import PlainTextResponse, RedirectResponse, Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

LOOPBACK = "127.0.0.1"

# The page runs its own scripts and nothing else: what a post says stays in a frame.
PAGE_POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; "
    "frame-src 'self'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'"
)
# An issue is anybody's HTML: it gets no script, no form, and no origin of its own.
FRAME_POLICY = (
    "sandbox allow-popups allow-popups-to-escape-sandbox; default-src 'none'; "
    "img-src https: http: data:; "
    "style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'; frame-ancestors 'self'"
)
HEADERS = {
    "content-security-policy": PAGE_POLICY,
    "x-content-type-options": "nosniff",
    "referrer-policy": "no-referrer",
    "cache-control": "no-store",
    "cross-origin-opener-policy": "same-origin",
    "cross-origin-resource-policy": "same-origin",
}
MOST_BYTES: Final = 200_000
"""The largest request; an introduction of twenty thousand letters fits, in any script."""

REFUSED = (
    "The preview opens only from the whole address that `digest preview` printed, with its token.\n"
)


class Hosts:
    """Know the names under which the preview may be asked for.

    On loopback those are this computer's own. Where it listens for the local network it is asked
    for by an address in numbers, or by the name it was told to listen on: no name that somebody
    else points at us is among them, so that DNS rebinding finds nothing.
    """

    def __init__(self, port: int, host: str = LOOPBACK) -> None:
        self.port, self._is_open = port, host != LOOPBACK
        self._names = {LOOPBACK, "localhost", host.strip("[]")}

    def has(self, told: str) -> bool:
        """Tell whether a Host header names us, with our port."""
        name, port = _parted(told)
        if (int(port) if port.isdecimal() else 0) != self.port:
            return False
        return name in self._names or (self._is_open and _is_address(name))

    def has_origin(self, origin: str) -> bool:
        """Tell whether an Origin header is our own page."""
        scheme, _, host = origin.partition("://")
        return scheme == "http" and self.has(host)


def _parted(host: str) -> tuple[str, str]:
    """Return the name and the port of a Host header; without one it is 80."""
    if host.startswith("["):
        name, _, rest = host[1:].partition("]")
        return name, rest.removeprefix(":") or "80"
    name, _, port = host.partition(":")
    return name, port or "80"


def _is_address(name: str) -> bool:
    try:
        ip_address(name)
    except ValueError:
        return False
    return True


class Guard:
    """Let a request through to `app` only from the preview's own page, or with its token."""

    def __init__(self, app: ASGIApp, token: str, hosts: Hosts) -> None:
        self.app, self.token, self.hosts = app, token, hosts
        # Browsers share cookies between the ports of a host: each preview needs a name of its own.
        self.cookie = f"digest-preview-{hosts.port}"

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer 403, exchange the token for the cookie, or pass the request on."""
        if scope["type"] != "http":
            return
        answer = self._answer(scope) or self.app
        # Who goes away in the middle of a request is no fault of ours.
        with suppress(ClientDisconnect):
            await answer(scope, receive, _with_headers(send))

    def _answer(self, scope: Scope) -> Response | None:
        """Return what the guard itself says, None to let the request through."""
        headers = Headers(scope=scope)
        # Two Host headers are how one is smuggled past a check (RFC 9112, 3.2).
        if len(headers.getlist("host")) != 1 or not self.hosts.has(headers["host"]):
            return _refusal()
        if self._is_foreign(scope["method"], headers):
            return _refusal()
        if scope["method"] == "GET" and self._is_token(_token_in(scope["query_string"])):
            return self._welcome(scope["path"])
        # "none" is an address that somebody typed; older browsers do not tell at all.
        same_page = headers.get("sec-fetch-site", "none") in ("same-origin", "none")
        cookie = cookie_parser(headers.get("cookie", "")).get(self.cookie, "")
        return None if same_page and self._is_token(cookie) else _refusal()

    def _is_foreign(self, method: str, headers: Headers) -> bool:
        """Tell whether a request that may change something does not come from our own page."""
        if method in ("GET", "HEAD"):
            return False
        return not self.hosts.has_origin(headers.get("origin", ""))

    def _is_token(self, text: str) -> bool:
        # In a time that tells nothing of how much of it was right.
        return secrets.compare_digest(text.encode(), self.token.encode())

    def _welcome(self, path: str) -> Response:
        # A path with two slashes in front would name another host.
        answer = RedirectResponse("/" + path.lstrip("/\\"), status_code=303)
        # Without its token the address can be shown, and shared on a screen.
        answer.set_cookie(self.cookie, self.token, httponly=True, samesite="strict")
        return answer


def _token_in(query: bytes) -> str:
    return parse_qs(query.decode("latin-1")).get("token", [""])[0]


def _refusal() -> Response:
    return PlainTextResponse(REFUSED, status_code=403)


def _with_headers(send: Send) -> Send:
    async def sending(message: Message) -> None:
        if message["type"] == "http.response.start":
            headers = MutableHeaders(scope=message)
            for name, value in HEADERS.items():
                headers.setdefault(name, value)
        await send(message)

    return sending


# ---------------------------------------------------------------- what a request may bring


async def body_of(request: Request) -> bytes:
    """Return a request's body.

    A form that another page submits cannot say that it is JSON; the guard has refused it before.

    Raises:
        HTTPException: 415 if it is not said to be JSON, 413 if it is too large.
    """
    kind = request.headers.get("content-type", "").partition(";")[0].strip().lower()
    if kind != "application/json":
        raise HTTPException(415, "what is sent has to be JSON")
    read = bytearray()
    async for chunk in request.stream():
        read += chunk
        # While it is read: a length that is told need not be true.
        if len(read) > MOST_BYTES:
            raise HTTPException(413, f"more than {MOST_BYTES:,} bytes are not read")
    return bytes(read)

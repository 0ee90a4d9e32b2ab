"""Stands before every route: only the person who started the preview gets in.

A page anywhere on the web can make a browser ask 127.0.0.1, and DNS rebinding can give such a page
our address for its own. So a request needs the random token of this run (as a cookie, got by
opening the printed address), a Host that is ours, and, where the browser tells them, an Origin and
a Sec-Fetch-Site that are ours too. Every answer carries the headers that keep it to this one page.
"""

from __future__ import annotations

import secrets
from urllib.parse import parse_qs

from starlette.datastructures import Headers, MutableHeaders
from starlette.requests import cookie_parser
from starlette.responses import PlainTextResponse, RedirectResponse, Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

PAGE_POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; "
    "frame-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
)
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
REFUSED = (
    "The preview opens only from the whole address that `digest preview` printed, with its token.\n"
)


class Guard:
    """Let a request through to `app` only from the preview's own page, or with its token."""

    def __init__(self, app: ASGIApp, token: str, port: int) -> None:
        self.app, self.token = app, token
        # Browsers share cookies between the ports of a host: each preview needs a name of its own.
        self.cookie = f"digest-preview-{port}"
        names = ("127.0.0.1", "localhost")
        self.hosts = {f"{name}:{port}" for name in names} | (set(names) if port == 80 else set())

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer 403, exchange the token for the cookie, or pass the request on."""
        if scope["type"] != "http":
            return
        answer = self._answer(scope) or self.app
        await answer(scope, receive, _with_headers(send))

    def _answer(self, scope: Scope) -> Response | None:
        """Return what the guard itself says, None to let the request through."""
        headers = Headers(scope=scope)
        if len(headers.getlist("host")) != 1 or headers["host"] not in self.hosts:
            return _refusal()
        if self._is_foreign(scope["method"], headers):
            return _refusal()
        if scope["method"] == "GET" and self._is_token(_token_in(scope["query_string"])):
            return self._welcome(scope["path"])
        same_page = headers.get("sec-fetch-site", "none") in ("same-origin", "none")
        cookie = cookie_parser(headers.get("cookie", "")).get(self.cookie, "")
        return None if same_page and self._is_token(cookie) else _refusal()

    def _is_foreign(self, method: str, headers: Headers) -> bool:
        """Tell whether a request that may change something does not come from our own page."""
        if method in ("GET", "HEAD"):
            return False
        return headers.get("origin") not in {f"http://{host}" for host in self.hosts}

    def _is_token(self, text: str) -> bool:
        return secrets.compare_digest(text.encode(), self.token.encode())

    def _welcome(self, path: str) -> Response:
        # A path with two slashes in front would name another host.
        answer = RedirectResponse("/" + path.lstrip("/\\"), status_code=303)
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

"""The routes of the preview: the page in three versions, the issue for the frame, the events."""

from __future__ import annotations

from collections.abc import AsyncIterator, Awaitable, Callable
from typing import cast

from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import HTMLResponse, Response, StreamingResponse
from starlette.routing import Route
from starlette.types import ASGIApp

from digest.preview.frame import Colours, framed, with_pictures
from digest.preview.guard import FRAME_POLICY, Guard
from digest.preview.live import Live
from digest.preview.page import COLOURS, PATHS, Version, View, asset, page
from digest.preview.shown import TEXT

KINDS = {
    "preview.css": "text/css",
    "preview.js": "text/javascript",
    "icon.svg": "image/svg+xml",
}
HEARTBEAT_SECONDS = 15.0  # so that a browser that went away without a word is noticed


def application(live: Live, token: str, *, port: int) -> ASGIApp:
    """Return the ASGI application that shows `live` on 127.0.0.1:`port`, by the token."""

    async def issue(request: Request) -> Response:
        return _issue(live, request)

    async def events(request: Request) -> Response:
        return StreamingResponse(_events(live), media_type="text/event-stream")

    pages = [Route(path, _page(live, cast(Version, version))) for version, path in PATHS.items()]
    others = [
        Route("/issue/{name}", issue),
        Route("/blank", _blank),
        Route("/events", events),
        Route("/static/{name}", _static),
    ]
    return Guard(Starlette(routes=[*pages, *others]), token, port)


def _page(live: Live, version: Version) -> Callable[[Request], Awaitable[Response]]:
    async def answer(request: Request) -> Response:
        return HTMLResponse(page(live, View.of(version, request.query_params)))

    return answer


def _issue(live: Live, request: Request) -> Response:
    """Return one of the issue's files; names of others do not exist."""
    name = request.path_params["name"]
    data = live.shown.outputs.get(name)
    if data is None:
        raise HTTPException(404)
    policy = {"content-security-policy": FRAME_POLICY}
    if name == TEXT:
        return Response(data, media_type="text/plain", headers=policy)
    colours = request.query_params.get("colours", "system")
    shown = framed(
        with_pictures(data, live.shown.pictures),
        cast(Colours, colours) if colours in COLOURS else "system",
    )
    return Response(shown, media_type="text/html", headers=policy)


async def _blank(request: Request) -> Response:
    """Return an empty page, from which the frame can come back to its scroll position."""
    policy = {"content-security-policy": FRAME_POLICY}
    return HTMLResponse("<!doctype html><title>…</title>", headers=policy)


async def _static(request: Request) -> Response:
    name = request.path_params["name"]
    if name not in KINDS:
        raise HTTPException(404)
    return Response(asset(name), media_type=KINDS[name])


async def _events(live: Live) -> AsyncIterator[str]:
    """Yield the revision now, and again whenever it changes, until the preview ends."""
    told = 0
    while not live.is_closed:
        if told != live.revision:
            told = live.revision
            yield f"event: shown\ndata: {told}\n\n"
        elif not await live.changed(told, HEARTBEAT_SECONDS):
            yield ": still here\n\n"
    yield "event: ended\ndata: 0\n\n"

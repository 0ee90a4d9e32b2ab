"""The routes of the preview: the page, the issue for its frames, and the events."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from typing import cast

from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import HTMLResponse, JSONResponse, Response, StreamingResponse
from starlette.routing import Route
from starlette.types import ASGIApp

from digest.errors import DigestError
from digest.issue.editor import parse
from digest.issue.rewriting import rewrite
from digest.models import builtins, encode, replace
from digest.preview.arranging import Act, Conflict, Pen, Place, Written, changes, read_act
from digest.preview.doing import done, exported, planned, read_deed
from digest.preview.guard import FRAME_POLICY, Guard, Hosts, body_of
from digest.preview.live import Desk, Facts, Live, Opened
from digest.preview.page import View, asset, page
from digest.preview.views import BY_ID, Colours, frame
from digest.workflow.project import Project

KINDS = {".css": "text/css", ".js": "text/javascript", ".svg": "image/svg+xml"}
ASSETS = frozenset(
    "preview.css panels.css icon.svg main.js live.js keys.js frames.js edges.js acts.js arrange.js "
    "deeds.js".split()
)
_ENDINGS = {"html": "html", "text": "txt", "zip": "zip"}
HEARTBEAT_SECONDS = 15.0  # so that a browser that went away without a word is noticed


def application(desk: Desk, token: str, hosts: Hosts) -> ASGIApp:
    """Return the ASGI application that shows what is on the desk, by the token."""
    routes = _Routes(desk)
    known = [
        Route("/", routes.page),
        Route("/issue/{issue}/{way}", routes.frame),
        Route("/blank", _blank),
        Route("/events", routes.events),
        Route("/static/{name}", _static),
        Route("/act", routes.act, methods=["POST"]),
        Route("/do", routes.do, methods=["POST"]),
        Route("/export", routes.export),
    ]
    return Guard(Starlette(routes=known), token, hosts)


class _Routes:
    """Answer what is asked of the issues on the desk; what takes time is done in a thread."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        self._pens: dict[str, Pen] = {}

    async def page(self, request: Request) -> Response:
        view = View.of(request.query_params)
        opened = await self._opened(view.issue)
        facts, live = opened.facts, opened.live
        steps = self._pen(opened).steps
        return HTMLResponse(await asyncio.to_thread(page, live, facts, view, steps))

    async def frame(self, request: Request) -> Response:
        """Return one view of the issue; names of others do not exist."""
        way = request.path_params["way"]
        if way not in BY_ID:
            raise HTTPException(404)
        opened = await self._opened(request.path_params["issue"])
        html = await asyncio.to_thread(_framed, opened, way, dict(request.query_params))
        policy = {"content-security-policy": FRAME_POLICY}
        return Response(html, media_type="text/html", headers=policy)

    async def events(self, request: Request) -> Response:
        opened = await self._opened(request.query_params.get("issue", ""))
        return StreamingResponse(_events(opened.live), media_type="text/event-stream")

    async def act(self, request: Request) -> Response:
        """Do one act: write editor.md, and build the issue again."""
        opened = await self._opened(request.query_params.get("issue", ""))
        try:
            act = read_act(await body_of(request))
            written = await asyncio.to_thread(_written, self._pen(opened), act, opened.facts)
        except Conflict as conflict:
            told = {"theirs": conflict.theirs, "ours": conflict.ours, "editor": conflict.editor}
            return JSONResponse({"message": str(conflict), **told}, status_code=409)
        except DigestError as error:
            return JSONResponse({"message": error.message, "hint": error.hint}, status_code=422)
        opened.follower.rebuild()
        return JSONResponse(builtins(written))

    async def do(self, request: Request) -> Response:
        """Return what would happen, or do it if that was seen and agreed to."""
        try:
            deed = read_deed(await body_of(request))
            opened = await self._opened(deed.issue)
            carry_out = done if deed.seal else planned
            told = await asyncio.to_thread(carry_out, Project(opened.root), deed)
        except DigestError as error:
            return JSONResponse({"message": error.message, "hint": error.hint}, status_code=422)
        if deed.seal:
            opened.follower.refresh()
        return JSONResponse(builtins(told))

    async def export(self, request: Request) -> Response:
        """Return the issue in a service's dialect, as a file to keep."""
        told = dict(request.query_params)
        opened = await self._opened(told.get("issue", ""))
        service, form = told.get("service", "plain"), told.get("form", "html")
        try:
            data, kind = await asyncio.to_thread(
                exported, Project(opened.root), opened.id, service, form
            )
        except DigestError as error:
            raise HTTPException(404, str(error)) from error
        name = f"{opened.id}-{service}.{_ENDINGS[form]}"
        kept = {"content-disposition": f'attachment; filename="{name}"'}
        kept["content-security-policy"] = FRAME_POLICY
        return Response(data, media_type=kind, headers=kept)

    def _pen(self, opened: Opened) -> Pen:
        folder = opened.root / "issues" / opened.id
        return self._pens.setdefault(opened.id, Pen(folder))

    async def _opened(self, issue_id: str) -> Opened:
        try:
            return await self._desk.opened(issue_id)
        except DigestError as unknown:
            raise HTTPException(404, str(unknown)) from unknown


def _written(pen: Pen, act: Act, facts: Facts) -> Written:
    if act.act == "undo":
        return pen.undo()
    if act.act == "redo":
        return pen.redo()

    def change(text: str) -> str:
        issue = replace(facts.shown.issue, decisions=facts.decisions)
        place = Place(issue=issue, notes=parse(text), sections=facts.sections)
        return rewrite(text, changes(act, place))

    return pen.write(act.base, change)


def _framed(opened: Opened, way: str, query: dict[str, str]) -> bytes:
    shown, colours = opened.live.shown, query.get("colours", "")
    return frame(
        shown.frozen,
        shown.outputs,
        opened.facts.pictures,
        way,
        colours=cast(Colours, colours) if colours in ("light", "dark") else "system",
        service=query.get("service", ""),
        findings=opened.facts.findings if query.get("found") else (),
    )


async def _blank(request: Request) -> Response:
    """Return an empty page, from which the frame can come back to its scroll position.

    It is known by the frame in it.
    """
    policy = {"content-security-policy": FRAME_POLICY}
    return HTMLResponse("<!doctype html><title>…</title><iframe></iframe>", headers=policy)


async def _static(request: Request) -> Response:
    name = request.path_params["name"]
    if name not in ASSETS:
        raise HTTPException(404)
    return Response(asset(name), media_type=KINDS[name[name.rindex(".") :]])


async def _events(live: Live) -> AsyncIterator[str]:
    """Yield the revision now, and again whenever it changes, until the preview ends.

    The digests of the files come with it, so that frames need not wait for the page around them.
    """
    told = 0
    while not live.is_closed:
        if told != live.revision:
            told = live.revision
            data = {"revision": str(told), "digests": live.shown.digests}
            yield f"event: shown\ndata: {encode(data).decode()}\n\n"
        elif not await live.changed(told, HEARTBEAT_SECONDS):
            yield ": still here\n\n"
    yield "event: ended\ndata: 0\n\n"

"""A local mailing service with real sockets, which can be made to fail at any moment of a request."""

from __future__ import annotations

import json
import re
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs, urlsplit

KEY = "sekret-canary-31337-us9"
USER = "canary-user-4711"


@dataclass
class Asked:
    """Hold one request as it arrived."""

    method: str
    path: str
    query: dict[str, list[str]]
    headers: dict[str, str]
    body: bytes

    @property
    def data(self) -> Any:
        return json.loads(self.body) if self.body else None


@dataclass
class Reply:
    """Hold an answer: `body` is JSON unless it is bytes."""

    status: int = 200
    body: Any = None
    headers: dict[str, str] = field(default_factory=dict)

    def bytes(self) -> bytes:
        if isinstance(self.body, bytes):
            return self.body
        return b"" if self.body is None else json.dumps(self.body).encode()


@dataclass
class Fault:
    """Say what goes wrong, once, with the next request that matches.

    how: "refuse" (hang up unread), "drop" (do it, and hang up), "break" (do it, and hang up amid the
    answer), "late" (do it, and answer after `seconds`), "later" (hang up, and do it after `seconds`),
    "twice" (do it two times), "answer" (do it unless `undone`, and answer `reply`).
    """

    method: str
    path: str
    how: str
    seconds: float = 0
    reply: Reply = field(default_factory=Reply)
    undone: bool = False
    times: int = 1


Handler = Callable[..., Reply]


class Shop:
    """Keep drafts as a mailing service does; a subclass says in what words."""

    name = ""
    word = "draft"  # how it calls a draft
    prefix = ""
    identity = "{}"
    routes: tuple[tuple[str, str, str], ...] = ()
    within = ""  # the field in which it answers with one draft

    def __init__(self) -> None:
        self.drafts: dict[str, dict[str, Any]] = {}
        self.asked: list[Asked] = []
        self.faults: list[Fault] = []
        self.tests: list[Any] = []
        self.number = 100
        self.lock = threading.RLock()
        self.checks: list[Callable[[Asked], None]] = []
        self.complaints: list[str] = []
        self.born = self.word  # the state in which a draft is made, as a bad service would have it

    # -------------------------------------------------------- what tests ask

    @property
    def made(self) -> list[dict[str, Any]]:
        return list(self.drafts.values())

    def fail(self, method: str, path: str, how: str, **more: Any) -> None:
        self.faults.append(Fault(method, path, how, **more))

    def creations(self) -> list[Asked]:
        return [a for a in self.asked if a.method == "POST" and re.search(self.creating, a.path)]

    creating = r"$^"

    # -------------------------------------------------------- what it does

    def authorised(self, asked: Asked) -> bool:
        return asked.headers.get("authorization") == f"Bearer {KEY}"

    def new(self, draft: dict[str, Any], **more: Any) -> dict[str, Any]:
        with self.lock:
            self.number += 1
            identity = self.identity.format(self.number)
            made = {"id": identity, "status": self.born, **draft, **more}
            self.drafts[identity] = made
            return made

    def handle(self, asked: Asked) -> Reply:
        if not self.authorised(asked):
            return self.refusal(401, "who are you?")
        path = asked.path.removeprefix(self.prefix)
        for method, pattern, name in self.routes:
            found = re.fullmatch(pattern, path)
            if found and method == asked.method:
                key = found.groupdict().get("ref")
                if key is not None and key not in self.drafts and name != "none":
                    return self.refusal(404, "there is no such campaign")
                reply: Reply = getattr(self, name)(asked, **found.groupdict())
                return reply
        return self.refusal(404, f"no route {asked.method} {path}")

    def refusal(self, status: int, words: str, where: str = "") -> Reply:
        return Reply(status, {"message": f"{where} {words}".strip()})

    # -------------------------------------------------------- what most of them answer alike

    def shown(self, draft: dict[str, Any]) -> Any:
        return draft

    def reply(self, draft: dict[str, Any], status: int = 200) -> Reply:
        told = self.shown(draft)
        return Reply(status, {self.within: told} if self.within else told)

    def one(self, asked: Asked, ref: str) -> Reply:
        return self.reply(self.drafts[ref])

    def update(self, asked: Asked, ref: str) -> Reply:
        self.drafts[ref] |= asked.data
        return self.one(asked, ref)

    def delete(self, asked: Asked, ref: str) -> Reply:
        del self.drafts[ref]
        return Reply(204)

    def unschedule(self, asked: Asked, ref: str) -> Reply:
        self.drafts[ref]["status"] = self.word
        return Reply(204)


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    shop: Shop

    def answer(self) -> None:
        length = int(self.headers.get("content-length") or 0)
        parts = urlsplit(self.path)
        asked = Asked(
            method=self.command,
            path=parts.path,
            query=parse_qs(parts.query, keep_blank_values=True),
            headers={name.lower(): value for name, value in self.headers.items()},
            body=self.rfile.read(length),
        )
        fault = self._fault(asked)
        if fault is None:
            self.shop.asked.append(asked)
            self._check(asked)
            self._send(self.shop.handle(asked))
        else:
            self._fail(asked, fault)

    do_GET = do_POST = do_PUT = do_PATCH = do_DELETE = answer  # noqa: N815

    def _check(self, asked: Asked) -> None:
        for check in self.shop.checks:
            try:
                check(asked)
            except Exception as exc:  # noqa: BLE001
                self.shop.complaints.append(f"{asked.method} {asked.path}: {exc}")

    def _fault(self, asked: Asked) -> Fault | None:
        with self.shop.lock:
            for fault in self.shop.faults:
                if fault.method == asked.method and re.search(fault.path, asked.path):
                    fault.times -= 1
                    if fault.times <= 0:
                        self.shop.faults.remove(fault)
                    return fault
        return None

    def _fail(self, asked: Asked, fault: Fault) -> None:
        shop = self.shop
        if fault.how == "refuse":
            return self._hang_up()
        if fault.how == "later":
            threading.Timer(fault.seconds, self._do, [asked]).start()
            return self._hang_up()
        if fault.how == "answer" and fault.undone:
            shop.asked.append(asked)
            return self._send(fault.reply)
        reply = self._do(asked)
        if fault.how == "twice":
            reply = self._do(asked)
        if fault.how == "late":
            time.sleep(fault.seconds)
        if fault.how == "answer":
            reply = fault.reply
        if fault.how == "drop":
            return self._hang_up()
        return self._send(reply, is_broken=fault.how == "break")

    def _do(self, asked: Asked) -> Reply:
        self.shop.asked.append(asked)
        return self.shop.handle(asked)

    def _hang_up(self) -> None:
        self.close_connection = True
        self.connection.close()

    def _send(self, reply: Reply, *, is_broken: bool = False) -> None:
        data = reply.bytes()
        try:
            self.send_response(reply.status)
            headers = {"content-type": "application/json", **reply.headers}
            for name, value in headers.items():
                self.send_header(name, value)
            self.send_header("content-length", str(len(data) + is_broken))
            self.end_headers()
            self.wfile.write(data[: len(data) // 2] if is_broken else data)
        except OSError:
            pass  # whoever asked has gone
        if is_broken:
            self._hang_up()

    def log_message(self, *args: object) -> None:
        """Say nothing."""


class _Server(ThreadingHTTPServer):
    daemon_threads = True
    block_on_close = False

    def handle_error(self, request: Any, client_address: Any) -> None:
        """Say nothing of those who hang up."""


@contextmanager
def open_shop(shop: Shop) -> Iterator[str]:
    """Serve a shop, and yield its address."""
    handler = type("Handler", (_Handler,), {"shop": shop})
    server = _Server(("127.0.0.1", 0), handler)
    thread = threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}"
    finally:
        server.shutdown()
        server.server_close()
        thread.join()

"""A server on a real socket that answers well until it is told how to fail; and the table of its faults."""

from __future__ import annotations

import gzip
import json
import random
import socket
import struct
import threading
import time
import zlib
from collections.abc import Callable
from contextlib import suppress
from typing import Self

Fault = bytes | Callable[[socket.socket], None]

POSTS = ("Ferns", "Moss")


def answer(
    body: bytes = b"", status: str = "200 OK", kind: str = "text/xml", headers: bytes = b""
) -> bytes:
    """Return a whole answer with its length."""
    head = f"HTTP/1.1 {status}\r\nContent-Type: {kind}\r\nContent-Length: {len(body)}\r\n"
    return head.encode() + headers + b"\r\n" + body


def said(head: bytes, body: bytes = b"") -> bytes:
    """Return an answer of exactly these header lines."""
    return b"HTTP/1.1 200 OK\r\n" + head + b"\r\n" + body


FEED = (
    '<?xml version="1.0"?><rss version="2.0"><channel><title>T</title>'
    + "".join(
        f"<item><title>{title}</title><link>https://a.example/{title}</link>"
        f"<pubDate>Sun, 22 Nov 2026 08:00:00 GMT</pubDate><description>Green.</description></item>"
        for title in POSTS
    )
    + "</channel></rss>"
).encode()
PAGE = (
    "<html><head><title>Tag: moss</title></head><body><main>"
    + "".join(
        f'<article><h2><a href="https://a.example/{title}/">{title}</a></h2>'
        f'<time datetime="2026-11-22">22 November 2026</time><p>Words about {title}.</p></article>'
        for title in POSTS
    )
    + "</main></body></html>"
).encode()
WORDPRESS = json.dumps(
    [
        {
            "id": number,
            "status": "publish",
            "date_gmt": "2026-11-22T08:00:00",
            "modified_gmt": "2026-11-22T08:00:00",
            "link": f"https://a.example/{title}/",
            "title": {"rendered": title},
            "content": {"rendered": "<p>Green.</p>", "protected": False},
            "excerpt": {"rendered": ""},
            "tags": [],
            "categories": [],
        }
        for number, title in enumerate(POSTS, 1)
    ]
).encode()


def well(path: str) -> bytes:
    """Return what the server answers while it is well."""
    if "taxonomies" in path:
        return answer(b"{}", kind="application/json")
    if "/wp-json/wp/v2/posts" in path:
        return answer(WORDPRESS, kind="application/json", headers=b"X-WP-Total: 2\r\n")
    return answer(PAGE, kind="text/html") if "page" in path else answer(FEED)


class FaultyServer:
    """Serve on loopback. Each connection gets one answer; `fault` is the answer once it is set."""

    def __init__(self) -> None:
        self.fault: Fault | None = None
        self._socket = socket.create_server(("127.0.0.1", 0))
        self.port: int = self._socket.getsockname()[1]
        self._thread = threading.Thread(target=self._serve, daemon=True)

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        with suppress(OSError):
            self._socket.shutdown(socket.SHUT_RDWR)
        self._socket.close()
        self._thread.join(5)

    def _serve(self) -> None:
        while True:
            try:
                connection, _ = self._socket.accept()
            except OSError:
                return
            threading.Thread(target=self._answer, args=(connection,), daemon=True).start()

    def _answer(self, connection: socket.socket) -> None:
        with connection, suppress(OSError):
            connection.settimeout(10)
            asked = b""
            while b"\r\n\r\n" not in asked:
                piece = connection.recv(65536)
                if not piece:
                    return
                asked += piece
            path = asked.split(b" ", 2)[1].decode("latin-1")
            fault = self.fault
            if fault is None:
                data = well(path).replace(b"\r\n", b"\r\nConnection: close\r\n", 1)
                connection.sendall(data)
            elif callable(fault):
                fault(connection)
            else:
                connection.sendall(fault)


def dripped(data: bytes, pause: float = 0.05) -> Callable[[socket.socket], None]:
    """Return a fault that says something a byte at a time, and then goes on for ever."""

    def drip(connection: socket.socket) -> None:
        connection.sendall(data)
        for _ in range(200):
            connection.sendall(b" ")
            time.sleep(pause)

    return drip


def flood(data: bytes, piece: bytes, megabytes: int = 40) -> Callable[[socket.socket], None]:
    """Return a fault that pours out far more than anybody wants."""

    def pour(connection: socket.socket) -> None:
        connection.sendall(data)
        block = piece * (65536 // len(piece))
        for _ in range(megabytes * 16):
            connection.sendall(block)

    return pour


def reset(connection: socket.socket) -> None:
    """Break the connection as a crashing server does."""
    connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))


def silence(connection: socket.socket) -> None:
    """Say nothing for longer than anybody waits."""
    time.sleep(3)


def redirect(location: bytes, status: str = "302 Found") -> bytes:
    """Return a redirect."""
    return answer(b"", status, headers=b"Location: " + location + b"\r\n")


def zipped(body: bytes) -> bytes:
    """Return an answer that claims to be packed."""
    return answer(body, headers=b"Content-Encoding: gzip\r\n")


_CHUNKED = b"Transfer-Encoding: chunked\r\n"
_PACKED = gzip.compress(FEED)

TRANSPORT: dict[str, Fault] = {
    # connections
    "closes at once": b"",
    "resets": reset,
    "is silent": silence,
    "drips its head": dripped(b"HTTP/1.1 200 OK\r\nX: "),
    "drips its body": dripped(b"HTTP/1.1 200 OK\r\nContent-Length: 99999\r\n\r\n"),
    # status lines
    "HTTP/0.9": FEED,
    "garbage for a status": b"\x00\xff\x00\xff\r\n\r\n",
    "another protocol": b"SSH-2.0-OpenSSH_9.2p1\r\n",
    "a TLS alert": b"\x15\x03\x01\x00\x02\x02\x28",
    "no status": b"HTTP/1.1\r\n\r\n",
    "status 000": b"HTTP/1.1 000 Nothing\r\nContent-Length: 0\r\n\r\n",
    "status 99999": b"HTTP/1.1 99999 Much\r\nContent-Length: 0\r\n\r\n",
    "status -1": b"HTTP/1.1 -1 Less\r\nContent-Length: 0\r\n\r\n",
    "a version of tomorrow": b"HTTP/9.9 200 OK\r\nContent-Length: 0\r\n\r\n",
    "only 100 Continue": b"HTTP/1.1 100 Continue\r\n\r\n" * 50,
    "101 Switching": b"HTTP/1.1 101 Switching Protocols\r\nUpgrade: h2c\r\n\r\n",
    "a status line without end": flood(b"HTTP/1.1 200 ", b"OK", 4),
    # lengths
    "a negative length": said(b"Content-Length: -5\r\n", FEED),
    "a length in words": said(b"Content-Length: many\r\n", FEED),
    "a length that is too long": said(b"Content-Length: 99999\r\n", FEED),
    "a length that is too short": said(b"Content-Length: 20\r\n", FEED),
    "two lengths": said(b"Content-Length: 20\r\nContent-Length: 30\r\n", FEED),
    "a length of 5,000 digits": said(b"Content-Length: " + b"9" * 5000 + b"\r\n", FEED),
    # chunks
    "a chunk without a size": said(_CHUNKED, b"zz\r\nabc\r\n0\r\n\r\n"),
    "a negative chunk": said(_CHUNKED, b"-5\r\nabc\r\n0\r\n\r\n"),
    "a chunk that is cut": said(_CHUNKED, b"ff\r\nabc"),
    "a chunk of exabytes": said(_CHUNKED, b"ffffffffffffffff\r\nabc\r\n"),
    "chunks without an end": flood(said(_CHUNKED), b"400\r\n" + b" " * 1024 + b"\r\n"),
    "chunks and a length": said(_CHUNKED + b"Content-Length: 3\r\n", b"3\r\nabc\r\n0\r\n\r\n"),
    "chunks of an unknown coding": said(b"Transfer-Encoding: magic\r\n", FEED),
    # packing
    "broken gzip": zipped(b"\x1f\x8b\x08\x00" + b"\xff" * 50),
    "gzip that is cut": zipped(_PACKED[: len(_PACKED) // 2]),
    "gzip that is none": zipped(FEED),
    "gzip twice": zipped(gzip.compress(_PACKED)),
    "gzip of nothing": zipped(b""),
    "a gzip bomb": zipped(gzip.compress(b" " * 200_000_000)),
    "deflate": answer(zlib.compress(FEED), headers=b"Content-Encoding: deflate\r\n"),
    "brotli": answer(b"\x0b\x02\x80abc\x03", headers=b"Content-Encoding: br\r\n"),
    "an unknown packing": answer(FEED, headers=b"Content-Encoding: rot13\r\n"),
    "a packing of 25,000 letters": answer(
        FEED, headers=b"Content-Encoding: " + b"gzip," * 5000 + b"\r\n"
    ),
    # headers
    "headers without end": flood(b"HTTP/1.1 200 OK\r\n", b"X-Y: z\r\n", 4),
    "one header of 5 MB": flood(b"HTTP/1.1 200 OK\r\nX-Y: ", b"z", 5),
    "a header without a colon": said(b"nonsense\r\nContent-Length: 0\r\n"),
    "a header without a name": said(b": x\r\nContent-Length: 0\r\n"),
    "NUL in a header": said(b"X: a\x00b\r\nContent-Length: 0\r\n"),
    "a folded header": said(b"X: a\r\n b\r\nContent-Length: 0\r\n"),
    "line ends of one letter": FEED.join([b"HTTP/1.1 200 OK\nContent-Length: 3\n\n", b""]),
    "an ETag that is not ASCII": answer(FEED, headers='ETag: "caf\u00e9\u2713"\r\n'.encode()),
    "a Last-Modified of nonsense": answer(FEED, headers=b"Last-Modified: \xff\xfe soon\r\n"),
    "2,000 cookies": answer(FEED, headers=b"Set-Cookie: a=b\r\n" * 2000),
    "a Content-Type of 10,000 letters": answer(FEED, kind=f"application/json{'x' * 10_000}"),
    "a Content-Type of nonsense": answer(FEED, kind="\x0b;;;charset==;"),
    "a charset that nobody knows": answer(FEED, kind="text/xml; charset=klingon-8"),
    "a charset that is no charset": answer(FEED, kind="text/xml; charset=base64"),
    "a charset of 10,000 letters": answer(FEED, kind=f"text/xml; charset={'x' * 10_000}"),
    # redirects
    "a redirect to itself": redirect(b"/feed"),
    "a redirect to nowhere": redirect(b""),
    "a redirect without an address": answer(b"", "301 Moved Permanently"),
    "a redirect to a private host": redirect(b"http://10.0.0.1/"),
    "a redirect to a cloud's keys": redirect(b"http://169.254.169.254/latest/meta-data/"),
    "a redirect to a file": redirect(b"file:///etc/passwd"),
    "a redirect to data": redirect(b"data:text/xml,<rss/>"),
    "a redirect to a broken address": redirect(b"http://["),
    "a redirect to a port beyond all": redirect(b"http://127.0.0.1:99999/"),
    "a redirect that is not ASCII": redirect("http://exämple.invalid/ü ".encode()),
    "a redirect of 100,000 letters": redirect(b"/" + b"x" * 100_000),
    # pauses
    "a pause for ever": answer(b"", "503 Busy", headers=b"Retry-After: 999999999999999\r\n"),
    "a pause until the year 99999": answer(
        b"", "429 Slow", headers=b"Retry-After: Fri, 31 Dec 99999 23:59:59 GMT\r\n"
    ),
    "a pause in words": answer(b"", "503 Busy", headers=b"Retry-After: soon\r\n"),
    "a pause of less than nothing": answer(b"", "503 Busy", headers=b"Retry-After: -1\r\n"),
    # floods
    "a body without end": flood(b"HTTP/1.1 200 OK\r\n\r\n", b"<rss>"),
    "an error without end": flood(b"HTTP/1.1 500 Oh\r\n\r\n", b"no "),
}
"""What goes wrong before anybody looks at the words: one table for all kinds, since they share a client."""

TRANSPORT |= {
    f"status {status}": answer(b"<html><body>No.</body></html>", f"{status} No", "text/html")
    for status in (
        *(201, 202, 203, 205, 206, 300, 304, 305, 400, 401, 402, 403, 404, 405, 406, 407, 408),
        *(409, 410, 418, 421, 423, 429, 451, 499, 500, 501, 502, 503, 504, 507, 511, 520, 530, 599),
    )
}

_NOISE = random.Random(7).randbytes(20_000)
_LAUGHS = b"".join(
    b'<!ENTITY l%d "%s">' % (n, b"&l%d;" % (n - 1) * 10 if n else b"lol") for n in range(12)
)

BODIES: dict[str, bytes] = {
    "nothing": b"",
    "blanks": b" \r\n" * 1000,
    "NULs": b"\0" * 5000,
    "noise": _NOISE,
    "a picture": b"\x89PNG\r\n\x1a\n" + _NOISE,
    "a zip": b"PK\x03\x04" + _NOISE,
    "a PDF": b"%PDF-1.7\n" + _NOISE,
    "UTF-16 without a mark": FEED.decode().encode("utf-16-le"),
    "UTF-32": FEED.decode().encode("utf-32"),
    "half a letter": FEED.replace(b"Ferns", b"Fern\xe2\x82"),
    "words": b"Service unavailable, come back later.",
    "a login": b"<!DOCTYPE html><html><title>Log in</title><form><input name=p></form></html>",
    "a parked domain": b"<html><body><h1>Buy this domain</h1><a href='/x'>x</a></body></html>",
    "tags without end": b"<a" * 50_000,
    "deep XML": b"<rss><channel>" + b"<x>" * 20_000,
    "deep HTML": b"<html><body>" + b"<div>" * 20_000 + b"x",
    "deep JSON": b"[" * 100_000,
    "deep objects": b'{"a":' * 50_000,
    "a billion laughs": b"<!DOCTYPE r [" + _LAUGHS + b"]><rss><channel>&l11;</channel></rss>",
    "somebody's file": b'<!DOCTYPE r [<!ENTITY x SYSTEM "file:///etc/passwd">]><rss>&x;</rss>',
    "a feed cut in its head": FEED[:60],
    "a feed cut in a post": FEED[:180],
    "a feed without posts": b"<rss><channel><title>T</title></channel></rss>",
    "posts that are no objects": b'[1, null, "x", [], true]',
    "an object for a list": b'{"code": "oops", "message": ["x"], "data": 7}',
    "a list for an object": b'[{"id": {"x": 1}, "title": 7, "content": [], "link": 9}]',
    "a number for all": b"17",
    "null": b"null",
    "NaN": b'[{"id": NaN}]',
    "a number of 5,000 digits": b'[{"id": ' + b"9" * 5000 + b"}]",
    "half an emoji": b'[{"id": 1, "title": {"rendered": "\\ud83c"}}]',
    "JSON that is cut": WORDPRESS[:150],
    "dates of no calendar": FEED.replace(b"22 Nov 2026", b"99 Foo 99999"),
    "200,000 attributes": b"<rss " + b"a='b' " * 30_000 + b"><channel/></rss>",
}
"""What is wrong with the words; every kind of source has to read them in its own way."""

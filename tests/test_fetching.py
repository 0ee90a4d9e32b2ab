"""How addresses are fetched: what is refused, how much and how long it may be, and what is tried again."""

from __future__ import annotations

import gzip
import ipaddress
import shutil
import socket
import ssl
import subprocess
import sys
import threading
import time
import tracemalloc
import zlib
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager, nullcontext, suppress
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from pathlib import Path
from typing import Any

import dns.resolver
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pytest_httpserver import HTTPServer
from werkzeug import Request, Response

from digest import fetching
from digest.config.tables import Fetching
from digest.errors import (
    AddressRefused,
    FetchError,
    HttpStatusError,
    TimedOut,
    TooLarge,
    Unanswered,
)
from digest.fetching import USER_AGENT, Fetcher, answers, guard
from digest.fetching import Response as Answer
from digest.fetching.answers import ERROR_BYTES, body, charset, unpacked
from digest.fetching.failures import pause, retry_after
from digest.fetching.guard import is_public
from digest.fetching.names import texts

Handler = Callable[[socket.socket], None]
Names = dict[str, list[str]]
ANSWER = b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok"


@pytest.fixture
def fetcher() -> Iterator[Fetcher]:
    with make() as fetcher:
        yield fetcher


def make(**settings: Any) -> Fetcher:
    given: dict[str, Any] = {
        "allow_private": ["localhost"],
        "timeout_seconds": 60,
        "backoff_seconds": 0.01,
    }
    return Fetcher(**given | settings)


@contextmanager
def serving(handler: Handler) -> Iterator[int]:
    """Serve raw bytes on a port of loopback: each connection is handed over, its request unread."""
    with socket.create_server(("127.0.0.1", 0)) as listener:

        def accept() -> None:
            with suppress(OSError):
                while True:
                    connection, _ = listener.accept()
                    threading.Thread(target=handle, args=(connection,), daemon=True).start()

        def handle(connection: socket.socket) -> None:
            with suppress(OSError), connection:
                handler(connection)

        threading.Thread(target=accept, daemon=True).start()
        yield listener.getsockname()[1]
        with suppress(OSError):
            listener.shutdown(socket.SHUT_RDWR)


def heads(connection: socket.socket) -> Iterator[bytes]:
    """Yield the requests that come on a connection."""
    data = b""
    while chunk := connection.recv(65536):
        data += chunk
        while b"\r\n\r\n" in data:
            head, _, data = data.partition(b"\r\n\r\n")
            yield head


def packed(data: bytes) -> Response:
    return Response(data, headers={"Content-Encoding": "gzip"})


@pytest.fixture
def names(monkeypatch: pytest.MonkeyPatch) -> Names:
    """Return a table of host names, which the system's resolver then knows; asked names are counted."""
    table: Names = {"asked": []}
    real = socket.getaddrinfo

    def look_up(host: Any, port: Any, *args: Any, **kwargs: Any) -> Any:
        if host not in table:
            return real(host, port, *args, **kwargs)
        table["asked"].append(host)
        if not table[host]:
            raise socket.gaierror(socket.EAI_NONAME, "Name or service not known")
        return [
            entry
            for address in table[host]
            for entry in real(address, port, type=socket.SOCK_STREAM)
        ]

    monkeypatch.setattr(socket, "getaddrinfo", look_up)
    return table


# ---------------------------------------------------------------- which addresses


PRIVATE = (
    "127.0.0.1", "127.255.255.254", "0.0.0.0", "10.1.2.3", "172.16.0.1", "192.168.1.1", "169.254.169.254",
    "100.64.0.1", "192.0.2.1", "198.18.0.1", "203.0.113.9", "224.0.0.1", "240.0.0.1", "255.255.255.255",
    "::", "::1", "::ffff:127.0.0.1", "::ffff:10.0.0.1", "::127.0.0.1", "64:ff9b::7f00:1", "64:ff9b::a00:1",
    "64:ff9b:1::1", "2002:7f00:1::", "2002:909:909::1", "2001:0:7f00:1::", "2001:db8::1", "3fff::1",
    "fc00::1", "fd12:3456::1", "fe80::1", "fe80::1%eth0", "fec0::1", "ff02::1", "5f00::1", "100::1",
)  # fmt: skip
PUBLIC = (
    "9.9.9.9", "93.184.216.34", "2606:4700::1111", "2a00:1450:4001::200e", "::ffff:9.9.9.9",
    "64:ff9b::909:909",
)  # fmt: skip


@pytest.mark.parametrize("address", PRIVATE)
def test_a_private_address_is_none_of_the_public_internet(address: str) -> None:
    """Neither in its own form, nor inside another family's address."""
    assert not is_public(address)


@pytest.mark.parametrize("address", PUBLIC)
def test_a_public_address_is(address: str) -> None:
    """Also where a network carries IPv4 inside IPv6."""
    assert is_public(address)


REGISTERED = (
    # IANA IPv4 Special-Purpose Address Registry, 2025-10-09, every row
    "0.0.0.0/8", "0.0.0.0/32", "10.0.0.0/8", "100.64.0.0/10", "127.0.0.0/8", "169.254.0.0/16",
    "172.16.0.0/12", "192.0.0.0/24", "192.0.0.0/29", "192.0.0.8/32", "192.0.0.9/32",
    "192.0.0.10/32", "192.0.0.170/32", "192.0.0.171/32", "192.0.2.0/24", "192.31.196.0/24",
    "192.52.193.0/24", "192.88.99.0/24", "192.88.99.2/32", "192.168.0.0/16", "192.175.48.0/24",
    "198.18.0.0/15", "198.51.100.0/24", "203.0.113.0/24", "240.0.0.0/4", "255.255.255.255/32",
    # IANA IPv6 Special-Purpose Address Registry, 2025-10-09, every row but those two whose
    # addresses are IPv4's (::ffff:0:0/96 and 64:ff9b::/96)
    "::1/128", "::/128", "64:ff9b:1::/48", "100::/64", "100:0:0:1::/64", "2001::/23", "2001::/32",
    "2001:1::1/128", "2001:1::2/128", "2001:1::3/128", "2001:2::/48", "2001:3::/32",
    "2001:4:112::/48", "2001:10::/28", "2001:20::/28", "2001:30::/28", "2001:db8::/32",
    "2002::/16", "2620:4f:8000::/48", "3fff::/20", "5f00::/16", "fc00::/7", "fe80::/10",
    # multicast, which has registries of its own
    "224.0.0.0/4", "ff00::/8",
)  # fmt: skip


@pytest.mark.parametrize("block", REGISTERED)
def test_no_address_of_a_block_with_a_special_purpose_is_public(block: str) -> None:
    """Whatever this Python's `ipaddress` says of it: the registries are the guard's own."""
    network = ipaddress.ip_network(block)
    size = network.num_addresses
    for place in {0, 1 % size, size // 2, size // 3, size - 1}:
        assert not is_public(str(network[place]))


@pytest.mark.parametrize(
    "address",
    ["1.0.0.0", "9.255.255.255", "11.0.0.0", "100.63.255.255", "100.128.0.0", "126.255.255.255",
     "128.0.0.0", "169.253.255.255", "172.15.255.255", "172.32.0.0", "191.255.255.255", "192.0.1.0",
     "192.0.3.0", "192.88.98.255", "192.88.100.0", "198.17.255.255", "198.20.0.0", "223.255.255.255",
     "2001:200::", "2001:db7::1", "2001:db9::", "2003::", "2620:4f:7fff::1", "3ffe::1"],
)  # fmt: skip
def test_the_neighbours_of_those_blocks_are(address: str) -> None:
    """A guard that refuses too much refuses somebody's blog."""
    assert is_public(address)


@settings(max_examples=200)
@given(st.ip_addresses(v=4))
def test_an_embedded_address_is_judged_as_the_address_it_is(address: ipaddress.IPv4Address) -> None:
    """No form of writing an IPv4 address inside IPv6 makes it more public."""
    number = int(address)
    forms = (0xFFFF << 32 | number, 0x64FF9B << 96 | number)
    assert {is_public(str(ipaddress.IPv6Address(form))) for form in forms} == {
        is_public(str(address))
    }


@pytest.mark.parametrize(
    "host", ["127.0.0.1", "localhost", "2130706433", "0x7f.1", "[::1]", "[::ffff:7f00:1]"]
)
def test_a_private_host_is_refused_and_the_key_named(host: str, httpserver: HTTPServer) -> None:
    """However its address is written; the message says what to add to digest.toml, and nothing is asked."""
    url = f"http://{host}:{httpserver.port}/"
    with Fetcher() as strict, pytest.raises(AddressRefused) as caught:
        strict.get(url)
    assert f'[fetching] allow_private = ["{host.strip("[]")}"]' in str(caught.value)
    assert httpserver.log == []


@pytest.mark.parametrize("allowed", ["localhost", "LOCALHOST", "localhost:{port}", " localhost "])
def test_a_private_host_can_be_allowed_by_name(httpserver: HTTPServer, allowed: str) -> None:
    """As a name, or a name with a port."""
    httpserver.expect_request("/").respond_with_data("ok")
    with make(allow_private=[allowed.format(port=httpserver.port)]) as fetcher:
        assert fetcher.get(httpserver.url_for("/")).body == b"ok"


def test_allowing_one_host_or_port_allows_no_other(httpserver: HTTPServer) -> None:
    """Another name of the same machine, or another port, stays refused."""
    for allowed, host in (("localhost", "127.0.0.1"), ("localhost:1", "localhost")):
        with make(allow_private=[allowed]) as fetcher, pytest.raises(AddressRefused):
            fetcher.get(f"http://{host}:{httpserver.port}/")


@pytest.mark.parametrize(
    "url", ["file:///etc/passwd", "ftp://localhost/", "gopher://localhost", "//localhost/", "x", ""]
)
def test_only_http_is_fetched(fetcher: Fetcher, url: str) -> None:
    """Files and other protocols are not."""
    with pytest.raises(AddressRefused, match="only http and https") as caught:
        fetcher.get(url)
    assert caught.value.hint == "Write it in full, beginning with https://"


@pytest.mark.parametrize("url", ["http://[::1", "http://a:b/", "http://\x00/"])
def test_what_is_no_address_is_an_error(fetcher: Fetcher, url: str) -> None:
    """A slip of the pen in digest.toml is no traceback."""
    with pytest.raises(FetchError):
        fetcher.get(url)


@pytest.mark.parametrize(
    "target", ["http://127.0.0.1:{port}/secret", "file:///etc/passwd", "//127.0.0.1:{port}/"]
)
def test_redirects_are_checked_too(httpserver: HTTPServer, fetcher: Fetcher, target: str) -> None:
    """A public page may point to the machine next door."""
    location = {"Location": target.format(port=httpserver.port)}
    httpserver.expect_request("/").respond_with_data(status=302, headers=location)
    with pytest.raises(AddressRefused):
        fetcher.get(httpserver.url_for("/"))
    assert [request.path for request, _ in httpserver.log] == ["/"]


def test_a_name_with_a_private_address_is_refused(names: Names, fetcher: Fetcher) -> None:
    """What counts is where a name leads, not how it sounds."""
    names["garden.example"] = ["10.0.0.7", "::1"]
    with pytest.raises(AddressRefused, match=r"garden\.example is at a private address"):
        fetcher.get("http://garden.example/")


@pytest.mark.parametrize("address", ["169.254.169.254", "fe80::1", "64:ff9b::a9fe:a9fe"])
def test_nobody_is_told_to_allow_what_is_never_asked(
    names: Names, fetcher: Fetcher, address: str
) -> None:
    """The keys of a cloud's machine are read by nobody, allowed or not."""
    names["garden.example"] = [address]
    with pytest.raises(AddressRefused, match="those are never asked") as caught:
        fetcher.get("http://garden.example/")
    assert "allow_private" not in caught.value.hint


def test_the_checked_address_is_the_one_connected_to(names: Names, httpserver: HTTPServer) -> None:
    """The name is looked up once, so it cannot lead elsewhere later; the site sees its own name."""
    seen = []
    httpserver.expect_request("/").respond_with_handler(
        lambda r: seen.append(r.host) or Response("ok")
    )
    names["garden.example"] = ["127.0.0.1"]
    with make(allow_private=["garden.example"]) as fetcher:
        fetcher.get(f"http://garden.example:{httpserver.port}/")
    assert seen == [f"garden.example:{httpserver.port}"]
    assert names["asked"] == ["garden.example"]


def test_of_several_addresses_only_public_ones_are_tried(
    names: Names, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A name that leads to a public and to a private address gets no connection to the private one."""
    monkeypatch.setattr("digest.fetching.guard.is_public", lambda address: address == "127.0.0.2")
    asked = []
    with serving(lambda connection: asked.append(connection)) as port:
        names["garden.example"] = ["127.0.0.1", "127.0.0.2"]
        with make(timeout_seconds=0.5) as fetcher, pytest.raises(FetchError):
            fetcher.get(f"http://garden.example:{port}/")
    assert asked == []


def test_the_next_address_is_tried_when_one_is_dead(names: Names, httpserver: HTTPServer) -> None:
    """A site whose first address does not answer is reached by its second."""
    httpserver.expect_request("/").respond_with_data("ok")
    names["garden.example"] = ["127.0.0.9", "127.0.0.1"]
    with make(allow_private=["garden.example"]) as fetcher:
        assert fetcher.get(f"http://garden.example:{httpserver.port}/").body == b"ok"


def test_proxies_of_the_environment_are_not_used(
    httpserver: HTTPServer, monkeypatch: pytest.MonkeyPatch, fetcher: Fetcher
) -> None:
    """A proxy would connect in our place, where nothing is checked."""
    for name in ("HTTP_PROXY", "http_proxy", "ALL_PROXY", "all_proxy"):
        monkeypatch.setenv(name, "http://localhost:9")
    httpserver.expect_request("/").respond_with_data("ok")
    assert fetcher.get(httpserver.url_for("/")).status == 200


# ---------------------------------------------------------------- TLS


def test_a_server_without_tls_is_told_as_what_it_is(
    httpserver: HTTPServer, fetcher: Fetcher
) -> None:
    """Who writes https:// for a server in the house learns what is wrong, and the next step."""
    with pytest.raises(FetchError, match="no secure connection could be made") as caught:
        fetcher.get(f"https://localhost:{httpserver.port}/")
    assert caught.value.hint == "Is it an http:// address?"


@pytest.fixture
def certificate(tmp_path: Path) -> Path:
    """Return a certificate of garden.example with its key, signed by itself."""
    if not shutil.which("openssl"):
        pytest.skip("needs openssl to make a certificate")
    made = tmp_path / "garden.pem"
    command = (
        "openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes -days 3650 "
        "-subj /CN=garden.example -addext subjectAltName=DNS:garden.example"
    )
    files = ["-keyout", str(tmp_path / "key"), "-out", str(tmp_path / "cert")]
    subprocess.run([*command.split(), *files], check=True, capture_output=True)
    made.write_text((tmp_path / "key").read_text() + (tmp_path / "cert").read_text())
    return made


def test_tls_asks_for_the_name_and_checks_it(
    certificate: Path, names: Names, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The connection goes to an address, yet the certificate must be the name's."""
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate)
    asked_for: list[str] = []
    context.sni_callback = lambda _socket, name, _context: asked_for.append(name)

    def handler(connection: socket.socket) -> None:
        with context.wrap_socket(connection, server_side=True) as secure:
            next(heads(secure))
            secure.sendall(ANSWER)

    names |= {"garden.example": ["127.0.0.1"], "shed.example": ["127.0.0.1"]}
    with serving(handler) as port:
        with (
            make(allow_private=["garden.example"]) as fetcher,
            pytest.raises(FetchError, match="not valid"),
        ):
            fetcher.get(f"https://garden.example:{port}/")
        monkeypatch.setenv("SSL_CERT_FILE", str(certificate))
        with make(allow_private=["garden.example", "shed.example"]) as fetcher:
            assert fetcher.get(f"https://garden.example:{port}/").body == b"ok"
            with pytest.raises(FetchError, match=r"its certificate is not valid.*shed") as caught:
                fetcher.get(f"https://shed.example:{port}/")
            assert caught.value.where == f"https://shed.example:{port}/"
    assert asked_for == ["garden.example", "garden.example", "shed.example"]


def test_certificates_which_take_a_while_to_load_are_read_for_https_alone(
    httpserver: HTTPServer, fetcher: Fetcher, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("httpx2.create_ssl_context", lambda: pytest.fail("read"))
    httpserver.expect_request("/").respond_with_data("ok")
    assert fetcher.get(httpserver.url_for("/")).body == b"ok"


# ---------------------------------------------------------------- size


def test_an_answer_too_large_is_given_up(httpserver: HTTPServer) -> None:
    """Whether it says how large it is or not."""
    httpserver.expect_request("/").respond_with_data("x" * 3000)
    with make(max_bytes=3000) as fetcher:
        assert len(fetcher.get(httpserver.url_for("/")).body) == 3000
    with make(max_bytes=2999) as fetcher, pytest.raises(TooLarge, match=r"2,999 bytes.*max_bytes"):
        fetcher.get(httpserver.url_for("/"))


@pytest.mark.parametrize("layers", [1, 2])
def test_a_zip_bomb_is_given_up_in_little_memory(httpserver: HTTPServer, layers: int) -> None:
    """Forty megabytes in a small file, packed once or twice."""
    bomb = gzip.compress(bytes(40 * 2**20), 1)
    for _ in range(1, layers):
        bomb = gzip.compress(bomb)
    answer = Response(bomb, headers={"Content-Encoding": ", ".join(["gzip"] * layers)})
    httpserver.expect_request("/").respond_with_response(answer)
    with make(max_bytes=2**20) as fetcher:
        tracemalloc.start()
        with pytest.raises(FetchError):
            fetcher.get(httpserver.url_for("/"))
        peak = tracemalloc.get_traced_memory()[1]
        tracemalloc.stop()
    assert peak < 16 * 2**20


@pytest.mark.parametrize(
    "spoil",
    [
        lambda d: d[:-9],
        lambda d: d[:12] + b"xxxx" + d[16:],
        lambda d: b"plain",
        lambda d: zlib.compress(gzip.decompress(d)),
    ],
)
def test_damaged_packing_is_an_error(httpserver: HTTPServer, fetcher: Fetcher, spoil: Any) -> None:
    """Half a page is none."""
    data = bytes(spoil(gzip.compress(b"Water in the morning." * 50)))
    httpserver.expect_request("/").respond_with_response(packed(data))
    with pytest.raises(FetchError):
        fetcher.get(httpserver.url_for("/"))


@settings(max_examples=60)
@given(st.lists(st.binary(max_size=3000), max_size=3), st.integers(1, 4000), st.binary(max_size=5))
def test_unpacking_gives_back_what_was_packed(
    members: list[bytes], cut: int, padding: bytes
) -> None:
    """However the network cuts it, in one piece or several, with zeros after the end."""
    data = b"".join(map(gzip.compress, members)) + (bytes(len(padding)) if members else b"")
    chunks = [data[start : start + cut] for start in range(0, len(data), cut)]
    assert b"".join(unpacked(chunks)) == b"".join(members)


def test_unpacking_yields_small_pieces() -> None:
    """A piece is never larger than it has to be, and nothing is lost at its edges."""
    data = bytes(range(256)) * 4000
    pieces = [*unpacked([gzip.compress(data)])]
    assert b"".join(pieces) == data
    assert max(map(len, pieces)) <= 64 * 1024


def test_a_packed_file_is_unpacked_although_nothing_says_so(
    httpserver: HTTPServer, fetcher: Fetcher
) -> None:
    """A server hands out "feed.xml.gz" as the file it is; a charset packs nothing."""
    httpserver.expect_request("/a.gz").respond_with_data(gzip.compress(b"<rss>"))
    odd = {"Content-Encoding": "utf-8"}
    httpserver.expect_request("/b").respond_with_data(b"<rss>", headers=odd)
    for path in ("/a.gz", "/b"):
        assert fetcher.get(httpserver.url_for(path)).body == b"<rss>"


def test_an_empty_answer_may_claim_to_be_packed(httpserver: HTTPServer, fetcher: Fetcher) -> None:
    """Some servers do."""
    httpserver.expect_request("/").respond_with_response(packed(b""))
    assert fetcher.get(httpserver.url_for("/")).body == b""


@pytest.mark.parametrize("status", [400, 404, 500, 599])
def test_of_an_error_only_the_beginning_is_read_however_long_it_is(status: int) -> None:
    page = (b"x" * 10_000 for _ in range(1_000_000))
    assert set(answers.body(page, status, {}, 100)) == {ord("x")}


def test_an_answer_that_is_no_error_is_read_whole_or_not_at_all() -> None:
    for status in (200, 203, 399):
        assert answers.body([b"x" * 100], status, {}, 100) == b"x" * 100
        with pytest.raises(TooLarge):
            answers.body([b"x" * 101], status, {}, 100)


def test_a_resolver_is_given_five_seconds(monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[tuple[str, str, float]] = []

    def stay_silent(name: str, kind: str, lifetime: float) -> None:
        asked.append((name, kind, lifetime))
        raise dns.resolver.LifetimeTimeout(timeout=lifetime, errors=[])

    monkeypatch.setattr(dns.resolver, "resolve", stay_silent)
    with pytest.raises(TimedOut) as caught:
        texts("moss.example")
    assert str(caught.value) == "moss.example: no resolver answered in time"
    assert asked == [("moss.example", "TXT", 5.0)]


def test_dns_that_cannot_be_asked_names_what_was_looked_for() -> None:
    name = f"{'a' * 64}.example"  # a label holds 63 letters (RFC 1035, 2.3.4)
    with pytest.raises(FetchError) as caught:
        texts(name)
    assert caught.value.where == name
    assert "DNS cannot be asked" in caught.value.message


# ---------------------------------------------------------------- time


def drip(connection: socket.socket, before: bytes) -> None:
    """Send something, then a byte ten times a second for ever."""
    next(heads(connection))
    connection.sendall(before)
    while True:
        connection.sendall(b"x")
        time.sleep(0.1)


@pytest.mark.parametrize(
    "handler",
    [
        lambda c: time.sleep(60),
        lambda c: drip(c, b"HTTP/1.1 200 OK\r\nX-Slow: "),
        lambda c: drip(c, b"HTTP/1.1 200 OK\r\nContent-Length: 1000000\r\n\r\n"),
    ],
    ids=["silent", "headers", "body"],
)
def test_the_time_of_the_whole_exchange_is_limited(handler: Handler) -> None:
    """A server that sends a byte now and then is given up like one that sends nothing."""
    started = time.monotonic()
    with (
        serving(handler) as port,
        make(timeout_seconds=0.4) as fetcher,
        pytest.raises(TimedOut) as caught,
    ):
        fetcher.get(f"http://localhost:{port}/")
    assert time.monotonic() - started < 20
    told = f"http://localhost:{port}/: no complete answer within 0.4 seconds"
    assert str(caught.value) == told


@pytest.mark.parametrize(("now", "left"), [(99, 1), (99.75, 0.25), (100, None), (101, None)])
def test_what_is_left_of_an_exchange_is_more_than_nothing(
    monkeypatch: pytest.MonkeyPatch, now: float, left: float | None
) -> None:
    """A system takes a limit of no time for none at all."""
    monkeypatch.setattr(time, "monotonic", lambda: now)
    token = guard.deadline.set(100)
    with pytest.raises(TimeoutError) if left is None else nullcontext():
        assert guard.remaining() == left
    guard.deadline.reset(token)


def test_redirects_share_one_limit(httpserver: HTTPServer) -> None:
    """A chain of slow redirects takes no longer than one slow page: time is up before their number is."""

    def slow(_: Request) -> Response:
        time.sleep(0.25)
        return Response(status=302, headers={"Location": "/"})

    httpserver.expect_request("/").respond_with_handler(slow)
    with make(timeout_seconds=0.6) as fetcher, pytest.raises(TimedOut):
        fetcher.get(httpserver.url_for("/"))


def test_a_name_server_that_says_nothing_is_given_up(monkeypatch: pytest.MonkeyPatch) -> None:
    """The system's own patience with name servers is longer than ours."""
    monkeypatch.setattr(socket, "getaddrinfo", lambda *_, **__: time.sleep(2))
    with make(timeout_seconds=0.2) as fetcher, pytest.raises(TimedOut):
        fetcher.get("http://garden.example/")


# ---------------------------------------------------------------- trying again


@pytest.mark.parametrize("status", [429, 500, 502, 503, 504])
def test_passing_failures_are_tried_again(
    httpserver: HTTPServer, fetcher: Fetcher, status: int
) -> None:
    """Twice more at most."""
    for _ in range(2):
        httpserver.expect_ordered_request("/").respond_with_data("busy", status=status)
    httpserver.expect_ordered_request("/").respond_with_data("ok")
    assert fetcher.get(httpserver.url_for("/")).body == b"ok"


def test_a_lasting_failure_is_an_error_after_three_attempts(
    httpserver: HTTPServer, fetcher: Fetcher
) -> None:
    """With its status, the beginning of its body, its headers, and its address."""
    body = b'{"code": "busy"}' + b" " * 200_000
    httpserver.expect_request("/").respond_with_data(body, status=503, headers={"X-Why": "rain"})
    with pytest.raises(HttpStatusError, match="503") as caught:
        fetcher.get(httpserver.url_for("/"))
    error = caught.value
    assert (error.status, error.headers["x-why"], error.where) == (
        503,
        "rain",
        httpserver.url_for("/"),
    )
    assert error.body == body[: 64 * 1024]
    assert len(httpserver.log) == 3


@pytest.mark.parametrize(
    ("status", "meaning", "attempts"),
    [
        # what may pass is tried three times
        (429, " (too many requests)", 3),
        (500, " (an error of its own)", 3),
        (502, "", 3),
        (503, " (it is out of service for now)", 3),
        (504, "", 3),
        # all else would answer the same
        (300, "", 1),
        (304, ' ("not modified", to a first request)', 1),
        (400, "", 1),
        (401, " (it asks for a password)", 1),
        (403, " (it refuses)", 1),
        (404, " (there is no such page)", 1),
        (410, " (the page is gone)", 1),
        (501, "", 1),
        (505, "", 1),
    ],
)
def test_a_failure_is_told_by_what_it_means_and_tried_again_if_it_may_pass(
    httpserver: HTTPServer, fetcher: Fetcher, status: int, meaning: str, attempts: int
) -> None:
    httpserver.expect_request("/").respond_with_data("no", status=status)
    with pytest.raises(HttpStatusError) as caught:
        fetcher.get(httpserver.url_for("/"))
    assert (caught.value.status, len(httpserver.log)) == (status, attempts)
    assert caught.value.message == f"the site answered {status}{meaning}"


def test_a_site_is_given_the_time_it_asks_for(httpserver: HTTPServer, fetcher: Fetcher) -> None:
    """Retry-After is waited for where there is time for it."""
    busy = {"Retry-After": "1"}
    httpserver.expect_ordered_request("/").respond_with_data("busy", status=429, headers=busy)
    httpserver.expect_ordered_request("/").respond_with_data("ok")
    started = time.monotonic()
    assert fetcher.get(httpserver.url_for("/")).body == b"ok"
    assert time.monotonic() - started >= 1


def test_a_site_that_asks_for_too_much_time_is_left(
    httpserver: HTTPServer, fetcher: Fetcher
) -> None:
    """An hour is the next run's affair."""
    busy = {"Retry-After": "3600"}
    httpserver.expect_request("/").respond_with_data("busy", status=503, headers=busy)
    with pytest.raises(HttpStatusError):
        fetcher.get(httpserver.url_for("/"))
    assert len(httpserver.log) == 1


def test_all_attempts_take_at_most_twice_the_time_of_one(httpserver: HTTPServer) -> None:
    """A pause that would end later is not begun."""
    busy = {"Retry-After": "4"}
    httpserver.expect_request("/").respond_with_data("busy", status=503, headers=busy)
    with make(timeout_seconds=2) as fetcher, pytest.raises(HttpStatusError):
        fetcher.get(httpserver.url_for("/"))
    assert len(httpserver.log) == 1


def test_pauses_grow_from_attempt_to_attempt(
    httpserver: HTTPServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    waited: list[float] = []
    monkeypatch.setattr(time, "sleep", waited.append)
    httpserver.expect_request("/").respond_with_data("busy", status=503)
    with Fetcher(allow_private=["localhost"]) as fetcher, pytest.raises(HttpStatusError):
        fetcher.get(httpserver.url_for("/"))
    assert waited == [0.5, 1.0]


@pytest.mark.parametrize(("backoff", "pauses"), [(59, [59]), (60, [])])
def test_a_pause_that_would_end_with_the_time_of_all_attempts_is_not_begun(
    httpserver: HTTPServer, monkeypatch: pytest.MonkeyPatch, backoff: float, pauses: list[float]
) -> None:
    waited: list[float] = []
    monkeypatch.setattr(time, "sleep", waited.append)
    monkeypatch.setattr(time, "monotonic", lambda: 1000.0)
    httpserver.expect_request("/").respond_with_data("busy", status=503)
    slow = make(timeout_seconds=30, backoff_seconds=backoff)
    with slow as fetcher, pytest.raises(HttpStatusError):
        fetcher.get(httpserver.url_for("/"))
    assert waited == pauses


def test_retry_after_is_read_as_seconds_or_as_a_date() -> None:
    """What cannot be read, or has passed, asks for no time."""
    now = datetime.now(UTC)
    soon, past = (format_datetime(now + timedelta(minutes=m), usegmt=True) for m in (2, -2))
    assert retry_after({"retry-after": "7"}) == 7
    assert retry_after({"retry-after": "9" * 400}) > 10**9
    for zone in ("GMT", "-0000", "+0000"):
        assert 110 < retry_after({"retry-after": soon.replace("GMT", zone)}) <= 120
    assert [retry_after({"retry-after": said}) for said in (past, "soon", "-1", "²")] == [
        0,
        0,
        0,
        0,
    ]
    assert retry_after({}) == 0


def test_a_broken_connection_is_tried_again(fetcher: Fetcher) -> None:
    """Whether it breaks before the answer or within."""
    beginnings = iter([b"", b"HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\nhalf", ANSWER])

    def handler(connection: socket.socket) -> None:
        next(heads(connection))
        connection.sendall(next(beginnings))

    with serving(handler) as port:
        assert fetcher.get(f"http://localhost:{port}/").body == b"ok"


# ---------------------------------------------------------------- messages


SITE = "http://localhost:{port}"
TOLD = {
    "http://localhost:9/feed": "nothing answers there (connection refused)",
    "http://no-such-host.invalid/": "the host no-such-host.invalid cannot be found. Is it spelt"
    " right?",
    "https://localhost:{port}/": "no secure connection could be made. Is it an http:// address?",
    f"{SITE}/none": "the site answered 404 (there is no such page)",
    f"{SITE}/damaged": "the answer is damaged and cannot be unpacked",
    f"{SITE}/odd": 'the answer is packed in a way nobody asked for ("br")',
    f"{SITE}/long": "the answer is larger than 1,000 bytes. If that is right for this site, raise"
    " max_bytes under [fetching].",
    f"{SITE}/circle": "redirects more than 5 times",
    "http://a:b/": "this is no valid address (Invalid port: 'b')",
    "ftp://localhost/": "only http and https addresses are fetched. Write it in full, beginning"
    " with https://",
    "http://10.0.0.1/": "10.0.0.1 is at a private address (10.0.0.1), and those are not asked"
    " unless allowed. If you trust it, allow it in digest.toml: [fetching] allow_private ="
    ' ["10.0.0.1"]',
    "http://169.254.169.254/": "169.254.169.254 is at a link-local address (169.254.169.254), and"
    " those are never asked. Name the host that the site is really on.",
}


@pytest.mark.parametrize("url", TOLD)
def test_messages_are_one_line_an_editor_understands(
    httpserver: HTTPServer, names: Names, url: str
) -> None:
    """Where it is, what is wrong there, and what can be done."""
    for path, answer in {
        "/none": Response("", status=404),
        "/damaged": packed(b"moss"),
        "/odd": Response("moss", headers={"Content-Encoding": "br"}),
        "/long": Response("x" * 1001),
        "/circle": Response(status=302, headers={"Location": "/circle"}),
    }.items():
        httpserver.expect_request(path).respond_with_response(answer)
    names["no-such-host.invalid"] = []
    asked = url.format(port=httpserver.port)
    with make(max_bytes=1000) as fetcher, pytest.raises(FetchError) as caught:
        fetcher.get(asked)
    assert str(caught.value) == f"{asked}: {TOLD[url]}"


def test_an_answer_that_is_not_http_is_an_error(fetcher: Fetcher) -> None:
    """A mail server, say."""
    greeting = b"220 mail.garden.example ready\r\n"
    with (
        serving(lambda c: c.sendall(greeting)) as port,
        pytest.raises(FetchError, match="broke off"),
    ):
        fetcher.get(f"http://localhost:{port}/")


# ---------------------------------------------------------------- conditional requests


def test_the_date_is_handed_back_alone(httpserver: HTTPServer, fetcher: Fetcher) -> None:
    """A site that weakens its ETag knows it no more, and both together get no 304."""
    date = "Sun, 03 Mar 2024 07:40:00 GMT"
    seen: list[tuple[str | None, str | None]] = []

    def page(request: Request) -> Response:
        given = request.headers.get("If-Modified-Since"), request.headers.get("If-None-Match")
        seen.append(given)
        headers = {} if given[0] else {"Last-Modified": date, "ETag": 'W/"x"'}
        return Response(
            "" if given[0] else "page", status=304 if given[0] else 200, headers=headers
        )

    httpserver.expect_request("/").respond_with_handler(page)
    first = fetcher.get(httpserver.url_for("/"))
    second = fetcher.get(httpserver.url_for("/"), validator=first.validator)
    assert (first.not_modified, first.body) == (False, b"page")
    assert (second.not_modified, second.body, second.validator) == (True, b"", first.validator)
    assert seen == [(None, None), (date, None)]


def test_an_etag_is_handed_back_where_there_is_no_date(
    httpserver: HTTPServer, fetcher: Fetcher
) -> None:
    """Byte for byte, quotes and equal signs included."""

    def page(request: Request) -> Response:
        known = request.headers.get("If-None-Match") == '"a=b"'
        return Response(status=304) if known else Response("page", headers={"ETag": '"a=b"'})

    httpserver.expect_request("/").respond_with_handler(page)
    first = fetcher.get(httpserver.url_for("/"))
    second = fetcher.get(httpserver.url_for("/"), validator=first.validator)
    assert (first.body, second.not_modified, second.validator) == (b"page", True, first.validator)


@pytest.mark.parametrize(
    ("headers", "validator"),
    [
        ({}, ""),
        ({"last-modified": ""}, ""),
        ({"etag": '"a=b"'}, 'etag="a=b"'),
        ({"last-modified": "today", "etag": '"a"'}, "last-modified=today"),
        # what no header may hold cannot be handed back
        ({"last-modified": "März", "etag": '"a"'}, 'etag="a"'),
        ({"etag": '"a\x01"'}, ""),
    ],
)
def test_what_is_handed_back_is_the_date_else_the_etag(
    headers: dict[str, str], validator: str
) -> None:
    assert answers.validator(headers) == validator


def test_a_page_without_validators_has_none(httpserver: HTTPServer, fetcher: Fetcher) -> None:
    """Nothing to hand back."""
    httpserver.expect_request("/").respond_with_data("page")
    assert fetcher.get(httpserver.url_for("/")).validator == ""


# ---------------------------------------------------------------- requests, redirects


def test_requests_say_who_asks(httpserver: HTTPServer, fetcher: Fetcher) -> None:
    """And what else the caller wants to say."""
    httpserver.expect_request("/").respond_with_data("ok")
    fetcher.get(httpserver.url_for("/"), headers={"Accept": "application/json"})
    headers = httpserver.log[0][0].headers
    assert headers["User-Agent"] == USER_AGENT
    assert (headers["Accept"], headers["Accept-Encoding"]) == ("application/json", "gzip")


def test_redirects_are_followed_to_the_final_address(
    httpserver: HTTPServer, fetcher: Fetcher
) -> None:
    """Relative ones too; the answer says where it came from."""
    httpserver.expect_request("/old/").respond_with_data(
        status=301, headers={"Location": "../new?x=1#top"}
    )
    httpserver.expect_request("/new", query_string="x=1").respond_with_data("ok")
    assert fetcher.get(httpserver.url_for("/old/")).url == httpserver.url_for("/new?x=1")


@pytest.mark.parametrize(
    ("status", "headers"), [(200, {"Location": "/other"}), (201, {"Location": "/other"})]
)
def test_a_success_is_followed_nowhere(
    httpserver: HTTPServer, fetcher: Fetcher, status: int, headers: dict[str, str]
) -> None:
    httpserver.expect_request("/").respond_with_data("ok", status=status, headers=headers)
    assert fetcher.get(httpserver.url_for("/")).body == b"ok"


def test_a_redirect_to_nowhere_is_an_error(httpserver: HTTPServer, fetcher: Fetcher) -> None:
    httpserver.expect_request("/").respond_with_data(status=302)
    with pytest.raises(HttpStatusError, match="302"):
        fetcher.get(httpserver.url_for("/"))


@pytest.mark.parametrize("target", ["javascript:alert(1)", "http://10.0.0.1/", "/gone"])
def test_a_fault_behind_a_redirect_names_the_address_that_leads_there(
    httpserver: HTTPServer, fetcher: Fetcher, target: str
) -> None:
    """It is the one that stands in digest.toml; the other, nobody there has ever seen."""
    moved = {"location": target}
    httpserver.expect_request("/old").respond_with_data(status=302, headers=moved)
    with pytest.raises(FetchError) as caught:
        fetcher.get(httpserver.url_for("/old"))
    assert str(caught.value.message).endswith(f"; {httpserver.url_for('/old')} leads there")
    assert "Write it in full" not in caught.value.hint


def test_an_address_that_a_server_makes_up_is_not_shown_whole(
    httpserver: HTTPServer, fetcher: Fetcher
) -> None:
    moved = {"location": f"http://10.0.0.1/{'x' * 5000}"}
    httpserver.expect_request("/old").respond_with_data(status=302, headers=moved)
    with pytest.raises(FetchError) as caught:
        fetcher.get(httpserver.url_for("/old"))
    assert len(str(caught.value)) < 1000


@pytest.mark.parametrize(("length", "more"), [(500, ""), (501, "…")])
def test_of_an_address_500_characters_are_shown(fetcher: Fetcher, length: int, more: str) -> None:
    url = "http://10.0.0.1/".ljust(length, "x")
    with pytest.raises(AddressRefused) as caught:
        fetcher.get(url)
    assert caught.value.where == url[:500] + more


def test_redirects_in_a_circle_end(httpserver: HTTPServer, fetcher: Fetcher) -> None:
    """After five."""
    httpserver.expect_request("/").respond_with_data(status=302, headers={"Location": "/"})
    with pytest.raises(FetchError, match="more than 5 times"):
        fetcher.get(httpserver.url_for("/"))
    assert len(httpserver.log) == 6


def test_another_host_learns_no_secrets(names: Names, httpserver: HTTPServer) -> None:
    """A key meant for one site, in a header or in its address, does not travel with a redirect."""
    names |= {"garden.example": ["127.0.0.1"], "shed.example": ["127.0.0.1"]}
    elsewhere = f"http://shed.example:{httpserver.port}/there"
    httpserver.expect_request("/here").respond_with_data(
        status=302, headers={"Location": elsewhere}
    )
    httpserver.expect_request("/there").respond_with_data("ok")
    with make(allow_private=["garden.example", "shed.example"]) as fetcher:
        fetcher.get(
            f"http://editor:secret@garden.example:{httpserver.port}/here",
            headers={"X-Api-Key": "secret", "Accept": "text/html"},
        )
    here, there = (request.headers for request, _ in httpserver.log)
    assert (here["X-Api-Key"], here["Authorization"]) == ("secret", "Basic ZWRpdG9yOnNlY3JldA==")
    assert "secret" not in str(there)
    assert "Authorization" not in there
    assert there["Accept"] == "text/html"


def test_a_password_in_an_address_is_shown_nowhere(
    httpserver: HTTPServer, fetcher: Fetcher
) -> None:
    """Neither in the answer nor in a message."""
    httpserver.expect_request("/").respond_with_data("ok")
    address = f"http://editor:hush@localhost:{httpserver.port}"
    assert fetcher.get(f"{address}/").url == f"http://localhost:{httpserver.port}/"
    with pytest.raises(HttpStatusError) as caught:
        fetcher.get(f"{address}/none")
    assert "hush" not in str(caught.value)


# ---------------------------------------------------------------- text


@pytest.mark.parametrize(
    ("content_type", "body", "text"),
    [
        ("text/html; charset=utf-8", "Zoë".encode(), "Zoë"),
        ('text/html; charset="ISO-8859-1"', "Zoë – €".encode("cp1252"), "Zoë – €"),
        ("text/html", '<meta charset="shift_jis">園芸'.encode("shift_jis"), '<meta charset="shift_jis">園芸'),
        ("", '<?xml encoding="koi8-r"?>сад'.encode("koi8-r"), '<?xml encoding="koi8-r"?>сад'),
        ("text/html; charset=utf-8", "\ufeffsoil".encode("utf-16-le"), "soil"),
        ("text/html; charset=utf-8", b"\xef\xbb\xbfsoil", "soil"),
        ("text/html; charset=klingon", "Zoë".encode(), "Zoë"),
        ("text/plain", b"Zo\xeb", "Zo\ufffd"),
        ("", b"", ""),
    ],
)  # fmt: skip
def test_text_is_read_in_its_charset(content_type: str, body: bytes, text: str) -> None:
    """By mark, header, declaration, else as UTF-8, and never with an error."""
    answer = Answer(
        url="https://bench.example", status=200, headers={"content-type": content_type}, body=body
    )
    assert answer.text() == text


@settings(max_examples=100)
@given(st.text(max_size=40), st.binary(max_size=200))
def test_any_bytes_can_be_read_as_text(content_type: str, body: bytes) -> None:
    """Whatever a server sends, and whatever it calls it."""
    answer = Answer(
        url="https://b.example", status=200, headers={"content-type": content_type}, body=body
    )
    assert isinstance(answer.text(), str)
    assert charset(content_type, body)


# ---------------------------------------------------------------- sharing


def test_connections_are_used_again() -> None:
    """A site asked ten times sees one connection."""
    opened = []

    def handler(connection: socket.socket) -> None:
        opened.append(connection)
        for _ in heads(connection):
            connection.sendall(ANSWER)

    with serving(handler) as port, make() as fetcher:
        for number in range(10):
            fetcher.get(f"http://localhost:{port}/{number}")
    assert len(opened) == 1


def test_a_connection_that_its_site_has_closed_is_left(monkeypatch: pytest.MonkeyPatch) -> None:
    """Without a failure that would have to be waited for."""
    waited: list[float] = []
    monkeypatch.setattr(time, "sleep", waited.append)
    closed = threading.Event()

    def answer_once(connection: socket.socket) -> None:
        next(heads(connection))
        connection.sendall(ANSWER)
        connection.close()
        closed.set()

    with serving(answer_once) as port, make() as fetcher:
        for _ in range(3):
            closed.clear()
            assert fetcher.get(f"http://localhost:{port}/").body == b"ok"
            assert closed.wait(60)
    assert waited == []


def test_a_connection_that_nobody_used_for_15_seconds_is_left(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Most servers close it soon afterwards."""
    opened, clock = [], [1000.0]

    def handler(connection: socket.socket) -> None:
        opened.append(connection)
        for _ in heads(connection):
            connection.sendall(ANSWER)

    monkeypatch.setattr(time, "monotonic", lambda: clock[0])
    with serving(handler) as port, make() as fetcher:
        for pause_seconds, connections in ((0, 1), (15, 1), (15.1, 2)):
            clock[0] += pause_seconds
            fetcher.get(f"http://localhost:{port}/")
            assert len(opened) == connections


def test_threads_share_a_fetcher_within_its_limit() -> None:
    """Never more at a time than `concurrency`, and each gets its own answer."""
    running, most, lock = [0], [0], threading.Lock()

    def handler(connection: socket.socket) -> None:
        for head in heads(connection):
            with lock:
                running[0] += 1
                most[0] = max(most[0], running[0])
            time.sleep(0.02)
            path = head.split()[1]
            with lock:
                running[0] -= 1
            connection.sendall(
                b"HTTP/1.1 200 OK\r\nContent-Length: %d\r\n\r\n%b" % (len(path), path)
            )

    with serving(handler) as port, make(concurrency=3) as fetcher, ThreadPoolExecutor(12) as pool:
        bodies = [*pool.map(lambda n: fetcher.get(f"http://localhost:{port}/{n}").body, range(24))]
    assert bodies == [b"/%d" % number for number in range(24)]
    assert most[0] <= 3


def test_waiting_for_ones_turn_costs_none_of_the_time(httpserver: HTTPServer) -> None:
    """Sources behind a slow one are not too late before they began."""

    def slow(_: Request) -> Response:
        time.sleep(0.2)
        return Response("ok")

    httpserver.expect_request("/").respond_with_handler(slow)
    with make(concurrency=1, timeout_seconds=1.5) as fetcher, ThreadPoolExecutor(12) as pool:
        answers = [*pool.map(lambda _: fetcher.get(httpserver.url_for("/")).body, range(12))]
    assert answers == [b"ok"] * 12


def test_importing_the_room_imports_no_client() -> None:
    """A command that fetches nothing does not pay for it."""
    code = "import sys, digest.fetching; print({'httpx2', 'httpcore2', 'ssl'} & {*sys.modules})"
    ran = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert ran.stdout.strip() == "set()"


@pytest.mark.parametrize(
    "charset", ["idna", "punycode", "unicode_escape", "utf-7", "hex", "undefined", "nonsense"]
)
def test_no_charset_a_page_may_name_makes_its_text_fail(charset: str) -> None:
    """Codecs that are no encodings of text are known by name too; one of them makes half characters."""
    headers = {"content-type": f"text/html; charset={charset}"}
    body = b"Caf\xc3\xa9 \\ud800 xn--ls8h.. \xff"
    assert (
        fetching.Response(url="https://a.example/", status=200, headers=headers, body=body)
        .text()
        .encode("utf-8")
    )


# ---------------------------------------------------------------- requests that may have been done


def breaking(connection: socket.socket) -> None:
    """Take the request, and answer less than was promised."""
    next(heads(connection))
    connection.sendall(b"HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\nok")


def flooding(connection: socket.socket) -> None:
    """Take the request, and answer more than is wanted."""
    next(heads(connection))
    connection.sendall(b"HTTP/1.1 200 OK\r\nContent-Length: 5000\r\n\r\n" + b"x" * 5000)


@pytest.mark.parametrize(("handler", "hint"), [(breaking, ""), (flooding, "raise max_bytes")])
@pytest.mark.parametrize(
    ("method", "may_be_done"),
    [("POST", True), ("PUT", True), ("PATCH", True), ("DELETE", True), ("GET", False)],
)
def test_what_went_out_and_changes_something_may_have_been_done(
    handler: Handler, hint: str, method: str, may_be_done: bool
) -> None:
    with serving(handler) as port, make(max_bytes=1000) as fetcher:
        with pytest.raises(FetchError) as caught:
            fetcher.send(method, f"http://localhost:{port}/drafts", content=b"")
        assert isinstance(caught.value, Unanswered) is may_be_done
        assert caught.value.where == f"http://localhost:{port}/drafts"
        assert caught.value.message
        assert hint in caught.value.hint


def test_where_nothing_answers_nothing_was_done() -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
    with make() as fetcher, pytest.raises(FetchError) as caught:
        fetcher.send("POST", f"http://localhost:{port}/drafts", content=b"{}")
    assert not isinstance(caught.value, Unanswered)


@pytest.mark.parametrize(
    ("method", "content", "length"),
    [
        *(("GET", b"", None), ("DELETE", b"", None), ("POST", b"", "0")),
        *(("PUT", b"{}", "2"), ("DELETE", b"{}", "2")),
    ],
)
def test_how_long_a_request_is_stands_in_its_head(
    method: str, content: bytes, length: str | None
) -> None:
    """A server that waits for the body of an empty POST would wait for ever."""
    seen: list[bytes] = []

    def answer(connection: socket.socket) -> None:
        seen.append(next(heads(connection)))
        connection.sendall(ANSWER)

    with serving(answer) as port, make() as fetcher:
        answered = fetcher.send(method, f"http://localhost:{port}/", content=content)
    assert answered == Answer(
        url=f"http://localhost:{port}/",
        status=200,
        headers={"content-length": "2"},
        body=b"ok",
        not_modified=False,
        validator="",
    )
    told = dict(line.lower().split(b": ", 1) for line in seen[0].split(b"\r\n")[1:])
    assert told.get(b"content-length") == (length.encode() if length else None)
    assert told[b"connection"] == b"close"


def test_who_fetches_by_a_program_has_the_limits_of_digest_toml() -> None:
    """Those that docs/configuration.md names: what is not told is the same at both doors."""
    ours = Fetcher.__init__.__kwdefaults__
    table = Fetching()
    assert ours["timeout_seconds"] == table.timeout == 30
    assert ours["max_bytes"] == table.max_bytes == 15 * 1024 * 1024
    assert ours["concurrency"] == table.concurrency == 4


@pytest.mark.parametrize("status", [204, 301, 302, 303, 304, 307, 308])
def test_an_answer_that_has_no_body_may_say_of_it_what_it_likes(status: int) -> None:
    """RFC 9110, 15.3.5 and 15.4.5; what a redirect says is for people."""
    assert body([b"moss"], status, {"content-encoding": "br"}, 1) == b""


@pytest.mark.parametrize("status", [200, 203, 300, 305, 404])
def test_an_answer_with_a_body_may_not_pack_it_as_nobody_asked(status: int) -> None:
    with pytest.raises(FetchError, match="packed in a way nobody asked for"):
        body([b"moss"], status, {"content-encoding": "br"}, 9)


@pytest.mark.parametrize("packing", ["", "gzip"])
@pytest.mark.parametrize("over", [-1, 0, 1])
def test_a_body_may_have_as_many_bytes_as_were_asked_for(packing: str, over: int) -> None:
    data = b"moss" * 25
    sent = gzip.compress(data) if packing else data
    pieces = [sent[at : at + 7] for at in range(0, len(sent), 7)]
    headers = {"content-encoding": packing}
    if over > 0:
        with pytest.raises(TooLarge):
            body(pieces, 200, headers, len(data) - over)
    else:
        assert body(pieces, 200, headers, len(data) - over) == data


@pytest.mark.parametrize("size", [0, 1000, ERROR_BYTES, ERROR_BYTES + 1000])
def test_of_an_error_the_first_64_kb_are_kept(size: int) -> None:
    """However many pieces they come in; nobody waits for the rest."""
    pieces = iter([b"x" * 1000] * (size // 1000) + [b"x" * (size % 1000)] + [b"y"] * 5)
    kept = body(pieces, 500, {}, 10)
    assert kept == (b"x" * size + b"y" * 5)[: 64 * 1024]
    left = {ERROR_BYTES: [b"y"] * 5, ERROR_BYTES + 1000: [b"x" * 536] + [b"y"] * 5}
    assert list(pieces) == left.get(size, [])


def caused(cause: BaseException) -> FetchError:
    """Return the error of an exchange that broke off so."""
    error = FetchError("it broke off", where="w")
    error.__cause__ = cause
    return error


@pytest.mark.parametrize(
    ("error", "seconds"),
    [
        (caused(ConnectionResetError()), 0.5),
        (caused(socket.gaierror(socket.EAI_AGAIN, "try again")), 0.5),
        (caused(socket.gaierror(socket.EAI_NONAME, "unknown")), None),
        (caused(ssl.SSLError("no")), None),
        (caused(zlib.error("damaged")), None),
        (caused(ValueError("a bug")), None),
        (FetchError("for another reason"), None),
        (HttpStatusError("busy", status=503, where="w", body=b"", headers={}), 0.5),
        (
            HttpStatusError("busy", status=503, where="w", body=b"", headers={"retry-after": "7"}),
            7,
        ),
        (HttpStatusError("gone", status=410, where="w", body=b"", headers={}), None),
    ],
    ids=lambda value: str(value)[:30],
)
def test_what_may_pass_is_waited_for_and_nothing_else(
    error: FetchError, seconds: float | None
) -> None:
    assert pause(error, 0.5) == seconds


def test_a_resolver_that_hangs_keeps_no_process_from_ending() -> None:
    """The system's knows no deadline; what waits for it is left behind."""
    script = (
        "import socket, threading\n"
        "socket.getaddrinfo = lambda *_, **__: threading.Event().wait()\n"
        "from digest.errors import TimedOut\n"
        "from digest.fetching import Fetcher\n"
        "with Fetcher(timeout_seconds=0.2, backoff_seconds=0) as fetcher:\n"
        "    try:\n"
        "        fetcher.get('http://moss.example/')\n"
        "    except TimedOut as error:\n"
        "        print(error.message)\n"
    )
    ran = subprocess.run(
        [sys.executable, "-c", script], capture_output=True, text=True, timeout=120
    )
    assert (ran.returncode, ran.stderr) == (0, "")
    assert ran.stdout == "no complete answer within 0.2 seconds\n"


@pytest.mark.parametrize(("behind", "name"), [(2048, "x"), (2049, "utf-8")])
def test_a_page_declares_its_charset_in_its_first_2048_bytes(behind: int, name: str) -> None:
    page = b"<meta charset=x".rjust(behind)
    assert charset("text/html", page + b">") == name

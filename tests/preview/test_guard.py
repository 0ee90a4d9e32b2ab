"""Who may see the preview: whoever was given the address on this computer, and no page on the web."""

from __future__ import annotations

import socket

import pytest

from digest.preview.guard import Hosts
from tests.preview.conftest import ISSUE, Visitor

EVERYWHERE = [
    "/",
    "/?way=text",
    "/?way=source&panel=findings",
    f"/issue/{ISSUE}/html",
    f"/issue/{ISSUE}/word",
    "/events",
    "/static/main.js",
    "/no",
]


@pytest.mark.parametrize("path", EVERYWHERE)
def test_nothing_is_answered_without_the_token(still: Visitor, path: str) -> None:
    """Not even whether an address exists."""
    assert still.ask(path, cookie=None).status == 403
    assert still.ask(path, cookie=f"digest-preview-{still.preview.port}=guess").status == 403


def test_the_printed_address_is_exchanged_for_a_cookie(still: Visitor) -> None:
    """The token does not stay in the address bar, and no script and no other site gets the cookie."""
    answer = still.ask(f"/?token={still.preview.token}", cookie=None)
    assert (answer.status, answer.getheader("location")) == (303, "/")
    cookie = answer.getheader("set-cookie", "")
    assert cookie.startswith(still.cookie)
    assert "httponly" in cookie.lower()
    assert "samesite=strict" in cookie.lower()
    assert "max-age" not in cookie.lower()


def test_the_token_leads_to_no_other_host(still: Visitor) -> None:
    """An address with two slashes stays on this one."""
    answer = still.ask(f"//elsewhere.example/?token={still.preview.token}", cookie=None)
    assert answer.getheader("location") == "/elsewhere.example/"


def test_a_wrong_token_is_refused_in_words(still: Visitor) -> None:
    answer = still.ask("/?token=wrong", cookie=None)
    assert answer.status == 403
    assert b"digest preview" in answer.read()


@pytest.mark.parametrize(
    "host", ["evil.example", "evil.example:{port}", "127.0.0.1", "127.0.0.1:1", "", None]
)
def test_a_foreign_host_is_refused_even_with_the_cookie(still: Visitor, host: str | None) -> None:
    """A name that was made to point at 127.0.0.1 brings its own Host."""
    named = host and host.format(port=still.preview.port)
    assert still.ask("/", host=named).status in (400, 403)
    assert still.ask(f"/?token={still.preview.token}", host=named).status in (400, 403)


def test_localhost_is_our_name_too(still: Visitor) -> None:
    assert still.ask("/", host=f"localhost:{still.preview.port}").status == 200


def test_two_hosts_are_none(still: Visitor) -> None:
    """What one reader takes for ours another may not."""
    port = still.preview.port
    request = f"GET / HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\nHost: evil.example\r\nCookie: {still.cookie}\r\n\r\n"
    with socket.create_connection(("127.0.0.1", port), 5) as raw:
        raw.sendall(request.encode())
        assert raw.recv(100).split()[1] in (b"400", b"403")


def test_only_our_own_page_may_change_something(still: Visitor) -> None:
    """Nothing can be changed yet; the guard is there before it can."""
    port = still.preview.port
    assert still.ask("/", method="POST").status == 403
    assert still.ask("/", method="POST", origin="http://evil.example").status == 403
    assert still.ask("/", method="POST", origin="null").status == 403
    assert still.ask("/", method="POST", origin=f"http://127.0.0.1:{port}").status == 405


@pytest.mark.parametrize(
    ("site", "status"), [("cross-site", 403), ("same-site", 403), ("same-origin", 200)]
)
def test_requests_that_other_pages_start_are_refused(
    still: Visitor, site: str, status: int
) -> None:
    """Other ports of this computer count as the same site, but are not us."""
    assert still.ask("/", sec_fetch_site=site).status == status


@pytest.mark.parametrize("path", EVERYWHERE)
def test_every_answer_keeps_to_this_page(still: Visitor, path: str) -> None:
    """No sniffing, no referrer, no copy in a cache, and only what comes from here may load."""
    answer = still.ask(path)
    assert answer.getheader("x-content-type-options") == "nosniff"
    assert answer.getheader("referrer-policy") == "no-referrer"
    assert answer.getheader("cache-control") == "no-store"
    policy = answer.getheader("content-security-policy", "")
    assert "default-src 'none'" in policy
    assert "frame-ancestors" in policy
    assert "unsafe-eval" not in policy
    assert "server" not in {name.lower() for name, _ in answer.getheaders()}


# ---------------------------------------------------------------- the local network


@pytest.mark.parametrize(
    ("host", "told", "is_ours"),
    [
        # on loopback nothing but this computer's own names
        ("127.0.0.1", "127.0.0.1:8000", True),
        ("127.0.0.1", "localhost:8000", True),
        ("127.0.0.1", "192.168.0.7:8000", False),
        ("127.0.0.1", "[::1]:8000", False),
        # for the network, any address in numbers: nobody can make a name of theirs mean one
        ("0.0.0.0", "192.168.0.7:8000", True),
        ("0.0.0.0", "[fe80::1]:8000", True),
        ("0.0.0.0", "192.168.0.7", False),
        ("0.0.0.0", "192.168.0.7:80", False),
        ("0.0.0.0", "evil.example:8000", False),
        ("0.0.0.0", "192.168.0.7.evil.example:8000", False),
        ("0.0.0.0", "0x7f.1:8000", False),
        ("::", "[::1]:8000", True),
        # or the name that it was told to listen on
        ("desk.local", "desk.local:8000", True),
        ("desk.local", "other.local:8000", False),
    ],
)
def test_which_names_are_ours(host: str, told: str, is_ours: bool) -> None:
    """Whatever --host says, a name that somebody else points at us is refused."""
    hosts = Hosts(8000, host)
    assert hosts.has(told) is is_ours
    assert hosts.has_origin(f"http://{told}") is is_ours
    assert not hosts.has_origin(f"https://{told}")
    assert not hosts.has_origin(told)


@pytest.mark.parametrize("told", ["", ":", "[", "[::1", "]:1", "a:b", ":8000", "127.0.0.1:8000:1"])
def test_what_is_no_host_is_not_ours(told: str) -> None:
    assert not Hosts(8000, "0.0.0.0").has(told)

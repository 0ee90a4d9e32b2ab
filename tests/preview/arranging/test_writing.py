"""Requests that write: only from our own page, by our own method, in our own form, and no larger."""

from __future__ import annotations

import json
import os
import socket
from collections.abc import Iterator
from http.client import HTTPConnection, HTTPResponse
from itertools import product
from pathlib import Path

import pytest

from digest import files
from digest.issue.folder import IssueFolders
from digest.preview.arranging import digest_of
from tests.conftest import Blog
from tests.preview.conftest import ISSUE, Visitor

WRITING = ["/act", "/do"]


def ask(visitor: Visitor, path: str, body: bytes = b"{}", **changed: str | None) -> HTTPResponse:
    """Send a writing request that is right but for what is changed; None leaves a header out."""
    port = visitor.preview.port
    headers: dict[str, str | None] = {
        "cookie": visitor.cookie,
        "host": f"127.0.0.1:{port}",
        "origin": f"http://127.0.0.1:{port}",
        "content-type": "application/json",
        "sec-fetch-site": "same-origin",
    }
    method = changed.pop("method", None) or "POST"
    headers |= {name.replace("_", "-"): value for name, value in changed.items()}
    connection = HTTPConnection("127.0.0.1", port, timeout=30)
    visitor.open.append(connection)
    connection.request(method, path, body, {k: v for k, v in headers.items() if v is not None})
    return connection.getresponse()


def wish(visitor: Visitor, **told: object) -> bytes:
    text = (visitor.folder / "editor.md").read_bytes().decode()
    return json.dumps({"act": "letter", "key": "subject", "value": "Owned", "base": digest_of(text)}
                      | told).encode()  # fmt: skip


@pytest.fixture
def untouched(visitor: Visitor) -> Iterator[Visitor]:
    """Hold the project to what it was: whatever was asked, not a byte was written."""
    root = visitor.preview.root
    before = {p: p.read_bytes() for p in root.rglob("*.md")}
    yield visitor
    assert {p: p.read_bytes() for p in root.rglob("*.md")} == before


METHODS = ["GET", "HEAD", "PUT", "PATCH", "DELETE", "OPTIONS", "TRACE", "PROPFIND"]
KINDS = [
    None,
    "text/plain",
    "application/x-www-form-urlencoded",
    "multipart/form-data",
    "text/plain; application/json",
    "application/jsonp",
    "application/json-patch+json",
]
FOREIGN = [
    # no token, or not this one's
    {"cookie": None},
    {"cookie": "digest-preview=guess"},
    {"cookie": ""},
    # an origin that is not ours
    {"origin": None},
    {"origin": "null"},
    {"origin": "http://evil.example"},
    {"origin": "https://127.0.0.1"},
    {"origin": "http://127.0.0.1"},
    {"origin": "http://127.0.0.1.evil.example"},
    {"origin": "file://"},
    {"origin": "http://localhost@evil.example"},
    # a host that is not ours
    {"host": "evil.example"},
    {"host": "127.0.0.1"},
    {"host": "127.0.0.1:1"},
    {"host": "192.168.0.7"},
    {"host": "[::1]"},
    # a page elsewhere that made the browser ask
    {"sec_fetch_site": "cross-site"},
    {"sec_fetch_site": "same-site"},
]


@pytest.mark.parametrize(("path", "changed"), [*product(WRITING, FOREIGN)])
def test_nobody_else_writes(untouched: Visitor, path: str, changed: dict[str, str | None]) -> None:
    answer = ask(untouched, path, wish(untouched), **changed)
    assert answer.status == 403
    assert not [
        name for name, _ in answer.getheaders() if name.lower().startswith("access-control")
    ]


@pytest.mark.parametrize(
    ("path", "method"),
    [*product(WRITING, METHODS)],
)
def test_no_other_method_writes(untouched: Visitor, path: str, method: str) -> None:
    """A preflight is answered by nothing that allows anything."""
    answer = ask(untouched, path, wish(untouched), method=method)
    assert answer.status in (400, 403, 405)
    assert answer.getheader("access-control-allow-origin") is None


@pytest.mark.parametrize(
    ("path", "kind"),
    [*product(WRITING, KINDS)],
)
def test_no_form_of_another_page_is_read(untouched: Visitor, path: str, kind: str | None) -> None:
    """What a form can send without asking is never JSON."""
    assert ask(untouched, path, wish(untouched), content_type=kind).status == 415


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"[]",
        b"null",
        b"{",
        b'{"act": 1}',
        b'{"act": "letter"}',
        b'{"act": "../../etc"}',
        b'{"act": "__init__"}',
        b'{"act": "letter", "key": "pin", "value": "x"}',
        b'{"act": "tell", "post": "../..", "key": "titles", "value": "x"}',
        b'{"act": "tell", "post": "x", "key": "__class__", "value": "x"}',
        b'{"act": "arrange", "layout": [{"posts": ["x"], "section": "y"}]}',
        b'{"act": "arrange", "layout": "x"}',
        b"[" * 50_000,
        b'{"act": "letter", "key": "subject", "value": "' + b"x" * 30_000 + b'"}',
        "\ud800".encode("utf-8", "surrogatepass"),
        b"\xff\xfe",
    ],
)
def test_what_is_no_act_is_refused_in_words(untouched: Visitor, body: bytes) -> None:
    answer = ask(untouched, "/act", body)
    assert answer.status in (409, 422)
    assert json.loads(answer.read())["message"]


@pytest.mark.parametrize("path", WRITING)
def test_no_more_is_read_than_an_act_needs(untouched: Visitor, path: str) -> None:
    """Nor kept in memory, whatever length was announced."""
    assert ask(untouched, path, b'{"act": "' + b"x" * 300_000 + b'"}').status == 413
    port = untouched.preview.port
    head = (
        f"POST {path} HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\nOrigin: http://127.0.0.1:{port}\r\n"
        f"Cookie: {untouched.cookie}\r\nContent-Type: application/json\r\n"
        "Content-Length: 99999999999\r\n\r\n"
    )
    with socket.create_connection(("127.0.0.1", port), 5) as raw:
        raw.sendall(head.encode() + b"x" * 300_000)
        assert b"413" in raw.recv(100)


@pytest.mark.parametrize("issue", ["..", "../..", "2020-01-01-weekly", "latest", "%00", "a/b"])
def test_no_other_folder_is_written(untouched: Visitor, issue: str) -> None:
    assert ask(untouched, f"/act?issue={issue}", wish(untouched)).status == 404


def test_a_state_that_was_not_seen_is_not_written_over(untouched: Visitor) -> None:
    """Both files come back, for the editor to choose."""
    answer = ask(untouched, "/act", wish(untouched, base="0" * 32))
    assert answer.status == 409
    told = json.loads(answer.read())
    assert told["theirs"] == (untouched.folder / "editor.md").read_text()
    assert 'subject: "Owned"' in told["ours"]


def test_our_own_page_writes_editor_md_and_nothing_else(visitor: Visitor, garden: Blog) -> None:
    """What the build makes of it afterwards is the build's."""
    answer = ask(visitor, "/act", wish(visitor, value="Owls"))
    assert answer.status == 200
    text = (garden.root / "issues" / visitor.preview.issue_id / "editor.md").read_text()
    assert json.loads(answer.read()) == {"editor": digest_of(text), "undo": 1, "redo": 0}
    assert '\nsubject: "Owls"\n' in text


def test_a_folder_that_is_gone_is_not_written_into(visitor: Visitor, garden: Blog) -> None:
    """Nor is that taken for a conflict with somebody else's words."""
    visitor.folder.rename(garden.root / "aside")
    answer = ask(visitor, "/act", json.dumps({"act": "letter", "key": "subject", "value": "New",
                                              "base": "none"}).encode())  # fmt: skip
    assert answer.status == 422
    assert "folder is gone" in json.loads(answer.read())["message"]
    assert not visitor.folder.exists()


def test_a_linked_editor_md_stays_a_link(visitor: Visitor) -> None:
    """Some keep their words elsewhere; the file behind the link is written."""
    path = visitor.folder / "editor.md"
    elsewhere = visitor.preview.root / "words.md"
    path.rename(elsewhere)
    path.symlink_to(elsewhere)
    assert ask(visitor, "/act", wish(visitor)).status == 200
    assert path.is_symlink()
    assert "Owned" in elsewhere.read_text()


def test_a_build_that_begins_takes_no_act_away(
    visitor: Visitor, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A build clears away what a killed one left, but not what is being written just then."""
    write = files.write_durably

    def write_while_a_build_begins(path: Path, data: bytes) -> None:
        write(path, data)
        if "editor.md" in path.name:
            with IssueFolders(visitor.folder.parent).lock():
                pass

    monkeypatch.setattr(files, "write_durably", write_while_a_build_begins)
    answer = ask(visitor, "/act", wish(visitor))
    assert answer.status == 200, answer.read()
    assert 'subject: "Owned"' in (visitor.folder / "editor.md").read_text()


def test_what_a_killed_preview_left_is_cleared_away(garden: Blog) -> None:
    folder = garden.issue(ISSUE)
    left, being_written = folder / ".tmp-editor.md-1", folder / ".tmp-editor.md-2"
    left.write_text("half")
    being_written.write_text("half")
    os.utime(left, (0, 0))
    with IssueFolders(folder.parent).lock():
        assert not left.exists()
        assert being_written.exists()

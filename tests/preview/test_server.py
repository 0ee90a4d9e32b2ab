"""How the preview begins and ends."""

from __future__ import annotations

import json
import signal
import socket
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import ExitStack, closing, contextmanager
from http.client import HTTPConnection
from pathlib import Path
from queue import Queue
from urllib.parse import urlsplit

import pytest

from digest.errors import DigestError, NothingToSend, UsageError
from digest.preview import server
from digest.preview.live import choose
from digest.preview.server import Preview, serve
from digest.workflow.project import Project
from tests.conftest import Blog, Run
from tests.preview.conftest import ISSUE, Visitor


def test_it_listens_on_this_computer_only(still: Visitor) -> None:
    assert still.preview.origin == f"http://127.0.0.1:{still.preview.port}"
    with pytest.raises(OSError):  # noqa: PT011 - how it is refused depends on the system
        socket.create_connection(("127.0.0.2", still.preview.port), 2).close()


def test_every_preview_has_a_token_and_a_port_of_its_own(garden: Blog) -> None:
    one, two = Preview(Project(garden.root), ISSUE), Preview(Project(garden.root), ISSUE)
    assert one.port != two.port
    assert one.token != two.token
    assert len(one.token) >= 32
    for preview in (one, two):
        preview.stop()
        preview.run()


def test_a_port_in_use_is_one_line_with_the_way_out(garden: Blog, digest: Run) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        answer = digest("--project", garden.root, "preview", "--no-open", "--port", port)
    assert answer.code == 1
    assert (
        answer.err
        == f"error: port {port}: is in use. Name another with --port, or leave it out for a free one.\n"
    )


@contextmanager
def started(
    garden: Blog,
) -> Iterator[tuple[subprocess.Popen[str], HTTPConnection, dict[str, str]]]:
    """Run the command; yield its process, a page of it, and what this page's requests say."""
    command = [sys.executable, "-m", "digest", "--project", str(garden.root)]
    with subprocess.Popen(
        [*command, "preview", "--no-open"],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    ) as process:
        assert process.stdout
        address = urlsplit(process.stdout.readline().strip())
        assert address.hostname == "127.0.0.1"
        with closing(HTTPConnection("127.0.0.1", address.port or 0, timeout=30)) as page:
            page.request("GET", f"/?{address.query}")
            answer = page.getresponse()
            answer.read()
            cookie = answer.getheader("set-cookie", "").split(";")[0]
            told = {"origin": f"http://{address.netloc}", "content-type": "application/json"}
            yield process, page, {"cookie": cookie, **told}


def ended(process: subprocess.Popen[str]) -> int:
    """Return how it ended, once it has, without another word."""
    out, err = process.communicate(timeout=30)
    assert (out, err) == ("", f"Showing {ISSUE}. Stop with Ctrl-C.\n")
    return process.returncode


@pytest.mark.parametrize("wish", [signal.SIGINT, signal.SIGTERM])
def test_it_ends_cleanly_while_a_page_is_open(garden: Blog, wish: signal.Signals) -> None:
    """Ctrl-C ends it at once, with exit 0 and without a traceback."""
    with started(garden) as (process, page, told):
        page.request("GET", "/events", headers=told)
        events = page.getresponse()
        assert events.readline().startswith(b"event: shown")
        process.send_signal(wish)
        assert b"event: ended" in events.read()
        assert ended(process) == 0


def test_nobody_is_waited_for_who_keeps_half_a_request_back(garden: Blog) -> None:
    """Nor is a word lost about it, whether they are still there or went away before."""
    with started(garden) as (process, page, told), ExitStack() as staying:
        for is_gone in (True, False):
            half = HTTPConnection(page.host, page.port, timeout=30)
            staying.callback(half.close)
            half.putrequest("POST", "/act")
            for header in (*told.items(), ("expect", "100-continue"), ("content-length", "9")):
                half.putheader(*header)
            half.endheaders()
            assert half.sock.recv(100).startswith(b"HTTP/1.1 100 ")  # the rest is waited for
            if is_gone:
                half.close()
        process.send_signal(signal.SIGINT)
        assert ended(process) == 0


def test_what_was_begun_is_finished_unless_ctrl_c_is_pressed_again(garden: Blog) -> None:
    """A test that is on its way to a mail server which says nothing keeps the preview from ending."""
    with socket.create_server(("127.0.0.1", 0)) as mute, started(garden) as (process, page, told):
        mute.settimeout(30)
        garden.configure(f'[service.smtp]\nurl = "smtps://127.0.0.1:{mute.getsockname()[1]}"\n')
        deed = {"do": "test", "issue": ISSUE, "address": "ada@letter.example"}
        page.request("POST", "/do", json.dumps(deed), told)
        deed["seal"] = json.loads(page.getresponse().read())["seal"]
        page.request("POST", "/do", json.dumps(deed), told)
        with mute.accept()[0]:
            process.send_signal(signal.SIGINT)
            with pytest.raises(ConnectionError):
                page.getresponse()  # nobody hears of it any more
            assert process.poll() is None
            process.send_signal(signal.SIGINT)
            assert ended(process) == -signal.SIGINT


def test_the_browser_is_sent_to_the_whole_address(
    garden: Blog, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Unless it is not to be opened."""
    opened: Queue[str] = Queue()
    announced: list[str] = []
    monkeypatch.setattr(server.webbrowser, "open", lambda address: opened.put(address) or True)
    monkeypatch.setattr(Preview, "run", lambda self: self._socket.close())
    for wanted in (True, False):
        serve(Project(garden.root), None, open_browser=wanted, announce=announced.append)
    assert opened.get(timeout=30) == announced[0]
    assert opened.empty()
    assert "/?token=" in announced[0]


def test_without_a_browser_the_address_has_to_do(monkeypatch: pytest.MonkeyPatch) -> None:
    said: list[str] = []
    monkeypatch.setattr(server.webbrowser, "open", lambda _address: False)
    server._open("http://127.0.0.1:1/", said.append)
    assert said == ["No browser could be opened; open the address above."]


@pytest.mark.parametrize("reference", [None, "latest", ISSUE, f"issues/{ISSUE}/", "weekly"])
def test_an_issue_is_found_by(garden: Blog, reference: str | None) -> None:
    """Nothing, `latest`, its id, its folder, or its edition."""
    assert choose(Project(garden.root), reference, str) == ISSUE


def test_an_edition_without_an_issue_gets_one_for_today(garden: Blog) -> None:
    """Its posts are collected first."""
    garden.configure(
        '[edition.all]\ntitle = "Everything"\nsince = "90000 days"\nfirst_window = "90000 days"\n'
    )
    said: list[str] = []
    found = choose(Project(garden.root), "all", said.append)
    assert found.endswith("-all")
    assert (garden.issue(found) / "email.html").is_file()
    assert said == ["all has no issue yet; building today's …"]


def test_an_edition_with_nothing_to_send_is_told(garden: Blog) -> None:
    garden.configure("[edition.none]\nmin_posts = 9\n")
    with pytest.raises(NothingToSend, match="min_posts = 9"):
        choose(Project(garden.root), "none", str)


def test_a_first_issue_tells_which_source_could_not_be_read(garden: Blog) -> None:
    """What it would have brought nobody knows, so the day does not count as skipped."""
    gone = '[[source]]\nname = "gone"\nkind = "markdown"\npath = "nowhere"\n'
    garden.configure(f"[edition.none]\nmin_posts = 9\n{gone}")
    said: list[str] = []
    with pytest.raises(NothingToSend, match="does not count as skipped, since gone failed"):
        choose(Project(garden.root), "none", said.append)
    assert said[0] == "none has no issue yet; building today's …"
    assert any(line.startswith("gone: ") for line in said[1:])


def test_an_unknown_name_is_answered_with_the_known_ones(garden: Blog) -> None:
    with pytest.raises(UsageError, match=r'no issue or edition "wekly".*"weekly"'):
        choose(Project(garden.root), "wekly", str)


def test_a_project_without_issues_says_how_to_get_one(tmp_path: Path) -> None:
    blog = Blog(tmp_path / "new")
    blog.root.mkdir()
    blog.configure()
    with pytest.raises(UsageError, match="digest build"):
        choose(Project(blog.root), "latest", str)


def test_an_issue_that_cannot_be_read_is_an_error_at_once(garden: Blog) -> None:
    (garden.issue(ISSUE) / "email.txt").unlink()
    with pytest.raises(DigestError, match=r"email\.txt"):
        Preview(Project(garden.root), ISSUE)


def test_it_listens_for_the_network_only_where_it_is_told_to(garden: Blog) -> None:
    """The address it names can be opened, and wants the token like any other."""
    preview = Preview(Project(garden.root), ISSUE, host="0.0.0.0")
    thread = threading.Thread(target=preview.run)
    thread.start()
    try:
        host = urlsplit(preview.origin).hostname or ""
        assert host != "0.0.0.0"
        for path, status in (("/", 403), (f"/?token={preview.token}", 303)):
            with closing(HTTPConnection(host, preview.port, timeout=30)) as page:
                page.request("GET", path)
                assert page.getresponse().status == status
    finally:
        preview.stop()
        thread.join(10)


def test_an_address_that_is_not_ours_cannot_be_listened_on(garden: Blog) -> None:
    with pytest.raises(DigestError, match=r"host 192\.0\.2\.1: cannot be listened on"):
        Preview(Project(garden.root), ISSUE, host="192.0.2.1")

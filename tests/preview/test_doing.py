"""Actions of the page: what will happen is shown first, and nothing else is done."""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncGenerator, Iterator
from datetime import date
from email import message_from_bytes, policy
from pathlib import Path
from typing import Any

import pytest

from digest.preview.live import following
from digest.preview.live.watching import Change, Places
from digest.workflow.making.building import build
from digest.workflow.project import Project
from tests.conftest import Blog
from tests.preview.arranging.test_writing import ask
from tests.preview.browsing import opened
from tests.preview.conftest import ISSUE, Visitor, running
from tests.services.mailbox import PASSWORD, USER, smtp_server


def do(visitor: Visitor, **deed: str) -> Any:
    """Ask for a deed and return what is answered."""
    answer = ask(visitor, "/do", json.dumps({"issue": ISSUE} | deed).encode())
    assert answer.status in (200, 422), answer.status
    return json.loads(answer.read())


def test_approving_shows_the_bytes_first_and_seals_those(visitor: Visitor) -> None:
    plan = do(visitor, do="approve")
    assert plan["agree"] == "Approve these bytes"
    assert any(line.startswith("email.html, SHA-256") for line in plan["lines"])
    assert not (visitor.folder / "approval.json").exists()
    assert do(visitor, do="approve", seal=plan["seal"])["title"] == f"{ISSUE} is approved."
    assert (visitor.folder / "approval.json").is_file()
    back = do(visitor, do="withdraw")
    do(visitor, do="withdraw", seal=back["seal"])
    assert not (visitor.folder / "approval.json").exists()


def test_what_changed_since_it_was_shown_is_not_done(visitor: Visitor, garden: Blog) -> None:
    """Neither with other bytes nor with other words."""
    plan = do(visitor, do="approve")
    editor = visitor.folder / "editor.md"
    editor.write_text(editor.read_text() + "\nMore words.\n")
    project = Project(garden.root)
    build(project, project.config.edition(), date(2026, 10, 11))
    assert "something changed" in do(visitor, do="approve", seal=plan["seal"])["message"]
    assert "something changed" in do(visitor, do="approve", seal="0" * 32)["message"]
    assert not (visitor.folder / "approval.json").exists()


def test_what_was_done_is_shown_though_nothing_tells_of_changed_files(
    garden: Blog, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A network drive says nothing, and a busy machine is slow to look."""

    async def silent(_: Places) -> AsyncGenerator[Change, None]:
        yield Change()
        await asyncio.Event().wait()

    monkeypatch.setattr(following, "changes", silent)
    with running(Project(garden.root)) as visitor:
        events = visitor.events()
        do(visitor, do="approve", seal=do(visitor, do="approve")["seal"])
        assert events.next()[0] == "shown"
        assert visitor.shown.state == "approved"


def test_a_test_goes_nowhere_without_a_mail_server(visitor: Visitor) -> None:
    plan = do(visitor, do="test", address="ada@example.org")
    assert "Add [service.smtp]" in plan["obstacle"]
    assert plan["seal"] == ""


@pytest.mark.parametrize(
    "address",
    ["", "ada", "ada@", "a@b.c\nBcc: x@y.z", "ada@example.org>", ",".join(["a@b.cd"] * 6)],
)
def test_a_strange_address_is_refused(visitor: Visitor, address: str) -> None:
    assert do(visitor, do="test", address=address)["obstacle"]


def test_a_draft_needs_an_approved_issue(visitor: Visitor) -> None:
    assert "is not approved yet" in do(visitor, do="draft", to="folder")["obstacle"]


def test_a_draft_is_rehearsed_then_left(garden: Blog) -> None:
    """In a folder here; what is asked of a service would stand in the plan."""
    with running(Project(garden.root)) as visitor:
        seal = do(visitor, do="approve")["seal"]
        do(visitor, do="approve", seal=seal)
        plan = do(visitor, do="draft", to="folder")
        assert not (garden.root / "handed-over").exists()
        assert "there are never two" in " ".join(plan["lines"])
        assert "created" in do(visitor, do="draft", to="folder", seal=plan["seal"])["title"]
        assert (garden.root / "handed-over").is_dir()


@pytest.mark.parametrize("deed", ["send", "schedule", "publish", "", "rm"])
def test_there_is_no_deed_that_sends(visitor: Visitor, deed: str) -> None:
    assert "nothing to do" in do(visitor, do=deed)["message"]


@pytest.mark.parametrize(
    ("query", "kind", "begins"),
    [
        ("service=mailchimp&form=html", "text/html", b"<!DOCTYPE html>"),
        ("service=plain&form=text", "text/plain", b"The Letter"),
        ("service=mailchimp&form=zip", "application/zip", b"PK"),
    ],
)
def test_the_issue_is_taken_along(still: Visitor, query: str, kind: str, begins: bytes) -> None:
    """As a file, never as a page of ours."""
    answer = still.ask(f"/export?issue={ISSUE}&{query}")
    assert answer.getheader("content-type", "").startswith(kind)
    assert answer.getheader("content-disposition", "").startswith("attachment")
    assert answer.read().startswith(begins)


@pytest.mark.parametrize("query", ["service=nobody", "service=plain&form=exe", "service=..%2f.."])
def test_no_other_export_is_known(still: Visitor, query: str) -> None:
    assert still.ask(f"/export?issue={ISSUE}&{query}").status == 404


# ---------------------------------------------------------------- in the browser


@pytest.fixture
def page(browser: Any, garden: Blog) -> Iterator[Any]:
    with running(Project(garden.root)) as visitor, browser.new_context() as context:
        page = opened(context, visitor.preview)
        page.set_viewport_size({"width": 1280, "height": 900})
        page.keyboard.press("o")
        page.locator("#panel .handing").wait_for()
        yield page


@pytest.mark.browser
def test_approving_in_the_browser(page: Any, garden: Blog) -> None:
    """Seen, agreed to, and the page says that it is sealed."""
    page.get_by_role("button", name="Approve …").click()
    page.locator("#plan[open] >> text=SHA-256 >> nth=0").wait_for()
    assert not (garden.issue(ISSUE) / "approval.json").exists()
    page.get_by_role("button", name="Approve these bytes").click()
    page.locator("#plan >> text=is approved").wait_for()
    page.get_by_role("button", name="Close").click()
    page.locator("#bar .facts >> text=Approved").wait_for()
    page.get_by_role("button", name="Take it back …").wait_for()


@pytest.mark.browser
def test_what_stands_in_the_way_is_said(page: Any) -> None:
    page.get_by_role("textbox", name="To").fill("ada@example.org")
    page.get_by_role("button", name="Send a test …").click()
    page.locator("#plan-obstacle >> text=no mail server").wait_for()
    assert page.locator("#agree").is_hidden()
    page.keyboard.press("Escape")
    assert page.locator("#plan[open]").count() == 0


@pytest.mark.browser
@pytest.mark.filterwarnings("ignore:Requiring AUTH:UserWarning")
@pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning")
def test_a_test_is_mailed_once_it_was_agreed_to(
    browser: Any, garden: Blog, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A real mail server gets one mail, to the address that was shown, with the issue as it is."""
    monkeypatch.setenv("MAIL_USER", USER)
    monkeypatch.setenv("MAIL_PASSWORD", PASSWORD)
    with smtp_server(tmp_path, is_wrapped=True) as (url, box, cert):
        garden.configure(
            f'[service.smtp]\nurl = "{url}"\nuser_env = "MAIL_USER"\nkey_env = "MAIL_PASSWORD"\n'
            f'ca_file = "{cert}"\n'
        )
        with running(Project(garden.root)) as visitor, browser.new_context() as context:
            page = opened(context, visitor.preview)
            page.keyboard.press("o")
            page.get_by_role("textbox", name="To").fill("ada@letter.example")
            page.get_by_role("button", name="Send a test …").click()
            page.locator("#plan-lines >> text=One message goes to ada@letter.example").wait_for()
            assert box.mails == []
            page.get_by_role("button", name="Mail it to ada@letter.example").click()
            page.locator("#plan >> text=A test went to ada@letter.example").wait_for()
            assert page.locator("#agree").is_hidden()
    ((_, to, raw),) = box.mails
    mail = message_from_bytes(raw, policy=policy.default)
    assert (to, mail["To"]) == (["ada@letter.example"], "ada@letter.example")
    html = mail.get_body(("html",))
    assert html is not None
    assert "Counting the swifts" in html.get_content()


@pytest.mark.browser
def test_the_html_is_copied_and_the_zip_downloaded(page: Any, garden: Blog) -> None:
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    page.get_by_label("In the dialect of").select_option("mailchimp")
    page.get_by_role("button", name="Copy the HTML").click()
    page.locator("#said >> text=is copied").wait_for(state="attached")
    assert "*|UNSUB|*" in page.evaluate("navigator.clipboard.readText()")
    with page.expect_download() as download:
        page.get_by_role("button", name="Zip").click()
    assert download.value.suggested_filename == f"{ISSUE}-mailchimp.zip"

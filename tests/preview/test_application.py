"""What the page shows, and what it keeps the issue from doing."""

from __future__ import annotations

import re

import pytest

from tests.preview.conftest import ISSUE, Visitor


def test_the_page_tells_what_there_is_to_know(still: Visitor) -> None:
    """Name, number, subject, preheader, state, size and posts of the issue."""
    page = still.get("/")
    size = len(still.preview.live.shown.outputs["email.html"])
    for words in (
        "The Letter",
        "The Weekly Letter",
        "No. 1",
        "Draft",
        "2 posts",
        f"{size:,} bytes",
        ISSUE,
    ):
        assert words in page
    assert re.search(r"<h1[^>]*>Learning by doing", page)
    assert "Nobody read the manual." in page


def test_the_versions_are_links(still: Visitor) -> None:
    """One click apart, without any script."""
    for path, name in (("/", "html"), ("/text", "text"), ("/web", "web")):
        page = still.get(path)
        for other, address in (("html", "/"), ("text", "/text"), ("web", "/web")):
            current = ' aria-current="true"' if other == name else ""
            assert f'id="version-{other}" href="{address}"{current}' in page


def test_the_view_stays_from_version_to_version(still: Visitor) -> None:
    page = still.get("/web?width=360&colours=dark")
    assert 'href="/text?width=360&amp;colours=dark"' in page
    assert '<iframe id="frame" class="w360 dark"' in page
    assert 'src="/issue/web.html?colours=dark"' in page


def test_an_unknown_view_is_the_usual_one(still: Visitor) -> None:
    page = still.get("/?width=%22%3E&colours=%3Cscript")
    assert '<iframe id="frame" class="w600 system"' in page


def test_the_issue_stands_in_a_sandbox(still: Visitor) -> None:
    """It may open links in new tabs, and nothing else; whatever way it is opened."""
    page = still.get("/")
    assert re.findall(r'sandbox="([^"]*)"', page) == ["allow-popups allow-popups-to-escape-sandbox"]
    for name in ("email.html", "email.txt", "web.html"):
        policy = still.ask(f"/issue/{name}").getheader("content-security-policy", "")
        assert policy.startswith(
            "sandbox allow-popups allow-popups-to-escape-sandbox; default-src 'none'"
        )
        assert "img-src https: http:" in policy
        assert "script" not in policy.replace("allow-", "")


def test_the_page_has_no_inline_script_or_style(still: Visitor) -> None:
    """Its policy allows none, and nothing comes from elsewhere."""
    page = still.get("/")
    assert "script-src 'self'" in still.ask("/").getheader("content-security-policy", "")
    assert not re.search(r"<script(?![^>]*src=)|\son\w+=|\sstyle=|<style", page)
    assert not re.search(r"(?:src|href)=\"(?:https?:)?//", page)


def test_the_text_version_is_shown_as_written(still: Visitor) -> None:
    text = (still.folder / "email.txt").read_text()
    assert still.get("/issue/email.txt") == text
    assert "Counting the swifts" in still.get("/text")


def test_the_frame_gets_the_issue_as_it_lies_on_disk(still: Visitor) -> None:
    """Only where links open is added."""
    html = still.get("/issue/email.html").replace('<base target="_blank">', "")
    assert html.replace('<a target="_self"', "<a") == (still.folder / "email.html").read_text()


@pytest.mark.parametrize(
    "path",
    [
        "/issue/issue.json",
        "/issue/editor.md",
        "/issue/../../digest.toml",
        "/issue/..%2f..%2fdigest.toml",
        "/issue/%2e%2e/%2e%2e/digest.toml",
        "/static/../server.py",
        "/static/..%2fserver.py",
        "/static/page.html",
        "/static/",
        "//etc/passwd",
        "/nowhere",
        "/openapi.json",
    ],
)
def test_there_is_nothing_else(still: Visitor, path: str) -> None:
    """Files are known by name; no path leads to another."""
    assert still.ask(path).status == 404

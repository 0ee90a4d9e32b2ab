"""What the page shows, and what it keeps the issue from doing."""

from __future__ import annotations

import re
from base64 import b64encode
from datetime import date
from pathlib import Path

import pytest

from digest.preview.application import ASSETS
from digest.preview.views import WAYS
from digest.workflow.gathering.collecting import collect
from digest.workflow.making.building import build
from digest.workflow.project import Project
from tests.conftest import Blog
from tests.preview.conftest import ISSUE, Visitor, running

PICTURE = next(iter(sorted((Path(__file__).parents[2] / "examples/posts/pictures").glob("*.png"))))
FRAMES = [way.id for way in WAYS if way.kind == "frame"]


def test_the_page_tells_what_there_is_to_know(still: Visitor) -> None:
    """Name, number, subject, preheader, state, size and posts of the issue."""
    page = still.get("/")
    size = len(still.shown.outputs["email.html"])
    for words in (
        "The Letter",
        "The Weekly Letter",
        "No. 1",
        "Draft",
        "<dd>2</dd>",
        f"{size:,} bytes",
        ISSUE,
    ):
        assert words in page
    assert re.search(r"<h1[^>]*>Learning by doing", page)
    assert "Nobody read the manual." in page


@pytest.mark.parametrize("way", [way.id for way in WAYS])
def test_every_view_is_a_link_away(still: Visitor, way: str) -> None:
    """Without any script; the page says which one it is."""
    assert f'href="/?way={way}"' in still.get("/") or way == "html"
    page = still.get(f"/?way={way}")
    assert re.search(rf'id="way-{way}" [^>]*aria-current="true"', page)


def test_the_view_stays_from_version_to_version(still: Visitor) -> None:
    page = still.get("/?way=web&width=360&colours=dark")
    assert 'href="/?way=text&amp;width=360&amp;colours=dark"' in page
    assert f'src="/issue/{ISSUE}/web?colours=dark"' in page
    assert 'data-width="360"' in page


def test_an_unknown_view_is_the_usual_one(still: Visitor) -> None:
    page = still.get("/?width=%22%3E&colours=%3Cscript&way=no&beside=..&panel=x&service=%00")
    assert 'class="system html"' in page
    assert 'data-width="600"' in page


@pytest.mark.parametrize("way", FRAMES)
def test_the_issue_stands_in_a_sandbox(still: Visitor, way: str) -> None:
    """It may open links in new tabs, and nothing else; whatever way it is opened."""
    page = still.get(f"/?way={way}")
    for sandbox in re.findall(r'sandbox="([^"]*)"', page):
        assert sandbox == "allow-popups allow-popups-to-escape-sandbox"
    policy = still.ask(f"/issue/{ISSUE}/{way}").getheader("content-security-policy", "")
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
    first = (still.folder / "email.txt").read_text().splitlines()[0]
    page = still.get("/?way=text")
    assert f"\n{first}" in page
    assert "Counting the swifts" in page


def test_the_frame_gets_the_issue_as_it_lies_on_disk(still: Visitor) -> None:
    """Only where links open, and the names of places, are added."""
    html = still.get(f"/issue/{ISSUE}/html").replace('<base target="_blank">', "")
    html = re.sub(r"<style>:target.*?</style>", "", html)
    html = re.sub(r' id="post-\d+"', "", html).replace('<a target="_self"', "<a")
    assert html == (still.folder / "email.html").read_text()


def test_a_post_can_be_led_to(still: Visitor) -> None:
    """By a fragment, which needs no script in the frame."""
    assert f'src="/issue/{ISSUE}/html#post-1"' in still.get("/?at=post-1")
    html = still.get(f"/issue/{ISSUE}/html")
    assert re.search(r'<a id="post-1"[^>]*href="https://letter.example/one/"', html)


def test_merge_tags_are_filled_in_for_one_reader(still: Visitor) -> None:
    """As a service would; none of its tags is left."""
    html = still.get(f"/issue/{ISSUE}/service?service=mailchimp")
    assert "*|" not in html
    assert "https://service.example/unsubscribe" in html


@pytest.mark.parametrize("name", sorted(ASSETS))
def test_each_part_of_the_page_is_there(still: Visitor, name: str) -> None:
    assert still.ask(f"/static/{name}").status == 200


@pytest.mark.parametrize(
    "path",
    [
        f"/issue/{ISSUE}/issue.json",
        f"/issue/{ISSUE}/editor.md",
        f"/issue/{ISSUE}/../../digest.toml",
        "/issue/../../digest.toml/html",
        "/issue/..%2f..%2fdigest.toml/html",
        "/issue/%2e%2e/%2e%2e/digest.toml",
        "/issue/latest/html",
        "/?issue=2020-01-01-weekly",
        "/?issue=../garden",
        "/events?issue=..",
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


# ---------------------------------------------------------------- issues and pictures


def test_any_issue_of_the_project_can_be_opened(garden: Blog) -> None:
    """Whatever its date; each is followed for itself, and the switcher names them all."""
    project = Project(garden.root)
    garden.write("three", "A late swift", "2026-10-14T09:00:00Z", "birds", "It flew.")
    collect(project)
    build(project, project.config.edition(), date(2026, 10, 18))
    with running(Project(garden.root)) as visitor:
        assert "?issue=2026-10-18-weekly" in visitor.get("/")
        other = visitor.get("/?issue=2026-10-18-weekly&way=last&panel=size")
        assert "A late swift" in other
        assert f"Issue before: {ISSUE}." in other
        assert "Counting the swifts" in visitor.get(f"/issue/{ISSUE}/html")


def test_pictures_of_an_unpublished_site_are_shown(garden: Blog) -> None:
    """They lie beside the posts, at addresses where nobody answers yet."""
    picture = garden.root / "posts" / "swift.png"
    picture.write_bytes(drawn := PICTURE.read_bytes())
    garden.write("one", "Counting the swifts", "2026-10-05T09:00:00Z", "birds", "![Six](swift.png)")
    project = Project(garden.root)
    collect(project)
    build(project, project.config.edition(), date(2026, 10, 11))
    with running(Project(garden.root)) as visitor:
        html = visitor.get(f"/issue/{ISSUE}/html")
    assert "letter.example/one/swift.png" not in html
    assert f"data:image/png;base64,{b64encode(drawn).decode()}" in html

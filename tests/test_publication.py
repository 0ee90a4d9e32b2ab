"""`issues/` published as it is: a page and a feed of what was approved, and nothing else."""

from __future__ import annotations

import json
import re
from datetime import UTC, date, datetime
from html import escape
from typing import Any
from xml.etree import ElementTree

import pytest

from digest.models import Image, NewsletterView, replace
from digest.rendering.publication import PublishedIssue, index_page
from tests.conftest import Blog, Run

LETTER = NewsletterView(name="Garden", url="https://www.garden.example/")


def published(**told: Any) -> PublishedIssue:
    dated = told.pop("dated", date(2026, 10, 6))
    made = PublishedIssue(
        folder=f"{dated}-weekly",
        title="Weekly",
        number=1,
        dated=dated,
        date=str(dated),
        subject="Frost & after",
        preheader="What the cold left",
        cutoff_at=datetime(2026, 10, 6, tzinfo=UTC),
    )
    return replace(made, **told)


ATOM = "{http://www.w3.org/2005/Atom}"


def build_two(digest: Run, blog: Blog) -> None:
    config = blog.root / "digest.toml"
    config.write_text(
        config.read_text().replace(
            "[[source]]", 'archive = "https://letter.example/issues"\n[[source]]'
        )
    )
    for day in ("2026-10-06", "2026-10-08"):
        assert digest("--project", blog.root, "build", "--date", day).code == 0


def test_only_approved_issues_are_listed(digest: Run, blog: Blog) -> None:
    build_two(digest, blog)
    assert not (blog.root / "issues" / "index.html").exists()
    digest("--project", blog.root, "approve", "2026-10-06-weekly")
    page = (blog.root / "issues" / "index.html").read_text()
    assert 'href="2026-10-06-weekly/web.html"' in page
    assert "2026-10-08-weekly" not in page


def test_each_issue_is_a_heading_of_the_page(digest: Run, blog: Blog) -> None:
    build_two(digest, blog)
    digest("--project", blog.root, "approve", "2026-10-06-weekly")
    page = (blog.root / "issues" / "index.html").read_text()
    assert (page.count("<h1>"), page.count("<h2 ")) == (1, 1)


def test_an_issue_is_shown_with_its_picture_date_and_what_it_is_about(
    digest: Run, blog: Blog
) -> None:
    for post in (blog.root / "posts").glob("*.md"):
        text = post.read_text()
        post.write_text(text.replace("---\n", '---\nimage: "https://a.example/hill.jpg"\n', 1))
    build_two(digest, blog)
    digest("--project", blog.root, "approve", "2026-10-06-weekly")
    page = (blog.root / "issues" / "index.html").read_text()
    issue = json.loads((blog.root / "issues" / "2026-10-06-weekly" / "issue.json").read_text())
    assert 'src="https://a.example/hill.jpg" alt=""' in page
    assert '<time datetime="2026-10-06">' in page
    assert escape(issue["issue"]["subject"]) in page
    assert escape(issue["issue"]["preheader"]) in page


def test_the_page_wears_the_look_of_the_newest_issue() -> None:
    page = index_page(LETTER, [published(theme={"accent": "#aa0000"})]).decode()
    assert "--accent: #aa0000" in page


def test_nothing_of_an_issue_ends_the_style_sheet_or_leaves_the_folder() -> None:
    odd = published(
        theme={"accent": "red;}</style><script>"},
        images=(Image(url="javascript:a()"), Image(url="pictures/../../x.png")),
    )
    page = index_page(LETTER, [odd]).decode()
    assert "<script" not in page
    assert "<img" not in page


def test_a_newsletters_address_stands_at_the_foot_by_its_host() -> None:
    page = index_page(LETTER, [published()]).decode()
    assert page.index("</main>") < page.index(
        '<a href="https://www.garden.example/">garden.example'
    )


def test_many_years_are_told_apart() -> None:
    days = (date(2027, 1, 3), date(2026, 12, 20), date(2026, 3, 1), date(2025, 5, 4))
    page = index_page(LETTER, [published(dated=day) for day in days]).decode()
    assert re.findall(r'class="year">(\d+)', page) == ["2026", "2025"]
    assert page.count("<article") == 4


def test_the_feed_links_whole_addresses_newest_first(digest: Run, blog: Blog) -> None:
    build_two(digest, blog)
    for issue in ("2026-10-06-weekly", "2026-10-08-weekly"):
        digest("--project", blog.root, "approve", issue)
    feed = ElementTree.fromstring((blog.root / "issues" / "feed.xml").read_bytes())
    links = [entry.find(f"{ATOM}link").attrib["href"] for entry in feed.findall(f"{ATOM}entry")]  # type: ignore[union-attr]
    assert links == [
        f"https://letter.example/issues/2026-10-0{day}-weekly/web.html" for day in (8, 6)
    ]
    assert all(
        feed.find(f"{ATOM}{name}") is not None for name in ("id", "title", "updated", "author")
    )


def test_the_feed_tells_when_each_issue_was_put_together(digest: Run, blog: Blog) -> None:
    """Readers sort by it, and tell by it what is new (RFC 4287, 4.2.15)."""
    build_two(digest, blog)
    for issue in ("2026-10-06-weekly", "2026-10-08-weekly"):
        digest("--project", blog.root, "approve", issue)
    feed = ElementTree.fromstring((blog.root / "issues" / "feed.xml").read_bytes())
    dated = [entry.findtext(f"{ATOM}updated", "") for entry in feed.findall(f"{ATOM}entry")]
    assert [moment[:10] for moment in dated] == ["2026-10-08", "2026-10-06"]
    assert all(datetime.fromisoformat(moment).tzinfo for moment in dated)
    assert feed.findtext(f"{ATOM}updated") == dated[0]


def test_taking_the_seal_back_takes_the_issue_out(digest: Run, blog: Blog) -> None:
    build_two(digest, blog)
    digest("--project", blog.root, "approve", "2026-10-06-weekly")
    digest("--project", blog.root, "approve", "2026-10-06-weekly", "--withdraw")
    assert "2026-10-06" not in (blog.root / "issues" / "index.html").read_text()


def test_a_feed_goes_with_the_address_that_it_was_for(digest: Run, blog: Blog) -> None:
    """Else it would go on telling readers of an archive that is no more."""
    build_two(digest, blog)
    feed = blog.root / "issues" / "feed.xml"
    digest("--project", blog.root, "approve", "2026-10-06-weekly")
    assert feed.exists()
    config = blog.root / "digest.toml"
    config.write_text(config.read_text().replace('archive = "https://letter.example/issues"', ""))
    digest("--project", blog.root, "approve", "2026-10-08-weekly")
    assert not feed.exists()
    assert "2026-10-08-weekly" in (feed.parent / "index.html").read_text()


def test_there_is_no_feed_before_an_issue_is_approved(digest: Run, blog: Blog) -> None:
    """A feed has to say when it last changed, and no date would be true."""
    build_two(digest, blog)
    feed = blog.root / "issues" / "feed.xml"
    for options, is_there in (((), True), (("--withdraw",), False)):
        digest("--project", blog.root, "approve", "2026-10-06-weekly", *options)
        assert feed.exists() is is_there


def test_without_a_published_address_there_is_a_page_but_no_feed(digest: Run, blog: Blog) -> None:
    digest("--project", blog.root, "build", "--date", "2026-10-08")
    digest("--project", blog.root, "approve", "latest")
    assert (blog.root / "issues" / "index.html").exists()
    assert not (blog.root / "issues" / "feed.xml").exists()


def test_an_issue_changed_by_hand_or_by_its_editor_is_not_approved(digest: Run, blog: Blog) -> None:
    digest("--project", blog.root, "build", "--date", "2026-10-08")
    folder = blog.issue("2026-10-08-weekly")
    (folder / "editor.md").write_text("New words.")
    changed = digest("--project", blog.root, "approve", "latest")
    assert (changed.code, "editor.md: was changed after" in changed.err) == (1, True)
    digest("--project", blog.root, "build", "--date", "2026-10-08")
    (folder / "email.html").write_text("tampered")
    assert (
        "are not those that were built" in digest("--project", blog.root, "approve", "latest").err
    )


@pytest.mark.parametrize("service", ["Mailchimp", "MAILCHIMP", "mailchimp"])
def test_a_service_may_be_written_in_any_case(digest: Run, blog: Blog, service: str) -> None:
    digest("--project", blog.root, "build", "--date", "2026-10-08")
    assert "*|UNSUB|*" in digest("--project", blog.root, "export", "latest", "--for", service).out


def test_a_service_that_is_nearly_known_is_suggested(digest: Run, blog: Blog) -> None:
    digest("--project", blog.root, "build", "--date", "2026-10-08")
    told = digest("--project", blog.root, "export", "latest", "--for", "Mailchump")
    assert told.code == 2
    assert 'there is no service "Mailchump". Did you mean "mailchimp"? Known services: ' in told.err

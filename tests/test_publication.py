"""`issues/` published as it is: a page and a feed of what was approved, and nothing else."""

from __future__ import annotations

from collections.abc import Callable
from xml.etree import ElementTree

from tests.conftest import Answer, Blog

Run = Callable[..., Answer]
ATOM = "{http://www.w3.org/2005/Atom}"


def build_two(digest: Run, blog: Blog) -> None:
    config = blog.root / "digest.toml"
    config.write_text(
        config.read_text().replace("[[source]]", 'archive = "https://letter.example/issues"\n[[source]]')
    )
    for date in ("2026-10-06", "2026-10-08"):
        assert digest("--project", blog.root, "build", "--date", date).code == 0


def test_only_approved_issues_are_listed(digest: Run, blog: Blog) -> None:
    build_two(digest, blog)
    assert not (blog.root / "issues" / "index.html").exists()
    digest("--project", blog.root, "approve", "2026-10-06-weekly")
    page = (blog.root / "issues" / "index.html").read_text()
    assert 'href="2026-10-06-weekly/web.html"' in page
    assert "2026-10-08-weekly" not in page


def test_the_feed_links_whole_addresses_newest_first(digest: Run, blog: Blog) -> None:
    build_two(digest, blog)
    for issue in ("2026-10-06-weekly", "2026-10-08-weekly"):
        digest("--project", blog.root, "approve", issue)
    feed = ElementTree.fromstring((blog.root / "issues" / "feed.xml").read_bytes())
    links = [entry.find(f"{ATOM}link").attrib["href"] for entry in feed.findall(f"{ATOM}entry")]  # type: ignore[union-attr]
    assert links == [f"https://letter.example/issues/2026-10-0{day}-weekly/web.html" for day in (8, 6)]
    assert all(feed.find(f"{ATOM}{name}") is not None for name in ("id", "title", "updated", "author"))


def test_taking_the_seal_back_takes_the_issue_out(digest: Run, blog: Blog) -> None:
    build_two(digest, blog)
    digest("--project", blog.root, "approve", "2026-10-06-weekly")
    digest("--project", blog.root, "approve", "2026-10-06-weekly", "--withdraw")
    assert "2026-10-06" not in (blog.root / "issues" / "index.html").read_text()


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
    assert "are not those that were built" in digest("--project", blog.root, "approve", "latest").err

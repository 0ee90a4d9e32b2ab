"""What a new project's digest.toml says."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path

import pytest
from pytest_httpserver import HTTPServer

from digest.errors import SourceError
from digest.workflow.gathering.collecting import collect
from digest.workflow.gathering.scaffolding import init
from digest.workflow.making.building import build
from digest.workflow.project import Project
from tests.sources.faulty_server import PAGE
from tests.sources.wordpress.wordpress_site import WordPressSite

FEED = "<rss version='2.0'><channel><title>The garden</title>{}<item><title>Moss</title></item></channel></rss>"


def comment_columns(paragraph: str) -> set[int]:
    """Return where the comments beside keys begin, in lines whose values hold no "#" themselves."""
    found = (re.match(r"(?:# )?(?:\w+ =|\[).*? +(?=# )", line) for line in paragraph.splitlines())
    return {match.end() for match in found if match}


@pytest.mark.parametrize("zone", ["UTC", "Europe/Copenhagen", "America/Argentina/Buenos_Aires"])
def test_comments_stand_below_one_another_however_long_the_values(
    httpserver: HTTPServer, tmp_path: Path, zone: str
) -> None:
    """The file is the first thing an editor sees of all this."""
    site = WordPressSite(httpserver)
    site.timezone = zone
    init(tmp_path, site.url)
    text = (tmp_path / "digest.toml").read_text()
    assert tomllib.loads(text)["newsletter"]["timezone"] == zone
    assert "\t" not in text
    columns = [comment_columns(paragraph) for paragraph in text.split("\n\n")]
    assert max(map(len, columns)) == 1
    assert (columns[1] == {34}) == (len(zone) < 20)


def test_the_newsletters_address_is_the_home_of_the_site(
    httpserver: HTTPServer, tmp_path: Path
) -> None:
    """As the feed says it; in a subfolder where it lies in one."""
    httpserver.expect_request("/blog/feed.xml").respond_with_data(
        FEED.format("<link>https://garden.example/blog/</link>"), content_type="application/rss+xml"
    )
    made = init(tmp_path, httpserver.url_for("/blog/feed.xml"))
    said = tomllib.loads((tmp_path / "digest.toml").read_text())
    assert said["newsletter"]["url"] == "https://garden.example/blog/"
    assert said["source"][0]["url"] == made.url == httpserver.url_for("/blog/feed.xml")


def test_a_feeds_title_brings_no_characters_that_nobody_sees(
    httpserver: HTTPServer, tmp_path: Path
) -> None:
    """It becomes the newsletter's name."""
    home = "<link>https://garden.example/\u202e</link><language>en\u202e</language>"
    feed = FEED.format(home).replace("The garden", "The\u202e gar\u2067den")
    httpserver.expect_request("/feed.xml").respond_with_data(
        feed.replace("Moss", "Mo\u202ess").encode(), content_type="application/rss+xml"
    )
    made = init(tmp_path, httpserver.url_for("/feed.xml"))
    said = tomllib.loads((tmp_path / "digest.toml").read_text())
    assert made.name == said["newsletter"]["name"] == "The garden"
    assert said["edition"]["weekly"]["title"] == "The garden"
    assert made.titles == ("Moss",)


def test_a_site_that_names_no_home_lives_where_it_was_found(
    httpserver: HTTPServer, tmp_path: Path
) -> None:
    """The page that was given, its folder included."""
    link = '<link rel="alternate" type="application/rss+xml" href="/feeds/posts.xml">'
    httpserver.expect_request("/blog/").respond_with_data(
        f"<html><head>{link}</head></html>", content_type="text/html"
    )
    httpserver.expect_request("/feeds/posts.xml").respond_with_data(FEED.format(""))
    init(tmp_path, httpserver.url_for("/blog/"))
    said = tomllib.loads((tmp_path / "digest.toml").read_text())
    assert said["newsletter"]["url"] == httpserver.url_for("/blog/")


def markdown(folder: Path, dated: str = "2026-11-22") -> None:
    """Write a small blog: two posts, and a page that is none."""
    folder.mkdir(parents=True)
    for name in ("Ferns", "Moss"):
        (folder / f"{name}.md").write_text(
            f"---\ntitle: {name}\ndate: {dated}\ntags: [shade]\nseries: Green\n---\nWords.\n"
        )
    (folder / "about.md").write_text("---\ntitle: About\n---\nWe are.\n")


def test_a_folder_of_posts_becomes_a_source_that_builds_at_once(tmp_path: Path) -> None:
    """Whatever the age of its newest post; the site's own configuration says what it is called."""
    markdown(tmp_path / "site" / "content" / "posts", "2021-03-04")
    (tmp_path / "site" / "hugo.toml").write_text(
        'title = "The Bench"\nbaseURL = "https://bench.example/"\nlanguageCode = "en-GB"\n'
    )
    made = init(tmp_path / "letter", str(tmp_path / "site" / "content" / "posts"))
    assert (made.kind, made.name, made.posts) == ("markdown", "The Bench", 2)
    assert (made.tags, made.series) == (("shade",), ("Green",))
    assert "about.md: has no date" in made.passed[0]
    said = tomllib.loads((tmp_path / "letter" / "digest.toml").read_text())
    assert said["source"][0]["path"] == "../site/content/posts"
    assert said["newsletter"]["url"] == said["source"][0]["url"] == "https://bench.example/"
    project = Project(tmp_path / "letter")
    collect(project)
    report = build(project, project.config.edition())
    assert (report.status, len(report.posts)) == ("built", 2)


def test_a_folder_of_saved_pages_is_read_as_pages(tmp_path: Path) -> None:
    """The kind that newcomers do not know of is named for them."""
    (tmp_path / "saved").mkdir()
    (tmp_path / "saved" / "tag.html").write_bytes(PAGE)
    made = init(tmp_path / "letter", str(tmp_path / "saved"))
    assert (made.kind, set(made.titles)) == ("page", {"Ferns", "Moss"})


def test_a_place_without_posts_says_what_was_passed_over(tmp_path: Path) -> None:
    """An empty answer would leave a newcomer guessing."""
    (tmp_path / "notes").mkdir()
    (tmp_path / "notes" / "about.md").write_text("---\ntitle: About\n---\nWe are.\n")
    with pytest.raises(SourceError, match=r"no posts.*about\.md: has no date"):
        init(tmp_path / "letter", str(tmp_path / "notes"))
    with pytest.raises(SourceError, match="no such file or folder"):
        init(tmp_path / "letter", "./nowhere")


@pytest.mark.parametrize("where", ["/rss/", "/news/atom.xml", "/feed/"])
def test_a_feed_that_only_the_pages_words_name_is_found(
    httpserver: HTTPServer, tmp_path: Path, where: str
) -> None:
    """Many themes put the link to their feed into the footer alone."""
    page = f'<html><body><p>Hello</p><footer><a href="{where}">RSS</a></footer></body></html>'
    httpserver.expect_request("/").respond_with_data(page, content_type="text/html")
    httpserver.expect_request(where).respond_with_data(FEED.format(""))
    made = init(tmp_path, httpserver.url_for("/"))
    assert (made.kind, made.url, made.titles) == ("feed", httpserver.url_for(where), ("Moss",))


def test_a_site_without_any_feed_is_read_as_a_listing(
    httpserver: HTTPServer, tmp_path: Path
) -> None:
    """Its front page shows its posts, which is all that is needed."""
    httpserver.expect_request("/").respond_with_data(PAGE, content_type="text/html")
    made = init(tmp_path, httpserver.url_for("/"))
    assert (made.kind, made.posts) == ("page", 2)

"""What a new project's digest.toml says."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path

import pytest
from pytest_httpserver import HTTPServer

from digest.workflow.scaffolding import init
from tests.sources.wordpress_site import WordPressSite

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

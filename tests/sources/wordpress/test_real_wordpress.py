"""The WordPress source against a real site, where there is one.

DIGEST_WORDPRESS is the site's address, DIGEST_WORDPRESS_TRUTH a JSON file that tells what it holds.
"""

from __future__ import annotations

import html
import json
import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest

from digest.fetching import Fetcher
from digest.models import RawItem
from digest.sources.base import Batch, SourceSettings
from digest.sources.finding import discover
from digest.sources.wordpress.posts import heading
from digest.sources.wordpress.source import WordPressSource

ADDRESS = os.environ.get("DIGEST_WORDPRESS", "")
TRUTH = os.environ.get("DIGEST_WORDPRESS_TRUTH", "")
HIDDEN = ("DRAFT-TEXT", "FUTURE-TEXT", "PRIVATE-TEXT", "MEMBERS-ONLY-TEXT")

pytestmark = pytest.mark.skipif(
    not (ADDRESS and TRUTH),
    reason="needs a WordPress named by DIGEST_WORDPRESS and DIGEST_WORDPRESS_TRUTH",
)


@pytest.fixture(scope="module")
def truth() -> dict[str, Any]:
    data: dict[str, Any] = json.loads(Path(TRUTH).read_text("utf-8"))
    return data


@pytest.fixture(scope="module")
def source() -> Iterator[WordPressSource]:
    with Fetcher(allow_private=[urlsplit(ADDRESS).hostname or ""]) as fetcher:
        given = SourceSettings(
            name="real", kind="wordpress", url=ADDRESS, timezone="Pacific/Auckland"
        )
        yield WordPressSource(given, fetcher)


@pytest.fixture(scope="module")
def batch(source: WordPressSource) -> Batch:
    return source.collect({})


def public(truth: dict[str, Any]) -> dict[str, dict[str, Any]]:
    return {
        f"wp:{post['id']}": post
        for post in truth["posts"]
        if post["status"] == "publish" and not post["password_protected"]
    }


def told(item: RawItem) -> dict[str, Any]:
    """Return an item in the words of the truth; addresses without their host, which has two ports."""
    assert item.published_at is not None
    assert item.updated_at is not None
    return {
        "date_gmt": f"{item.published_at:%Y-%m-%dT%H:%M:%S}",
        "modified_gmt": f"{item.updated_at:%Y-%m-%dT%H:%M:%S}",
        "author": item.authors[0],
        "tags": sorted(tag.name for tag in item.tags),
        "categories": sorted(category.name for category in item.categories),
        "series": [{"name": part.name, "part": part.part} for part in item.series],
        "featured_image": item.image
        and {
            "url": urlsplit(item.image.url).path,
            "alt": item.image.alt,
            "width": item.image.width,
            "height": item.image.height,
        },
    }


def test_every_public_post_is_told_as_it_is(batch: Batch, truth: dict[str, Any]) -> None:
    """Dates, names, series with parts and images agree with the database; nothing is missing or more."""
    expected = public(truth)
    for post in expected.values():
        if post["featured_image"]:
            post["featured_image"]["url"] = urlsplit(post["featured_image"]["url"]).path
        post["tags"], post["categories"] = sorted(post["tags"]), sorted(post["categories"])
    items = {item.identity: item for item in batch.items}
    assert items.keys() == expected.keys() == batch.present
    for identity, item in items.items():
        assert told(item) == {name: expected[identity][name] for name in told(item)}
    hidden = sum(
        post["status"] == "publish" and post["password_protected"] for post in truth["posts"]
    )
    wordless = sum(not post["words"] for post in expected.values())
    told_of = [problem.message for problem in batch.problems]
    assert (
        sorted(told_of)
        == ["has no text"] * wordless + ["is behind a password, so it is left out"] * hidden
    )


def test_titles_agree_but_for_typographic_quotes(batch: Batch, truth: dict[str, Any]) -> None:
    """WordPress makes quotes and dashes typographic when it shows a title."""

    def plainly(title: str) -> str:
        return title.translate(str.maketrans("‘’“”–—", "''\"\"--"))

    for item in batch.items:
        stored = html.unescape(public(truth)[item.identity]["title"])
        assert plainly(heading(item.title)) == plainly(stored)


def test_excerpts_are_told_written_or_cut(batch: Batch, truth: dict[str, Any]) -> None:
    """As the database knows it."""
    for item in batch.items:
        assert item.summary_is_manual == (
            public(truth)[item.identity]["excerpt_kind"] == "manual"
        ), item.title


def test_what_is_not_public_is_nowhere(batch: Batch, truth: dict[str, Any]) -> None:
    """Drafts, scheduled, private and protected posts; the protected ones are counted."""
    assert not any(text in repr(batch) for text in HIDDEN)
    protected = [post for post in truth["posts"] if post["password_protected"]]
    assert batch.skipped == len(protected)


def test_collecting_again_brings_only_late_changes(source: WordPressSource, batch: Batch) -> None:
    """And the same state; where nothing came or went, nothing is asked of what there is."""
    again = source.collect(batch.state)
    assert len(again.items) < len(batch.items)
    assert len(again.items) + again.unchanged == len(batch.items)
    counted = {"silent": again.state["silent"]}  # how often nothing was asked of what there is
    assert again.state == {**batch.state, **counted}
    assert again.present in (None, batch.present)


def test_small_pages_bring_the_same(batch: Batch) -> None:
    """Paging loses and doubles nothing."""
    given = SourceSettings(name="real", kind="wordpress", url=ADDRESS, options={"per_page": 3})
    with Fetcher(allow_private=[urlsplit(ADDRESS).hostname or ""]) as fetcher:
        assert WordPressSource(given, fetcher).collect({}).items == batch.items


def test_the_site_is_discovered(truth: dict[str, Any]) -> None:
    """With its name and its time zone."""
    with Fetcher(allow_private=[urlsplit(ADDRESS).hostname or ""]) as fetcher:
        found = discover(ADDRESS, fetcher)
    assert (found.kind, found.name) == ("wordpress", truth["site"]["name"])
    assert found.timezone == truth["site"]["timezone"]

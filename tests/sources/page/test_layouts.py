"""Which elements of a page are its posts: `layouts.txt` shows bodies, and the words of each post."""

from __future__ import annotations

from pathlib import Path

from lxml import html as tree

from digest.sources.page.layout import find_posts
from tests.golden import hold


def test_posts_are_the_elements_that_are_listed() -> None:
    hold(Path(__file__).with_name("layouts.txt"), lambda _, html: _told(html))


def _told(html: str) -> str:
    body = tree.document_fromstring(f"<html><body>{html}</body></html>").find("body")
    assert body is not None
    posts = find_posts(body)
    told = [f"<{post.tag}> {' '.join(''.join(post.itertext()).split())}" for post in posts]
    return "\n".join(told) or "none"

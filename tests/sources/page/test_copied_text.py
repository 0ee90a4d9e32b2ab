"""Text copied from a page: where its posts are over."""

from __future__ import annotations

from zoneinfo import ZoneInfo

from digest.sources.page import text

POSTS = """Moss on walls
12 November 2026
It holds on.
Read more

Ferns in the shade
11 November 2026
They uncurl.
Read more
"""
BESIDE = """
Recent posts

Nettles and where they grow
3 May 2019
They sting.
"""


def titles(copied: str) -> list[str]:
    return [post.title for post in text.read(copied, ZoneInfo("UTC")).posts]


def test_what_a_sidebar_lists_below_the_posts_is_none_of_them() -> None:
    assert titles(POSTS + BESIDE) == ["Moss on walls", "Ferns in the shade"]


def test_a_heading_of_a_sidebar_above_the_first_post_ends_nothing() -> None:
    """A menu that was copied along stands above the posts of many pages."""
    assert titles(f"Home\nAbout\nCategories\n\n{POSTS}") == ["Moss on walls", "Ferns in the shade"]


def test_a_heading_in_another_language_below_the_posts_is_none_of_them() -> None:
    """What follows the last "Read more" without a text or a date is a sidebar, whatever its name.

    (Reading it ended in a fault of ours.)
    """
    side = "\nNeueste Beiträge\n\nNettles and where they grow\nBramble\nIvy\n"
    assert titles(POSTS + side) == ["Moss on walls", "Ferns in the shade"]


def test_a_list_of_a_sidebar_above_the_posts_is_none_of_them() -> None:
    """As Markdown a sidebar's links are as plain as the titles of posts."""
    side = "## Recent Posts\n\n- [Nettles](https://a.example/n)\n- [Ivy](https://a.example/i)\n\n"
    posts = "## [Moss on walls](https://a.example/m)\n\n12 November 2026\n\nIt holds on.\n"
    assert titles(side + posts) == ["Moss on walls"]

"""Text copied from a page: where its posts are over."""

from __future__ import annotations

from pathlib import Path
from zoneinfo import ZoneInfo

from digest.sources.page import text
from digest.sources.page.listing import Listed
from tests.golden import hold

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


def test_copied_texts_give_what_is_listed() -> None:
    def told(_: str, copied: str) -> str:
        found = text.read(copied, ZoneInfo("UTC"))
        posts = [f"{number}. {_shown(post)}" for number, post in enumerate(found.posts, 1)]
        return "\n".join(posts + ([f"left out: {found.skipped}"] if found.skipped else []))

    hold(Path(__file__).with_name("copied.txt"), told)


def _shown(post: Listed) -> str:
    """Return what a post says, and nothing of what it does not say."""
    said = [post.title or "(no title)", post.summary.replace("\n", " / "), post.url or ""]
    said += [f"{post.published_at:%Y-%m-%d}" if post.published_at else "", ", ".join(post.authors)]
    for kind, terms in (("tags", post.tags), ("categories", post.categories)):
        said.append(f"{kind} " + ", ".join(term.name for term in terms) if terms else "")
    return "\n   ".join(filter(None, said))

"""Where rules of reading begin and end: each holds at its edge, and no longer one step beyond."""

from __future__ import annotations

from collections.abc import Callable
from zoneinfo import ZoneInfo

import pytest

from digest.models import Image
from digest.sources.feed.summaries import is_excerpt
from digest.sources.markdown import meta as post_meta
from digest.sources.page import text
from digest.sources.page.lines import find_date, is_more, read_meta
from digest.sources.page.listing import read_label
from digest.sources.reading import is_picture, pictured
from digest.sources.wordpress import posts

UTC = ZoneInfo("UTC")
W = "moss "
LISTED = """Moss on walls
It holds on to what nobody wanted, and drinks what comes […]

Ferns in the shade
They uncurl when nobody looks, and they take their time […]
"""


def preview(width: int) -> bool:
    """Tell whether a body's picture stands for one of a width that was named."""
    named = [Image(url="https://a.example/a.jpg", width=width, height=300)]
    found = pictured(named, '<img src="https://a.example/b.jpg" width="900" height="600">')
    return found is not None and found.url.endswith("b.jpg")


def nested(depth: int) -> list[str]:
    value: object = "Ada"
    for _ in range(depth):
        value = [value]
    return [*post_meta.names(value)]


def manual(gap: int) -> bool:
    """Tell whether an excerpt is the body's beginning though a caption of so many letters is left."""
    body = f"<p>One</p><figcaption>{'x' * gap}</figcaption><p>two</p>"
    return not posts.is_manual("One two", body)


HELD: dict[str, tuple[int, Callable[[int], object]]] = {
    "pixels of a picture that counts readers": (
        2,
        lambda n: not is_picture("https://a.example/a.jpg", n, 900),
    ),
    "pixels of an icon": (48, lambda n: not is_picture("https://a.example/a.jpg", n, n)),
    "pixels of a preview": (199, preview),
    "lists of names within each other": (4, lambda n: nested(n) == ["Ada"]),
    "words of an excerpt": (80, lambda n: is_excerpt((W * n).strip())),
    "words of a tag": (6, lambda n: read_meta("Tags: " + " ".join(["a"] * n), UTC)),
    "words of a category beside a date": (
        3,
        lambda n: read_meta("12 November 2026 | " + " ".join(["Moss"] * n), UTC),
    ),
    "letters of what a page is about": (80, lambda n: read_label("Tag: " + "a" * n)),
    "letters of a line that leads on": (
        300,
        lambda n: is_more("Continue reading ".ljust(n - 1, "a") + "→", ()),
    ),
    "letters of a line that is a date": (
        60,
        lambda n: find_date(f"2026-11-22 09:05 ({'x' * (n - 19)})", UTC, whole=True),
    ),
    "words of the name of a page": (
        6,
        lambda n: bool(text.read(f"{' '.join(['Moss'] * n)}\n\n{LISTED}", UTC).posts[0].categories),
    ),
    "terms of a post": (500, lambda n: len(posts.term_ids({"tags": [1] * n}, "tags")) == n),
    "authors of a post": (
        20,
        lambda n: (
            len(
                posts.read_post(
                    {"id": 1, "authors": [{"name": f"A{i}"} for i in range(n)]},
                    posts.read_taxonomies({}),
                    lambda *_: None,
                    UTC,
                ).authors
            )
            == n
        ),
    ),
    "letters of a caption that an excerpt leaves out": (300, manual),
    "digits of a part": (4, lambda n: posts.read_part("x" + "1" * n)[0]),
    "letters of a part": (40, lambda n: len(posts.read_part("a" * n)[1]) == n),
}


@pytest.mark.parametrize("what", HELD)
def test_a_rule_holds_up_to_its_edge(what: str) -> None:
    most, holds = HELD[what]
    assert holds(most)
    assert not holds(most + 1)

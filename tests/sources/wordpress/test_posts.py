"""Posts as WordPress's API tells them, and every field that is read: `posts.txt` shows both."""

from __future__ import annotations

import json
from pathlib import Path
from zoneinfo import ZoneInfo

from digest.sources.wordpress import posts
from tests.golden import hold
from tests.sources.test_feed_listing import fields

LISTED = {
    "category": {"rest_base": "categories", "name": "Categories"},
    "post_tag": {"rest_base": "tags", "name": "Tags"},
    "series": {"rest_base": "series", "name": "Series"},
    "topic": {"name": "Topics"},
}


def test_posts_of_the_api_give_what_is_listed() -> None:
    """The site's own clock is of Paris."""
    taxonomies = posts.read_taxonomies(LISTED)

    def told(_: str, said: str) -> str:
        post = json.loads(said)
        terms = {(f, i): term for f, i, term in posts.embedded_terms(post, taxonomies)}
        item = posts.read_post(
            post, taxonomies, lambda field, id_: terms.get((field, id_)), ZoneInfo("Europe/Paris")
        )
        told = [posts.why_hidden(post), posts.author_refused(post)]
        return "\n".join([*fields(item), *filter(None, told)])

    hold(Path(__file__).with_name("posts.txt"), told)


def test_taxonomies_are_known_by_their_names() -> None:
    """What is called a series is one, or what was chosen; tags and categories never are."""
    assert posts.read_taxonomies(LISTED) == posts.Taxonomies(
        {"category": "categories", "post_tag": "tags", "series": "series", "topic": "topic"},
        ("series",),
    )
    assert posts.read_taxonomies(LISTED, "TOPICS", ["Series", "tags"])[1:] == (
        ("topic",),
        ("series",),
    )
    assert posts.read_taxonomies([], "mine", ["yours"]) == posts.Taxonomies(
        {"category": "categories", "post_tag": "tags"}, ("mine",), ("yours",)
    )
    told = posts.unlisted(LISTED, ["topic", "Categories", "moss", ""], "wp")
    assert [(each.where, each.message) for each in told] == [
        ("wp", 'shows no taxonomy "moss" to its API; there are category, post_tag, series, topic')
    ]
    assert posts.unlisted({}, ["moss"], "wp") == []

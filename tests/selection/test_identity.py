"""Identity: which two posts are one, so that a reader never gets it twice, nor misses another."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from digest.models import Post, replace
from digest.selection import fingerprint, twins
from tests.selection.makers import WEEK, day, edition, ids, past, post, rules, select

SENT = post("tulips", 3, title="Tulips & daffodils", text="Plant them now, in rows.")


def other(**fields: object) -> Post:
    """Return a post that shares nothing with SENT but what is given."""
    return post("other", 10, **fields)


SAME = {
    "the same guid, everything else rewritten": replace(
        SENT,
        title="Bulbs",
        text="Other words.",
        url="https://garden.example/new",
        published_at=day(10),
    ),
    "the same guid, redated": replace(SENT, published_at=day(12)),
    "the same guid, without an address": replace(SENT, url=None, published_at=day(10)),
    "a new guid at the same address": other(url=SENT.url),
    "a new guid at the same address, by http and www": other(
        url="http://www.garden.example/tulips/"
    ),
    "a new guid at the same address with a campaign": other(
        url="https://garden.example/tulips?utm_source=x"
    ),
    "from a second source, at the same address": other(url=SENT.url, source="feed"),
    "from a second source, with title and text": other(
        title=SENT.title, text=SENT.text, source="feed"
    ),
    "title and text in other case and punctuation": other(
        title="TULIPS — daffodils", text="Plant  them now; in rows!"
    ),
    "title and text with typographic forms": other(
        title="Tulips & daﬀodils", text="Plant them now, in rows"
    ),
    "moved to a new domain with a new guid": other(
        title=SENT.title, text=SENT.text, url="https://bulbs.example/tulips"
    ),
}
OTHER = {
    "the same text under another title": other(text=SENT.text),
    "the same title over another text": other(title=SENT.title),
    "neither title": other(title="", text=SENT.text),
    "the same title, neither with a text": other(title=SENT.title, text=""),
    "an address that differs in case": other(url="https://garden.example/Tulips"),
    "another fragment of one page": other(url="https://garden.example/tulips#part-two"),
    "another parameter": other(url="https://garden.example/tulips?p=2"),
    "no address at all": other(url=None),
}


@pytest.mark.parametrize("twin", SAME.values(), ids=SAME)
def test_a_post_that_was_sent_is_not_sent_again(twin: Post) -> None:
    chosen = select(edition(), [twin], window=WEEK, earlier=[past(1, [SENT])])
    assert ids(chosen) == []
    assert rules(chosen) == {twin.id: "already-sent"}
    assert "issue-1" in chosen.decisions[0].detail


@pytest.mark.parametrize(
    "twin",
    [p for p in SAME.values() if p.id != SENT.id],
    ids=[n for n, p in SAME.items() if p.id != SENT.id],
)
def test_a_post_that_comes_twice_is_chosen_once(twin: Post) -> None:
    original = replace(SENT, published_at=day(9))
    chosen = select(edition(), [twin, original], window=WEEK)
    assert ids(chosen) == [original.id]
    assert rules(chosen)[twin.id] == "same-post"


@pytest.mark.parametrize("stranger", OTHER.values(), ids=OTHER)
def test_another_post_is_not_taken_for_the_one_that_was_sent(stranger: Post) -> None:
    chosen = select(edition(), [stranger], window=WEEK, earlier=[past(1, [SENT])])
    assert ids(chosen) == [stranger.id]


@pytest.mark.parametrize("stranger", OTHER.values(), ids=OTHER)
def test_two_posts_are_not_taken_for_one(stranger: Post) -> None:
    original = replace(SENT, published_at=day(9))
    assert len(ids(select(edition(), [stranger, original], window=WEEK))) == 2


def test_posts_that_all_link_to_the_site_are_different_posts() -> None:
    """Such feeds exist; the address of a whole site says nothing about a post."""
    posts = [post(name, 10, url="https://garden.example/") for name in "abc"]
    assert len(ids(select(edition(), posts, window=WEEK))) == 3


def test_two_posts_without_title_and_text_are_two() -> None:
    """A photograph without words is no reason to drop the next one."""
    bare = [post(name, 10, title="", text="") for name in "ab"]
    assert len(ids(select(edition(), bare, window=WEEK))) == 2


def test_the_reason_names_the_other_post() -> None:
    original, twin = replace(SENT, published_at=day(9)), other(url=SENT.url, source="feed")
    decision = next(
        d for d in select(edition(), [original, twin], window=WEEK).decisions if d.id == "other"
    )
    assert decision.detail == 'has the same address as "Tulips & daffodils" of garden'


@settings(max_examples=100)
@given(st.text(max_size=40), st.text(max_size=40))
def test_a_fingerprint_asks_for_title_and_text(title: str, text: str) -> None:
    made = fingerprint(post("a", title=title, text=text))
    assert len(made) == (32 if title.strip() and text.strip() else 0)


MOSS = (
    "Moss asks for nothing but shade and patience, and it keeps the clay from cracking all through "
    "the summer, whatever the weather does."
)
AT = day(10, 8, 15)


def moss(id_: str, **fields: Any) -> Post:
    """Return a post of a certain second whose words are many enough to know it by."""
    fields = {"title": "Moss is no weed", "text": MOSS, "words": 22, "published_at": AT} | fields
    return post(id_, **fields)


TWINS = {
    "another title in another feed": moss("b", source="planet", title="Ada: on moss"),
    "the text cut off in another feed": moss(
        "b", source="planet", text=f"{MOSS[:80]} […]", words=15
    ),
    "retitled while the blog moved": moss("b", title="Moss", url="https://new.example/moss"),
    "a copy that names the original": moss(
        "b",
        published_at=day(12),
        title="Why moss",
        text="Other words.",
        original="http://www.garden.example/a/?utm_medium=rss",
    ),
}
STRANGERS = {
    "two of one blog, of one second and text": moss("b", title="Moss in the second garden"),
    "columns of one name, dated by the clock": moss(
        "b", source="planet", text="Ferns came back late this year. " * 4
    ),
    "few words": moss("b", source="planet", title="Open", text="We are open today.", words=4),
    "a minute later": moss("b", source="planet", title="Other", published_at=day(10, 8, 16)),
    "what names a site and no page": moss(
        "b", published_at=day(12), title="Why", text="Others.", original="https://garden.example/"
    ),
}


@pytest.mark.parametrize("twin", TWINS.values(), ids=TWINS)
def test_the_same_second_and_text_or_a_copy_by_its_own_word_is_the_same_post(twin: Post) -> None:
    first = moss("a")
    chosen = select(edition(), [twin, first], window=WEEK)
    assert len(ids(chosen)) == 1
    assert "same-post" in rules(chosen).values()
    assert twins([twin, first], list)


@pytest.mark.parametrize("stranger", STRANGERS.values(), ids=STRANGERS)
def test_what_only_looks_alike_stays_two(stranger: Post) -> None:
    chosen = select(edition(), [stranger, moss("a")], window=WEEK)
    assert "same-post" not in rules(chosen).values()
    assert not twins([stranger, moss("a")], list)


def test_of_twins_the_original_is_kept_and_of_a_moved_blog_where_it_is_now() -> None:
    copy = moss("a", published_at=day(9), original="https://garden.example/b")
    assert twins([copy, moss("b")], list) == {"a": "b"}
    before = moss("a", first_seen_at=day(10))
    after = moss("b", first_seen_at=day(12), url="https://new.example/moss")
    assert twins([before, after], list) == {"a": "b"}
    short = moss("a", text=f"{MOSS[:90]} …", words=16)
    assert twins([short, moss("b", source="wordpress")], list) == {"a": "b"}


def test_a_copy_of_what_was_sent_is_not_sent() -> None:
    copy = moss("copy", title="Why moss", text="Others.", original=str(SENT.url))
    chosen = select(edition(), [copy], window=WEEK, earlier=[past(1, [SENT])])
    assert rules(chosen) == {"copy": "already-sent"}


@pytest.mark.parametrize(
    ("before", "is_same"), [(399, True), (400, False)], ids=["within reach", "beyond it"]
)
def test_a_text_that_was_cut_off_is_known_by_its_first_words(before: int, is_same: bool) -> None:
    """By twelve of them, which begin within four hundred characters."""
    opening = " ".join([*["m" * 35] * 10, "s"]).ljust(before - 1, "s") + " "
    whole, cut = (
        moss("a", text=f"{opening}x and more"),
        moss("b", source="planet", text=f"{opening}x"),
    )
    assert len(opening) == before
    assert twins([whole, cut], list) == ({"b": "a"} if is_same else {})

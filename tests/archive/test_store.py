"""The archive: what it keeps, what it calls changed, and how posts are found again."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from digest.archive import Archive, Tally, rows
from digest.models import Image, Post, RawItem, SeriesPart, Term, replace
from tests.archive.makers import pair
from tests.selection.makers import day


@pytest.fixture
def archive(tmp_path: Path) -> Iterator[Archive]:
    with Archive.open(tmp_path / ".digest" / "archive.db") as opened:
        yield opened


def names(posts: list[Post]) -> list[str]:
    return [p.identity for p in posts]


# ---------------------------------------------------------------- storing


def test_a_source_collected_twice_brings_nothing_new(archive: Archive) -> None:
    pairs = [pair("a"), pair("b")]
    assert archive.store("garden", pairs, now=day(10)) == Tally(new=2)
    assert archive.store("garden", pairs, now=day(11)) == Tally(unchanged=2)


def test_a_post_keeps_when_it_was_first_seen_and_tells_when_it_changed(archive: Archive) -> None:
    archive.store("garden", [pair("a")], now=day(10))
    assert archive.store("garden", [pair("a", text="Rewritten.")], now=day(11)) == Tally(changed=1)
    found = archive.find("garden-a")
    assert found
    assert (found.first_seen_at, found.changed_at, found.text) == (day(10), day(11), "Rewritten.")


def test_an_unchanged_post_did_not_change(archive: Archive) -> None:
    for number in (10, 11):
        archive.store("garden", [pair("a")], now=day(number))
    found = archive.find("garden-a")
    assert found
    assert (found.first_seen_at, found.changed_at) == (day(10), None)


def test_only_what_the_source_says_makes_a_change(archive: Archive) -> None:
    """Other editing of the same item is no change, nor is another place it was read at."""
    item, edited = pair("a")
    archive.store("garden", [(item, edited)], now=day(10))
    again = (replace(item, where="elsewhere"), replace(edited, excerpt="other"))
    assert archive.store("garden", [again], now=day(11)) == Tally(unchanged=1)


def test_a_post_comes_back_exactly_as_it_was_stored(archive: Archive) -> None:
    item, plain = pair("a")
    edited = replace(
        plain, title="Zoë’s 🌷 & <b>", tags=(Term(name="A", slug="a"),), authors=("Ana Sá",),
        series=(SeriesPart(name="S", part=2, total=3, label="2"),), words=12, language="cy",
        image=Image(url="https://garden.example/i.jpg", alt="", width=1), updated_at=day(12, 1, 2),
    )  # fmt: skip
    archive.store("garden", [(item, edited)], now=day(10))
    assert archive.find("garden-a") == replace(edited, first_seen_at=day(10))


def test_the_same_identity_in_two_sources_is_two_posts(archive: Archive) -> None:
    archive.store("garden", [pair("a")], now=day(10))
    archive.store("park", [pair("a", source="park")], now=day(10))
    assert archive.sources() == [("garden", 1), ("park", 1)]


def test_known_items_need_no_editing(archive: Archive) -> None:
    archive.store("garden", [pair("a"), pair("b")], now=day(10))
    items = [pair("a")[0], pair("b", text="New words.")[0], pair("c")[0]]
    assert archive.unchanged("garden", items) == {"a"}
    assert archive.unchanged("park", items) == set()


def test_a_source_gets_back_the_state_it_left(archive: Archive) -> None:
    archive.store("garden", [], state={"etag": '"x"', "since": "2026"}, now=day(10))
    assert archive.state("garden") == {"etag": '"x"', "since": "2026"}
    archive.store("garden", [pair("a")], now=day(11))
    assert archive.state("garden") == {"etag": '"x"', "since": "2026"}
    assert archive.state("unheard-of") == {}


def test_the_revision_tells_changes_of_posts_and_nothing_else(archive: Archive) -> None:
    archive.store("garden", [pair("a")], now=day(10))
    before = archive.revision
    archive.store("garden", [pair("a")], state={"etag": '"y"'}, now=day(11))
    archive.keep_note("health", "all is well")
    assert archive.revision == before
    archive.store("garden", [pair("a", text="Rewritten.")], now=day(12))
    assert archive.revision > before


def test_posts_and_state_are_stored_together_or_not_at_all(archive: Archive) -> None:
    """A broken run must not let the source believe that its posts are safe."""

    def broken() -> Iterator[tuple[RawItem, Post]]:
        yield pair("a")
        raise RuntimeError("editing broke")

    with pytest.raises(RuntimeError, match="editing broke"):
        archive.store("garden", broken(), state={"etag": "new"}, now=day(10))
    assert (archive.count(), archive.state("garden")) == (0, {})
    assert archive.store("garden", [pair("a")], now=day(11)) == Tally(new=1)


def test_two_posts_that_want_one_id_get_two(archive: Archive) -> None:
    """Ids are short hashes; that two are alike must cost nobody a post."""
    item, edited = pair("b")
    double = (item, replace(edited, id="garden-a"))
    assert archive.store("garden", [pair("a"), double], now=day(10)) == Tally(new=2)
    assert archive.store("garden", [pair("a"), double], now=day(11)) == Tally(unchanged=2)
    assert sorted(p.id for p in archive.posts()) == ["garden-a", "garden-a-2"]


def test_an_id_once_given_is_kept(archive: Archive) -> None:
    """Issues on disk refer to it, whatever later versions make of the same post."""
    archive.store("garden", [pair("a")], now=day(10))
    item, edited = pair("a", text="Rewritten.")
    archive.store("garden", [(item, replace(edited, id="another"))], now=day(11))
    archive.replace_posts([("garden", item, replace(edited, id="yet another"))])
    assert [p.id for p in archive.posts()] == ["garden-a"]


# ---------------------------------------------------------------- withdrawal


def test_a_post_its_source_no_longer_holds_is_withdrawn(archive: Archive) -> None:
    archive.store("garden", [pair("a", tags=["bees"]), pair("b")], now=day(10))
    assert archive.store("garden", [], present={"b"}, now=day(11)) == Tally(withdrawn=1)
    assert names(archive.posts()) == ["b"]
    assert archive.tags() == []
    assert archive.find("garden-a") is None
    assert [archive.source_of(f"garden-{name}") for name in "abc"] == [None, "garden", None]
    assert archive.is_withdrawn("https://garden.example/garden-a")
    assert not archive.is_withdrawn("garden-b")
    assert not archive.is_withdrawn("never-heard-of")


def test_a_post_is_withdrawn_once(archive: Archive) -> None:
    archive.store("garden", [pair("a"), pair("b")], now=day(10))
    archive.store("garden", [], present={"b"}, now=day(11))
    assert archive.store("garden", [], present={"b"}, now=day(12)) == Tally()


@pytest.mark.parametrize("by_item", [True, False], ids=["brought again", "listed again"])
def test_a_withdrawn_post_comes_back(archive: Archive, by_item: bool) -> None:
    """Its source may bring it again or only list it; either way the next issue looks at it."""
    archive.store("garden", [pair("a", tags=["bees"])], now=day(10))
    archive.store("garden", [], present=set(), now=day(11))
    assert archive.unchanged("garden", [pair("a")[0]]) == set()
    pairs = [pair("a", tags=["bees"])] if by_item else []
    assert archive.store("garden", pairs, present={"a"}, now=day(12)) == Tally(changed=1)
    assert archive.tags() == [("bees", 1)]


def test_other_sources_posts_are_not_withdrawn(archive: Archive) -> None:
    archive.store("park", [pair("a", source="park")], now=day(10))
    archive.store("garden", [pair("a")], present={"a"}, now=day(11))
    assert archive.count() == 2


def test_what_came_in_a_run_is_there_whatever_an_older_list_says(archive: Archive) -> None:
    archive.store("garden", [pair("known")], now=day(10))
    assert archive.store(
        "garden", [pair("new")], present=set(), seen={"known"}, now=day(11)
    ) == Tally(new=1)


def test_posts_of_a_source_that_is_no_longer_configured_are_hidden(archive: Archive) -> None:
    archive.store("garden", [pair("a", tags=["bees"])], now=day(10))
    archive.store("park", [pair("b", source="park", tags=["bees"])], now=day(10))
    assert names(archive.posts(sources=["garden"])) == ["a"]
    assert archive.tags(sources=["garden"]) == [("bees", 1)]
    assert archive.find("park-b", sources=["garden"]) is None
    assert archive.count(["garden"]) == 1


# ---------------------------------------------------------------- editing again


def test_posts_are_edited_again_from_what_their_source_said(archive: Archive) -> None:
    archive.store("garden", [pair(f"p{n}", tags=["bees"]) for n in range(5)], now=day(10))
    seen = 0
    for batch in archive.raw_items(batch_size=2):
        seen += len(batch)
        archive.replace_posts(
            (source, item, pair(item.identity, title="Edited again", tags=["wasps"])[1])
            for source, item in batch
        )
    found = archive.posts()
    assert (seen, {p.title for p in found}, archive.tags()) == (5, {"Edited again"}, [("wasps", 5)])
    assert {(p.first_seen_at, p.changed_at) for p in found} == {(day(10), None)}


def test_a_post_edited_again_stays_unchanged_and_withdrawn_ones_stay_away(archive: Archive) -> None:
    archive.store("garden", [pair("a"), pair("b", tags=["bees"])], now=day(10))
    archive.store("garden", [], present={"a"}, now=day(11))
    for batch in archive.raw_items():
        archive.replace_posts((s, i, replace(pair(i.identity)[1], excerpt="new")) for s, i in batch)
    assert archive.store("garden", [pair("a")], now=day(12)) == Tally(unchanged=1)
    assert (names(archive.posts()), archive.tags()) == (["a"], [])


def test_a_date_that_editing_finds_moves_the_post(archive: Archive) -> None:
    item, undated = pair("a", None)
    archive.store("garden", [(item, undated)], now=day(10))
    assert names(archive.posts(since=day(9), until=day(11))) == ["a"]
    archive.replace_posts([("garden", item, replace(undated, published_at=day(3)))])
    assert names(archive.posts(until=day(4))) == ["a"]


def test_the_editing_key_is_remembered(archive: Archive) -> None:
    assert archive.editing_key == ""
    archive.editing_key = "rules 1"
    archive.editing_key = "rules 2"
    assert archive.editing_key == "rules 2"


# ---------------------------------------------------------------- lists


def test_posts_are_listed_newest_first_and_by_every_condition(archive: Archive) -> None:
    archive.store(
        "garden",
        [
            pair("a", 9, tags=["Bees"], series=[("Walks", 1)], authors=("Ana Sá",)),
            pair("b", 10, tags=["Bees & Wasps"]),
            pair("c", 11, tags=["bees"], categories=(Term(name="News", slug="n"),)),
        ],
        now=day(12),
    )
    assert names(archive.posts()) == ["c", "b", "a"]
    assert names(archive.posts(tag="BEES")) == ["c", "a"]
    assert names(archive.posts(tag="bees-wasps")) == ["b"]
    assert names(archive.posts(tag="nothing")) == []
    assert names(archive.posts(series="walks", tag="bees")) == ["a"]
    assert names(archive.posts(author="ana sa")) == ["a"]
    assert names(archive.posts(category="n")) == ["c"]
    assert names(archive.posts(since=day(10), until=day(11))) == ["b"]
    assert names(archive.posts(source="garden", limit=2)) == ["c", "b"]
    assert names(archive.posts(source="park")) == []


def test_tags_are_counted_under_their_commonest_spelling(archive: Archive) -> None:
    archive.store(
        "garden",
        [pair("a", tags=["Bees"]), pair("b", tags=["Bees", "Ants"]), pair("c", tags=["bees"])],
        now=day(10),
    )
    archive.store("garden", [pair("d", tags=["!!!"]), pair("e", tags=["???"])], now=day(10))
    assert archive.tags() == [("!!!", 1), ("???", 1), ("Ants", 1), ("Bees", 3)]
    assert archive.names("series") == []


def test_languages_are_what_posts_say_of_theirs(archive: Archive) -> None:
    said = [pair(f"{n}", language=language) for n, language in enumerate(["cy", "", "en", "cy"])]
    archive.store("garden", [*said, pair("gone", language="de")], now=day(10))
    archive.store("garden", [], present={"0", "1", "2", "3"}, now=day(11))
    assert archive.names("language") == [("cy", 2), ("en", 1)]
    assert archive.names("language", ["park"]) == []


def test_a_name_is_borne_as_long_as_a_post_is_there_that_bears_it(archive: Archive) -> None:
    archive.store("garden", [pair("a", tags=["Bees & Wasps"]), pair("b")], now=day(10))
    assert archive.bears("tag", "bees-wasps") is True
    assert archive.bears("series", "bees-wasps") is False
    archive.store("garden", [], present={"b"}, now=day(11))
    assert archive.bears("tag", "bees-wasps") is False


# ---------------------------------------------------------------- sources


def test_a_source_under_another_name_keeps_its_posts(archive: Archive) -> None:
    """And what was made from them is made anew, since they name their source."""
    archive.store("garden", [pair("a")], state={"etag": "1"}, now=day(10))
    before = archive.revision
    assert archive.rename_source("garden", "park") is True
    assert (archive.sources(), archive.state("park")) == ([("park", 1)], {"etag": "1"})
    assert archive.revision > before


def test_a_source_takes_no_name_that_another_one_has(archive: Archive) -> None:
    for name in ("garden", "park"):
        archive.store(name, [pair("a", source=name)], now=day(10))
    assert archive.rename_source("garden", "park") is False
    assert archive.rename_source("never heard of", "meadow") is False
    assert archive.sources() == [("garden", 1), ("park", 1)]


# ---------------------------------------------------------------- one post


@pytest.mark.parametrize(
    "reference",
    [
        "garden-a",
        "https://garden.example/garden-a",
        "http://www.garden.example/garden-a/?utm_source=x",
    ],
)
def test_a_post_is_found_by_id_and_by_any_form_of_its_address(
    archive: Archive, reference: str
) -> None:
    archive.store("garden", [pair("a")], now=day(10))
    assert archive.find(reference)
    assert archive.find("https://garden.example/other") is None


def test_a_new_post_takes_the_place_of_the_one_at_its_address(archive: Archive) -> None:
    """Even within a second: its blog gave it another guid."""
    page = "https://garden.example/fern/"
    archive.store("garden", [pair("old", url=page)], now=day(10))
    archive.store("garden", [pair("new", url=page)], now=day(10))
    assert names(archive.posts()) == ["new"]


def test_posts_that_a_source_gives_one_address_stay_beside_each_other(archive: Archive) -> None:
    """A podcast's episodes may all link to the page of the show."""
    page = "https://garden.example/show/"
    archive.store("garden", [pair("1", url=page), pair("2", url=page)], now=day(10))
    archive.store("garden", [pair("3", url=page)], seen={"1", "2"}, now=day(11))
    assert sorted(names(archive.posts())) == ["1", "2", "3"]


def test_of_several_posts_at_one_address_the_newest_is_found(archive: Archive) -> None:
    url = "https://garden.example/notice"
    archive.store("garden", [pair("a", 9, url=url), pair("b", 10, url=url)], now=day(10))
    found = archive.find(url)
    assert found
    assert found.identity == "b"


@pytest.mark.parametrize(
    ("reference", "meant"),
    [
        ("https://garden.example/tulps-in-spring", "https://garden.example/tulips-in-spring"),
        ("https://garden.example/2026/tulips-in-spring", "https://garden.example/tulips-in-spring"),
        ("Tulips in sprinng", "https://garden.example/tulips-in-spring"),
        ("garden-winterr", "https://garden.example/frost"),
    ],
)
def test_the_nearest_post_is_named(archive: Archive, reference: str, meant: str) -> None:
    archive.store(
        "garden",
        [
            pair("t", 9, url="https://garden.example/tulips-in-spring", title="Tulips in spring"),
            pair("winter", 10, url="https://garden.example/frost", title="Cold"),
            *(pair(f"x{n}", 11, title=f"Report {n}") for n in range(40)),
        ],
        now=day(10),
    )
    assert archive.near(reference)[0] == meant


def test_the_likeliest_come_first_and_no_more_than_were_asked_for(archive: Archive) -> None:
    names = ["tulips", "tulip", "tulipes", "tulipans", "frost"]
    posts = [
        pair(name, 9, url=f"https://garden.example/{name}", title=f"On {name}") for name in names
    ]
    archive.store("garden", posts, now=day(10))
    found = [url.rpartition("/")[2] for url in archive.near("https://garden.example/tulipss", 9)]
    assert found[0] == "tulips"
    assert set(found[:4]) == set(names[:4])
    for count in (1, 2):
        shown = archive.near("https://garden.example/tulipss", count)
        assert [url.rpartition("/")[2] for url in shown] == found[:count]
    assert len(archive.near("https://garden.example/tulipss")) == 3


def test_a_post_that_comes_twice_at_once_is_as_it_came_last(archive: Archive) -> None:
    """Feeds repeat entries; in a first collect, too, an identity is one post."""
    twice = [pair("a", 9, title="First"), pair("b", 8), pair("a", 9, title="Last")]
    assert archive.store("garden", twice, now=day(10)).new == 2
    assert sorted(post.title for post in archive.posts()) == ["Last", "Title of garden-b"]


def test_nothing_is_named_when_nothing_is_near(archive: Archive) -> None:
    """Nor another page of the same site, however long its address is."""
    blog = "https://a-society-of-gardeners.example/journal"
    archive.store("garden", [pair("a", url=f"{blog}/learning-by-doing")], now=day(10))
    assert archive.near("zzzzzzzzzzzzzzzzzzzzzzzzzz") == []
    assert archive.near(f"{blog}/nope") == []
    assert archive.near(f"{blog}/learning-by-doin") == [f"{blog}/learning-by-doing"]


def test_times_keep_their_microseconds(archive: Archive) -> None:
    exact = day(10) + timedelta(microseconds=1)
    archive.store("garden", [pair("a", published_at=exact)], now=exact)
    assert names(archive.posts(since=exact, until=exact + timedelta(microseconds=1))) == ["a"]
    assert archive.posts(until=exact) == []


def test_what_is_asked_of_one_moment_is_answered_from_it_whatever_others_write(
    archive: Archive,
) -> None:
    archive.store("garden", [pair("a")], now=day(10))
    with archive.unmoved():
        assert archive.count() == 1
        with Archive.open(archive.path) as other:
            other.store("garden", [pair("b")], now=day(11))
        assert archive.count() == 1
    assert archive.count() == 2


def test_who_finds_the_archive_locked_waits_half_a_minute(archive: Archive) -> None:
    """A large collect of another process may hold it so long."""
    ((milliseconds,),) = archive._connection.execute("PRAGMA busy_timeout")
    assert milliseconds == 30_000


def test_what_is_made_from_the_posts_is_made_anew_whenever_one_reads_otherwise(
    archive: Archive,
) -> None:
    """Also where its source says the same, and what is learnt of a blog has changed."""
    same = pair("a", 9)
    archive.store("garden", [same], now=day(10))
    before = archive.revision
    archive.store("garden", [same], now=day(11))
    assert archive.revision == before
    item, post = same
    archive.store("garden", [], again=[(item, replace(post, title="Otherwise"))], now=day(12))
    assert archive.revision > before


def test_what_a_source_said_keeps_its_mark_in_every_version() -> None:
    """Archives out there hold it: another one would make all their posts changed ones."""
    item = RawItem(identity="a", title="A fern", url="https://garden.example/a", where="feed.xml")
    assert rows.fingerprint(item).hex() == "9839271c12f9f9ae2a120760dfcc5ac1"


# ---------------------------------------------------------------- a blog that moves


def moved(identity: str, host: str, name: str = "", **fields: Any) -> tuple[RawItem, Post]:
    """Return a post of hardly any text at a host, whose guid is its address or names nothing."""
    fields = {"title": "Wordless Wednesday", "text": "", **fields}
    return pair(identity, url=f"https://{host}/{name or 'wordless'}/", **fields)


def test_a_blog_that_moves_to_another_host_keeps_its_posts(archive: Archive) -> None:
    """Under the ids that issues on disk name them by, though they have nothing else in common."""
    before = [moved(f"https://old.example/{n}/", "old.example", n) for n in ("a", "b")]
    archive.store("garden", before, now=day(10))
    ids = {post.title + post.url[-3:]: post.id for post in archive.posts() if post.url}
    after = [moved(f"https://new.example/{n}/", "new.example", n) for n in ("a", "b")]
    assert archive.store("garden", after, now=day(11)) == Tally(changed=2)
    posts = archive.posts()
    assert {post.title + post.url[-3:]: post.id for post in posts if post.url} == ids
    assert [post.url for post in posts] == ["https://new.example/a/", "https://new.example/b/"]
    assert archive.store("garden", after, now=day(12)) == Tally(unchanged=2)


@pytest.mark.parametrize(
    "other",
    [
        moved("2", "new.example", title="Wordless Thursday"),
        moved("2", "new.example", number=11),
        moved("2", "new.example", "other"),
        moved("2", "old.example"),
        moved("2", "new.example", title=""),
    ],
)
def test_what_differs_in_anything_else_is_another_post(
    archive: Archive, other: tuple[RawItem, Post]
) -> None:
    archive.store("garden", [moved("1", "old.example")], now=day(10))
    assert archive.store("garden", [other], now=day(11)).new == 1


def test_of_several_blogs_in_one_feed_each_keeps_its_own(archive: Archive) -> None:
    """As in a planet, where all show a picture without words at the same hour of each Wednesday."""
    planet = [moved("1", "a.example"), moved("2", "b.example", "else")]
    archive.store("planet", planet, now=day(10))
    assert archive.store("planet", [moved("3", "c.example")], now=day(11)) == Tally(new=1)
    both = [moved("4", "d.example", "two"), moved("5", "e.example", "two")]
    assert archive.store("planet", both, now=day(12)) == Tally(new=2)
    archive.store("garden", [moved("1", "a.example", source="garden")], now=day(12))
    assert len(archive.posts()) == 6


def test_a_post_that_still_stands_at_its_old_place_is_another_one(archive: Archive) -> None:
    old = moved("1", "old.example")
    archive.store("garden", [old], now=day(10))
    both = [old, moved("2", "new.example")]
    assert archive.store("garden", both, now=day(11)) == Tally(new=1, unchanged=1)

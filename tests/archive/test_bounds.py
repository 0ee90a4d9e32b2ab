"""How much the archive reads at once, held at the very edges: what it costs is not to grow unseen."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from digest.archive import Archive, rows
from digest.models import Post, RawItem, Selectors, Window, encode, replace
from tests.archive.makers import pair
from tests.selection.makers import day

BLOG = "https://blog.example/"


@pytest.fixture(scope="module")
def large() -> Iterator[Archive]:
    """1,002 posts, one a minute, the last the newest; every hundredth is about bees."""
    with Archive.open(Path(":memory:")) as archive:
        archive.store("garden", [_numbered(number) for number in range(1_002)], now=day(5))
        yield archive


def _numbered(number: int) -> tuple[RawItem, Post]:
    return pair(
        f"{number}",
        published_at=day(1) + timedelta(minutes=number),
        url=f"{BLOG}{number:04}/",
        title=_title(number),
        tags=["bees"] if number % 100 == 0 else [],
    )


def _title(number: int) -> str:
    """Return a title that is like no other."""
    return " ".join("abcdefghij"[int(digit)] * 5 for digit in f"{number:04}")


def dated(first: int, last: int) -> Window:
    """Return the window of some of the posts, both included."""
    start = day(1) + timedelta(minutes=first)
    return Window(start_at=start, cutoff_at=start + timedelta(minutes=last - first + 1))


@pytest.mark.parametrize(("posts", "found"), [(500, 500), (501, 6)])
def test_a_window_of_more_than_500_posts_is_narrowed(
    large: Archive, posts: int, found: int
) -> None:
    asked = Selectors(tags=("bees",))
    assert len(large.candidates(dated(0, posts - 1), selectors=asked)) == found


def test_what_was_said_is_read_500_posts_at_once(large: Archive) -> None:
    assert [len(batch) for batch in large.raw_items()] == [500, 500, 2]


@pytest.mark.parametrize(("posts", "questions"), [(200, 1), (201, 2)])
def test_posts_are_read_200_at_once_since_sqlite_takes_no_endless_lists(
    large: Archive, posts: int, questions: int
) -> None:
    asked: list[str] = []
    chosen = large.candidates(dated(0, posts - 1))
    large._connection.set_trace_callback(asked.append)
    assert len(large.whole(chosen)) == posts
    large.candidates(dated(0, posts - 1))
    large._connection.set_trace_callback(None)
    for read in ("SELECT p.id, d.edited", "SELECT post, card"):
        assert len([text for text in asked if text.startswith(read)]) == questions


@pytest.mark.parametrize(("ids", "questions"), [(500, 1), (501, 2)])
def test_what_changed_is_asked_of_500_ids_at_once(large: Archive, ids: int, questions: int) -> None:
    asked: list[str] = []
    large._connection.set_trace_callback(asked.append)
    assert large.changed([f"garden-{number}" for number in range(ids)], day(9)) == []
    large._connection.set_trace_callback(None)
    assert len(asked) == questions


# ---------------------------------------------------------------- older posts


def pool(archive: Archive, first: int, last: int, *names: str) -> list[int]:
    """Return which posts of a span are looked at."""
    span = dated(first, last)
    found = archive.pool(
        [(span.start_at, span.cutoff_at)],
        Selectors(tags=names),
        rank=str,
        is_known=lambda _: False,
        sources=None,
        most=2_000,
    )
    return sorted(int(post.identity) for post in found)


def test_200_posts_of_a_span_are_all_looked_at_and_of_more_always_the_same_ones(
    large: Archive,
) -> None:
    """At 24 places that the span and the ranks decide, eight at each: no more than 192."""
    assert pool(large, 100, 299) == [*range(100, 300)]
    some = pool(large, 100, 300)
    runs = ((102, 146), (149, 165), (170, 181), (192, 200), (207, 215), (216, 224), (232, 240),
            (253, 261), (268, 284), (297, 301))  # fmt: skip
    assert some == [number for first, behind in runs for number in range(first, behind)]


def test_of_many_names_200_are_looked_at_and_eight_posts_of_each_at_least() -> None:
    """A selector may name hundreds of tags; of more posts come eight at most, from some date on."""
    names = [f"n{number:03}" for number in range(201)]
    pairs = [
        pair(f"{100 * which + minute}", published_at=day(1, 12, minute), tags=[name])
        for which, name in enumerate(names)
        for minute in {0: range(50), 1: range(8), 2: range(0, 50, 6)}.get(which, [0])
    ]
    with Archive.open(Path(":memory:")) as archive:
        archive.store("garden", pairs, now=day(5))
        many = pool(archive, 0, 49, *names)
    of_three = [*range(37, 45), *range(100, 108), 236, 242, 248]
    assert many == [*of_three, *range(300, 20_000, 100)]


# ---------------------------------------------------------------- what was meant


@pytest.mark.parametrize(("number", "is_found"), [(2, True), (1, False)])
def test_titles_are_compared_of_the_1000_newest_posts(
    large: Archive, number: int, is_found: bool
) -> None:
    slip = _title(number)[:-1]
    assert (f"{BLOG}{number:04}/" in large.near(slip)) is is_found


def test_first_come_the_300_addresses_that_begin_alike_then_those_that_do_less(
    large: Archive,
) -> None:
    """A slip is rarely in the first letters, so the oldest post is found, too."""
    asked: list[str] = []
    large._connection.set_trace_callback(asked.append)
    assert large.near(f"{BLOG}0000x") == [f"{BLOG}0000/", f"{BLOG}0001/", f"{BLOG}0002/"]
    large._connection.set_trace_callback(None)
    walks = [re.search(r"link >= '(.*?)'.* LIMIT (\d+)", text) for text in asked]
    assert [walk.groups() for walk in walks if walk] == [
        ("blog.example/0000x", "300"),
        ("blog.example/", "300"),
        ("blog.exam", "300"),
    ]


def test_a_likeness_of_three_fifths_is_near(tmp_path: Path) -> None:
    with Archive.open(tmp_path / "archive.db") as archive:
        archive.store("garden", [pair("x", url="https://z.example/z", title="abc")], now=day(1))
        assert archive.near("abcdefg") == ["https://z.example/z"]
        assert archive.near("abcdefgh") == []


def test_a_slip_in_a_long_title_is_a_slip(tmp_path: Path) -> None:
    """Also where each letter comes so often that it could be taken for noise."""
    title = "the meaning of it all and then some " * 7
    with Archive.open(tmp_path / "archive.db") as archive:
        archive.store("garden", [pair("x", title=title)], now=day(1))
        assert archive.near(title.replace("meaning", "maening")) == [
            "https://garden.example/garden-x"
        ]


# ---------------------------------------------------------------- times and marks


def test_what_was_old_when_its_source_was_first_read_counts_from_two_years_before(
    tmp_path: Path,
) -> None:
    """Without dates, what stands higher in the source is newer."""
    undated = [pair(name, None) for name in "abc"]
    old = [(replace(item, is_old=True), post) for item, post in undated]
    with Archive.open(tmp_path / "archive.db") as archive:
        archive.store("garden", undated, now=day(10))
        archive.store("park", [(i, replace(p, id=f"p{p.id}")) for i, p in old], now=day(10))
        seen = {post.id: post.first_seen_at for post in archive.posts()}
    one = timedelta(microseconds=1)
    assert seen == {
        **{f"garden-{name}": day(10) - n * one for n, name in enumerate("abc")},
        **{f"pgarden-{name}": day(10 - 730) - n * one for n, name in enumerate("abc")},
    }


def test_the_first_change_of_a_new_archive_is_a_change(tmp_path: Path) -> None:
    with Archive.open(tmp_path / "archive.db") as archive:
        assert archive.revision == 0
        archive.store("garden", [pair("a")], now=day(1))
        assert archive.revision == 1


def test_eight_mebibytes_of_the_file_are_kept_in_memory(tmp_path: Path) -> None:
    """A minus tells SQLite that it is no number of pages."""
    with Archive.open(tmp_path / "archive.db") as archive:
        assert archive._connection.execute("PRAGMA cache_size").fetchone() == (-8_192,)


def test_who_asks_of_ever_other_posts_keeps_one_mebibyte(tmp_path: Path) -> None:
    with Archive.open(tmp_path / "archive.db") as archive:
        archive.hold_little()
        assert archive._connection.execute("PRAGMA cache_size").fetchone() == (-1_024,)


def test_of_names_1024_forms_are_remembered_and_no_more() -> None:
    """A large blog bears the same few names again and again, and would else fill the memory."""
    assert rows.match_key.cache_info().maxsize == 1_024


def test_a_time_holds_a_post_only_from_it_on_and_until_before_its_end(large: Archive) -> None:
    minute = timedelta(minutes=1)
    assert large.has_dated(day(1), day(1) + minute) is True
    assert large.has_dated(day(1) - minute, day(1)) is False


def test_a_card_holds_none_of_a_posts_words(tmp_path: Path) -> None:
    words: dict[str, Any] = dict.fromkeys(("excerpt", "body", "text", "sketch"), "Words of 園芸.")
    with Archive.open(tmp_path / "archive.db") as archive:
        archive.store("garden", [pair("a", **words)], now=day(2))
        (card,) = archive.candidates(Window(start_at=day(1), cutoff_at=day(30)))
    assert "園芸".encode() not in encode(card)

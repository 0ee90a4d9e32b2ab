"""Older posts out of a large archive: bounded, reproducible, and never more than asked."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from digest.archive import Archive
from digest.models import Selectors, Window
from digest.selection.evergreen import rank
from tests.archive.makers import pair
from tests.selection.makers import day

SPAN = (datetime(1, 1, 2, tzinfo=UTC), day(0))
NOBODY = Selectors()


@pytest.fixture(scope="module")
def archive() -> Iterator[Archive]:
    """An archive of 1,500 posts, one a day, every fifth a classic."""
    with Archive.open(Path(":memory:")) as opened:
        pairs = [
            pair(f"p{n}", -n, tags=["classic"] if n % 5 == 0 else ["news"]) for n in range(1500)
        ]
        opened.store("garden", pairs, now=day(1))
        yield opened


def found(archive: Archive, number: int = 1, **fields: object) -> list[str]:
    asked = {"spans": [SPAN], "selectors": NOBODY, "rank": rank("weekly", number)}
    asked |= {"is_known": lambda _id: False, "sources": None} | fields
    spans, selectors = asked.pop("spans"), asked.pop("selectors")
    return [post.id for post in archive.pool(spans, selectors, **asked)]  # type: ignore[arg-type]


def test_the_same_number_finds_the_same_posts_and_another_number_others(archive: Archive) -> None:
    assert found(archive) == found(archive)
    assert len(set(found(archive)) & set(found(archive, 2))) < 30
    assert len(found(archive)) == 60


def test_all_of_a_short_span_are_considered_lowest_rank_first(archive: Archive) -> None:
    ranked = rank("weekly", 1)
    week = found(archive, spans=[(day(-20, 0), day(-13, 0))])
    assert sorted(week, key=ranked) == week
    assert set(week) == {f"garden-p{n}" for n in range(14, 21)}


@pytest.mark.parametrize("names", [Selectors(), Selectors(tags=("classic", "news"))])
def test_a_span_holds_its_start_and_not_its_end(archive: Archive, names: Selectors) -> None:
    spans = [(day(-20), day(-18)), (day(-10), day(-9))]
    picked = found(archive, spans=spans, selectors=names)
    assert set(picked) == {"garden-p20", "garden-p19", "garden-p10"}


def test_no_more_come_than_were_asked_for_and_those_of_the_lowest_rank(archive: Archive) -> None:
    span = [(day(-40), day(-10))]
    everything = found(archive, spans=span, most=100)
    assert len(everything) == 30
    assert found(archive, spans=span, most=7) == everything[:7]


def test_withdrawn_posts_are_none_to_pick(tmp_path: Path) -> None:
    with Archive.open(tmp_path / "archive.db") as archive:
        both = [pair("kept", -5, tags=["bees"]), pair("gone", -6, tags=["bees"])]
        archive.store("garden", both, now=day(1))
        archive.store("garden", both[:1], present={"kept"}, now=day(2))
        for names in (Selectors(), Selectors(tags=("bees",))):
            assert found(archive, selectors=names) == ["garden-kept"]


def test_known_ones_and_other_sources_are_passed_over(archive: Archive) -> None:
    span = [(day(-20, 0), day(-13, 0))]
    assert "garden-p15" not in found(archive, spans=span, is_known="garden-p15".__eq__)
    assert found(archive, spans=span, sources=["elsewhere"]) == []


def test_names_narrow_what_is_looked_at(archive: Archive) -> None:
    classics = found(archive, selectors=Selectors(tags=("Classic",)))
    assert len(classics) == 60
    assert all(int(id_.removeprefix("garden-p")) % 5 == 0 for id_ in classics)
    assert found(archive, selectors=Selectors(tags=("nothing",))) == []


def test_picks_come_from_the_whole_span(archive: Archive) -> None:
    numbers = sorted(
        int(id_.removeprefix("garden-p")) for n in range(5) for id_ in found(archive, n)
    )
    assert numbers[0] < 150
    assert numbers[-1] > 1350


def test_changed_posts_are_those_whose_source_said_something_else(tmp_path: Path) -> None:
    with Archive.open(tmp_path / "archive.db") as archive:
        archive.store("garden", [pair("a"), pair("b"), pair("c")], now=day(10))
        archive.store("garden", [pair("a", text="Other words."), pair("b")], now=day(12))
        ids = [f"garden-{name}" for name in "abc"]
        assert [post.id for post in archive.changed(ids, day(11))] == ["garden-a"]
        assert archive.changed(ids, day(13)) == []
        assert archive.changed(["garden-b"], day(11)) == []
        assert archive.changed(ids, day(11), ["elsewhere"]) == []
        window = Window(start_at=day(1), cutoff_at=day(1) + timedelta(days=30))
        assert len(archive.candidates(window)) == 3


def test_beside_a_window_stand_the_posts_dated_next(tmp_path: Path) -> None:
    window = Window(start_at=day(10), cutoff_at=day(20))
    with Archive.open(tmp_path / "archive.db") as archive:
        archive.store("garden", [pair(f"{n}", n) for n in (7, 8, 9, 10, 19, 20, 21)], now=day(22))
        ids = (["garden-9", "garden-8"], ["garden-20"])
        assert archive.beside(window, None, before=2, after=1) == ids
        assert archive.beside(window, ["elsewhere"], before=2, after=1) == ([], [])


def test_twins_may_be_what_shares_an_address_a_title_or_a_second_or_says_so(
    tmp_path: Path,
) -> None:
    page = "https://garden.example/moss/"
    posts = [
        pair("moss", 1, url=page),
        pair("copy", 2, original="http://www.garden.example/moss"),
        pair("title", 3, title="Ferns"),
        pair("same title", 4, title="ferns"),
        pair("second", 5, title="Bees"),
        pair("same second", 5, title="Wasps"),
        pair("alone", 6),
    ]
    with Archive.open(tmp_path / "archive.db") as archive:
        archive.store("garden", posts, now=day(22))
        assert [post.identity for post in archive.alike()] == [
            post.identity for _, post in posts[:-1]
        ]

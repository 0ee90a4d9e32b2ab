"""Candidates: what the index gives an issue to choose from, and what it never reads."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

import pytest

from digest.archive import Archive, rows
from digest.models import Post, Selectors, Window, replace
from tests.archive.makers import pair
from tests.selection.makers import WEEK, day


@pytest.fixture
def archive(tmp_path: Path) -> Iterator[Archive]:
    with Archive.open(tmp_path / "archive.db") as opened:
        yield opened


def candidates(archive: Archive, window: Window = WEEK, **asked: Any) -> list[str]:
    return sorted(p.identity for p in archive.candidates(window, **asked))


def test_candidates_are_the_posts_of_the_window(archive: Archive) -> None:
    dates = {
        "before": day(8, 23),
        "start": day(9, 0),
        "end": day(15, 23),
        "cut-off": day(16, 0),
        "far": day(9000),
    }
    archive.store(
        "garden", [pair(name, published_at=at) for name, at in dates.items()], now=day(16)
    )
    assert candidates(archive) == ["end", "start"]


def test_an_undated_post_counts_from_when_it_was_first_seen(archive: Archive) -> None:
    archive.store("garden", [pair("a", None)], now=day(10))
    archive.store("garden", [pair("a", None, text="Changed."), pair("b", None)], now=day(20))
    assert candidates(archive) == ["a"]


def test_earlier_posts_that_no_issue_considered_may_be_late_whenever_they_were_collected(
    archive: Archive,
) -> None:
    archive.store("garden", [pair("known", 5), pair("passed by", 5)], now=day(6))
    archive.store("garden", [pair("late", 5), pair("too old", 1)], now=day(12))
    asked: dict[str, Any] = {"first_start": day(2, 0)}
    found = candidates(archive, **asked, settled=[(day(9, 0), ["garden-known"])])
    assert found == ["late", "passed by"]
    assert candidates(archive) == []


def test_an_issue_cannot_have_decided_on_a_post_that_is_dated_after_it(archive: Archive) -> None:
    """Such as one whose date was changed since, to a time between two issues or on a cut-off."""
    dates = {"early": day(2), "on it": day(3, 0), "between": day(4), "later": day(6)}
    archive.store("garden", [pair(name, published_at=at) for name, at in dates.items()], now=day(8))
    ids = [f"garden-{name}" for name in dates]
    asked: dict[str, Any] = {"first_start": day(1)}
    assert candidates(archive, **asked, settled=[(day(3, 0), ids)]) == ["between", "later", "on it"]
    assert candidates(archive, **asked, settled=[(day(5), ids), (day(3, 0), ids)]) == ["later"]
    assert candidates(archive, **asked, settled=[(day(9), ids)]) == []
    assert candidates(archive, **asked, settled=[(day(1, 0), ids)]) == sorted(dates)


def test_late_posts_are_told_from_indexes_alone(archive: Archive) -> None:
    """Of all that came since the first issue no row is looked up: a large blog has a hundred thousand."""
    asked: list[str] = []
    archive._connection.set_trace_callback(asked.append)
    candidates(archive, first_start=day(1))
    archive._connection.set_trace_callback(None)
    (question,) = [text for text in asked if "json_group_array" in text]
    plan = [row[3] for row in archive._connection.execute(f"EXPLAIN QUERY PLAN {question}")]
    assert "USING COVERING INDEX posts_by_date" in plan[0]


def test_earlier_posts_without_a_name_that_is_asked_for_are_left_where_they_are(
    archive: Archive,
) -> None:
    archive.store("garden", [pair("a", 5, tags=["bees"]), pair("b", 5)], now=day(6))
    asked: dict[str, Any] = {"first_start": day(2), "selectors": Selectors(tags=("bees",))}
    assert candidates(archive, **asked) == ["a"]


def test_carried_and_referenced_posts_come_from_anywhere(archive: Archive) -> None:
    archive.store("garden", [pair("a", 1), pair("b", 2), pair("c", 30), pair("d", 3)], now=day(5))
    found = candidates(
        archive,
        ids=["garden-a", "gone"],
        references=["garden-b", "http://www.garden.example/garden-c/", "zzz"],
    )
    assert found == ["a", "b", "c"]


def test_withdrawn_posts_and_foreign_sources_are_never_candidates(archive: Archive) -> None:
    archive.store("garden", [pair("a"), pair("gone")], now=day(10))
    archive.store("garden", [], present={"a"}, now=day(11))
    archive.store("park", [pair("p", source="park")], now=day(10))
    asked = {
        "first_start": day(1), "ids": ["garden-gone", "park-p"],
        "references": ["garden-gone", "park-p"], "sources": ["garden"],
    }  # fmt: skip
    assert candidates(archive, **asked) == ["a"]
    assert candidates(archive, Window(start_at=day(16), cutoff_at=day(20)), **asked) == ["a"]
    assert candidates(archive, **(asked | {"sources": []})) == []


@pytest.mark.parametrize(
    ("selectors", "expected"),
    [
        ({"tags": ("bees",)}, ["a", "c"]),
        ({"tags": ("bees", "ants")}, ["a", "b", "c"]),
        ({"all_tags": ("ants", "bees")}, ["b", "c"]),
        ({"series": ("walks",)}, ["a"]),
        ({"authors": ("ana sa",)}, ["b"]),
        ({"tags": ("nothing",)}, []),
        ({"exclude_tags": ("bees",)}, ["a", "b", "c", "d"]),
    ],
)
def test_a_large_window_is_narrowed_by_what_the_selectors_ask_for(
    archive: Archive, selectors: dict[str, Any], expected: list[str]
) -> None:
    """One condition is enough to narrow by; selection asks all of them anyway."""
    archive.store(
        "garden",
        [
            pair("a", tags=["Bees"], series=[("Walks", 1)]), pair("b", tags=["ants"], authors=("Ana Sá",)),
            pair("c", tags=["bees", "Ants"]), pair("d"),
        ],
        now=day(10),
    )  # fmt: skip
    assert candidates(archive, selectors=Selectors(**selectors), narrow_above=3) == expected
    assert candidates(archive, selectors=Selectors(**selectors), narrow_above=4) == [
        "a",
        "b",
        "c",
        "d",
    ]


def test_only_candidates_are_decoded(archive: Archive, monkeypatch: pytest.MonkeyPatch) -> None:
    """Memory and time follow the answer, not the archive."""
    archive.store(
        "garden", [pair(f"p{n}", 1 + n % 28, tags=["bees"]) for n in range(280)], now=day(1)
    )
    known = [f"garden-p{n}" for n in range(280)]
    decoded: list[bytes] = []
    original = rows.posts_of

    def read(documents: Iterable[bytes]) -> list[Post]:
        documents = list(documents)
        decoded.extend(documents)
        return original(documents)

    monkeypatch.setattr(rows, "posts_of", read)
    found = candidates(archive, first_start=day(1), settled=[(day(30), known)], sources=["garden"])
    assert len(decoded) == len(found) == 70


def test_candidates_come_without_their_words_which_are_read_for_those_that_matter(
    archive: Archive,
) -> None:
    """A long post costs no more to choose from than a short one."""
    archive.store(
        "garden",
        [pair("a", tags=["bees"], body="<p>Words.</p>", excerpt="Wo"), pair("b")],
        now=day(1),
    )
    a, b = sorted(archive.candidates(WEEK), key=lambda post: post.id)
    assert (a.title, [term.name for term in a.tags], a.published_at) == (
        "Title of garden-a",
        ["bees"],
        day(10),
    )
    assert (a.text, a.body, a.excerpt) == ("", "", "")
    again, whole = archive.whole([b, a])
    assert (again.id, whole) == (b.id, archive.find(a.id))
    assert (whole.body, whole.excerpt) == ("<p>Words.</p>", "Wo")


def test_a_card_changes_with_its_post(archive: Archive) -> None:
    archive.store("garden", [pair("a")], now=day(10))
    archive.store("garden", [pair("a", title="Another", tags=["bees"])], now=day(11))
    (card,) = archive.candidates(WEEK)
    assert card == replace(archive.find("garden-a"), text="")
    assert (card.title, card.changed_at) == ("Another", day(11))


def test_every_question_of_a_build_is_answered_by_an_index(archive: Archive) -> None:
    """No step of choosing reads the whole table of posts."""
    archive.store("garden", [pair("a", tags=["bees"])], now=day(10))
    asked: list[str] = []
    archive._connection.set_trace_callback(asked.append)
    archive.candidates(
        WEEK, first_start=day(2), ids=["x"], references=["y"], sources=["garden"],
        selectors=Selectors(tags=("bees",)), narrow_above=0,
    )  # fmt: skip
    archive._connection.set_trace_callback(None)
    plans = [
        step[3]
        for question in asked
        for step in archive._connection.execute(f"EXPLAIN QUERY PLAN {question}")
    ]
    assert len(asked) >= 8
    assert not [plan for plan in plans if plan.startswith("SCAN p")]

"""The editor's wishes: pins, drops, order and moves, and what is said of a reference to nothing."""

from __future__ import annotations

from typing import Any

import pytest

from digest.errors import EditorError
from digest.issue import editor
from digest.models import EditorNotes, Link, Section, Selection, Selectors
from digest.selection import references
from tests.selection.makers import WEEK, edition, ids, past, post, rules, select

POSTS = [post("a", 9), post("b", 10), post("c", 11), post("old", 1), post("future", 20)]
LINK = "{title: A, url: https://a.example/"


def choose(limit: int | None = None, **notes: Any) -> Selection:
    return select(edition(limit=limit), POSTS, window=WEEK, notes=EditorNotes(**notes))


@pytest.mark.parametrize(
    "reference", ["a", "https://garden.example/a", "http://www.garden.example/a/?utm_source=x"]
)
def test_a_post_is_meant_by_its_id_or_any_form_of_its_address(reference: str) -> None:
    assert ids(choose(drop=(reference,))) == ["c", "b"]


def test_pins_come_first_in_the_editors_order_wherever_they_are_from() -> None:
    chosen = choose(pin=("old", "a", "future"))
    assert ids(chosen) == ["old", "a", "future", "c", "b"]
    assert {c.post.id: c.mark for c in chosen.chosen if c.mark} == {
        "old": "pinned",
        "future": "pinned",
    }
    assert rules(chosen)["a"] == "pinned"
    assert chosen.decisions[0].detail.startswith("pinned in editor.md, though dated 2026-")


def test_a_pin_overrules_the_tags() -> None:
    chosen = select(
        edition(tags=["ours"]), [post("a", 10)], window=WEEK, notes=EditorNotes(pin=("a",))
    )
    assert ids(chosen) == ["a"]


def test_pins_have_their_place_within_the_limit() -> None:
    chosen = choose(limit=2, pin=("old",))
    assert (ids(chosen), chosen.carried) == (["old", "c"], ("a", "b"))


def test_a_pin_sends_a_post_again_and_says_so() -> None:
    chosen = select(
        edition(),
        POSTS,
        window=WEEK,
        earlier=[past(1, [post("a", 3)])],
        notes=EditorNotes(pin=("a",)),
    )
    assert chosen.decisions[0].rule == "pinned"
    assert chosen.decisions[0].detail == "pinned in editor.md, though it was sent in issue-1"


def test_a_dropped_post_is_refused_and_does_not_come_back_late() -> None:
    chosen = choose(drop=("a",))
    assert rules(chosen)["a"] == "dropped"
    assert "a" in chosen.considered
    assert "a" not in chosen.carried


@pytest.mark.parametrize("part", ["pin", "order"])
def test_a_post_that_is_dropped_and_asked_for_is_an_error(part: str) -> None:
    """Whichever name is used for it: only one of the two can be meant."""
    address = "https://garden.example/a"
    with pytest.raises(EditorError) as wrong:
        choose(**{"drop": ("a",), part: ("b", address), "lines": {"a": 3, address: 6}})
    assert str(wrong.value) == (
        f'editor.md:6: drop and {part}: both name "{address}". Take it out of one of them.'
    )


def test_ordered_posts_come_first_and_have_room_first() -> None:
    assert ids(choose(order=("a", "c"))) == ["a", "c", "b"]
    assert ids(choose(limit=1, order=("a",))) == ["a"]


def test_an_order_does_not_bring_in_a_post_from_outside_the_window() -> None:
    assert ids(choose(order=("old", "a"))) == ["a", "c", "b"]


SECTIONS = (
    Section(title="Bees", selectors=Selectors(tags=("bees",))),
    Section(title="Walks & Talks"),
)


def test_a_post_moves_to_the_section_the_editor_names() -> None:
    posts = [post("a", 10, tags=["bees"]), post("b", 11)]
    notes = EditorNotes(sections={"a": "walks-talks", "https://garden.example/b": "BEES"})
    chosen = select(edition(sections=SECTIONS), posts, window=WEEK, notes=notes)
    assert [(c.post.id, c.section) for c in chosen.chosen] == [("b", 0), ("a", 1)]


def test_pins_lead_the_issue_and_stand_in_their_own_section() -> None:
    posts = [post("a", 10, tags=["bees"]), post("b", 11)]
    chosen = select(edition(sections=SECTIONS), posts, window=WEEK, notes=EditorNotes(pin=("b",)))
    assert [(c.post.id, c.section) for c in chosen.chosen] == [("b", 1), ("a", 0)]


def test_a_section_that_does_not_exist_is_an_error_that_names_those_that_do() -> None:
    notes = EditorNotes(sections={"a": "Beees"}, lines={"a": 7})
    with pytest.raises(EditorError) as wrong:
        select(edition(sections=SECTIONS), POSTS, window=WEEK, notes=notes)
    assert str(wrong.value) == (
        'editor.md:7: sections: weekly has no section "Beees". Its sections are "Bees", "Walks & Talks".'
    )


def test_a_link_in_a_section_that_does_not_exist_is_an_error_too() -> None:
    links = (
        Link(title="Swifts", url="https://s.example/", section="walks & talks"),
        Link(title="Moss", url="https://m.example/", section="Moss"),
    )
    with pytest.raises(
        EditorError, match=r'editor\.md:9: links: weekly has no section "Moss"\. Its .* "Bees"'
    ):
        select(
            edition(sections=SECTIONS),
            POSTS,
            window=WEEK,
            notes=EditorNotes(links=links, lines={"links": 9}),
        )


@pytest.mark.parametrize("part", ["pin", "drop", "order"])
def test_a_reference_to_nothing_is_an_error_with_line_and_nearest_post(part: str) -> None:
    wrong_url = "https://garden.example/oldd"
    with pytest.raises(EditorError) as wrong:
        choose(**{part: (wrong_url,), "lines": {wrong_url: 4}})
    assert str(wrong.value) == (
        f'editor.md:4: {part}: there is no post "{wrong_url}". Did you mean https://garden.example/old?'
    )


@pytest.mark.parametrize("part", ["titles", "excerpts", "images", "sections"])
def test_an_override_of_nothing_is_an_error_too(part: str) -> None:
    with pytest.raises(EditorError, match="there is no post"):
        choose(**{part: {"nothing": "text"}})


def test_the_archive_is_asked_for_the_nearest_post() -> None:
    with pytest.raises(EditorError, match=r"Did you mean https://park\.example/x\?"):
        select(
            edition(), POSTS, window=WEEK, notes=EditorNotes(pin=("zzz",)),
            near=lambda _: ["https://park.example/x"],
        )  # fmt: skip


def test_a_withdrawn_post_leaves_a_draft_without_an_error() -> None:
    notes = EditorNotes(
        drop=("gone",), order=("gone", "a"), titles={"gone": "x"}, sections={"gone": "y"}
    )
    chosen = select(
        edition(), POSTS, window=WEEK, notes=notes, is_withdrawn=lambda ref: ref == "gone"
    )
    assert ids(chosen) == ["a", "c", "b"]


def test_a_pin_of_a_withdrawn_post_is_an_error() -> None:
    with pytest.raises(EditorError, match="was withdrawn from its source"):
        select(
            edition(),
            POSTS,
            window=WEEK,
            notes=EditorNotes(pin=("gone",)),
            is_withdrawn=lambda _: True,
        )


def test_a_reference_means_every_post_at_its_address() -> None:
    """Two sources may bring the same page; dropping it drops both."""
    twins = [post("a", 10), post("b", 11, url="http://garden.example/a/", source="feed")]
    assert (
        ids(
            select(
                edition(), twins, window=WEEK, notes=EditorNotes(drop=("https://garden.example/a",))
            )
        )
        == []
    )


def test_references_are_all_that_the_archive_must_bring() -> None:
    notes = EditorNotes(
        pin=("a",), drop=("b", "a"), order=("c",), titles={"d": ""}, excerpts={"e": ""}, images={"f": ""},
        sections={"g": ""}, updates=("h",),
    )  # fmt: skip
    assert references(notes) == ("a", "b", "c", "d", "e", "f", "g")


@pytest.mark.parametrize(
    ("second", "line"),
    [
        ("drop:\n  - a\npin:\n  - a\n", 5),
        ("titles:\n  a: Another\nsections:\n  a: Nowhere\n", 5),
        ("drop:\n  - b\ntitles:\n  b: B\nlater:\n  - b\n", 7),
        (f"links:\n  - {LINK}, section: One}}\n  - {LINK}, section: Nowhere}}\n", 4),
    ],
    ids=["two lists", "two tables", "three", "two links"],
)
def test_an_error_names_the_second_of_two_lines_that_name_one_post(second: str, line: int) -> None:
    notes = editor.parse(f"---\n{second}---\n")
    with pytest.raises(EditorError) as caught:
        select(edition(sections=(Section(title="One"),)), POSTS, window=WEEK, notes=notes)
    assert caught.value.where == f"editor.md:{line}"

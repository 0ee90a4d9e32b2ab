"""Floods ask first: many late posts, very old ones, and a window that nobody meant."""

from __future__ import annotations

from datetime import timedelta

import pytest

from digest.models import Decision, EditorNotes, Post, Selection, Window, replace
from digest.selection import cooled, is_asked, repeated, ruled, unmatched
from tests.selection.makers import WEEK, day, edition, ids, past, post, rules, select

BEFORE = past(1, [post("first", 3)], start=-200, cutoff=9)
SECOND_BLOG = [post(f"b{n:02}", 8 - n, source="second") for n in range(19)]


def choose(posts: list[Post], **options: object) -> Selection:
    notes = EditorNotes(**options.pop("notes", {}))  # type: ignore[arg-type]
    fields: dict[str, object] = {"window": WEEK, "earlier": [BEFORE], **options}
    return select(edition(), posts, notes=notes, looked_at=day(9, 0), **fields)  # type: ignore[arg-type]


def test_a_second_blogs_old_posts_wait_and_the_new_one_comes() -> None:
    chosen = choose([post("new", 12), *SECOND_BLOG])
    assert ids(chosen) == ["new"]
    assert {d.rule for d in chosen.decisions[1:]} == {"held-back"}
    assert chosen.decisions[1].detail == (
        "one of 19 late posts; pin or drop it, or answer for all by held in editor.md"
    )
    assert set(chosen.carried) == {p.id for p in SECOND_BLOG}


def test_a_few_late_posts_come_as_ever() -> None:
    assert len(ids(choose(SECOND_BLOG[:10]))) == 10
    assert ids(choose(SECOND_BLOG[:11])) == []


def test_one_very_old_post_is_asked_about() -> None:
    chosen = choose([post("old", -40), post("young", -15)])
    assert rules(chosen) == {"young": "late", "old": "held-back"}


def test_the_editor_takes_or_leaves_them_all() -> None:
    taken = choose(SECOND_BLOG, notes={"held": "take"})
    assert len(ids(taken)) == 19
    left = choose(SECOND_BLOG, notes={"held": "leave"})
    assert set(rules(left).values()) == {"dropped"}
    assert len(left.remembered) == 19


def test_single_ones_are_pinned_or_dropped() -> None:
    chosen = choose(SECOND_BLOG, notes={"pin": ("b03",), "drop": ("b04",)})
    assert ids(chosen) == ["b03"]
    assert (rules(chosen)["b04"], rules(chosen)["b05"]) == ("dropped", "held-back")


def test_the_question_stands_until_it_is_answered() -> None:
    """In the next issue they are few no longer, since nothing else is late; they wait all the same."""
    first = choose(SECOND_BLOG)
    asked = past(
        2, start=9, cutoff=16, carried=first.carried, held=ruled(first.decisions, "held-back")
    )
    later = Window(start_at=day(16, 0), cutoff_at=day(23, 0))
    options = {"window": later, "earlier": [BEFORE, asked]}
    assert set(rules(choose(SECOND_BLOG[:3], **options)).values()) == {"held-back"}
    assert len(ids(choose(SECOND_BLOG[:3], notes={"held": "take"}, **options))) == 3


@pytest.mark.parametrize("usual_days", [7, 30])
def test_a_window_much_longer_than_usual_takes_only_its_end_unasked(usual_days: int) -> None:
    """A year was mistyped once: the last issue lies a year back."""
    last = replace(
        BEFORE, window=Window(start_at=day(-360 - usual_days, 0), cutoff_at=day(-360, 0))
    )
    window = Window(start_at=day(-360, 0), cutoff_at=day(16, 0))
    chosen = select(
        edition(),
        [post("old", -300), post("new", 10)],
        window=window,
        earlier=[last],
        looked_at=day(-360, 0),
    )
    assert rules(chosen) == {"new": "window", "old": "held-back"}


def test_long_windows_that_are_usual_or_were_looked_through_come_whole() -> None:
    """A quarterly edition; and a weekly one that waited for enough posts."""
    quarter = timedelta(days=91)
    window = Window(start_at=day(16, 0) - quarter, cutoff_at=day(16, 0))
    last = replace(
        BEFORE, window=Window(start_at=window.start_at - quarter, cutoff_at=window.start_at)
    )
    posts = [post("old", -70), post("new", 10)]
    asked = {"window": window, "earlier": [last]}
    quarterly = select(edition(), posts, looked_at=window.start_at, **asked)  # type: ignore[arg-type]
    assert ids(quarterly) == ["new", "old"]
    short = replace(last, window=Window(start_at=day(-90, 0), cutoff_at=window.start_at))
    waited = select(edition(), posts, window=window, earlier=[short], looked_at=day(9, 0))
    assert ids(waited) == ["new", "old"]


DECISIONS = [
    Decision(id=f"{verdict} by {rule}", url=None, title="", verdict=verdict, rule=rule)  # type: ignore[arg-type]
    for verdict, rules in {
        "chosen": ("window",),
        "refused": ("window", "tag", "language", "already-sent", "limit"),
        "waiting": ("cool-down", "twin", "held-back", "missing-issue", "limit"),
    }.items()
    for rule in rules
]


def test_a_record_tells_the_issues_after_it_what_became_of_which_post() -> None:
    assert unmatched(DECISIONS) == ("refused by tag", "refused by language")
    assert repeated(DECISIONS) == ("refused by already-sent",)
    assert cooled(DECISIONS) == ("waiting by cool-down",)
    assert ruled(DECISIONS, "limit") == ("waiting by limit",)
    assert [decision.id for decision in DECISIONS if is_asked(decision)] == [
        "waiting by twin", "waiting by held-back", "waiting by missing-issue",
    ]  # fmt: skip

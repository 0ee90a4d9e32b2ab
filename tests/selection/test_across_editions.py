"""Cool-downs and older posts: what an issue holds back, and what fills it when it is thin."""

from __future__ import annotations

import tomllib
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from digest.models import (
    Edition,
    EditorNotes,
    Evergreen,
    Post,
    Section,
    Selection,
    Selectors,
    Window,
    replace,
)
from digest.selection import PastIssue, cool_since, evergreen, new_posts
from tests.golden import hold
from tests.selection.makers import WEEK, day, edition, ids, past, post, recorded, rules, select

COOL = edition(cool_down={"daily": "7 days"})
FILLED = edition(evergreen=Evergreen(fill_to=4))
POOL = [post(f"old-{n}", published_at=day(10 - 400 - n)) for n in range(12)]


def daily(dated: int, *posts: Post) -> PastIssue:
    return replace(
        past(dated, posts, start=dated, cutoff=dated + 1), edition="daily", id=f"daily-{dated}"
    )


def choose(weekly: Edition, posts: list[Post], **fields: Any) -> Selection:
    return select(
        weekly, posts, **{"window": WEEK, "dated": date(2026, 11, 15), "number": 7} | fields
    )


# ---------------------------------------------------------------- cool-downs


@pytest.mark.parametrize(
    ("dated", "waits"), [(8, False), (9, True), (12, True), (15, True), (16, False)],
    ids=["seven days before", "six days before", "three days before", "the same day", "the day after"],
)  # fmt: skip
def test_a_post_waits_while_another_edition_has_just_sent_it(dated: int, waits: bool) -> None:
    chosen = choose(COOL, [post("a", 9)], cooling=[daily(dated, post("a", 9))])
    assert (chosen.decisions[0].rule == "cool-down") is waits
    assert (chosen.carried == ("a",)) is waits
    if waits:
        assert chosen.decisions[0].detail == f"in daily-{dated}, less than 7 days before"


def test_it_is_recognised_by_its_address_too() -> None:
    """The other edition may have had it from another source."""
    twin = post("b", 10, url="https://garden.example/a")
    assert rules(choose(COOL, [post("a")], cooling=[daily(12, twin)])) == {"a": "cool-down"}


def test_it_comes_when_the_cool_down_is_over_and_to_readers_it_is_new() -> None:
    first = choose(COOL, [post("a"), post("b")], cooling=[daily(12, post("a"))])
    issue = recorded(1, date(2026, 11, 15), first, day(16, 0))
    window = Window(start_at=day(16, 0), cutoff_at=day(23, 0))
    second = select(
        COOL,
        [post("a")],
        window=window,
        earlier=[issue],
        dated=date(2026, 11, 22),
        cooling=[daily(12, post("a"))],
    )
    assert [(entry.post.id, entry.mark) for entry in second.chosen] == [("a", "")]
    assert second.decisions[0].detail == "was cooling down when issue-1 was built"


def test_the_editor_may_pin_what_cools_down() -> None:
    notes = EditorNotes(pin=("a",))
    chosen = choose(COOL, [post("a")], cooling=[daily(12, post("a"))], notes=notes)
    assert (ids(chosen), new_posts(chosen)) == (["a"], 1)


def test_issues_of_other_editions_do_not_matter() -> None:
    other = replace(daily(12, post("a")), edition="monthly")
    assert rules(choose(COOL, [post("a")], cooling=[other])) == {"a": "window"}


def test_months_are_counted_by_the_calendar() -> None:
    monthly = edition(cool_down={"daily": "1 month", "weekly-two": "2 weeks"})
    assert cool_since(monthly, date(2026, 3, 31)) == {
        "daily": date(2026, 2, 28),
        "weekly-two": date(2026, 3, 17),
    }


# ---------------------------------------------------------------- older posts


def test_a_thin_issue_is_filled_and_what_fills_it_is_marked_and_not_new() -> None:
    chosen = choose(FILLED, [post("a"), post("b", 11)], older=lambda: POOL)
    assert ids(chosen)[:2] == ["b", "a"]
    assert [entry.mark for entry in chosen.chosen] == [
        "",
        "",
        "from the archive",
        "from the archive",
    ]
    assert (len(chosen.chosen), new_posts(chosen)) == (4, 2)
    assert list(rules(chosen).values())[2:] == ["evergreen", "evergreen"]


def test_a_full_issue_and_one_that_is_too_thin_to_send_take_none() -> None:
    posts = [post(f"p{n}", 10) for n in range(4)]
    assert len(choose(FILLED, posts, older=lambda: POOL).chosen) == 4
    assert choose(FILLED, [], older=lambda: POOL).chosen == ()
    assert len(choose(replace(FILLED, min_posts=3), posts[:2], older=lambda: POOL).chosen) == 2


@pytest.mark.parametrize(
    ("limit", "count", "filled"), [(3, None, 3), (None, 1, 2), (None, 9, 4), (1, None, 1)]
)
def test_limit_and_count_bound_what_fills(
    limit: int | None, count: int | None, filled: int
) -> None:
    weekly = edition(limit=limit, evergreen=Evergreen(fill_to=4, count=count))
    assert len(choose(weekly, [post("a")], older=lambda: POOL).chosen) == filled


@settings(max_examples=30)
@given(st.permutations(POOL), st.integers(1, 500))
def test_the_number_of_the_issue_alone_decides_which(pool: list[Post], number: int) -> None:
    expected = ids(choose(FILLED, [post("a")], older=lambda: POOL, number=number))
    assert ids(choose(FILLED, [post("a")], older=lambda: pool, number=number)) == expected


def test_every_issue_has_others() -> None:
    seen = {
        tuple(ids(choose(FILLED, [post("a")], older=lambda: POOL, number=n))) for n in range(1, 30)
    }
    assert len(seen) > 20


def test_what_any_issue_holds_is_never_taken_again_nor_what_the_editor_dropped() -> None:
    issues = [past(1, POOL[:5]), past(2, POOL[5:8], start=20, cutoff=27)]
    notes = EditorNotes(drop=("old-8",))
    chosen = choose(FILLED, [post("a"), POOL[8]], older=lambda: POOL, earlier=issues, notes=notes)
    assert set(ids(chosen)) == {"a", "old-9", "old-10", "old-11"}


def test_one_that_is_among_the_new_posts_under_another_name_is_passed_over() -> None:
    again = post("again", 10, title=POOL[0].title, text=POOL[0].text)
    chosen = choose(FILLED, [again], older=lambda: POOL[:1])
    assert ids(chosen) == ["again"]


def test_of_two_that_are_the_same_post_one_is_taken() -> None:
    twin = replace(POOL[0], id="twin", url=POOL[0].url)
    chosen = choose(FILLED, [post("a")], older=lambda: [POOL[0], twin])
    assert len(chosen.chosen) == 2


def test_an_issue_that_is_full_does_not_ask_for_them() -> None:
    def never() -> list[Post]:
        raise AssertionError("older posts were asked for")

    assert len(choose(FILLED, [post(f"p{n}") for n in range(4)], older=never).chosen) == 4


def test_they_stand_last_whatever_the_order_and_never_lead_the_issue() -> None:
    weekly = edition(
        order="oldest",
        sections=(
            Section(title="Birds", selectors=Selectors(tags=("birds",))),
            Section(title="Everything else"),
        ),
        evergreen=Evergreen(fill_to=3),
    )
    pool = [replace(old, tags=post("x", tags=["birds"]).tags) for old in POOL]
    chosen = choose(weekly, [post("a")], older=lambda: pool)
    assert [(entry.section, entry.mark) for entry in chosen.chosen] == [
        (1, ""), (1, "from the archive"), (1, "from the archive"),
    ]  # fmt: skip


def test_the_pools_own_selectors_count_else_the_editions() -> None:
    tagged = [post("t", -300, tags=["classic"]), post("b", -300, tags=["birds"])]
    own = edition(tags=["birds"], evergreen=Evergreen(selectors=Selectors(tags=("classic",))))
    assert ids(choose(own, [post("a", tags=["birds"])], older=lambda: tagged)) == ["a", "t"]
    plain = edition(tags=["birds"], evergreen=Evergreen())
    assert ids(choose(plain, [post("a", tags=["birds"])], older=lambda: tagged)) == ["a", "b"]


def test_they_come_from_the_spans_that_are_listed() -> None:
    hold(Path(__file__).with_name("spans.txt"), lambda _, case: _spans(tomllib.loads(case)))


def _spans(case: dict[str, Any]) -> str:
    start_at, cutoff_at = map(utc, case.get("window", ["2026-11-09 00:00", "2026-11-16 00:00"]))
    found = evergreen.spans(
        msgspec.convert(case["pool"], Evergreen),
        Window(start_at=start_at, cutoff_at=cutoff_at),
        case.get("dated", date(2026, 11, 15)),
        case.get("zone", "UTC"),
    )
    shown = [f"{start:%Y-%m-%d %H:%M %Z} to {end:%Y-%m-%d %H:%M %Z}" for start, end in found]
    left = [f"and so on, {len(shown)} in all, the last", shown[-1]] if len(shown) > 2 else []
    return "\n".join([*shown[:2], *left])


def utc(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=UTC)

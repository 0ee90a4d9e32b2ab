"""Choosing: what comes in an issue, in which order, and the rule given for every candidate."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from digest.errors import ConfigError
from digest.models import Edition, EditorNotes, Order, Post, Section, Selectors, Window, replace
from digest.selection import RULES, Ledger, PastIssue, new_posts
from tests.selection.makers import WEEK, day, edition, ids, past, post, recorded, rules, select

# ---------------------------------------------------------------- time


@pytest.mark.parametrize(
    ("number", "hour", "verdict", "rule"),
    [
        (8, 23, "refused", "window"),
        (9, 0, "chosen", "window"),
        (15, 23, "chosen", "window"),
        (16, 0, "waiting", "future"),
        (365 * 60, 0, "waiting", "future"),
    ],
)
def test_a_window_holds_its_start_and_not_its_cut_off(
    number: int, hour: int, verdict: str, rule: str
) -> None:
    decision = select(
        edition(), [post("a", published_at=day(number, hour))], window=WEEK
    ).decisions[0]
    assert (decision.verdict, decision.rule) == (verdict, rule)


def test_a_post_without_a_date_counts_from_when_it_was_first_seen() -> None:
    chosen = select(edition(), [post("a", None, first_seen_at=day(10))], window=WEEK)
    assert ids(chosen) == ["a"]
    assert chosen.decisions[0].detail == "dated 2026-11-10T12:00:00Z, when it was first seen"


def test_a_post_without_any_time_is_refused_and_said_so() -> None:
    assert rules(select(edition(), [post("a", None)], window=WEEK)) == {"a": "undated"}


def test_a_late_arrival_comes_in_the_next_issue_marked() -> None:
    """It is dated inside the first issue's window, which considered another post only."""
    late = post("a", 5, first_seen_at=day(10))
    chosen = select(edition(), [late], window=WEEK, earlier=[past(1, [post("b", 4)])])
    assert [(c.post.id, c.mark) for c in chosen.chosen] == [("a", "late")]
    assert (
        chosen.decisions[0].detail == "dated 2026-11-05T12:00:00Z, first seen 2026-11-10T12:00:00Z"
    )


def test_a_post_that_an_issue_considered_and_left_out_is_not_late() -> None:
    chosen = select(edition(), [post("a", 5)], window=WEEK, earlier=[past(1, considered=["a"])])
    assert rules(chosen) == {"a": "window"}
    assert chosen.decisions[0].detail.endswith(
        ", before the window that begins 2026-11-09T00:00:00Z; issue-1 considered it and left it out"
    )


def test_a_post_older_than_the_first_issue_is_not_late() -> None:
    assert rules(select(edition(), [post("a", 1)], window=WEEK, earlier=[past(1)])) == {
        "a": "window"
    }


def test_without_an_issue_before_nothing_is_late() -> None:
    assert rules(select(edition(), [post("a", 5)], window=WEEK)) == {"a": "window"}


@pytest.mark.parametrize(
    ("changed", "rule"), [(day(10), "late"), (day(8), "window"), (None, "window")],
    ids=["edited after", "edited before", "never edited"],
)  # fmt: skip
def test_a_post_that_did_not_match_and_was_edited_afterwards_comes_late(
    changed: object, rule: str
) -> None:
    """An author who forgot the tag puts it right; the post was never anybody's decision to leave out."""
    earlier = [past(1, considered=["a"], unmatched=("a",))]
    retagged = post("a", 5, tags=["ours"], changed_at=changed)
    assert rules(select(edition(tags=["ours"]), [retagged], window=WEEK, earlier=earlier)) == {
        "a": rule
    }


def test_a_duration_leaves_out_the_time_between_its_windows() -> None:
    """An edition of the last three days does not want the four before, however new they are to it."""
    between = post("a", 11, first_seen_at=day(11))
    window = Window(start_at=day(13, 0), cutoff_at=day(16, 0))
    assert rules(select(edition(since="3 days"), [between], window=window, earlier=[past(1)])) == {
        "a": "window"
    }


def test_a_duration_misses_nothing_of_a_day_whose_issue_was_built_early() -> None:
    """The window was cut off at noon, but the day was the issue's."""
    early = replace(past(1), window=Window(start_at=day(2, 0), cutoff_at=day(8), ends_at=day(9, 0)))
    afternoon = post("a", published_at=day(8, 15))
    chosen = select(edition(since="7 days"), [afternoon], window=WEEK, earlier=[early])
    assert rules(chosen) == {"a": "late"}


@pytest.mark.parametrize(
    ("hour", "minute", "rule"), [(23, 44, "window"), (23, 45, "window"), (23, 46, "settling")]
)
def test_a_post_settles_before_it_is_chosen(hour: int, minute: int, rule: str) -> None:
    fresh = post("a", published_at=day(15, hour, minute))
    chosen = select(edition(settle="15 minutes"), [fresh], window=WEEK)
    assert rules(chosen) == {"a": rule}
    assert chosen.carried == (("a",) if rule == "settling" else ())


def test_a_post_that_was_settling_comes_in_the_next_issue_as_a_new_one() -> None:
    fresh = post("a", published_at=day(8, 23, 50))
    settled = select(
        edition(settle="1 hour"), [fresh], window=WEEK, earlier=[past(1, carried=("a",))]
    )
    assert [(c.post.id, c.mark) for c in settled.chosen] == [("a", "")]


def test_a_settling_time_that_is_none_names_the_key() -> None:
    with pytest.raises(ConfigError, match="settle"):
        select(edition(settle="soon"), [], window=WEEK)


# ---------------------------------------------------------------- limits


def test_what_a_limit_leaves_out_comes_first_in_the_next_issue_marked() -> None:
    posts = [post(name, number) for name, number in (("a", 9), ("b", 10), ("c", 11))]
    first = select(edition(limit=2), posts, window=WEEK)
    assert (ids(first), first.carried, rules(first)["a"]) == (["c", "b"], ("a",), "limit")
    issue = recorded(1, date(2026, 11, 15), first, day(16))
    week = Window(start_at=day(16, 0), cutoff_at=day(23, 0))
    second = select(
        edition(limit=2), [posts[0], post("d", 17), post("e", 18)], window=week, earlier=[issue]
    )
    assert [(c.post.id, c.mark) for c in second.chosen] == [("e", ""), ("a", "carried over")]


def test_a_post_carried_over_twice_is_not_forgotten() -> None:
    issues = [past(1, carried=("a",)), past(2, start=9, cutoff=16, carried=())]
    assert Ledger(issues).pending == {"a"}


def test_a_post_that_was_carried_over_and_then_dropped_does_not_return() -> None:
    issues = [past(1, carried=("a",)), past(2, start=9, cutoff=16, considered=["a"])]
    assert Ledger(issues).pending == set()


def test_a_double_waits_as_long_as_the_post_it_doubles() -> None:
    """Should the one be withdrawn before its turn, the other takes its place."""
    twin = {"title": "Frost", "text": "It is cold."}
    posts = [post("a", 9, **twin), post("b", 10, **twin, source="feed"), post("c", 11)]
    assert select(edition(limit=1), posts, window=WEEK).carried == ("a", "b")


def test_a_pin_counts_for_min_posts_whatever_its_post_is() -> None:
    """A pin comes whatever the rules say, so that one alone makes an issue."""
    notes = EditorNotes(pin=("old", "new"))
    chosen = select(
        edition(), [post("old", 1), post("new", 10), post("b", 11)], window=WEEK, notes=notes
    )
    assert ids(chosen) == ["old", "new", "b"]
    assert new_posts(chosen) == 3


# ---------------------------------------------------------------- other issues


def test_a_post_in_a_later_issue_is_taken_but_not_for_ever() -> None:
    """When a draft before another is built again, the other keeps its posts while it exists."""
    later = past(2, [post("a", 10)], start=16, cutoff=23)
    chosen = select(
        edition(), [post("a", 10)], window=WEEK, earlier=[later], dated=date(2026, 11, 15)
    )
    assert rules(chosen) == {"a": "already-sent"}
    assert (chosen.considered, chosen.carried) == ((), ("a",))


def test_a_later_issue_considers_nothing_for_an_earlier_one() -> None:
    later = past(2, start=16, cutoff=23, considered=["a"])
    first = past(1)
    chosen = select(
        edition(), [post("a", 5)], window=WEEK, earlier=[later, first], dated=date(2026, 11, 15)
    )
    assert rules(chosen) == {"a": "late"}


def test_considered_are_all_posts_dated_before_the_cut_off_that_do_not_wait() -> None:
    posts = [
        post("old", 1),
        post("in", 10),
        post("theirs", 11, tags=["theirs"]),
        post("future", 20),
    ]
    posts += [post("in2", 9), post("settling", published_at=day(15, 23, 59))]
    ours = [
        replace(p, tags=post("x", tags=["ours"]).tags) if p.id != "theirs" else p for p in posts
    ]
    chosen = select(edition(tags=["ours"], limit=1, settle="1 hour"), ours, window=WEEK)
    assert chosen.considered == ("in", "old", "theirs")
    assert chosen.carried == ("in2", "settling")


# ---------------------------------------------------------------- order and sections


@pytest.mark.parametrize(
    ("order", "expected"),
    [
        ("newest", ["d", "c", "b", "a"]),
        ("oldest", ["a", "b", "c", "d"]),
        ("title", ["b", "d", "a", "c"]),
        ("series", ["c", "a", "d", "b"]),
    ],
)
def test_orders(order: str, expected: list[str]) -> None:
    """Posts of a series stand part by part; a series' part without number comes last."""
    posts = [
        post("a", 9, title="Pears", series=[("Orchard", 2)]),
        post("b", 10, title="Apples"),
        post("c", 11, title="quince", series=[("orchard", 1)]),
        post("d", 12, title="Élan", series=[("Orchard", None)]),
    ]
    assert ids(select(edition(order=order), posts, window=WEEK)) == expected


def test_the_series_an_edition_asks_for_decides_the_order() -> None:
    posts = [post("a", 9, series=[("Z", 1), ("Walks", 2)]), post("b", 10, series=[("Walks", 1)])]
    assert ids(select(edition(series=["walks"], order="series"), posts, window=WEEK)) == ["b", "a"]


def sectioned(*sections: Section, **fields: object) -> Edition:
    return edition(sections=sections, **fields)


BEES = Section(title="Bees", selectors=Selectors(tags=("bees",)))
TREES = Section(title="Trees", selectors=Selectors(tags=("trees",)), limit=1, order="oldest")
ELSE = Section(title="Everything else")


def places(chosen: object) -> dict[str, int]:
    return {entry.post.id: entry.section for entry in chosen.chosen}  # type: ignore[attr-defined]


def test_sections_are_filled_in_order_and_share_no_post() -> None:
    posts = [post("both", 10, tags=["bees", "trees"]), post("t", 11, tags=["trees"]), post("x", 12)]
    chosen = select(sectioned(BEES, TREES, ELSE), posts, window=WEEK)
    assert places(chosen) == {"both": 0, "t": 1, "x": 2}
    assert ids(chosen) == ["both", "t", "x"]


def test_a_full_section_leaves_posts_to_the_next_that_takes_them() -> None:
    posts = [post("t1", 10, tags=["trees"]), post("t2", 11, tags=["trees"])]
    assert places(select(sectioned(TREES, ELSE), posts, window=WEEK)) == {"t1": 0, "t2": 1}


def test_a_post_whose_only_section_is_full_is_carried_over() -> None:
    posts = [post("t1", 10, tags=["trees"]), post("t2", 11, tags=["trees"])]
    chosen = select(sectioned(BEES, TREES), posts, window=WEEK)
    assert (places(chosen), chosen.carried) == ({"t1": 1}, ("t2",))
    assert chosen.decisions[-1].detail == 'no room left in "Trees"'


def test_a_post_no_section_takes_comes_after_all_sections() -> None:
    """Nothing the edition asks for is lost because its sections forgot it."""
    posts = [post("x", 12), post("b", 10, tags=["bees"])]
    assert places(select(sectioned(BEES, TREES), posts, window=WEEK)) == {"b": 0, "x": 2}


def test_the_limit_of_the_issue_holds_over_all_sections() -> None:
    posts = [
        post("b1", 10, tags=["bees"]),
        post("b2", 11, tags=["bees"]),
        post("t", 12, tags=["trees"]),
    ]
    chosen = select(sectioned(BEES, TREES, limit=2), posts, window=WEEK)
    assert (ids(chosen), chosen.carried) == (["b2", "b1"], ("t",))
    assert chosen.decisions[-1].detail == "the issue's limit is 2"


# ---------------------------------------------------------------- every candidate, any order

POSTS = st.lists(
    st.builds(
        post,
        st.sampled_from([f"p{n}" for n in range(12)]),
        st.integers(1, 18),
        tags=st.lists(st.sampled_from(["bees", "trees", "other"]), max_size=2, unique=True),
        title=st.sampled_from(["Frost", "Thaw", "Rain"]),
        text=st.sampled_from(["cold", "warm", ""]),
        url=st.sampled_from([None, "https://g.example/1", "https://g.example/2", "https://g.example/3"]),
        source=st.sampled_from(["blog", "feed"]),
    ),
    max_size=12,
    unique_by=lambda p: p.id,
)  # fmt: skip
EDITIONS = st.builds(
    edition,
    tags=st.sampled_from([(), ("bees",), ("bees", "trees")]),
    limit=st.sampled_from([None, 1, 3]),
    order=st.sampled_from(["newest", "oldest", "title", "series"]),
    sections=st.sampled_from([(), (BEES, TREES), (TREES, ELSE)]),
    settle=st.sampled_from(["0", "2 days"]),
    since=st.sampled_from(["last-issue", "7 days"]),
)
PASTS = st.sampled_from([[], [past(1)], [past(1, considered=["p1", "p2"], carried=("p3", "p4"))]])


@settings(max_examples=70)
@given(
    POSTS,
    EDITIONS,
    PASTS,
    st.randoms(use_true_random=False),
    st.sets(st.integers(0, 11), max_size=3),
)
def test_the_order_candidates_come_in_leaves_no_trace(
    posts: list, asked: Edition, earlier: list[PastIssue], random: object, pins: set[int]
) -> None:
    notes = EditorNotes(pin=tuple(p.id for n, p in enumerate(posts) if n in pins))
    straight = select(asked, posts, window=WEEK, earlier=earlier, notes=notes)
    shuffled = list(posts)
    random.shuffle(shuffled)  # type: ignore[attr-defined]
    assert select(asked, shuffled, window=WEEK, earlier=earlier, notes=notes) == straight


@settings(max_examples=70)
@given(POSTS, EDITIONS, PASTS)
def test_every_candidate_is_decided_once_by_a_rule_with_a_name(
    posts: list, asked: Edition, earlier: list[PastIssue]
) -> None:
    chosen = select(asked, posts, window=WEEK, earlier=earlier)
    assert sorted(d.id for d in chosen.decisions) == sorted(p.id for p in posts)
    assert {d.rule for d in chosen.decisions} <= set(RULES)
    assert ids(chosen) == [d.id for d in chosen.decisions if d.verdict == "chosen"]
    assert all(d.detail for d in chosen.decisions)
    assert not set(chosen.considered) & set(chosen.carried)
    waiting = {d.id for d in chosen.decisions if d.rule in ("limit", "settling")}
    assert waiting <= set(chosen.carried)
    assert asked.limit is None or len(chosen.chosen) <= asked.limit


def test_of_two_candidates_of_one_id_the_same_is_taken_in_whatever_order_they_come() -> None:
    """Such as one that was edited anew while it was read: two machines must make one issue."""
    one, other = post("a", title="As it was"), post("a", title="As it is")
    found = [select(edition(), pair, window=WEEK) for pair in ([one, other], [other, one])]
    assert found[0] == found[1]
    assert len(found[0].chosen) == 1


def test_posts_of_the_same_second_are_ordered_by_id() -> None:
    posts = [post(name, 10) for name in "cab"]
    assert ids(select(edition(), posts, window=WEEK)) == ["a", "b", "c"]
    assert ids(select(edition(limit=1), posts, window=WEEK)) == ["a"]


def test_a_thousand_candidates_are_no_matter() -> None:
    """Every post is placed, none is compared with every other."""
    posts = [post(f"p{n:04}", published_at=day(9) + timedelta(minutes=n)) for n in range(1000)]
    assert len(ids(select(edition(), posts, window=WEEK))) == 1000


def test_the_archive_need_not_bring_what_an_issue_settled() -> None:
    """Known are posts an issue considered; not those that did not match, which an edit may change."""
    ledger = Ledger(
        [
            past(1, considered=["a", "b"], unmatched=("b",)),
            past(2, start=9, cutoff=16, considered=["c"]),
        ]
    )
    assert [(at, sorted(ids)) for at, ids in ledger.settled] == [
        (day(16, 0), ["c"]),
        (day(9, 0), ["a"]),
    ]


def test_words_are_read_only_of_what_is_chosen_or_looks_alike() -> None:
    """However many candidates there are: each comes as a card, and most are never read."""
    whole = {
        p.id: p
        for p in (post("a", 10), post("b", 11, title="Title of a"), post("c", 12), post("d", 13))
    }
    whole["unread"] = post("unread", 9)
    whole["e"] = post("e", 14, title="Title of c", text=whole["c"].text)
    read: list[str] = []

    def words(posts: Sequence[Post]) -> list[Post]:
        read.extend(p.id for p in posts)
        return [whole[p.id] for p in posts]

    cards = [replace(p, text="") for p in whole.values()]
    chosen = select(edition(limit=2), cards, window=WEEK, whole=words)
    assert rules(chosen) == {
        "a": "limit",
        "b": "limit",
        "c": "window",
        "d": "window",
        "e": "same-post",
        "unread": "limit",
    }
    assert [entry.post for entry in chosen.chosen] == [whole["d"], whole["c"]]
    assert sorted(read) == ["a", "b", "c", "c", "d", "e"]  # c looks like e, and is chosen


@pytest.mark.parametrize("first", ["newest", "title", "series"])
def test_a_limited_edition_of_a_series_sends_the_parts_in_order_whatever_it_shows_first(
    first: Order,
) -> None:
    """Part one came late, and part two was left over."""
    parts = [
        post("b", 10, title="Ferns", series=[("Moss", 3)]),
        post("c", 11, title="Bark", series=[("Moss", 2)]),
        post("a", 12, title="Roots", series=[("Moss", 1)]),
    ]
    asked = edition(series=["Moss"], limit=1, order=first)
    assert ids(select(asked, parts, window=WEEK)) == ["a"]
    carried = past(1, start=2, cutoff=9, considered=("b", "c"), carried=("b", "c"))
    assert ids(select(asked, parts[:2], window=WEEK, earlier=[carried])) == ["c"]

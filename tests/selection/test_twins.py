"""A post that was sent and comes under another name: known for certain, or asked about, never sent silently."""

from __future__ import annotations

import random
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from digest.models import EditorNotes, Post, Remembered, Selection, replace
from digest.selection import sketch, sketch_of
from digest.selection.past import PastIssue, Prints, remembered
from tests.selection.makers import WEEK, day, edition, ids, past, post, rules, select

WORDS = [f"{a}{b}" for a in "moss fern bark root leaf".split() for b in "en er ing s y".split()]
TEXT = " ".join(random.Random(7).choices(WORDS, k=160))
SENT = post("old", 3, title="Planting tulips in the autum", text=TEXT, url="https://a.example/p/1")


def moved(**fields: Any) -> Post:
    """Return SENT as another platform tells it: another id and address, the same day."""
    told = {"id": "new", "url": "https://a.example/posts/tulips", "source": "hugo", **fields}
    return replace(SENT, **told)


def issue(*posts: Post, **fields: Any) -> PastIssue:
    prints = Prints(list)
    marks = tuple(remembered(held, "issue-1", prints) for held in posts)
    return past(1, posts, marks=marks, **fields)


def choose(candidate: Post, earlier: PastIssue, **options: Any) -> Selection:
    late = replace(candidate, first_seen_at=day(12))
    return select(edition(), [late], window=WEEK, earlier=[earlier], **options)


MOVED = {
    "a sentence lost": moved(text=TEXT[:300] + TEXT[420:]),
    "a caption gained": moved(text=f"{TEXT[:200]} A robin on the spade handle. {TEXT[200:]}"),
    "a shortcode kept": moved(text=f'{{{{< figure src="tulips.jpg" >}}}} {TEXT}'),
    "a title corrected": moved(title="Planting tulips in the autumn"),
    "another title altogether": moved(title="Bulbs, and where they go"),
    "the same title and day, another text": moved(text="A summary, no more."),
    "a date without a time, in another zone": moved(
        title="Bulbs", published_at=SENT.published_at and day(4, 0)
    ),
}


@pytest.mark.parametrize("candidate", MOVED.values(), ids=MOVED)
def test_a_near_certain_twin_is_held_back_and_asked_about(candidate: Post) -> None:
    chosen = choose(candidate, issue(SENT))
    assert (ids(chosen), rules(chosen)) == ([], {"new": "twin"})
    assert chosen.carried == ("new",)
    (told,) = chosen.decisions
    assert told.verdict == "waiting"
    assert told.detail.startswith(f'seems to be "{SENT.title}", sent in issue-1, by the same ')


OTHERS = {
    "another text of the day": moved(title="Frost", text=" ".join(reversed(TEXT.split()))),
    "part two, of the day of part one": moved(title="Tulips, part 2", text="Short."),
}


@pytest.mark.parametrize("candidate", OTHERS.values(), ids=OTHERS)
def test_what_is_another_post_comes(candidate: Post) -> None:
    first = replace(SENT, title="Tulips, part 1") if "part" in candidate.title else SENT
    assert ids(choose(candidate, issue(first))) == ["new"]


def test_a_long_text_under_another_name_is_asked_about_unless_both_posts_are_there() -> None:
    """A notice repeated each week is a new post each time; a text that moved is not."""
    again = moved(title="This week", published_at=day(10))
    chosen = choose(again, issue(SENT))
    assert chosen.decisions[0].detail.startswith(
        f'seems to be "{SENT.title}", sent in issue-1, by 100%'
    )
    assert ids(choose(again, issue(SENT), living={"old": "hugo"}.get)) == ["new"]


def test_two_posts_that_lie_side_by_side_in_one_source_are_two() -> None:
    candidate = moved(source="garden", title="Planting tulips in the autumn")
    assert ids(choose(candidate, issue(SENT), living={"old": "garden"}.get)) == ["new"]
    assert ids(choose(candidate, issue(SENT), living={"old": "second"}.get)) == []


def test_a_pin_sends_it_and_a_drop_ends_the_question() -> None:
    candidate = moved(title="Bulbs")
    assert ids(choose(candidate, issue(SENT), notes=EditorNotes(pin=("new",)))) == ["new"]
    dropped = choose(candidate, issue(SENT), notes=EditorNotes(drop=("new",)))
    assert (dropped.carried, rules(dropped)) == ((), {"new": "dropped"})


def test_a_post_that_changed_step_by_step_is_known_by_every_mark_it_ever_had() -> None:
    """Title and words are corrected after it was sent, then its file is renamed."""
    corrected = replace(SENT, title="Bulbs", text="Quite other words, all of them new.")
    then = select(
        edition(),
        [],
        window=WEEK,
        earlier=[issue(SENT)],
        changed=[corrected],
    )
    (mark,) = then.remembered
    assert (mark.issue, mark.title) == ("issue-1", "Bulbs")
    later = past(2, start=9, cutoff=16, remembered=(mark,))
    renamed = replace(corrected, id="new", url="https://a.example/bulbs", published_at=day(10))
    assert rules(choose(renamed, issue(SENT, remembered=(mark,)))) == {"new": "already-sent"}
    assert later.remembered == (mark,)


# ---------------------------------------------------------------- dropped

DROPPED = Remembered(
    id="old", issue="issue-1", url=SENT.url or "", title=SENT.title, is_dropped=True,
    fingerprint=Prints(list)(SENT), sketch=sketch(TEXT), day="2026-11-03",
)  # fmt: skip
AGAIN = {
    "as it was": replace(SENT, changed_at=day(12)),
    "after a rename": moved(),
    "from a second source, at its address": moved(url=SENT.url, text="Only a summary."),
}


@pytest.mark.parametrize("candidate", AGAIN.values(), ids=AGAIN)
def test_a_drop_is_a_drop_under_whatever_name(candidate: Post) -> None:
    chosen = choose(candidate, issue(remembered=(DROPPED,)))
    assert set(rules(chosen).values()) == {"dropped"}
    assert chosen.decisions[0].detail.startswith("dropped in issue-1")


def test_a_near_twin_of_a_dropped_post_is_asked_about() -> None:
    chosen = choose(MOVED["a sentence lost"], issue(remembered=(DROPPED,)))
    assert rules(chosen) == {"new": "twin"}
    assert "dropped in issue-1" in chosen.decisions[0].detail


def test_a_dropped_post_does_not_come_as_evergreen_and_a_pin_still_brings_it() -> None:
    notes = EditorNotes(pin=("old",))
    chosen = choose(replace(SENT, changed_at=day(12)), issue(remembered=(DROPPED,)), notes=notes)
    assert ids(chosen) == ["old"]
    assert chosen.decisions[0].detail == "pinned in editor.md, though dropped in issue-1"


def test_its_double_from_a_second_source_is_dropped_with_it() -> None:
    double = post("double", 11, source="second", url="https://garden.example/a")
    chosen = select(edition(), [post("a"), double], window=WEEK, notes=EditorNotes(drop=("a",)))
    assert rules(chosen) == {"a": "dropped", "double": "dropped"}
    assert {mark.id for mark in chosen.remembered} == {"a", "double"}


# ---------------------------------------------------------------- not now


def test_what_is_put_off_comes_next_time() -> None:
    chosen = select(edition(), [post("a"), post("b")], window=WEEK, notes=EditorNotes(later=("a",)))
    assert (ids(chosen), rules(chosen)["a"], chosen.carried) == (["b"], "later", ("a",))


def test_two_sources_that_tell_one_post_differently_send_it_once() -> None:
    short = post("short", 10, source="feed", title="Tulips", text="A summary.", url=None)
    whole = post("whole", 10, source="site", title="Tulips", text=TEXT, url=None)
    chosen = select(edition(), [short, whole], window=WEEK)
    assert sorted(rules(chosen).values()) == ["twin", "window"]
    assert len(ids(chosen)) == 1


def test_a_sketch_is_kept_with_the_post_and_made_where_an_older_archive_kept_none() -> None:
    kept = replace(SENT, sketch=sketch(TEXT))
    assert sketch_of(SENT) == sketch_of(kept) == sketch(TEXT) != ""


MOSS = [f"moss{n}" for n in range(1, 60)]


@pytest.mark.parametrize(
    ("text", "made"),
    [
        (" ".join(MOSS[:13]), ""),
        (" ".join(MOSS[:14]), "JaoLMCZKMVkWMw+PODMGbaT1g5POihwNkIi3neNAqbT42AfD"),
        (
            " ".join(MOSS),
            "CyViD72LEzsZHetaHu+ZJaoLKXNBKbQVKua0MCZKMVkWMw+PMzk0ODMGOJrQPJQzRjA7Sr2GTI+3VpKPVshT"
            "WBexbaT1dPfDfJncgBDKg5POg/XYihwNkIi3neNAnnq4",
        ),
        (
            "苔苔苔蘚は石の上に静かに広がる",
            "GIVcKu2XVMkcaWxteLPFfbaff6rHi4x5kMq3kwMOr0UvyS2l4Yud",
        ),
    ],
    ids=["too short", "fourteen words", "many words", "a script without spaces"],
)  # fmt: skip
def test_a_sketch_is_the_same_in_every_version(text: str, made: str) -> None:
    """Issues record sketches, and posts are compared with them years later."""
    assert sketch(text) == made


def test_what_is_said_over_and_over_has_the_sketch_of_its_phrases() -> None:
    assert sketch(" ".join(MOSS[:20] * 10)) == sketch(" ".join([*MOSS[:20], *MOSS[:2]])) != ""
    assert sketch(" ".join(MOSS[:12] * 10)) == sketch(" ".join([*MOSS[:12], *MOSS[:2]])) != ""
    assert sketch(" ".join(MOSS[:11] * 10)) == ""


@given(st.text(alphabet="abZ é-_.,0\n園芸ﬁİ", max_size=400))
def test_case_punctuation_and_spacing_do_not_change_a_sketch(text: str) -> None:
    assert sketch(text) == sketch(f"  {text.casefold()} …".replace(" ", " - "))

"""`why`: one rule for each edition, for posts of any age, whether an issue holds them or not."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from digest.selection import RULES
from digest.workflow.telling.explaining import why
from tests.workflow.newsroom import Newsroom


@pytest.fixture
def room(tmp_path: Path) -> Newsroom:
    return Newsroom(tmp_path, 'tags = ["leadership"]')


def reason(room: Newsroom, name: str, edition: str = "weekly") -> tuple[str, str, str]:
    reasons = {
        r.edition: r for r in why(room.project, f"https://letter.example/{name}", now=room.now)
    }
    assert set(reasons) == {"weekly", "daily"}
    found = reasons[edition]
    assert found.rule in RULES
    return found.verdict, found.rule, found.detail


def test_a_near_miss_is_named_in_every_edition(room: Newsroom) -> None:
    room.write("a", "leadrship")
    assert reason(room, "a") == (
        "refused",
        "tag",
        'tagged "leadrship", not "leadership"; is one of them misspelt?',
    )
    assert reason(room, "a", "daily") == ("refused", "tag", 'tagged "leadrship", not "news"')


def test_a_past_issue_tells_why_it_left_a_post_out(room: Newsroom) -> None:
    room.write("a", "leadership")
    room.write("b", "leadership")
    issue = room.build().issue
    room.edit(issue, "drop: [https://letter.example/a]")
    room.build()
    room.wait(days=7)
    assert reason(room, "a") == ("refused", "dropped", f"left out of {issue}: dropped in editor.md")
    assert reason(room, "b")[2].startswith(f"in {issue}: dated 2026-11-01")


def test_a_post_older_than_every_issue_and_one_still_to_come(room: Newsroom) -> None:
    room.write("old", "leadership", dated=room.now.replace(year=2019))
    room.write("new", "leadership", dated=room.now.replace(year=2031))
    assert reason(room, "old") == (
        "refused",
        "window",
        "dated 2019-11-01T12:00:00Z, before the window that begins 2026-10-26T00:00:00Z",
    )
    assert reason(room, "new")[:2] == ("waiting", "future")


def test_a_withdrawn_post_is_named_as_such(room: Newsroom) -> None:
    room.write("a", "leadership")
    room.withdraw("a")
    assert reason(room, "a") == ("refused", "withdrawn", "withdrawn: its source no longer holds it")


def test_too_few_posts_and_cool_downs_are_told(tmp_path: Path) -> None:
    room = Newsroom(tmp_path, 'min_posts = 2\ncool_down = {daily = "7 days"}')
    room.write("a")
    room.write("b", "news")
    room.build("daily")
    assert reason(room, "a") == ("waiting", "min-posts", "1 new post, but min_posts = 2")
    assert reason(room, "b") == (
        "waiting",
        "cool-down",
        "in 2026-11-01-daily, less than 7 days before",
    )
    assert room.build().reason.endswith("2 posts wait (1 by min-posts, 1 by cool-down)")


def test_what_is_too_new_for_the_draft_that_is_open_waits_and_comes_once_that_is_sealed(
    tmp_path: Path,
) -> None:
    room = Newsroom(tmp_path, 'schedule = "daily at 06:00"')
    room.write("a")
    room.wait(days=1)
    room.build()
    room.write("b")
    assert reason(room, "b")[:2] == ("waiting", "future")
    room.seal("2026-11-02-weekly")
    assert reason(room, "b") == (
        "waiting",
        "sealed",
        "2026-11-02-weekly is sealed; comes in the next issue",
    )
    room.wait(days=1)
    assert reason(room, "b")[:2] == ("chosen", "window")


def test_what_a_deleted_issue_held_is_not_explained_by_it(room: Newsroom) -> None:
    """The second issue noted that the first held the post, and that it changed since; no issue holds it now."""
    room.write("a", "leadership", text="Two pots, one spade.")
    deleted = room.build().issue
    room.wait(days=7)
    room.write("a", text="Correction: three pots, two spades.")
    room.write("b", "leadership")
    room.send()
    shutil.rmtree(room.issue(deleted))
    room.wait(days=1)
    assert reason(room, "a") == (
        "refused",
        "window",
        "dated 2026-11-01T12:00:00Z, before the window that begins 2026-11-08T15:00:00Z",
    )

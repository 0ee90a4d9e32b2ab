"""The first issue: a blog that was quiet for a while has something to send too."""

from __future__ import annotations

import re
from datetime import timedelta
from pathlib import Path

import pytest

from tests.workflow.newsroom import Newsroom


@pytest.mark.parametrize("days", [8, 20, 80, 300])
def test_the_first_issue_reaches_back_to_the_newest_posts(room: Newsroom, days: int) -> None:
    for name, before in (("newest", 0), ("a-week-before", 6), ("long-before", 20)):
        room.write(name, dated=room.now - timedelta(days=days + before))
    report = room.build()
    assert report.status == "built"
    assert sorted(room.sent()) == ["a-week-before", "newest"]
    assert not room.project.folders.skipped()


def test_it_reaches_as_far_as_makes_an_issue(tmp_path: Path) -> None:
    room = Newsroom(tmp_path, "min_posts = 3")
    for weeks in range(6):
        room.write(f"p{weeks}", dated=room.now - timedelta(weeks=weeks * 2, days=1))
    assert room.build().status == "built"
    assert sorted(room.sent()) == ["p0", "p1", "p2"]


def test_a_blog_with_a_new_post_has_its_usual_first_issue(room: Newsroom) -> None:
    room.write("new", dated=room.now - timedelta(days=5))
    room.write("older", dated=room.now - timedelta(days=9))
    room.build()
    assert room.sent() == ["new"]


def test_posts_older_than_a_year_are_no_news_but_the_way_to_them_is_told(room: Newsroom) -> None:
    room.write("old", dated=room.now - timedelta(days=500))
    report = room.build(dry_run=True)
    assert report.status == "nothing-to-send"
    assert report.reason.startswith(
        "0 new posts, but min_posts = 1; the newest post is of 2025-06-19: `--date 2025-06-19` makes"
    )
    assert [(d.title, d.rule) for d in report.decisions] == [("Title of old", "window")]
    assert room.build(dated=room.now.date() - timedelta(days=500)).status == "built"


@pytest.mark.parametrize(
    ("own", "days", "setting"),
    [("", 500, "first_window"), ('since = "3 days"', 5, "since")],
)
def test_the_setting_that_is_advised_makes_an_issue(
    tmp_path: Path, own: str, days: int, setting: str
) -> None:
    room = Newsroom(tmp_path / "before", own)
    room.write("old", dated=room.now - timedelta(days=days))
    advice = re.search(
        r'(\w+) = "\d+ days" in \[edition\.weekly\]', room.build(dry_run=True).reason
    )
    assert advice
    assert advice[1] == setting
    room = Newsroom(tmp_path / "after", advice[0].partition(" in ")[0])
    room.write("old", dated=room.now - timedelta(days=days))
    assert room.build().status == "built"


def test_once_a_date_was_skipped_only_another_date_is_advised(room: Newsroom) -> None:
    """The window begins where the skipped one did, so that no setting would make it longer."""
    room.write("old", dated=room.now - timedelta(days=500))
    room.build()
    room.wait(days=7)
    reason = room.build(dry_run=True).reason
    assert reason.endswith("`--date 2025-06-19` makes an issue of that day")


def test_a_second_issue_does_not_reach_back(room: Newsroom) -> None:
    room.write("a")
    room.build()
    room.wait(days=30)
    assert room.build().status == "nothing-to-send"

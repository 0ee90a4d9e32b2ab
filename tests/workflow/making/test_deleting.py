"""A draft's folder that is deleted frees its posts, wherever it stood among the issues."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from digest.workflow.telling.explaining import why
from tests.workflow.newsroom import Newsroom


@pytest.mark.parametrize("later", [0, 1, 3], ids=["the last", "one after it", "three after it"])
def test_its_posts_come_again(room: Newsroom, later: int) -> None:
    room.write("first")
    room.build()
    room.wait(days=3)
    room.write("second")
    room.write("late", dated=room.now.replace(day=1, hour=3))
    room.write("future", dated=room.now.replace(day=9))
    room.wait(days=7)
    deleted = room.build().issue
    for number in range(later):
        room.wait(days=7)
        room.write(f"after-{number}")
        room.build()
    shutil.rmtree(room.issue(deleted))
    room.wait(days=7)
    room.write("last")
    room.build()
    assert sorted(room.sent()) == sorted(
        ["first", "future", "last", "late", "second", *(f"after-{n}" for n in range(later))]
    )


THREE_DAYS = 'since = "3 days"'


def test_what_another_issues_window_covers_comes_again_in_an_edition_of_a_duration(
    tmp_path: Path,
) -> None:
    """The second issue passed the post over only because the first held it."""
    room = Newsroom(tmp_path, THREE_DAYS)
    room.write("first")
    deleted = room.build().issue
    room.wait(days=1)
    room.write("second")
    room.build()
    shutil.rmtree(room.issue(deleted))
    room.wait(days=9)
    room.write("third")
    report = room.build()
    assert room.sent() == ["second", "third", "first"]
    (told,) = [d for d in report.decisions if d.id == "blog-first"]
    assert told.rule == "late"
    assert told.detail.endswith("the issue that held it is gone")


def test_what_came_late_in_the_deleted_issue_comes_again_in_an_edition_of_a_duration(
    tmp_path: Path,
) -> None:
    room = Newsroom(tmp_path, THREE_DAYS)
    room.write("first")
    room.wait(hours=2)
    room.build()
    room.wait(days=7)
    room.write("late", dated=room.now.replace(day=1, hour=13))
    room.write("second")
    deleted = room.build().issue
    assert room.sent() == ["first", "second", "late"]
    for number in range(3):
        room.wait(days=7)
        room.write(f"after-{number}")
        room.build()
        if number == 0:
            shutil.rmtree(room.issue(deleted))
    assert room.sent() == ["first", "after-0", "after-1", "late", "after-2"]


def test_time_that_only_the_deleted_issue_covered_is_closed_in_an_edition_of_a_duration(
    tmp_path: Path,
) -> None:
    """As if it had never been built: three days are the last three days. `why` says so, and a pin brings it."""
    room = Newsroom(tmp_path, THREE_DAYS)
    for name in ("first", "second", "third"):
        room.write(name)
        room.build()
        room.wait(days=7)
    shutil.rmtree(room.issue("2026-11-08-weekly"))
    room.write("fourth")
    issue = room.build().issue
    assert room.sent() == ["first", "third", "fourth"]
    second = "https://letter.example/second"
    (reason,) = why(room.project, second, "weekly", now=room.now)
    assert reason.rule == "window"
    assert reason.detail.endswith(
        ", before the window that begins 2026-11-20T00:00:00Z, and inside no earlier one"
    )
    room.edit(issue, f"pin: [{second}]")
    room.build()
    assert room.sent() == ["first", "third", "second", "fourth"]

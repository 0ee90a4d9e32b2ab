"""POST-CHANGED: what became of an issue's posts after it was built."""

from __future__ import annotations

from pathlib import Path

import pytest

from digest.workflow.judging import checking
from tests.workflow.newsroom import Newsroom


@pytest.fixture
def room(tmp_path: Path) -> Newsroom:
    """Return a project whose last issue holds two posts."""
    made = Newsroom(tmp_path / "letter", weekly="min_posts = 1\n")
    made.write("moss")
    made.write("swifts")
    made.build()
    return made


def told(room: Newsroom) -> dict[str, str]:
    """Return what the rule says of which post."""
    found = checking.check_issue(room.project, "latest", now=room.now).findings
    return {
        f.post: f.message.removesuffix(". Build it again")
        for f in found
        if f.rule == "POST-CHANGED"
    }


def test_nothing_is_told_while_they_stand_as_they_were(room: Newsroom) -> None:
    assert told(room) == {}
    room.wait(days=1)
    room.collect()
    assert told(room) == {}


def test_one_that_was_changed_is_told_with_its_day(room: Newsroom) -> None:
    room.wait(days=1)
    room.write("moss", text="Words that nobody has read yet.")
    day = room.now.date()
    assert told(room) == {"Title of moss": f"it changed on {day}, after the issue was built"}


def test_one_changed_at_the_very_moment_of_building_is_in_it(room: Newsroom) -> None:
    room.write("moss", text="Words that nobody has read yet.")
    room.build()
    assert told(room) == {}


def test_one_that_was_withdrawn_is_told(room: Newsroom) -> None:
    room.wait(days=1)
    room.withdraw("swifts")
    assert told(room) == {"Title of swifts": "its source no longer has it"}


def test_without_an_archive_there_is_nobody_to_ask(room: Newsroom) -> None:
    room.wait(days=1)
    room.write("moss", text="Words that nobody has read yet.")
    room.project.archive_file.unlink()
    assert told(room) == {}


def test_a_new_archive_that_lacks_a_post_knows_nothing_of_it(room: Newsroom) -> None:
    del room.posts["moss"]
    room.lose_the_archive()
    assert told(room) == {}

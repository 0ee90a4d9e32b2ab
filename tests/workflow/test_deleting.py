"""A draft's folder that is deleted frees its posts, wherever it stood among the issues."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from tests.workflow.newsroom import Newsroom


@pytest.mark.parametrize("later", [0, 1, 3], ids=["the last", "one after it", "three after it"])
def test_its_posts_come_again(tmp_path: Path, later: int) -> None:
    room = Newsroom(tmp_path)
    room.write("first")
    room.wait(hours=1)
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
        room.wait(hours=1)
        room.build()
    shutil.rmtree(room.issue(deleted))
    room.wait(days=7)
    room.write("last")
    room.wait(hours=1)
    room.build()
    assert sorted(room.sent()) == sorted(
        ["first", "future", "last", "late", "second", *(f"after-{n}" for n in range(later))]
    )

"""What the archive gives back of what a source said, so that posts can be edited again."""

from __future__ import annotations

from pathlib import Path

from digest.archive import Archive
from tests.archive.makers import pair
from tests.selection.makers import day


def test_what_a_source_said_of_some_posts_comes_back_as_it_was_said(tmp_path: Path) -> None:
    said = [pair(name) for name in "abc"]
    with Archive.open(tmp_path / "archive.db") as archive:
        archive.store("garden", said, now=day(10))
        assert archive.raw_items_of("garden", ["c", "gone", "a"]) == [said[2][0], said[0][0]]
        assert archive.raw_items_of("elsewhere", ["a"]) == []

"""What the archive gives back of what a source said, so that posts can be edited again."""

from __future__ import annotations

from pathlib import Path

from digest.archive import Archive, Lesson
from tests.archive.makers import pair
from tests.selection.makers import day


def test_what_a_source_said_of_some_posts_comes_back_as_it_was_said(tmp_path: Path) -> None:
    said = [pair(name) for name in "abc"]
    with Archive.open(tmp_path / "archive.db") as archive:
        archive.store("garden", said, now=day(10))
        assert archive.raw_items_of("garden", ["c", "gone", "a"]) == [said[2][0], said[0][0]]
        assert archive.raw_items_of("elsewhere", ["a"]) == []


def test_what_was_learnt_of_a_source_comes_back_with_what_its_posts_give_for_it(
    tmp_path: Path,
) -> None:
    """Oldest first; what is not there gives nothing, nor what was withdrawn."""
    evidence = [(name, name.encode()) for name in ("b", "a", "gone", "never there")]
    with Archive.open(tmp_path / "archive.db") as archive:
        archive.store("garden", [pair("b", 9), pair("a", 8), pair("gone", 7)], now=day(10))
        archive.keep_lesson("garden", Lesson(b"first", []))
        archive.keep_lesson("garden", Lesson(b"N: T", evidence))
        archive.store("garden", [], present={"a", "b"}, now=day(11))
        assert list(archive.evidence("garden").items()) == [("a", b"a"), ("b", b"b")]
        assert archive.conventions() == {"garden": b"N: T"}
        assert archive.evidence("elsewhere") == {}

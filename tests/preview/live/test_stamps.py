"""What looking at files finds, without reading them."""

from __future__ import annotations

import os
from pathlib import Path

from digest.preview.live.stamps import stamp, stamps


def differing(before: dict[str, object], after: dict[str, object], root: Path) -> set[str]:
    paths = (path for path in before.keys() | after if before.get(path) != after.get(path))
    return {Path(path).relative_to(root).as_posix() for path in paths}


def test_a_change_a_new_file_and_a_missing_one_are_found_at_any_depth(tmp_path: Path) -> None:
    """And nothing else: a folder is still the same folder."""
    for name in ("a.md", "deep/er/b.md", "deep/c.md", "d.md"):
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text("one")
    before = stamps((), [tmp_path])
    (tmp_path / "a.md").write_text("three")
    (tmp_path / "deep/er/b.md").unlink()
    (tmp_path / "deep/er/e.md").write_text("new")
    os.utime(tmp_path / "d.md", (1, 1))
    assert differing(before, stamps((), [tmp_path]), tmp_path) == {
        "a.md",
        "deep/er/b.md",
        "deep/er/e.md",
        "d.md",
    }


def test_another_folder_of_the_same_name_is_another(tmp_path: Path) -> None:
    (tmp_path / "posts").mkdir()
    before = stamp(tmp_path / "posts")
    (tmp_path / "posts").rename(tmp_path / "aside")
    (tmp_path / "posts").mkdir()
    assert stamp(tmp_path / "posts") not in (before, None)


def test_of_a_folder_only_what_lies_directly_inside_is_looked_at(tmp_path: Path) -> None:
    (tmp_path / "deep").mkdir()
    (tmp_path / "deep" / "a.md").write_text("a")
    assert {Path(name).name for name in stamps([tmp_path], ())} == {tmp_path.name, "deep"}


def test_hidden_and_excluded_folders_are_passed_over(tmp_path: Path) -> None:
    """A source may be the project's folder itself, with all that lies there."""
    for name in (".git", "node_modules", "issues", "posts"):
        (tmp_path / name).mkdir()
        (tmp_path / name / "a.md").write_text("a")
    found = {
        Path(name).relative_to(tmp_path).as_posix()
        for name in stamps((), [tmp_path], [tmp_path / "issues"])
    }
    assert found == {".", "issues", "posts", "posts/a.md"}


def test_links_that_lead_in_circles_end(tmp_path: Path) -> None:
    (tmp_path / "a").mkdir()
    for name in ("one", "two"):
        (tmp_path / "a" / name).symlink_to(tmp_path, target_is_directory=True)
    assert len(stamps((), [tmp_path])) == 4


def test_what_is_not_there_has_no_stamp(tmp_path: Path) -> None:
    (tmp_path / "dangling").symlink_to("nowhere")
    assert stamp(tmp_path / "nothing") is stamp(tmp_path / "dangling") is None
    assert stamps([tmp_path / "nothing"], [tmp_path / "nothing"]) == {}

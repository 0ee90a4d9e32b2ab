"""One process at a time writes issues, and clears away what a killed one left."""

from __future__ import annotations

import os
import time
from contextlib import AbstractContextManager
from pathlib import Path
from typing import Any

import pytest

from digest.errors import IssueFolderError
from digest.issue.folder import IssueFolders, alone

ISSUE = "2026-11-22-weekly"


def test_what_a_killed_process_left_is_cleared_away_and_nothing_else(tmp_path: Path) -> None:
    """A folder that a link leads to stays; so does what somebody may be writing."""
    root, elsewhere = tmp_path / "issues", tmp_path / "elsewhere"
    for folder in (root / ISSUE / ".tmp-inner", root / ".tmp-new" / "pictures", elsewhere):
        folder.mkdir(parents=True)
    kept = [
        root / ISSUE / "email.html",
        root / ISSUE / ".tmp-editor.md-now",
        root / ISSUE / ".tmp-delivery.json-now",
        root / ".tmp-editor.md-59",
        root / "weekly" / ISSUE / ".tmp-file",
        root / "own" / ".tmp-file",
        root / "notes.tmp-txt",
        elsewhere / "mine.txt",
    ]
    gone = [root / ".tmp-file", root / ISSUE / ".tmp-editor.md-60", root / ".tmp-new" / "a.html"]
    for path in (*kept, *gone):
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text("x")
    (root / ".tmp-link").symlink_to(elsewhere, target_is_directory=True)
    for path, seconds in ((kept[3], 59), (gone[1], 60.5)):
        os.utime(path, (time.time() - seconds,) * 2)
    with IssueFolders(root).lock():
        left = {path for path in tmp_path.rglob("*") if not path.is_dir()}
    assert left == {*kept, root / ".lock"}
    assert not (root / ".tmp-new").exists()
    assert not (root / ISSUE / ".tmp-inner").exists()


def test_what_cannot_be_cleared_away_keeps_nobody_from_writing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / ".tmp-new").mkdir()

    def refuse(*_: Any, **__: Any) -> None:
        raise PermissionError

    monkeypatch.setattr(os, "rmdir", refuse)
    with IssueFolders(tmp_path).lock():
        assert (tmp_path / ".tmp-new").exists()


@pytest.mark.parametrize(
    ("edition", "is_nested", "where"),
    [("", False, ""), ("weekly", False, ""), ("weekly", True, "weekly"), ("", True, "")],
)
def test_an_edition_with_a_folder_of_its_own_has_a_lock_there(
    tmp_path: Path, edition: str, is_nested: bool, where: str
) -> None:
    root = tmp_path / "not" / "yet"
    with IssueFolders(root, is_nested=lambda _: is_nested).lock(edition):
        assert [path.parent for path in root.rglob(".lock")] == [root / where]
    # A folder that is there already is the edition's own, whatever made it.
    (root / "daily").mkdir()
    with IssueFolders(root).lock("daily"):
        assert (root / "daily" / ".lock").exists()


def test_ten_seconds_are_waited_for_whoever_writes(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    waited = []

    def taken(_: Path, *, seconds: float = 0) -> AbstractContextManager[None]:
        waited.append(seconds)
        raise TimeoutError

    monkeypatch.setattr(alone, "locked", taken)
    with pytest.raises(IssueFolderError) as told, IssueFolders(tmp_path).lock():
        pass
    assert waited == [10]
    assert (
        str(told.value) == f"{tmp_path}: another digest is writing here. Try again when it is done."
    )

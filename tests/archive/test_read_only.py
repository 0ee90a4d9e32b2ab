"""An archive that lies where nothing can be written is read from a copy; what is told names it."""

from __future__ import annotations

import errno
import os
import shutil
import tempfile
from pathlib import Path

import pytest

from digest.archive import Archive
from digest.archive.read_only import open_to_read
from digest.errors import ArchiveError
from tests.archive.makers import pair
from tests.archive.test_schema import DAMAGED
from tests.selection.makers import day


@pytest.mark.parametrize("closed", ["", "archive.db", "."])
def test_an_archive_is_listed_wherever_it_lies(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, closed: str
) -> None:
    """SQLite writes beside the file too: where file or folder is closed, a copy is opened."""
    path = tmp_path / "archive.db"
    with Archive.open(path):
        pass
    can = os.access
    shut = tmp_path / closed if closed else None
    monkeypatch.setattr(
        os, "access", lambda p, how: not (how == os.W_OK and p == shut) and can(p, how)
    )
    opened = Archive.open
    places: list[Path] = []
    monkeypatch.setattr(Archive, "open", lambda p: places.append(p) or opened(p))  # type: ignore[func-returns-value]
    with open_to_read(path) as archive:
        assert archive.path == path
        assert archive.posts() == []
    assert (places == [path]) is (closed == "")
    assert places[0].parent.name.startswith("digest-") is (closed != "")  # known by its name


@pytest.fixture
def shut(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return the place of an archive of one post, where nothing can be written."""
    path = tmp_path / "archive.db"
    with Archive.open(path) as archive:
        archive.store("garden", [pair("a")], now=day(10))
    monkeypatch.setattr(os, "access", lambda _, how: how != os.W_OK)
    return path


def told(path: Path) -> str:
    """Return all that is said of an archive that cannot be read, behind its place."""
    with pytest.raises(ArchiveError) as refused, open_to_read(path):
        pass
    place, _, said = str(refused.value).partition(": ")
    assert place == str(path)
    return said


def test_sqlite_itself_takes_the_copy_since_somebody_may_write_meanwhile(
    shut: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Files that are copied one after the other need not belong together."""
    monkeypatch.delattr(shutil, "copyfile")
    with open_to_read(shut) as archive:
        assert [post.id for post in archive.posts()] == ["garden-a"]


def test_damage_is_told_of_the_file_itself(shut: Path) -> None:
    shut.write_text("These are notes about gardens. " * 200)
    assert told(shut) == DAMAGED


def test_where_no_copy_can_be_made_both_ways_out_are_named(
    shut: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(tempfile, "tempdir", str(shut / "nowhere"))
    assert told(shut) == (
        "cannot be written, and no copy can be made (Not a directory)."
        " Make its folder writable, or name one for temporary files in TMPDIR."
    )


def test_what_neither_sqlite_nor_the_system_can_read_is_told(
    shut: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_: Path) -> None:
        raise PermissionError(errno.EACCES, os.strerror(errno.EACCES))

    shut.write_text("These are notes about gardens. " * 200)
    monkeypatch.setattr(shutil, "copyfile", refuse)
    assert told(shut) == "cannot be read (Permission denied). Make it readable to you."

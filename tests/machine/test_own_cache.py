"""The user's own cache: what lies there runs unread, so what another could have put there is refused."""

from __future__ import annotations

import os
import stat
import sys
from pathlib import Path

import pytest

from digest.machine import own_cache
from digest.machine.own_cache import is_closed_file, is_closed_folder, user_folder

pytestmark = pytest.mark.skipif(
    not own_cache.CAN_TELL_OWNERS, reason="nothing is kept on this system"
)

OPEN = (0o1, 0o2, 0o4, 0o10, 0o20, 0o40)
"""What lets others, or the user's group, run, write or read."""


def test_a_folder_that_is_not_there_is_made_for_the_user_alone(tmp_path: Path) -> None:
    """With those above it, and whatever the shell lets others do with what is new."""
    folder = tmp_path / "digest" / "patterns"
    before = os.umask(0)
    try:
        assert is_closed_folder(folder)
    finally:
        os.umask(before)
    assert stat.S_IMODE(folder.stat().st_mode) == 0o700
    assert is_closed_folder(folder), "nor is it made twice"


def test_a_file_and_a_folder_are_each_taken_for_what_they_are(tmp_path: Path) -> None:
    file, folder = tmp_path / "file", tmp_path / "folder"
    file.touch(mode=0o600)
    folder.mkdir(mode=0o700)
    assert is_closed_file(file)
    assert is_closed_folder(folder)
    assert not is_closed_file(folder)
    assert not is_closed_folder(file)
    assert not is_closed_folder(file / "below"), "none can be made there"
    assert not is_closed_file(tmp_path / "nothing")


@pytest.mark.parametrize("bit", OPEN, ids=oct)
def test_what_is_open_to_anybody_else_is_refused(tmp_path: Path, bit: int) -> None:
    file, folder = tmp_path / "file", tmp_path / "folder"
    file.touch()
    folder.mkdir()
    file.chmod(0o600 | bit)
    folder.chmod(0o700 | bit)
    assert not is_closed_file(file)
    assert not is_closed_folder(folder)


def test_a_link_is_refused_wherever_it_leads(tmp_path: Path) -> None:
    """Who may not write into the cache could still have led it elsewhere."""
    (tmp_path / "file").touch(mode=0o600)
    (tmp_path / "folder").mkdir(mode=0o700)
    file, folder = tmp_path / "to file", tmp_path / "to folder"
    file.symlink_to(tmp_path / "file")
    folder.symlink_to(tmp_path / "folder")
    assert not is_closed_file(file)
    assert not is_closed_folder(folder)


def test_what_is_somebody_elses_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    file = tmp_path / "file"
    file.touch(mode=0o600)
    monkeypatch.setattr(os, "geteuid", lambda: file.stat().st_uid + 1)
    assert not is_closed_file(file)


def test_where_owners_cannot_be_told_nothing_is_trusted(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = tmp_path / "file"
    file.touch(mode=0o600)
    monkeypatch.setattr(own_cache, "CAN_TELL_OWNERS", False)
    assert not is_closed_file(file)
    assert not is_closed_folder(tmp_path / "folder")
    assert not (tmp_path / "folder").exists()


@pytest.mark.parametrize(
    ("system", "named", "place"),
    [
        ("linux", "{home}/kept", "kept/digest/patterns"),
        ("linux", "", ".cache/digest/patterns"),
        ("linux", "kept", ".cache/digest/patterns"),  # relative: its specification has it ignored
        ("darwin", "", "Library/Caches/digest/patterns"),
        ("darwin", "{home}/kept", "kept/digest/patterns"),
    ],
)
def test_the_cache_lies_where_its_system_keeps_caches(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, system: str, named: str, place: str
) -> None:
    monkeypatch.setattr(sys, "platform", system)
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.setenv("XDG_CACHE_HOME", named.format(home=tmp_path))
    assert user_folder("patterns") == tmp_path / place


def test_who_has_no_home_keeps_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    def homeless() -> Path:
        raise RuntimeError("Could not determine home directory.")

    monkeypatch.delenv("XDG_CACHE_HOME", raising=False)
    monkeypatch.setattr(Path, "home", homeless)
    assert user_folder("patterns") is None

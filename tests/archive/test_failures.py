"""What SQLite reports about the archive is told in words, with what to do."""

from __future__ import annotations

import shutil
import sqlite3
from collections import namedtuple
from pathlib import Path

import pytest

from digest.archive.failures import translating
from digest.errors import ArchiveError

Usage = namedtuple("Usage", "total used free")


def failing(path: Path) -> ArchiveError:
    """Return what is said of an I/O error of SQLite's."""
    error = sqlite3.OperationalError("disk I/O error")
    error.sqlite_errorcode = sqlite3.SQLITE_IOERR | (3 << 8)  # it could not write
    with pytest.raises(ArchiveError) as told, translating(path):
        raise error
    return told.value


@pytest.mark.parametrize(
    ("free", "message", "hint"),
    [
        (0, "the disk is full", "Free some disk space"),
        (256 * 1024 - 1, "the disk is full", "Free some disk space"),
        (256 * 1024, "cannot be read or written", "The disk or the network share failed"),
    ],
)
def test_an_io_error_on_a_full_disk_says_that_it_is_full(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, free: int, message: str, hint: str
) -> None:
    monkeypatch.setattr(shutil, "disk_usage", lambda _: Usage(10**9, 10**9 - free, free))
    told = failing(tmp_path / "archive.db")
    assert message in told.message
    assert hint in told.hint


def test_a_disk_that_is_gone_is_not_called_full(tmp_path: Path) -> None:
    assert "network share failed" in failing(tmp_path / "gone" / "archive.db").hint

"""Files are replaced whole, on systems that can sync folders and on those that cannot."""

from __future__ import annotations

import errno
import os
import stat
from collections.abc import Callable
from pathlib import Path

import pytest

from digest import files
from tests.conftest import Answer, Blog


def test_a_file_is_replaced_and_nothing_is_left_beside_it(tmp_path: Path) -> None:
    page = tmp_path / "page.html"
    files.write_atomically(page, b"old")
    files.write_atomically(page, b"new")
    assert page.read_bytes() == b"new"
    assert list(tmp_path.iterdir()) == [page]


def test_an_equal_file_is_left_alone(tmp_path: Path) -> None:
    page = tmp_path / "page.html"
    files.write_atomically(page, b"same")
    os.utime(page, (1, 1))
    files.write_atomically(page, b"same")
    assert page.stat().st_mtime == 1


@pytest.fixture(params=["refuses to open folders", "refuses to sync folders"])
def system(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """Play Windows, which opens no folder, and drives that sync none."""
    opened, synced = os.open, os.fsync

    def open_(path: object, flags: int, *args: object, **more: object) -> int:
        if flags == os.O_RDONLY and Path(str(path)).is_dir():
            raise PermissionError(errno.EACCES, "Permission denied", str(path))
        return opened(path, flags, *args, **more)  # type: ignore[call-overload,no-any-return]

    def fsync(descriptor: int) -> None:
        if stat.S_ISDIR(os.fstat(descriptor).st_mode):
            raise OSError(errno.EINVAL, "Invalid argument")
        synced(descriptor)

    if "open" in request.param:
        monkeypatch.setattr(os, "open", open_)
    else:
        monkeypatch.setattr(os, "fsync", fsync)


@pytest.mark.usefixtures("system")
def test_issues_are_written_where_folders_cannot_be_synced(
    digest: Callable[..., Answer], blog: Blog
) -> None:
    built = digest("--project", blog.root, "build", "--date", "2026-10-08")
    assert built.code == 0, built.err
    approved = digest("--project", blog.root, "approve", "latest")
    assert approved.code == 0, approved.err
    assert (blog.issue("2026-10-08-weekly") / "approval.json").is_file()


def test_a_full_disk_is_no_reason_to_go_on(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(_: int) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(OSError, match="No space"):
        files.sync_folder(tmp_path)

"""Files are replaced whole, on systems that can sync folders and on those that cannot."""

from __future__ import annotations

import errno
import os
import stat
from pathlib import Path

import pytest

from digest import files
from tests.conftest import Blog, Run


def test_a_file_is_replaced_and_nothing_is_left_beside_it(tmp_path: Path) -> None:
    page = tmp_path / "page.html"
    files.write_atomically(page, b"old")
    files.write_atomically(page, b"new")
    assert page.read_bytes() == b"new"
    assert list(tmp_path.iterdir()) == [page]


def test_a_pipe_is_written_into_and_neither_read_nor_replaced(tmp_path: Path) -> None:
    """So are devices: whoever exports into /dev/null as root would have lost it."""
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    ours = os.open(pipe, os.O_RDWR | os.O_NONBLOCK)
    try:
        files.write_where_told(pipe, b"a page")
        with files.private_text(pipe) as file:
            file.write(" and a list")
        assert os.read(ours, 100) == b"a page and a list"
        assert stat.S_ISFIFO(pipe.stat().st_mode)
    finally:
        os.close(ours)
    assert list(tmp_path.iterdir()) == [pipe]


def test_a_link_that_somebody_named_stays_one(tmp_path: Path) -> None:
    target, link = tmp_path / "page.html", tmp_path / "newest.html"
    target.write_bytes(b"old")
    link.symlink_to(target)
    files.write_where_told(link, b"new")
    assert link.is_symlink()
    assert target.read_bytes() == b"new"


def test_files_of_a_folder_are_replaced_in_their_order_and_equal_ones_left_alone(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    put, renamed = Path.replace, list[str]()

    def noted(path: Path, to: Path) -> Path:
        renamed.append(to.name)
        return put(path, to)

    files.replace_in_folder(tmp_path, {"pictures/a.png": b"a", "page.html": b"old", "last": b"1"})
    os.utime(tmp_path / "pictures" / "a.png", (1, 1))
    monkeypatch.setattr(Path, "replace", noted)
    files.replace_in_folder(tmp_path, {"pictures/a.png": b"a", "page.html": b"new", "last": b"2"})
    assert (tmp_path / "pictures" / "a.png").stat().st_mtime == 1
    assert {p.name for p in tmp_path.iterdir()} == {"pictures", "page.html", "last"}
    assert renamed == ["page.html", "last"]


def test_where_one_file_cannot_be_written_none_is_replaced(tmp_path: Path) -> None:
    """Nor is anything left beside them."""
    files.replace_in_folder(tmp_path, {"page.html": b"old"})
    with pytest.raises(OSError, match="too long"):
        files.replace_in_folder(tmp_path, {"page.html": b"new", "n" * 300: b""})
    assert [p.name for p in tmp_path.iterdir()] == ["page.html"]
    assert (tmp_path / "page.html").read_bytes() == b"old"


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
def test_issues_are_written_where_folders_cannot_be_synced(digest: Run, blog: Blog) -> None:
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


@pytest.mark.parametrize("most", [0, 1, 3, 5, 9])
def test_the_newest_files_of_a_cache_are_kept(tmp_path: Path, most: int) -> None:
    for age, name in enumerate("cadbe"):
        (tmp_path / name).touch()
        os.utime(tmp_path / name, (1_700_000_000 - age, 1_700_000_000 - age))
    files.keep_newest(tmp_path, most)
    assert {path.name for path in tmp_path.iterdir()} == set("cadbe"[:most])


def test_a_private_text_is_its_owners_alone_and_keeps_its_line_ends(tmp_path: Path) -> None:
    path = tmp_path / "readers.csv"
    with files.private_text(path) as file:
        file.write("a\r\nb\n")
    assert path.read_bytes() == b"a\r\nb\n"
    assert path.stat().st_mode & 0o777 == 0o600
    assert list(tmp_path.iterdir()) == [path]

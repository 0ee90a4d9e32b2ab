"""Files are replaced whole, on systems that can sync folders and on those that cannot."""

from __future__ import annotations

import errno
import os
import stat
import sys
from io import FileIO
from pathlib import Path

import pytest

from digest import files
from digest.errors import TemplateError
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


@pytest.fixture
def begun(monkeypatch: pytest.MonkeyPatch) -> list[FileIO]:
    """Return the files that are written by and by, open or closed."""
    begin, noted = files.begin, list[FileIO]()

    def note(path: Path, data: bytes) -> FileIO:
        noted.append(begin(path, data))
        return noted[-1]

    monkeypatch.setattr(files, "begin", note)
    return noted


def test_64_files_are_open_at_a_time_however_many_are_written(
    tmp_path: Path, begun: list[FileIO], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Some systems let a process open no more than 256."""
    synced: list[int] = []
    monkeypatch.setattr(os, "fsync", lambda _: synced.append(sum(not f.closed for f in begun)))
    files.replace_in_folder(tmp_path, {f"{n}": b"x" for n in range(130)})
    assert synced == [*[64] * 64, *[64] * 64, 2, 2, 0]  # at last the folder


def test_of_a_folder_that_is_to_appear_eight_files_stay_open(
    tmp_path: Path, begun: list[FileIO]
) -> None:
    """So that as many folders may be written together as make 64."""
    many = {f"{n}": b"x" for n in range(9)}
    folders = [files.Appearing(tmp_path / f"{n}", many) for n in range(files.TOGETHER)]
    assert sum(not file.closed for file in begun) == 64
    files.settle(folders)
    assert all(file.closed for file in begun)
    assert sorted(path.name for path in tmp_path.iterdir()) == [*map(str, range(8))]
    assert all((tmp_path / "7" / name).read_bytes() == b"x" for name in many)


@pytest.mark.parametrize(
    ("told", "waits"), [({}, 2), ({"durably": True}, 2), ({"durably": False}, 0)]
)
def test_a_file_and_its_name_are_waited_for_unless_they_may_be_lost(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, told: dict[str, bool], waits: int
) -> None:
    synced: list[int] = []
    monkeypatch.setattr(os, "fsync", synced.append)
    files.write_atomically(tmp_path / "page.html", b"new", **told)
    assert (len(synced), (tmp_path / "page.html").read_bytes()) == (waits, b"new")


def test_a_folder_that_cannot_take_its_name_leaves_nothing_and_keeps_no_other_from_it(
    tmp_path: Path,
) -> None:
    """As one that is there already; what it lies in is made, if need be."""
    taken, free = tmp_path / "deep" / "down" / "taken", tmp_path / "deep" / "free"
    folders = [files.Appearing(path, {"page.html": b"new"}) for path in (taken, free)]
    (taken / "another").mkdir(parents=True)
    assert [folder.is_settled for folder in folders] == [False, False]
    for _ in range(2):  # and once more, which does nothing
        files.settle(folders)
        assert [folder.is_settled for folder in folders] == [True, True]
        error = folders[0].error
        assert error is not None
        assert (error.errno, folders[1].error) == (errno.ENOTEMPTY, None)
    folders[0].give_up()
    assert [path.name for path in taken.parent.iterdir()] == ["taken"]
    assert [path.name for path in taken.iterdir()] == ["another"]
    assert [path.name for path in free.iterdir()] == ["page.html"]


@pytest.mark.skipif(sys.platform != "linux", reason="asks Linux's way")
def test_the_disk_begins_with_all_of_a_file_at_once(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """From the first byte to the last, which zero means; so that waiting for it takes less."""
    asked: list[tuple[int, ...]] = []
    monkeypatch.setattr(os, "posix_fadvise", lambda _, *told: asked.append(told))
    files.begin(tmp_path / "page.html", b"new").close()
    assert asked == [(0, 0, os.POSIX_FADV_DONTNEED)]


def test_a_file_of_a_cache_that_another_process_removes_first_is_gone_as_well(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    unlink = Path.unlink

    def second(path: Path, **how: bool) -> None:
        unlink(path)
        unlink(path, **how)

    for name in "ab":
        (tmp_path / name).touch()
    monkeypatch.setattr(Path, "unlink", second)
    files.keep_newest(tmp_path, 0)
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    ("data", "told"),
    [
        (b"\xff\n", "a.html:1: the byte 0xff is not UTF-8."),
        (b"\n\xfe", "a.html:2: the byte 0xfe is not UTF-8."),
        (b"a\nb\n\xe4\n\n", "a.html:3: the byte 0xe4 is not UTF-8."),
        (None, "a.html: cannot be read (No such file or directory)."),
    ],
)
def test_what_keeps_a_file_from_being_read_is_told_with_its_line(
    tmp_path: Path, data: bytes | None, told: str
) -> None:
    if data is not None:
        (tmp_path / "a.html").write_bytes(data)
    with pytest.raises(TemplateError) as caught, files.readable("a.html"):
        (tmp_path / "a.html").read_text("utf-8")
    todo = "Save the file as UTF-8 in your editor."
    if data is None:
        todo = "See that it is a file and that you may read it."
    assert str(caught.value) == f"{told} {todo}"


def test_steps_back_are_told_only_where_a_link_makes_them_lead_elsewhere(tmp_path: Path) -> None:
    letter, far = tmp_path / "letter", tmp_path / "far" / "inner"
    for folder in (letter, far, tmp_path / "posts"):
        folder.mkdir(parents=True)
    (letter / "linked").symlink_to(far)
    told = {
        "../posts": tmp_path / "posts",
        "../none/../posts/*.html": tmp_path / "posts" / "*.html",
        "linked/../posts": letter / "linked" / ".." / "posts",
        "posts": letter / "posts",
        str(tmp_path / "x" / ".." / "posts"): tmp_path / "posts",
        "~nobody-is-called-so/posts": letter / "~nobody-is-called-so" / "posts",
    }
    assert {each: files.seen_from(letter, each) for each in told} == told


def test_a_source_outside_of_the_project_is_told_by_its_own_place(digest: Run, blog: Blog) -> None:
    settings = blog.root / "digest.toml"
    settings.write_text(settings.read_text().replace('"posts"', '"../none"'))
    said = digest("--project", blog.root, "collect").err
    assert f"({blog.root.parent / 'none'})" in said

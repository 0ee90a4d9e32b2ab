"""What was read of issues is kept beside the archive, and read again once a file looks otherwise."""

from __future__ import annotations

import os
import shutil
from pathlib import Path

import msgspec
import pytest

from digest.issue.folder import IssueFolders, one
from digest.issue.folder.index import Index
from digest.issue.record import PastIssue
from digest.models import replace
from tests.issue.test_folder import FROZEN, write

LONG_AGO = 1_700_000_000
IDS = ("2026-11-15-weekly", "2026-11-22-weekly")


class Reader:
    """Reads what a file says of an issue's number, and counts how often that is asked."""

    def __init__(self) -> None:
        self.asked: list[str] = []

    def __call__(self, file: Path) -> PastIssue:
        self.asked.append(file.parent.name)
        issue = FROZEN.issue
        return PastIssue(
            id=file.parent.name,
            edition=issue.edition,
            number=int(file.read_text()),
            dated=issue.dated,
            window=issue.window,
        )


@pytest.fixture
def files(tmp_path: Path) -> dict[str, Path]:
    """The issue.json of two issues, made long ago."""
    found = {id_: tmp_path / "issues" / id_ / "issue.json" for id_ in IDS}
    for number, file in enumerate(found.values(), 1):
        say(file, number)
    (tmp_path / ".digest").mkdir()
    return found


def say(file: Path, number: int, at: int = LONG_AGO) -> None:
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(str(number))
    os.utime(file, (at, at))


def told(
    folder: Path | None, files: dict[str, Path], passing: bool = False
) -> tuple[list[int], list[str]]:
    """Return the numbers that an index tells, and the issues it read for that."""
    reader = Reader()
    found = Index(folder, reader).past("weekly", files, lambda _folder: passing)
    assert list(found) == [past.id for past in found.values()]
    return [past.number for past in found.values()], reader.asked


def test_only_what_looks_otherwise_is_read_again(tmp_path: Path, files: dict[str, Path]) -> None:
    folder = tmp_path / ".digest" / "index"
    assert told(folder, files) == ([1, 2], [*IDS])
    assert told(folder, files) == ([1, 2], [])
    say(files[IDS[1]], 3)
    assert told(folder, files) == ([1, 3], [IDS[1]])
    say(files[IDS[1]], 3, LONG_AGO + 1)
    assert told(folder, files) == ([1, 3], [IDS[1]])
    assert told(folder, files) == ([1, 3], [])
    assert [path.name for path in folder.iterdir()] == ["weekly.json"]


def test_what_was_written_just_now_is_read_until_its_time_tells_it_apart(
    tmp_path: Path, files: dict[str, Path]
) -> None:
    folder = tmp_path / ".digest" / "index"
    ahead = 4_000_000_000
    say(files[IDS[1]], 2, ahead)
    for _ in range(2):
        assert told(folder, files)[1][-1:] == [IDS[1]]
    say(files[IDS[1]], 2)
    told(folder, files)
    assert told(folder, files) == ([1, 2], [])


def test_of_issues_that_nobody_asks_for_now_what_is_kept_stays_while_they_are_there(
    tmp_path: Path, files: dict[str, Path]
) -> None:
    folder = tmp_path / ".digest" / "index"
    told(folder, files)
    say(files[IDS[0]], 5)
    assert told(folder, {IDS[0]: files[IDS[0]]}) == ([5], [IDS[0]])
    assert told(folder, files) == ([5, 2], [])
    shutil.rmtree(files[IDS[1]].parent)
    say(files[IDS[0]], 6)
    told(folder, {IDS[0]: files[IDS[0]]})
    kept = msgspec.json.decode((folder / "weekly.json").read_bytes())
    assert list(kept["issues"]) == [IDS[0]]


@pytest.mark.parametrize("damage", ["", "{", '{"shape": "another", "issues": {}}', "entry"])
def test_a_damaged_index_is_made_anew(tmp_path: Path, files: dict[str, Path], damage: str) -> None:
    folder = tmp_path / ".digest" / "index"
    told(folder, files)
    path = folder / "weekly.json"
    kept = msgspec.json.decode(path.read_bytes())
    if damage == "entry":
        damage = msgspec.json.encode(kept | {"issues": {id_: {} for id_ in IDS}}).decode()
    path.write_text(damage)
    assert told(folder, files) == ([1, 2], [*IDS])
    assert told(folder, files) == ([1, 2], [])
    path.write_bytes(msgspec.json.encode(kept | {"shape": "another"}))
    assert told(folder, files) == ([1, 2], [*IDS])


def test_where_nothing_can_be_kept_all_works_without(
    tmp_path: Path, files: dict[str, Path]
) -> None:
    """No index is asked for, there is no archive beside which it lies, or a file is in its way."""
    (tmp_path / "taken").write_text("x")
    for folder in (None, tmp_path / "nowhere" / "index", tmp_path / "taken"):
        for _ in range(2):
            assert told(folder, files) == ([1, 2], [*IDS])
    assert not (tmp_path / "nowhere").exists()


def test_a_folder_without_a_record_may_be_passed_over(
    tmp_path: Path, files: dict[str, Path]
) -> None:
    """One with a record never is, whoever would have it so."""
    files[IDS[0]].unlink()
    assert told(None, files, passing=True) == ([2], [IDS[1]])
    with pytest.raises(FileNotFoundError):
        told(None, files)


def test_a_begun_issue_is_in_no_list(tmp_path: Path) -> None:
    """Its folder holds what the editor says before the first build, and nothing else."""
    folders = IssueFolders(tmp_path / "issues")
    write(folders)
    begun = folders.root / "2026-11-29-weekly"
    begun.mkdir()
    (begun / "editor.md").write_text("Mine.")
    assert [issue.id for issue in folders.all()] == [FROZEN.issue.id]
    assert [one.is_begun(begun.with_name(name)) for name in (begun.name, "gone")] == [True, False]
    next_one = replace(
        FROZEN.issue, id="2026-11-29-weekly", dated=FROZEN.issue.dated.replace(day=29)
    )
    write(folders, frozen=replace(FROZEN, issue=next_one))
    assert (begun / "editor.md").read_text() == "Mine."
    assert len(folders.all()) == 2


def test_pictures_that_a_draft_shows_no_longer_go(tmp_path: Path) -> None:
    folders = IssueFolders(tmp_path / "issues")
    pictures = {"a.png": b"a", "b.png": b"b"}
    for shown in (pictures, {"b.png": b"c"}, {}):
        with folders.lock():
            folders.begin(FROZEN, {}, "", shown).done()
        lying = sorted(folders.folder(FROZEN.issue.id).glob("pictures/*"))
        assert [path.name for path in lying] == sorted(shown)
        assert folders.carries(FROZEN.issue.id, shown)
        assert not folders.carries(FROZEN.issue.id, [*shown, "c.png"])


def test_an_issue_that_is_given_up_leaves_nothing(tmp_path: Path) -> None:
    """One that is there already stays as it was."""
    folders = IssueFolders(tmp_path / "issues")
    with folders.lock():
        folders.begin(FROZEN, {"email.html": b"1"}, "").give_up()
        assert folders.ids() == ()
        assert [path.name for path in folders.root.iterdir()] == [".lock"]
        begun = folders.begin(FROZEN, {"email.html": b"1"}, "")
        begun.done()
        begun.give_up()
        folders.begin(FROZEN, {"email.html": b"2"}, "").give_up()
    assert (folders.folder(FROZEN.issue.id) / "email.html").read_bytes() == b"1"

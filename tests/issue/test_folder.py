"""The issue folder: whole or not there, never touched once sealed, and readable by other programs."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
import textwrap
import time
from datetime import UTC, date, datetime
from hashlib import sha256
from pathlib import Path

import pytest

from digest.errors import IssueFolderError, UsageError
from digest.issue.folder import FORMAT, IssueFolders
from digest.issue.record import Approval, FrozenIssue, IssueSummary, PastIssue, Skipped
from digest.models import (
    EditorNotes,
    Issue,
    NewsletterView,
    Page,
    PostView,
    Remembered,
    Rendered,
    SectionView,
    Slotted,
    Window,
    replace,
)

WINDOW = Window(
    start_at=datetime(2026, 11, 16, tzinfo=UTC), cutoff_at=datetime(2026, 11, 23, tzinfo=UTC)
)
PAGE = Page(
    kind="html", segments=("<p>", "</p>"), places=(0,), values=(Slotted(kind="text", value="é"),)
)
FROZEN = FrozenIssue(
    format=FORMAT,
    issue=Issue(
        id="2026-11-22-weekly",
        edition="weekly",
        number=7,
        dated=date(2026, 11, 22),
        title="Weekly",
        template="weekly",
        service="plain",
        newsletter=NewsletterView(name="The Letter"),
        window=WINDOW,
        subject="Hello",
        featured=PostView(
            id="a", url="https://a.example/?utm=1", permalink="https://a.example/", title="A"
        ),
        sections=(SectionView(title="", posts=(PostView(id="b", url="", title="B"),)),),
        considered=("a", "b", "c"),
        carried=("c",),
    ),
    pages=Rendered(email=PAGE, web=PAGE, text=PAGE),
)
OUTPUTS = {"email.html": b"<p>1</p>", "email.txt": b"1", "web.html": b"<p>w</p>"}


@pytest.fixture
def folders(tmp_path: Path) -> IssueFolders:
    return IssueFolders(tmp_path / "issues")


def write(
    folders: IssueFolders, outputs: dict[str, bytes] = OUTPUTS, frozen: FrozenIssue = FROZEN
) -> None:
    with folders.lock():
        folders.begin(frozen, outputs, "---\n---\n").done()


def dated(day: date) -> FrozenIssue:
    """Return the issue as one of another date."""
    return replace(FROZEN, issue=replace(FROZEN.issue, id=f"{day}-weekly", dated=day))


def test_an_issue_comes_back_as_it_was_written(folders: IssueFolders) -> None:
    """But for the lines of editor.md, which change while what it says does not."""
    notes = EditorNotes(subject="Moss", lines={"subject": 2})
    written = replace(FROZEN, notes=notes, made_with={"digest": "1.0"})
    write(folders, frozen=written)
    frozen = folders.read("2026-11-22-weekly")
    assert frozen == replace(
        written,
        notes=EditorNotes(subject="Moss"),
        digests={name: sha256(data).hexdigest() for name, data in OUTPUTS.items()},
    )
    assert folders.is_whole(frozen)


def test_a_list_tells_posts_and_state_without_the_pages(folders: IssueFolders) -> None:
    write(folders)
    (summary,) = folders.all()
    assert [post.permalink for post in summary.posts] == ["https://a.example/", ""]
    assert (summary.number, summary.state, summary.html_bytes) == (7, "draft", 8)
    assert (summary.considered, summary.carried) == (("a", "b", "c"), ("c",))


def test_issues_are_found_by_id_folder_or_latest(folders: IssueFolders) -> None:
    write(folders)
    write(folders, frozen=dated(date(2026, 11, 29)))
    assert folders.find("latest").id == "2026-11-29-weekly"
    assert folders.find("issues/2026-11-22-weekly/").id == "2026-11-22-weekly"
    with pytest.raises(UsageError, match="such as 2026-11-29-weekly"):
        folders.find("2026-11-23-weekly")


def test_of_several_issues_of_a_day_the_latest_is_the_one_built_last(folders: IssueFolders) -> None:
    for edition, hour in (("weekly", 9), ("daily", 11), ("yearly", 10)):
        built_at = datetime(2026, 11, 22, hour, tzinfo=UTC)
        issue = replace(
            FROZEN.issue, id=f"2026-11-22-{edition}", edition=edition, built_at=built_at
        )
        write(folders, frozen=replace(FROZEN, issue=issue))
    assert folders.find("latest").edition == "daily"


def test_the_editors_file_is_made_once_and_never_touched_again(folders: IssueFolders) -> None:
    write(folders)
    path = folders.root / "2026-11-22-weekly" / "editor.md"
    path.write_text("My words.")
    write(folders, {**OUTPUTS, "email.html": b"<p>2</p>"})
    assert path.read_text() == "My words."


def test_an_output_that_was_changed_by_hand_is_noticed(folders: IssueFolders) -> None:
    write(folders)
    (folders.root / "2026-11-22-weekly" / "email.txt").write_text("tampered")
    assert not folders.is_whole(folders.read("2026-11-22-weekly"))


def test_an_issue_that_goes_away_while_it_is_read_is_not_whole(
    folders: IssueFolders, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A branch is switched: a file is there when it is looked for, and gone when it is opened."""
    write(folders)
    frozen = folders.read("2026-11-22-weekly")
    summary = folders.summary("2026-11-22-weekly")
    shutil.rmtree(summary.folder)
    monkeypatch.setattr(Path, "is_file", lambda _self: True)
    assert not folders.is_whole(frozen)
    assert summary.html_bytes == 0


def test_equal_files_are_not_written_again(folders: IssueFolders) -> None:
    write(folders)
    path = folders.root / "2026-11-22-weekly" / "email.html"
    os.utime(path, (1, 1))
    write(folders)
    assert path.stat().st_mtime == 1


def test_a_sealed_issue_is_never_written_again(folders: IssueFolders) -> None:
    write(folders)
    (folders.root / "2026-11-22-weekly" / "approval.json").write_text("{}")
    with pytest.raises(IssueFolderError, match="sealed"):
        write(folders, {**OUTPUTS, "email.html": b"<p>2</p>"})
    assert (folders.root / "2026-11-22-weekly" / "email.html").read_bytes() == b"<p>1</p>"


@pytest.mark.parametrize("damage", [b"", b"{", b'{"format": 1}', b'{"format": 99}'])
def test_a_damaged_record_is_an_error_and_never_passed_over(
    folders: IssueFolders, damage: bytes
) -> None:
    """An issue that cannot be read may hold posts that were sent, so nothing goes on without it."""
    write(folders)
    (folders.root / "2026-11-22-weekly" / "issue.json").write_bytes(damage)
    with pytest.raises(IssueFolderError, match=r"issue\.json"):
        folders.all()


def test_skipped_dates_are_recorded_once_and_forgotten_when_built(folders: IssueFolders) -> None:
    skipped = Skipped(edition="weekly", dated=date(2026, 11, 15), window=WINDOW, posts=1)
    with folders.lock():
        folders.skip(skipped)
        folders.skip(replace(skipped, posts=2))
    assert [s.posts for s in folders.skipped("weekly")] == [2]
    with folders.lock():
        assert "2026-11-15" in (folders.root / "skipped.json").read_text()
        folders.unskip("weekly", date(2026, 11, 15))
    assert folders.skipped("weekly") == ()
    # what is made of the records tells the same
    listed = folders.root / "skipped.json"
    assert not listed.exists() or "2026-11-15" not in listed.read_text()


def test_killing_the_writer_leaves_no_torn_issue(tmp_path: Path) -> None:
    """A reader finds each issue whole or not at all, whenever the writer was killed."""
    script = textwrap.dedent(
        """
        import sys
        from pathlib import Path
        from datetime import date
        from tests.issue.test_folder import FROZEN, IssueFolders, OUTPUTS, dated
        folders = IssueFolders(Path(sys.argv[1]))
        print("ready", flush=True)
        with folders.lock():
            for day in range(1, 29):
                for turn in range(40):
                    folders.begin(dated(date(2026, turn % 12 + 1, day)), OUTPUTS, "").done()
        """
    )
    for round_ in range(6):
        root = tmp_path / str(round_)
        child = subprocess.Popen([sys.executable, "-c", script, root], stdout=subprocess.PIPE)
        assert child.stdout is not None
        assert child.stdout.readline() == b"ready\n"
        end = time.monotonic() + 30
        while not any(root.glob("2026-*")):
            assert time.monotonic() < end, "nothing was written"
            time.sleep(0.001)
        # Killed a little later each round; wherever it is then, what it leaves has to be whole.
        time.sleep(0.02 * round_)
        child.send_signal(signal.SIGKILL)
        child.wait()
        child.stdout.close()
        folders = IssueFolders(root)
        assert folders.all()
        for summary in folders.all():
            assert folders.is_whole(folders.read(summary.id))
        write(folders, frozen=dated(date(2027, 1, 1)))
        assert not list(root.glob(".tmp-*"))


@pytest.mark.parametrize("comes_back", ["draft", "approved"])
def test_a_folder_that_comes_back_while_it_is_made_anew_is_written_into_or_left_alone_if_sealed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, comes_back: str
) -> None:
    """As git or a backup brings it back: they take no lock of ours."""
    folders = IssueFolders(tmp_path)
    rename = Path.rename

    def too_late(path: Path, target: Path) -> Path:
        target.mkdir()
        (target / "editor.md").write_text("Mine.")
        if comes_back == "approved":
            (target / "approval.json").write_text("{}")
        return rename(path, target)

    monkeypatch.setattr(Path, "rename", too_late)
    if comes_back == "approved":
        with folders.lock(), pytest.raises(IssueFolderError, match="is sealed"):
            folders.begin(FROZEN, OUTPUTS, "Ours.").done()
        return
    with folders.lock():
        whole = folders.begin(FROZEN, OUTPUTS, "Ours.").done()
    assert folders.read("2026-11-22-weekly") == whole
    assert folders.is_whole(whole)
    assert folders.editor_text("2026-11-22-weekly") == "Mine."


def test_a_list_holds_all_that_later_issues_are_decided_by(folders: IssueFolders) -> None:
    recorded = set(PastIssue.__struct_fields__) - {"newsletter", "featured", "sections"}
    assert recorded <= set(IssueSummary.__struct_fields__)
    dropped = Remembered(id="blog-x", is_dropped=True)
    issue = replace(FROZEN.issue, remembered=(dropped,), sealed=("2026-11-15-weekly",))
    write(folders, frozen=replace(FROZEN, issue=issue))
    for found in (*folders.all("weekly"), folders.summary("2026-11-22-weekly")):
        assert (found.remembered, found.sealed) == ((dropped,), ("2026-11-15-weekly",))


def test_a_list_tells_what_stands_on_disk_now_whoever_wrote_it(tmp_path: Path) -> None:
    """An index spares reading records again; one that changed since is read."""

    def numbers() -> list[int]:
        """Return what another command lists."""
        folders = IssueFolders(tmp_path / "issues", tmp_path / "index")
        return [issue.number for issue in folders.all("weekly")]

    folders = IssueFolders(tmp_path / "issues")
    write(folders)
    assert numbers() == numbers() == [7]
    write(folders, frozen=replace(FROZEN, issue=replace(FROZEN.issue, number=18)))
    assert numbers() == numbers() == [18]


def test_what_was_sealed_and_is_gone_is_missed_by_its_own_edition(folders: IssueFolders) -> None:
    other = replace(FROZEN, issue=replace(FROZEN.issue, id="2026-11-22-monthly", edition="monthly"))
    for frozen in (FROZEN, other):
        write(folders, frozen=frozen)
        with folders.lock():
            folders.seal(
                Approval(
                    issue=frozen.issue.id,
                    approved_at=datetime(2026, 11, 22, tzinfo=UTC),
                    subject="s",
                    preheader="p",
                    digests={},
                )
            )
    assert folders.missing("weekly") == folders.missing("monthly") == {}
    for name in ("weekly", "monthly"):
        shutil.rmtree(folders.folder(f"2026-11-22-{name}"))
    assert list(folders.missing("weekly")) == ["2026-11-22-weekly"]
    assert list(folders.missing("monthly")) == ["2026-11-22-monthly"]


def test_issues_are_found_wherever_somebody_just_moved_them(folders: IssueFolders) -> None:
    write(folders)
    flat, nested = folders.root / "2026-11-22-weekly", folders.root / "weekly/2026-11-22-weekly"
    nested.parent.mkdir()
    for is_settled in (False, True) * 5:
        if is_settled:  # long unchanged, so that its names need not be read again
            os.utime(folders.root, (1_700_000_000, 1_700_000_000))
            folders.ids()
        for here, there in ((flat, nested), (nested, flat)):
            here.rename(there)
            assert [issue.folder for issue in folders.all("weekly")] == [there]
            assert folders.ids() == ("2026-11-22-weekly",)
        shutil.copytree(flat, folders.root / "2026-11-23-weekly")
        assert folders.dates("weekly") == (date(2026, 11, 22), date(2026, 11, 23))
        shutil.rmtree(folders.root / "2026-11-23-weekly")
        assert folders.dates({"weekly"}) == (date(2026, 11, 22),)


def test_a_place_that_cannot_be_written_is_told_with_the_next_step(tmp_path: Path) -> None:
    (tmp_path / "taken").write_text("a file where the folder should be")
    folders = IssueFolders(tmp_path / "taken" / "issues")
    with pytest.raises(IssueFolderError, match="cannot be written") as caught, folders.lock():
        pass
    assert caught.value.where == str(tmp_path / "taken" / "issues")
    assert "Make it writable" in caught.value.hint


def test_a_folder_that_is_moved_by_hand_is_found_again(tmp_path: Path) -> None:
    folders = IssueFolders(tmp_path, is_nested=lambda _edition: True)
    write(folders)
    assert [issue.folder.parent.name for issue in folders.all("weekly")] == ["weekly"]
    (tmp_path / "weekly" / FROZEN.issue.id).rename(tmp_path / FROZEN.issue.id)
    assert [issue.folder.parent for issue in folders.all("weekly")] == [tmp_path]
    assert folders.folder(FROZEN.issue.id) == tmp_path / FROZEN.issue.id

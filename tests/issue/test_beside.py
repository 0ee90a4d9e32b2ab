"""Issues that lie side by side, and those of an edition in a folder of its own, are one record."""

from __future__ import annotations

import json
import os
import shutil
import time
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from digest.errors import IssueFolderError, UsageError
from digest.issue.folder import IssueFolders
from digest.issue.folder.published import Published
from digest.issue.record import Approval, FrozenIssue, Sealed, Skipped
from digest.models import Remembered, replace
from tests.issue.test_folder import FROZEN, OUTPUTS, WINDOW

DAYS = (date(2026, 11, 15), date(2026, 11, 22))


def made(edition: str, day: date) -> FrozenIssue:
    """Return an edition's issue of a day."""
    issue = replace(FROZEN.issue, id=f"{day}-{edition}", edition=edition, dated=day)
    return replace(FROZEN, issue=issue)


def seal(folders: IssueFolders, id_: str) -> None:
    now = datetime(2026, 11, 22, tzinfo=UTC)
    folders.seal(Approval(issue=id_, approved_at=now, subject="s", preheader="p", digests={}))


@pytest.fixture
def folders(tmp_path: Path) -> IssueFolders:
    """Two issues of each of four editions; two of them have folders of their own."""
    folders = IssueFolders(tmp_path / "issues", is_nested=lambda edition: edition.startswith("by"))
    for edition in ("by-tag", "weekly", "by-series", "daily"):
        for day in DAYS:
            with folders.lock(edition):
                folders.begin(made(edition, day), OUTPUTS, "").done()
    return folders


def test_all_are_listed_by_day_and_edition_wherever_they_lie(folders: IssueFolders) -> None:
    names = [f"{day}-{edition}" for day in DAYS for edition in ("by-series", "by-tag", "daily", "weekly")]  # fmt: skip
    assert [issue.id for issue in folders.all()] == names
    assert list(folders.ids()) == sorted(names)
    first, last = DAYS
    by_day = [[issue.id for issue in folders.all(**bounds)] for bounds in (
        {"after": first}, {"until": first}, {"after": first, "until": first}, {"until": last},
    )]  # fmt: skip
    assert by_day == [names[4:], names[:4], [], names]
    assert [issue.id for issue in folders.all({"by-tag", "daily"})] == [
        "2026-11-15-by-tag", "2026-11-15-daily", "2026-11-22-by-tag", "2026-11-22-daily",
    ]  # fmt: skip
    assert [folders.shown(f"2026-11-15-{edition}") for edition in ("by-tag", "daily")] == [
        "issues/by-tag/2026-11-15-by-tag", "issues/2026-11-15-daily",
    ]  # fmt: skip
    with folders.still():
        assert [issue.id for issue in folders.all()] == names
        assert [issue.id for issue in folders.all("by-tag")] == [names[1], names[5]]
        assert [issue.id for issue in folders.all("daily")] == [names[2], names[6]]


def test_what_comes_and_goes_side_by_side_is_looked_for_again_but_not_while_all_is_still(
    folders: IssueFolders,
) -> None:
    """Only for editions with folders of their own, whose issues nobody puts elsewhere meanwhile."""
    here, there = folders.folder("2026-11-22-by-tag"), folders.root / "2026-11-22-by-tag"
    with folders.still():
        assert len(folders.dates("by-tag")) == 2
        here.rename(there)
        assert folders.dates("by-tag") == DAYS[:1]
        shutil.copytree(folders.folder("2026-11-22-daily"), folders.root / "2026-11-29-daily")
        assert len(folders.dates("daily")) == 3
    assert folders.dates("by-tag") == DAYS
    assert folders.folder("2026-11-22-by-tag") == there
    fresh = IssueFolders(folders.root, is_nested=lambda edition: edition.startswith("by"))
    for looking in (folders, fresh):
        with looking.still():
            assert looking.folder("2026-11-22-by-tag") == there
            assert looking.dates("by-tag") == DAYS
    with folders.still():
        assert folders.folder("2026-11-22-by-series").parent.name == "by-series"


def test_what_bears_no_issue_s_name_or_another_edition_s_is_none(folders: IssueFolders) -> None:
    for path in ("by-tag/2026-11-22-by-series", "by-tag/some-folder-by-tag", "own", "2026-11-22-B"):
        (folders.root / path).mkdir()
        (folders.root / path / "approval.json").write_text("{}")
    (folders.root / "2026-11-22-file").write_text("x")
    (folders.root / "by-tag" / "2026-11-29-by-tag").write_text("x")
    assert folders.dates("by-tag") == folders.dates("by-series") == DAYS
    assert len(folders.ids()) == 8
    assert folders.sealed() == folders.sealed(is_nested=False) == []


@pytest.mark.parametrize(("seconds", "is_seen"), [(2.5, True), (3.5, False)])
def test_names_are_read_again_unless_a_folder_s_time_must_have_told(
    folders: IssueFolders, seconds: float, is_seen: bool
) -> None:
    """Some drives know times to two seconds only: within those another change would not show."""
    at = time.time() - seconds
    os.utime(folders.root, (at, at))
    assert folders.dates("daily") == DAYS
    shutil.copytree(folders.folder("2026-11-22-daily"), folders.root / "2026-11-29-daily")
    os.utime(folders.root, (at, at))
    assert (len(folders.dates("daily")) == 3) is is_seen


def test_what_was_sealed_is_told_from_drafts(folders: IssueFolders) -> None:
    for id_ in ("2026-11-22-daily", "2026-11-15-weekly", "2026-11-15-by-tag"):
        seal(folders, id_)
    assert folders.sealed() == ["2026-11-15-by-tag", "2026-11-15-weekly", "2026-11-22-daily"]
    assert folders.sealed(is_nested=False) == ["2026-11-15-weekly", "2026-11-22-daily"]
    drafts = {e: folders.is_draft(DAYS[0], e) for e in ("by-tag", "by-series", "weekly", "monthly")}
    assert drafts == {"by-tag": False, "by-series": True, "weekly": False, "monthly": False}


def test_a_sealed_issue_is_missed_with_what_it_held(folders: IssueFolders) -> None:
    """Of one that index.html alone lists, nothing but the name is known."""
    for id_ in ("2026-11-15-by-tag", "2026-11-22-by-tag", "2026-11-22-daily", "2026-11-15-daily"):
        seal(folders, id_)
        assert (folders.folder(id_).parent / "sealed" / f"{id_}.json").exists()
    for id_ in ("2026-11-15-by-tag", "2026-11-22-daily"):
        shutil.rmtree(folders.folder(id_))
    href = 'href="x/2026-11-08-daily/web.html" href="2026-11-01-weekly/web.html"'
    (folders.root / "index.html").write_text(href)
    told = Sealed(window=WINDOW, posts=("a", "b"))
    assert folders.missing("by-tag") == {"2026-11-15-by-tag": told}
    assert folders.missing("daily") == {"2026-11-08-daily": Sealed(), "2026-11-22-daily": told}
    folders.unseal("2026-11-22-by-tag")
    shutil.rmtree(folders.folder("2026-11-22-by-tag"))
    assert list(folders.missing("by-tag")) == ["2026-11-15-by-tag"]


def test_a_seal_is_remembered_where_its_edition_lies_and_forgotten_if_it_is_there(
    folders: IssueFolders,
) -> None:
    """Though its issues lie elsewhere; one that an earlier version sealed was never remembered."""
    for day in DAYS:
        folders.folder(f"{day}-by-tag").rename(folders.root / f"{day}-by-tag")
    shutil.rmtree(folders.root / "by-tag")
    seal(folders, "2026-11-15-by-tag")
    assert (folders.root / "by-tag" / "sealed" / "2026-11-15-by-tag.json").exists()
    for _ in range(2):
        folders.unseal("2026-11-15-by-tag")
        assert folders.is_draft(DAYS[0], "by-tag")
        (folders.root / "2026-11-15-by-tag" / "approval.json").write_text("{}")


def test_seals_that_nothing_remembers_are_remembered_side_by_side(folders: IssueFolders) -> None:
    """An earlier version made them, or its listing alone tells of them."""
    for id_ in ("2026-11-15-by-tag", "2026-11-22-daily"):
        seal(folders, id_)
        shutil.rmtree(folders.folder(id_).parent / "sealed")
    index = 'href="2026-11-01-weekly/web.html" href="2026-11-01-by-tag/web.html"'
    (folders.root / "index.html").write_bytes(index.encode() + b"\xff")
    folders.remember_seals()
    folders.remember_seals()
    remembered = sorted(path.name for path in folders.root.rglob("sealed/*"))
    assert remembered == ["2026-11-01-weekly.json", "2026-11-22-daily.json"]


def test_dates_without_an_issue_are_recorded_where_the_edition_lies(folders: IssueFolders) -> None:
    gone = Remembered(id="x", is_dropped=True)
    skips = [
        Skipped(edition=edition, dated=day, window=WINDOW, posts=0, remembered=(gone,))
        for edition in ("weekly", "daily", "by-tag")
        for day in reversed(DAYS)
    ]
    for skipped in skips:
        folders.skip(skipped)
    listed = folders.root / "skipped.json"
    by_day = sorted(skips[:4], key=lambda s: (s.dated, s.edition))
    assert folders.skipped() == tuple(by_day)
    assert folders.skipped("daily") == (skips[3], skips[2])
    assert folders.skipped("by-tag") == (skips[5], skips[4])
    assert [entry["edition"] for entry in json.loads(listed.read_text())] == [
        "daily", "weekly", "daily", "weekly",
    ]  # fmt: skip
    record = folders.root / "skipped" / "2026-11-15-daily.json"
    os.utime(record, (1, 1))
    folders.skip(skips[3])
    assert record.stat().st_mtime == 1, "what is recorded already is not written again"
    folders.skip(replace(skips[3], posts=2))
    assert [skipped.posts for skipped in folders.skipped("daily")] == [2, 0]
    for name in ("README.md", "notes.json", "2026-11-08-daily.txt"):
        (record.parent / name).write_text("x")
    folders.unskip("daily", date(2026, 11, 1))
    for edition in ("weekly", "daily", "by-tag"):
        folders.unskip(edition, DAYS[0])
    assert folders.skipped() == (skips[2], skips[0])
    assert folders.skipped("by-tag") == (skips[4],)
    assert not list(folders.root.rglob("skipped/2026-11-15-*"))
    assert not (folders.root / "by-tag" / "skipped.json").exists()


def test_a_date_that_was_never_skipped_is_nothing_to_forget(tmp_path: Path) -> None:
    IssueFolders(tmp_path).unskip("daily", DAYS[0])
    assert list(tmp_path.iterdir()) == []
    first = Skipped(edition="daily", dated=DAYS[0], window=WINDOW, posts=0)
    IssueFolders(tmp_path / "new").skip(first)
    assert IssueFolders(tmp_path / "new").skipped() == (first,)


def test_what_two_editors_dropped_on_one_date_is_remembered_of_both(folders: IssueFolders) -> None:
    """Git could not merge their records; either will do, but for what each of them dropped."""
    both = [
        Skipped(
            edition="daily", dated=DAYS[0], window=WINDOW, posts=number,
            remembered=(Remembered(id="both"), Remembered(id=f"of {number}")),
        )
        for number in (1, 2)
    ]  # fmt: skip
    record = folders.root / "skipped" / "2026-11-15-daily.json"
    sides = []
    for skipped in both:
        folders.skip(skipped)
        sides.append(record.read_text())
    ours, theirs = sides
    record.write_text(f"<<<<<<< HEAD\n{ours}\n=======\n{theirs}\n>>>>>>> main\n")
    (found,) = folders.skipped("daily")
    assert found == replace(
        both[0], remembered=tuple(Remembered(id=id_) for id_ in ("both", "of 1", "of 2"))
    )


def test_a_list_of_an_earlier_version_is_read_where_there_are_no_records(
    folders: IssueFolders,
) -> None:
    assert folders.skipped() == ()
    for edition in ("weekly", "daily"):
        folders.skip(Skipped(edition=edition, dated=DAYS[0], window=WINDOW, posts=3))
    shutil.rmtree(folders.root / "skipped")
    assert [skipped.edition for skipped in folders.skipped()] == ["daily", "weekly"]
    assert [skipped.posts for skipped in folders.skipped("daily")] == [3]
    folders.unskip("daily", DAYS[0])
    assert [skipped.edition for skipped in folders.skipped()] == ["weekly"]


def test_the_latest_is_the_last_that_was_built(tmp_path: Path) -> None:
    """A folder with an editor.md alone is no issue yet, whatever its name."""
    folders = IssueFolders(tmp_path / "issues")
    for reference in ("latest", "2026-11-22-weekly"):
        with pytest.raises(UsageError) as told:
            folders.find(reference)
        assert str(told.value) == "there is no issue yet. Build one with `digest build`."
    for day in DAYS:
        with folders.lock():
            folders.begin(made("weekly", day), OUTPUTS, "").done()
    assert folders.find("latest").dated == DAYS[1]
    for name in ("2026-11-29-weekly", "2026-99-99-weekly"):
        (folders.root / name).mkdir()
        (folders.root / name / "editor.md").write_text("")
        assert folders.find("latest").dated == DAYS[1]
        assert folders.find(f"{folders.root.name}/2026-11-15-weekly").dated == DAYS[0]
    assert folders.dates("weekly") == (*DAYS, date(2026, 11, 29))


def test_a_mark_tells_of_a_command_that_was_stopped_while_it_published(tmp_path: Path) -> None:
    published = IssueFolders(tmp_path).published
    with published.opened():
        assert published.is_open
    assert not published.is_open
    with published.opened():
        (tmp_path / ".publishing").unlink()  # by somebody who cleans up
    with pytest.raises(KeyboardInterrupt), published.opened():
        raise KeyboardInterrupt
    assert published.is_open
    with pytest.raises(IssueFolderError) as told, Published(tmp_path / "gone").opened():
        pass
    assert told.value.where == str(tmp_path / "gone" / ".publishing")


def test_what_is_published_is_written_or_goes(tmp_path: Path) -> None:
    published = Published(tmp_path)
    assert published.ids() == published.ids("weekly") == ()
    published.write({"index.html": b'href="/x/2026-11-15-weekly/web.html"', "feed.xml": None})
    assert published.ids() == published.ids("weekly") == ("2026-11-15-weekly",)
    assert published.ids("daily") == ()
    published.write({"index.html": b'href="2026-11-22-daily/web.html"', "feed.xml": b"x"})
    assert (published.ids(), published.ids("weekly")) == (("2026-11-22-daily",), ())
    published.write({"index.html": None, "feed.xml": None})
    assert (published.ids(), list(tmp_path.iterdir())) == ((), [])

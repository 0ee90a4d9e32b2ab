"""What people do by mistake, or cannot help: drafts left open, choices without effect, folders deleted, merges."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

import pytest

from digest.errors import IssueFolderError
from digest.workflow.making.building import build
from digest.workflow.records import approve, mend, withdraw
from digest.workflow.telling.explaining import why
from tests.workflow.newsroom import Newsroom, renderer

FIRST = "2026-11-01-weekly"


def build_without_a_date(room: Newsroom, **options: bool):  # type: ignore[no-untyped-def]
    return build(room.project, room.project.config.edition("weekly"), now=room.now, **options)


# ---------------------------------------------------------------- the draft that is open


def test_the_draft_that_was_edited_yesterday_is_what_build_means(room: Newsroom) -> None:
    room.write("moss")
    room.build()
    room.edit(FIRST, "subject: Mine")
    room.wait(days=1)
    report = build_without_a_date(room)
    assert (report.issue, report.is_open, report.status) == (FIRST, True, "built")
    assert room.project.folders.summary(FIRST).subject == "Mine"


@pytest.mark.parametrize(("days", "is_edited"), [(6, False), (7, False), (7, True)])
def test_an_edited_draft_stays_open_another_for_a_week(
    room: Newsroom, days: int, *, is_edited: bool
) -> None:
    room.write("moss")
    room.build()
    if is_edited:
        room.edit(FIRST, "subject: Mine")
    room.wait(days=days)
    room.write("fern")
    assert build_without_a_date(room).is_open is (days < 7 or is_edited)


def test_once_it_is_sealed_build_begins_the_next(room: Newsroom) -> None:
    room.write("moss")
    room.send()
    room.wait(days=1)
    room.write("fern")
    report = build_without_a_date(room)
    assert (report.issue, report.is_open) == ("2026-11-02-weekly", False)


def test_why_and_the_dry_run_agree_while_a_draft_is_open_and_once_it_is_sealed(
    room: Newsroom,
) -> None:
    room.write("old", dated=room.now.replace(year=2025))
    room.write("moss")
    room.build()
    room.wait(days=1)
    room.write("fern")
    for _ in range(2):
        decisions = build_without_a_date(room, dry_run=True).decisions
        assert {d.title for d in decisions} >= {"Title of fern", "Title of old"}
        for decision in decisions:
            (reason,) = why(room.project, decision.id, "weekly", now=room.now)
            assert (reason.verdict, reason.rule) == (decision.verdict, decision.rule)
        if room.project.folders.summary(FIRST).state == "draft":
            room.seal(FIRST)


# ---------------------------------------------------------------- approving


def test_a_choice_without_effect_does_not_stop_an_approval(room: Newsroom) -> None:
    room.write("moss")
    issue = room.build().issue
    subject = room.project.folders.summary(issue).subject
    room.edit(issue, f'subject: "{subject}"')
    assert room.build().status == "unchanged"
    room.seal(issue)


def test_a_choice_with_an_effect_does_until_it_is_built(room: Newsroom) -> None:
    room.write("moss")
    issue = room.build().issue
    room.edit(issue, "subject: Another")
    with pytest.raises(IssueFolderError, match="was changed after the issue was built"):
        room.seal(issue)
    room.build()
    room.seal(issue)


@pytest.mark.parametrize("how", ["drop: blog-fern", "held: leave"])
def test_a_drop_that_no_page_shows_is_recorded_before_the_approval(
    tmp_path: Path, how: str
) -> None:
    """What waits by a limit, or is asked about, can be dropped as well."""
    room = Newsroom(tmp_path, "limit = 1" if how.startswith("drop") else "")
    room.write("root", dated=room.now.replace(day=1, hour=0), text="Other words than these.")
    room.send()
    room.wait(days=56)
    room.write("oak")
    room.send()
    room.wait(days=4)
    room.write("fern", dated=room.now.replace(month=11, day=2), text="Green and old.")
    room.write("moss")
    issue = room.build().issue
    assert room.sent() == ["root", "oak", "moss"]
    room.edit(issue, f"{how}")
    with pytest.raises(IssueFolderError, match="was changed after the issue was built"):
        room.seal(issue)
    assert room.build().status == "built"
    assert room.build().status == "unchanged"
    room.withdraw("fern")
    room.edit(issue, f"subject: Mine\n{how}")
    assert room.build().status == "built"
    room.seal(issue)
    room.wait(days=7)
    room.write("fern", dated=room.now.replace(month=12, day=31), text="Green and old.")
    room.write("bark")
    room.build()
    assert room.sent() == ["root", "oak", "moss", "bark"]


def test_a_choice_that_leaves_nothing_to_send_says_what_to_do(room: Newsroom) -> None:
    room.write("moss")
    issue = room.build().issue
    room.edit(issue, "drop: https://letter.example/moss")
    assert room.build().status == "nothing-to-send"
    with pytest.raises(IssueFolderError, match="leaves nothing to send") as caught:
        room.seal(issue)
    assert f"remove issues/{issue}" in caught.value.hint


@pytest.mark.parametrize(("answer", "sent"), [("take", ["moss", "old"]), ("leave", ["moss"])])
def test_what_is_held_back_is_answered_for_where_nothing_else_makes_an_issue(
    tmp_path: Path, answer: str, sent: list[str]
) -> None:
    room = Newsroom(tmp_path, 'first_window = "120 days"')
    room.write("moss")
    room.send()
    room.wait(days=7)
    room.write("old", dated=room.now.replace(month=8), text="Other words than these.")
    report = room.build()
    assert (report.status, "held-back" in report.reason) == ("nothing-to-send", True)
    room.issue(report.issue).mkdir()
    room.edit(report.issue, f"held: {answer}")
    assert room.project.folders.find("latest").id == FIRST
    room.wait(days=1)
    assert build_without_a_date(room).issue == report.issue
    assert room.sent() == sent


@pytest.mark.parametrize("days", [0, 7])
def test_what_was_dropped_stays_dropped_though_its_draft_is_removed(
    room: Newsroom, days: int
) -> None:
    room.write("moss")
    issue = room.build().issue
    room.edit(issue, "drop: https://letter.example/moss")
    assert "what you dropped stays dropped" in room.build().reason
    shutil.rmtree(room.issue(issue))
    room.wait(days=days)
    room.write("moss", title="Another title for it")
    room.write("fern")
    room.build()
    assert room.sent() == ["fern"]
    decided = why(room.project, "blog-moss", "weekly", now=room.now)
    assert [(d.verdict, d.rule) for d in decided] == [("refused", "dropped")]
    room.write("fern", text="Longer now.")
    assert room.build().status == "built"
    room.wait(days=7)
    room.write("oak")
    room.build()
    assert room.sent() == ["fern", "oak"]


def test_a_drop_taken_back_before_the_draft_is_removed_is_none(room: Newsroom) -> None:
    room.write("moss")
    room.write("fern")
    issue = room.build().issue
    room.edit(issue, "drop: [https://letter.example/moss, https://letter.example/fern]")
    room.build()
    room.edit(issue, "")
    assert room.build().status == "unchanged"
    shutil.rmtree(room.issue(issue))
    room.wait(days=1)
    room.build()
    assert sorted(room.sent()) == ["fern", "moss"]


def test_a_scheduled_draft_in_which_all_was_dropped_stays_open(tmp_path: Path) -> None:
    room = Newsroom(tmp_path, 'schedule = "weekly on sunday at 00:00"')
    room.write("moss", dated=room.now.replace(month=10, day=30))
    issue = build_without_a_date(room).issue
    room.edit(issue, "drop: https://letter.example/moss")
    assert build_without_a_date(room).status == "nothing-to-send"
    room.wait(days=1)
    room.edit(issue, "subject: Mine")
    report = build_without_a_date(room)
    assert (report.issue, report.status) == (issue, "built")


def test_a_post_withdrawn_after_the_build_stops_the_approval(room: Newsroom) -> None:
    room.write("moss")
    room.write("fern")
    issue = room.build().issue
    room.withdraw("fern")
    with pytest.raises(IssueFolderError, match="was withdrawn at its source") as caught:
        approve(room.project, issue, now=room.now)
    assert caught.value.hint.startswith("Build it again")
    room.build()
    room.withdraw("moss")
    assert room.build().status == "nothing-to-send"
    with pytest.raises(IssueFolderError, match="was withdrawn") as caught:
        approve(room.project, issue, now=room.now)
    assert f"remove issues/{issue}" in caught.value.hint


# ---------------------------------------------------------------- deleted and merged


@pytest.mark.parametrize("later", [True, False], ids=["with a later issue", "the last one"])
def test_a_sealed_issues_folder_that_is_deleted_is_noticed_before_its_posts_come_again(
    room: Newsroom, tmp_path: Path, *, later: bool
) -> None:
    names = ["moss", "fern", *(["bark"] if later else [])]
    for name in names:
        room.write(name)
        room.send()
        room.wait(days=7)
    kept = shutil.move(room.issue("2026-11-08-weekly"), tmp_path / "elsewhere")
    room.write("root")
    report = room.build()
    assert "fern" not in room.sent()
    (asked,) = [d for d in report.decisions if d.title == "Title of fern"]
    assert (asked.verdict, asked.rule) == ("waiting", "missing-issue")
    assert asked.detail.startswith("may be in 2026-11-08-weekly, which was sealed and is missing")
    shutil.move(kept, room.issue("2026-11-08-weekly"))
    room.seal(report.issue)
    room.wait(days=7)
    room.build()
    assert sorted(room.sent()) == sorted([*names, "root"])


@pytest.mark.parametrize(
    "since",
    [
        "another edition is approved",
        "index.html is made anew",
        "it was sealed by an earlier version",
        "its seal was taken back",
    ],
)
def test_the_last_sealed_folder_is_missed_whatever_happens_before_the_next_build(
    room: Newsroom, since: str
) -> None:
    room.write("moss")
    room.send()
    room.wait(days=7)
    room.write("fern", "news")
    last = room.send()
    if since == "it was sealed by an earlier version":
        shutil.rmtree(room.project.folders.root / "sealed")
    if since == "its seal was taken back":
        withdraw(room.project, last)
    shutil.rmtree(room.issue(last))
    if since == "index.html is made anew":
        (room.project.folders.root / "index.html").unlink()
        mend(room.project)
    room.seal(room.build("daily").issue)  # writes index.html, where the folder is no longer listed
    room.lose_the_archive()
    room.wait(days=7)
    room.write("root")
    room.build()
    if since == "its seal was taken back":
        assert room.sent() == ["moss", "root", "fern"]  # a draft that was deleted, on purpose
    else:
        assert room.sent() == ["moss", "root"]
        (reason,) = why(room.project, "blog-fern", "weekly", now=room.now)
        assert (reason.verdict, reason.rule) == ("waiting", "missing-issue")


def test_what_the_missing_issue_took_from_an_earlier_time_does_not_come_again(
    tmp_path: Path,
) -> None:
    room = Newsroom(tmp_path, "limit = 1")
    for name in ("moss", "fern"):
        room.write(name)
    room.send()
    (waited,) = {"moss", "fern"} - set(room.sent())
    room.wait(days=7)
    room.send()
    assert room.sent()[-1] == waited
    shutil.rmtree(room.issue("2026-11-08-weekly"))
    room.wait(days=7)
    room.write("root")
    room.build()
    assert waited not in room.sent()
    (reason,) = why(room.project, f"blog-{waited}", "weekly", now=room.now)
    assert (reason.verdict, reason.rule) == ("waiting", "missing-issue")


def git(folder: Path, *words: str) -> None:
    who = ["-c", "user.name=N", "-c", "user.email=n@letter.example"]
    subprocess.run(["git", *who, *words], cwd=folder, check=True, capture_output=True)


@pytest.mark.skipif(shutil.which("git") is None, reason="git is not installed")
def test_two_editors_issues_are_merged_without_a_conflict(tmp_path: Path) -> None:
    ana = Newsroom(tmp_path / "ana", 'tags = ["ours"]')
    ana.write("first", "ours", "news")
    ana.send()
    (tmp_path / "ana" / ".gitignore").write_text(".digest/\nissues/.lock\n")
    git(tmp_path / "ana", "init", "-b", "main")
    git(tmp_path / "ana", "add", ".")
    git(tmp_path / "ana", "commit", "-m", "First")
    git(tmp_path, "clone", "ana", "ben")
    ben = Newsroom(tmp_path / "ben", 'tags = ["ours"]')
    for room, edition in ((ana, "weekly"), (ben, "daily")):
        room.now = ana.now
        room.posts = dict(ana.posts)
        room.wait(days=3)
        room.build("daily" if edition == "weekly" else "weekly")  # nothing to send: skipped
        room.write(f"new-{edition}", "ours", "news")
        room.wait(days=1)
        room.seal(room.build(edition).issue)
        git(room.project.root, "add", ".")
        git(room.project.root, "commit", "-m", edition)
    git(tmp_path / "ana", "pull", "--no-rebase", "../ben", "main")
    mend(ana.project)
    folders = ana.project.folders
    assert sorted(folders.published.ids()) == sorted(folders.sealed())
    assert len(folders.sealed()) == 3
    assert folders.skipped()
    assert "<<<<" not in (folders.root / "index.html").read_text()


@pytest.mark.skipif(shutil.which("git") is None, reason="git is not installed")
def test_a_date_that_both_editors_skipped_is_read_in_spite_of_the_conflict(tmp_path: Path) -> None:
    """They looked at different times of the day, so that both lines of the record differ."""
    ana = Newsroom(tmp_path / "ana")
    git(tmp_path / "ana", "init", "-b", "main")
    git(tmp_path / "ana", "add", "digest.toml")
    git(tmp_path / "ana", "commit", "-m", "First")
    git(tmp_path, "clone", "ana", "ben")
    ben = Newsroom(tmp_path / "ben")
    for room, hours in ((ana, 1), (ben, 3)):
        room.wait(hours=hours)
        assert room.build().status == "nothing-to-send"
        git(room.project.root, "add", "issues")
        git(room.project.root, "commit", "-m", "Nothing")
    with pytest.raises(subprocess.CalledProcessError):
        git(tmp_path / "ana", "pull", "--no-rebase", "../ben", "main")
    assert "<<<<<<<" in (ana.project.folders.root / "skipped/2026-11-01-weekly.json").read_text()
    ana.wait(days=1)
    assert ana.build().status == "nothing-to-send"  # recorded beside the conflict
    ana.wait(days=1)
    ana.write("moss")
    assert ana.build().status == "built"
    assert [skipped.dated.day for skipped in ana.project.folders.skipped()] == [1, 2]


@pytest.mark.skipif(shutil.which("git") is None, reason="git is not installed")
def test_what_one_of_two_editors_dropped_stays_dropped_in_spite_of_the_conflict(
    tmp_path: Path,
) -> None:
    """Each had nothing left to send on one date, by another drop."""
    ana = Newsroom(tmp_path / "ana")
    git(tmp_path / "ana", "init", "-b", "main")
    git(tmp_path / "ana", "add", "digest.toml")
    git(tmp_path / "ana", "commit", "-m", "First")
    git(tmp_path, "clone", "ana", "ben")
    ben = Newsroom(tmp_path / "ben")
    for room, hours, name in ((ana, 1, "moss"), (ben, 3, "fern")):
        room.write(name, text=f"Words about {name} alone.", dated=room.now)
        room.wait(hours=hours)
        issue = room.build().issue
        room.edit(issue, f"drop: https://letter.example/{name}")
        room.build()
        shutil.rmtree(room.issue(issue))
        git(room.project.root, "add", "issues")
        git(room.project.root, "commit", "-m", "Nothing")
    with pytest.raises(subprocess.CalledProcessError):
        git(tmp_path / "ana", "pull", "--no-rebase", "../ben", "main")
    ana.posts = {**ben.posts, **ana.posts}
    ana.wait(days=1)
    ana.write("oak", text="Quite another thing.")
    ana.build()
    assert ana.sent() == ["oak"]


@pytest.mark.parametrize("name", ["index.html", "feed.xml"])
@pytest.mark.parametrize("harm", ["missing", "in conflict"])
def test_what_is_derived_is_made_anew(room: Newsroom, name: str, harm: str) -> None:
    settings = room.project.root / "digest.toml"
    settings.write_text(
        settings.read_text().replace(
            '"Europe/London"', '"Europe/London"\narchive = "https://letter.example/letters/"'
        )
    )
    room.project = type(room.project)(room.project.root)
    room.project.renderer = renderer()
    room.write("moss")
    room.send()
    path = room.project.folders.root / name
    before = path.read_bytes()
    if harm == "missing":
        path.unlink()
    else:
        path.write_bytes(b"<<<<<<< HEAD\n" + before + b"=======\n" + before + b">>>>>>> main\n")
    mend(room.project)
    assert path.read_bytes() == before

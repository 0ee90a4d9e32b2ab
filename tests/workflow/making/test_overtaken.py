"""Two runs at once for one edition: whoever writes second knows of what the first one took."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path

import pytest

from digest.errors import IssueFolderError
from digest.issue.folder import IssueFolders
from digest.issue.record import Approval, IssueSummary
from digest.machine.locking import locked
from digest.models import Finding
from digest.workflow.making.building import build
from digest.workflow.making.drafting import Draft
from digest.workflow.project import Project
from digest.workflow.records import sealing
from tests.conftest import Blog
from tests.workflow.newsroom import Newsroom


@pytest.fixture
def room(tmp_path: Path) -> Newsroom:
    room = Newsroom(tmp_path, weekly='cool_down = { daily = "7 days" }')
    room.write("first", "news")
    room.send()
    room.wait(days=1)
    room.write("fern", "news")
    room.write("moss", "news")
    return room


def meanwhile(monkeypatch: pytest.MonkeyPatch, *others: Callable[[], object]) -> None:
    """Let each of some other runs finish after a draft has chosen, and before it is written."""
    left = list(others)
    render = Draft.compose_and_render

    def interrupted(draft: Draft, *rest: object) -> object:
        made = render(draft, *rest)  # type: ignore[arg-type]
        if left:
            left.pop(0)()
        return made

    monkeypatch.setattr(Draft, "compose_and_render", interrupted)


def tomorrow(room: Newsroom) -> date:
    return room.now.date() + timedelta(days=1)


def test_what_a_run_for_another_day_took_meanwhile_is_in_one_draft_only(
    room: Newsroom, monkeypatch: pytest.MonkeyPatch
) -> None:
    meanwhile(monkeypatch, lambda: room.build(dated=room.now.date()))
    second = room.build(dated=tomorrow(room))
    assert second.status == "nothing-to-send"
    assert sorted(room.sent()) == ["fern", "first", "moss"]


def test_an_earlier_day_that_was_overtaken_by_a_later_one_holds_nothing_twice(
    room: Newsroom, monkeypatch: pytest.MonkeyPatch
) -> None:
    meanwhile(monkeypatch, lambda: room.build(dated=tomorrow(room)))
    assert room.build().status == "nothing-to-send"
    assert sorted(room.sent()) == ["fern", "first", "moss"]


def test_a_run_for_the_same_day_finds_nothing_left_to_write(
    room: Newsroom, monkeypatch: pytest.MonkeyPatch
) -> None:
    meanwhile(monkeypatch, room.build)
    assert room.build().status == "unchanged"


def test_without_a_date_it_is_the_draft_that_another_run_opened(
    room: Newsroom, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Around midnight: as if it had started when the other one was done."""
    weekly = room.project.config.edition("weekly")
    opened = room.now.date()
    room.wait(days=1)
    meanwhile(monkeypatch, lambda: room.build(dated=opened))
    told = build(room.project, weekly, now=room.now)
    assert (told.issue, told.status) == (f"{opened}-weekly", "unchanged")
    assert sorted(room.sent()) == ["fern", "first", "moss"]


def test_an_edition_that_cools_down_waits_for_what_another_took_meanwhile(
    room: Newsroom, monkeypatch: pytest.MonkeyPatch
) -> None:
    meanwhile(monkeypatch, lambda: room.build("daily"))
    told = room.build()
    assert told.status == "nothing-to-send"
    assert {d.rule for d in told.decisions if d.verdict == "waiting"} == {"cool-down"}


def test_other_editions_and_their_skipped_days_cost_no_second_look(
    room: Newsroom, monkeypatch: pytest.MonkeyPatch
) -> None:
    looks = []
    select = Draft.select

    def counted(draft: Draft) -> object:
        looks.append(draft.id)
        return select(draft)

    def others() -> None:
        room.build(dated=date(2026, 10, 1))  # which is skipped: there was nothing then
        room.build(dated=date(2026, 10, 2))

    others()
    monkeypatch.setattr(Draft, "select", counted)
    meanwhile(monkeypatch, others)
    assert room.build("daily").status == "built"
    assert [id_ for id_ in looks if "daily" in id_] == [f"{room.now.date()}-daily"]


def test_a_run_that_never_gets_its_turn_says_so(
    room: Newsroom, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A disk that tells other times at each look must not keep it busy for ever."""
    ticks = iter(range(1000))
    monkeypatch.setattr(Draft, "_record", lambda _: next(ticks))
    with pytest.raises(IssueFolderError, match="again and again") as caught:
        room.build()
    assert caught.value.where == f"issues/{room.now.date()}-weekly"


def test_an_issue_that_is_built_while_it_is_approved_is_looked_at_again(
    room: Newsroom, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A seal of bytes that are gone would keep it from being delivered, and from being built."""
    draft = room.build().issue
    errors, changes = sealing._errors, [lambda: room.edit(draft, "subject: Ferns"), room.build]

    def meanwhile(project: Project, summary: IssueSummary) -> tuple[Finding, ...]:
        found = errors(project, summary)
        while changes:
            changes.pop(0)()
        return found

    monkeypatch.setattr(sealing, "_errors", meanwhile)
    with pytest.raises(IssueFolderError, match="was built anew meanwhile"):
        room.seal(draft)
    assert room.project.folders.is_draft(room.now.date(), "weekly")
    room.seal(draft)
    assert room.project.folders.read(draft).issue.subject == "Ferns"


def test_of_two_who_approve_at_once_one_is_told_that_it_is_done(
    room: Newsroom, monkeypatch: pytest.MonkeyPatch
) -> None:
    draft = room.build().issue
    errors, others = sealing._errors, [lambda: room.seal(draft)]

    def meanwhile(project: Project, summary: IssueSummary) -> tuple[Finding, ...]:
        found = errors(project, summary)
        if others:
            others.pop()()
        return found

    monkeypatch.setattr(sealing, "_errors", meanwhile)
    with pytest.raises(IssueFolderError, match="is approved already"):
        room.seal(draft)
    assert not (room.issue(draft).parent / ".publishing").exists()


@pytest.mark.parametrize("edition", ["weekly", "by-news"])
def test_nobody_builds_an_edition_while_one_of_its_issues_is_sealed(
    room: Newsroom, monkeypatch: pytest.MonkeyPatch, edition: str
) -> None:
    """One that a pattern makes has a lock of its own."""
    pattern = '[edition."by-{tag}"]\nfor_each = "tag"\ntemplate = "bare"\n'
    room.configure("[edition.daily]", f"{pattern}[edition.daily]")
    made = build(room.project, room.project.edition(edition), room.now.date(), now=room.now)
    root = room.project.folders.folder(made.issue).parent
    seal, taken = IssueFolders.seal, []

    def noted(folders: IssueFolders, approval: Approval) -> None:
        with pytest.raises(TimeoutError), locked(root / ".lock", 0):
            pass
        taken.append(root)
        seal(folders, approval)

    monkeypatch.setattr(IssueFolders, "seal", noted)
    room.seal(made.issue)
    assert taken == [root]


def test_of_two_processes_for_different_days_each_post_is_in_one_draft(blog: Blog) -> None:
    blog.configure("")
    ask = [sys.executable, "-m", "digest", "--project", str(blog.root)]
    subprocess.run([*ask, "-q", "collect"], check=True)
    runs = [
        subprocess.Popen(
            [*ask, "build", "weekly", "--no-collect", "--date", day],
            stdout=subprocess.DEVNULL,
            stderr=subprocess.PIPE,
        )
        for day in ("2026-10-08", "2026-10-09")
    ]
    said = [run.communicate(timeout=60)[1].decode() for run in runs]
    assert sorted(run.returncode for run in runs) == [0, 3], said

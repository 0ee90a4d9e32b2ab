"""Which issue a `build` without a date is for, and what `build --all` builds."""

from __future__ import annotations

from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from digest.errors import DigestError
from digest.models import Edition
from digest.workflow.making.aiming import Target, after, target
from digest.workflow.many import build_all, waves
from tests.workflow.newsroom import Newsroom

MONDAYS = 'schedule = "weekly on monday at 08:00"'


def at(day: int, hour: int = 12, month: int = 11) -> datetime:
    return datetime(2026, month, day, hour, tzinfo=UTC)


@pytest.fixture
def room(tmp_path: Path) -> Newsroom:
    """A newsroom on Wednesday, 11 November 2026, whose weekly edition comes out on Mondays."""
    made = Newsroom(tmp_path, MONDAYS)
    made.now = at(7)
    made.write("saturday")
    made.now = at(9, 9)
    made.write("monday")
    made.now = at(11)
    return made


def test_it_is_the_last_one_the_schedule_named_cut_off_at_its_hour(room: Newsroom) -> None:
    report = room.build()
    assert (report.issue, report.status, room.sent()) == (
        "2026-11-09-weekly",
        "built",
        ["saturday"],
    )
    assert report.upcoming == date(2026, 11, 16)
    (issue,) = room.project.folders.all("weekly")
    assert issue.window.cutoff_at == at(9, 8)


def test_missed_runs_are_made_up_for_by_one_issue(room: Newsroom) -> None:
    room.build()
    room.now = at(9, month=12)
    assert room.build().issue == "2026-12-07-weekly"
    assert room.sent() == ["saturday", "monday"]
    assert room.build().status == "unchanged"
    assert len(room.project.folders.all("weekly")) == 2


def test_a_draft_that_is_due_is_built_again_with_what_its_editor_wrote(room: Newsroom) -> None:
    issue = room.build().issue
    room.edit(issue, "subject: Two pots")
    assert room.build().status == "built"
    assert room.project.folders.read(issue).issue.subject == "Two pots"


def test_after_a_later_issue_nothing_is_due_and_the_next_date_is_named(room: Newsroom) -> None:
    room.build(dated=date(2026, 11, 10))
    report = room.build()
    assert (report.status, report.is_due) == ("nothing-to-send", False)
    assert report.reason == "nothing is due before Monday 2026-11-16 08:00"
    assert not (room.project.folders.root / "skipped.json").exists()


def test_a_skipped_date_is_tried_again_on_its_day_and_then_left_to_the_next(tmp_path: Path) -> None:
    room = Newsroom(tmp_path, f"{MONDAYS}\nmin_posts = 2")
    room.now = at(8)
    room.write("sunday")
    room.now = at(9, 9)
    report = room.build()
    assert (report.status, report.is_due) == ("nothing-to-send", True)
    assert report.reason == "1 new post, but min_posts = 2; 1 post waits (min-posts)"
    room.write("backdated", dated=at(8, 13))
    room.now = at(10)
    assert room.build().reason.endswith("; that of 2026-11-09 was skipped")
    room.now = at(16, 9)
    assert room.build().status == "built"
    assert sorted(room.sent()) == ["backdated", "sunday"]


def test_a_date_of_the_schedule_is_cut_off_at_its_hour_and_another_at_its_end(
    room: Newsroom,
) -> None:
    room.now = at(20)
    room.build(dated=date(2026, 11, 9))
    room.build(dated=date(2026, 11, 10))
    cutoffs = [issue.window.cutoff_at for issue in room.project.folders.all("weekly")]
    assert cutoffs == [at(9, 8), at(11, 0)]


def test_the_hour_is_the_clocks_own_across_daylight_saving(tmp_path: Path) -> None:
    room = Newsroom(tmp_path, 'schedule = "weekly on sunday at 01:30"')
    room.now = datetime(2026, 10, 20, tzinfo=UTC)
    room.write("post")
    for now in (datetime(2026, 10, 25, 3, tzinfo=UTC), datetime(2027, 3, 28, 3, tzinfo=UTC)):
        room.now = now
        room.write(f"at-{now:%m}", dated=now.replace(hour=0))
        room.build()
    first, second = room.project.folders.all("weekly")
    # 01:30 comes twice in October (the first counts) and never in March (clocks go on to 02:00).
    assert first.window.cutoff_at == datetime(2026, 10, 25, 0, 30, tzinfo=UTC)
    assert second.window.cutoff_at == datetime(2027, 3, 28, 1, tzinfo=UTC)


def test_all_builds_what_is_due_and_an_edition_without_a_schedule_today(tmp_path: Path) -> None:
    room = Newsroom(tmp_path, MONDAYS)
    room.now = at(8)
    room.write("news", "news")
    room.now = at(11)
    room.write("more", "news")
    made = build_all(room.project, list(room.project.config.editions.values()), now=room.now)
    issues = {
        name: report.issue for name, report in made.items() if not isinstance(report, DigestError)
    }
    assert issues == {"weekly": "2026-11-09-weekly", "daily": "2026-11-11-daily"}


def test_an_edition_is_built_after_those_it_cools_down_from(tmp_path: Path) -> None:
    room = Newsroom(tmp_path, 'cool_down = {daily = "7 days"}')
    room.write("news", "news")
    room.write("other")
    build_all(room.project, list(room.project.config.editions.values()), now=room.now)
    assert (room.sent("daily"), room.sent("weekly")) == (["news"], ["other"])
    room.wait(days=8)
    room.build()
    assert room.sent("weekly") == ["other", "news"]


def test_editions_that_cool_down_from_each_other_come_last() -> None:
    def edition(name: str, *others: str) -> Edition:
        return Edition(name=name, title="", cool_down=dict.fromkeys(others, "1 day"))

    editions = [edition("c", "a"), edition("a"), edition("d", "e"), edition("e", "d"), edition("b")]
    assert waves(editions) == [{"a", "b"}, {"c"}, {"d", "e"}]


def test_one_edition_that_fails_does_not_stop_the_others(tmp_path: Path) -> None:
    room = Newsroom(tmp_path)
    room.write("news", "news")
    broken = room.issue("2026-11-01-weekly")
    broken.mkdir(parents=True)
    made = build_all(room.project, list(room.project.config.editions.values()), now=room.now)
    assert isinstance(made["weekly"], DigestError)
    assert not isinstance(made["daily"], DigestError)
    assert room.sent("daily") == ["news"]


def test_several_processes_build_the_same_issues(tmp_path: Path) -> None:
    rooms = [Newsroom(tmp_path / name) for name in ("one", "two")]
    found = []
    for jobs, room in enumerate(rooms, 1):
        (room.project.root / "digest.toml").write_text(
            (room.project.root / "digest.toml").read_text().replace('"bare"', '"weekly"')
        )
        room.project = type(room.project)(room.project.root)
        room.write("news", "news")
        build_all(
            room.project, list(room.project.config.editions.values()), now=room.now, jobs=jobs
        )
        found.append(
            {p.name: (p / "email.html").read_bytes() for p in room.project.folders.root.glob("2*")}
        )
    assert set(found[0]) == {"2026-11-01-weekly", "2026-11-01-daily"}
    assert found[0] == found[1]


def test_without_a_schedule_a_draft_of_the_week_or_one_that_was_edited_is_meant(
    tmp_path: Path,
) -> None:
    room = Newsroom(tmp_path)
    weekly = room.project.config.edition("weekly")
    room.write("moss")
    issue = room.build().issue

    def meant(day: int) -> Target:
        return target(room.project, weekly, at(day))

    first, eighth = date(2026, 11, 1), date(2026, 11, 8)
    assert meant(1) == Target(dated=first)
    assert meant(7) == Target(dated=first, is_open=True)
    assert meant(8) == Target(dated=eighth)
    for choices in ("subject: Two pots", "drop: 7"):
        room.edit(issue, choices)
        assert meant(8) == Target(dated=first, is_open=True)
    room.edit(issue, "subject: Moss")
    room.build()
    room.seal(issue)
    assert meant(8) == Target(dated=eighth)


def test_a_date_that_was_skipped_is_meant_on_its_day_alone(tmp_path: Path) -> None:
    room = Newsroom(tmp_path, f"{MONDAYS}\nmin_posts = 2")
    weekly = room.project.config.edition("weekly")
    room.now = at(8)
    room.write("sunday")
    room.now = at(9, 9)
    room.build()
    ninth, sixteenth = date(2026, 11, 9), date(2026, 11, 16)
    assert target(room.project, weekly, at(9, 10)) == Target(dated=ninth, upcoming=sixteenth)
    assert target(room.project, weekly, at(10)) == Target(
        dated=sixteenth,
        is_due=False,
        upcoming=sixteenth,
        why_not="nothing is due before Monday 2026-11-16 08:00; that of 2026-11-09 was skipped",
    )


@pytest.mark.parametrize(
    ("aim", "today", "next_"),
    [
        (Target(dated=date(2026, 11, 9)), 9, 10),
        (Target(dated=date(2026, 11, 9)), 12, 13),
        (Target(dated=date(2026, 11, 14)), 12, 15),
        (Target(dated=date(2026, 11, 9), upcoming=date(2026, 11, 16)), 12, 16),
    ],
    ids=["today's", "one of before", "one to come", "by a schedule"],
)
def test_the_issue_after_one_that_is_sealed(
    room: Newsroom, aim: Target, today: int, next_: int
) -> None:
    weekly = room.project.config.edition("weekly")
    assert after(room.project, weekly, aim, at(today)) == date(2026, 11, next_)

"""Earlier issues, once later ones exist: made again from issue.json alone, or built again from the archive."""

from __future__ import annotations

import shutil
import tempfile
from contextlib import suppress
from pathlib import Path

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from digest.errors import CheckFailed, IssueFolderError
from digest.workflow.project import Project
from digest.workflow.records import approve, rebuild
from tests.workflow.histories.test_history import History
from tests.workflow.newsroom import Newsroom

OUTPUTS = ["email.html", "email.txt", "message.eml", "web.html"]
WHATEVER = ["publish", "publish", "late", "edit", "redate", "retag", "withdraw", "weekly", "weekly", "daily",
            "drop", "rebuild", "delete"]  # fmt: skip
NOTHING_TAKEN_BACK = ["publish", "publish", "publish", "late", "edit", "weekly", "weekly", "daily"]


def events(names: list[str]) -> st.SearchStrategy[list[tuple[str, int, int]]]:
    return st.lists(
        st.tuples(st.sampled_from(names), st.integers(0, 12), st.integers(0, 40)),
        min_size=6,
        max_size=25,
    )


keys = st.tuples(
    st.just('tags = ["ours"]'),
    st.sampled_from(["", "min_posts = 2"]),
    st.sampled_from(["", 'since = "3 days"']),
    st.sampled_from(["", 'settle = "1 day"', 'cool_down = {daily = "5 days"}']),
    st.sampled_from(["", 'schedule = "daily at 01:30"']),
)


def history(folder: str, lines: tuple[str, ...], happened: list[tuple[str, int, int]]) -> History:
    made = History(Newsroom(Path(folder), "\n".join(filter(None, lines))))
    for event in happened:
        made.happen(*event)
    return made


def outputs(room: Newsroom) -> dict[str, dict[str, bytes]]:
    return {
        issue.id: {path.name: path.read_bytes() for path in sorted(issue.folder.iterdir())}
        for issue in room.project.folders.all()
    }


@settings(max_examples=15)
@given(
    happened=events(WHATEVER),
    lines=keys,
    limit=st.sampled_from(["", "limit = 2"]),
    sealed=st.booleans(),
)
def test_any_issue_is_made_again_from_its_record_byte_for_byte(
    happened: list[tuple[str, int, int]], lines: tuple[str, ...], limit: str, sealed: bool
) -> None:
    """Whatever happened since: with neither archive nor template nor configuration of the edition."""
    with tempfile.TemporaryDirectory() as folder:
        room = history(folder, (*lines, limit), happened).room
        before = outputs(room)
        if sealed:
            for name in before:
                with suppress(
                    IssueFolderError
                ):  # editor.md may say what too few posts kept from being built
                    approve(room.project, name, anyway="a bare template", now=room.now)
            before = outputs(room)
        shutil.rmtree(Path(folder) / ".digest")
        (Path(folder) / "digest.toml").write_text('[newsletter]\nname = "Another"\n')
        bare = Project(Path(folder))
        for number, name in enumerate(before):
            rebuild(bare, name, check=True)
            gone = OUTPUTS[number % len(OUTPUTS)]
            (room.issue(name) / gone).unlink()
            (room.issue(name) / OUTPUTS[(number + 1) % len(OUTPUTS)]).write_text(
                "Somebody's notes."
            )
            with pytest.raises(CheckFailed, match=gone):
                rebuild(bare, name, check=True)
            rebuild(bare, name)
        assert outputs(room) == before


@settings(max_examples=15)
@given(happened=events(NOTHING_TAKEN_BACK), lines=keys, which=st.integers(0, 20))
@example(  # a first draft reached back to the one post there was, and then another came
    happened=[*[("publish", 0, 0)] * 3, ("late", 6, 0), ("weekly", 0, 0), ("publish", 1, 0)],
    lines=('tags = ["ours"]', "", "", "", ""),
    which=0,
)
def test_an_earlier_draft_built_again_keeps_its_posts_and_takes_none_of_another_issue(
    happened: list[tuple[str, int, int]], lines: tuple[str, ...], which: int
) -> None:
    """Later drafts stay as they were, and so does its number; what came late for it may join."""
    with tempfile.TemporaryDirectory() as folder:
        room = history(folder, lines, happened).room
        issues = room.project.folders.all("weekly")
        if not issues:
            return
        asked = issues[which % len(issues)]
        before = outputs(room)
        report = room.build(dated=asked.dated)
        again = next(issue for issue in room.project.folders.all("weekly") if issue.id == asked.id)
        assert (report.number, again.number) == (asked.number, asked.number)
        assert {post.id for post in asked.posts} <= {post.id for post in again.posts}
        elsewhere = {post.id for issue in issues if issue.id != asked.id for post in issue.posts}
        assert not elsewhere & {post.id for post in again.posts}
        assert outputs(room) | {asked.id: {}} == before | {asked.id: {}}


def test_a_draft_keeps_what_another_edition_sent_after_it(tmp_path: Path) -> None:
    """The other issue is of the same date, so that its posts would have to cool down."""
    room = Newsroom(tmp_path, 'cool_down = {daily = "5 days"}')
    room.write("moss", "news")
    room.build()
    room.write("fern", "news")
    room.build("daily")
    room.build()
    assert sorted(room.sent()) == ["moss"]
    room.wait(days=7)
    room.build()
    assert sorted(room.sent()) == ["fern", "moss"]


@pytest.mark.parametrize("template", ["weekly", "briefing", "series"])
def test_every_templates_first_issue_is_made_again_after_a_later_one(
    tmp_path: Path, template: str
) -> None:
    room = Newsroom(tmp_path)
    text = (tmp_path / "digest.toml").read_text().replace('"bare"', f'"{template}"')
    (tmp_path / "digest.toml").write_text(text)
    room.project = Project(tmp_path)
    for week in range(3):
        room.write(f"moss-{week}", "roofs", text=f"Moss & <em>shade</em>, week {week}.")
        room.write("moss-0", title=f"Moss, told again in week {week}")
        room.build()
        room.wait(days=7)
    before = outputs(room)
    shutil.rmtree(tmp_path / ".digest")
    for name in before:
        for output in OUTPUTS:
            (room.issue(name) / output).unlink()
        rebuild(Project(tmp_path), name)
    assert (len(before), outputs(room)) == (3, before)

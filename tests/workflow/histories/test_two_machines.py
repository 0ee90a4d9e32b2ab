"""Two editors with git, or a runner with an empty archive: `issues/` is all that they share."""

from __future__ import annotations

import shutil
import tempfile
from collections import Counter
from datetime import timedelta
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from digest.errors import IssueFolderError
from digest.models import replace
from digest.workflow.records import refuse_doubled, withdraw
from digest.workflow.sending.delivering import Handover, deliver
from digest.workflow.telling.explaining import why
from tests.workflow.newsroom import Newsroom

OURS = 'tags = ["ours"]'


class Desk:
    """Hold two machines that share `issues/` and read the same blog, each with its own archive."""

    def __init__(self, root: Path, weekly: str = OURS) -> None:
        (root / "issues").mkdir()
        self.machines = [Newsroom(root / name, weekly) for name in ("ana", "ben")]
        for machine in self.machines:
            (machine.project.root / "issues").symlink_to(root / "issues")
            machine.posts = self.machines[0].posts

    def wait(self, **length: float) -> None:
        """Let time pass on both."""
        for machine in self.machines:
            machine.wait(**length)


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    return Desk(tmp_path)


def test_a_post_that_one_machine_had_and_the_other_did_not_comes_in_the_next_issue(
    desk: Desk,
) -> None:
    ana, ben = desk.machines
    ben.write("first", "ours")
    desk.wait(hours=1)
    ben.build()
    desk.wait(days=2)
    ana.write("tuesday", "ours")
    desk.wait(days=2)
    ben.posts = dict(ana.posts)
    del ben.posts["tuesday"]
    ben.write("thursday", "ours")
    desk.wait(hours=1)
    ben.send()
    desk.wait(days=7)
    ana.write("thursday", "ours")
    assert [
        (r.verdict, r.rule) for r in why(ana.project, "blog-tuesday", "weekly", now=ana.now)
    ] == [("chosen", "late")]
    ana.build()
    assert sorted(ana.sent()) == ["first", "thursday", "tuesday"]


def test_a_post_of_a_source_that_was_commented_out_for_one_issue_comes_in_the_next(
    desk: Desk,
) -> None:
    """It was collected before, so that this machine knew it all the while."""
    ana = desk.machines[0]
    ana.write("first", "ours")
    desk.wait(hours=1)
    ana.send()
    desk.wait(days=3)
    ana.write("tuesday", "ours")
    desk.wait(days=4)
    ana.configure('"blog"', '"other"')
    told = replace(ana._pair("first", ana.posts["first"])[1], id="other-new", source="other")
    item = ana._pair("first", {**ana.posts["first"], "dated": ana.now})[0]
    told = replace(told, url="https://other.example/new", title="New", published_at=ana.now)
    with ana.project.archive() as archive:
        archive.store("other", [(replace(item, url=told.url, title="New"), told)], now=ana.now)
    ana.wait(hours=1)
    ana.send()
    ana.configure('"other"', '"blog"')
    desk.wait(days=7)
    assert [
        (r.verdict, r.rule) for r in why(ana.project, "blog-tuesday", "weekly", now=ana.now)
    ] == [("chosen", "late")]
    ana.build()
    assert sorted(ana.sent()) == ["first", "other-new", "tuesday"]


def test_a_post_tagged_only_now_comes_though_the_archive_was_lost(desk: Desk) -> None:
    ana, ben = desk.machines
    ana.write("known", "ours")
    ana.write("untagged", "news")
    desk.wait(hours=1)
    ana.build()
    desk.wait(days=7)
    ben.write("untagged", "news", "ours")
    ben.lose_the_archive()
    ben.build()
    assert sorted(ben.sent()) == ["known", "untagged"]


def test_old_posts_do_not_come_because_the_edition_asks_for_more(desk: Desk) -> None:
    ana, ben = desk.machines
    ana.write("known", "ours")
    ana.write("others", "theirs")
    desk.wait(hours=1)
    ana.build()
    desk.wait(days=7)
    ben.configure(OURS, 'tags = ["ours", "theirs"]')
    ben.lose_the_archive()
    ben.write("new", "theirs")
    ben.build()
    assert sorted(ben.sent()) == ["known", "new"]


def _unaware(root: Path) -> tuple[Newsroom, Newsroom]:
    """Return two machines of which one has sent "fern", and the other is about to."""
    ana, ben = (Newsroom(root / name) for name in ("ana", "ben"))
    for machine in (ana, ben):
        machine.write("first")
        machine.send()
        machine.wait(days=1)
        machine.write("fern")
    ana.send()
    ben.wait(days=1)
    ben.write("moss")
    return ana, ben


def test_two_drafts_of_one_post_are_not_both_approved(tmp_path: Path) -> None:
    """Each editor built before git brought the other's issue; both had become number 2."""
    ana, ben = _unaware(tmp_path)
    draft = ben.build().issue
    assert sorted(ben.sent()) == ["fern", "first", "moss"]
    theirs = ana.project.folders.root
    shutil.copytree(theirs, ben.project.folders.root, dirs_exist_ok=True)
    with pytest.raises(IssueFolderError, match="was sealed in 2026-11-02-weekly after") as caught:
        ben.seal(draft)
    assert caught.value.hint.startswith("Build it again: digest build weekly --date 2026-11-03.")
    ben.build()
    ben.seal(draft)
    assert ben.sent() == ["first", "fern", "moss"]
    assert [issue.number for issue in ben.project.folders.all("weekly")] == [1, 2, 3]


def test_of_two_issues_of_one_post_that_were_both_sealed_only_the_first_is_delivered(
    tmp_path: Path,
) -> None:
    """Each machine sealed its own before git brought the other's."""
    ana, ben = _unaware(tmp_path)
    ben.send()
    shutil.copytree(ana.project.folders.root, ben.project.folders.root, dirs_exist_ok=True)
    first, theirs, ours = (issue.id for issue in ben.project.folders.all("weekly"))
    folders = ben.project.folders
    for issue in (first, theirs):
        refuse_doubled(ben.project, folders.summary(issue))
    with pytest.raises(IssueFolderError, match=f'"Title of fern" is in {theirs}, too') as caught:
        deliver(ben.project, ours, Handover(to="buttondown", dry_run=True))
    assert caught.value.hint.endswith("digest build weekly --date 2026-11-03.")
    withdraw(ben.project, ours)
    ben.build()
    ben.seal(ours)
    assert ben.sent() == ["first", "fern", "moss"]
    refuse_doubled(ben.project, folders.summary(ours))


def test_what_is_pinned_again_is_approved_though_another_issue_holds_it(tmp_path: Path) -> None:
    room = Newsroom(tmp_path)
    room.write("first")
    room.send()
    room.wait(days=1)
    room.write("fern")
    draft = room.build().issue
    room.edit(draft, "pin: blog-first")
    room.build()
    room.seal(draft)
    assert room.sent() == ["first", "first", "fern"]


EVENTS = ["publish", "publish", "late", "retag", "redate", "collect", "build", "build", "lose"]


@settings(max_examples=25)
@given(
    events=st.lists(
        st.tuples(
            st.sampled_from(EVENTS), st.integers(0, 1), st.integers(0, 12), st.integers(1, 60)
        ),
        min_size=5,
        max_size=25,
    ),
    limit=st.sampled_from(["", "limit = 2"]),
)
def test_no_post_is_lost_or_sent_twice_whichever_machine_builds(
    events: list[tuple[str, int, int, int]], limit: str
) -> None:
    """Posts come, late too, are retagged and redated, archives are lost, and each machine builds."""
    with tempfile.TemporaryDirectory() as folder:
        desk = Desk(Path(folder), "\n".join(filter(None, [OURS, limit])))
        for event, at, which, hours in events:
            desk.wait(hours=hours, seconds=1)
            _happen(desk.machines[at], event, which)
        desk.wait(days=60)
        # until nothing comes from either machine any more
        idle = 0
        for turn in range(30):
            desk.wait(days=2)
            machine = desk.machines[turn % 2]
            machine.collect()
            report = machine.build()
            idle = idle + 1 if report.status == "nothing-to-send" else 0
            if idle == 4:
                break
        asked = {
            d.id.removeprefix("blog-") for d in report.decisions if d.rule in ("held-back", "twin")
        }
        room = desk.machines[0]
        counted = Counter(room.sent())
        assert not [name for name, times in counted.items() if times > 1]
        windows = [issue.window for issue in room.project.folders.all("weekly")]
        if not windows:
            return
        begun = min(window.start_at for window in windows)
        due = {
            name for name, told in room.posts.items()
            if "ours" in told["tags"] and told["dated"] >= begun
        }  # fmt: skip
        assert due <= set(counted) | asked


def _happen(room: Newsroom, event: str, which: int) -> None:
    if event in ("publish", "late"):
        dated = room.now - timedelta(hours=31 * which if event == "late" else 0)
        room.write(f"p{len(room.posts)}", *(["ours"] if which % 3 else []), dated=dated)
    elif event == "build":
        room.build()
    elif event == "collect":
        room.collect()
    elif event == "lose":
        room.lose_the_archive()
    elif room.posts:
        name = sorted(room.posts)[which % len(room.posts)]
        if event == "retag":
            room.write(name, *({"ours"} ^ set(room.posts[name]["tags"])))
        else:
            room.write(name, dated=room.now - timedelta(hours=which * 13 - 40))

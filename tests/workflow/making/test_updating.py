"""Posts that changed after they were sent: proposed once, told only when the editor says so."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from digest.errors import EditorError
from digest.models import Decision
from digest.workflow.project import Project
from digest.workflow.telling.explaining import why
from tests.workflow.newsroom import Newsroom

MOSS = "https://letter.example/moss"


@pytest.fixture
def room(tmp_path: Path) -> Newsroom:
    """A newsroom whose first issue held "moss", corrected two days later."""
    made = Newsroom(tmp_path)
    made.write("moss", text="Moss asks little of a roof, and gives a home to many.")
    made.build()
    made.wait(days=2)
    made.write("moss", text="Moss asks little of a roof.</p><p>Correction: it asks for shade.")
    made.write("swifts")
    made.wait(days=1)
    return made


def updated(decisions: tuple[Decision, ...]) -> list[tuple[str, str]]:
    return [(d.verdict, d.detail) for d in decisions if d.rule == "updated"]


def test_a_change_is_proposed_in_the_next_issue_and_never_counted(room: Newsroom) -> None:
    report = room.build()
    ((verdict, detail),) = updated(report.decisions)
    assert verdict == "waiting"
    assert detail.startswith('in 2026-11-01-weekly; it says "Correction: it asks for shade."')
    assert report.posts == ("https://letter.example/swifts",)
    text = (room.issue(report.issue) / "editor.md").read_text()
    assert (
        f"# updates:            # changed since readers got them; told only if you say so\n#   - {MOSS}\n"
        in text
    )
    assert room.project.folders.read(report.issue).issue.updates == ()


def test_it_is_told_once_the_editor_lists_it_linking_the_first_issue(room: Newsroom) -> None:
    folder = room.issue(room.build().issue)
    text = (folder / "editor.md").read_text()
    (folder / "editor.md").write_text(
        text.replace("# updates:", "updates:").replace(f"#   - {MOSS}\n#   ", f"  - {MOSS}\n  ")
    )
    report = room.build()
    assert updated(report.decisions)[0][0] == "chosen"
    issue = json.loads((folder / "issue.json").read_text())["issue"]
    (told,) = issue["updates"]
    assert (told["permalink"], told["excerpt"]) == (MOSS, "Correction: it asks for shade.")
    assert told["first_sent"]["title"] == "First sent with issue 1, 1 November 2026"
    assert room.sent() == ["moss", "swifts"]
    assert room.build().status == "unchanged"


def test_the_same_change_is_not_proposed_again(room: Newsroom) -> None:
    room.build()
    room.wait(days=7)
    room.write("bees")
    assert updated(room.build().decisions) == []


def test_a_small_change_is_not_proposed_but_may_be_told(room: Newsroom) -> None:
    room.build()
    room.wait(days=2)
    room.write("swifts", text="All the words of swifts!")
    room.write("bees")
    report = room.build()
    assert updated(report.decisions) == []
    room.edit(report.issue, "updates: [https://letter.example/swifts]")
    assert [verdict for verdict, _ in updated(room.build().decisions)] == ["chosen"]


@pytest.mark.parametrize(
    ("named", "hint"),
    [
        ("https://letter.example/mos", f"Did you mean {MOSS}?"),
        ("https://letter.example/bees", f"Proposed: {MOSS}."),
        ("yes", f"Proposed: {MOSS}."),
    ],
)
def test_an_update_of_what_was_never_sent_is_an_error_with_its_place(
    room: Newsroom, named: str, hint: str
) -> None:
    """A misspelt address, a post of this very issue, a word; `why` says the same."""
    room.write("bees")
    issue = room.build().issue
    room.edit(issue, f"updates:\n  - {named}")
    said = f'issues/{issue}/editor.md:3: updates: no earlier issue holds "{named}". {hint}'
    with pytest.raises(EditorError) as caught:
        room.build()
    assert str(caught.value) == said
    room.write("ferns")
    with pytest.raises(EditorError) as caught:
        why(room.project, "https://letter.example/ferns", "weekly", now=room.now)
    assert str(caught.value) == said


def test_an_update_in_the_first_issue_is_an_error(tmp_path: Path) -> None:
    """Nothing was sent before."""
    room = Newsroom(tmp_path)
    room.write("moss")
    issue = room.build().issue
    room.edit(issue, f"updates: {MOSS}")
    with pytest.raises(EditorError, match=r"issues/.*/editor\.md:2: updates: no earlier issue"):
        room.build()


def test_a_withdrawn_post_is_neither_proposed_nor_told(room: Newsroom) -> None:
    room.edit(room.build().issue, f"updates: [{MOSS}]")
    room.withdraw("moss")
    assert updated(room.build().decisions) == []
    (reason,) = why(room.project, MOSS, "weekly", now=room.now)
    assert (reason.verdict, reason.rule) == ("chosen", "window")
    assert reason.detail.endswith("; withdrawn: its source no longer holds it")


@pytest.mark.parametrize("template", ["weekly", "briefing", "series"])
def test_every_template_tells_it_after_the_posts(tmp_path: Path, template: str) -> None:
    room = Newsroom(tmp_path)
    settings = tmp_path / "digest.toml"
    archive = 'name = "The Letter"\narchive = "https://letter.example/letters/"'
    settings.write_text(
        settings.read_text()
        .replace('"bare"', f'"{template}"')
        .replace('name = "The Letter"', archive)
    )
    room.project = Project(tmp_path)
    room.write("moss")
    room.build()
    room.write("moss", title="Moss, again")
    room.write("swifts")
    room.wait(days=7)
    folder = room.issue(room.build().issue)
    assert "Updated since we wrote" not in (folder / "email.html").read_text()
    (folder / "editor.md").write_text(f"---\nupdates: [{MOSS}]\n---\n")
    room.build()
    for name in ("email.html", "email.txt", "web.html"):
        text = (folder / name).read_text()
        assert (
            text.index("Title of swifts")
            < text.index("Updated since we wrote")
            < text.rindex("Moss, again")
        )
        assert "https://letter.example/letters/2026-11-01-weekly/web.html" in text


def test_what_was_told_once_is_not_told_again_until_it_changes(room: Newsroom) -> None:
    """Copying last week's editor.md is no reason to correct the same thing twice."""
    first = room.build().issue
    room.edit(first, f"updates: [{MOSS}]")
    assert updated(room.build().decisions)[0][0] == "chosen"
    room.wait(days=7)
    room.write("ferns")
    second = room.build().issue
    room.edit(second, f"updates: [{MOSS}]")
    assert updated(room.build().decisions) == [
        ("refused", f"in 2026-11-01-weekly; told in {first}, and has not changed since")
    ]
    assert room.project.folders.read(second).issue.updates == ()
    room.write("moss", text="Quite other words.</p><p>Correction: it asks for sun.")
    assert updated(room.build().decisions)[0][0] == "chosen"


def test_a_post_that_is_pinned_again_is_decided_on_once(tmp_path: Path) -> None:
    """It comes as it is now; that it changed is then nothing to tell."""
    room = Newsroom(tmp_path)
    room.write("moss", text="All the words that moss had at first.")
    room.send()
    room.wait(days=7)
    room.write("moss", text="Quite another text stands here by now.")
    room.write("fern")
    issue = room.build().issue
    room.edit(issue, "pin: blog-moss")
    decided = [(d.id, d.rule) for d in room.build().decisions]
    assert sorted(decided) == [("blog-fern", "window"), ("blog-moss", "pinned")]


def test_a_copy_of_what_a_sent_post_says_by_now_is_that_post(tmp_path: Path) -> None:
    room = Newsroom(tmp_path, daily="title = 'Daily'")
    room.write("moss", "news", title="Moss", text="All the words that moss had at first.")
    room.send()
    room.seal(room.build("daily").issue)
    room.wait(days=7)
    now = {"title": "Moss", "text": "What it says now that somebody corrected it."}
    room.write("moss", **now)
    room.write("copy", **now)
    room.write("fern")
    room.build()
    assert room.sent() == ["moss", "fern"]
    sent = "by the same title and text"
    assert [(r.rule, r.detail) for r in why(room.project, "blog-copy", now=room.now)] == [
        ("already-sent", f"in 2026-11-01-weekly, {sent}"),
        ("already-sent", f"in 2026-11-01-daily, {sent}"),  # though it has none of its tags
    ]

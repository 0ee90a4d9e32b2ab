"""The preview follows what is edited, and says calmly what is wrong with it."""

from __future__ import annotations

import json
import os
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import NoReturn

import pytest

from digest.preview import following, watching
from digest.preview.server import Preview
from digest.workflow.project import Project, shipped_templates
from tests.conftest import Blog
from tests.preview.conftest import ISSUE, Events, Visitor, running


def edit(path: Path, change: Callable[[str], str]) -> None:
    """Save a file as careful editors do: beside the old one, then in its place."""
    beside = path.with_name(path.name + "~")
    beside.write_text(change(path.read_text()))
    beside.replace(path)


def until(events: Events, visitor: Visitor, path: str, words: str) -> str:
    """Return the page once it holds the words; only events make us look again."""
    while words not in (page := visitor.get(path)):
        assert events.next()[0] == "shown"
    return page


def test_words_written_into_editor_md_appear(visitor: Visitor) -> None:
    """In all three versions, and on disk."""
    events = visitor.events()
    edit(visitor.folder / "editor.md", lambda text: text + "\nThe swifts are early this year.\n")
    assert events.next() == ("shown", "2")
    for path in ("/issue/email.html", "/text", "/issue/web.html"):
        assert "The swifts are early this year." in visitor.get(path)
    assert "swifts are early" in (visitor.folder / "email.html").read_text()


def test_a_mistake_is_told_and_the_last_good_issue_stays(visitor: Visitor) -> None:
    """The banner names the line and the way out, and leaves when the mistake is mended."""
    events, file = visitor.events(), visitor.folder / "editor.md"
    good = visitor.get("/issue/email.html")
    before = file.read_text()
    file.write_text("---\nsubjekt: Early\n---\n")
    page = until(events, visitor, "/", "unknown key")
    assert f"issues/{ISSUE}/editor.md:2" in page
    assert "Did you mean" in page
    assert visitor.get("/issue/email.html") == good
    file.write_text(before.replace("---\n", "---\nsubject: Early swifts\n", 1))
    page = until(events, visitor, "/", "Early swifts</h1>")
    assert "<ul></ul>" in page


def test_a_changed_post_appears(visitor: Visitor, garden: Blog) -> None:
    """Its source is read again, nothing else is."""
    events = visitor.events()
    garden.write("one", "Counting the martins", "2026-10-05T09:00:00Z", "birds", "They came back early.")
    until(events, visitor, "/text", "Counting the martins")


def test_a_new_post_in_a_new_folder_appears(visitor: Visitor, garden: Blog) -> None:
    events = visitor.events()
    garden.write("2026/three", "A roof of moss", "2026-10-06T09:00:00Z", "roofs", "Moss asks little.")
    until(events, visitor, "/text", "A roof of moss")
    garden.write("2026/three", "A roof of sedum", "2026-10-06T09:00:00Z", "roofs", "Sedum asks less.")
    until(events, visitor, "/text", "A roof of sedum")


def test_a_post_that_breaks_is_told_until_it_is_mended(visitor: Visitor, garden: Blog) -> None:
    """Also while other things change."""
    events = visitor.events()
    post = garden.root / "posts" / "one.md"
    before = post.read_text()
    post.write_text(before.replace("title: ", "title: [", 1))
    until(events, visitor, "/", "one.md")
    edit(visitor.folder / "editor.md", lambda text: text + "\nSwifts are early.\n")
    until(events, visitor, "/issue/email.html", "Swifts are early.")
    assert "one.md" in visitor.get("/")
    post.write_text(before)
    until(events, visitor, "/", "<ul></ul>")


@pytest.mark.xfail(strict=False, reason="the file watcher may lag behind on a busy machine")
def test_a_changed_configuration_is_taken_in(visitor: Visitor, garden: Blog) -> None:
    """Broken, then mended with another name and a second folder of posts, which is followed from then on."""
    events = visitor.events()
    (garden.root / "digest.toml").write_text("[newsletter\n")
    until(events, visitor, "/", "digest.toml")
    more = garden.root / "notes"
    more.mkdir()
    source = (
        f'[[source]]\nname = "notes"\nkind = "markdown"\npath = "{more.name}"\nurl = "https://n.example/"\n'
    )
    garden.configure(source)
    edit(garden.root / "digest.toml", lambda text: text.replace("The Letter", "The Almanac"))
    until(events, visitor, "/", "The Almanac")
    shutil.copy(garden.write("two-b", "A note", "2026-10-06T09:00:00Z"), more / "note.md")
    edit(more / "note.md", lambda text: text.replace("A note", "On hedges"))
    until(events, visitor, "/text", "On hedges")


def test_a_template_of_the_projects_own_is_followed(visitor: Visitor, garden: Blog) -> None:
    """From its first day: its folder did not exist when the preview began."""
    events = visitor.events()
    own = garden.root / "templates" / "weekly"
    shutil.copytree(shipped_templates() / "weekly", own)
    edit(own / "issue.txt.j2", lambda text: "Hand-made.\n" + text)
    until(events, visitor, "/text", "Hand-made.")
    edit(own / "issue.txt.j2", lambda text: text.replace("Hand-made.", "Made by hand."))
    until(events, visitor, "/text", "Made by hand.")
    edit(own / "issue.txt.j2", lambda text: text + "{{ nonsense(")
    assert "issue.txt.j2" in until(events, visitor, "/", 'class="message"')


def test_an_issue_that_is_sealed_meanwhile_is_only_shown(visitor: Visitor) -> None:
    """Its state changes on the page; its bytes do not, whatever is edited."""
    events = visitor.events()
    (visitor.folder / "approval.json").write_text("{}")
    until(events, visitor, "/", "Approved")
    before = {path.name: path.read_bytes() for path in visitor.folder.glob("*.*") if path.name != "editor.md"}
    edit(visitor.folder / "editor.md", lambda text: text + "\nToo late.\n")
    (visitor.folder / "delivery.json").write_text("{}")
    until(events, visitor, "/", "Delivered")
    assert "Too late." not in visitor.get("/issue/email.html")
    assert before.items() <= {path.name: path.read_bytes() for path in visitor.folder.glob("*.*")}.items()


def test_too_few_posts_are_told(visitor: Visitor, garden: Blog) -> None:
    events = visitor.events()
    edit(garden.root / "digest.toml", lambda text: text + "min_posts = 5\n")
    assert "min_posts = 5" in until(events, visitor, "/", 'class="message"')
    assert "Counting the swifts" in visitor.get("/text")


def test_a_draft_edited_before_the_preview_began_is_up_to_date(garden: Blog) -> None:
    file = garden.issue(ISSUE) / "editor.md"
    file.write_text("An early word.\n")
    later = (garden.issue(ISSUE) / "issue.json").stat().st_mtime + 5
    os.utime(file, (later, later))
    with running(Project(garden.root)) as visitor:
        until(visitor.events(), visitor, "/issue/email.html", "An early word.")


def test_looking_changes_nothing(garden: Blog) -> None:
    """Nothing is written unless something is edited."""
    before = {p: p.stat().st_mtime_ns for p in garden.root.rglob("*") if p.is_file()}
    with running(Project(garden.root)) as visitor:
        for path in ("/", "/text", "/web", "/issue/email.html", "/issue/web.html"):
            visitor.get(path)
    assert {p: p.stat().st_mtime_ns for p in garden.root.rglob("*") if p.is_file()} == before


def test_an_issue_built_elsewhere_is_shown(visitor: Visitor) -> None:
    """Another terminal may build it as well."""
    events = visitor.events()
    file = visitor.folder / "issue.json"
    frozen = json.loads(file.read_text())
    frozen["issue"]["subject"] = "Built elsewhere"
    beside = file.with_suffix(".new")
    beside.write_text(json.dumps(frozen))
    beside.replace(file)
    until(events, visitor, "/", "Built elsewhere</h1>")


@pytest.mark.parametrize("name", ["approval.json", "delivery.json"])
def test_a_sealed_issue_is_shown_as_it_was(garden: Blog, name: str) -> None:
    """Even if editor.md was changed since."""
    (garden.issue(ISSUE) / name).write_text("{}")
    file = garden.issue(ISSUE) / "editor.md"
    file.write_text("Too late.\n")
    os.utime(file, (2**31, 2**31))
    with running(Project(garden.root)) as visitor:
        assert "Draft" not in visitor.get("/")
        assert "Too late." not in visitor.get("/issue/email.html")


@pytest.mark.xfail(strict=False, reason="the file watcher may lag behind on a busy machine")
def test_a_folder_that_vanishes_is_told_and_followed_again(visitor: Visitor, garden: Blog) -> None:
    """A branch was switched, and switched back; the page goes on showing what it last had."""
    events = visitor.events()
    aside = garden.root / "aside"
    visitor.folder.rename(aside)
    until(events, visitor, "/", "issue.json")
    assert "Counting the swifts" in visitor.get("/text")
    aside.rename(visitor.folder)
    until(events, visitor, "/", "<ul></ul>")
    edit(visitor.folder / "editor.md", lambda text: text + "\nBack again.\n")
    until(events, visitor, "/text", "Back again.")


def test_a_system_without_room_for_watches_is_told(garden: Blog, monkeypatch: pytest.MonkeyPatch) -> None:
    """The preview still shows what there is."""

    def full(*_paths: Path, **_options: object) -> NoReturn:
        raise RuntimeError("OS file watch limit reached")

    monkeypatch.setattr(watching, "awatch", full)
    with running(Project(garden.root)) as visitor:
        assert "watch limit reached" in until(visitor.events(), visitor, "/", 'class="message"')
        assert "Counting the swifts" in visitor.get("/text")


def test_a_bug_is_not_hidden(garden: Blog, monkeypatch: pytest.MonkeyPatch) -> None:
    """A preview that can no longer follow ends with the traceback instead of going stale."""
    monkeypatch.setattr(following, "rebuild", lambda *_: 1 / 0)
    os.utime(garden.issue(ISSUE) / "editor.md", (2**31, 2**31))
    with pytest.raises(ZeroDivisionError):
        Preview(Project(garden.root), ISSUE).run()

"""The preview follows what is edited, and says calmly what is wrong with it."""

from __future__ import annotations

import asyncio
import errno
import json
import os
import shutil
import threading
import time
from collections.abc import AsyncGenerator, Callable
from pathlib import Path
from typing import Any, NoReturn

import pytest
from watchfiles import awatch

from digest.preview.live import following, rebuilding, stamps, watching
from digest.preview.live.rebuilding import Outcome
from digest.preview.live.watching import Change, Places
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


def wait(until: Callable[[], bool], seconds: float = 30) -> None:
    """Wait for something that no event tells."""
    end = time.monotonic() + seconds
    while not until():
        assert time.monotonic() < end
        time.sleep(0.01)


def test_words_written_into_editor_md_appear(visitor: Visitor) -> None:
    """In all three versions, and on disk."""
    events, words = visitor.events(), "The swifts are early this year."
    edit(visitor.folder / "editor.md", lambda text: f"{text}\n{words}\n")
    name, told = events.next()
    while words not in visitor.get(f"/issue/{ISSUE}/html"):
        name, told = events.next()
    assert name == "shown"
    assert f'data-digest="{json.loads(told)["digests"]["email.html"]}"' in visitor.get("/")
    for path in ("/?way=text", f"/issue/{ISSUE}/web"):
        assert words in visitor.get(path)
    assert "swifts are early" in (visitor.folder / "email.html").read_text()


def test_a_mistake_is_told_and_the_last_good_issue_stays(visitor: Visitor) -> None:
    """The banner names the line and the way out, and leaves when the mistake is mended."""
    events, file = visitor.events(), visitor.folder / "editor.md"
    good = visitor.get(f"/issue/{ISSUE}/html")
    before = file.read_text()
    file.write_text("---\nsubjekt: Early\n---\n")
    page = until(events, visitor, "/", "unknown key")
    assert f"issues/{ISSUE}/editor.md:2" in page
    assert "Did you mean" in page
    file.write_text("---\npin:\n- https://letter.example/swans\n---\n")
    assert f"issues/{ISSUE}/editor.md:3" in until(events, visitor, "/", "there is no post")
    assert visitor.get(f"/issue/{ISSUE}/html") == good
    file.write_text(before.replace("---\n", "---\nsubject: Early swifts\n", 1))
    page = until(events, visitor, "/", "Early swifts</h1>")
    assert "<ul></ul>" in page


def test_a_changed_post_appears(visitor: Visitor, garden: Blog) -> None:
    """Its source is read again, nothing else is."""
    events = visitor.events()
    garden.write(
        "one", "Counting the martins", "2026-10-05T09:00:00Z", "birds", "They came back early."
    )
    until(events, visitor, "/?way=text", "Counting the martins")


def test_a_new_post_in_a_new_folder_appears(visitor: Visitor, garden: Blog) -> None:
    events = visitor.events()
    garden.write(
        "2026/three", "A roof of moss", "2026-10-06T09:00:00Z", "roofs", "Moss asks little."
    )
    until(events, visitor, "/?way=text", "A roof of moss")
    garden.write(
        "2026/three", "A roof of sedum", "2026-10-06T09:00:00Z", "roofs", "Sedum asks less."
    )
    until(events, visitor, "/?way=text", "A roof of sedum")


def test_a_post_that_breaks_is_told_until_it_is_mended(visitor: Visitor, garden: Blog) -> None:
    """Also while other things change."""
    events = visitor.events()
    post = garden.root / "posts" / "one.md"
    before = post.read_text()
    post.write_text(before.replace("title: ", "title: [", 1))
    until(events, visitor, "/", "one.md")
    edit(visitor.folder / "editor.md", lambda text: text + "\nSwifts are early.\n")
    until(events, visitor, f"/issue/{ISSUE}/html", "Swifts are early.")
    assert "one.md" in visitor.get("/")
    post.write_text(before)
    until(events, visitor, "/", "<ul></ul>")


def test_a_changed_configuration_is_taken_in(visitor: Visitor, garden: Blog) -> None:
    """Broken, then mended with another name and a second folder of posts, which is followed from then on."""
    events = visitor.events()
    (garden.root / "digest.toml").write_text("[newsletter\n")
    until(events, visitor, "/", "digest.toml")
    more = garden.root / "notes"
    more.mkdir()
    source = f'[[source]]\nname = "notes"\nkind = "markdown"\npath = "{more.name}"\nurl = "https://n.example/"\n'
    garden.configure(source)
    edit(garden.root / "digest.toml", lambda text: text.replace("The Letter", "The Almanac"))
    until(events, visitor, "/", "The Almanac")
    shutil.copy(garden.write("two-b", "A note", "2026-10-06T09:00:00Z"), more / "note.md")
    edit(more / "note.md", lambda text: text.replace("A note", "On hedges"))
    until(events, visitor, "/?way=text", "On hedges")


def test_a_template_of_the_projects_own_is_followed(visitor: Visitor, garden: Blog) -> None:
    """From its first day: its folder did not exist when the preview began."""
    events = visitor.events()
    own = garden.root / "templates" / "weekly"
    shutil.copytree(shipped_templates() / "weekly", own)
    edit(own / "issue.txt.j2", lambda text: "Hand-made.\n" + text)
    until(events, visitor, "/?way=text", "Hand-made.")
    edit(own / "issue.txt.j2", lambda text: text.replace("Hand-made.", "Made by hand."))
    until(events, visitor, "/?way=text", "Made by hand.")
    edit(own / "issue.txt.j2", lambda text: text + "{{ nonsense(")
    page = until(events, visitor, "/?way=text", 'class="message"')
    assert "issue.txt.j2" in page
    assert "What you see is the last issue that could be built." in page
    assert "Made by hand." in page


def test_an_issue_that_is_sealed_meanwhile_is_only_shown(visitor: Visitor) -> None:
    """Its state changes on the page; its bytes do not, whatever is edited."""
    events = visitor.events()
    (visitor.folder / "approval.json").write_text("{}")
    until(events, visitor, "/", "Approved")
    before = {
        path.name: path.read_bytes()
        for path in visitor.folder.glob("*.*")
        if path.name != "editor.md"
    }
    edit(visitor.folder / "editor.md", lambda text: text + "\nToo late.\n")
    (visitor.folder / "delivery.json").write_text("{}")
    until(events, visitor, "/", "Delivered")
    assert "Too late." not in visitor.get(f"/issue/{ISSUE}/html")
    assert (
        before.items()
        <= {path.name: path.read_bytes() for path in visitor.folder.glob("*.*")}.items()
    )


def test_too_few_posts_are_told(visitor: Visitor, garden: Blog) -> None:
    events = visitor.events()
    edit(garden.root / "digest.toml", lambda text: text + "min_posts = 5\n")
    assert "min_posts = 5" in until(events, visitor, "/", 'class="message"')
    assert "Counting the swifts" in visitor.get("/?way=text")


def save(path: Path, change: Callable[[str], str], seconds_later: float) -> None:
    """Save a file so long after the draft was built."""
    path.write_text(change(path.read_text()))
    project = next(folder for folder in path.parents if (folder / "digest.toml").exists())
    later = (project / "issues" / ISSUE / "issue.json").stat().st_mtime + seconds_later
    os.utime(path, (later, later))


@pytest.mark.parametrize("seconds_later", [5, -5])
def test_words_written_before_the_preview_began_are_shown(
    garden: Blog, seconds_later: float
) -> None:
    """Whatever the file's time: it may have been saved while the draft was built, or copied."""
    save(garden.issue(ISSUE) / "editor.md", lambda _: "An early word.\n", seconds_later)
    with running(Project(garden.root)) as visitor:
        until(visitor.events(), visitor, f"/issue/{ISSUE}/html", "An early word.")


@pytest.mark.parametrize("name", ["posts/one.md", "digest.toml", "templates/weekly/issue.txt.j2"])
def test_what_was_saved_before_the_preview_began_is_shown(garden: Blog, name: str) -> None:
    """A post, the configuration, a template."""
    shutil.copytree(shipped_templates() / "weekly", garden.root / "templates" / "weekly")
    words = {
        "one": ("Counting the swifts", "An early bird"),
        "digest": ("The Weekly Letter", "An early bird"),
    }
    old, new = words.get(Path(name).stem, ("{#", "An early bird\n{#"))
    save(garden.root / name, lambda text: text.replace(old, new, 1), 5)
    with running(Project(garden.root)) as visitor:
        until(
            visitor.events(),
            visitor,
            "/?way=text",
            "bird" if name == "digest.toml" else "An early bird",
        )


def test_a_post_saved_while_the_first_issue_was_built_is_shown(garden: Blog) -> None:
    """It counts from when the preview began, not from when that build ended."""
    save(garden.root / "posts" / "one.md", lambda text: text.replace("swifts", "martins"), -5)
    began_at = (garden.issue(ISSUE) / "issue.json").stat().st_mtime - 10
    with running(Project(garden.root), began_at=began_at) as visitor:
        until(visitor.events(), visitor, "/?way=text", "Counting the martins")


def test_a_fresh_clone_keeps_its_issue_as_it_is(garden: Blog) -> None:
    """There every file is new, and nothing was collected yet: looking does not change the draft."""
    shutil.rmtree(garden.root / ".digest")
    for path in sorted(garden.root.rglob("*")):
        os.utime(path)
    before = (garden.issue(ISSUE) / "issue.json").read_bytes()
    with running(Project(garden.root)) as visitor:
        assert "Counting the swifts" in visitor.get("/?way=text")
    assert (garden.issue(ISSUE) / "issue.json").read_bytes() == before


LOOKS = [
    "/",
    "/?way=text",
    "/?way=source&panel=findings",
    "/?way=inbox&panel=fixups",
    "/?panel=size",
    f"/issue/{ISSUE}/html",
    f"/issue/{ISSUE}/web",
]


def test_looking_changes_nothing(garden: Blog) -> None:
    """Nothing is written unless something is edited; the cache of lists may be renewed."""

    def written() -> dict[Path, int]:
        index = garden.root / ".digest/index"
        files = (path for path in garden.root.rglob("*") if path.is_file())
        return {path: path.stat().st_mtime_ns for path in files if path.parent != index}

    before = written()
    with running(Project(garden.root)) as visitor:
        for path in LOOKS:
            visitor.get(path)
    assert written() == before


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
        assert "Too late." not in visitor.get(f"/issue/{ISSUE}/html")


def test_a_folder_that_vanishes_is_told_and_followed_again(visitor: Visitor, garden: Blog) -> None:
    """A branch was switched, and switched back; the page goes on showing what it last had."""
    events = visitor.events()
    aside = garden.root / "aside"
    visitor.folder.rename(aside)
    until(events, visitor, "/", "folder is gone")
    assert "Counting the swifts" in visitor.get("/?way=text")
    aside.rename(visitor.folder)
    until(events, visitor, "/", "<ul></ul>")
    edit(visitor.folder / "editor.md", lambda text: text + "\nBack again.\n")
    until(events, visitor, "/?way=text", "Back again.")


def test_an_archive_that_is_lost_is_filled_again(visitor: Visitor, garden: Blog) -> None:
    """What lies on this computer is collected before the next build, so that no post goes away."""
    events = visitor.events()
    for path in (garden.root / ".digest").glob("archive.db*"):
        path.unlink()
    edit(visitor.folder / "editor.md", lambda text: text + "\nAfter the loss.\n")
    until(events, visitor, "/?way=text", "After the loss.")
    assert "Counting the swifts" in visitor.get("/?way=text")
    assert "<ul></ul>" in visitor.get("/")


def test_a_branch_without_any_issue_is_told_and_followed_again(
    visitor: Visitor, garden: Blog
) -> None:
    """The folder of all issues went and came back, with another introduction."""
    events = visitor.events()
    aside, issues = garden.root / "aside", garden.root / "issues"
    issues.rename(aside)
    until(events, visitor, "/", "folder is gone")
    edit(aside / ISSUE / "editor.md", lambda text: text + "\nWritten on a branch.\n")
    aside.rename(issues)
    until(events, visitor, "/?way=text", "Written on a branch.")
    edit(visitor.folder / "editor.md", lambda text: text + "\nBack again.\n")
    until(events, visitor, "/?way=text", "Back again.")


class Meanwhile:
    """Do things, one each time before the system's watches are put in place."""

    def __init__(self) -> None:
        self.todo: list[Callable[[], object]] = []

    def __call__(self, *paths: Path, **options: Any) -> AsyncGenerator[set[tuple[Any, str]], None]:
        if self.todo:
            self.todo.pop(0)()
        return awatch(*paths, **options)


@pytest.fixture
def meanwhile(monkeypatch: pytest.MonkeyPatch) -> Meanwhile:
    """Put something between asking what to watch and watching it; nothing is found by looking."""
    made = Meanwhile()
    monkeypatch.setattr(watching, "awatch", made)
    monkeypatch.setattr(watching, "LOOK_SECONDS", 1000.0)
    return made


def test_a_folder_that_comes_back_while_watches_are_put_in_place_is_followed(
    garden: Blog, meanwhile: Meanwhile
) -> None:
    with running(Project(garden.root)) as visitor:
        events = visitor.events()
        aside = garden.root / "aside"
        meanwhile.todo.append(lambda: aside.rename(visitor.folder))
        visitor.folder.rename(aside)
        file = visitor.folder / "editor.md"
        wait(lambda: not meanwhile.todo and file.exists())
        edit(file, lambda text: text + "\nBack again.\n")
        until(events, visitor, "/?way=text", "Back again.")
        edit(file, lambda text: text + "\nAnd followed.\n")
        until(events, visitor, "/?way=text", "And followed.")


def test_a_folder_that_is_replaced_while_watches_are_put_in_place_is_followed(
    garden: Blog, meanwhile: Meanwhile
) -> None:
    """Its name is the same, the folder is another."""

    def replace_posts() -> None:
        shutil.copytree(garden.root / "posts", garden.root / "copy")
        (garden.root / "posts").rename(garden.root / "aside")
        (garden.root / "copy").rename(garden.root / "posts")

    meanwhile.todo.append(replace_posts)
    with running(Project(garden.root)) as visitor:
        events = visitor.events()
        garden.write("one", "Counting the martins", "2026-10-05T09:00:00Z", "birds")
        until(events, visitor, "/?way=text", "Counting the martins")


def test_a_source_added_while_watches_are_put_in_place_is_followed(
    garden: Blog, meanwhile: Meanwhile
) -> None:
    """An editor saved digest.toml twice in a moment."""
    (garden.root / "notes").mkdir()
    note = garden.write("../notes/note", "A note", "2026-10-06T09:00:00Z")
    source = '[[source]]\nname = "notes"\nkind = "markdown"\npath = "notes"\nurl = "https://n.example/"\n'
    with running(Project(garden.root)) as visitor:
        events = visitor.events()
        meanwhile.todo.append(lambda: garden.configure(source))
        edit(garden.root / "digest.toml", lambda text: text.replace("The Letter", "The Almanac"))
        until(events, visitor, "/?way=text", "A note")
        edit(note, lambda text: text.replace("A note", "On hedges"))
        until(events, visitor, "/?way=text", "On hedges")


def quiet(*_paths: Path, **_options: object) -> AsyncGenerator[set[tuple[Any, str]], None]:
    """Tell of nothing, as the system does for a network drive."""

    async def nothing() -> AsyncGenerator[set[tuple[Any, str]], None]:
        await asyncio.Event().wait()
        yield set()

    return nothing()


def full(*_paths: Path, **_options: object) -> NoReturn:
    """Refuse, as the system does when there are too many watches."""
    raise RuntimeError("OS file watch limit reached")


@pytest.mark.parametrize("system", [quiet, full])
def test_what_the_system_does_not_tell_is_found_by_looking(
    garden: Blog, monkeypatch: pytest.MonkeyPatch, system: Callable[..., object]
) -> None:
    """Words, posts, a folder that vanishes and comes back."""
    monkeypatch.setattr(watching, "awatch", system)
    monkeypatch.setattr(watching, "LOOK_SECONDS", 0.05)
    with running(Project(garden.root)) as visitor:
        events = visitor.events()
        edit(visitor.folder / "editor.md", lambda text: text + "\nFrom a network drive.\n")
        until(events, visitor, "/?way=text", "From a network drive.")
        garden.write("2026/three", "A roof of moss", "2026-10-06T09:00:00Z", "roofs")
        until(events, visitor, "/?way=text", "A roof of moss")
        aside = visitor.folder.rename(garden.root / "aside")
        until(events, visitor, "/", "folder is gone")
        aside.rename(visitor.folder)
        until(events, visitor, "/", "<ul></ul>")


def test_a_folder_that_was_away_between_two_looks_is_read_again(
    garden: Blog, monkeypatch: pytest.MonkeyPatch
) -> None:
    """No look sees a difference then: the files are the ones of before."""
    monkeypatch.setattr(watching, "awatch", quiet)
    monkeypatch.setattr(watching, "LOOK_SECONDS", 0.05)
    issue = garden.root / "issues" / ISSUE
    away = threading.Event()

    def refresh(*asked: Any) -> rebuilding.Outcome:
        if away.is_set():
            return rebuilding.refresh(*asked)
        away.set()
        aside = issue.rename(garden.root / "aside")
        try:
            return rebuilding.refresh(*asked)
        finally:
            aside.rename(issue)

    monkeypatch.setattr(following, "refresh", refresh)
    with running(Project(garden.root)) as visitor:
        assert away.wait(30)
        wait(lambda: visitor.revision == 3)  # first its absence was shown, then its return
        assert "<ul></ul>" in visitor.get("/")


def test_what_was_told_is_not_found_once_more(
    garden: Blog, monkeypatch: pytest.MonkeyPatch
) -> None:
    """One saved change is one build."""
    builds: list[object] = []
    looks = threading.Semaphore(0)

    def rebuild(*asked: Any) -> rebuilding.Outcome:
        builds.append(asked)
        return rebuilding.rebuild(*asked)

    def look(*asked: Any, **told: Any) -> dict[str, stamps.Stamp]:
        looks.release()
        return stamps.stamps(*asked, **told)

    monkeypatch.setattr(following, "rebuild", rebuild)
    monkeypatch.setattr(watching, "stamps", look)
    monkeypatch.setattr(watching, "LOOK_SECONDS", 1.0)
    with running(Project(garden.root)) as visitor:
        events = visitor.events()
        edit(visitor.folder / "editor.md", lambda text: text + "\nOnce.\n")
        until(events, visitor, "/?way=text", "Once.")
        while looks.acquire(blocking=False):
            pass
        for _ in range(2):
            assert looks.acquire(timeout=30)
    assert len(builds) == 1


@pytest.mark.parametrize("step", ["build", "read"])
def test_a_file_that_goes_away_while_it_is_read_is_told(
    garden: Blog, monkeypatch: pytest.MonkeyPatch, step: str
) -> None:
    """The preview goes on; what comes next is taken in."""
    monkeypatch.setattr(watching, "LOOK_SECONDS", 600)  # so that it is not mended unasked
    real, is_gone = getattr(rebuilding, step), threading.Event()
    is_gone.set()

    def passing(*asked: Any, **told: Any) -> object:
        if is_gone.is_set():
            raise FileNotFoundError(2, "No such file or directory", "web.html")
        return real(*asked, **told)

    with running(Project(garden.root)) as visitor:
        events = visitor.events()
        monkeypatch.setattr(rebuilding, step, passing)
        edit(visitor.folder / "editor.md", lambda text: text + "\nOne.\n")
        assert "web.html" in until(events, visitor, "/", "No such file or directory")
        is_gone.clear()
        edit(visitor.folder / "editor.md", lambda text: text + "\nTwo.\n")
        until(events, visitor, "/?way=text", "Two.")
        assert "<ul></ul>" in visitor.get("/")


@pytest.mark.parametrize("step", ["build", "read", "collect"])
def test_a_fault_of_ours_in_one_file_is_told_and_the_next_change_taken_in(
    garden: Blog, monkeypatch: pytest.MonkeyPatch, step: str
) -> None:
    """The page asks to report it, and the terminal has what the report needs."""
    real, is_mended = getattr(rebuilding, step), threading.Event()
    details: list[str] = []

    def failing(*asked: Any, **told: Any) -> object:
        if not is_mended.is_set():
            raise ZeroDivisionError("a bug")
        return real(*asked, **told)

    with running(Project(garden.root), detail=details.append) as visitor:
        events = visitor.events()
        monkeypatch.setattr(rebuilding, step, failing)
        garden.write("one", "Counting the bats", "2026-10-05T09:00:00Z", "birds", "They came.")
        page = until(events, visitor, "/", "ZeroDivisionError: a bug")
        assert "please report it" in page
        assert details
        assert all(ISSUE in text and "Traceback" in text for text in details)
        is_mended.set()
        garden.write("two", "A wall of moss", "2026-10-06T09:00:00Z", "birds", "It asks little.")
        until(events, visitor, "/?way=text", "A wall of moss")


def test_a_bug_is_not_hidden(garden: Blog, monkeypatch: pytest.MonkeyPatch) -> None:
    """A preview that can no longer follow ends with the traceback instead of going stale."""
    real = rebuilding.rebuild

    def failing(root: Path, *told: Any) -> Outcome:
        if root == garden.root:  # other previews of this process go on
            raise ZeroDivisionError
        return real(root, *told)

    monkeypatch.setattr(following, "rebuild", failing)
    (garden.issue(ISSUE) / "editor.md").write_text("An early word.\n")
    with pytest.raises(ZeroDivisionError):
        Preview(Project(garden.root), ISSUE).run()


def test_a_bug_in_watching_is_not_hidden_either(
    garden: Blog, monkeypatch: pytest.MonkeyPatch
) -> None:
    real = watching.meaning

    def meaning(paths: Any, places: Places) -> Change:
        if places.root == garden.root:  # other previews of this process go on
            raise ZeroDivisionError
        return real(paths, places)

    monkeypatch.setattr(watching, "meaning", meaning)
    monkeypatch.setattr(watching, "LOOK_SECONDS", 0.05)
    with pytest.raises(ZeroDivisionError):
        Preview(Project(garden.root), ISSUE).run()


def test_a_file_that_cannot_be_read_just_now_is_named_with_what_happens_next(
    seed: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Editors and virus scanners lock files for a moment."""

    def locked(*_: object) -> None:
        raise PermissionError(errno.EACCES, "Permission denied", "issues/x/issue.json")

    monkeypatch.setattr(rebuilding, "read", locked)
    outcome = rebuilding.refresh(seed, ISSUE)
    assert (outcome.shown, outcome.is_torn) == (None, True)
    assert outcome.reading == (
        rebuilding.Trouble(
            message="cannot be read (Permission denied)",
            where="issues/x/issue.json",
            hint="It is read again as soon as something changes.",
        ),
    )

"""Renames are followed: of an edition, of a source, of a source's kind; and asked about where nobody said so."""

from __future__ import annotations

from pathlib import Path

import pytest

from digest.config.tables import FILE_NAME
from digest.errors import ConfigError
from digest.workflow.gathering.collecting import collect
from digest.workflow.making.building import build
from digest.workflow.making.renames import renamed_source
from digest.workflow.project import Project
from tests.workflow.newsroom import Newsroom, renderer


def reopened(room: Newsroom, old: str, new: str) -> None:
    settings = room.project.root / FILE_NAME
    settings.write_text(settings.read_text().replace(old, new))
    room.project = Project(room.project.root)
    room.project.renderer = renderer()


@pytest.fixture
def room(tmp_path: Path) -> Newsroom:
    room = Newsroom(tmp_path, 'tags = ["ours"]')
    room.write("moss", "ours")
    room.wait(hours=1)
    room.seal(room.build().issue)
    room.wait(days=5)
    return room


def test_a_renamed_edition_goes_on_with_its_numbers_and_sends_nothing_again(room: Newsroom) -> None:
    reopened(room, "[edition.weekly]\n", '[edition.letter]\nwas = "weekly"\n')
    room.write("fern", "ours")
    room.wait(hours=1)
    report = room.build("letter")
    assert (report.number, len(report.posts)) == (2, 1)
    assert room.sent("letter") == ["fern"]
    room.wait(days=7)
    room.write("bark", "ours")
    room.wait(hours=1)
    assert room.build("letter").number == 3


def test_an_edition_that_seems_renamed_is_asked_about(room: Newsroom) -> None:
    reopened(room, "[edition.weekly]\n", "[edition.letter]\n")
    with pytest.raises(ConfigError, match='"weekly", which is no longer configured') as caught:
        room.build("letter")
    assert 'was = "weekly"' in caught.value.hint
    reopened(room, "[edition.letter]\n", '[edition.letter]\nwas = ""\n')
    room.write("fern", "ours")
    room.wait(hours=1)
    assert room.build("letter").number == 1


def test_another_edition_beside_one_that_was_given_up_is_not_asked_about(room: Newsroom) -> None:
    reopened(room, "[edition.weekly]\n", "[edition.letter]\n")
    reopened(room, 'tags = ["ours"]', 'tags = ["theirs"]')
    room.write("fern", "theirs")
    room.wait(hours=1)
    assert room.build("letter").status == "built"


# ---------------------------------------------------------------- sources

SETTINGS = """\
[newsletter]
name = "The Letter"
[[source]]
name = "blog"
kind = "markdown"
path = "posts"
url = "https://blog.example/"
[edition.weekly]
template = "bare"
"""


class Blog:
    """Hold a project that reads Markdown files."""

    def __init__(self, root: Path) -> None:
        self.root = root
        (root / "posts").mkdir()
        self.configure(SETTINGS)

    def configure(self, settings: str) -> None:
        (self.root / FILE_NAME).write_text(settings)
        self.project = Project(self.root)
        self.project.renderer = renderer()

    def write(self, name: str, text: str = "All of it.") -> None:
        head = f"---\ntitle: About {name}\ndate: 2026-11-2{len(name)}\n---\n"
        (self.root / "posts" / f"{name}.md").write_text(head + text)

    def ids(self) -> list[str]:
        with self.project.archive_to_read() as archive:
            return sorted(post.id for post in archive.posts())


@pytest.mark.parametrize("is_fresh", [False, True], ids=["the archive is kept", "a fresh archive"])
def test_a_renamed_sources_posts_keep_their_ids(tmp_path: Path, *, is_fresh: bool) -> None:
    blog = Blog(tmp_path)
    blog.write("moss")
    collect(blog.project)
    before = blog.ids()
    blog.configure(SETTINGS.replace('name = "blog"', 'name = "garden"\nwas = "blog"'))
    if is_fresh:
        for path in (tmp_path / ".digest").glob("archive.db*"):
            path.unlink()
    (report,) = collect(blog.project)
    assert blog.ids() == before
    assert report.new == (1 if is_fresh else 0)
    with blog.project.archive_to_read() as archive:
        assert [post.source for post in archive.posts()] == ["garden"]
        assert [name for name, _ in archive.sources()] == ["garden"]


def test_a_source_that_seems_renamed_is_asked_about(tmp_path: Path) -> None:
    blog = Blog(tmp_path)
    blog.write("moss")
    collect(blog.project)
    edition = blog.project.config.edition("weekly")
    build(blog.project, edition)
    issues = blog.project.folders.all()
    assert renamed_source(blog.project, issues) == ""
    blog.configure(SETTINGS.replace('"blog"', '"garden"'))
    assert 'write was = "blog" below its [[source]]' in renamed_source(blog.project, issues)
    blog.configure(SETTINGS.replace('name = "blog"', 'name = "garden"\nwas = "blog"'))
    assert renamed_source(blog.project, issues) == ""

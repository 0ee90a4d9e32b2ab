"""Renames are followed: of an edition, of a source, of a source's kind; and asked about where nobody said so."""

from __future__ import annotations

import shutil
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from pytest_httpserver import HTTPServer

from digest.config.tables import FILE_NAME
from digest.errors import ConfigError
from digest.issue.record import IssueSummary, PastPost, State
from digest.models import Edition, Window
from digest.workflow.gathering.collecting import collect
from digest.workflow.making.building import build
from digest.workflow.making.renames import left_behind, missing_numbers, renamed_source
from digest.workflow.project import Project
from digest.workflow.telling.explaining import why
from digest.workflow.telling.listing import tags
from tests.workflow.newsroom import Newsroom, renderer


@pytest.fixture
def room(tmp_path: Path) -> Newsroom:
    room = Newsroom(tmp_path, 'tags = ["ours"]')
    room.write("moss", "ours")
    room.send()
    room.wait(days=5)
    return room


def test_a_renamed_edition_goes_on_with_its_numbers_and_sends_nothing_again(room: Newsroom) -> None:
    room.configure("[edition.weekly]\n", '[edition.letter]\nwas = "weekly"\n')
    room.write("fern", "ours")
    report = room.build("letter")
    assert (report.number, len(report.posts)) == (2, 1)
    assert room.sent("letter") == ["fern"]
    room.wait(days=7)
    room.write("bark", "ours")
    assert room.build("letter").number == 3


def test_an_edition_that_seems_renamed_is_asked_about(room: Newsroom) -> None:
    room.configure("[edition.weekly]\n", "[edition.letter]\n")
    said = (
        'digest.toml: [edition.letter] has no issue yet, and "weekly", which is no longer '
        'configured, {}. If it was renamed, write was = "weekly" below [edition.letter]; '
        'if it is another one, was = "".'
    )
    with pytest.raises(ConfigError) as caught:
        room.build("letter")
    assert str(caught.value) == said.format("took 1 of its posts already")
    room.wait(days=30)
    room.write("bark", "ours")
    with pytest.raises(ConfigError) as caught:
        room.build("letter")
    assert str(caught.value) == said.format("asked for the same posts")
    room.configure("[edition.letter]\n", '[edition.letter]\nwas = ""\n')
    room.write("fern", "ours")
    assert room.build("letter").number == 1


def test_another_edition_beside_one_that_was_given_up_is_not_asked_about(room: Newsroom) -> None:
    room.configure("[edition.weekly]\n", "[edition.letter]\n")
    room.configure('tags = ["ours"]', 'tags = ["theirs"]')
    room.write("fern", "theirs")
    assert room.build("letter").status == "built"


def test_a_draft_under_the_former_name_is_told_of_and_gives_its_posts_back(room: Newsroom) -> None:
    room.write("fern", "ours")
    draft = room.build().issue
    room.configure("[edition.weekly]\n", '[edition.letter]\nwas = "weekly"\n')
    room.wait(days=1)
    report = room.build("letter")
    assert report.status == "nothing-to-send"
    assert report.notes == (
        f'{draft}: left as a draft under the former name "weekly", and holds 1 post. '
        "Delete the folder, and letter takes what it holds.",
    )
    [reason] = [r for r in why(room.project, "blog-fern", now=room.now) if r.edition == "letter"]
    assert f"in {draft} (a draft under a former name: delete it" in reason.detail
    shutil.rmtree(room.issue(draft))
    assert room.build("letter").status == "built"
    assert room.sent("letter") == ["fern"]


# ---------------------------------------------------------------- sources

NOON = datetime(2026, 11, 27, 12, tzinfo=UTC)
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

    def write(self, name: str, text: str = "All of it.", head: str = "") -> None:
        head = f"---\ntitle: About {name}\ndate: 2026-11-2{len(name)}\n{head}---\n"
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


FEED = """\
<feed xmlns="http://www.w3.org/2005/Atom"><title>Blog</title><id>urn:blog</id>
{entries}</feed>"""
ENTRY = """\
<entry><title>About {name}</title><id>urn:{name}</id><link href="https://blog.example/{name}/"/>
<category term="green"/><updated>2026-11-2{day}T00:00:00Z</updated><published>2026-11-2{day}T00:00:00Z</published>
<content type="html">All of it.</content></entry>
"""


def test_a_source_of_another_kind_tells_the_same_posts_once(
    tmp_path: Path, httpserver: HTTPServer
) -> None:
    """Its posts have other ids now; the ones they had are withdrawn, and nothing is sent again."""
    blog = Blog(tmp_path)
    for name in ("ivy", "moss"):
        blog.write(name, head="tags: [green]\n")
    collect(blog.project)
    weekly = blog.project.config.edition("weekly")
    assert build(blog.project, weekly, date(2026, 11, 26), now=NOON).status == "built"

    told = [ENTRY.format(name=name, day=len(name)) for name in ("ivy", "moss")]
    page = httpserver.expect_request("/feed.xml")
    page.respond_with_data(FEED.format(entries="".join(told)), content_type="application/atom+xml")
    as_feed = f'kind = "feed"\nurl = "{httpserver.url_for("/feed.xml")}"\n'
    as_markdown = 'kind = "markdown"\npath = "posts"\nurl = "https://blog.example/"\n'
    fetching = '[fetching]\nallow_private = ["localhost"]\n'
    blog.configure(fetching + SETTINGS.replace(as_markdown, as_feed))
    (report,) = collect(blog.project)
    assert (report.status, report.new) == ("ok", 2)
    assert len(blog.ids()) == 2
    assert [(tag.name, tag.posts) for tag in tags(blog.project)] == [("green", 2)]
    again = build(blog.project, weekly, date(2026, 11, 27), now=NOON)
    assert again.status == "nothing-to-send"
    assert {d.rule for d in again.decisions} <= {"already-sent"}


# ---------------------------------------------------------------- from the record alone


def summary(
    number: int, *posts: str, state: State = "draft", edition: str = "weekly"
) -> IssueSummary:
    """Return an issue of the nth of November."""
    dated = date(2026, 11, number)
    return IssueSummary(
        id=f"{dated}-{edition}",
        edition=edition,
        number=number,
        dated=dated,
        window=Window(start_at=NOON, cutoff_at=NOON),
        state=state,
        folder=Path(),
        posts=tuple(PastPost(id=id_) for id_ in posts),
    )


@pytest.mark.parametrize(
    ("numbers", "missing"),
    [
        ([], ""), ([1], ""), ([3, 4, 5], ""), ([1, 3], "2"), ([2, 5, 7], "3, 4, 6"),
        ([1, *range(3, 14)], "2"), ([1, *range(3, 15)], ""),
    ],
)  # fmt: skip
def test_a_gap_in_the_numbers_of_the_last_twelve_issues_is_told(
    numbers: list[int], missing: str
) -> None:
    told = (
        f"There is no issue number {missing}: what it held comes again, marked as late. If it was "
        "sent, restore its folder before this one is sent."
    )
    assert missing_numbers([summary(number) for number in numbers]) == (told if missing else "")


@pytest.mark.parametrize(
    ("issues", "told"),
    [
        ([], None),
        ([summary(1, "a", edition="letter")], None),
        ([summary(1, "a", state="approved")], None),
        ([summary(1)], ("2026-11-01-weekly", "0 posts")),
        ([summary(1, "a"), summary(2, state="approved")], ("2026-11-01-weekly", "1 post")),
        ([summary(1, "a"), summary(2, "b")], ("2026-11-01-weekly, 2026-11-02-weekly", "2 posts")),
    ],
    ids=["no issue", "its own draft", "a sealed one", "an empty draft", "a draft", "two drafts"],
)
def test_drafts_under_a_former_name_are_told_of(
    issues: list[IssueSummary], told: tuple[str, str] | None
) -> None:
    letter = Edition(name="letter", title="", was="weekly")
    assert left_behind(letter, issues) == (
        f'{told[0]}: left as a draft under the former name "weekly", and holds {told[1]}. '
        "Delete the folder, and letter takes what it holds."
        if told
        else ""
    )

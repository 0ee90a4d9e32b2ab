"""Building many editions: what is built, what is left alone, what one mistake costs the others."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest

from digest.archive import Archive
from digest.issue.folder import places
from digest.models import Edition
from digest.workflow.making.drafting import Draft
from digest.workflow.many import Chunk, chunks
from digest.workflow.project import Project
from tests.conftest import Answer, Blog, Run

PATTERN = """
[edition."by-tag-{tag}"]
for_each = "tag"
title = "All about {tag}"
"""
DAY = date(2026, 10, 8)
DATED = ("--date", DAY.isoformat())


@pytest.fixture
def tags(blog: Blog) -> Blog:
    """The blog with an edition for each of its tags, birds and roofs."""
    blog.configure(PATTERN)
    return blog


def build(digest: Run, blog: Blog, *options: object) -> dict[str, dict[str, object]]:
    """Build and return the reports by edition."""
    answer = digest("--project", blog.root, "build", *DATED, "--json", *options)
    assert answer.code == 0, answer.err
    return {report["edition"]: report for report in answer.json}


def states(digest: Run, blog: Blog, *options: object) -> dict[str, object]:
    return {name: told["status"] for name, told in build(digest, blog, *options).items()}


def test_one_description_makes_an_edition_for_each_tag(digest: Run, tags: Blog) -> None:
    made = build(digest, tags, "--all")
    assert {name: len(told["posts"]) for name, told in made.items()} == {  # type: ignore[arg-type]
        "weekly": 3,
        "by-tag-birds": 2,
        "by-tag-roofs": 2,
    }
    folder = tags.root / "issues/by-tag-birds/2026-10-08-by-tag-birds"
    assert made["by-tag-birds"]["folder"] == folder.relative_to(tags.root).as_posix()
    assert json.loads((folder / "issue.json").read_bytes())["issue"]["title"] == "All about birds"


def test_what_did_not_change_is_not_built_again(digest: Run, tags: Blog) -> None:
    build(digest, tags, "--all")
    before = {path: path.stat().st_mtime_ns for path in tags.root.glob("issues/**/*.*")}
    assert set(states(digest, tags, "--all").values()) == {"unchanged"}
    assert {path: path.stat().st_mtime_ns for path in tags.root.glob("issues/**/*.*")} == before


def test_a_collect_that_brings_nothing_new_has_nothing_built_again(
    digest: Run, tags: Blog, monkeypatch: pytest.MonkeyPatch
) -> None:
    built: list[str] = []
    real = chunks.building

    def build_and_tell(project: Project, edition: Edition, *rest: Any, **options: Any) -> Any:
        built.append(edition.name)
        return real(project, edition, *rest, **options)

    monkeypatch.setattr(chunks, "building", build_and_tell)
    build(digest, tags, "--all")
    assert len(built) == 3
    assert digest("--project", tags.root, "collect").code == 0
    assert set(states(digest, tags, "--all").values()) == {"unchanged"}
    assert len(built) == 3


def test_a_change_builds_what_it_concerns(digest: Run, tags: Blog) -> None:
    build(digest, tags, "--all")
    tags.write("four", "Slates", "2026-10-07T11:00:00Z", "roofs")
    assert states(digest, tags, "--all") == {
        "weekly": "built",
        "by-tag-birds": "unchanged",
        "by-tag-roofs": "built",
    }


@pytest.mark.parametrize(
    "change",
    [
        lambda blog, issue: (issue / "editor.md").write_text("---\nsubject: Mine\n---\n"),
        lambda blog, issue: (issue / "email.html").write_text("tampered"),
        lambda blog, issue: (issue / "web.html").unlink(),
        lambda blog, issue: blog.configure(PATTERN + 'subject = "On {tag}"\n'),
        lambda blog, issue: blog.write("late", "Owls", "2026-10-06T23:00:00Z", "birds"),
    ],
    ids=[
        "its editor's words",
        "a file that was changed",
        "a file that is gone",
        "its keys",
        "a post",
    ],
)
def test_whatever_an_issue_is_made_of_is_noticed(
    digest: Run, tags: Blog, change: Callable[[Blog, Path], object]
) -> None:
    build(digest, tags, "--all")
    change(tags, tags.root / "issues/by-tag-birds/2026-10-08-by-tag-birds")
    assert states(digest, tags, "--all")["by-tag-birds"] == "built"
    assert states(digest, tags, "--all")["by-tag-birds"] == "unchanged"


def test_a_mistake_in_one_edition_leaves_the_others(digest: Run, tags: Blog) -> None:
    build(digest, tags, "--all")
    (tags.root / "issues/by-tag-birds/2026-10-08-by-tag-birds/editor.md").write_text(
        "---\npin: https://letter.example/nowhere/\n---\n"
    )
    tags.write("four", "Slates", "2026-10-07T11:00:00Z", "roofs")
    answer = digest("--project", tags.root, "build", "--all", *DATED, "--json")
    assert answer.code == 1
    assert "issues/by-tag-birds/2026-10-08-by-tag-birds/editor.md:2" in answer.err
    assert {told["edition"]: told["status"] for told in answer.json} == {
        "weekly": "built",
        "by-tag-roofs": "built",
    }


def test_one_among_many_is_built_by_its_name(digest: Run, tags: Blog) -> None:
    assert states(digest, tags, "by-tag-roofs") == {"by-tag-roofs": "built"}
    answer = digest("--project", tags.root, "build", "by-tag-rofs")
    assert (answer.code, 'Did you mean "by-tag-roofs"?' in answer.err) == (2, True)


def test_an_edition_that_is_described_by_itself_comes_before_the_pattern_s(
    digest: Run, tags: Blog
) -> None:
    tags.configure(PATTERN + '[edition.by-tag-birds]\ntags = "birds"\nlimit = 1\n')
    made = build(digest, tags, "--all")
    assert made["by-tag-birds"]["folder"] == "issues/2026-10-08-by-tag-birds"
    assert len(made["by-tag-birds"]["posts"]) == 1  # type: ignore[arg-type]


def test_what_was_sent_is_never_sent_again_and_numbers_count_for_each(
    digest: Run, tags: Blog
) -> None:
    build(digest, tags, "--all")
    tags.write("four", "Slates", "2026-10-12T11:00:00Z", "roofs")
    answer = digest("--project", tags.root, "build", "--all", "--date", "2026-10-15", "--json")
    made = {told["edition"]: told for told in answer.json}
    assert made["by-tag-roofs"]["number"] == 2
    assert made["by-tag-roofs"]["posts"] == ["https://letter.example/four/"]
    assert made["by-tag-birds"]["status"] == "nothing-to-send"
    assert (tags.root / "issues/by-tag-birds/skipped").exists()
    assert answer.code == 0  # of many editions some always have nothing


def test_an_issue_of_a_pattern_goes_the_whole_way(digest: Run, tags: Blog) -> None:
    build(digest, tags, "--all")
    issue = "2026-10-08-by-tag-birds"

    def run(*args: object) -> Answer:
        answer = digest("--project", tags.root, *args)
        assert answer.code == 0, answer.err
        return answer

    assert run("check", issue, "--json").json["issue"] == issue
    run("approve", issue)
    assert f'href="by-tag-birds/{issue}/web.html"' in (tags.root / "issues/index.html").read_text()
    run("rebuild", issue, "--check")
    run("export", issue, "--for", "mailchimp")
    listed = {entry["issue"]: entry["state"] for entry in run("issues", "--json").json}
    assert listed[issue] == "approved"
    assert listed["2026-10-08-by-tag-roofs"] == "draft"
    assert states(digest, tags, "--all")["by-tag-birds"] == "sealed"


def test_processes_and_parts_build_the_same(digest: Run, tags: Blog, tmp_path: Path) -> None:
    def files(root: Path) -> dict[str, bytes]:
        return {
            path.relative_to(root).as_posix(): path.read_bytes()
            for path in root.glob("issues/**/email.html")
        }

    build(digest, tags, "--all")
    wanted = files(tags.root)
    for ways in ([("--jobs", 2)], [("--shard", "1/2"), ("--shard", "2/2")]):
        for path in tags.root.glob("issues/**/email.html"):
            path.unlink()
        for way in ways:
            digest("--project", tags.root, "build", "--all", *DATED, *way)
        assert files(tags.root) == wanted


def test_what_another_process_built_is_known_to_be_unchanged(
    digest: Run, tags: Blog, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Nothing is even chosen again."""
    digest("--project", tags.root, "build", "--all", *DATED, "--jobs", 2)
    monkeypatch.setattr(Draft, "select", lambda _draft: 1 / 0)
    assert set(states(digest, tags, "--all").values()) == {"unchanged"}


def test_parts_share_all_editions_and_none_twice(digest: Run, tags: Blog) -> None:
    parts = [
        digest("--project", tags.root, "build", "--all", *DATED, "--json", "--shard", f"{n}/3")
        for n in (1, 2, 3)
    ]
    names = [told["edition"] for part in parts if part.out for told in part.json]
    assert sorted(names) == ["by-tag-birds", "by-tag-roofs", "weekly"]
    refused = digest("--project", tags.root, "build", "--all", "--shard", "3/2")
    assert (refused.code, "is no shard" in refused.err) == (2, True)


def test_many_are_told_in_sums(digest: Run, blog: Blog) -> None:
    for n in range(25):
        blog.write(f"p{n}", f"Post {n}", "2026-10-06T09:00:00Z", f"tag{n}")
    blog.configure(PATTERN)
    answer = digest("--project", blog.root, "build", "--all", *DATED)
    assert answer.out.startswith("28 editions: 28 built\n")
    assert len(answer.out.splitlines()) == 2
    again = digest("--project", blog.root, "build", "--all", *DATED)
    assert again.out == "28 editions: 28 unchanged\n"


def test_the_index_answers_as_the_issues_themselves_do(digest: Run, tags: Blog) -> None:
    build(digest, tags, "--all")
    project = Project(tags.root)
    first = project.folders.all()
    for issue in first:  # so old that their times tell them apart
        import os

        os.utime(issue.folder / "issue.json", (1_700_000_000, 1_700_000_000))
    kept = [project.folders.all() for _ in range(2)]
    assert kept == [first, first]
    assert (tags.root / ".digest/index/by-tag-birds.json").exists()
    (tags.root / ".digest/index/by-tag-birds.json").write_text("{broken")
    assert project.folders.all() == first


def test_the_folders_of_all_editions_are_not_listed_for_each(
    digest: Run, blog: Blog, monkeypatch: pytest.MonkeyPatch
) -> None:
    for n in range(25):
        blog.write(f"p{n}", f"Post {n}", "2026-10-06T09:00:00Z", f"tag{n}")
    blog.configure(PATTERN)
    listed, names = [], places.names
    monkeypatch.setattr(places, "names", lambda path: [*names(path), *(listed.append(path) or ())])
    build(digest, blog, "--all")
    assert 0 < listed.count(blog.root / "issues") < 25


def test_a_series_is_read_once_for_all_editions_that_show_a_part(
    digest: Run, blog: Blog, monkeypatch: pytest.MonkeyPatch
) -> None:
    for n in range(1, 6):
        blog.write(f"p{n}", f"Ponds, part {n}", "2026-10-06T09:00:00Z", f"tag{n}")
    blog.configure(PATTERN)
    asked, posts = [], Archive.posts
    monkeypatch.setattr(
        Archive, "posts", lambda *a, **k: [asked.append(k.get("series")), posts(*a, **k)][1]
    )
    build(digest, blog, "--all")
    assert asked.count("Ponds") == 1
    folder = blog.root / "issues/by-tag-tag5/2026-10-08-by-tag-tag5"
    (part,) = json.loads((folder / "issue.json").read_bytes())["issue"]["featured"]["series"]
    assert len(part["earlier"]) == 4


def test_chunks_of_one_run_read_a_series_once_until_posts_change(
    digest: Run, tags: Blog, monkeypatch: pytest.MonkeyPatch
) -> None:
    for n in (1, 2):
        tags.write(f"p{n}", f"Ponds, part {n}", "2026-10-06T09:00:00Z", f"tag{n}")
    digest("--project", tags.root, "collect")
    asked, posts = [], Archive.posts
    monkeypatch.setattr(
        Archive, "posts", lambda *a, **k: [asked.append(k.get("series")), posts(*a, **k)][1]
    )

    def build_each(*names: str) -> None:
        project = Project(tags.root)
        for name in names:
            chunk = (project.edition(name),)
            now = datetime(2026, 10, 9, tzinfo=UTC)
            (told,) = chunks.build_chunk(Chunk(tags.root, chunk, now, DAY, run="one"))
            assert not isinstance(told, Exception)

    build_each("by-tag-tag1", "by-tag-tag2")
    assert asked == ["Ponds"]
    tags.write("p3", "Ponds, part 3", "2026-10-06T09:00:00Z", "tag3")
    digest("--project", tags.root, "collect")
    build_each("by-tag-tag3")
    assert asked.count("Ponds") == 2
    folder = tags.root / "issues/by-tag-tag3/2026-10-08-by-tag-tag3"
    (part,) = json.loads((folder / "issue.json").read_bytes())["issue"]["featured"]["series"]
    assert len(part["earlier"]) == 2


def test_chunks_of_one_run_read_the_project_once(
    digest: Run, tags: Blog, monkeypatch: pytest.MonkeyPatch
) -> None:
    digest("--project", tags.root, "collect")
    editions = list(Project(tags.root).editions().values())
    opened: list[Path] = []
    monkeypatch.setattr(chunks, "Project", lambda root: [opened.append(root), Project(root)][1])
    now = datetime(2026, 10, 9, tzinfo=UTC)
    for run in ("first", "first", "second", "", ""):
        for told in chunks.build_chunk(
            Chunk(root=tags.root, editions=tuple(editions), now=now, run=run)
        ):
            assert not isinstance(told, Exception)
    assert len(opened) == 4

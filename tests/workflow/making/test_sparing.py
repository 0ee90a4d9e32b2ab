"""A post of one issue is shown as its author wrote it: the editor spares it single rules."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from digest.errors import EditorError
from digest.models import Post, PostView
from digest.workflow.gathering.collecting import collect
from digest.workflow.making.building import build, would_change
from digest.workflow.project import Project
from digest.workflow.records import approve
from tests.conftest import Blog

DATED = date(2026, 10, 11)
ISSUE = f"{DATED}-weekly"


def moss(part: int) -> str:
    return f"https://letter.example/moss-{part}/"


@pytest.fixture
def garden(tmp_path: Path) -> Project:
    """Make a project whose posts need editing: a byline, a series, tracking, a closing line."""
    blog = Blog(tmp_path / "garden")
    blog.root.mkdir()
    blog.configure()
    for part in (1, 2, 3):
        blog.write(
            f"moss-{part}",
            f"Moss on roofs, part {part} of 3. By Ada Penhaligon",
            f"2026-10-0{part + 4}T09:00:00Z",
            body=f"Green in week {part}, says [the paper](https://p.example/?utm_source=x&n={part}). "
            + "Moss grows. " * 12
            + "\n\nThe post Moss on roofs appeared first on The Letter.",
        )
    project = Project(blog.root)
    collect(project)
    built(project)
    return project


def built(project: Project) -> dict[str, PostView]:
    """Build the issue and return its posts by address."""
    build(project, project.config.edition(), DATED)
    return {post.permalink: post for post in project.folders.read(ISSUE).issue.posts}


def told(project: Project, head: str) -> dict[str, PostView]:
    """Build the issue with a line of editor.md's own."""
    (project.folders.folder(ISSUE) / "editor.md").write_text(f"---\n{head}\n---\n")
    return built(project)


def archived(project: Project, address: str) -> Post:
    with project.archive_to_read() as archive:
        post = archive.find(address)
    assert post
    return post


def rules(project: Project, address: str) -> set[str]:
    return {fixup.rule for fixup in archived(project, address).fixups}


def test_a_post_is_taken_out_of_its_series(garden: Project) -> None:
    """In this issue, and no other post of the series with it."""
    before = built(garden)
    assert before[moss(2)].series[0].part == 2
    (rule,) = {r for r in rules(garden, moss(2)) if r.startswith("series-")}
    after = told(garden, f"as_written:\n  {moss(2)}: {rule}")
    assert after[moss(2)].series == ()
    assert after[moss(1)].series == before[moss(1)].series
    assert archived(garden, moss(2)).series, "the archive keeps what editing made of it"


def test_a_byline_stays_in_its_title(garden: Project) -> None:
    assert built(garden)[moss(1)].byline == "Ada Penhaligon"
    after = told(garden, f"as_written:\n  {moss(1)}: byline-by")
    assert after[moss(1)].title.endswith("By Ada Penhaligon")
    assert after[moss(1)].byline == ""


def test_several_rules_are_named_at_once_and_bodies_are_spared_too(garden: Project) -> None:
    before = built(garden)[moss(3)]
    assert "appeared first" not in before.body + before.excerpt
    assert "utm_source" not in before.body
    after = told(garden, f"as_written:\n  {moss(3)}: body-closing, link-tracking")[moss(3)]
    assert "appeared first" in after.body
    assert "utm_source=x" in after.body


def test_it_is_known_again_by_what_it_was(garden: Project) -> None:
    """Nothing tells readers of a change that is none, and what was asked for is built once."""
    before = built(garden)[moss(1)]
    after = told(garden, f"as_written:\n  {moss(1)}: byline-by, body-closing")[moss(1)]
    assert (after.fingerprint, after.sketch) == (before.fingerprint, before.sketch)
    assert would_change(garden, ISSUE) == ""
    approve(garden, ISSUE, anyway="as it was written")
    garden = Project(garden.root)
    later = build(garden, garden.config.edition(), date(2026, 10, 18), dry_run=True)
    assert [d for d in later.decisions if d.rule == "updated"] == []


@pytest.mark.parametrize(
    ("rule", "words"),
    [
        ("byline-bye", 'there is no rule "byline-bye"'),
        ("image-dropped", "no post is spared"),
        ("everything", 'there is no rule "everything"'),
    ],
)
def test_a_rule_that_nobody_can_leave_out_is_told(garden: Project, rule: str, words: str) -> None:
    with pytest.raises(EditorError, match=words) as told_:
        told(garden, f"as_written:\n  {moss(1)}: {rule}")
    assert told_.value.where.endswith("editor.md:3")


def test_a_post_that_does_not_exist_is_told(garden: Project) -> None:
    with pytest.raises(EditorError, match="there is no post"):
        told(garden, "as_written:\n  https://letter.example/lichen/: byline-by")

"""What a changed path means for the issue that is shown."""

from __future__ import annotations

from pathlib import Path

import pytest

from digest.preview.live.watching import Change, Places, meaning, places
from digest.workflow.project import Project
from tests.conftest import Blog
from tests.preview.conftest import ISSUE


@pytest.fixture
def watched(tmp_path: Path) -> Places:
    """Name the places of a project whose posts lie inside it."""
    return Places(
        root=tmp_path,
        issue=tmp_path / "issues" / ISSUE,
        templates=(tmp_path / "templates", Path("/shipped/templates")),
        sources={"blog": tmp_path / "posts", "notes": tmp_path / "posts" / "notes"},
    )


@pytest.mark.parametrize(
    ("path", "change"),
    [
        (f"issues/{ISSUE}/editor.md", Change(build=True)),
        (f"issues/{ISSUE}/issue.json", Change(read=True)),
        (f"issues/{ISSUE}/approval.json", Change(read=True)),
        (f"issues/{ISSUE}/.tmp-email.html-1", Change()),
        ("issues/2026-10-04-weekly/editor.md", Change()),
        ("digest.toml", Change(build=True, places=True)),
        ("issues", Change(read=True, places=True)),
        (f"issues/{ISSUE}", Change(read=True, places=True)),
        ("issues/2026-10-04-weekly", Change()),
        ("README.md", Change()),
        (".digest/archive.db", Change()),
        ("templates/weekly/issue.mjml.j2", Change(build=True)),
        ("templates", Change(build=True, places=True)),
        ("/shipped/templates/weekly/theme.toml", Change(build=True)),
        ("posts/swifts.md", Change(build=True, sources=frozenset({"blog"}))),
        ("posts/notes/moss.md", Change(build=True, sources=frozenset({"blog", "notes"}))),
        ("elsewhere/moss.md", Change()),
        ("posts/.swifts.md.swp", Change()),
        ("posts/swifts.md~", Change()),
        ("posts/.git/index", Change()),
        ("templates/weekly/.issue.mjml.j2.tmp", Change()),
    ],
)
def test_a_path_means(watched: Places, path: str, change: Change) -> None:
    assert meaning([watched.root / path], watched) == change


def test_several_paths_are_one_change(watched: Places) -> None:
    found = [
        watched.root / "posts/a.md",
        watched.root / "digest.toml",
        watched.issue / "approval.json",
    ]
    assert meaning(found, watched) == Change(
        build=True, read=True, places=True, sources=frozenset({"blog"})
    )


def test_a_source_that_holds_the_whole_project_does_not_chase_its_own_tail(tmp_path: Path) -> None:
    """A build writes into issues/ and .digest/, which is no reason for another."""
    watched = Places(
        root=tmp_path, issue=tmp_path / "issues" / ISSUE, templates=(), sources={"all": tmp_path}
    )
    for path in (".digest/archive.db-wal", "issues/skipped.json", f"issues/{ISSUE}/email.html"):
        assert not meaning([tmp_path / path], watched)
    assert meaning([tmp_path / "post.md"], watched).sources == {"all"}


def test_the_sources_of_before_are_watched_while_the_configuration_is_broken(garden: Blog) -> None:
    before = places(Project(garden.root), ISSUE)
    assert before.sources == {"blog": garden.root / "posts"}
    (garden.root / "digest.toml").write_text("[newsletter\n")
    assert places(Project(garden.root), ISSUE, before) == before

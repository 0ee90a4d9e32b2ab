"""digest as a library: its page does what it shows, and importing it costs nothing."""

from __future__ import annotations

import inspect
import os
import re
import subprocess
import sys
from collections.abc import Iterable
from concurrent.futures import ThreadPoolExecutor
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from pytest_httpserver import HTTPServer

import digest
from digest import library
from digest.workflow import many
from digest.workflow.making.reports import BuildReport
from tests.conftest import Blog

PAGE = Path(__file__).parents[1] / "docs" / "library.md"
CODE = re.findall(r"^```python\n(.*?)^```$", PAGE.read_text("utf-8"), re.M | re.S)


def test_the_page_s_code_runs_and_prints_what_it_says(
    blog: Blog, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    blog.root.rename(blog.root.with_name("my-letter"))
    monkeypatch.chdir(blog.root.parent)
    names: dict[str, object] = {}
    for block in CODE:
        exec(compile(block, str(PAGE), "exec"), names)
    said = capsys.readouterr().out
    assert "blog: 3 new, 0 changed" in said
    assert "chosen: Counting the swifts (window)" in said
    assert "2026-10-08-weekly: built, 3 posts" in said
    assert "weekly: unchanged" in said
    shown = re.findall(r"print\(error\.\w+\)\s+# (.*)", CODE[-1])
    assert shown == said.splitlines()[-len(shown) :]


def test_the_page_tells_of_every_function_and_its_parameters() -> None:
    text = PAGE.read_text("utf-8")
    for name in digest.__all__:
        (row,) = re.findall(rf"^\| `{name}\((.*?)\)` \|", text, re.M)
        told = re.findall(r"(\w+)(?:=[^,]+)?(?:, |$)", row)
        assert told == list(inspect.signature(getattr(digest, name)).parameters)


def test_every_function_says_what_it_raises() -> None:
    for name in digest.__all__:
        assert "Raises:" in (getattr(library, name).__doc__ or ""), name


def test_importing_digest_imports_no_room() -> None:
    script = (
        "import sys; before = set(sys.modules); import digest; print(*set(sys.modules) - before)"
    )
    said = subprocess.run(
        [sys.executable, "-I", "-c", script],
        capture_output=True,
        text=True,
        check=True,
        env=os.environ,
    )
    loaded = set(said.stdout.split())
    assert {name for name in loaded if name.startswith("digest")} == {"digest"}
    assert not {"msgspec", "jinja2", "click", "sqlite3"} & loaded


def test_a_name_that_is_not_there_is_an_attribute_error() -> None:
    with pytest.raises(AttributeError, match="has no attribute 'sned'"):
        digest.sned  # noqa: B018 - asking is the test


def test_a_draft_that_is_as_it_was_is_made_again_by_force_alone(blog: Blog) -> None:
    project = digest.open_project(blog.root)
    digest.collect(project)
    day = date(2026, 10, 8)

    def made(**how: bool) -> tuple[str, str]:
        (many,) = digest.build_many(project, dated=day, **how).values()
        assert isinstance(many, BuildReport)
        return digest.build(project, dated=day, **how).status, many.status

    assert made(dry_run=True) == ("built", "built")
    assert not blog.issue("2026-10-08-weekly").exists(), "a rehearsal writes nothing"
    assert digest.build(project, dated=day).status == "built"
    assert made() == ("unchanged", "unchanged")
    assert made(force=True) == ("built", "built")


def test_everything_is_read_again_by_the_word_full_alone(
    blog: Blog, httpserver: HTTPServer, request: pytest.FixtureRequest
) -> None:
    """A source that says that nothing changed is otherwise taken at its word."""
    feed = '<rss version="2.0"><channel><title>A</title><item><guid>1</guid><title>B</title></item></channel></rss>'
    httpserver.expect_request("/feed").respond_with_data(
        feed, content_type="application/rss+xml", headers={"ETag": '"1"'}
    )
    (blog.root / "digest.toml").write_text(
        '[newsletter]\nname = "A"\n[fetching]\nallow_private = "localhost"\n'
        f'[[source]]\nname = "feed"\nkind = "feed"\nurl = "{httpserver.url_for("/feed")}"\n'
    )
    project = digest.open_project(blog.root)
    digest.collect(project)
    digest.collect(project)
    digest.collect(project, full=True)
    command = request.getfixturevalue("digest")
    command("--project", blog.root, "collect")
    command("--project", blog.root, "collect", "--full")
    asked = ["if-none-match" in asking.headers for asking, _ in httpserver.log]
    assert asked == [False, True, False, True, False]


def test_many_editions_are_built_here_one_by_one_unless_somebody_says_otherwise(
    blog: Blog, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[tuple[object, ...]] = []

    def build_all(
        project: object, editions: Iterable[object], *told: object, **how: object
    ) -> None:
        asked.append((project, list(editions), *told, how))

    monkeypatch.setattr(many, "build_all", build_all)
    project, day = digest.open_project(blog.root), date(2026, 10, 8)
    weekly = project.edition("weekly")
    usual: dict[str, Any] = {"dry_run": False, "force": False, "jobs": 1, "executor": None}
    with ThreadPoolExecutor(1) as executor:
        other: dict[str, Any] = {"dry_run": True, "force": True, "jobs": 3, "executor": executor}
        digest.build_many(project)
        digest.build_many(project, ["weekly", "weekly"], day, **other)
    assert asked == [
        (project, [weekly], None, usual),
        (project, [weekly], day, other),
    ]


def test_of_no_names_nothing_is_built_and_one_name_need_not_be_a_list(blog: Blog) -> None:
    project = digest.open_project(blog.root)
    digest.collect(project)
    assert dict(digest.build_many(project, [], date(2026, 10, 8))) == {}
    assert list(digest.build_many(project, "weekly", date(2026, 10, 8))) == ["weekly"]

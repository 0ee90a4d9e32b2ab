"""What a shell is offered when the tabulator key is pressed."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

import pytest
from click.shell_completion import BashComplete

from digest.cli import group
from tests.cli.test_commands import DATE, Blog, Run


@pytest.fixture
def offered(blog: Blog, digest: Run, monkeypatch: pytest.MonkeyPatch) -> Callable[[str], list[str]]:
    """Return what completes a command line in a project with an issue."""
    assert digest("--project", blog.root, "build", "--date", DATE).code == 0
    monkeypatch.chdir(blog.root)

    def complete(line: str) -> list[str]:
        words = line.split(" ")
        monkeypatch.setenv("COMP_WORDS", line)
        monkeypatch.setenv("COMP_CWORD", str(len(words) - 1))
        asked = BashComplete(group, {}, "digest", "_DIGEST_COMPLETE")
        args, typed = asked.get_completion_args()
        return [item.value for item in asked.get_completions(args, typed)]

    return complete


@pytest.mark.parametrize(
    ("line", "among"),
    [
        ("digest bu", "build"),
        ("digest approve 20", f"{DATE}-weekly"),
        ("digest export lat", "latest"),
        ("digest build we", "weekly"),
        ("digest why x --edition w", "weekly"),
        ("digest export latest --for mail", "mailchimp"),
    ],
)
def test_what_there_is_is_offered(
    offered: Callable[[str], list[str]], line: str, among: str
) -> None:
    """Issues, editions and services complete where they may stand."""
    assert among in offered(line)


def test_tags_sources_and_series_are_offered_from_the_archive(
    offered: Callable[[str], list[str]],
) -> None:
    """Names that posts carry complete the filters of `posts`."""
    assert offered("digest posts --tag ")
    assert offered("digest posts --source ")


def test_without_a_project_nothing_is_offered_and_nothing_fails(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A fault belongs to the command, not to the line being typed."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setitem(os.environ, "COMP_WORDS", "digest approve ")
    monkeypatch.setitem(os.environ, "COMP_CWORD", "2")
    asked = BashComplete(group, {}, "digest", "_DIGEST_COMPLETE")
    assert asked.get_completions(*asked.get_completion_args()) == []

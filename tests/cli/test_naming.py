"""An issue is named alike in every command: by id, folder or edition, or as the latest."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import click
import pytest

from digest.cli import COMMANDS, completing, group
from tests.cli.test_commands import DATE
from tests.conftest import Blog, Run

EARLIER = f"{DATE}-weekly"
LATER = "2026-10-09-weekly"
NEVER_BUILT = '[edition.monthly]\nschedule = "monthly on 1 at 06:00"\n'


def asked_for_issues() -> dict[str, int]:
    """Return how many issues each command takes, of those that take any."""
    found = {}
    for name in COMMANDS:
        command = group.get_command(click.Context(group), name)
        assert command
        offering = [param._custom_shell_complete for param in command.params]
        if completing.issue in offering:
            found[name] = offering.count(completing.issue)
    return found


FURTHER = {
    "approve": (),
    "deliver": ("--to", "folder", "--dry-run"),
    "diff": (),
    "check": ("--json",),
    "export": ("--for", "plain"),
    "preview": ("--static", "pages"),
    "rebuild": ("--check",),
}
"""What each of them is called with besides, so that it needs nobody."""


@pytest.fixture
def project(blog: Blog, digest: Run, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Make a project with two issues of an edition, and one without any."""
    monkeypatch.chdir(blog.root)
    assert digest("build", "weekly", "--date", DATE).code == 0
    assert digest("approve", EARLIER).code == 0
    blog.write("four", "A bed of ferns", "2026-10-08T12:00:00Z")
    assert digest("build", "weekly", "--date", LATER[:10]).code == 0
    blog.configure(NEVER_BUILT)
    return blog.root


def test_each_command_that_takes_an_issue_is_tried_here() -> None:
    assert asked_for_issues().keys() == FURTHER.keys()


@pytest.mark.parametrize("command", asked_for_issues())
def test_an_edition_is_its_latest_issue(command: str, project: Path, digest: Run) -> None:
    if command == "deliver":
        assert digest("approve", LATER).code == 0
    issues = ["weekly"] * asked_for_issues()[command]
    told = digest(command, *issues, *FURTHER[command])
    assert told.code == 0
    assert LATER in told.out + told.err
    assert EARLIER not in told.out + told.err


@pytest.mark.parametrize("command", asked_for_issues())
def test_the_help_says_how_an_issue_is_named(command: str, digest: Run) -> None:
    told = " ".join(digest(command, "--help").out.split())
    assert "edition" in told
    assert '"latest"' in told or "the latest issue" in told


@pytest.mark.parametrize("command", sorted(asked_for_issues().keys() - {"preview"}))
def test_an_edition_without_an_issue_says_how_to_build_one(
    command: str, project: Path, digest: Run
) -> None:
    issues = ["monthly"] * asked_for_issues()[command]
    told = digest(command, *issues, *FURTHER[command])
    assert told.code == 2
    assert "monthly has no issue yet. Build one with `digest build monthly`." in told.err


def test_build_says_how_it_is_told_of_an_issue(project: Path, digest: Run) -> None:
    told = digest("build", LATER)
    assert told.code == 2
    assert "`digest build weekly --date 2026-10-09` builds it." in told.err
    assert digest("build", "latest").code == 2


@pytest.mark.parametrize("command", ["build", "check", "preview"])
def test_a_pattern_is_no_edition_of_its_own(
    command: str, project: Path, digest: Run, blog: Blog
) -> None:
    blog.configure('[edition."by-tag-{tag}"]\nfor_each = "tag"\n')
    told = digest(command, "by-tag-{tag}")
    assert told.code == 2
    assert '"by-tag-{tag}" stands for many editions' in told.err


def test_a_renamed_edition_has_the_issues_of_its_former_name(project: Path, digest: Run) -> None:
    toml = project / "digest.toml"
    toml.write_text(
        toml.read_text().replace("[edition.weekly]", '[edition.letter]\nwas = "weekly"')
    )
    assert digest("check", "letter", "--json").json["issue"] == LATER
    assert digest("check", "weekly", "--json").json["issue"] == LATER


def test_issues_alone_are_named_by_their_edition_too(project: Path, digest: Run) -> None:
    (project / "digest.toml").unlink()
    rebuild = ("--project", project, "rebuild", "--check")
    assert LATER in digest(*rebuild, "weekly").out
    assert 'there is no issue "weekyl"' in digest(*rebuild, "weekyl").err


@pytest.mark.parametrize("command", ["approve", "deliver", "export", "rebuild"])
def test_a_call_that_names_no_issue_says_how_to(command: str, digest: Run) -> None:
    told = digest(command)
    assert told.code == 2
    assert f"`digest issues` lists, or the newest: digest {command} latest\n" in told.err


def test_an_export_for_nobody_says_how_to_name_the_service(digest: Run) -> None:
    told = digest("export", "weekly")
    assert told.code == 2
    assert "for which service? Name it, as: digest export latest --for mailchimp\n" in told.err


def test_issues_are_listed_of_the_editions_that_are_named(project: Path, digest: Run) -> None:
    def listed(*editions: str) -> list[str]:
        return [told["issue"] for told in json.loads(digest("issues", *editions, "--json").out)]

    assert listed("weekly") == listed() == [EARLIER, LATER]
    assert listed("monthly") == []
    assert listed("monthly", "weekly") == [EARLIER, LATER]
    told = digest("issues", "weakly")
    assert (told.code, "weekly" in told.err) == (2, True)


def test_an_edition_that_was_renamed_or_is_gone_has_its_issues_still(
    project: Path, digest: Run
) -> None:
    configured = project / "digest.toml"
    told = configured.read_text("utf-8")
    configured.write_text(told.replace("[edition.weekly]", '[edition.letter]\nwas = "weekly"'))
    assert EARLIER in digest("issues", "letter").out
    configured.write_text(told.replace("[edition.weekly]", '[edition.letter]\nwas = ""'))
    assert digest("issues", "letter").err == "0 issues; `digest build letter` makes one\n"
    assert EARLIER in digest("issues", "weekly").out


@pytest.mark.parametrize("command", sorted(asked_for_issues()))
def test_a_folder_of_another_project_is_not_taken_for_the_issue_of_that_name(
    command: str, project: Path, digest: Run
) -> None:
    """It may be gone by now: its issue would have been approved, or delivered, from here."""
    elsewhere = project.parent / "other" / "issues" / EARLIER
    for is_there in (False, True):
        if is_there:
            shutil.copytree(project / "issues" / EARLIER, elsewhere)
        issues = [f"../other/issues/{EARLIER}"] * asked_for_issues()[command]
        told = digest(command, *issues, *FURTHER[command])
        assert (told.code, told.err) == (
            2,
            f'error: "../other/issues/{EARLIER}" is not in this project. Here it is '
            f"issues/{EARLIER}; `--project DIR` first asks another one.\n",
        )


def test_a_folder_is_named_from_wherever_one_is(
    project: Path, digest: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    (project.parent / "link").symlink_to(project)
    named = {
        ".": [EARLIER, f"issues/{EARLIER}", f"./issues/{EARLIER}/", project / "issues" / EARLIER],
        "issues": [EARLIER, f"../issues/{EARLIER}", f"issues/{EARLIER}"],
        f"issues/{EARLIER}": [EARLIER, f"../{EARLIER}"],
        "..": [f"project/issues/{EARLIER}", f"link/issues/{EARLIER}", f"issues/{EARLIER}"],
    }
    for here, ways in named.items():
        monkeypatch.chdir(project / here)
        for way in ways:
            asked = ("--project", project, "rebuild", way, "--check")
            assert digest(*asked).code == 0, (here, way)

"""What a command says to do next: what it names works, and is named once."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.cli.test_commands import DATE
from tests.conftest import Blog, Run

ISSUE = f"{DATE}-weekly"


@pytest.fixture
def project(blog: Blog, monkeypatch: pytest.MonkeyPatch) -> Blog:
    monkeypatch.chdir(blog.root)
    return blog


def next_steps(told: str) -> list[str]:
    return [line for line in told.splitlines() if line.startswith("Next:")]


def test_a_build_leads_to_the_preview_and_the_seal(project: Blog, digest: Run) -> None:
    """After whatever is wrong with the issue, which comes first."""
    *_, last = digest("build", "--date", DATE).err.splitlines()
    assert f"`digest preview {ISSUE}`" in last
    assert f"`digest approve {ISSUE}`" in last


def test_an_issue_with_errors_is_not_said_to_be_sealed_at_once(project: Blog, digest: Run) -> None:
    settings = project.root / "digest.toml"
    settings.write_text(settings.read_text().replace('address = "1 Mill Lane, Dunfold"', ""))
    (told,) = next_steps(digest("build", "--date", DATE).err)
    assert told.endswith(f"`digest approve {ISSUE}` seals it once its errors are mended.")


def test_many_builds_lead_on_once(project: Blog, digest: Run) -> None:
    project.configure("[edition.monthly]\n")
    (told,) = next_steps(digest("build", "--all", "--date", DATE).err)
    assert "`digest preview ISSUE`" in told


@pytest.mark.parametrize("arguments", [("--dry-run",), ("--json",)])
def test_a_rehearsal_and_a_document_lead_nowhere(
    project: Blog, digest: Run, arguments: tuple[str, ...]
) -> None:
    assert not next_steps(digest("build", "--date", DATE, *arguments).err)


def test_what_was_built_before_leads_nowhere(project: Blog, digest: Run) -> None:
    digest("build", "--date", DATE)
    assert not next_steps(digest("build", "--date", DATE).err)


@pytest.mark.parametrize(
    ("service", "steps"),
    [
        (
            "plain",
            f"`digest deliver {ISSUE} --to SERVICE` leaves it there as a draft; `digest export",
        ),
        ("mailchimp", f"`digest deliver {ISSUE}` leaves it at mailchimp as a draft."),
        ("hubspot", f"`digest export {ISSUE} --for hubspot` prints it, to be pasted in."),
    ],
)
def test_a_seal_leads_to_the_service(project: Blog, digest: Run, service: str, steps: str) -> None:
    """To a draft where it takes one, else to what can be pasted in."""
    project.configure(f'service = "{service}"\n')
    assert digest("build", "--date", DATE).code == 0
    approved = digest("approve", ISSUE, "--anyway", "it is only tried")
    assert approved.code == 0
    (told,) = next_steps(approved.err)
    assert told.startswith(f"Next: {steps}")


def test_a_new_project_without_a_source_leads_into_its_folder(
    digest: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    (told,) = next_steps(digest("init", "letter").err)
    assert told == ("Next: name your blog in letter/digest.toml, then cd letter && digest collect.")


def test_a_new_project_with_a_template_of_its_own_leads_on_too(
    digest: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    assert next_steps(digest("init", "letter", "--template", "weekly").err)
    assert not next_steps(digest("init", "letter", "--template", "briefing").err)


def test_a_mistyped_folder_is_not_only_taken_for_a_host(
    digest: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    told = digest("init", "letter", "--from", "posst.invalid")
    assert told.code == 1
    assert "Nor is there a folder or file posst.invalid here." in told.err
    assert not (tmp_path / "letter").exists()


@pytest.mark.parametrize(
    ("command", "told"),
    [
        ("sources", "0 sources; add a [[source]] to digest.toml"),
        ("posts", "0 posts; `digest collect` brings them"),
        ("tags", "0 tags; `digest posts` lists the posts"),
        ("series", "0 series; `digest posts` lists the posts"),
        ("issues", "0 issues; `digest build` makes one"),
    ],
)
def test_a_list_of_nothing_says_where_it_comes_from(
    digest: Run, tmp_path: Path, command: str, told: str
) -> None:
    digest("init", tmp_path)
    assert digest("--project", tmp_path, command).err == f"{told}\n"


def test_what_was_passed_over_is_shown_by_the_command_that_is_named(
    project: Blog, digest: Run
) -> None:
    for number in range(7):
        path = project.write(f"draft_{number}", f"Draft {number}", "2026-10-05")
    told = digest("collect").err
    assert "and 2 more; `digest --verbose collect` shows all" in told
    assert path.name not in told
    assert path.name in digest("--verbose", "collect").err


def test_json_before_the_command_is_told_where_it_goes(digest: Run) -> None:
    told = digest("--json", "issues")
    assert told.code == 2
    assert "--json goes after the command, as in: digest build --json" in told.err


def test_of_several_editions_one_is_named_or_all(digest: Run, blog: Blog) -> None:
    blog.configure('[edition.monthly]\n[edition."by-{tag}"]\nfor_each = "tag"\n')
    refused = digest("--project", blog.root, "build", "--no-collect")
    assert (refused.code, refused.err) == (
        2,
        "error: which edition? Name one of: weekly, monthly, by-{tag}. "
        "`digest build --all` builds each that is due.\n",
    )


@pytest.mark.parametrize("command", [("build", "--all"), ("build", "--all", "--json"), ("run",)])
def test_where_patterns_make_no_edition_yet_it_is_said_why(
    digest: Run, blog: Blog, command: tuple[str, ...]
) -> None:
    settings = blog.root / "digest.toml"
    before = settings.read_text().partition("[edition.weekly]")[0]
    settings.write_text(
        before + '[edition."for-{choice}"]\nfor_each = "choice"\n'
        '[edition."on-{series}"]\nfor_each = "series"\n'
    )
    told = digest("--project", blog.root, *command)
    assert told.code == 0
    assert told.err.endswith(
        '[edition."for-{choice}"] makes no edition yet. '
        "Bring in what readers chose: `digest readers CSV -o FILE`.\n"
        '[edition."on-{series}"] makes no edition yet. '
        "The archive knows no series for it: `digest collect` brings posts.\n"
    )


def test_a_part_without_an_edition_is_told_as_that(digest: Run, blog: Blog) -> None:
    parts = [
        digest("--project", blog.root, "build", "--date", DATE, "--shard", f"{n}/2").err
        for n in (1, 2)
    ]
    assert sum("No edition that was asked for belongs to part " in said for said in parts) == 1

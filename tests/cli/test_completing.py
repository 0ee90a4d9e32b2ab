"""What a shell is offered when the tabulator key is pressed."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from click.shell_completion import (
    BashComplete,
    FishComplete,
    ShellComplete,
    ZshComplete,
    get_completion_class,
)

from digest.cli import group, shells
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


def test_the_newest_issue_and_the_tag_of_most_posts_are_offered_first(
    offered: Callable[[str], list[str]], blog: Blog, digest: Run
) -> None:
    for name, tags in (("four", "zinnias"), ("five", "zinnias"), ("six", "zinnias, asters")):
        blog.write(name, f"A bed of {name}", "2026-10-08", tags)
    digest("build", "--date", "2026-10-09")
    assert offered("digest approve ") == [
        "2026-10-09-weekly", f"{DATE}-weekly", "latest", "weekly",
    ]  # fmt: skip
    tags = offered("digest posts --tag ")
    assert (tags[0], tags[-1]) == ("zinnias", "asters")
    assert offered("digest posts --tag AS") == ["asters"]


@pytest.mark.parametrize(("editions", "shown"), [(199, 199), (200, 200), (201, 200)])
def test_no_more_is_offered_than_anybody_reads(
    offered: Callable[[str], list[str]], blog: Blog, editions: int, shown: int
) -> None:
    blog.configure("".join(f"[edition.e{number}]\n" for number in range(editions)))
    assert len(offered("digest build e")) == shown


def test_without_a_project_nothing_is_offered_and_nothing_fails(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A fault belongs to the command, not to the line being typed."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setitem(os.environ, "COMP_WORDS", "digest approve ")
    monkeypatch.setitem(os.environ, "COMP_CWORD", "2")
    asked = BashComplete(group, {}, "digest", "_DIGEST_COMPLETE")
    assert asked.get_completions(*asked.get_completion_args()) == []


NAMES = ("book review", "C++: notes", "it's", "a, b", "50% *off*")
ASK = {
    "bash": '''eval "$(_DIGEST_COMPLETE=bash_source digest)"
        COMP_WORDS=({words}); COMP_CWORD={last}
        _digest_completion digest; eval "printf '%s\\n' ${{COMPREPLY[*]}}"''',
    "fish": """_DIGEST_COMPLETE=fish_source digest | source
        complete -C '{line}'""",
}
"""What makes a shell say what it would put into the line."""


@pytest.fixture(scope="module")
def named(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a project whose one post has tags that shells take apart."""
    root = tmp_path_factory.mktemp("named")
    (root / "posts").mkdir()
    tags = "".join(f'  - "{name}"\n' for name in NAMES)
    (root / "posts/ferns.md").write_text(
        f"---\ntitle: Ferns\ndate: 2026-11-22\ntags:\n{tags}---\nGreen.\n"
    )
    (root / "digest.toml").write_text(
        '[newsletter]\nname = "N"\n[[source]]\nname = "blog"\nkind = "markdown"\n'
        'path = "posts"\nurl = "https://n.example/"\n[edition.weekly]\n'
    )
    _shell([sys.executable, "-m", "digest", "collect"], root)
    return root


def _shell(command: list[str], folder: Path) -> str:
    path = f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"
    environment = {**os.environ, "PATH": path, "HOME": str(folder)}
    done = subprocess.run(
        command, cwd=folder, env=environment, capture_output=True, text=True, check=True
    )
    return done.stdout


@pytest.mark.parametrize("shell", ASK)
@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("between", [" ", "="])
def test_a_real_shell_is_given_a_name_as_one_word(
    named: Path, shell: str, name: str, between: str
) -> None:
    """What bash would part into words, or read as a quotation, and fish cut at a comma."""
    if not shutil.which(shell):
        pytest.skip(f"{shell} is not installed")
    words = ["digest", "posts", "--tag", *("=" if between == "=" else ""), name[:1]]
    line = f"digest posts --tag{between}{name[:1]}"
    script = ASK[shell].format(words=" ".join(words), last=len(words) - 1, line=line)
    offered = _shell([shell, "-c", script], named).splitlines()
    prefix = "--tag=" if shell == "fish" and between == "=" else ""
    assert offered == [prefix + name]


@pytest.mark.parametrize(
    ("typed", "offered"),
    [
        ("--tag=bo", ["--tag=book review"]),
        ("--tag=nothing", []),
        ("--sin", ["--since"]),
        ("--series=", []),
    ],
)
@pytest.mark.parametrize(("shell", "kind"), [("zsh", ZshComplete), ("fish", FishComplete)])
def test_other_shells_keep_the_option_before_a_value_in_the_same_word(
    named: Path,
    monkeypatch: pytest.MonkeyPatch,
    shell: str,
    kind: type[ShellComplete],
    typed: str,
    offered: list[str],
) -> None:
    monkeypatch.chdir(named)
    shells.register()
    answering = get_completion_class(shell)
    assert answering is not None
    assert issubclass(answering, kind)
    found = answering(group, {}, "digest", "_").get_completions(["posts"], typed)
    assert [item.value for item in found] == offered


def test_what_opens_a_quotation_itself_is_left_to_bash(
    named: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(named)
    monkeypatch.setenv("COMP_WORDS", "digest\nposts\n--tag\n'bo")
    monkeypatch.setenv("COMP_CWORD", "3")
    shells.register()
    answering = get_completion_class("bash")
    assert answering is not None
    assert answering(group, {}, "digest", "_").complete() == "plain,book review"

"""What a program reads from `--json`: always one document on stdout, of what was found or of what went wrong."""

from __future__ import annotations

import importlib
import json
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from digest.cli import COMMANDS, main
from tests.conftest import Answer, Blog

Run = Callable[..., Answer]


def _command(name: str) -> Any:
    return importlib.import_module(f"digest.cli.{COMMANDS[name][0]}.{name}").command


WITH_JSON = [name for name in COMMANDS if any(p.name == "as_json" for p in _command(name).params)]


# Without these a command is called wrongly.
NEEDED = {
    "readers": ("readers.csv", "--output", "out.csv"),
    "deliver": ("latest",),
    "diff": ("one", "other"),
    "why": ("https://letter.example/one/",),
}


def error(answer: Answer) -> dict[str, Any]:
    """Return what the only document on stdout says of an error, which stderr tells people, too."""
    said = answer.json["error"]
    assert set(answer.json) == {"error"}
    assert set(said) == {"exit_code", "message", "where", "hint"}
    assert said["exit_code"] == answer.code != 0
    assert said["message"] in answer.err
    return dict(said)


def test_there_are_commands_with_json() -> None:
    assert {"posts", "build", "collect", "check", "deliver"} <= set(WITH_JSON)


@pytest.mark.parametrize("name", WITH_JSON)
def test_a_command_that_fails_as_a_whole_says_so_in_json(
    digest: Run, tmp_path: Path, name: str
) -> None:
    """As each does where there is no such folder."""
    said = error(digest("--project", tmp_path / "none", name, *NEEDED.get(name, ()), "--json"))
    assert said["hint"]


@pytest.mark.parametrize("name", WITH_JSON)
def test_a_wrong_call_is_told_in_json(digest: Run, blog: Blog, name: str) -> None:
    said = error(digest("--project", blog.root, name, "--json", "--colour"))
    assert said["exit_code"] == 2
    assert "--colour" in said["message"]


@pytest.mark.parametrize("how", ["--quiet", "--log-json"])
@pytest.mark.parametrize("name", WITH_JSON)
def test_however_little_is_told_to_people(digest: Run, tmp_path: Path, name: str, how: str) -> None:
    answer = digest(how, "--project", tmp_path / "none", name, *NEEDED.get(name, ()), "--json")
    assert answer.json["error"]["exit_code"] == answer.code != 0


@pytest.mark.parametrize(
    ("words", "code", "message"),
    [
        (["biuld", "--json"], 2, 'did you mean "build"?'),
        (["approve", "latest", "--json"], 2, "--json"),
        (["posts", "--json", "--quiet"], 2, "--quiet goes before the command"),
        (["posts", "--json", "--tag="], 2, "--tag is empty"),
        (["build", "wekly", "--json"], 2, 'there is no edition "wekly"'),
    ],
)
def test_whatever_part_refuses_a_call(
    digest: Run, blog: Blog, words: list[str], code: int, message: str
) -> None:
    said = error(digest("--project", blog.root, *words))
    assert (said["exit_code"], message in said["message"]) == (code, True)


def test_a_build_lists_what_it_made_be_it_none(digest: Run, blog: Blog) -> None:
    digest("--project", blog.root, "init", "--template", "briefing")
    template = blog.root / "templates/briefing/issue.mjml.j2"
    template.write_text("{{ nobody.name }}")
    blog.configure('template = "briefing"\n')
    built = digest("--project", blog.root, "build", "--date", "2026-10-08", "--json")
    assert (built.code, built.json) == (1, [])
    assert "issue.mjml.j2:1" in built.err


def test_what_could_be_found_is_the_document_and_the_exit_code_tells_the_rest(
    digest: Run, blog: Blog
) -> None:
    """No second document follows the first, whatever the command ends with."""
    project = ("--project", blog.root)
    path = blog.root / "digest.toml"
    path.write_text(path.read_text().replace('address = "1 Mill Lane, Dunfold"\n', ""))
    digest(*project, "build", "--date", "2026-10-08")
    failed = digest(*project, "check", "latest", "--json")
    assert (failed.code, failed.json["ok"]) == (4, False)
    for post in (blog.root / "posts").iterdir():
        post.unlink()
    empty = digest(*project, "build", "--date", "2026-11-23", "--json")
    assert (empty.code, empty.json[0]["status"]) == (3, "nothing-to-send")
    (blog.root / "posts").rename(blog.root / "moved")
    gone = digest(*project, "collect", "--json")
    assert (gone.code, gone.json[0]["status"]) == (5, "failed")


def test_ctrl_c_and_a_bug_are_told_in_json(
    capsys: pytest.CaptureFixture[str], blog: Blog, monkeypatch: pytest.MonkeyPatch
) -> None:
    for fault, code in ((KeyboardInterrupt(), 130), (ZeroDivisionError("x"), 1)):

        def fail(*_args: object, fault: BaseException = fault, **_options: object) -> None:
            raise fault

        monkeypatch.setattr("digest.workflow.gathering.collecting.collect", fail)
        with pytest.raises(SystemExit):
            main(["--project", str(blog.root), "collect", "--json"])
        assert json.loads(capsys.readouterr().out)["error"]["exit_code"] == code


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="there is no /dev/full here")
def test_where_stdout_takes_nothing_people_are_told(blog: Blog) -> None:
    asked = [
        sys.executable,
        "-m",
        "digest",
        "--project",
        str(blog.root),
        "posts",
        "--tag=",
        "--json",
    ]
    with Path("/dev/full").open("w") as full:
        done = subprocess.run(
            asked, stdout=full, stderr=subprocess.PIPE, text=True, check=False, env=dict(os.environ)
        )
    assert done.returncode == 2
    assert "--tag is empty" in done.stderr

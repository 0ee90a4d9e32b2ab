"""What a cron job hears with --quiet, since each line of it is a mail; and a program with --log-json."""

from __future__ import annotations

import json
import signal
import subprocess
import sys
from typing import Any, cast

import pytest

from digest.cli import session
from digest.cli.speaking import Answer
from tests.conftest import Blog, Run

DATE = "2026-10-08"


@pytest.fixture
def faulty(blog: Blog) -> Blog:
    """Return a project whose issues have an error: they tell no postal address."""
    blog.configure('since = "3650 days"\n')
    path = blog.root / "digest.toml"
    path.write_text(path.read_text().replace('address = "1 Mill Lane, Dunfold"\n', ""))
    return blog


@pytest.mark.parametrize("command", [("build", "--date", DATE), ("run",)])
def test_an_error_in_an_issue_is_told_when_it_is_written_and_not_again(
    digest: Run, faulty: Blog, command: tuple[str, ...]
) -> None:
    first = digest("--project", faulty.root, "--quiet", *command)
    assert (first.code, first.out) == (0, "")
    assert first.err.count("\n") == 1
    assert "warning: 20" in first.err
    assert "-weekly: ADDRESS-SET: " in first.err
    again = digest("--project", faulty.root, "--quiet", *command)
    assert (again.code, again.out, again.err) == (0, "", "")


def test_who_asks_aloud_hears_of_it_each_time(digest: Run, faulty: Blog) -> None:
    for _ in range(2):
        assert "error: ADDRESS-SET" in digest("--project", faulty.root, "build", "--date", DATE).out


def test_a_document_of_json_is_whole_and_the_errors_stand_beside_it(
    digest: Run, faulty: Blog
) -> None:
    answer = digest("--project", faulty.root, "build", "--date", DATE, "--json")
    assert answer.json[0]["findings"] >= 1
    assert f"warning: {DATE}-weekly: ADDRESS-SET" in answer.err


@pytest.mark.parametrize("how", [["--quiet"], []])
def test_a_file_that_was_changed_by_hand_is_told_of(
    digest: Run, blog: Blog, how: list[str]
) -> None:
    asked = ["--project", blog.root, *how, "build", "--date", DATE]
    digest(*asked)
    page = blog.issue(f"{DATE}-weekly") / "email.html"
    page.write_text(page.read_text() + "<!-- mine -->")
    blog.write("four", "Late swifts", "2026-10-07T10:00:00Z")
    for words in ([], ["--json"]):
        assert "changed by hand" in digest(*asked, *words).err
        page.write_text(page.read_text() + "<!-- mine -->")
        blog.write("five", "Later swifts", "2026-10-07T11:00:00Z")


@pytest.mark.parametrize("command", [("build", "--date", "2026-11-23"), ("run",)])
def test_nothing_to_send_is_an_exit_code_and_no_mail(
    digest: Run, blog: Blog, command: tuple[str, ...]
) -> None:
    for path in (blog.root / "posts").iterdir():
        path.unlink()
    quiet = digest("--project", blog.root, "-q", *command)
    assert (quiet.code, quiet.out, quiet.err) == (3, "", "")
    assert "min_posts" in digest("--project", blog.root, *command).err


def test_a_source_that_fails_is_told_of_each_time(digest: Run, blog: Blog) -> None:
    (blog.root / "posts").rename(blog.root / "moved")
    for _ in range(2):
        answer = digest("--project", blog.root, "-q", "run")
        assert answer.code == 5
        assert "1 of 1 source" in answer.err


def test_what_was_done_is_told_to_nobody(digest: Run, blog: Blog) -> None:
    digest("--project", blog.root, "-q", "build", "--date", DATE)
    for words in (["approve", "latest"], ["rebuild", "latest"], ["collect"]):
        answer = digest("--project", blog.root, "-q", *words)
        assert (answer.code, answer.out, answer.err) == (0, "", ""), words


@pytest.mark.parametrize(
    ("words", "code", "message"),
    [
        (["build", "--no-such"], 2, "No such option"),
        (["biuld"], 2, 'did you mean "build"?'),
        (["collect", "blgo"], 2, 'there is no source "blgo"'),
        (["export", "latest", "--for", "plain", "-o", "no/such/folder/x.html"], 2, ""),
        (["posts", "--since", "soon"], 2, '"soon" is no date'),
    ],
)
def test_every_end_is_an_event(
    digest: Run, blog: Blog, words: list[str], code: int, message: str
) -> None:
    answer = digest("--project", blog.root, "--log-json", *words)
    *_, last = [json.loads(line) for line in answer.err.splitlines()]
    assert (answer.code, last["event"], last["exit_code"]) == (code, "error", code)
    assert message in last["message"]


def test_ctrl_c_is_an_event_too(blog: Blog) -> None:
    script = (
        "import signal, sys\n"
        "from digest.workflow.gathering import collecting\n"
        "collecting.collect = lambda *a, **b: signal.raise_signal(signal.SIGINT)\n"
        "signal.signal(signal.SIGINT, signal.default_int_handler)\n"
        "from digest.cli import main\nmain()"
    )
    words = ["--project", str(blog.root), "--log-json", "collect"]
    done = subprocess.run([sys.executable, "-c", script, *words], capture_output=True, check=False)
    assert done.returncode == 128 + signal.SIGINT
    assert json.loads(done.stderr)["exit_code"] == done.returncode


@pytest.mark.parametrize("is_terminal", [True, False])
@pytest.mark.parametrize(("quiet", "logs"), [(False, False), (True, False), (False, True)])
def test_a_bar_is_for_people_who_look_at_a_terminal(
    quiet: bool, logs: bool, is_terminal: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(session, "is_colourful", lambda _: is_terminal)
    monkeypatch.setattr(session, "BAR_AFTER_SECONDS", 60.0)
    with session.Session(None, Answer(), quiet=quiet, logs=logs).progress() as bar:
        is_waiting = cast(Any, bar).timer.is_alive()
    assert is_waiting == (is_terminal and not quiet and not logs)

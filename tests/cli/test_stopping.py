"""A command ends quietly when it is stopped while it starts, and when nobody can or will hear it.

Ctrl-C ends it with 130 and one line, whatever it was importing.
"""

from __future__ import annotations

import os
import shutil
import signal
import socket
import subprocess
import sys
from pathlib import Path

import pytest

STOPPED = """\
import signal, sys
# What is run in the background of a shell ignores Ctrl-C, and so does all that it starts.
signal.signal(signal.SIGINT, signal.default_int_handler)
wanted, *sys.argv[1:] = sys.argv[1:]
class Stopping:
    def find_spec(self, name, path=None, target=None):
        if name == wanted:
            signal.raise_signal(signal.SIGINT)
sys.meta_path.insert(0, Stopping())
from digest.__main__ import main
main()
"""
"""Presses Ctrl-C when a module is looked for, which is any moment of a start that can be named."""


def write(root: Path) -> None:
    """Write a project with one post."""
    (root / "posts").mkdir()
    (root / "posts/a.md").write_text("---\ntitle: A\ndate: 2026-11-22\n---\nWords.\n")
    (root / "digest.toml").write_text(
        '[newsletter]\nname = "N"\n[[source]]\nname = "blog"\nkind = "markdown"\n'
        'path = "posts"\nurl = "https://n.example/"\n[edition.weekly]\n'
    )


@pytest.mark.parametrize(
    "module",
    ["digest.machine", "digest.cli", "click", "digest.errors", "digest.cli.session",
     "digest.cli.making.build", "digest.workflow", "digest.workflow.project", "msgspec",
     "digest.config", "tomllib", "digest.archive", "sqlite3", "digest.rendering", "jinja2"],
)  # fmt: skip
def test_ctrl_c_during_an_import_ends_without_a_traceback(tmp_path: Path, module: str) -> None:
    write(tmp_path)
    asked = [sys.executable, "-c", STOPPED, module, "build", "--date", "2026-11-23"]
    done = subprocess.run(asked, cwd=tmp_path, capture_output=True, text=True, check=False)
    if done.returncode == 0:
        pytest.skip(f"{module} is not imported by a build")
    assert (done.returncode, done.stderr.count("Traceback")) == (130, 0), done.stderr
    assert done.stderr.endswith("error: stopped; nothing is half-written\n")


def test_the_package_itself_imports_nothing_that_takes_time() -> None:
    """What is imported before `main` has begun cannot be stopped quietly."""
    names = "import sys; before = set(sys.modules); import digest.__main__; "
    asked = [sys.executable, "-c", f"{names} print(*set(sys.modules) - before)"]
    done = subprocess.run(asked, capture_output=True, text=True, check=True)
    assert set(done.stdout.split()) <= {"__future__", "digest", "digest.__main__", "gc"}


COMMANDS = [
    ["posts"],
    ["posts", "--json"],
    ["--help"],
    ["issues"],
    ["build", "--dry-run", "--date", "2026-11-23"],
    ["--verbose", "collect"],
]


@pytest.fixture(scope="module")
def collected(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Make a project that has collected its post, once; every test gets a copy."""
    root = tmp_path_factory.mktemp("collected")
    write(root)
    subprocess.run([sys.executable, "-m", "digest", "-q", "collect"], cwd=root, check=True)
    return root


@pytest.fixture
def project(collected: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(collected, tmp_path / "project"))


@pytest.mark.skipif(sys.platform == "win32", reason="asks a shell to close streams")
@pytest.mark.parametrize("closed", [">&-", "2>&-", "<&-", "<&- >&- 2>&-"])
@pytest.mark.parametrize("command", COMMANDS, ids=" ".join)
def test_closed_streams_are_no_fault(project: Path, command: list[str], closed: str) -> None:
    """Some schedulers start what they start so; the next file opened would be taken for one."""
    asked = ["sh", "-c", f'exec "$@" {closed}', "sh", sys.executable, "-m", "digest", *command]
    done = subprocess.run(asked, cwd=project, capture_output=True, text=True, check=False)
    assert (done.returncode, done.stderr.count("Traceback")) == (0, 0), done.stderr


@pytest.mark.parametrize("command", COMMANDS, ids=" ".join)
def test_a_reader_who_has_left_is_no_fault(project: Path, command: list[str]) -> None:
    """As `head -1` leaves: what comes then goes nowhere, and nothing is said of it."""
    theirs, ours = os.pipe()
    os.close(theirs)
    try:
        asked = [sys.executable, "-m", "digest", *command]
        done = subprocess.run(
            asked, cwd=project, stdout=ours, stderr=subprocess.PIPE, text=True, check=False
        )
    finally:
        os.close(ours)
    assert (done.returncode, done.stderr.count("Traceback")) == (0, 0), done.stderr
    assert "error" not in done.stderr


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="only Linux has a disk always full")
@pytest.mark.parametrize("command", [*COMMANDS[:3], COMMANDS[4], ["nonsense"]], ids=" ".join)
def test_a_full_disk_is_told_and_hides_no_other_error(project: Path, command: list[str]) -> None:
    asked = [sys.executable, "-m", "digest", *command]
    is_wrong = command == ["nonsense"]
    with Path("/dev/full").open("w") as full:
        done = subprocess.run(
            asked, cwd=project, stdout=full, stderr=subprocess.PIPE, text=True, check=False
        )
        deaf = subprocess.run(
            asked, cwd=project, stdout=subprocess.PIPE, stderr=full, text=True, check=False
        )
    assert (done.returncode, done.stderr.count("Traceback")) == (2 if is_wrong else 1, 0)
    assert is_wrong or done.stderr.endswith("No space left on device\n")
    assert deaf.returncode == 2 or not is_wrong


@pytest.mark.skipif(sys.platform == "win32", reason="Windows sends neither signal so")
@pytest.mark.parametrize(
    ("number", "ended"),
    [(signal.SIGINT, 130), (signal.SIGTERM, -signal.SIGTERM)],
    ids=["ctrl-c", "kill"],
)
def test_sources_that_say_nothing_keep_no_command_from_ending(
    tmp_path: Path, number: signal.Signals, ended: int
) -> None:
    """Each is asked in a thread of its own, for half a minute and more."""
    with socket.create_server(("127.0.0.1", 0)) as mute:
        mute.settimeout(30)
        sources = "".join(
            f'[[source]]\nname = "{name}"\nkind = "feed"\n'
            f'url = "http://127.0.0.1:{mute.getsockname()[1]}/{name}"\n'
            for name in ("a", "b")
        )
        (tmp_path / "digest.toml").write_text(
            f'[newsletter]\nname = "N"\n[fetching]\nallow_private = ["127.0.0.1"]\n{sources}'
        )
        command = subprocess.Popen(
            [sys.executable, "-m", "digest", "collect"],
            cwd=tmp_path,
            stderr=subprocess.PIPE,
            text=True,
            preexec_fn=lambda: signal.signal(signal.SIGINT, signal.default_int_handler),
        )
        with mute.accept()[0], mute.accept()[0]:
            command.send_signal(number)
            _, said = command.communicate(timeout=15)
    assert (command.returncode, said.strip()) == (ended, "error: stopped; nothing is half-written")

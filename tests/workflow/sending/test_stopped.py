"""A command that is killed between an issue's seal and its publication: the next one mends it."""

from __future__ import annotations

import os
import signal
import subprocess
import sys

import pytest

from tests.conftest import Blog, Run

pytestmark = pytest.mark.skipif(os.name == "nt", reason="Windows has no SIGKILL")
DATE = "2026-10-08"
PUBLIC = ("index.html", "feed.xml")

# Approves, and is killed by itself once it comes to the step named.
SCRIPT = """
import os, signal, sys
from pathlib import Path
from digest.issue.folder import IssueFolders
from digest.issue.folder.published import Published
from digest.workflow import records
from digest.workflow.project import Project
root, step, left = sys.argv[1], sys.argv[2], int(sys.argv[3])
owner, name = (Published, "write") if step == "publish" else (IssueFolders, step)
real = getattr(owner, name)
def stopped(written, files=()):
    if left:
        real(written, dict(list(files.items())[:left]))
    os.kill(os.getpid(), signal.SIGKILL)
setattr(owner, name, stopped)
records.approve(Project(Path(root)), "latest", anyway="it is tried")
"""


def killed(blog: Blog, step: str, left: int) -> None:
    """Seal the issue in a process that is killed before a step, or after some files of it."""
    command = (sys.executable, "-c", SCRIPT, str(blog.root), step, str(left))
    assert subprocess.run(command, timeout=120, check=False).returncode == -signal.SIGKILL


@pytest.mark.parametrize(
    ("step", "left", "command"),
    [
        ("remember_seals", 0, ("issues",)),
        ("publish", 0, ("check", "latest")),
        ("publish", 1, ("posts",)),
        ("publish", 0, ("export", "latest", "--for", "plain")),
        ("publish", 2, ("build", "--dry-run")),
        ("remember_seals", 0, ("sources",)),
    ],
)
def test_the_next_command_publishes_what_a_killed_one_sealed(
    blog: Blog, digest: Run, step: str, left: int, command: tuple[str, ...]
) -> None:
    config = blog.root / "digest.toml"
    text = config.read_text("utf-8")
    config.write_text(
        text.replace("[newsletter]", '[newsletter]\narchive = "https://letter.example/past"', 1)
    )
    blog.write("one", "Counting the swifts", "2026-10-05T09:00:00Z", "birds")
    assert digest("--project", blog.root, "build", "--date", DATE).code == 0
    killed(blog, step, left)
    issues = blog.root / "issues"
    assert (issues / f"{DATE}-weekly" / "approval.json").exists()
    digest("--project", blog.root, *command)
    assert all(f"{DATE}-weekly" in (issues / name).read_text("utf-8") for name in PUBLIC)
    assert not (issues / ".publishing").exists()

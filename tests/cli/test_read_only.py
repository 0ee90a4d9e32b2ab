"""A project that can be read and not written: a backup, another's folder, a read-only disk."""

from __future__ import annotations

import os
import shutil
import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import pytest

from tests.conftest import Answer, Blog, Run

DATE = "2026-10-08"
ISSUE = f"{DATE}-weekly"
SWIFTS = "https://letter.example/one/"
# For root every folder is writable, so that one needs a mount of its own.
AS_ROOT = 'mount --bind "$0" "$0" && mount -o remount,bind,ro "$0" && exec "$@"'


def locked(root: Path, *command: str) -> subprocess.CompletedProcess[str]:
    """Run a program that sees a folder as read-only."""
    if os.geteuid() == 0:
        command = ("unshare", "--mount", "sh", "-c", AS_ROOT, str(root), *command)
    writable = [path for path in (root, *root.rglob("*")) if not path.is_symlink()]
    modes = {path: path.stat().st_mode for path in writable}
    for path, mode in modes.items():
        path.chmod(mode & ~0o222)
    try:
        return subprocess.run(command, capture_output=True, text=True, timeout=60)
    finally:
        for path, mode in modes.items():
            path.chmod(mode)


@pytest.fixture
def read_only(blog: Blog, digest: Run) -> Run:
    """Build an issue, and run commands that cannot write into its project."""
    if os.name != "posix" or (os.geteuid() == 0 and not shutil.which("unshare")):
        pytest.skip("no folder can be made read-only here")
    blog.write("one", "Counting the swifts. By Ada Penhaligon", "2026-10-05T09:00:00Z", "birds")
    assert digest("--project", blog.root, "build", "--date", DATE).code == 0
    if (
        locked(blog.root, "touch", str(blog.root / "new")).returncode == 0
        or (blog.root / "new").exists()
    ):
        pytest.skip("no folder can be made read-only here")

    def run(*args: str) -> Answer:
        done = locked(blog.root, sys.executable, "-m", "digest", "--project", str(blog.root), *args)
        assert "Traceback" not in done.stderr
        return Answer(done.returncode, done.stdout, done.stderr)

    return run


LISTINGS = [
    ("posts", "--json"),
    ("tags", "--json"),
    ("series", "--json"),
    ("why", SWIFTS, "--json"),
    ("issues", "--json"),
    ("build", "--dry-run", "--no-collect", "--date", "2026-10-15", "--json"),
]


@pytest.mark.parametrize("command", LISTINGS, ids=lambda command: command[0])
def test_listing_works_and_says_the_same(
    blog: Blog, digest: Run, read_only: Run, command: tuple[str, ...]
) -> None:
    listed = read_only(*command)
    usual = digest("--project", blog.root, *command)
    assert (listed.code, listed.json) == (usual.code, usual.json)
    assert listed.json or command[0] == "series"


def test_what_a_killed_process_left_in_its_log_is_listed(blog: Blog, read_only: Run) -> None:
    """SQLite's file alone would be older than that."""
    file = blog.root / ".digest" / "archive.db"
    with closing(sqlite3.connect(file)) as connection:
        connection.execute("PRAGMA journal_mode = WAL")
        for table, column in (("documents", "edited"), ("cards", "card")):
            told = f"CAST(replace({column}, 'swifts', 'martins') AS BLOB)"
            connection.execute(f"UPDATE {table} SET {column} = {told}")
        connection.commit()
        kept = {path: path.read_bytes() for path in file.parent.glob("archive.db*")}
    for path, data in kept.items():
        if not path.name.endswith("-shm"):
            path.write_bytes(data)
    assert file.with_name("archive.db-wal").stat().st_size
    assert "Counting the martins" in {post["title"] for post in read_only("posts", "--json").json}


def test_posts_are_edited_by_the_rules_as_they_are_now(blog: Blog, read_only: Run) -> None:
    """Without keeping that."""
    blog.configure('[editing]\noff = ["byline-by"]\n')
    before = (blog.root / ".digest" / "archive.db").read_bytes()
    titles = {post["title"] for post in read_only("posts", "--json").json}
    assert "Counting the swifts. By Ada Penhaligon" in titles
    assert (blog.root / ".digest" / "archive.db").read_bytes() == before


@pytest.mark.parametrize("command", [["collect"], ["build", "--date", "2026-10-15"], ["posts"]])
def test_what_has_to_be_written_is_a_clear_error(
    blog: Blog, read_only: Run, command: list[str]
) -> None:
    """Collecting, building, and listing what was never collected."""
    if command == ["posts"]:
        shutil.rmtree(blog.root / ".digest")
    answer = read_only(*command)
    assert answer.code == 1
    assert answer.err.startswith(f"error: {blog.root / '.digest' / 'archive.db'}: ")
    assert "cannot be" in answer.err
    assert answer.err.endswith("Make the folder writable, or set the project up in one that is.\n")


def test_an_issue_is_judged_where_it_lies(read_only: Run) -> None:
    """Its files are compared, and exported, without being touched."""
    assert read_only("rebuild", ISSUE, "--check").code == 0
    assert "<html" in read_only("export", ISSUE, "--for", "plain").out


@pytest.mark.parametrize(
    ("command", "place"),
    [
        (("approve", ISSUE), "issues"),
        (("build", "--no-collect", "--date", "2026-10-07"), "issues"),
        (("init", "--template", "weekly"), "templates/weekly"),
    ],
    ids=lambda value: value[0],
)
def test_what_cannot_be_written_is_named(
    blog: Blog, read_only: Run, command: tuple[str, ...], place: str
) -> None:
    answer = read_only(*command)
    assert answer.code == 1
    assert answer.err.startswith(f"error: {blog.root / place}: cannot be written (")
    assert answer.err.count("\n") == 1

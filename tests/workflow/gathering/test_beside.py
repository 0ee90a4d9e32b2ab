"""A very large source's posts are edited in a second process, which changes nothing but the time."""

from __future__ import annotations

import multiprocessing
import os
import signal
import subprocess
import sys
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

from digest.editing import EditingSettings
from digest.editing.convention import Convention
from digest.editing.edit import edit
from digest.models import Post, RawItem, decode, encode, replace
from digest.workflow.gathering import beside
from digest.workflow.project import Project
from tests.conftest import Blog, Run

SETTINGS, CONVENTION = EditingSettings(newsletter_name="Garden"), Convention()
DATE = "2026-10-06T08:15:42Z"
ENDS = 120
"""Seconds after which a process that should end by itself is said to go on for good."""

SCRIPT = """
import multiprocessing, signal, sys, time

from digest.editing import EditingSettings
from digest.editing.convention import Convention
from digest.models import RawItem
from digest.workflow.gathering import beside

if __name__ == "__main__":
    # What is run in the background of a shell ignores Ctrl-C, and so does all that it starts.
    signal.signal(signal.SIGINT, signal.default_int_handler)
    items = [RawItem(identity=str(n), where="here", body="<p>Moss.</p>") for n in range(3)]
    try:
        pairs = beside.edited(iter(items), "blog", EditingSettings(), Convention())
        assert next(pairs)[1] is not None
        print("edited", flush=True)
        time.sleep(600)
    except KeyboardInterrupt:
        print("stopped")
"""


def items(count: int) -> list[RawItem]:
    return [
        RawItem(
            identity=f"moss-{number}",
            where="here",
            title=f"Moss, part {number}. By Ada Penhaligon",
            body=f"<p>Moss &amp; fern {number}.</p>",
        )
        for number in range(count)
    ]


def asked(posts: list[RawItem]) -> Iterator[tuple[RawItem, Post | None]]:
    return beside.edited(iter(posts), "blog", SETTINGS, CONVENTION)


def here(posts: list[RawItem]) -> list[tuple[RawItem, Post]]:
    return [(item, edit(item, "blog", SETTINGS, CONVENTION)) for item in posts]


@pytest.mark.parametrize("count", [0, 1, beside.CHUNK, 2 * beside.CHUNK + 7])
def test_posts_come_back_in_their_order_as_they_would_be_edited_here(count: int) -> None:
    posts = items(count)
    assert list(asked(posts)) == here(posts)


def test_what_a_helper_that_died_did_not_edit_is_left_to_who_asked() -> None:
    posts = items(3 * beside.CHUNK)
    pairs = asked(posts)
    found = [next(pairs)]
    for helper in multiprocessing.active_children():
        helper.kill()
        helper.join()
    found += pairs
    assert [item for item, _ in found] == posts
    assert all(
        post in (None, made) for (_, post), (_, made) in zip(found, here(posts), strict=True)
    )
    assert found[0][1] is not None
    assert found[-1][1] is None


def test_posts_that_a_helper_cannot_edit_are_left_to_who_asked() -> None:
    ours, theirs = multiprocessing.Pipe()
    broken = replace(SETTINGS, staff=None)
    work = threading.Thread(
        target=beside.edit_what_comes, args=(theirs, "blog", broken, CONVENTION), daemon=True
    )
    work.start()
    ours.send_bytes(encode(items(2)))
    assert decode(ours.recv_bytes(), list[Post]) == []
    ours.close()
    work.join(ENDS)
    assert not work.is_alive(), "it ends with its pipe"


def test_a_collect_keeps_the_same_posts_either_way(
    digest: Run, blog: Blog, monkeypatch: pytest.MonkeyPatch
) -> None:
    for number in range(5):
        blog.write(
            f"moss-{number}", f"Moss, part {number}. By Ada Moss", DATE, body="Moss & *fern*."
        )

    def collected() -> list[Post]:
        (blog.root / ".digest" / "archive.db").unlink(missing_ok=True)
        digest("--project", blog.root, "collect")
        with Project(blog.root).archive_to_read() as archive:
            found = [archive.find(f"https://letter.example/moss-{n}/") for n in range(5)]
        return [replace(post, first_seen_at=None) for post in found if post]

    alone = collected()
    assert len(alone) == 5
    monkeypatch.setattr(beside, "LEAST", 1)
    monkeypatch.setattr(os, "cpu_count", lambda: 2)
    assert collected() == alone


def started(folder: Path) -> subprocess.Popen[str]:
    """Start a process that has a helper; its output ends when both have ended."""
    script = folder / "asking.py"
    script.write_text(SCRIPT)
    process = subprocess.Popen(
        [sys.executable, script],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        start_new_session=True,
    )
    assert process.stdout
    assert process.stdout.readline() == "edited\n"
    return process


def test_a_helper_ends_when_who_asked_was_killed(tmp_path: Path) -> None:
    process = started(tmp_path)
    process.kill()
    process.communicate(timeout=ENDS)


@pytest.mark.skipif(not hasattr(os, "killpg"), reason="the terminal's Ctrl-C is POSIX's")
def test_ctrl_c_ends_both_without_a_word_of_the_helper(tmp_path: Path) -> None:
    process = started(tmp_path)
    os.killpg(process.pid, signal.SIGINT)
    assert process.communicate(timeout=ENDS) == ("stopped\n", "")

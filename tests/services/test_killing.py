"""A delivery that is killed at any moment makes no second draft, loses no record and sends nothing.

A few kills run with every test; DIGEST_KILLS=200 makes them as many as one likes.
"""

from __future__ import annotations

import json
import os
import random
import subprocess
import sys
from pathlib import Path

import pytest

from tests.conftest import Blog, Run
from tests.services.counter import BASES, opened, sending, with_sender
from tests.services.server import Asked, Reply, Shop
from tests.services.shops import ButtondownShop, ListmonkShop, MailchimpShop

KILLS = int(os.environ.get("DIGEST_KILLS", "12"))
ISSUE = "2026-10-08-weekly"
STEP_SECONDS = 0.01

# Forks a delivery from a process that has imported everything, so that the kill falls into the delivery.
SCRIPT = """
import os, signal, sys, time
import digest.cli.sending.deliver, digest.workflow.sending.delivering, digest.services.desk, httpx2, httpcore2
import digest.rendering, sqlite3, digest.archive
from importlib.metadata import entry_points
from digest.cli import main
for point in entry_points(group="digest.services"):
    if point.name == sys.argv[1]:
        point.load()
for line in sys.stdin:
    seconds, *words = line.split()
    child = os.fork()
    if not child:
        sys.stdout = sys.stderr = open(os.devnull, "w")
        main(words)
    if float(seconds) >= 0:
        time.sleep(float(seconds))
        os.kill(child, signal.SIGKILL)
    _, status = os.waitpid(child, 0)
    print(os.waitstatus_to_exitcode(status), flush=True)
"""


class Slow:
    """Let a shop take its time, so that a kill falls between its steps too."""

    def __init__(self, shop: Shop) -> None:
        self.handle = shop.handle

    def __call__(self, asked: Asked) -> Reply:
        import time

        time.sleep(STEP_SECONDS)
        reply = self.handle(asked)
        time.sleep(STEP_SECONDS)
        return reply


@pytest.mark.parametrize("kind", [MailchimpShop, ButtondownShop, ListmonkShop])
def test_killed_deliveries_leave_one_draft_each(
    kind: type[Shop],
    blog: Blog,
    digest: Run,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    seed = random.randrange(10**6)
    chance = random.Random(seed)
    with opened(kind, tmp_path, monkeypatch) as counter:
        user = 'user_env = "CANARY_USER"\n' if kind.name == "listmonk" else ""
        blog.configure(
            f'service = "{kind.name}"\n[fetching]\ntimeout = 1\n[service.{kind.name}]\n'
            f'url = "{counter.address}{BASES.get(kind.name, "")}"\nkey_env = "CANARY_KEY"\n{user}'
        )
        with_sender(blog)
        digest("--project", blog.root, "build", "--date", "2026-10-08")
        assert digest("--project", blog.root, "approve", "latest").code == 0
        counter.shop.handle = Slow(counter.shop)  # type: ignore[method-assign]
        runner = subprocess.Popen(
            [sys.executable, "-c", SCRIPT, kind.name],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )
        try:
            kills = audience = 0
            while kills < KILLS / 3:
                audience += 1
                for _ in range(chance.randint(1, 3)):
                    kills += deliver(runner, blog, audience, chance.uniform(0, 0.35)) == -9
                assert deliver(runner, blog, audience, -1) == 0, f"seed {seed}"
                assert len(counter.shop.made) == audience, f"seed {seed}"
        finally:
            assert runner.stdin
            runner.stdin.close()
            runner.wait(20)
            assert runner.stdout
            runner.stdout.close()
        record = json.loads((blog.issue(ISSUE) / "delivery.json").read_text())["deliveries"]
        assert len(record) == audience, f"seed {seed}"
        assert all(entry["state"] == "done" for entry in record)
        assert {str(d["id"]) for d in counter.shop.made} == {e["remote_id"] for e in record}
        assert not sending([asked.path for asked in counter.shop.asked])
        assert all(draft["status"] == counter.shop.word for draft in counter.shop.made)


def deliver(runner: subprocess.Popen[str], blog: Blog, audience: int, seconds: float) -> int:
    """Deliver to an audience, and kill it after some seconds; return how it ended."""
    assert runner.stdin
    assert runner.stdout
    words = f"--project {blog.root} deliver {ISSUE} --audience {audience}"
    runner.stdin.write(f"{seconds} {words}\n")
    runner.stdin.flush()
    return int(runner.stdout.readline())

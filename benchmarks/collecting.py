"""Tells what the first collect of a large folder of Markdown posts costs, and a second of the same.

Whole processes, processor time and memory at peak, both with the helper that edits beside the
command: `python -m benchmarks.collecting`. The posts are made up: 300 to 600 words, with headings,
links, lists, code and pictures.
"""

from __future__ import annotations

import os
import random
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

from benchmarks.report import Report, arguments

POSTS = (5_000, 20_000)
SECONDS, MEGABYTES = 25, 120
WORDS = (
    "pond fern moss hedge snow river bridge harbour lantern orchard meadow compost trellis shade "
    "the a of and to in is that it was for on with they be at this from or had by some we can out "
    "other were all there when up use your how said each which do their time if will way about many"
).split()
NAMES = ("Mia Mayer", "Jonas Holm", "Ana Souza", "Ravi Patel")
CONFIGURATION = """
newsletter = { name = "Garden", url = "https://garden.example", timezone = "UTC", language = "en" }
[[source]]
name = "posts"
kind = "markdown"
path = "posts"
url = "https://garden.example"
[edition.weekly]
title = "Garden weekly"
"""


def words(dice: random.Random, least: int, most: int) -> str:
    """Return so many words, some of them marked up."""
    marks = ("{}",) * 20 + ("**{}**", "*{}*", "`{}`", "[{}](https://example.org/{})")
    said = (dice.choice(WORDS) for _ in range(dice.randint(least, most)))
    return " ".join(dice.choice(marks).format(word, word) for word in said)


def blocks(dice: random.Random) -> Iterator[str]:
    """Yield the blocks of one post."""
    left = dice.randint(300, 600)
    makers = (
        lambda: f"## {words(dice, 3, 6)}",
        lambda: "\n".join(f"- {words(dice, 6, 15)}." for _ in range(5)),
        lambda: f"> {words(dice, 10, 20)}",
        lambda: "```python\n" + "\n".join(f"x = {dice.random()}" for _ in range(5)) + "\n```",
        lambda: f"![A {dice.choice(WORDS)}](/img/{dice.choice(WORDS)}.jpg)",
        *(lambda: f"{words(dice, 40, 90)}.",) * 12,
    )
    while left > 0:
        block = dice.choice(makers)()
        left -= len(block.split())
        yield block


def write_posts(folder: Path, count: int) -> None:
    dice = random.Random(7)
    for number in range(count):
        date = f"{2006 + 20 * number // count}-{number % 12 + 1:02}-{number % 28 + 1:02}"
        head = [
            f'title: "{words(dice, 3, 8)}"',
            f"date: {date}",
            f"author: {dice.choice(NAMES)}",
            f"tags: [{dice.choice(WORDS)}, {dice.choice(WORDS)}]",
        ]
        if number % 2:
            head.append(f"description: {dice.choice(WORDS)}, {dice.choice(WORDS)} and more")
        path = folder / date[:4] / f"{date}-post-{number}.md"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text("\n".join(["---", *head, "---", "", "\n\n".join(blocks(dice))]), "utf-8")


def collected(project: Path) -> tuple[float, float]:
    """Return the processor seconds and the megabytes at peak of one collect."""
    command = [sys.executable, "-m", "digest", "--quiet", "--project", str(project), "collect"]
    process, most = subprocess.Popen(command), 0
    while not (ended := os.wait4(process.pid, os.WNOHANG))[0]:
        most = max(most, kilobytes(process.pid))
        time.sleep(0.1)
    _, status, used = ended
    if status:
        raise SystemExit(f"digest collect failed: {status}")
    return used.ru_utime + used.ru_stime, max(most, used.ru_maxrss) / 1024


def kilobytes(number: int) -> int:
    """Return the memory that a process and its children hold, what they share once.

    0 where the system does not tell.
    """
    try:
        lines = Path(f"/proc/{number}/smaps_rollup").read_text().splitlines()
        children = Path(f"/proc/{number}/task/{number}/children").read_text().split()
    except OSError:  # another system, or it has just ended
        return 0
    own = next((line.split()[1] for line in lines if line.startswith("Pss:")), "0")
    return int(own) + sum(map(kilobytes, map(int, children)))


def main() -> None:
    options = arguments(__doc__).parse_args()
    report = Report("Collecting a folder")
    rows = []
    for count in POSTS:
        with tempfile.TemporaryDirectory() as folder:
            project = Path(folder)
            (project / "digest.toml").write_text(CONFIGURATION, "utf-8")
            write_posts(project / "posts", count)
            first, again = collected(project), collected(project)
        rows += [
            [f"{count:,} new posts", f"{first[0]:.1f}", f"{first[1]:.0f}"],
            [f"{count:,} unchanged", f"{again[0]:.1f}", f"{again[1]:.0f}"],
        ]
    report.table("Collecting Markdown", ["", "processor s", "MB at peak"], rows, "whole processes")
    said = f"{first[0]:.1f} s, {first[1]:.0f} MB"
    claim = f"{POSTS[-1]:,} new posts in {SECONDS} s and {MEGABYTES} MB"
    report.goal(claim, said, first[0] <= SECONDS and first[1] <= MEGABYTES)
    report.save(options.json)


if __name__ == "__main__":
    main()

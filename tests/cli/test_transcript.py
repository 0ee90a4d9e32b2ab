"""What a person reads at a terminal, command by command: words, order, columns, colours.

The transcript in `transcript.txt` is the format. `DIGEST_UPDATE_GOLDENS=1` writes it anew; look at
what changed before you keep it.
"""

from __future__ import annotations

import os
import re
from pathlib import Path

from tests.cli.test_terminal import on_terminal
from tests.conftest import Blog

TRANSCRIPT = Path(__file__).with_name("transcript.txt")
DAY = "2026-10-08"
COMMANDS = (
    "sources",
    "collect",
    "collect",
    "sources",
    "posts",
    "posts --fixups",
    "posts --tag stars",
    "posts --series nights",
    "tags",
    "series",
    f"build --date {DAY} --dry-run",
    f"build --date {DAY}",
    f"build --date {DAY}",
    "issues",
    "check latest",
    "why one",
    "why nobody",
    f"diff {DAY}-weekly latest",
    "deliver latest",
    "approve latest",
    f"build --date {DAY}",
    "issues",
    "approve latest --withdraw",
    "export latest --for pigeon",
    "readers",
    "build monthly",
)
RUN = """
import os, shlex, sys
from digest.cli import main, session
session.BAR_AFTER_SECONDS = 999  # bars have tests of their own
os.chdir(sys.argv[1])
for said in sys.argv[2:]:
    print(f"\\n$ digest {said}", flush=True)
    try:
        main(shlex.split(said))
    except SystemExit as ended:
        sys.stdout.flush()
        sys.stderr.flush()
        if ended.code:
            print(f"ended with {ended.code}", flush=True)
"""


def test_the_transcript_is_what_commands_say_at_a_terminal(blog: Blog) -> None:
    blog.configure('schedule = "weekly on thursday at 08:00"\n')
    for part in (1, 2, 4):
        path = blog.write(f"s{part}", f"Night notes {part}", f"2026-10-0{part}", "stars")
        series = f"series: {{name: Night notes, part: {part}}}\ntags:"
        path.write_text(path.read_text().replace("tags:", series, 1))
    said = on_terminal("-c", RUN, str(blog.root), *COMMANDS, NO_COLOR="")
    told = plain(said, blog.root)
    if os.environ.get("DIGEST_UPDATE_GOLDENS"):
        TRANSCRIPT.write_text(told, "utf-8")
    assert told == TRANSCRIPT.read_text("utf-8")


def plain(said: str, root: Path) -> str:
    """Return what was written as a text that stays: ␛ for escapes, and nothing of this moment."""
    said = said.replace("\r\n", "\n").replace(str(root.parent), "…").replace("\x1b", "␛")
    said = said.replace("␛[0m␛[1m", "")  # a heading goes on in the next column
    said = re.sub(r"(?!2026-10-0)\d{4}-\d\d-\d\d \d\d:\d\d(?= )", "YYYY-MM-DD hh:mm", said)
    said = re.sub(r"\b\d\d,\d{3}\b", "##,###", said)  # bytes, which every template changes
    return "".join(f"{line.rstrip(' ')}\n" for line in said.splitlines())

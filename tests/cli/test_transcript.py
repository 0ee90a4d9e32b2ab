"""What a person reads at a terminal, command by command: words, order, columns, colours.

The transcript in `transcript.txt` is the format. `DIGEST_UPDATE_GOLDENS=1` writes it anew; look at
what changed before you keep it.
"""

from __future__ import annotations

import io
import re
import shlex
import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import cast

import pytest

from digest.cli import main, session
from tests.conftest import Blog
from tests.golden import hold_text

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
NARROW = Path(__file__).with_name("narrow.txt")
IN_A_NARROW_ONE = (
    "collect",
    "sources",
    "posts",
    "tags",
    "series",
    "issues",
    f"build weekly --date {DAY} --dry-run",
    f"build weekly --date {DAY}",
    f"build daily --date {DAY}",
    "build daily --date 2026-10-09",
    "build weekly --date 2026-10-09",
    "issues",
    f"diff {DAY}-weekly 2026-10-09-weekly",
    f"check {DAY}-weekly",
    f"check {DAY}-weekly --format github",
    "check --explain PREHEADER",
    "why https://letter.example/three/",
    "why https://letter.example/seven/ --edition daily",
    f"approve {DAY}-weekly",
    f"deliver {DAY}-weekly --to folder",
    f"deliver {DAY}-weekly --to folder",
    f"export {DAY}-weekly --text --for mailchimp",
    f"rebuild {DAY}-weekly",
)


class Screen(io.TextIOWrapper):
    """Show what is written to it as a terminal would, and keep it."""

    def isatty(self) -> bool:
        return True


@pytest.fixture
def shown(blog: Blog, monkeypatch: pytest.MonkeyPatch) -> Callable[..., str]:
    """Return what a terminal shows while commands are typed, one after the other."""

    def show(commands: Sequence[str], columns: int) -> str:
        screen = Screen(io.BytesIO(), encoding="utf-8", write_through=True)
        home = str(blog.root)
        told = {"TERM": "xterm", "COLUMNS": str(columns), "NO_COLOR": "", "HOME": home}
        for name, value in told.items():
            monkeypatch.setenv(name, value)
        monkeypatch.delenv("COLORTERM", raising=False)
        monkeypatch.chdir(blog.root)
        monkeypatch.setattr(session, "BAR_AFTER_SECONDS", 999)  # bars have tests of their own
        with monkeypatch.context() as terminal:
            terminal.setattr(sys, "stdout", screen)
            terminal.setattr(sys, "stderr", screen)
            for said in commands:
                screen.write(f"\n$ digest {said}\n")
                with pytest.raises(SystemExit) as ended:
                    main(shlex.split(said))
                if ended.value.code:
                    screen.write(f"ended with {ended.value.code}\n")
        return cast(io.BytesIO, screen.buffer).getvalue().decode()

    return show


def test_the_transcript_is_what_commands_say_at_a_terminal(
    blog: Blog, shown: Callable[..., str]
) -> None:
    blog.configure('schedule = "weekly on thursday at 08:00"\n')
    for part in (1, 2, 4):
        path = blog.write(f"s{part}", f"Night notes {part}", f"2026-10-0{part}", "stars")
        series = f"series: {{name: Night notes, part: {part}}}\ntags:"
        path.write_text(path.read_text().replace("tags:", series, 1))
    told = plain(shown(COMMANDS, 100), blog.root)
    hold_text(TRANSCRIPT, told)


def test_in_a_narrow_terminal_long_words_share_what_room_there_is(
    blog: Blog, shown: Callable[..., str]
) -> None:
    """Two sources, two editions, and names that do not fit."""
    blog.write(
        "../lost/one", "An old note that was found behind the glasshouse", "2026-10-03", "lost"
    )
    blog.configure(
        'service = "folder"\nlimit = 3\ncarry_over = "2 issues"\n'
        '[[edition.weekly.section]]\ntitle = "Birds"\ntags = "birds"\n'
        '[[edition.weekly.section]]\ntitle = "All the rest of the garden"\n'
        '[edition.daily]\ntitle = "Day by day"\ncool_down = { weekly = "7 days" }\n'
        '[[source]]\nname = "the-long-lost-journal-of-the-garden"\nkind = "markdown"\n'
        'path = "lost"\nurl = "https://lost.example/"\n'
        '[service.folder]\npath = "drafts"\n'
    )
    words = "A sentence of seven words stands here. " * 5
    for number, name in enumerate(("four", "five", "six", "seven"), 4):
        title = f"Notes on the {name} ponds behind the old glasshouse of the gardens, {number}"
        tags = "birds, ponds, the old glasshouse" if number % 2 else "the old glasshouse"
        path = blog.write(name, title, f"2026-10-0{number}", tags, words)
        said = f"authors: [Ada Penhaligon, Bartholomew Quince]\nseries: {{name: Notes on the ponds, part: {number}}}\ntags:"
        path.write_text(path.read_text().replace("tags:", said, 1))
    told = plain(shown(IN_A_NARROW_ONE, 64), blog.root)
    hold_text(NARROW, told)


def plain(said: str, root: Path) -> str:
    """Return what was written as a text that stays: ␛ for escapes, and nothing of this moment."""
    said = said.replace("\r\n", "\n").replace(str(root.parent), "…").replace("\x1b", "␛")
    said = said.replace("␛[0m␛[1m", "")  # a heading goes on in the next column
    said = re.sub(r"(?!2026-10-0)\d{4}-\d\d-\d\d \d\d:\d\d(?= )", "YYYY-MM-DD hh:mm", said)
    said = re.sub(r"\b\d\d,\d{3}\b", "##,###", said)  # bytes, which every template changes
    said = re.sub(r"-[0-9a-f]{10}\b", "-##########", said)  # what an issue's bytes come to
    return "".join(f"{line.rstrip(' ')}\n" for line in said.splitlines())

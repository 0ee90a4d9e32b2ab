"""What somebody feels who writes a newsletter: `python -m benchmarks.felt`.

Whole commands, on a package laid out as a wheel lays it: modules compiled, as pip leaves them, and
the shipped templates' blocks with them. Each is measured in turns with `import click`, since
machines differ, and in processor time, since they are busy.
"""

from __future__ import annotations

import datetime
import os
import random
import resource
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path
from statistics import median
from time import perf_counter
from typing import NamedTuple

from benchmarks.report import Report, arguments, ms
from tests.rendering.shipping import compile_into

ROOT = Path(__file__).resolve().parent.parent
ROUNDS = 7
POSTS = 10
WEEKS = 8
FIRST_DAY = datetime.date(2025, 1, 6)
WORTH_OF_CLICK = 200 / 58
"""The goal of issue 18: 200 ms where importing click takes 58."""

CLICK = "python -c 'import click'"
FIRST = "the first build ever: collects, builds"
WEEK = "the usual week: ten new posts, a new issue"
ALONE = "the usual week, posts collected before"
WORDS = "a word changed in editor.md"
AGAIN = "nothing changed"

CONFIG = """
[newsletter]
name = "Garden Weekly"
url = "https://garden.example.org"
sender = "Garden <letter@garden.example.org>"
address = "1 Mill Lane, Dunfold"
unsubscribe = "https://garden.example.org/leave"
[[source]]
name = "garden"
kind = "markdown"
path = "posts"
url = "https://garden.example.org"
[edition.weekly]
since = "7 days"
"""

RELOAD = """
import sys, time
from pathlib import Path
from digest.preview.live.rebuilding import rebuild
root, issue, rounds = Path(sys.argv[1]), sys.argv[2], int(sys.argv[3])
editor = root / "issues" / issue / "editor.md"
text = editor.read_text()
took = []
for number in range(rounds + 1):
    editor.write_text(f"{text}\\n\\nA word for the {number}. time.\\n")
    start = time.perf_counter()
    rebuild(root, issue)
    took.append(1000 * (time.perf_counter() - start))
print(*took[1:])
"""


class Run(NamedTuple):
    """Hold what a process took, in milliseconds: of its processor, and by the clock."""

    processor: float
    clock: float


class Letter:
    """Keep a newsletter's project, in which posts appear week by week."""

    def __init__(self, folder: Path, package: Path) -> None:
        self.root = folder
        self._environment = {
            **{k: v for k, v in os.environ.items() if k != "PYTHONDONTWRITEBYTECODE"},
            "PYTHONPATH": str(package),
            "PYTHONPYCACHEPREFIX": str(package.parent / "modules"),
            "XDG_CACHE_HOME": str(package.parent / "cache"),
        }
        (folder / "posts").mkdir(parents=True)
        (folder / "digest.toml").write_text(CONFIG, "utf-8")

    def write_week(self, week: int) -> None:
        """Write ten posts, with pictures, authors and series in other places each week."""
        chance = random.Random(week)
        for number in range(POSTS):
            day = FIRST_DAY + datetime.timedelta(weeks=week, days=number % 5)
            name = f"w{week}-p{number}"
            lines = [f'title: "On the {number}. bed of week {week}"', f"date: {day} 08:{number:02}"]
            if chance.random() < 0.7:
                lines += [f"image: https://garden.example.org/{name}-1200x800.jpg"]
                lines += [f'image_alt: "Bed {number}"']
            if chance.random() < 0.6:
                lines += [f"authors: {chance.choice(['[Ann Lee]', '[Ann Lee, Bo Ek]'])}"]
            if chance.random() < 0.3:
                lines += [f"series: {{name: Notes, part: {week + 1}}}"]
            words = f"What grew in bed {number} of week {week}, and what did not. " * 20
            head = "\n".join(lines)
            (self.root / "posts" / f"{name}.md").write_text(f"---\n{head}\n---\n{words}\n", "utf-8")

    def build(self, week: int, *options: str) -> Run:
        """Build a week's issue by the command, in a process of its own."""
        day = FIRST_DAY + datetime.timedelta(weeks=week, days=6)
        code = "from digest.__main__ import main; main()"
        return self.run(
            "-c", code, "--project", str(self.root), "build", "--date", str(day), *options
        )

    def run(self, *words: str) -> Run:
        """Run Python on the package, and return what it took."""
        before, start = resource.getrusage(resource.RUSAGE_CHILDREN), perf_counter()
        command = [sys.executable, *words]
        # elsewhere than in the checkout, whose package would come before the one laid out
        subprocess.run(
            command, check=True, capture_output=True, env=self._environment, cwd=self.root
        )
        clock = perf_counter() - start
        after = resource.getrusage(resource.RUSAGE_CHILDREN)
        processor = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
        return Run(1000 * processor, 1000 * clock)

    def forget(self) -> None:
        """Forget all that was kept of builds, by the project and by the user's cache."""
        shutil.rmtree(self.root / ".digest", ignore_errors=True)
        shutil.rmtree(self.root / "issues", ignore_errors=True)
        shutil.rmtree(Path(self._environment["XDG_CACHE_HOME"]), ignore_errors=True)

    def reloads(self, week: int) -> list[float]:
        """Return what a running preview takes to build an issue again whose editor.md was saved."""
        day = FIRST_DAY + datetime.timedelta(weeks=week, days=6)
        command = [sys.executable, "-c", RELOAD, str(self.root), f"{day}-weekly", "15"]
        ran = subprocess.run(
            command,
            check=True,
            capture_output=True,
            text=True,
            env=self._environment,
            cwd=self.root,
        )
        return [float(took) for took in ran.stdout.split()]


def package_in(folder: Path) -> Path:
    """Lay the package out as a wheel would, and return where it lies."""
    site = folder / "site"
    ignored = shutil.ignore_patterns("__pycache__")
    shutil.copytree(ROOT / "digest", site / "digest", ignore=ignored)
    shutil.copytree(ROOT / "templates", site / "digest" / "_templates", ignore=ignored)
    compile_into(site / "digest" / "_templates" / "compiled")
    return site


def felt(letter: Letter, rounds: int) -> dict[str, list[Run]]:
    """Return what each thing took that a newsletter's writer does, measured in turns."""
    taken: dict[str, list[Run]] = {name: [] for name in (CLICK, FIRST, WEEK, ALONE, WORDS, AGAIN)}
    letter.write_week(0)
    letter.build(0)  # compiles Python's modules, as an installation does
    for turn in range(rounds):
        letter.forget()
        taken[CLICK].append(letter.run("-c", "import click"))
        taken[FIRST].append(letter.build(turn))
        letter.write_week(turn + 1)
        taken[WEEK].append(letter.build(turn + 1))
        taken[AGAIN].append(letter.build(turn + 1))
        _say_something(letter, turn + 1)
        taken[WORDS].append(letter.build(turn + 1))
        shutil.rmtree(_issue(letter, turn + 1))
        taken[ALONE].append(letter.build(turn + 1, "--no-collect"))
    return taken


def _issue(letter: Letter, week: int) -> Path:
    day = FIRST_DAY + datetime.timedelta(weeks=week, days=6)
    return letter.root / "issues" / f"{day}-weekly"


def _say_something(letter: Letter, week: int) -> None:
    editor = _issue(letter, week) / "editor.md"
    editor.write_text(f"{editor.read_text('utf-8')}\n\nGood morning.\n", "utf-8")


def tell(report: Report, taken: dict[str, list[Run]], reloads: list[float]) -> None:
    base = median(run.processor for run in taken[CLICK])
    rows = []
    for name, runs in taken.items():
        processor = [run.processor for run in runs]
        times = f"{median(processor) / base:.2f} ×"
        rows.append([name, ms([run.clock for run in runs]), ms(processor), times])
    rows.append(["editor.md saved while a preview runs", ms(reloads), "", ""])
    headings = ["what happens", "by the clock, ms", "processor, ms", "× import click"]
    note = (
        f"issues of {POSTS} posts from a folder of Markdown, as installed from a wheel; a build "
        "judges the issue by all rules of `check`, and writes the email, its text, the message, "
        "the page and the record"
    )
    report.table("From the first build to the next word", headings, rows, note)
    worth = median(run.processor for run in taken[ALONE]) / base
    claim = "a new week's issue of ten posts within 200 ms where importing click takes 58 (3.45 ×)"
    report.goal(claim, f"{worth:.2f} ×", worth <= WORTH_OF_CLICK)


def main() -> None:
    """Tell what a newsletter's writer waits for."""
    options = arguments(__doc__).parse_args()
    report = Report("What you feel")
    with tempfile.TemporaryDirectory() as folder:
        letter = Letter(Path(folder) / "letter", package_in(Path(folder)))
        taken = felt(letter, ROUNDS)
        reloads = letter.reloads(ROUNDS)
    tell(report, taken, reloads)
    report.save(options.json)


if __name__ == "__main__":
    main()

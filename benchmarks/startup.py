"""How quickly the command starts: ratios of whole processes, from one run, since machines are noisy.

Run as `python -m benchmarks.startup`.
"""

from __future__ import annotations

import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from statistics import median

ROUNDS = 15
EXAMPLES = Path(__file__).resolve().parent.parent / "examples"
HEAVY = ("premailer", "lxml", "cssutils", "mjml", "feedparser", "httpx2", "nh3", "markdown_it")


def seconds(*command: str) -> float:
    """Return how long a process took, in seconds."""
    start = time.perf_counter()
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    return time.perf_counter() - start


def side_by_side(commands: dict[str, tuple[str, ...]]) -> dict[str, float]:
    """Return the median time of each command, measured in turns so that noise falls on all alike."""
    taken: dict[str, list[float]] = {name: [] for name in commands}
    for _ in range(ROUNDS):
        for name, command in commands.items():
            taken[name].append(seconds(*command))
    return {name: median(times) for name, times in taken.items()}


def loaded_by_an_unchanged_build(project: Path) -> list[str]:
    """Return which heavy libraries a build imports when its shape is known and no post changed."""
    script = (
        "import sys\nfrom digest.cli import main\n"
        f"try: main(['--project', {str(project)!r}, 'build', '--date', '2026-10-11', '--force'])\n"
        "except SystemExit: pass\nprint(*sys.modules, file=sys.stderr)"
    )
    ran = subprocess.run([sys.executable, "-c", script], check=True, capture_output=True, text=True)
    return sorted(set(HEAVY) & set(ran.stderr.split()))


def main() -> None:
    """Print start-up times, their ratios and what a build of a known shape imports."""
    program = str(Path(sys.executable).with_name("digest"))
    with tempfile.TemporaryDirectory() as folder:
        project = Path(folder) / "examples"
        shutil.copytree(EXAMPLES, project, ignore=shutil.ignore_patterns("issues", ".digest", "pictures"))
        build = (program, "--project", str(project), "build", "--date", "2026-10-11")
        seconds(*build)
        times = side_by_side(
            {
                "python -c 'import click'": (sys.executable, "-c", "import click"),
                "digest --help": (program, "--help"),
                "digest build, unchanged": build,
                "digest build --force, known shape": (*build, "--force"),
                "digest build --force --no-collect": (*build, "--force", "--no-collect"),
            }
        )
        loaded = loaded_by_an_unchanged_build(project)
    base = times["python -c 'import click'"]
    for name, taken in times.items():
        print(f"{name:36} {taken * 1000:7.0f} ms   {taken / base:5.2f} × import click")
    print(f"heavy libraries imported by a build of a known shape: {', '.join(loaded) or 'none'}")


if __name__ == "__main__":
    main()

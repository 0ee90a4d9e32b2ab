"""How quickly the command starts: ratios of whole processes, from one noisy run.

Run as `python -m benchmarks.startup`.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from statistics import median

from benchmarks.report import Report, arguments, ms

ROUNDS = 15
BASE, HELP = "python -c 'import click'", "digest --help"
HELP_FACTOR = 2.5
EXAMPLES = Path(__file__).resolve().parent.parent / "examples"
HEAVY = ("premailer", "lxml", "cssutils", "mjml", "feedparser", "httpx2", "nh3", "pyromark")


def seconds(*command: str) -> float:
    """Return how long a process took, in seconds."""
    start = time.perf_counter()
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    return time.perf_counter() - start


def side_by_side(commands: dict[str, tuple[str, ...]]) -> dict[str, list[float]]:
    """Return milliseconds that each command took, measured in turns: noise falls on all."""
    taken: dict[str, list[float]] = {name: [] for name in commands}
    for _ in range(ROUNDS):
        for name, command in commands.items():
            taken[name].append(1000 * seconds(*command))
    return taken


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
    """Tell start-up times, their ratios and what a build of a known shape imports."""
    options = arguments(__doc__).parse_args()
    report = Report("Starting up")
    program = str(Path(sys.executable).with_name("digest"))
    with tempfile.TemporaryDirectory() as folder:
        _keep_compiled_modules(folder)
        project = Path(folder)
        shutil.copytree(EXAMPLES, project / "examples")
        shutil.copy(EXAMPLES.parent / "digest.toml", project)
        build = (program, "--project", str(project), "build", "--date", "2026-10-11")
        seconds(*build)
        times = side_by_side(
            {
                BASE: (sys.executable, "-c", "import click"),
                HELP: (program, "--help"),
                "digest build, unchanged": build,
                "digest build --force, known shape": (*build, "--force"),
                "digest build --force --no-collect": (*build, "--force", "--no-collect"),
            }
        )
        loaded = loaded_by_an_unchanged_build(project)
    tell(report, times, loaded)
    report.save(options.json)


def _keep_compiled_modules(folder: str) -> None:
    """Have the processes find compiled modules, as pip leaves them, even if told not to."""
    os.environ.pop("PYTHONDONTWRITEBYTECODE", None)
    os.environ.update(PYTHONPYCACHEPREFIX=f"{folder}/modules", XDG_CACHE_HOME=f"{folder}/cache")


def tell(report: Report, times: dict[str, list[float]], loaded: list[str]) -> None:
    base = median(times[BASE])
    rows = [[name, ms(taken), f"{median(taken) / base:.2f} ×"] for name, taken in times.items()]
    report.table("Whole processes", ["command", "ms", "× import click"], rows, "measured in turns")
    help_ratio = median(times[HELP]) / base
    claim = f"digest --help within {HELP_FACTOR} × the time of importing click"
    report.goal(claim, f"{help_ratio:.2f} ×", help_ratio <= HELP_FACTOR)
    claim = "a build of a known shape with no changed post imports neither premailer nor lxml"
    measured = f"of the heavy libraries it imports {', '.join(loaded) or 'none'}"
    report.goal(claim, measured, not {"premailer", "lxml"} & set(loaded))


if __name__ == "__main__":
    main()

"""Runs the benchmarks, each in a process of its own: `python -m benchmarks [--only NAME,NAME]`.

Prints their tables and goals, and renews in docs/performance.md the sections of those that ran and
left nothing out. A goal that is missed is printed, and is no failure:
machines differ.
"""

from __future__ import annotations

import argparse
import os
import platform
import subprocess
import sys
import tempfile
from datetime import UTC, datetime
from pathlib import Path

from benchmarks.page import page
from benchmarks.report import Report

ROOT = Path(__file__).resolve().parent.parent
PAGE = ROOT / "docs" / "performance.md"
TITLES = {
    "felt": "What you feel",
    "competitors": "Beside others",
    "rendering": "Rendering",
    "startup": "Starting up",
    "selection": "Selecting posts",
    "many": "Many editions",
    "collecting": "Collecting a folder",
    "editing_speed": "Editing posts",
    "editing_accuracy": "Bylines and series read right",
    "editing_excerpts": "Excerpts read right",
    "preview": "The preview",
    "checking": "Checking",
}
"""Each benchmark by its module, with the title of its section."""
NAMES = tuple(TITLES)


def main() -> int:
    names = chosen()
    reports: dict[str, Report] = {}
    with tempfile.TemporaryDirectory() as folder:
        for name in names:
            report = run(name, Path(folder) / f"{name}.json")
            if report:
                reports[name] = report
    failed = [name for name in names if name not in reports]
    whole = [report for report in reports.values() if not report.skipped]
    show_goals(list(reports.values()))
    day = datetime.now(UTC).date()
    told = f"Measured on {day.day} {day:%B %Y} on {machine()}."
    before = PAGE.read_text("utf-8") if PAGE.exists() else ""
    PAGE.write_text(page(whole, list(TITLES.values()), told, before), encoding="utf-8")
    print(f"\n{len(whole)} of {len(names)} sections of docs/performance.md were renewed.")
    return 1 if failed else 0


def chosen() -> tuple[str, ...]:
    """Return the benchmarks that the command line asks for, in their order."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description=__doc__)
    parser.add_argument("--only", metavar="NAME,NAME", help=f"of {', '.join(NAMES)}")
    only = parser.parse_args().only
    wanted = {name.strip() for name in only.split(",")} if only else set(NAMES)
    if unknown := wanted - set(NAMES):
        parser.error(
            f"there is no benchmark {', '.join(sorted(unknown))}; there are {', '.join(NAMES)}"
        )
    return tuple(name for name in NAMES if name in wanted)


def run(name: str, kept: Path) -> Report | None:
    """Run one benchmark, its output passing through; return its report, or None where it failed."""
    print(f"\n{'=' * 8} {name} {'=' * (70 - len(name))}", flush=True)
    ran = subprocess.run(
        [sys.executable, "-m", f"benchmarks.{name}", "--json", str(kept)], cwd=ROOT, check=False
    )
    return Report.load(kept) if ran.returncode == 0 and kept.exists() else None


def show_goals(reports: list[Report]) -> None:
    goals = [goal for report in reports for goal in report.goals]
    print(f"\n{'=' * 8} goals: {sum(goal.is_met for goal in goals)} of {len(goals)} met {'=' * 50}")
    for goal in goals:
        print(f"{'met   ' if goal.is_met else 'MISSED'}  {goal.claim}: {goal.measured}")


def machine() -> str:
    """Return what a reader has to know of the machine, and nothing that names it."""
    cores = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count()
    return (
        f"{cores} {'core' if cores == 1 else 'cores'} ({platform.machine()}, {platform.system()}), "
        f"{platform.python_implementation()} {platform.python_version()}"
    )


if __name__ == "__main__":
    sys.exit(main())

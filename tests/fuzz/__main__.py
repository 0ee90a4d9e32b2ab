"""Runs the targets, one after another: `python -m tests.fuzz [NAME]... [--seconds N]`."""

from __future__ import annotations

import argparse
import logging
import subprocess
import sys
import tempfile
from pathlib import Path


def main() -> int:
    """Run every target in a process of its own, so that a fault of one stops no other."""
    parser = argparse.ArgumentParser(prog="python -m tests.fuzz")
    parser.add_argument("names", nargs="*")
    parser.add_argument("--seconds", type=int, default=60)
    parser.add_argument("--one", action="store_true", help=argparse.SUPPRESS)
    asked = parser.parse_args()
    if asked.one:
        return _one(asked.names[0], asked.seconds)
    from tests.fuzz.targets import TARGETS

    worst = 0
    for name in asked.names or TARGETS:
        command = [
            sys.executable,
            "-m",
            "tests.fuzz",
            "--one",
            name,
            "--seconds",
            str(asked.seconds),
        ]
        worst = max(worst, subprocess.run(command, check=False).returncode)
    return worst


def _one(name: str, seconds: int) -> int:
    logging.disable()
    try:
        import atheris  # type: ignore[import-not-found, unused-ignore]
    except ImportError:
        return _by_hypothesis(name, seconds)
    with atheris.instrument_imports(include=["digest"]):
        from tests.fuzz import targets
    with tempfile.TemporaryDirectory() as corpus:
        for number, data in enumerate(targets.seeds(name)):
            (Path(corpus) / str(number)).write_bytes(data)
        known = [sys.argv[0], f"-max_total_time={seconds}", "-verbosity=0", corpus]
        atheris.Setup(known, lambda data: targets.check(targets.TARGETS[name], data))
        print(f"{name}: atheris, {seconds} s", flush=True)
        atheris.Fuzz()
    return 0


def _by_hypothesis(name: str, seconds: int) -> int:
    from tests.fuzz import damage, targets

    tried = damage.run(targets.TARGETS[name], list(targets.seeds(name)), seconds)
    print(f"{name}: Hypothesis, {tried:,} inputs in {seconds} s, no fault", flush=True)
    return 0


if __name__ == "__main__":
    sys.exit(main())

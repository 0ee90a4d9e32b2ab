"""Runs the targets, one after another: `python -m tests.fuzz [NAME]... [--seconds N]`."""

from __future__ import annotations

import argparse
import io
import logging
import subprocess
import sys
import tempfile
from contextlib import redirect_stderr
from importlib.util import find_spec
from pathlib import Path


def main() -> int:
    """Run every target in processes of their own, so that a fault of one stops no other."""
    parser = argparse.ArgumentParser(prog="python -m tests.fuzz")
    parser.add_argument("names", nargs="*")
    parser.add_argument("--seconds", type=int, default=60)
    parser.add_argument("--by", choices=ENGINES, help="one of the two alone")
    parser.add_argument("--here", action="store_true", help=argparse.SUPPRESS)
    asked = parser.parse_args()
    if asked.here:
        logging.disable()
        return ENGINES[asked.by](asked.names[0], asked.seconds)
    from tests.fuzz.targets import TARGETS

    engines = [asked.by] if asked.by else [name for name in ENGINES if find_spec(name)]
    return max(
        _elsewhere(engine, name, asked.seconds)
        for name in asked.names or TARGETS
        for engine in engines
    )


def _elsewhere(engine: str, name: str, seconds: int) -> int:
    command = [sys.executable, "-m", "tests.fuzz", "--here", "--by", engine, name]
    done = subprocess.run([*command, "--seconds", str(seconds)], check=False)
    return abs(done.returncode)


def _by_atheris(name: str, seconds: int) -> int:
    """Let the coverage of our code guide the damage; ends the process when the time is up."""
    import atheris  # type: ignore[import-not-found, unused-ignore]

    # It names each module that it instruments.
    with redirect_stderr(io.StringIO()), atheris.instrument_imports(include=["digest"]):
        from tests.fuzz import targets
    with tempfile.TemporaryDirectory() as corpus:
        for number, data in enumerate(targets.seeds(name)):
            (Path(corpus) / str(number)).write_bytes(data)
        # What makes a fault is left outside of the project, and named with it.
        found = f"-artifact_prefix={tempfile.gettempdir()}/fuzz-{name}-"
        known = [sys.argv[0], f"-max_total_time={seconds}", "-verbosity=0", found, corpus]
        atheris.Setup(known, lambda data: targets.check(targets.TARGETS[name], data))
        print(f"{name}: atheris, {seconds} s", flush=True)
        atheris.Fuzz()
    return 0


def _by_hypothesis(name: str, seconds: int) -> int:
    from tests.fuzz import damage, targets

    tried = damage.run(targets.TARGETS[name], list(targets.seeds(name)), seconds)
    print(f"{name}: Hypothesis, {tried:,} inputs in {seconds} s, no fault", flush=True)
    return 0


ENGINES = {"hypothesis": _by_hypothesis, "atheris": _by_atheris}
"""Both try each target for its time; atheris only where it is installed."""


if __name__ == "__main__":
    sys.exit(main())

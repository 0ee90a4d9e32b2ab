"""Breaks the code in random places, and tells which breaks no test notices.

`python -m tests.mutants [--seed 1] [--count 60] [--only ROOM]` draws places over all rooms by turns, and
changes one thing at each (a comparison, a constant, a `not`, an `and`, what is returned, an argument)
in a copy of the repository. It runs the tests there that reach the function, those of its own room
first and of these the quickest; then the files that name the module, those of the room that changed
since, and the room's tests that start processes. Which test reaches which function is noted once, by `--map`, which runs all tests.
A survivor is a promise without a test, or no change at all; which of both, somebody has to say.
"""

from __future__ import annotations

import argparse
import ast
import json
import os
import random
import re
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from subprocess import PIPE
from typing import Any

from tests.mutants.reaching import ROOT, functions

Reached = Mapping[str, Mapping[str, Any]]

SECONDS = 600
"""How long one run of tests may take; what takes longer is left undecided."""

MAP = ROOT / ".venv" / "reached.json"
"""Which functions each test reaches. What has moved since is found by its name."""

_SURVIVED, _UNSURE = "SURVIVED", ("survived", "no test", "no change", "took too long")

# How many tests are asked first, and for how many seconds' worth of tests afterwards.
_FIRST = 100
_PATIENCE = 60.0

_PYTEST = (
    *(sys.executable, "-m", "pytest", "-q", "-n", "0", "-p", "no:cacheprovider"),
    *("-m", "not browser"),
)

# Reads the code instead of running it, so that no map can tell whom it holds to their promise.
_READING = "tests/test_errors.py"

# Asks no function of a value, only what it is when nothing is said.
_VALUES = "tests/models/test_shapes.py"

# The examples in a module's docstrings.
EXAMPLES = "tests/test_examples.py::test_examples_in_docstrings_hold"

_OPPOSITES: dict[type[ast.cmpop], type[ast.cmpop]] = {
    ast.Eq: ast.NotEq,
    ast.NotEq: ast.Eq,
    ast.Lt: ast.GtE,
    ast.GtE: ast.Lt,
    ast.Gt: ast.LtE,
    ast.LtE: ast.Gt,
    ast.Is: ast.IsNot,
    ast.IsNot: ast.Is,
    ast.In: ast.NotIn,
    ast.NotIn: ast.In,
}
_NEIGHBOURS: dict[type[ast.cmpop], type[ast.cmpop]] = {
    ast.Lt: ast.LtE,
    ast.LtE: ast.Lt,
    ast.Gt: ast.GtE,
    ast.GtE: ast.Gt,
}


@dataclass(frozen=True)
class Mutant:
    """One change: `old` stands at `start` of the file's text, `new` takes its place."""

    path: Path
    line: int
    start: int
    old: str
    new: str

    def __str__(self) -> str:
        return (
            f"{self.path}:{self.line}: {' '.join(self.old.split())} -> {' '.join(self.new.split())}"
        )


def main(arguments: list[str]) -> int:
    """Draw, run and report."""
    parser = argparse.ArgumentParser(prog="python -m tests.mutants", description=__doc__)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--count", type=int, default=60)
    parser.add_argument("--numbers", type=int, nargs="*", help="only these of those drawn")
    parser.add_argument("--seconds", type=int, default=SECONDS, help="for one run of tests")
    parser.add_argument("--only", default="", help="a room, as `editing`")
    parser.add_argument("--every", action="store_true", help="every place of the room, in order")
    parser.add_argument("--quick", action="store_true", help="ask survivors no second time")
    parser.add_argument("--slow", action="store_true", help="ask in fresh processes alone")
    parser.add_argument("--map", action="store_true", help="note anew which test reaches what")
    asked = parser.parse_args(arguments)
    if asked.map or not MAP.exists():
        print(f"noting in {MAP} which test reaches which function: all tests run …", flush=True)
        subprocess.run([*_PYTEST, "-p", "tests.mutants.reaching", "--reached", MAP], cwd=ROOT)
    reached = json.loads(MAP.read_text("utf-8"))
    places = _places(asked.only)
    every = (mutant for room in places.values() for mutant in room)
    drawn = enumerate(every if asked.every else _drawn(places, asked.seed, asked.count), 1)
    mutants = {n: mutant for n, mutant in drawn if not asked.numbers or n in asked.numbers}
    with tempfile.TemporaryDirectory(prefix="digest-mutants-") as name:
        copy = _copied(Path(name) / "digest")
        # one of its own, since the quick go on reading theirs while a survivor is asked again
        whole = _copied(Path(name) / "quick")
        answers = {}
        slow = ((number, _UNSURE[0]) for number in mutants)
        quick = _quickly(whole, mutants, reached, asked.seconds)
        for number, answer in slow if asked.slow else quick:
            if answer in _UNSURE and not asked.quick:
                answer = _noticed(copy, mutants[number], reached, asked.seconds) or _SURVIVED
            answers[number] = answer
            said = answer.rpartition("::")[2]
            print(f"{number:3} {said:40.40} {mutants[number]}", flush=True)
    survived = [number for number, answer in answers.items() if answer in (*_UNSURE, _SURVIVED)]
    print(f"\nseed {asked.seed}: {len(survived)} of {len(answers)} survived: {survived}")
    return 0


def _quickly(
    copy: Path, mutants: Mapping[int, Mutant], reached: Reached, seconds: int
) -> Iterator[tuple[int, str]]:
    """Yield what becomes of each mutant in a process forked from one that has read all tests."""
    listed, asked = copy / ".mutants", set()
    with listed.open("w", encoding="utf-8") as file:
        for number, mutant in mutants.items():
            near, _, _, rest = _tests(copy, mutant, reached)
            tests = [*near, *rest]
            asked.update(test.partition("::")[0] for test in tests)
            told = {
                "number": number,
                "path": mutant.path.as_posix(),
                "start": mutant.start,
                "old": mutant.old,
                "new": mutant.new,
                "tests": tests,
            }
            file.write(json.dumps(told) + "\n")
    command = [*_PYTEST, "-s", "-p", "tests.mutants.breaking", "--mutants", str(listed)]
    command += ["--mutant-seconds", str(seconds), *sorted(asked)]
    environment = {**os.environ, "PYTHONPATH": str(copy)}
    with subprocess.Popen(command, cwd=copy, env=environment, stdout=PIPE, text=True) as running:
        assert running.stdout is not None
        for line in running.stdout:
            if line.startswith("@@"):
                told = json.loads(line[2:])
                yield told["number"], told["answer"]


def _copied(folder: Path) -> Path:
    """Copy what git tracks: mutants must never lie in a checkout."""
    listed = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, check=True, capture_output=True)
    for name in listed.stdout.decode().split("\0"):
        if name and (ROOT / name).is_file():
            (folder / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copy2(ROOT / name, folder / name)
    return folder


# ---------------------------------------------------------------- drawing


def _places(only: str) -> dict[str, list[Mutant]]:
    """Return the places of each room, or of one."""
    rooms: dict[str, list[Path]] = {}
    for path in sorted((ROOT / "digest").rglob("*.py")):
        inner = path.relative_to(ROOT)
        rooms.setdefault(inner.parts[1] if len(inner.parts) > 2 else "ground", []).append(inner)
    wanted = [only] if only else sorted(rooms)
    return {room: [m for path in rooms[room] for m in _mutants(path)] for room in wanted}


def _drawn(places: dict[str, list[Mutant]], seed: int, count: int) -> Iterator[Mutant]:
    """Yield places by turns of the rooms, so that a large room does not hide a small one."""
    chance = random.Random(seed)
    rooms = list(places)
    for number in range(count):
        yield chance.choice(places[rooms[number % len(rooms)]])


def _mutants(path: Path) -> Iterator[Mutant]:
    text = (ROOT / path).read_bytes()
    starts = [0]
    for line in text.splitlines(keepends=True):
        starts.append(starts[-1] + len(line))
    for node in _code(ast.parse(text)):
        for new in _changes(node):
            start = starts[node.lineno - 1] + node.col_offset
            end = starts[node.end_lineno - 1] + node.end_col_offset
            if (old := text[start:end].decode()) != new:
                yield Mutant(path, node.lineno, start, old, new)


def _code(node: Any) -> Iterator[Any]:
    """Yield what runs here: neither annotations nor what only type checkers or Windows read."""
    for name, value in ast.iter_fields(node):
        if name in ("annotation", "returns", "decorator_list"):
            continue
        if _is_elsewhere(node) and name != "orelse":
            continue
        for child in value if isinstance(value, list) else [value]:
            if isinstance(child, ast.AST) and not isinstance(child, ast.JoinedStr):
                yield child
                yield from _code(child)


def _is_elsewhere(node: ast.AST) -> bool:
    elsewhere = ("TYPE_CHECKING", "sys.platform == 'win32'")
    return isinstance(node, ast.If) and ast.unparse(node.test) in elsewhere


def _changes(node: ast.AST) -> Iterator[str]:
    """Yield what a node may be changed into."""
    match node:
        case ast.Compare(ops=[op], left=left, comparators=[right]):
            for table in (_OPPOSITES, _NEIGHBOURS):
                if type(op) in table:
                    yield ast.unparse(ast.Compare(left, [table[type(op)]()], [right]))
        case ast.UnaryOp(op=ast.Not(), operand=inner):
            yield f"bool({ast.unparse(inner)})"
        case ast.BoolOp(op=op, values=values):
            other = ast.Or() if isinstance(op, ast.And) else ast.And()
            yield f"({ast.unparse(ast.BoolOp(other, values))})"
        case ast.Constant(value=bool() as value):
            yield repr(not value)
        case ast.Constant(value=int() | float() as value):
            yield repr(value + 1)
        case ast.Return(value=ast.expr() as value) if ast.unparse(value) not in ("None", "False"):
            yield "return None"
        case ast.Call(keywords=[*_, last]) if last.arg:
            yield ast.unparse(ast.Call(node.func, node.args, node.keywords[:-1]))


# ---------------------------------------------------------------- running


def _noticed(copy: Path, mutant: Mutant, reached: Reached, seconds: int) -> str:
    """Return what notices a change, empty if nothing does."""
    path = copy / mutant.path
    before = path.read_bytes()
    old = mutant.old.encode()
    end = mutant.start + len(old)
    assert before[mutant.start : end] == old, mutant
    groups = _tests(copy, mutant, reached)
    path.write_bytes(before[: mutant.start] + mutant.new.encode() + before[end:])
    # Compiled modules are told apart by time in whole seconds and by size: neither need differ here.
    os.utime(path, (mutant.start, mutant.start))
    try:
        for tests in groups:
            if tests and (failed := _failing(copy, tests, seconds)):
                return failed
    finally:
        path.write_bytes(before)
    return ""


def _tests(copy: Path, mutant: Mutant, reached: Reached) -> list[list[str]]:
    """Return groups of tests, the likeliest to notice a change first."""
    module = mutant.path
    dotted = ".".join(module.with_suffix("").parts).removesuffix(".__init__")
    room = module.parts[1].removesuffix(".py")
    own = (f"tests/{room}/", f"tests/test_{room}.py", f"tests/test_{module.stem}.py")
    wanted = _functions(copy, mutant)
    files = {str(file.relative_to(copy)) for file in copy.glob("tests/**/test_*.py")}
    near = [
        test
        for test, noted in reached.items()
        # its file may have another name by now
        if not wanted.isdisjoint(noted["reached"]) and test.partition("::")[0] in files
    ]
    near.sort(key=lambda test: (not test.startswith(own), reached[test]["seconds"]))
    rest, patience = [], _PATIENCE
    for test in near[_FIRST:]:
        patience -= reached[test]["seconds"]
        rest += [test] if patience > 0 else []
    text = (copy / module).read_text("utf-8")
    named = [_READING] if re.match(r"\w+Error\(", mutant.old) else []
    named += [f"{EXAMPLES}[{dotted}]"] if ">>>" in text else []
    named += [_VALUES] if _is_field(text, mutant.line) else []
    noted_at = MAP.stat().st_mtime
    for inner in sorted(files):
        file = copy / inner
        names = dotted in file.read_text("utf-8") or file.stem == f"test_{module.stem}"
        is_newer = inner.startswith(own) and file.stat().st_mtime > noted_at
        named += [inner] if names or is_newer else []
    starting = [test for test in reached if test.startswith(own) and reached[test]["starts"]]
    starting = [test for test in starting if test.partition("::")[0] in files]
    return [near[:_FIRST], named, starting, rest]


def _functions(copy: Path, mutant: Mutant) -> set[str]:
    """Return the function that a place is in; for a place outside, those that name its constant."""
    name = mutant.path.as_posix()
    tree = ast.parse((copy / mutant.path).read_text("utf-8"))
    known = list(functions(tree))
    inside = {
        f"{name}::{qualname}"
        for function, qualname in known
        if function.lineno <= mutant.line <= function.end_lineno
    }
    if inside:
        return inside
    constants = {
        target.id
        for node in tree.body
        if node.lineno <= mutant.line <= (node.end_lineno or 0)
        for target in ast.walk(node)
        if isinstance(target, ast.Name) and isinstance(target.ctx, ast.Store)
    }
    using = {
        f"{name}::{qualname}"
        for function, qualname in known
        if constants & {n.id for n in ast.walk(function) if isinstance(n, ast.Name)}
    }
    return using or {f"{name}::{qualname}" for _, qualname in known}


def _is_field(text: str, line: int) -> bool:
    """Tell whether a field of a class stands on a line."""
    inside = [
        field
        for node in ast.walk(ast.parse(text))
        if isinstance(node, ast.ClassDef)
        for field in node.body
        if isinstance(field, ast.AnnAssign)
    ]
    return any(field.lineno <= line <= (field.end_lineno or 0) for field in inside)


def _failing(copy: Path, tests: list[str], seconds: int) -> str:
    """Return the first test that fails, empty if none does."""
    listed = copy / ".tests"
    listed.write_text("\n".join(tests), "utf-8")
    # What the tests start in other processes must find the copy, too.
    environment = {**os.environ, "PYTHONPATH": str(copy)}
    environment.pop("PYTHONDONTWRITEBYTECODE", None)
    try:
        ran = subprocess.run(
            [*_PYTEST, "-x", f"@{listed}"],
            cwd=copy,
            env=environment,
            timeout=seconds,
            capture_output=True,
            text=True,
            check=False,
        )
    except subprocess.TimeoutExpired:
        return "UNDECIDED: took too long"
    if ran.returncode in (0, 5):  # 5: no test of these runs without a browser
        return ""
    # They have another name by now; of one with parameters pytest names the function alone.
    gone = re.findall(rf"^ERROR: not found: {re.escape(str(copy))}/(.*)$", ran.stderr, re.M)
    left = [test for test in tests if not {test, test.partition("[")[0]} & {*gone}]
    if left != tests:
        return _failing(copy, left, seconds) if left else ""
    failed = [line for line in ran.stdout.splitlines() if line.startswith(("FAILED", "ERROR"))]
    named = failed[0].partition("::")[2].partition(" ")[0] if failed else ""
    return named or "no test starts"


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))

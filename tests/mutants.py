"""Breaks the code in random places, and tells which breaks no test notices.

`python -m tests.mutants [--seed 1] [--count 60] [--only ROOM] [--whole]` draws places over all rooms by
turns, changes one thing at each (a comparison, a constant, a `not`, an `and`, what is returned, an
argument) in a copy of the repository, and runs tests there: first the files that name the module,
then those of its room, and with `--whole` those that use all rooms. A survivor is a promise without a test, or no
change at all; which of both, somebody has to say.
"""

from __future__ import annotations

import argparse
import ast
import os
import random
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[1]
SECONDS = 900
"""How long one run of tests may take; what takes longer is left undecided."""

# The examples in a module's docstrings.
EXAMPLES = "tests/test_examples.py::test_examples_in_docstrings_hold"

# What uses all rooms, asked last since it takes longest.
WHOLE = ("tests/test_journey.py", "tests/test_library.py", "tests/cli", "tests/workflow")

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
    parser.add_argument("--first", type=int, default=1, help="the number to begin with")
    parser.add_argument("--seconds", type=int, default=SECONDS, help="for one run of tests")
    parser.add_argument("--only", default="", help="a room, as `editing`")
    parser.add_argument("--whole", action="store_true", help="ask the tests of all rooms, too")
    asked = parser.parse_args(arguments)
    survivors = []
    with tempfile.TemporaryDirectory(prefix="digest-mutants-") as name:
        copy = _copied(Path(name) / "digest")
        drawn = enumerate(_drawn(asked.seed, asked.count, asked.only), 1)
        for number, mutant in islice(drawn, asked.first - 1, None):
            noticed = _noticed(copy, mutant, WHOLE if asked.whole else (), asked.seconds)
            print(f"{number:3} {noticed or 'SURVIVED':40.40} {mutant}", flush=True)
            if not noticed:
                survivors.append(mutant)
    print(f"\nseed {asked.seed}: {len(survivors)} of {asked.count} survived")
    return 0


def _copied(folder: Path) -> Path:
    """Copy what git tracks: mutants must never lie in a checkout."""
    listed = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, check=True, capture_output=True)
    for name in listed.stdout.decode().split("\0"):
        if name and (ROOT / name).is_file():
            (folder / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copy2(ROOT / name, folder / name)
    return folder


# ---------------------------------------------------------------- drawing


def _drawn(seed: int, count: int, only: str) -> Iterator[Mutant]:
    """Yield places by turns of the rooms, so that a large room does not hide a small one."""
    chance = random.Random(seed)
    rooms: dict[str, list[Path]] = {}
    for path in sorted((ROOT / "digest").rglob("*.py")):
        inner = path.relative_to(ROOT)
        rooms.setdefault(inner.parts[1] if len(inner.parts) > 2 else "ground", []).append(inner)
    wanted = [only] if only else sorted(rooms)
    places = {room: [m for path in rooms[room] for m in _mutants(path)] for room in wanted}
    for number in range(count):
        yield chance.choice(places[wanted[number % len(wanted)]])


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
    """Yield what runs: neither annotations nor what only type checkers read."""
    for name, value in ast.iter_fields(node):
        if name in ("annotation", "returns", "decorator_list") or _is_for_types(node):
            continue
        for child in value if isinstance(value, list) else [value]:
            if isinstance(child, ast.AST) and not isinstance(child, ast.JoinedStr):
                yield child
                yield from _code(child)


def _is_for_types(node: ast.AST) -> bool:
    return isinstance(node, ast.If) and ast.unparse(node.test) == "TYPE_CHECKING"


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


def _noticed(copy: Path, mutant: Mutant, last: Sequence[str], seconds: int) -> str:
    """Return what notices a change, empty if nothing does."""
    path = copy / mutant.path
    before = path.read_bytes()
    old = mutant.old.encode()
    end = mutant.start + len(old)
    assert before[mutant.start : end] == old, mutant
    path.write_bytes(before[: mutant.start] + mutant.new.encode() + before[end:])
    # Compiled modules are told apart by time in whole seconds and by size: neither need differ here.
    os.utime(path, (mutant.start, mutant.start))
    try:
        seen: set[str] = set()
        for tests in (*_tests(copy, mutant.path), last):
            fresh = [test for test in tests if test not in seen]
            seen.update(fresh)
            if fresh and (failed := _failing(copy, fresh, seconds)):
                return failed
    finally:
        path.write_bytes(before)
    return ""


def _tests(copy: Path, module: Path) -> Iterator[list[str]]:
    """Yield tests nearest to a module first."""
    dotted = ".".join(module.with_suffix("").parts).removesuffix(".__init__")
    room = module.parts[1].removesuffix(".py")
    files = sorted(copy.glob("tests/**/test_*.py"))
    named = [f for f in files if dotted in f.read_text("utf-8") or f.stem == f"test_{module.stem}"]
    if ">>>" in (copy / module).read_text("utf-8"):
        yield [f"{EXAMPLES}[{dotted}]"]
    yield [str(f.relative_to(copy)) for f in named]
    own = (f"tests/{room}", f"tests/test_{room}.py", f"tests/test_{module.stem}.py")
    yield [name for name in own if (copy / name).exists()]


def _failing(copy: Path, tests: list[str], seconds: int) -> str:
    """Return the first test that fails, empty if none does."""
    command = [sys.executable, "-m", "pytest", "-x", "-q", "-n", "0", "-p", "no:cacheprovider"]
    # What the tests start in other processes must find the copy, too.
    environment = {**os.environ, "PYTHONPATH": str(copy)}
    environment.pop("PYTHONDONTWRITEBYTECODE", None)
    try:
        ran = subprocess.run(
            [*command, "-m", "not browser", *tests],
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
    failed = [line for line in ran.stdout.splitlines() if line.startswith(("FAILED", "ERROR"))]
    return failed[0].partition("::")[2].partition(" ")[0] if failed else "no test starts"


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))

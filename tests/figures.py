"""Measures the house: `python -m tests.figures [--worst] [--check]`.

Prints how large files and functions are, how dense their lines, how crowded the folders. `--worst`
names the largest of each. `--check` names instead, and fails for, every module or function that is too
long, function too branched, folder too full, conditional expression within another, and circle of
imports. Only the package is measured, and of the tests no more than their size.
"""

from __future__ import annotations

import ast
import io
import sys
import tokenize
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from graphlib import CycleError, TopologicalSorter
from pathlib import Path
from statistics import mean, median

ROOT = Path(__file__).resolve().parents[1]

MOST_BRANCHES = 12
MOST_LINES_OF_A_FUNCTION = 60
MOST_LINES_OF_A_MODULE = 400
MOST_ENTRIES = 13
LONG_LINE = 95
WORST = 5

# Folders that hold more than that, how much more, and why.
CROWDED = {
    # Seventeen rooms, and what all of them import by one name: their plan is this folder's listing.
    "digest": 25,
}

_BRANCHES = (ast.If, ast.IfExp, ast.For, ast.AsyncFor, ast.While, ast.ExceptHandler, ast.match_case)
_FUNCTIONS = (ast.FunctionDef, ast.AsyncFunctionDef)
_DOCUMENTED = (*_FUNCTIONS, ast.ClassDef, ast.Module)
_NO_CODE = {
    tokenize.NL,
    tokenize.NEWLINE,
    tokenize.INDENT,
    tokenize.DEDENT,
    tokenize.COMMENT,
    tokenize.ENDMARKER,
}


@dataclass(frozen=True)
class Function:
    """Hold one function: where it stands, its lines, and the points at which it goes two ways."""

    where: str
    lines: int
    branches: int


@dataclass(frozen=True)
class Module:
    """Hold one file; `code` are its lines that hold code, without comments and docstrings."""

    name: str
    path: Path
    tree: ast.Module
    text: str
    code: tuple[str, ...]
    comments: int


def main(arguments: list[str]) -> int:
    """Print the figures, and what `arguments` ask for; return the exit code."""
    modules = [_read(path) for path in sorted((ROOT / "digest").rglob("*.py"))]
    functions = [found for module in modules for found in _functions(module)]
    if "--check" in arguments:
        return _tell(_broken(modules, functions))
    for name, value in _figures(modules, functions):
        print(f"{name:<44}{value:>12}")
    if "--worst" in arguments:
        _tell(_worst(modules, functions))
    return 0


def _tell(places: Iterable[tuple[str, str]]) -> int:
    """Print places and what is to be said of each; return 1 if there are any."""
    told = [f"{where}: {what}\n" for where, what in places]
    print("".join(told), end="")
    return 1 if told else 0


def _read(path: Path) -> Module:
    text = path.read_text("utf-8")
    tree = ast.parse(text)
    lines = text.splitlines()
    tokens = list(tokenize.generate_tokens(io.StringIO(text).readline))
    with_code = {
        number
        for token in tokens
        if token.type not in _NO_CODE
        for number in range(token.start[0], token.end[0] + 1)
    }
    code = sorted(with_code - set(_docstring_lines(tree)))
    parts = path.relative_to(ROOT).with_suffix("").parts
    return Module(
        name=".".join(parts).removesuffix(".__init__"),
        path=path,
        tree=tree,
        text=text,
        code=tuple(lines[number - 1] for number in code),
        comments=sum(token.type == tokenize.COMMENT for token in tokens),
    )


def _docstring_lines(tree: ast.Module) -> Iterator[int]:
    """Yield the numbers of the lines that only explain: docstrings, and texts below a name."""
    for node in ast.walk(tree):
        is_text = isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant)
        if is_text and isinstance(node.value.value, str):
            yield from range(node.lineno, (node.end_lineno or node.lineno) + 1)


def _functions(module: Module) -> Iterator[Function]:
    for node in ast.walk(module.tree):
        if isinstance(node, _FUNCTIONS):
            where = f"{module.path.relative_to(ROOT)}:{node.lineno} {node.name}"
            yield Function(where, _length(node), sum(map(_weight, _within(node))))


def _length(function: ast.FunctionDef | ast.AsyncFunctionDef) -> int:
    """Return a function's lines without its docstring."""
    explained = len(set(_docstring_lines(ast.Module([function], []))))
    return (function.end_lineno or function.lineno) - function.lineno + 1 - explained


def _within(function: ast.AST) -> Iterator[ast.AST]:
    """Yield what a function is made of; functions within it count for themselves."""
    for child in ast.iter_child_nodes(function):
        yield child
        if not isinstance(child, _FUNCTIONS):
            yield from _within(child)


def _weight(node: ast.AST) -> int:
    """Return at how many points a node goes two ways."""
    if isinstance(node, _BRANCHES):
        return 1
    if isinstance(node, ast.BoolOp):
        return len(node.values) - 1
    if isinstance(node, ast.comprehension):
        return 1 + len(node.ifs)
    return 0


def _nested(module: Module) -> Iterator[str]:
    """Yield the places of conditional expressions that stand in another one."""
    for node in ast.walk(module.tree):
        if isinstance(node, ast.IfExp):
            inner = (node.body, node.orelse, node.test)
            if any(isinstance(found, ast.IfExp) for part in inner for found in ast.walk(part)):
                yield f"{module.path.relative_to(ROOT)}:{node.lineno}"


def _entries(modules: Iterable[Module]) -> Counter[str]:
    """Return how many files and sub-rooms each folder holds beside its door, the `__init__`."""
    folders = {parent for module in modules for parent in module.path.parents}
    rooms = (folder for folder in folders if folder.is_relative_to(ROOT / "digest"))
    return Counter({str(room.relative_to(ROOT)): len(_inside(room)) for room in rooms})


def _inside(folder: Path) -> list[Path]:
    return [
        path
        for path in folder.iterdir()
        if path.name not in ("__init__.py", "__pycache__", "py.typed")
    ]


def _circle(modules: Iterable[Module]) -> tuple[str, ...]:
    """Return modules that import one another in a circle, none where there is no circle."""
    names = {module.name for module in modules}
    # The package itself offers its library by name only; nothing runs before it is asked for.
    names.discard("digest")
    graph = {name: set[str]() for name in names}
    graph |= {m.name: _imports(m, names) for m in modules if m.name in names}
    try:
        TopologicalSorter(graph).prepare()
    except CycleError as exc:
        return tuple(exc.args[1])
    return ()


def _imports(module: Module, names: set[str]) -> set[str]:
    found: set[str] = set()
    for node in ast.walk(module.tree):
        if isinstance(node, ast.ImportFrom) and node.module in names:
            inner = {f"{node.module}.{alias.name}" for alias in node.names}
            found |= (inner & names) or {str(node.module)}
    return found - {module.name}


def _figures(modules: list[Module], functions: list[Function]) -> Iterator[tuple[str, str]]:
    code = [line for module in modules for line in module.code]
    lengths = sorted(function.lines for function in functions)
    branches = sum(_weight(node) for module in modules for node in ast.walk(module.tree))
    entries = _entries(modules)
    folder, most = next((f, n) for f, n in entries.most_common() if f not in CROWDED)
    largest = max(modules, key=_lines)
    tests = [_read(path) for path in (ROOT / "tests").rglob("*.py")]
    yield "lines in all", f"{sum(map(_lines, modules)):,}"
    yield "code lines", f"{len(code):,}"
    yield "modules", str(len(modules))
    yield (
        "function lines, median/p90/max",
        (f"{median(lengths):.0f}/{lengths[len(lengths) * 9 // 10]}/{lengths[-1]}"),
    )
    yield "branch points per 100 code lines", f"{100 * branches / len(code):.0f}"
    yield (
        f"functions over {MOST_BRANCHES} branch points",
        str(sum(f.branches > MOST_BRANCHES for f in functions)),
    )
    yield "characters per code line", f"{mean(len(line.strip()) for line in code):.0f}"
    yield (
        f"code lines over {LONG_LINE} characters",
        f"{100 * sum(len(line) > LONG_LINE for line in code) / len(code):.1f} %",
    )
    yield "nested conditional expressions", str(sum(1 for m in modules for _ in _nested(m)))
    yield (
        "comments per 100 code lines",
        f"{100 * sum(module.comments for module in modules) / len(code):.1f}",
    )
    yield "lines of the longest module", str(_lines(largest))
    yield f"most entries in a folder ({folder})", str(most)
    for crowded in CROWDED:
        yield f"entries in {crowded}", str(entries[crowded])
    yield "circles of imports", "1 or more" if _circle(modules) else "0"
    yield "test code per code", f"{sum(len(test.code) for test in tests) / len(code):.2f}"


def _broken(modules: list[Module], functions: list[Function]) -> Iterator[tuple[str, str]]:
    """Yield each place that passes a limit, and how."""
    for function in functions:
        if function.branches > MOST_BRANCHES:
            yield function.where, f"{function.branches} branch points"
        if function.lines > MOST_LINES_OF_A_FUNCTION:
            yield function.where, f"{function.lines} lines"
    for module in modules:
        if (length := _lines(module)) > MOST_LINES_OF_A_MODULE:
            yield str(module.path.relative_to(ROOT)), f"{length} lines"
        for where in _nested(module):
            yield where, "a conditional expression within another"
    for folder, entries in _entries(modules).items():
        if entries > CROWDED.get(folder, MOST_ENTRIES):
            yield folder, f"{entries} entries"
    if circle := _circle(modules):
        yield circle[0], f"imports itself: {' -> '.join(circle)}"


def _worst(modules: list[Module], functions: list[Function]) -> Iterator[tuple[str, str]]:
    """Yield the largest modules, functions and folders, whether they pass a limit or not."""
    for module in sorted(modules, key=_lines, reverse=True)[:WORST]:
        yield str(module.path.relative_to(ROOT)), f"{_lines(module)} lines"
    for function in sorted(functions, key=lambda f: f.lines, reverse=True)[:WORST]:
        yield function.where, f"{function.lines} lines"
    for function in sorted(functions, key=lambda f: f.branches, reverse=True)[:WORST]:
        yield function.where, f"{function.branches} branch points"
    for folder, entries in _entries(modules).most_common(WORST):
        yield folder, f"{entries} entries"


def _lines(module: Module) -> int:
    return len(module.text.splitlines())


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))

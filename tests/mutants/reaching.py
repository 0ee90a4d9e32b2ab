"""A plug-in for pytest: notes which functions each test reaches, and how long it takes.

`pytest -p tests.mutants.reaching --reached FILE` writes one JSON document: for each test its
seconds, whether it starts a process, and the functions of `digest` it calls, as `path::qualname`.
A function tells so by a line put at its beginning while it is imported: that costs a tenth of
what tracing does.
"""

from __future__ import annotations

import ast
import json
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from importlib.machinery import ModuleSpec, PathFinder, SourceFileLoader
from pathlib import Path
from types import CodeType, ModuleType
from typing import Any

import pytest

ROOT = Path(__file__).resolve().parents[2]

# What has been called since the test began; what modules are given under the same name.
_reached: set[str] = set()
_NAME = "_reached_by_tests"


class _Telling(SourceFileLoader):
    """Reads a module so that each of its functions tells when it is called."""

    def get_code(self, fullname: str) -> CodeType | None:
        path = self.get_filename(fullname)
        return self.source_to_code(self.get_data(path), path)

    def source_to_code(self, data: Any, path: Any, *, _optimize: int = -1) -> CodeType:
        tree = ast.parse(data)
        name = Path(path).relative_to(ROOT).as_posix()
        for function, qualname in functions(tree):
            told = ast.parse(f"{_NAME}({f'{name}::{qualname}'!r})").body[0]
            ast.copy_location(told, function.body[0])
            # a docstring stays the first statement
            function.body.insert(bool(ast.get_docstring(function)), told)
        return compile(ast.fix_missing_locations(tree), path, "exec", dont_inherit=True)

    def exec_module(self, module: ModuleType) -> None:
        vars(module)[_NAME] = _reached.add
        super().exec_module(module)


class _Finding:
    @staticmethod
    def find_spec(name: str, path: Sequence[str] | None, target: Any = None) -> ModuleSpec | None:
        if name.partition(".")[0] != "digest":
            return None
        spec = PathFinder.find_spec(name, path, target)
        if spec and isinstance(spec.loader, SourceFileLoader):
            spec.loader = _Telling(spec.loader.name, spec.loader.path)
        return spec


def functions(tree: ast.AST, within: str = "") -> Iterator[tuple[Any, str]]:
    """Yield the functions and methods of a module; what stands within one counts for it."""
    for node in ast.iter_child_nodes(tree):
        match node:
            case ast.FunctionDef(name=name) | ast.AsyncFunctionDef(name=name):
                yield node, within + name
            case ast.ClassDef(name=name):
                yield from functions(node, f"{within}{name}.")
            case _:
                yield from functions(node, within)


class Reaching:
    """Collects, test by test, what is called."""

    def __init__(self, target: Path) -> None:
        """Write into `target` when all tests have run."""
        self.target = target
        self.tests: dict[str, dict[str, Any]] = {}
        self._started = 0
        started = subprocess.Popen.__init__

        def count(popen: Any, *args: Any, **keywords: Any) -> None:
            self._started += 1
            started(popen, *args, **keywords)

        subprocess.Popen.__init__ = count  # type: ignore[method-assign]

    @pytest.hookimpl(wrapper=True)
    def pytest_runtest_protocol(self, item: pytest.Item) -> Iterator[None]:
        """Listen while one test runs, with what it is given made and cleared away."""
        began, started = time.monotonic(), self._started
        _reached.clear()
        try:
            return (yield)
        finally:
            self.tests[item.nodeid] = {
                "seconds": round(time.monotonic() - began, 3),
                "starts": self._started > started,
                "reached": sorted(_reached),
            }

    def pytest_sessionfinish(self) -> None:
        """Write down what was noted."""
        self.target.write_text(json.dumps(self.tests, indent=0), "utf-8")


def pytest_addoption(parser: pytest.Parser) -> None:
    """Take the file to write, and read the package so that it tells."""
    parser.addoption("--reached", type=Path)
    sys.meta_path.insert(0, _Finding)  # type: ignore[arg-type]


def pytest_configure(config: pytest.Config) -> None:
    """Listen where a file is told."""
    if target := config.getoption("--reached"):
        config.pluginmanager.register(Reaching(target))

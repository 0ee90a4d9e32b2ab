"""A plug-in for pytest: breaks the code again and again, each time in a process of its own.

`pytest -p tests.mutants.breaking --mutants FILE TESTS…` reads all modules and tests once. Then it forks
for each mutant, puts the broken code into the functions and constants that there are, and runs the
tests that reach them; the next mutant begins from the whole code again. What a running program
cannot take in, as another default of a field, is asked of a fresh process instead.
"""

from __future__ import annotations

import gc
import importlib
import json
import os
import select
import signal
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from types import CodeType, FunctionType, MappingProxyType, ModuleType
from typing import Any

import pytest

from tests.mutants.reaching import ROOT

Place = tuple[str, int]


def pytest_addoption(parser: pytest.Parser) -> None:
    """Take the file of mutants."""
    parser.addoption("--mutants", type=Path)
    parser.addoption("--mutant-seconds", type=float, default=120.0)


@pytest.hookimpl(tryfirst=True)
def pytest_runtestloop(session: pytest.Session) -> bool | None:
    """Run the tests of each mutant instead of all tests once."""
    if not (file := session.config.getoption("--mutants")):
        return None
    items = {item.nodeid: item for item in session.items}
    for line in file.read_text("utf-8").splitlines():
        mutant = json.loads(line)
        chosen = [items[name] for name in mutant["tests"] if name in items]
        answer = _forked(session, mutant, chosen) if chosen else "no test"
        print(f"\n@@{json.dumps({'number': mutant['number'], 'answer': answer})}", flush=True)
    return True


def _forked(session: pytest.Session, mutant: dict[str, Any], items: list[pytest.Item]) -> str:
    """Return the test that fails, `survived`, or why nobody can say."""
    ours, theirs = os.pipe()
    child = os.fork()
    if not child:
        os.setpgid(0, 0)
        os.close(ours)
        nowhere = os.open(os.devnull, os.O_RDWR)
        for stream in range(3):
            os.dup2(nowhere, stream)
        answer = "no change"
        try:
            if _broken(mutant):
                answer = _first_failing(session, items)
        except BaseException as exc:  # noqa: BLE001 - whatever a mutant does
            answer = f"stopped by {type(exc).__name__}"
        os.write(theirs, answer.encode())
        os._exit(0)
    os.close(theirs)
    seconds = session.config.getoption("--mutant-seconds")
    said = b""
    if select.select([ours], [], [], seconds)[0]:
        said = os.read(ours, 65_536)
    os.close(ours)
    for _ in range(2):
        try:
            os.killpg(child, signal.SIGKILL)
        except (ProcessLookupError, PermissionError):
            time.sleep(0.01)
    os.waitpid(child, 0)
    return said.decode() or "took too long"


def _first_failing(session: pytest.Session, items: list[pytest.Item]) -> str:
    failed: list[str] = []

    class Watching:
        @staticmethod
        def pytest_runtest_logreport(report: pytest.TestReport) -> None:
            if report.failed:
                failed.append(report.nodeid)

    session.config.pluginmanager.register(Watching())
    for item, following in zip(items, [*items[1:], None], strict=True):
        item.config.hook.pytest_runtest_protocol(item=item, nextitem=following)
        if failed:
            return failed[0]
    return "survived"


# ---------------------------------------------------------------- putting it in


def _broken(mutant: dict[str, Any]) -> bool:
    """Put a mutant's code in, and tell whether something could be changed."""
    path = ROOT / mutant["path"]
    name = ".".join(Path(mutant["path"]).with_suffix("").parts).removesuffix(".__init__")
    module = importlib.import_module(name)  # which nobody may have wanted yet
    before = path.read_bytes()
    end = mutant["start"] + len(mutant["old"].encode())
    after = before[: mutant["start"]] + mutant["new"].encode() + before[end:]
    old = dict(_codes(compile(before, str(path), "exec", dont_inherit=True)))
    new = dict(_codes(compile(after, str(path), "exec", dont_inherit=True)))
    changed = {place for place in old if place in new and old[place] != new[place]}
    functions = {place for place in changed if place[0] != "<module>"}
    if functions:
        return _in_functions(path, functions, new)
    return _in_constants(module, after, path)


def _codes(code: CodeType) -> Iterator[tuple[Place, CodeType]]:
    yield (
        (code.co_qualname if code.co_name != "<module>" else "<module>", code.co_firstlineno),
        code,
    )
    for inner in code.co_consts:
        if isinstance(inner, CodeType):
            yield from _codes(inner)


def _in_functions(path: Path, changed: set[Place], new: dict[Place, CodeType]) -> bool:
    done = False
    for function in gc.get_objects():
        if type(function) is not FunctionType or function.__code__.co_filename != str(path):
            continue
        place = (function.__code__.co_qualname, function.__code__.co_firstlineno)
        if place in changed and len(function.__code__.co_freevars) == len(new[place].co_freevars):
            function.__code__ = new[place]
            done = True
    return done


def _in_constants(module: ModuleType, after: bytes, path: Path) -> bool:
    """Give constants and defaults of parameters what the broken module would give them."""
    fresh = ModuleType(module.__name__)
    fresh.__dict__.update(__file__=str(path), __package__=module.__package__)
    fresh.__dict__.update({k: v for k, v in vars(module).items() if k == "__path__"})
    exec(compile(after, str(path), "exec", dont_inherit=True), fresh.__dict__)
    done = False
    for name, value in vars(fresh).items():
        was = vars(module).get(name)
        if isinstance(value, FunctionType) and isinstance(was, FunctionType):
            same = (was.__defaults__, was.__kwdefaults__) == (
                value.__defaults__,
                value.__kwdefaults__,
            )
            was.__defaults__, was.__kwdefaults__ = value.__defaults__, value.__kwdefaults__
            done |= not same
        elif _is_plain(value) and _is_plain(was) and repr(value) != repr(was):
            done = True
            for other in list(sys.modules.values()):
                if other and other.__name__.startswith("digest") and vars(other).get(name) is was:
                    setattr(other, name, value)
    return done


def _is_plain(value: object) -> bool:
    plain = (bool, int, float, str, tuple, frozenset, dict, list, MappingProxyType)
    return type(value) in plain

"""What pyproject.toml asks for is what the package imports, no less and no more."""

from __future__ import annotations

import ast
import re
import sys
import tomllib
from importlib.metadata import packages_distributions
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
# zoneinfo reads this one where the system has no time zones; nothing imports it by name.
DATA = {"tzdata"}


def normal(name: str) -> str:
    """Return a distribution's name as package indexes compare them (PEP 503)."""
    return re.sub(r"[-_.]+", "-", name).lower()


def listed() -> set[str]:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]
    extras = project["optional-dependencies"]
    # What an extra brings is imported where somebody asks for it; `dev` is for tests alone.
    asked = [r for name, wanted in extras.items() if name != "dev" for r in wanted]
    required = [*project["dependencies"], *asked]
    for requirement in required:
        assert ">=" in requirement, f"{requirement} has no lower bound"
    return {normal(re.split(r"[<>=!~\[; ]", requirement)[0]) for requirement in required}


def imported() -> set[str]:
    """Return the distributions of everything any module of the package imports, wherever in it."""
    modules: set[str] = set()
    for path in (ROOT / "digest").rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text())):
            if isinstance(node, ast.Import):
                modules |= {alias.name.partition(".")[0] for alias in node.names}
            elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
                modules.add(node.module.partition(".")[0])
    known = packages_distributions()
    return {normal(known[module][0]) for module in modules - sys.stdlib_module_names - {"digest"}}


def test_every_dependency_is_imported_and_every_import_is_a_dependency() -> None:
    assert listed() - DATA == imported()


def test_every_dependency_has_its_exact_version_for_repeatable_setups() -> None:
    lines = (ROOT / "constraints.txt").read_text().splitlines()
    exact = {normal(line.partition("==")[0]) for line in lines if not line.startswith("#")}
    assert listed() <= exact

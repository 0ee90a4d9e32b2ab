"""A command that a message names can be typed as it stands: nothing that it needs is left out."""

from __future__ import annotations

import ast
import re
import shlex
from collections.abc import Iterator
from pathlib import Path

import click
import pytest

from digest.cli import group

PACKAGE = Path(__file__).resolve().parents[2] / "digest"
NAMED = re.compile(r"`digest ([^`]+)`")
# Pages and rules tell of commands in general; only messages are followed to the letter.
TOLD_IN_GENERAL = {"checking/reference.py"}


def literals(tree: ast.AST) -> Iterator[str]:
    """Yield the texts of a module that are no docstrings; what is filled in is an X."""
    docstrings = {
        id(node.body[0].value)
        for node in ast.walk(tree)
        if isinstance(node, ast.Module | ast.ClassDef | ast.FunctionDef)
        and isinstance(node.body[0], ast.Expr)
    }
    inside: set[int] = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.JoinedStr):
            inside |= {id(part) for part in node.values}
            parts = (p.value if isinstance(p, ast.Constant) else "X" for p in node.values)
            yield "".join(map(str, parts))
        elif isinstance(node, ast.Constant) and id(node) not in docstrings | inside:
            yield str(node.value)


def named() -> list[tuple[str, str]]:
    """Return each command that a message names, with the module that says it."""
    found = set()
    for path in PACKAGE.rglob("*.py"):
        module = path.relative_to(PACKAGE).as_posix()
        if module not in TOLD_IN_GENERAL:
            for text in literals(ast.parse(path.read_text("utf-8"))):
                found |= {(command, module) for command in NAMED.findall(text)}
    return sorted(found)


@pytest.mark.parametrize(("command", "module"), named())
def test_it_can_be_typed_as_it_stands(command: str, module: str) -> None:
    name, *words = shlex.split(command.removeprefix("--verbose "))
    if name in ("X", "--help"):
        return  # X is one of several, which are named elsewhere
    found = group.get_command(click.Context(group), name)
    assert found, module
    found.make_context(name, words)
    # where there are several editions, it would only ask which
    assert words[:1] != ["--dry-run"]

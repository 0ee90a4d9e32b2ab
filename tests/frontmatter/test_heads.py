"""Heads of every kind, and all that is read of each: `heads.txt` shows them side by side."""

from __future__ import annotations

from itertools import takewhile
from pathlib import Path

from digest.errors import ConfigError
from digest.frontmatter import load_yaml, split
from digest.frontmatter.plain_yaml import plain_yaml
from tests.golden import hold


def test_heads_are_read_as_they_are_listed() -> None:
    """With the line of each name for YAML, and whether the quick reader was enough."""
    hold(Path(__file__).with_name("heads.txt"), lambda _, text: _told(text))


def _told(text: str) -> str:
    try:
        found = split(text, "ferns.md")
    except ConfigError as exc:
        return f"refused: {exc.message}\nwhere: {exc.where}\nhint: {exc.hint}"
    told = [f"{found.kind or 'no head'}; from line {found.body_line} on {found.body!r}"]
    told += [f"{name} = {value!r}" for name, value in found.meta.items()]
    if found.kind == "yaml":
        head = takewhile(lambda line: line.rstrip() not in ("---", "..."), text.splitlines()[1:])
        told += _of_yaml("\n".join(head))
    return "\n".join(told)


def _of_yaml(head: str) -> list[str]:
    """Return what only YAML tells: how it was read, what is no text in it, and the lines of names."""
    meta, lines = load_yaml(head, "ferns.md", 2)
    written, _ = load_yaml(head, "ferns.md", 2, as_written=True)
    others = [f"{n} as written = {said!r}" for n, said in written.items() if said != meta.get(n)]
    read = "in full" if plain_yaml(head) is None else "quickly"
    return [f"read {read}", *others, "lines: " + ", ".join(f"{n} {at}" for n, at in lines.items())]

"""Tells where in digest.toml something stands, what is wrong, and what was probably meant."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Any

import msgspec

from digest.config.tables import (
    FILE_NAME,
    AllSeries,
    Editing,
    EditionTable,
    EvergreenTable,
    Fetching,
    File,
    Newsletter,
    RunTable,
    SectionTable,
    SeriesConfig,
)
from digest.errors import ConfigError
from digest.nearest import nearest


class Places:
    """Know on which line of the file each table and key stands."""

    def __init__(self, text: str) -> None:
        self._lines: dict[tuple[str, str], int] = {}
        table, counts = "", {}  # type: str, dict[str, int]
        for number, line in enumerate(text.split("\n"), 1):
            if header := re.match(r"\s*\[\[\s*([^\]]+?)\s*\]\]", line):
                name = _dotted(header[1])
                # Each [[table]] of one name is another, counted from 0 as msgspec counts them.
                counts[name] = counts.get(name, -1) + 1
                table = f"{name}[{counts[name]}]"
                self._lines.setdefault((table, ""), number)
            elif header := re.match(r"\s*\[\s*([^\]]+?)\s*\]", line):
                table = _dotted(header[1])
                self._lines.setdefault((table, ""), number)
            elif entry := re.match(r"""\s*("[^"]*"|'[^']*'|[\w.-]+)\s*=""", line):
                self._lines.setdefault((table, _dotted(entry[1])), number)

    def where(self, table: str, key: str = "") -> str:
        """Return `digest.toml:LINE` of the key, of its table or the first below it, or the file."""
        inner = ".".join(filter(None, (table, key)))
        line = self._lines.get((table, key)) or self._lines.get((inner, ""))
        # A key that is missing has no line: its table's tells where to put it.
        line = line or self._lines.get((table, ""))
        line = line or self._first_below(inner) or self._around(table)
        return f"{FILE_NAME}:{line}" if line else FILE_NAME

    def fault(self, table: str, key: str, what: str, hint: str) -> ConfigError:
        """Return what is said of a key's value that cannot be right."""
        return ConfigError(f"[{table}] {key}: {what}", where=self.where(table, key), hint=hint)

    def _first_below(self, table: str) -> int | None:
        """Return the line of the first table inside one that has no line itself (`[a.b]` for a)."""
        inside = (f"{table}.", f"{table}[")
        below = [line for (name, _), line in self._lines.items() if name.startswith(inside)]
        return min(below, default=None)

    def _around(self, table: str) -> int | None:
        """Return the line of what a table is written inside of, as in `a = { b = … }`."""
        while table:
            table, _, key = table.rpartition(".")
            if line := self._lines.get((table, key)) or self._lines.get((table, "")):
                return line
        return None


def _dotted(name: str) -> str:
    """Return a name without quotes, and without the blanks that may stand around its dots."""
    parts = re.findall(r"""([^\s."']+)|"([^"]*)"|'([^']*)'""", name)
    return ".".join("".join(part) for part in parts)


# Stands for a dot in a name that is written in quotes: all others part tables.
_DOT = "\0"


def explain(message: str, raw: dict[str, Any], places: Places) -> ConfigError:
    """Turn msgspec's words ("Expected `str`, got `int` - at `$.newsletter.name`") into ours."""
    reason, _, path = message.partition(" - at `")
    path, *rest = path.rstrip("`").removeprefix("$").removeprefix(".").split("[...]")
    for part in rest:
        path += _key_of_mapping(reason, path, raw) + part
    written = path.replace("editing.series.pins", "editing.series")
    table, _, name = (part.replace(_DOT, ".") for part in written.rpartition("."))
    written = written.replace(_DOT, ".")
    if unknown := re.match(r"Object contains unknown field `(.*)`", reason):
        known = _known_keys(path)
        return ConfigError(
            f"{label(written)} {unknown[1]}: unknown key".strip(),
            where=places.where(written, unknown[1]),
            hint=suggest(unknown[1], known, ", ".join(known)),
        )
    if missing := re.match(r"Object missing required field `(.*)`", reason):
        text = f"[{path}] has no {missing[1]}" if path else f"[{missing[1]}] is missing"
        return ConfigError(
            text,
            where=places.where(path),
            hint=f'Add {missing[1]} = "…".' if path else 'Add [newsletter] with name = "…".',
        )
    name = re.sub(r"\[\d+\]$", "", name) if table else name
    said, hint = _said_and_done(reason, table, name)
    return ConfigError(
        f"{label(table)} {name}: {said}".strip(), where=places.where(table, name), hint=hint
    )


def wrong_kind(table: str, key: str, value: Any, wanted: str, places: Places) -> ConfigError:
    """Return what is said of a value that is no `wanted`, as "str" or "int", in msgspec's words."""
    got = _KINDS.get(type(value), type(value).__name__)
    return ConfigError(
        f"{label(table)} {key}: expected {_NAMES[wanted]}, got {_NAMES.get(got, got)}",
        where=places.where(table, key),
        hint=_remedy(wanted, got, table, key),
    )


_MAPPINGS: dict[str, Any] = {
    "edition": EditionTable, "editing.series.pins": SeriesConfig, "service": dict[str, Any],
    "theme": str | int | float | bool,
}  # fmt: skip


def _key_of_mapping(reason: str, head: str, raw: dict[str, Any]) -> str:
    """Find the name behind msgspec's `[...]`: the first entry whose table shows the fault."""
    mapping = raw
    for step in head.split("."):
        mapping = mapping[step.replace(_DOT, ".")]
    kind = _MAPPINGS.get(head, int if head.endswith(".parts") else str)
    # Each entry is tried once more, since msgspec does not tell which one it was.
    faulty = (name for name, value in mapping.items() if _fault(value, kind).startswith(reason))
    return next((f".{name.replace('.', _DOT)}" for name in faulty), "")


def _fault(value: Any, kind: Any) -> str:
    try:
        msgspec.convert(value, kind)
    except msgspec.ValidationError as exc:
        return str(exc)
    return ""


_TABLES: dict[str, type[msgspec.Struct]] = {
    "": File, "newsletter": Newsletter, "fetching": Fetching, "editing": Editing,
    "editing.series": AllSeries, "editing.series.pins": SeriesConfig, "edition": EditionTable,
    "section": SectionTable, "evergreen": EvergreenTable, "run": RunTable,
}  # fmt: skip


def _known_keys(path: str) -> tuple[str, ...]:
    if ".section" in path:
        path = "section"
    elif re.fullmatch(r"edition\.[^.]+\.evergreen", path):
        path = "evergreen"
    # The longest name, which is the last in the alphabet: "editing.series" lies within "editing".
    table = max(name for name in _TABLES if f"{path}.".startswith(f"{name}."))
    return tuple(name for name in _TABLES[table].__struct_fields__ if name != "pins")


def label(path: str) -> str:
    """Return a table's name as it is written, in the brackets of its kind."""
    if not path:
        return ""
    bare = re.sub(r"\[\d+\]", "", path)
    return f"[[{bare}]]" if bare != path else f"[{bare}]"


_NAMES = {
    "str": "text", "int": "a whole number", "float": "a number", "bool": "true or false",
    "array": "a list", "object": "a table", "null": "nothing", "date": "a date",
    "datetime": "a date", "time": "a time",
}  # fmt: skip
# How msgspec calls the kinds of a value, where it does not by their Python names.
_KINDS: dict[type, str] = {list: "array", dict: "object"}
# How a value of each kind is written, the kind that is preferred first.
_FORMS = {
    "array": '{name} = ["…", "…"]', "str": '{name} = "…"', "int": "{name} = 5",
    "float": "{name} = 5", "bool": "{name} = true or {name} = false",
    "object": "a table, [{table}]",
}  # fmt: skip
_TABLES_IN_A_LIST = ("source", "section")


def _said_and_done(reason: str, table: str, name: str) -> tuple[str, str]:
    """Return what is wrong with a value in our words, and what to write instead."""
    if enum := re.match(r"Invalid enum value '(.*)'", reason):
        choices = ("newest", "oldest", "series", "title")
        return f'"{enum[1]}" is not known', suggest(enum[1], choices, ", ".join(choices))
    expected = re.match(r"Expected `(.*)`, got `(.*)`", reason)
    if not expected:
        return reason[:1].lower() + reason[1:], "Write a smaller one."
    # of the theme's values a number is as good as its text
    wanted, got = "str" if table == "theme" else expected[1], expected[2]
    if table == "theme" and got == "array":
        return "expected text, got a list", f'Write it as one text: {name} = "…, …".'
    names = " or ".join(_NAMES.get(kind, kind) for kind in wanted.split(" | ") if kind != "null")
    said = f"expected {names}, got {_NAMES.get(got, got)}"
    return said, _remedy(wanted, got, table, name)


def _remedy(wanted: str, got: str, table: str, name: str) -> str:
    """Return what to write where a value is of the wrong kind."""
    kinds = wanted.split(" | ")
    if got == "str" and {"int", "float", "bool"} & set(kinds):
        return "Write it without quotes."
    if "str" in kinds and got in ("int", "float", "bool", "date"):
        return "Put it in quotes."
    bare = re.sub(r"\[\d+\]", "", f"{table}.{name}").removeprefix(".")
    if name in _TABLES_IN_A_LIST:
        return f"Write it as a table, [[{bare}]]."
    form = next(form for kind, form in _FORMS.items() if kind in kinds)
    return f"Write {form.format(name=name, table=bare)}."


def suggest(name: str, known: Iterable[str], otherwise: str) -> str:
    """Return the hint for an unknown name: the nearest known one, else what is known."""
    near = nearest(name, known)
    return f'Did you mean "{near}"?' if near else f"Known: {otherwise}."

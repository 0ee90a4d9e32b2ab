"""Parts a file into the data at its head, however that is written, and the text after it."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any, Literal, NamedTuple

from digest.errors import ConfigError
from digest.frontmatter.plain_yaml import plain_yaml
from digest.frontmatter.toml import load_toml
from digest.frontmatter.whole_yaml import MAX_BYTES, beyond, load_yaml, refuse_size, whole
from digest.lazy import regex

Kind = Literal["", "yaml", "toml", "json", "header"]

HEADER_KEYS = frozenset(
    "title date modified tags category categories slug author authors summary status lang "
    "series".split()
)

_HEADER = regex(r"([A-Za-z][\w-]*):(?:[ \t]+(.*)|$)")
# Nikola's, most often within a comment of HTML: ".. title: Ferns"
_DOTTED = regex(
    r"(?P<comment><!--[ \t]*\n)?(?P<block>(?:\.\.[ ][\w-]+:[^\n]*(?:\n|\Z))+)"
    r"(?(comment)-->[^\n]*\n?)"
)
_FENCE = regex(r"(---|\+\+\+)[ \t]*([A-Za-z]*)[ \t]*$")


class Document(NamedTuple):
    """Hold a file's front matter and body. `body_line` is the body's first line, counted from 1."""

    meta: dict[str, Any]
    body: str
    body_line: int = 1
    kind: Kind = ""


def split(text: str, where: str) -> Document:
    r"""Part a file into front matter and body; without front matter everything is body.

    Understood are `---` … `---` or `...` (YAML; `---toml` and `---json` too), `+++` (TOML), a
    leading JSON object, Nikola's ".. key: value", and "Key: value" lines up to a blank line if one
    of them is a key that posts have. A byte order mark is dropped, line ends become "\n". Dates
    stay dates; impossible ones stay text.

    >>> split("---\ntitle: Ferns\n---\nGreen.", "ferns.md").meta
    {'title': 'Ferns'}

    Raises:
        ConfigError: if front matter is begun but cannot be read; `where` names file and line.
    """
    text = text.removeprefix("\ufeff")
    if "\r" in text:
        text = text.replace("\r\n", "\n").replace("\r", "\n")
    first, _, _ = text.partition("\n")
    if fence := _FENCE.fullmatch(first):
        return _fenced(text, fence[1], fence[2].lower(), where)
    if first.startswith("{") and not first.startswith(("{%", "{{", "{#", "{:")):
        return _leading_json(text, where)
    if dotted := _DOTTED.match(text):
        return _dotted_lines(text, dotted)
    return _header_lines(text) or Document({}, text)


# ---------------------------------------------------------------- the ways to begin a file


def _fenced(text: str, fence: str, language: str, where: str) -> Document:
    kinds = {
        ("---", ""): "yaml",
        ("---", "yaml"): "yaml",
        ("---", "toml"): "toml",
        ("---", "json"): "json",
    }
    kind = "toml" if fence == "+++" else kinds.get((fence, language))
    if kind is None:
        hint = "Write it as YAML, TOML or JSON."
        raise ConfigError(
            f'front matter in "{language}" is not read', where=f"{where}:1", hint=hint
        )
    closing = _closing_line(text, (fence, "...") if kind == "yaml" else (fence,))
    if closing is None:
        raise ConfigError(
            "front matter is never closed",
            where=f"{where}:1",
            hint=f'End it with a line "{fence}".',
        )
    readers: dict[str, Callable[[str, str], dict[str, Any]]] = {"toml": _toml, "json": _json}
    read = readers.get(kind, _yaml_head)
    meta = read(text[text.index("\n") + 1 : closing.start() - 1], where)
    body = text[closing.end() :]
    return Document(meta, body, _line_of(body, text), kind)  # type: ignore[arg-type]


def _closing_line(text: str, ends: tuple[str, ...]) -> re.Match[str] | None:
    """Return the line that closes a head, with its end."""
    wanted = "|".join(map(re.escape, ends))
    return re.compile(rf"(?<=\n)(?:{wanted})[^\S\n]*(?:\n|\Z)").search(text)


def _yaml_head(head: str, where: str) -> dict[str, Any]:
    """Return what YAML says; the plainest heads, which most are, need no parser."""
    refuse_size(head, where, 2)
    plain = plain_yaml(head)
    return load_yaml(head, where, 2)[0] if plain is None else plain


def _toml(head: str, where: str) -> dict[str, Any]:
    refuse_size(head, where, 2)
    return load_toml(head, where, 2)


def _json(head: str, where: str) -> dict[str, Any]:
    return _json_object(head, where, 2)[0]  # its marks stand on the first line


def _json_object(text: str, where: str, first_line: int) -> tuple[dict[str, Any], int]:
    """Return the object a text begins with, and where it ends."""
    import json

    lead = len(text) - len(text.lstrip())
    try:
        decoder = json.JSONDecoder(object_pairs_hook=_unique_pairs)
        value, end = decoder.raw_decode(text[:MAX_BYTES], lead)
        value = whole(value)
    except (ValueError, RecursionError) as exc:
        line = first_line + (exc.lineno - 1 if isinstance(exc, json.JSONDecodeError) else 0)
        reason = beyond(exc) or (exc.msg if isinstance(exc, json.JSONDecodeError) else str(exc))
        raise ConfigError(
            f"unreadable JSON: {reason}", where=f"{where}:{line}", hint="Mend that line."
        ) from exc
    if not isinstance(value, dict):
        raise ConfigError(
            "front matter is no object", where=f"{where}:{first_line}", hint="Begin it with {."
        )
    return value, end


def _unique_pairs(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    names = [name for name, _ in pairs]
    for name in names:
        if names.count(name) > 1:
            raise ValueError(f'the key "{name}" stands twice')
    return dict(pairs)


def _leading_json(text: str, where: str) -> Document:
    meta, end = _json_object(text, where, 1)
    rest = text[end:]
    if rest.partition("\n")[0].strip():
        line = text[:end].count("\n") + 1
        hint = "Begin the body on a line of its own."
        raise ConfigError("text follows the JSON front matter", where=f"{where}:{line}", hint=hint)
    body = rest.partition("\n")[2]
    return Document(meta, body, _line_of(body, text), "json")


def _dotted_lines(text: str, found: re.Match[str]) -> Document:
    pairs = (line[3:].partition(":") for line in found["block"].splitlines())
    meta = {name.lower(): value.strip() for name, _, value in pairs}
    body = text[found.end() :]
    return Document(meta, body, _line_of(body, text), "header")


def _header_lines(text: str) -> Document | None:
    """Read the lines Pelican and Python-Markdown put above a post; None if it begins otherwise."""
    block, gap, _ = text.partition("\n\n")
    meta: dict[str, list[str]] = {}
    values: list[str] = []
    for line in block.rstrip("\n").split("\n"):
        if values and line.startswith(("    ", "\t")):
            values.append(line.strip())
        elif found := _HEADER.fullmatch(line):
            values = meta.setdefault(found[1].lower(), [])
            values.append((found[2] or "").strip())
        else:
            return None
    if not HEADER_KEYS & meta.keys() or len(block) > MAX_BYTES:
        return None
    body = text[len(block) + len(gap) :]
    plain = {name: "\n".join(lines) for name, lines in meta.items()}
    return Document(plain, body, _line_of(body, text), "header")


def _line_of(body: str, text: str) -> int:
    """Return the line, counted from 1, on which the body that ends a text begins."""
    return text.removesuffix(body).count("\n") + 1

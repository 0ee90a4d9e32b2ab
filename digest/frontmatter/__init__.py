"""Front matter: the data at the head of a text file, and the text after it.

This room owns ruamel.yaml. It reads YAML 1.2, TOML, JSON and "Key: value" lines as data and never
as code, and tells the line of what it cannot read. It knows no key: what `title` or `pin` means is
decided where the data is used.
"""

from __future__ import annotations

import io
import json
import re
import tomllib
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Any, Literal

from digest.errors import ConfigError
from digest.frontmatter.plain_yaml import moment, plain_yaml
from digest.lazy import regex

if TYPE_CHECKING:
    from ruamel.yaml import YAML

Kind = Literal["", "yaml", "toml", "json", "header"]

MAX_BYTES = 256 * 1024
MAX_ALIASES = 50
MAX_DEPTH = 100
HEADER_KEYS = frozenset(
    "title date modified tags category categories slug author authors summary status lang "
    "series".split()
)

_HEADER = regex(r"([A-Za-z][\w-]*):(?:[ \t]+(.*)|$)")
_FENCE = regex(r"(---|\+\+\+)[ \t]*([A-Za-z]*)[ \t]*$")
_DIRECTIVE = regex(r"^%[A-Z]+", re.MULTILINE)
_ALIAS = regex(r"(?:^|[\s\[{,:])\*[^\s*\]},]", re.MULTILINE)


@dataclass(frozen=True)
class Document:
    """Hold a file's front matter and body. `body_line` is the body's first line, counted from 1."""

    meta: dict[str, Any]
    body: str
    body_line: int = 1
    kind: Kind = ""


def whole(value: Any, depth: int = 0) -> Any:
    r"""Return data in which no half of a letter is left, as JSON's escapes write an emoji in two.

    Halves that belong together become their letter, others the replacement character: nothing can
    store or write them.

    >>> whole({"title": ["\ud83c\udf31", "\ud83c"]})
    {'title': ['🌱', '�']}

    Raises:
        ValueError: if it is nested too deeply, as an alias to what it stands in is without end.
    """
    if depth > MAX_DEPTH:
        raise ValueError("nested too deeply")
    if isinstance(value, str):
        return value if value.isascii() else _joined(value)
    if isinstance(value, dict):
        return {whole(key): whole(inner, depth + 1) for key, inner in value.items()}
    if isinstance(value, list | tuple):
        return [whole(inner, depth + 1) for inner in value]
    return value


def _joined(text: str) -> str:
    return text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")


def split(text: str, where: str) -> Document:
    r"""Part a file into front matter and body; without front matter everything is body.

    Understood are `---` … `---` or `...` (YAML; `---toml` and `---json` too), `+++` (TOML), a
    leading JSON object, and "Key: value" lines up to a blank line if one of them is a key that
    posts have. A byte order mark is dropped, line ends become "\n". Dates stay dates; impossible
    ones stay text.

    >>> split("---\ntitle: Ferns\n---\nGreen.", "ferns.md").meta
    {'title': 'Ferns'}

    Raises:
        ConfigError: if front matter is begun but cannot be read; `where` names file and line.
    """
    text = text.removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n")
    first, _, _ = text.partition("\n")
    if fence := _FENCE.fullmatch(first):
        return _fenced(text, fence[1], fence[2].lower(), where)
    if first.startswith("{") and not first.startswith(("{%", "{{", "{#", "{:")):
        return _leading_json(text, where)
    return _header_lines(text) or Document({}, text)


def load_yaml(
    text: str, where: str, first_line: int = 1, *, as_written: bool = False
) -> tuple[dict[str, Any], dict[str, int]]:
    """Read a YAML mapping, and the line of each name in it for messages.

    `first_line` is the file's line on which the text begins. The second value maps every key and
    every single item of a list to its line; of equal ones the top-level key, else the first,
    counts. What stands below a top-level key is named "key/name" as well, and its entries
    "key/0", "key/1" and so on. With `as_written` a number, a date or a truth is the text that
    stands there: 1.10 is not 1.1.

    Raises:
        ConfigError: if it is not a YAML mapping, is too large, or has a key twice.
    """
    from ruamel.yaml.error import MarkedYAMLError, YAMLError

    _refuse_bombs(text, where, first_line)
    node = None
    try:
        constructor, parser = _yaml(as_written=as_written).get_constructor_parser(io.StringIO(text))
        constructor.composer.warn_double_anchors = False  # which YAML allows
        try:
            node = constructor.composer.get_single_node()
            data = None if node is None else constructor.construct_document(node)
            data = whole(data)
        finally:
            parser.dispose()
    except MarkedYAMLError as exc:
        raise _yaml_error(exc, where, first_line) from exc
    except Exception as exc:
        # The library lets out whatever its parts stumble over: `!!int ""` is an IndexError, an
        # unknown handle an AttributeError. There is no list of them, and each means the same.
        if directive := _DIRECTIVE.search(text):
            raise _directive_error(directive, where, first_line) from exc
        at = text.count("\n", 0, getattr(exc, "position", 0)) or _unbuildable(node)
        line = first_line + at
        reason = _why_unreadable(exc, is_ours=not isinstance(exc, YAMLError | ValueError))
        hint = "Write the value plainly, or put quotes around it."
        raise ConfigError(f"unreadable YAML: {reason}", where=f"{where}:{line}", hint=hint) from exc
    is_mapping = isinstance(data, dict) and _is_pairs(node)  # `!!omap` makes one of a list
    if data is not None and not is_mapping:
        raise ConfigError(
            "front matter is no list of keys",
            where=f"{where}:{first_line}",
            hint='Write "key: value" lines.',
        )
    named = {str(key): value for key, value in (data or {}).items()}
    return named, dict(_lines(node, first_line))


def _directive_error(directive: re.Match[str], where: str, first_line: int) -> ConfigError:
    return ConfigError(
        f"unreadable YAML: {directive[0]} is a word to the parser, and front matter takes none",
        where=f"{where}:{first_line + directive.string.count(chr(10), 0, directive.start())}",
        hint="Take the line out.",
    )


def _unbuildable(node: Any) -> int:
    """Return the line, from 0, of the first key whose value nothing can be made of; 0 if none."""
    for pair in node.value if node is not None and _is_pairs(node) else ():
        try:
            fresh, _ = _yaml().get_constructor_parser(io.StringIO(""))
            for part in pair:
                fresh.construct_document(part)
        except Exception:  # noqa: BLE001 -- it was told already; only its place is wanted
            line: int = pair[0].start_mark.line
            return line
    return 0


def _is_pairs(node: Any) -> bool:
    """Tell whether a node is written as keys with values."""
    return all(isinstance(child, tuple) for child in node.value)


def _why_unreadable(exc: Exception, *, is_ours: bool) -> str:
    if isinstance(exc, RecursionError):
        return "nested too deeply"
    if is_ours:
        return "a value is not what its tag or form says"
    return str(exc).partition("\n")[0]


def nodes(text: str, where: str) -> list[tuple[Any, Any]]:
    """Return name and value of each top-level key as nodes, which know their place in the text.

    For who changes YAML that somebody wrote by hand, and leaves the rest as it is.

    Raises:
        ConfigError: if the text is not a YAML mapping.
    """
    load_yaml(text, where)
    constructor, parser = _yaml().get_constructor_parser(io.StringIO(text))
    try:
        node = constructor.composer.get_single_node()
    finally:
        parser.dispose()
    return list(node.value) if node is not None else []


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
    lines = text.split("\n")
    ends = (fence, "...") if kind == "yaml" else (fence,)
    end = next((n for n, line in enumerate(lines[1:], 1) if line.rstrip() in ends), None)
    if end is None:
        raise ConfigError(
            "front matter is never closed",
            where=f"{where}:1",
            hint=f'End it with a line "{fence}".',
        )
    readers: dict[str, Callable[[str, str], dict[str, Any]]] = {"toml": _toml, "json": _json}
    head = "\n".join(lines[1:end])
    read = readers.get(kind, _yaml_head)
    meta = read(head, where)
    return Document(meta, "\n".join(lines[end + 1 :]), end + 2, kind)  # type: ignore[arg-type]


def _yaml_head(head: str, where: str) -> dict[str, Any]:
    """Return what YAML says; the plainest heads, which most are, need no parser."""
    _refuse_size(head, where, 2)
    plain = plain_yaml(head)
    return load_yaml(head, where, 2)[0] if plain is None else plain


def _toml(head: str, where: str) -> dict[str, Any]:
    _refuse_size(head, where, 2)
    try:
        loaded: dict[str, Any] = whole(tomllib.loads(head))
    except (ValueError, RecursionError) as exc:
        found = re.search(r"\(at line (\d+)", str(exc))
        line = int(found[1]) + 1 if found else 2 + head.count("\n")
        reason = (
            "nested too deeply"
            if isinstance(exc, RecursionError)
            else str(exc).partition(" (at")[0]
        )
        raise ConfigError(f"unreadable TOML: {reason}", where=f"{where}:{line}") from exc
    return loaded


def _json(head: str, where: str, first_line: int = 2) -> dict[str, Any]:
    return _json_object(head, where, first_line)[0]


def _json_object(text: str, where: str, first_line: int) -> tuple[dict[str, Any], int]:
    """Return the object a text begins with, and where it ends."""
    lead = len(text) - len(text.lstrip())
    try:
        decoder = json.JSONDecoder(object_pairs_hook=_unique_pairs)
        value, end = decoder.raw_decode(text[:MAX_BYTES], lead)
        value = whole(value)
    except (ValueError, RecursionError) as exc:
        line = first_line + (exc.lineno - 1 if isinstance(exc, json.JSONDecodeError) else 0)
        reason = exc.msg if isinstance(exc, json.JSONDecodeError) else str(exc)
        raise ConfigError(f"unreadable JSON: {reason}", where=f"{where}:{line}") from exc
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
    if rest.split("\n", 1)[0].strip():
        line = text.count("\n", 0, end) + 1
        hint = "Begin the body on a line of its own."
        raise ConfigError("text follows the JSON front matter", where=f"{where}:{line}", hint=hint)
    body = rest.partition("\n")[2]
    return Document(meta, body, text.count("\n", 0, len(text) - len(body)) + 1, "json")


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
    return Document(plain, body, text.count("\n", 0, len(text) - len(body)) + 1, "header")


# ---------------------------------------------------------------- YAML


def _yaml(*, as_written: bool = False) -> YAML:
    """Return a reader of plain data; one for each text, since it keeps state."""
    from ruamel.yaml import YAML

    yaml = YAML(typ="safe", pure=True, plug_ins=[])
    yaml.Constructor = _constructor(as_written=as_written)
    return yaml


@cache
def _constructor(*, as_written: bool) -> type:
    from ruamel.yaml.constructor import SafeConstructor

    class Constructor(SafeConstructor):
        """Builds plain data, and dates without moving them to another zone."""

    Constructor.add_constructor("tag:yaml.org,2002:timestamp", lambda _, node: moment(node.value))
    for kind in ("bool", "int", "float", "timestamp") if as_written else ():
        Constructor.add_constructor(f"tag:yaml.org,2002:{kind}", lambda _, node: node.value)
    return Constructor


def _refuse_size(text: str, where: str, line: int) -> None:
    if len(text) > MAX_BYTES:
        limit = f"front matter is larger than {MAX_BYTES // 1024} KB"
        raise ConfigError(limit, where=f"{where}:{line}", hint='Is the closing "---" missing?')


def _refuse_bombs(text: str, where: str, line: int) -> None:
    """Refuse what grows while it is read.

    A few aliases of aliases can stand for billions of values.
    """
    _refuse_size(text, where, line)
    depth = deepest = 0
    for bracket in re.findall(r"[\[\]{}]", text):
        depth += 1 if bracket in "[{" else -1
        deepest = max(deepest, depth)
    if deepest > MAX_DEPTH:
        raise ConfigError("unreadable YAML: nested too deeply", where=f"{where}:{line}")
    if "&" in text and "*" in text and len(_ALIAS.findall(text)) > MAX_ALIASES:
        hint = "Write the values out."
        raise ConfigError(
            f"more than {MAX_ALIASES} YAML aliases", where=f"{where}:{line}", hint=hint
        )


def _yaml_error(exc: Any, where: str, first_line: int) -> ConfigError:
    from ruamel.yaml.constructor import DuplicateKeyError

    mark = exc.problem_mark or exc.context_mark
    place = f"{where}:{first_line + (mark.line if mark else 0)}"
    problem = " ".join(str(exc.problem or exc.context or "not well-formed").split())
    if isinstance(exc, DuplicateKeyError):
        key = re.search(r'duplicate key "(.*?)"', problem)
        twice = f'the key "{key[1]}" stands twice' if key else f"a key stands twice ({problem})"
        return ConfigError(twice, where=place, hint="Keep one of them.")
    hint = 'Put quotes around a value that holds ": " or begins with a special character.'
    return ConfigError(f"unreadable YAML: {problem}", where=place, hint=hint)


def _lines(node: Any, first_line: int) -> Iterator[tuple[str, int]]:
    """Yield every name below a node with its line, the ones that count last."""
    if node is None or isinstance(node.value, str):
        return
    yield from _names_below(node, first_line)
    for key, value in node.value:
        if not isinstance(key.value, str) or isinstance(value.value, str):
            continue
        for name, line in _names_below(value, first_line):
            yield f"{key.value}/{name}", line
        for number, child in enumerate(value.value):
            entry = child[0] if isinstance(child, tuple) else child
            yield f"{key.value}/{number}", first_line + entry.start_mark.line


def _names_below(node: Any, first_line: int) -> Iterator[tuple[str, int]]:
    found: dict[str, int] = {}
    texts: dict[str, int] = {}  # texts of keys: they count only where nothing else bears the name
    open_nodes, seen = [node], set()
    while open_nodes:
        current = open_nodes.pop(0)
        if id(current) in seen or isinstance(current.value, str):
            continue
        seen.add(id(current))
        for child in current.value:
            name, value = child if isinstance(child, tuple) else (child, child)
            if isinstance(name.value, str):
                found.setdefault(name.value, first_line + name.start_mark.line)
            if isinstance(value.value, str):
                texts.setdefault(value.value, first_line + value.start_mark.line)
            open_nodes.append(value)
    yield from texts.items()
    yield from found.items()

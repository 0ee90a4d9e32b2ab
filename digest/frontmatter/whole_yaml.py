"""YAML as a whole, read as data: what `plain_yaml` leaves to it, and the lines of what is read.

ruamel.yaml lives in this module alone. It lets out whatever its parts stumble over; each of these
becomes an error with its line here.
"""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from functools import cache
from typing import TYPE_CHECKING, Any

from digest.errors import ConfigError
from digest.frontmatter.plain_yaml import moment
from digest.lazy import regex

if TYPE_CHECKING:
    from ruamel.yaml import YAML

MAX_BYTES = 256 * 1024
MAX_ALIASES = 50
MAX_DEPTH = 100
MAX_BITS = 14_000  # a little fewer than the 4,300 digits to which Python reads and writes numbers

TOO_DEEP = "nested too deeply"
TOO_LONG = "a number has too many digits"

_DIRECTIVE = regex(r"^%[A-Z]+", re.MULTILINE)
_ALIAS = regex(r"(?:^|[\s\[{,:])\*[^\s*\]},]", re.MULTILINE)


def whole(value: Any, depth: int = 0) -> Any:
    r"""Return data in which no half of a letter is left, as JSON's escapes write an emoji in two.

    Halves that belong together become their letter, others the replacement character: nothing can
    store or write them.

    >>> whole({"title": ["\ud83c\udf31", "\ud83c"]})
    {'title': ['🌱', '�']}

    Raises:
        ValueError: if it is nested too deeply, as an alias to what it stands in is without end, or
            holds a number that Python would not write out.
    """
    if isinstance(value, int) and value.bit_length() > MAX_BITS:  # hexadecimal ones are read
        raise ValueError(TOO_LONG)
    if isinstance(value, str):
        return value if value.isascii() else _joined(value)
    if not isinstance(value, dict | list | tuple):
        return value
    if depth > MAX_DEPTH:
        raise ValueError(TOO_DEEP)
    if isinstance(value, dict):
        return {whole(key): whole(inner, depth + 1) for key, inner in value.items()}
    return [whole(inner, depth + 1) for inner in value]


def _joined(text: str) -> str:
    return text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")


def refuse_size(text: str, where: str, line: int) -> None:
    """Refuse a head that is no head any more."""
    if len(text) > MAX_BYTES:
        limit = f"front matter is larger than {MAX_BYTES // 1024} KB"
        raise ConfigError(limit, where=f"{where}:{line}", hint='Is the closing "---" missing?')


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
        at = text[: getattr(exc, "position", 0)].count("\n") or _unbuildable(node)
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
        where=f"{where}:{first_line + directive.string[: directive.start()].count(chr(10))}",
        hint="Take the line out.",
    )


def _unbuildable(node: Any) -> int:
    """Return the line, from 0, of the first key whose value nothing can be made of; 0 if none."""
    for pair in node.value if node is not None and _is_pairs(node) else ():
        try:
            fresh, _ = _yaml().get_constructor_parser(io.StringIO(""))
            for part in pair:
                whole(fresh.construct_document(part))
        except Exception:  # noqa: BLE001 -- it was told already; only its place is wanted
            line: int = pair[0].start_mark.line
            return line
    return 0


def _is_pairs(node: Any) -> bool:
    """Tell whether a node is written as keys with values."""
    return all(isinstance(child, tuple) for child in node.value)


def beyond(exc: Exception) -> str:
    """Return how Python says that a text holds more than anybody means; empty if that is not why.

    >>> beyond(RecursionError("while decoding a JSON array")), beyond(ValueError("no date"))
    ('nested too deeply', '')
    """
    if isinstance(exc, RecursionError):
        return TOO_DEEP
    # https://docs.python.org/3/library/stdtypes.html
    return TOO_LONG if "set_int_max_str_digits" in str(exc) else ""


def _why_unreadable(exc: Exception, *, is_ours: bool) -> str:
    if reason := beyond(exc):
        return reason
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


def _yaml(*, as_written: bool = False) -> YAML:
    """Return a reader of plain data; one for each text, since it keeps state."""
    from ruamel.yaml import YAML

    yaml = YAML(typ="safe", pure=True)
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


def _refuse_bombs(text: str, where: str, line: int) -> None:
    """Refuse what grows while it is read.

    A few aliases of aliases can stand for billions of values.
    """
    refuse_size(text, where, line)
    depth = deepest = 0
    for bracket in re.findall(r"[\[\]{}]", text):
        depth += 1 if bracket in "[{" else -1
        deepest = max(deepest, depth)
    if deepest > MAX_DEPTH:
        raise ConfigError(
            "unreadable YAML: nested too deeply",
            where=f"{where}:{line}",
            hint=f"{MAX_DEPTH} brackets may stand within each other.",
        )
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
        key = re.search(r'duplicate key "(.*)" with value', problem)
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

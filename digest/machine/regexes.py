"""Compiled patterns, kept for the next process, as Python keeps its compiled modules.

A build uses some 140 patterns. Compiling them takes 40 ms, a fifth of the whole command; making
them of code that was kept takes less than one. A process keeps nothing unless it asks for it by
`recall`, as the command line does. What is kept is one Python's, and lies in the user's own cache
(see `own_cache`); where anything about it is strange, patterns are compiled as ever.
"""

from __future__ import annotations

import marshal
import os
import re
import sys
from contextlib import suppress
from pathlib import Path
from typing import TypeAlias

from digest.machine.own_cache import is_closed_file, is_closed_folder, user_folder

Code: TypeAlias = tuple[int, bytes, int, dict[str, int], tuple[str | None, ...]]
"""All that Python's matching engine is given: flags, code, groups, and their names both ways."""

_MOST = 4_000
"""The most patterns that are kept: ours are far fewer, but those of former versions stay."""


class _Kept:
    """Hold the patterns of former processes by text and flags, and those compiled by this one."""

    def __init__(self, file: Path) -> None:
        self.file = file
        self.codes = _read(file)
        self.are_new = False


_kept: _Kept | None = None


def recall() -> None:
    """Have this process make patterns of what was kept, and remember those it compiles."""
    global _kept
    folder = user_folder("patterns")
    name = f"{sys.implementation.cache_tag}-{sys.hexversion:x}"
    _kept = _Kept(folder / name) if folder else None


def keep() -> None:
    """Keep what was compiled since `recall`; where that cannot be written, it only costs time."""
    if _kept is None or not _kept.are_new:
        return
    temporary = f"{_kept.file}-{os.getpid()}"
    with suppress(OSError):
        if is_closed_folder(_kept.file.parent):
            descriptor = os.open(temporary, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
            with os.fdopen(descriptor, "wb") as file:
                file.write(marshal.dumps(_kept.codes))
            os.replace(temporary, _kept.file)  # noqa: PTH105 - one call, of which a Path makes ten


def compiled(text: str, flags: int) -> re.Pattern[str]:
    """Return a pattern, made of what was kept of it or compiled.

    Raises:
        re.error: if it is none.
    """
    if _kept is None:
        return re.compile(text, flags)
    try:
        return _made(_kept, text, int(flags))
    except (ImportError, AttributeError, TypeError, ValueError, RuntimeError):
        # another Python than CPython, or a later one that works otherwise, or a damaged file
        return re.compile(text, flags)


def _made(kept: _Kept, text: str, flags: int) -> re.Pattern[str]:
    """Return a pattern as `re.compile` makes it, by way of its code."""
    from re import _compiler  # type: ignore[attr-defined]

    code = kept.codes.get((text, flags))
    if code is None:
        code = kept.codes[text, flags] = _code(text, flags)
        kept.are_new = True
    flags, words, *groups = code
    made: re.Pattern[str] = _compiler._sre.compile(
        text, flags, memoryview(words).cast("I").tolist(), *groups
    )
    return made


def _code(text: str, flags: int) -> Code:
    """Return what `re.compile` gives the matching engine, which looks it through in its turn."""
    from re import _compiler, _parser  # type: ignore[attr-defined]

    parsed = _parser.parse(text, flags)
    code: list[int] = _compiler._code(parsed, flags)
    names: dict[str, int] = parsed.state.groupdict
    groups: int = parsed.state.groups
    of_group = {number: name for name, number in names.items()}
    words = b"".join(word.to_bytes(4, sys.byteorder) for word in code)
    return (
        int(flags | parsed.state.flags),
        words,
        groups - 1,
        dict(names),
        tuple(of_group.get(number) for number in range(groups)),
    )


def _read(file: Path) -> dict[tuple[str, int], Code]:
    if not is_closed_file(file):
        return {}
    try:
        known = dict(marshal.loads(file.read_bytes()))  # noqa: S302 - the user's, closed to others
    except (OSError, EOFError, ValueError, TypeError):
        return {}
    return known if len(known) <= _MOST else {}

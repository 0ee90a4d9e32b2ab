"""Compiled patterns, kept for the next process, as Python keeps its compiled modules.

A build uses some 300 patterns, half of them those of Python's own modules and of libraries.
Compiling one takes a quarter of a millisecond; reading and making it of code that was kept takes a
hundredth. So a process that asks for it by `recall`, as the command line does, looks among what was
kept before Python's compiler of patterns is asked. What is kept is one Python's, and lies in the
user's own cache (see `own_cache`); where anything about it is strange, patterns are compiled as
ever.
"""

from __future__ import annotations

import marshal
import os
import re
import sys
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import Any, TypeAlias

from digest.machine.own_cache import is_closed_file, is_closed_folder, user_folder

Code: TypeAlias = tuple[int, bytes, int, dict[str, int], tuple[str | None, ...]]
"""All that Python's matching engine is given: flags, code, groups, and their names both ways."""

# How many patterns fill the file. Ours are far fewer, but former versions' stay, and some are made
# of what somebody wrote; so a full one is begun anew.
_MOST = 1_500

# Flags whose patterns say more than their text: they print, or go by the system's language.
_NEVER = re.DEBUG | re.LOCALE


class _Kept:
    """Hold the patterns of former processes by text and flags, and those compiled by this one."""

    def __init__(self, file: Path, compiler: Callable[[Any, int], re.Pattern[Any]]) -> None:
        self.file = file
        self.codes = _read(file)
        self.are_new = False
        self.compiler = compiler

    def compile(self, text: Any, flags: int = 0) -> re.Pattern[Any]:
        """Return a pattern, made of what was kept of it or compiled. Stands for Python's own.

        Raises:
            re.error: if it is none.
        """
        if type(text) not in (str, bytes) or flags & _NEVER:
            return self.compiler(text, flags)
        try:
            return self._made(text, int(flags))
        except (ImportError, AttributeError, TypeError, ValueError, RuntimeError):
            # another Python than CPython, or a later one that works otherwise, or a damaged file
            return self.compiler(text, flags)

    def _made(self, text: str | bytes, flags: int) -> re.Pattern[Any]:
        """Return a pattern as `re.compile` makes it, by way of its code."""
        from re import _compiler  # type: ignore[attr-defined]

        code = self.codes.get((text, flags))
        if code is None:
            code = _code(text, flags)
            if len(self.codes) < _MOST:
                self.codes[text, flags] = code
                self.are_new = True
        flags, words, *groups = code
        made: re.Pattern[Any] = _compiler._sre.compile(
            text, flags, memoryview(words).cast("I").tolist(), *groups
        )
        return made


_kept: _Kept | None = None


def recall() -> None:
    """Have this process make patterns of what was kept, and remember those it compiles."""
    global _kept
    folder = user_folder("patterns")
    with suppress(ImportError, AttributeError):  # another Python has its compiler elsewhere
        from re import _compiler  # type: ignore[attr-defined]

        name = f"{sys.implementation.cache_tag}-{sys.hexversion:x}"
        _kept = _Kept(folder / name, _compiler.compile) if folder else None
        if _kept:
            _compiler.compile = _kept.compile


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


def _code(text: str | bytes, flags: int) -> Code:
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


def _read(file: Path) -> dict[tuple[str | bytes, int], Code]:
    if not is_closed_file(file):
        return {}
    try:
        known = dict(marshal.loads(file.read_bytes()))  # noqa: S302 - the user's, closed to others
    except (OSError, EOFError, ValueError, TypeError):
        return {}
    return known if len(known) < _MOST else {}

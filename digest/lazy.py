"""What is made when somebody asks: a room's names, compiled patterns, and answers asked for again.

A room that reads all its rules when one name is wanted costs every command the time of all of them;
and compiling the patterns of a build takes longer than the build, where most of them stay unused.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Callable, Mapping
from functools import lru_cache, wraps
from importlib import import_module
from typing import Any, TypeVar, cast

Answer = TypeVar("Answer")


def opener(package: str, homes: Mapping[str, str]) -> Callable[[str], Any]:
    """Return a package's `__getattr__`; `homes` maps a module of it to the names it offers.

    >>> opener("digest", {"nearest": "nearest did_you_mean"})("nearest").__name__
    'nearest'
    """
    home_of = {name: home for home, names in homes.items() for name in names.split()}

    def find(name: str) -> Any:
        if name not in home_of:
            raise AttributeError(f"module {package!r} has no attribute {name!r}")
        found = getattr(import_module(f"{package}.{home_of[name]}"), name)
        setattr(sys.modules[package], name, found)  # the next asks nobody any more
        return found

    return find


class LazyPattern:
    """Stand for a compiled pattern until something is asked of it; then it has all that one has."""

    def __init__(self, text: str, flags: int) -> None:
        self._said = (text, flags)

    def __getattr__(self, name: str) -> Any:
        if name.startswith("__"):  # what copies or inspects modules wants no pattern
            raise AttributeError(name)
        made = re.compile(*self._said)
        # asked for once: from now on they are found without coming here
        self.__dict__.update({known: getattr(made, known) for known in _ASKED})
        return getattr(made, name)


_ASKED = (
    *("search", "match", "fullmatch", "finditer", "findall", "split", "sub", "subn"),
    *("pattern", "flags", "groups", "groupindex"),
)


def regex(text: str, flags: int = 0) -> re.Pattern[str]:
    r"""Return a pattern that is compiled when it is first used.

    >>> regex(r"\d+").findall("1 and 22")
    ['1', '22']
    """
    return cast("re.Pattern[str]", LazyPattern(text, flags))


_SHORT = 2_000  # characters


def remembering(judge: Callable[[str], Answer]) -> Callable[[str], Answer]:
    """Have a pure function remember what it said of the last few short texts.

    The address of a picture is judged half a dozen times while its post goes through the rooms. A
    long text, such as a picture that was written into a page, would only fill the memory.
    """
    remembered = lru_cache(maxsize=256)(judge)

    @wraps(judge)
    def answer(text: str) -> Answer:
        return remembered(text) if len(text) < _SHORT else judge(text)

    return answer

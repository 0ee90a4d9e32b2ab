"""Doors that open when somebody asks: a room's names, each brought from its module when first used.

A room that reads all its rules when one name is wanted costs every command the time of all of them.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from importlib import import_module
from typing import Any


def opener(package: str, homes: Mapping[str, str]) -> Callable[[str], Any]:
    """Return a package's `__getattr__`; `homes` maps a module of it to the names it offers.

    >>> opener("digest", {"nearest": "nearest did_you_mean"})("nearest").__name__
    'nearest'
    """
    home_of = {name: home for home, names in homes.items() for name in names.split()}

    def find(name: str) -> Any:
        if name not in home_of:
            raise AttributeError(f"module {package!r} has no attribute {name!r}")
        return getattr(import_module(f"{package}.{home_of[name]}"), name)

    return find

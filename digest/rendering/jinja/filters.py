"""Filters of our own: plain functions, some of which want to know the names of their page."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, TypeAlias, TypeVar

Filters: TypeAlias = Mapping[str, Callable[..., Any]]
F = TypeVar("F", bound=Callable[..., Any])

_WANTING: set[Callable[..., Any]] = set()


def with_names(made: F) -> F:
    """Mark a filter whose first parameter tells what names mean on the page."""
    _WANTING.add(made)
    return made


def takes_context(made: Callable[..., Any]) -> bool:
    """Tell whether a filter wants to know what names mean on the page."""
    return made in _WANTING

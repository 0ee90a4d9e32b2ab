"""Writes values as lines, so that tests can hold all that they say."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import msgspec


def lines(name: str, value: Any) -> Iterator[str]:
    """Yield a line for each value within another that says something."""
    within: Mapping[str, Any] = {}
    if isinstance(value, msgspec.Struct):
        within = {field: getattr(value, field) for field in value.__struct_fields__}
    elif isinstance(value, dict):
        within = value
    elif isinstance(value, tuple) and any(isinstance(part, msgspec.Struct) for part in value):
        within = {str(number): part for number, part in enumerate(value)}
    for key, inner in within.items():
        yield from lines(f"{name} › {key}".removeprefix(" › "), inner)
    if not within and value not in ("", (), {}, None):
        yield f"{name} = {value.as_posix() if isinstance(value, Path) else repr(value)}"

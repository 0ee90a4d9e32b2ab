"""Thousands of values alike in a tenth of their room, unpacked as they are asked for."""

from __future__ import annotations

import zlib
from collections.abc import Iterable, Iterator
from typing import Generic, TypeVar

from digest.models import decode, encode

T = TypeVar("T")

# So many are packed together: they say nearly the same. Who asks for one of them unpacks all.
_TOGETHER = 50


class Packed(Generic[T]):
    """Keep values in the order in which they come; look at them in that order, and once at each."""

    def __init__(self, kind: type[T], values: Iterable[T] = ()) -> None:
        self._list: type[list[T]] = list[kind]  # type: ignore[valid-type]
        self._packed: list[bytes] = []
        self._open: list[bytes] = []
        self._seen: tuple[int, list[T]] = (-1, [])
        for value in values:
            self.append(value)

    def append(self, value: T) -> int:
        """Keep a value and return its number."""
        self._open.append(encode(value))
        if len(self._open) == _TOGETHER:
            self._packed.append(zlib.compress(b"[" + b",".join(self._open) + b"]", 1))
            self._open.clear()
        return len(self) - 1

    def __getitem__(self, number: int) -> T:
        group, place = divmod(number, _TOGETHER)
        if group == len(self._packed):
            return decode(b"[" + self._open[place] + b"]", self._list)[0]
        if group != self._seen[0]:
            self._seen = group, decode(zlib.decompress(self._packed[group]), self._list)
        return self._seen[1][place]

    def __iter__(self) -> Iterator[T]:
        return map(self.__getitem__, range(len(self)))

    def __len__(self) -> int:
        return len(self._packed) * _TOGETHER + len(self._open)

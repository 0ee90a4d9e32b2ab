"""Holds the posts of one run outside of memory, so that a blog of any size is read in a small room.

A source appends, the workflow walks through as often as it needs; the first few stay in memory, the
rest goes into a temporary file without a name, which the system removes whatever happens.
"""

from __future__ import annotations

import struct
import tempfile
from collections.abc import Collection, Iterator
from typing import IO

from digest.models import RawItem, decode, encode

IN_MEMORY = 200
"""How many posts stay in memory; most runs bring fewer, and touch no disk."""

_LENGTH = struct.Struct("<I")


class Spool:
    """Keep posts in the order in which they come. Walk only when no more are to come."""

    def __init__(self) -> None:
        self._first: list[RawItem] = []
        self._file: IO[bytes] | None = None
        self._count = 0

    def append(self, item: RawItem) -> None:
        """Take in a post.

        Raises:
            OSError: if the disk of temporary files is full.
        """
        self._count += 1
        if len(self._first) < IN_MEMORY:
            self._first.append(item)
            return
        if self._file is None:
            self._file = tempfile.TemporaryFile()  # noqa: SIM115 -- it lives as long as the spool
        data = encode(item)
        self._file.write(_LENGTH.pack(len(data)) + data)

    def items(self) -> Collection[RawItem]:
        """Return the posts: as a tuple while they are few, else as something to walk through."""
        return tuple(self._first) if self._file is None else self

    def __contains__(self, item: object) -> bool:
        return any(item == other for other in self)

    def __len__(self) -> int:
        return self._count

    def __del__(self) -> None:
        if self._file is not None:
            self._file.close()

    def __iter__(self) -> Iterator[RawItem]:
        """Yield the posts; several walks may go on at one time."""
        yield from self._first
        at = 0
        while self._file is not None:
            self._file.seek(at)
            head = self._file.read(_LENGTH.size)
            if not head:
                return
            (length,) = _LENGTH.unpack(head)
            at += _LENGTH.size + length
            yield decode(self._file.read(length), RawItem)

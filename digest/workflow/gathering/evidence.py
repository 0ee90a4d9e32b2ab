"""Holds what a source's new posts give for learning, outside of memory where they are many.

A blog's whole past comes at once when it is first collected, and all of it is looked at before the
first post is edited. What is here goes with the process, whatever happens.
"""

from __future__ import annotations

import os
import tempfile
from collections.abc import Iterable, Iterator, Sequence
from datetime import UTC, datetime
from heapq import heappop, heappush
from operator import itemgetter
from typing import NamedTuple, overload

from digest.editing.convention import LATEST, Seen, marked, outlined, seen
from digest.models import RawItem, decode, encode

UNDATED = datetime.max.replace(tzinfo=UTC)
"""The date of a post without one: it is as new as can be."""

_IN_MEMORY = 2**20  # bytes, which is what most runs stay below


class _Place(NamedTuple):
    """Say where a post's evidence stands in the file."""

    dated: datetime
    identity: str
    start: int
    size: int


class Evidence(Sequence[Seen]):
    """Give each post's evidence, oldest first, as often as it is asked for."""

    def __init__(self, items: Iterable[RawItem]) -> None:
        """Take in posts, one at a time.

        Raises:
            OSError: if the disk of temporary files is full.
        """
        self._file = tempfile.SpooledTemporaryFile(_IN_MEMORY)  # noqa: SIM115 -- it lives as long
        places: list[_Place] = []
        late: list[tuple[datetime, int, RawItem]] = []
        for number, item in enumerate(items):
            places.append(self._kept(item, seen(item, is_late=False)))
            # Only of the latest are marks wanted, which take as long as all the rest.
            heappush(late, (places[-1].dated, number, outlined(item)))
            if len(late) > LATEST:
                heappop(late)
        for _, number, item in late:
            told = decode(self._read(places[number]), Seen)
            self._file.seek(0, os.SEEK_END)
            places[number] = self._kept(item, marked(told, item))
        self._places = sorted(places, key=itemgetter(0))

    def _kept(self, item: RawItem, told: Seen) -> _Place:
        """Write at the file's end what a post gives."""
        data, start = encode(told), self._file.tell()
        self._file.write(data)
        return _Place(item.published_at or UNDATED, item.identity, start, len(data))

    def __len__(self) -> int:
        return len(self._places)

    @overload
    def __getitem__(self, index: int) -> Seen: ...
    @overload
    def __getitem__(self, index: slice) -> list[Seen]: ...

    def __getitem__(self, index: int | slice) -> Seen | list[Seen]:
        if isinstance(index, slice):
            return [decode(self._read(place), Seen) for place in self._places[index]]
        return decode(self._read(self._places[index]), Seen)

    def __iter__(self) -> Iterator[Seen]:
        return (decode(self._read(place), Seen) for place in self._places)

    def encoded(self) -> Iterator[tuple[str, bytes]]:
        """Yield each post's identity with its evidence as the archive keeps it."""
        return ((place.identity, self._read(place)) for place in self._places)

    def identities(self) -> set[str]:
        """Return which posts these are."""
        return {place.identity for place in self._places}

    def __del__(self) -> None:
        self._file.close()

    def _read(self, place: _Place) -> bytes:
        self._file.seek(place.start)
        return self._file.read(place.size)

"""What became of many editions, kept in a tenth of the room that the reports themselves take."""

from __future__ import annotations

import zlib
from collections.abc import Iterable, Iterator, Mapping

from digest.errors import DigestError
from digest.models import decode, encode
from digest.workflow.making.reports import BuildReport
from digest.workflow.many.work import Outcome


class Outcomes(Mapping[str, Outcome]):
    """Know what became of each edition, by name, in the order in which they were asked for.

    A report is packed when it comes and unpacked each time it is asked for, so look once at each.
    """

    def __init__(self, editions: Iterable[str]) -> None:
        # An edition that is not done yet has its place.
        self._kept: dict[str, bytes | DigestError] = dict.fromkeys(editions, b"")
        self._alike = b""

    def keep(self, edition: str, outcome: Outcome) -> None:
        """Keep what became of an edition."""
        if isinstance(outcome, DigestError):
            self._kept[edition] = _bare(outcome)
            return
        told = encode(outcome)
        # Reports of one run say nearly the same, and the first one says it for all.
        self._alike = self._alike or told
        packing = zlib.compressobj(level=1, zdict=self._alike)
        self._kept[edition] = packing.compress(told) + packing.flush()

    def __getitem__(self, edition: str) -> Outcome:
        return self._unpacked(self._kept[edition])

    def _unpacked(self, kept: bytes | DigestError) -> Outcome:
        if isinstance(kept, DigestError):
            return kept
        return decode(zlib.decompressobj(zdict=self._alike).decompress(kept), BuildReport)

    def __iter__(self) -> Iterator[str]:
        return iter(self._kept)

    def __len__(self) -> int:
        return len(self._kept)

    @property
    def errors(self) -> list[DigestError]:
        """Return why editions could not be built."""
        return [kept for kept in self._kept.values() if isinstance(kept, DigestError)]

    def reports(self) -> Iterator[BuildReport]:
        """Yield what became of the editions that could be built."""
        return (told for told in self.values() if not isinstance(told, DigestError))


def _bare(error: DigestError) -> DigestError:
    """Return an error without the work that it ended, as it comes from another process."""
    error.__cause__ = error.__context__ = error.__traceback__ = None
    return error

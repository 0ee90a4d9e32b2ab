"""What became of many editions, kept in a tenth of the room that the reports themselves take."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from digest.errors import DigestError
from digest.workflow.making.reports import BuildReport
from digest.workflow.many.packed import Packed
from digest.workflow.many.work import Outcome


class Outcomes(Mapping[str, Outcome]):
    """Know what became of each edition, by name, in the order in which they were asked for.

    A report is packed when it comes and unpacked each time it is asked for, so look once at each.
    """

    def __init__(self, editions: Iterable[str]) -> None:
        # An edition that is not done yet has its place.
        self._kept: dict[str, int | DigestError] = dict.fromkeys(editions, -1)
        self._reports = Packed(BuildReport)

    def keep(self, edition: str, outcome: Outcome) -> None:
        """Keep what became of an edition."""
        if isinstance(outcome, DigestError):
            self._kept[edition] = _bare(outcome)
        else:
            self._kept[edition] = self._reports.append(outcome)

    def __getitem__(self, edition: str) -> Outcome:
        kept = self._kept[edition]
        return kept if isinstance(kept, DigestError) else self._reports[kept]

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

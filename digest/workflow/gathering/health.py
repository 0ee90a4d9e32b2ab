"""How each source has fared: when it last answered, what went wrong since, and how often in a row.

Kept in the archive, which may be lost: then nothing is known until the next collect, and nothing
else depends on it.
"""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from digest.models import Value, decode, encode, replace

if TYPE_CHECKING:
    from digest.archive import Archive

_NOTE = "health"


class Health(Value):
    """Hold a source's last success and last error, and how many times it has failed since."""

    last_success_at: datetime | None = None
    last_error: str | None = None
    failures: int = 0


def known(archive: Archive) -> dict[str, Health]:
    """Return the health of every source that was ever asked; nothing of it if it cannot be read.

    Raises:
        ArchiveError: if the archive cannot be read.
    """
    try:
        return decode(archive.note(_NOTE).encode() or b"{}", dict[str, Health])
    except (
        ValueError
    ):  # a later version's, or damaged: it tells nothing that cannot be learnt again
        return {}


def note(archive: Archive, now: datetime, errors: dict[str, str]) -> None:
    """Note of each source of one collect whether it failed, and why; an empty text is a success.

    Raises:
        ArchiveError: if the archive cannot be written.
    """
    found = known(archive)
    for source, error in errors.items():
        before = found.get(source, Health())
        found[source] = (
            replace(before, last_error=error, failures=before.failures + 1)
            if error
            else replace(before, last_success_at=now, failures=0)
        )
    archive.keep_note(_NOTE, encode(found).decode())

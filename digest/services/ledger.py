"""The journal of what was handed over.

Delivery.json in an issue's folder, written ahead and synced. What is about to be done stands there
before it is done, so that after a crash nobody has to guess what may have happened. Secrets never
stand there. It is a record, and it is committed with the issue.
"""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import Final, Literal

from digest.errors import IssueFolderError
from digest.files import TEMPORARY, write_atomically
from digest.models import Value, decode, pretty

FORMAT: Final = 1
State = Literal["intent", "there", "done"]


class Entry(Value):
    """Hold one delivery, of which there is one for each service and audience.

    state: "intent" before a draft is asked for, "there" once the service has named it by
    `remote_id`, and "done" when all of it was written. digest: SHA-256 (hex) of what was handed
    over. attempt: counts the drafts that were made and have gone since. kept: SHA-256 of the draft
    as the service showed it afterwards, as far as that stays the same, and differences: what it had
    made of it.
    """

    service: str
    audience: str
    key: str
    state: State
    begun_at: datetime
    digest: str = ""
    remote_id: str = ""
    url: str = ""
    attempt: int = 1
    done_at: datetime | None = None
    kept: str = ""
    differences: tuple[str, ...] = ()


class _File(Value):
    format: int
    deliveries: tuple[Entry, ...] = ()


class Ledger:
    """Keep the entries of one issue; one process at a time."""

    def __init__(self, path: Path) -> None:
        self.path = path

    def entries(self) -> tuple[Entry, ...]:
        """Return all entries.

        Raises:
            IssueFolderError: if the file is damaged, or written by a newer version.
        """
        try:
            found = decode(self.path.read_bytes(), _File)
        except FileNotFoundError:
            return ()
        except (OSError, ValueError) as exc:
            raise IssueFolderError(
                f"cannot be read ({exc})",
                where=str(self.path),
                hint="Restore it from git or a backup: it says which drafts there are.",
            ) from exc
        if found.format != FORMAT:
            raise IssueFolderError(
                f"was written by another version (format {found.format})",
                where=str(self.path),
                hint="Upgrade digest.",
            )
        return found.deliveries

    def entry(self, service: str, audience: str, key: str) -> Entry | None:
        """Return what is known of a delivery, None before the first.

        Raises:
            IssueFolderError: if the file is damaged, or tells of another issue than the key's.
        """
        # One issue may go to several services, and at one of them to several audiences.
        wanted = (service, audience)
        known = next((e for e in self.entries() if (e.service, e.audience) == wanted), None)
        # A copied file would have the draft of another issue overwritten. Behind the id stands a
        # mark that changes with the newsletter's name.
        if known and _issue_of(known.key) != _issue_of(key):
            raise IssueFolderError(
                f'tells of the drafts of another issue ("{_issue_of(known.key)[:80]}")',
                where=str(self.path),
                hint="Delete it, if this issue was never handed over; or restore its own.",
            )
        return known

    def write(self, entry: Entry) -> Entry:
        """Put an entry in its place, on the disk before this returns."""
        self._write((*self._others(entry), entry))
        return entry

    def drop(self, entry: Entry) -> None:
        """Forget a delivery that certainly made nothing.

        Without any, the issue counts as undelivered.
        """
        self._write(self._others(entry))

    def _others(self, entry: Entry) -> tuple[Entry, ...]:
        same = (entry.service, entry.audience)
        return tuple(e for e in self.entries() if (e.service, e.audience) != same)

    def _write(self, entries: tuple[Entry, ...]) -> None:
        # In a steady order, since the file lies in git.
        ordered = tuple(sorted(entries, key=lambda e: (e.service, e.audience)))
        try:
            for leftover in self.path.parent.glob(f"{TEMPORARY}{self.path.name}-*"):
                leftover.unlink(missing_ok=True)  # a killed process left it
            if ordered:
                write_atomically(self.path, pretty(_File(format=FORMAT, deliveries=ordered)))
            else:
                # The file itself says that an issue was delivered, so an empty one would be a lie.
                self.path.unlink(missing_ok=True)
        except OSError as exc:
            raise IssueFolderError(
                f"cannot be written ({exc.strerror or exc})",
                where=str(self.path),
                hint="Nothing was asked of the service. Make the folder writable to you.",
            ) from exc


def _issue_of(key: str) -> str:
    return key.rpartition("-")[0]

"""The published archive: files beside the issues that list those of them that were sealed."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path

from digest.issue.folder import places
from digest.issue.folder.alone import unwritable
from digest.issue.folder.one import put
from digest.issue.folder.skipping import SKIPPED_FILE
from digest.issue.record import Skipped
from digest.lazy import regex
from digest.models import pretty

ATTRIBUTES_FILE = ".gitattributes"
_ATTRIBUTES = b"""\
# digest makes these files anew: git need not ask whose lines are right.
/index.html merge=union
/feed.xml merge=union
/skipped.json merge=union
"""
PUBLISHING = ".publishing"
INDEX_FILE = "index.html"
FEED_FILE = "feed.xml"
_LISTED = regex(r'href="(?:[^"]*/)?(\d{4}-\d{2}-\d{2}-[a-z0-9][a-z0-9-]*)/web\.html"')


class Published:
    """Read and write the published archive below one folder."""

    def __init__(self, root: Path) -> None:
        self._root = root
        self._listed_as: tuple[tuple[int, int, int] | None, tuple[str, ...]] = (None, ())
        self._listing: dict[str, list[str]] = {}

    def ids(self, edition: str | None = None) -> tuple[str, ...]:
        """Return the ids of the issues that index.html lists: each was sealed when it was made."""
        listed = self._listed()
        return listed if edition is None else tuple(self._listing.get(edition, ()))

    def _listed(self) -> tuple[str, ...]:
        """Return the ids in index.html; it is read again only when it was written again."""
        path = self._root / INDEX_FILE
        try:
            found = path.stat()
            stamp = (found.st_mtime_ns, found.st_size, found.st_ino)
            if stamp != self._listed_as[0]:
                text = path.read_text(encoding="utf-8", errors="replace")
                self._listed_as = (stamp, tuple(_LISTED.findall(text)))
                self._listing = places.by_edition(self._listed_as[1])
        except OSError:
            self._listed_as, self._listing = (None, ()), {}
        return self._listed_as[1]

    @property
    def is_open(self) -> bool:
        """Tell whether somebody was stopped between sealing an issue and publishing it."""
        return (self._root / PUBLISHING).exists()

    @contextmanager
    def opened(self) -> Iterator[None]:
        """Leave a mark while an issue's seal and the published archive may not fit each other."""
        mark = self._root / PUBLISHING
        try:
            mark.touch()
            yield
            mark.unlink(missing_ok=True)
        except OSError as exc:
            raise unwritable(mark, exc) from exc

    def write(self, files: Mapping[str, bytes | None]) -> None:
        """Write files of the published archive beside the issues, and remove those that are None.

        Call it under `lock()`.

        Raises:
            IssueFolderError: if they cannot be written or removed.
        """
        for name, data in files.items():
            if data is not None:
                put(self._root / name, data)
                continue
            try:
                (self._root / name).unlink(missing_ok=True)
            except OSError as exc:
                raise unwritable(self._root / name, exc) from exc


def derived(skipped: Sequence[Skipped]) -> dict[str, bytes | None]:
    """Return what is made of the records beside the published archive, None for what must go.

    Git joins both sides' lines of files that digest makes anew, instead of calling it a conflict.
    """
    return {
        SKIPPED_FILE: pretty(skipped) if skipped else None,
        ATTRIBUTES_FILE: _ATTRIBUTES,
    }

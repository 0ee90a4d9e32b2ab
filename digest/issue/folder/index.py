"""What lists and selection need of each issue, kept beside the archive, a file an edition.

It saves reading every `issue.json`, most of which is pages. It is a cache that may be lost: each
entry holds what told the file apart when it was read, and one that is told otherwise is read again.
"""

import time
from collections.abc import Callable, Mapping
from contextlib import suppress
from pathlib import Path

import msgspec

from digest import __version__
from digest.files import write_atomically
from digest.issue.record import PastIssue, PastPost
from digest.machine.hashing import blake2b
from digest.models import Decision, Remembered, Value, decode, encode

_SHAPE = blake2b(
    repr(
        (
            __version__,
            *(kind.__struct_fields__ for kind in (PastIssue, PastPost, Decision, Remembered)),
        )
    ).encode(),
    digest_size=8,
).hexdigest()
# How old a file has to be for its times to tell it from one written after it.
_SETTLED_NS = 20_000_000

Stamp = tuple[int, int, int, int]


class Entry(Value):
    """Hold one issue and what its issue.json looked like from outside."""

    stamp: Stamp
    past: PastIssue


class Kept(Value):
    """Hold the file of one edition; `shape` tells which version of the program can read it."""

    shape: str
    issues: dict[str, msgspec.Raw] = {}


class Index:
    """Keep what was read of issues; without a folder nothing is kept."""

    def __init__(self, folder: Path | None, read: Callable[[Path], PastIssue]) -> None:
        self._folder, self._read = folder, read

    def past(
        self,
        edition: str,
        files: Mapping[str, Path],
        is_passed_over: Callable[[Path], bool],
    ) -> dict[str, PastIssue]:
        """Return an edition's issues by id; `files` are their issue.json.

        Where that is missing, a folder may be passed over as no issue yet.

        Raises:
            IssueFolderError: if one of them cannot be read.
        """
        kept = self._load(edition)
        found: dict[str, PastIssue] = {}
        fresh: dict[str, Entry] = {}
        for id_, file in files.items():
            stamp = _stamp(file)
            entry = _entry(kept.get(id_))
            if entry and entry.stamp == stamp:
                found[id_] = entry.past
                continue
            if stamp is None and is_passed_over(file.parent):
                continue
            found[id_] = self._read(file)
            if stamp and time.time_ns() - stamp[0] > _SETTLED_NS:
                fresh[id_] = Entry(stamp=stamp, past=found[id_])
        if fresh:
            self._save(edition, kept, fresh, files)
        return found

    def _load(self, edition: str) -> dict[str, msgspec.Raw]:
        if self._folder:
            with suppress(OSError, ValueError):
                kept = decode((self._folder / f"{edition}.json").read_bytes(), Kept)
                return kept.issues if kept.shape == _SHAPE else {}
        return {}

    def _save(
        self,
        edition: str,
        kept: Mapping[str, msgspec.Raw],
        fresh: Mapping[str, Entry],
        files: Mapping[str, Path],
    ) -> None:
        """Keep what was read where there is a folder for it that can be written.

        All works without.
        """
        if not self._folder or not self._folder.parent.is_dir():
            return
        parent = next(iter(files.values())).parent.parent
        staying = {id_: raw for id_, raw in kept.items() if id_ in files or (parent / id_).is_dir()}
        whole = Kept(
            shape=_SHAPE,
            issues=staying | {id_: msgspec.Raw(encode(entry)) for id_, entry in fresh.items()},
        )
        with suppress(OSError):
            self._folder.mkdir(exist_ok=True)
            write_atomically(self._folder / f"{edition}.json", encode(whole), durably=False)


def _entry(raw: msgspec.Raw | None) -> Entry | None:
    if raw is None:
        return None
    with suppress(ValueError):
        return decode(bytes(raw), Entry)
    return None


def _stamp(file: Path) -> Stamp | None:
    """Return what changes whenever a file is written: times, size and number."""
    try:
        found = file.stat()
    except OSError:
        return None
    return found.st_mtime_ns, found.st_ctime_ns, found.st_size, found.st_ino

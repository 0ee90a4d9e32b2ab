"""Keeps aside what somebody changed by hand in a file that is about to be made again.

The record tells what was written; a file that is neither that nor what will be written is
somebody's work. It is moved beside its new self, never over another, and the caller says so.
"""

from __future__ import annotations

from collections.abc import Mapping
from itertools import count
from pathlib import Path

from digest.machine.hashing import sha256


def keep_aside(
    folder: Path, recorded: Mapping[str, str], fresh: Mapping[str, bytes]
) -> tuple[str, ...]:
    """Move each file changed since it was recorded out of the way; return the names they have now.

    `recorded` are the digests of the files as they were written, `fresh` what will be. The pages
    alone count: nobody edits a message or a record by hand and means it.
    """
    kept = []
    for name, data in fresh.items():
        path = folder / name
        if path.suffix not in (".html", ".txt") or name not in recorded:
            continue
        try:
            found = sha256(path.read_bytes())
            if found in (recorded[name], sha256(data)):
                continue
            free = _free(path)
            path.rename(free)
        except OSError:  # it is gone, or nobody may read it: nothing of anybody's to keep
            continue
        kept.append(free.name)
    return tuple(kept)


def _free(path: Path) -> Path:
    """Return a name beside a file that nothing has yet: email.edited.html, email.edited-2.html."""
    names = (f"{path.stem}.edited{f'-{n}' if n > 1 else ''}{path.suffix}" for n in count(1))
    return next(free for name in names if not (free := path.with_name(name)).exists())

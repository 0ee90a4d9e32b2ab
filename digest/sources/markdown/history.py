"""When a file first came into its git repository: the date of a post that tells none itself.

Git is asked once, for the whole folder, and only where an undated file is met. Nothing of the
repository's own settings is run, and where git, the repository or its whole history is missing
nothing is known.
"""

from __future__ import annotations

import os
import re
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

_PATIENCE_SECONDS = 30
_STATUS = re.compile(r"[AR]\d{0,3}")
_COMMAND = (
    "git", "-c", "log.showSignature=false", "-c", "core.fsmonitor=false", "log", "--reverse",
    "--relative", "--no-show-signature", "--no-ext-diff", "--no-textconv", "--find-renames",
    "--diff-filter=AR",
    "--name-status", "-z", "--format=%x01%aI", "--", ".",
)  # fmt: skip


class History:
    """Tell of the files of one folder when each was first committed."""

    def __init__(self, root: Path) -> None:
        self._root = root
        self._known: dict[str, datetime] | None = None

    def first_commit(self, name: str) -> datetime | None:
        """Return the day a file came, by its path within the folder; None where nothing tells."""
        if self._known is None:
            self._known = dict(_dated(_asked(self._root)))
        return self._known.get(name)


def _asked(root: Path) -> str:
    """Return what git says of a folder; nothing where it cannot say all."""
    import subprocess  # only for files without a date

    quiet = {**os.environ, "GIT_OPTIONAL_LOCKS": "0", "GIT_TERMINAL_PROMPT": "0", "LC_ALL": "C"}

    def run(*command: str) -> str:
        done = subprocess.run(  # noqa: S603 -- git, with options of ours alone
            command, cwd=root, env=quiet, capture_output=True, timeout=_PATIENCE_SECONDS, check=True
        )
        return done.stdout.decode("utf-8", "surrogateescape")

    try:
        # where the history is cut off, every older file would seem to be of the day of the cut
        is_cut = run("git", "rev-parse", "--is-shallow-repository").strip() != "false"
        return "" if is_cut else run(*_COMMAND)
    except (OSError, subprocess.SubprocessError):
        return ""


def _dated(said: str) -> Iterator[tuple[str, datetime]]:
    """Yield each file with its day, oldest first.

    One that was renamed keeps the day of its old name.
    """
    found: dict[str, datetime] = {}
    at: datetime | None = None
    words = iter(said.split("\0"))
    for word in words:
        word = word.lstrip("\n")
        if word.startswith("\x01"):
            date, _, word = word[1:].partition("\n")
            at = datetime.fromisoformat(date).astimezone(UTC)
        if at is None or not _STATUS.fullmatch(word):
            continue
        old = next(words, "")
        new = next(words, "") if word.startswith("R") else old
        found.setdefault(new, found.get(old, at))
    yield from found.items()

"""Holds the pen over one issue's editor.md.

Writes, undoes, and never over somebody else's words.
"""

from __future__ import annotations

import threading
from collections.abc import Callable
from pathlib import Path

from digest.errors import DigestError, IssueFolderError
from digest.files import write_atomically
from digest.issue.folder import EDITOR_FILE, state_of
from digest.machine.hashing import sha256
from digest.models import Value

MOST_STEPS = 200
"""How many acts can be undone."""


class Written(Value):
    """Tell what is written now: the digest of the file, and how many steps lead back and forth."""

    editor: str
    undo: int
    redo: int


class Conflict(DigestError):
    """Say that editor.md was changed meanwhile; holds the file as it is and as it would be."""

    def __init__(self, theirs: str, ours: str, editor: str) -> None:
        super().__init__(
            "was changed meanwhile",
            where=EDITOR_FILE,
            hint="Keep it as it is, or do it again on top of it.",
        )
        self.theirs, self.ours, self.editor = theirs, ours, editor


def digest_of(text: str | None) -> str:
    """Return what tells one state of editor.md from another."""
    return "none" if text is None else sha256(text.encode())[:32]


class Pen:
    """Write one issue's editor.md, from one thread at a time."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._lock = threading.Lock()
        self._back: list[tuple[str, str]] = []
        self._forth: list[tuple[str, str]] = []

    def write(self, base: str, change: Callable[[str], str]) -> Written:
        """Change the file, if it still is what `base` (its digest) was.

        Raises:
            Conflict: if it is not; nothing was written.
            IssueFolderError: if the issue is sealed, or the file cannot be read or written.
            EditorError: if it cannot be changed.
        """
        with self._lock:
            before = self._read()
            if digest_of(before) != base:
                raise Conflict(before or "", _tried(before or "", change), digest_of(before))
            after = change(before or "")
            if after != before:
                self._put(after, before)
                self._back = [*self._back, (before or "", after)][-MOST_STEPS:]
                self._forth.clear()
            return self._told(after)

    def undo(self) -> Written:
        """Take the last act back.

        Raises:
            Conflict, IssueFolderError: as `write`.
        """
        return self._step(self._back, self._forth, is_back=True)

    def redo(self) -> Written:
        """Do again what was taken back.

        Raises:
            Conflict, IssueFolderError: as `write`.
        """
        return self._step(self._forth, self._back, is_back=False)

    @property
    def steps(self) -> tuple[int, int]:
        """Return how many acts can be taken back, and how many done again."""
        return len(self._back), len(self._forth)

    def _step(
        self, from_: list[tuple[str, str]], to: list[tuple[str, str]], *, is_back: bool
    ) -> Written:
        with self._lock:
            now = self._read()
            if not from_:
                return self._told(now)
            before, after = from_[-1]
            here, there = (after, before) if is_back else (before, after)
            if now != here:
                raise Conflict(now or "", there, digest_of(now))
            self._put(there, now)
            to.append(from_.pop())
            return self._told(there)

    def _told(self, text: str | None) -> Written:
        return Written(editor=digest_of(text), undo=len(self._back), redo=len(self._forth))

    def _read(self) -> str | None:
        """Return the file with its line ends as they are, None if there is none."""
        if not self._folder.is_dir():
            raise IssueFolderError(
                "the issue's folder is gone", where=self._folder.name, hint="Bring it back first."
            )
        try:
            return (self._folder / EDITOR_FILE).read_bytes().decode("utf-8")
        except FileNotFoundError:
            return None
        except (OSError, UnicodeDecodeError) as exc:
            raise IssueFolderError(
                "cannot be read", where=EDITOR_FILE, hint="Save it as UTF-8."
            ) from exc

    def _put(self, text: str, seen: str | None) -> None:
        state = state_of(self._folder)
        if state != "draft":
            opened = f"`digest approve {self._folder.name} --withdraw` opens it."
            hint = opened if state == "approved" else ""
            raise IssueFolderError(f"is {state}", where=self._folder.name, hint=hint)
        if self._read() != seen:  # saved by a text editor since we looked
            raise Conflict(self._read() or "", text, digest_of(self._read()))
        path = (self._folder / EDITOR_FILE).resolve()
        try:
            write_atomically(path, text.encode())
        except OSError as exc:
            raise IssueFolderError(
                f"cannot be written ({exc.strerror or exc})",
                where=EDITOR_FILE,
                hint="Make it writable to you, or free some space.",
            ) from exc


def _tried(text: str, change: Callable[[str], str]) -> str:
    try:
        return change(text)
    except DigestError:
        return text

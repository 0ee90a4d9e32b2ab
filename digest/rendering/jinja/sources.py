"""What lies in the templates' folders, read once: for a name that changes when a template does."""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from functools import cached_property
from pathlib import Path
from typing import Final

from digest.machine.hashing import blake2b

_SUFFIX: Final = ".j2"


class Sources:
    """Hold the templates below some folders, the first of which wins."""

    def __init__(self, roots: Sequence[Path]) -> None:
        self._roots = roots

    @cached_property
    def _files(self) -> tuple[dict[str, bytes], ...]:
        """Return for each folder what its files hold, by their places in it, in order."""
        return tuple(dict(sorted(_files(str(root)), key=_parts)) for root in self._roots)

    def hash_of(self, template: str) -> str:
        """Return what changes when a template does, or what all of them share."""
        stamp = blake2b(digest_size=8)
        for files in self._files:
            for within, content in files.items():
                folder = within.partition("/")[0]
                is_shared = f"{folder}/issue.mjml.j2" not in files
                if within.endswith(_SUFFIX) and (folder == template or is_shared):
                    stamp.update(within.encode(errors="surrogateescape") + content)
        return stamp.hexdigest()

    def files(self, root: int) -> dict[str, bytes]:
        """Return the files below one of the folders: of templates what they hold, else a state."""
        return self._files[root]

    @cached_property
    def stamp(self) -> bytes:
        """Return what changes when any file does that a template may include."""
        stamp = blake2b()
        for files in self._files:
            stamp.update(b"\0\0")
            for within, content in files.items():
                name = within.encode(errors="surrogateescape")
                stamp.update(b"%d %s %d " % (len(name), name, len(content)) + content)
        return stamp.digest()


def _parts(file: tuple[str, bytes]) -> list[str]:
    return file[0].split("/")


def _files(root: str) -> Iterator[tuple[str, bytes]]:
    """Yield the files below a folder, linked ones too: a template's content, of others the state.

    Pictures and whatever else lies there may be large, and are hardly ever included.
    """
    for folder, _, names in os.walk(root, followlinks=True):
        for name in names:
            path = f"{folder}/{name}"
            try:
                content = _content(path) if name.endswith(_SUFFIX) else _state(path)
            except OSError:  # it went away meanwhile, or may not be read, which Jinja tells
                content = b""
            yield path[len(root) + 1 :], content


def _content(path: str) -> bytes:
    with open(path, "rb") as file:  # noqa: PTH123 - for each template, where a Path costs twice that
        return file.read()


def _state(path: str) -> bytes:
    found = os.stat(path)  # noqa: PTH116 - as above
    return b"%d %d" % (found.st_size, found.st_mtime_ns)

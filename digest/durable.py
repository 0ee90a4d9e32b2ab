"""Writes files so that a reader sees the old or the new one whole, also after a power cut."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Final

TEMPORARY: Final = ".tmp-"
"""What the names of files and folders begin with while they are being written."""


def write_atomically(path: Path, data: bytes) -> None:
    """Replace a file so that a reader sees the old or the new one whole; leave it alone if it is equal.

    Raises:
        OSError: if it cannot be written.
    """
    try:
        if path.read_bytes() == data:
            return
    except FileNotFoundError:
        pass
    temporary = path.with_name(f"{TEMPORARY}{path.name}-{os.getpid()}")
    write_durably(temporary, data)
    temporary.replace(path)
    sync_folder(path.parent)


def write_durably(path: Path, data: bytes) -> None:
    """Write a file and wait until the disk has it.

    Raises:
        OSError: if it cannot be written.
    """
    with path.open("wb") as file:
        file.write(data)
        file.flush()
        os.fsync(file.fileno())


def sync_folder(folder: Path) -> None:
    """Wait until the disk knows of the names in a folder.

    Raises:
        OSError: if it cannot be opened.
    """
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)

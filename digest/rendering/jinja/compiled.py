"""Compiled templates, kept for the next process by Jinja's own cache, since they take long.

What is kept runs when it is read, so it lies in the user's own cache (see `own_cache`). Whatever is
wrong with a file, the template is compiled. What is kept is code for the sandbox that the template
would run in anyway.
"""

from __future__ import annotations

import pickle
from contextlib import suppress
from functools import cache
from hashlib import blake2b
from pathlib import Path

from jinja2.bccache import Bucket, FileSystemBytecodeCache

from digest import __version__
from digest.machine.own_cache import is_closed_file, is_closed_folder
from digest.rendering.page import version

# The modules that decide what a template is compiled into.
_CODE = ("generating.py", "printing.py", "splicing.py", "template.py")


def kept_in(folder: Path | None) -> CompiledTemplates | None:
    """Return the cache in a folder, which is made; None if it is not the user's alone."""
    if folder is None or not is_closed_folder(folder):
        return None
    return CompiledTemplates(str(folder))


class CompiledTemplates(FileSystemBytecodeCache):
    """Keep compiled templates; a file that cannot be read or written only costs time."""

    def load_bytecode(self, bucket: Bucket) -> None:
        """Load a template's code, unless it is damaged or another user may have written it."""
        # A file cut short, or of another Python: all that it costs is compiling once more.
        with suppress(OSError, EOFError, ValueError, TypeError, pickle.UnpicklingError):
            if is_closed_file(self._get_cache_filename(bucket)):
                super().load_bytecode(bucket)

    def dump_bytecode(self, bucket: Bucket) -> None:
        """Keep a template's code."""
        with suppress(OSError):
            super().dump_bytecode(bucket)

    def get_source_checksum(self, source: str) -> str:
        """Return the hash of a source, with its includes in place, and of what compiles it."""
        said = f"{_stamp()}\n{source}".encode(errors="surrogatepass")
        return blake2b(said, digest_size=20).hexdigest()


@cache
def _stamp() -> str:
    """Return what changes when Jinja or our own code does; Pythons are told apart by Jinja."""
    stamp = blake2b(f"{__version__} {version('jinja2', 'jinja2-')}".encode(), digest_size=8)
    for name in _CODE:
        with suppress(OSError):
            stamp.update(Path(__file__).with_name(name).read_bytes())
    return stamp.hexdigest()

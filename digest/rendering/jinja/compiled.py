"""Compiled templates, kept for the next process, since making them takes long.

What is kept runs when it is read, so it lies in the user's own cache (see `own_cache`). Whatever is
wrong with a file, the template is compiled. What is kept is code for the sandbox that the template
would run in anyway.
"""

from __future__ import annotations

import marshal
import os
import sys
from collections.abc import Callable
from contextlib import suppress
from functools import cache
from pathlib import Path
from types import CodeType
from typing import Final

from digest import __version__
from digest.files import keep_newest
from digest.machine.hashing import blake2b
from digest.machine.own_cache import is_closed_file, is_closed_folder
from digest.rendering.page import version

# The modules that decide what a template is compiled into, and what it then runs in.
_CODE = (
    "light.py",
    *(
        f"engine/{name}.py"
        for name in ("generating", "printing", "sandbox", "splicing", "template")
    ),
)
_SEAL: Final = 20  # bytes
_MOST_FILES: Final = 80
"""How many are kept; those written longest ago give way, such as former states of templates."""


class CompiledTemplates:
    """Keep compiled templates; a file that cannot be read or written only costs time.

    Nothing is kept without a folder, nor in one that is not the user's alone.
    """

    def __init__(self, folder: Path | None) -> None:
        self._folder = folder if folder is not None and is_closed_folder(folder) else None

    @property
    def is_kept(self) -> bool:
        """Tell whether anything is kept, so that its name is worth working out."""
        return self._folder is not None

    def code(self, said: bytes, make: Callable[[], CodeType]) -> CodeType:
        """Return what is kept under all that it depends on, or is made and then kept."""
        if self._folder is None:
            return make()
        name = blake2b(_stamp() + said, digest_size=_SEAL).hexdigest()
        path = self._folder / name
        found = _read(path, name)
        if found is None:
            found = make()
            _write(path, name, found)
        return found


def _read(path: Path, name: str) -> CodeType | None:
    """Return the code in a file, unless it is damaged or another user may have written it."""
    if not is_closed_file(path):
        return None
    with suppress(OSError, EOFError, ValueError, TypeError):
        whole = path.read_bytes()
        written = whole[_SEAL:]
        found = marshal.loads(written) if whole[:_SEAL] == _seal(name, written) else None  # noqa: S302
        return found if isinstance(found, CodeType) else None
    return None


def _write(path: Path, name: str, code: CodeType) -> None:
    written = marshal.dumps(code)
    temporary = f"{path}-{os.getpid()}"
    with suppress(OSError):
        descriptor = os.open(temporary, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
        with os.fdopen(descriptor, "wb") as file:
            file.write(_seal(name, written) + written)
        os.replace(temporary, path)  # noqa: PTH105 - one call, of which a Path makes ten
        keep_newest(path.parent, _MOST_FILES)


def _seal(name: str, written: bytes) -> bytes:
    """Return what a whole file of this name begins with."""
    return blake2b(name.encode() + written, digest_size=_SEAL).digest()


@cache
def _stamp() -> bytes:
    """Return what changes when Python, Jinja or our own code does."""
    python = f"{sys.implementation.cache_tag} {sys.hexversion}"
    stamp = blake2b(f"{python} {__version__} {version('jinja2-')}".encode())
    for name in _CODE:
        with suppress(OSError):
            stamp.update((Path(__file__).parent / name).read_bytes())
    return stamp.digest()

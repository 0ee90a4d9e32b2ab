"""The hashes that name and seal what is kept, at the price of what a short command hashes.

`hashlib` brings OpenSSL, which takes longer to load than all of an issue's files take to hash.
Python carries the same functions itself, in the modules that `hashlib` falls back on. Their SHA-256
is slower, so whoever makes thousands of issues loads OpenSSL, which then does it.
"""

from __future__ import annotations

import sys
from importlib import import_module
from typing import TYPE_CHECKING, Any


def _of_python(name: str, *homes: str) -> Any:
    """Return a hash function that Python carries itself; hashlib's where it has been left out."""
    for home in homes:
        try:
            return getattr(import_module(home), name)
        except ImportError:
            continue
    return getattr(import_module("hashlib"), name)


if TYPE_CHECKING:
    from hashlib import blake2b as blake2b
else:
    blake2b = _of_python("blake2b", "_blake2")

_SHA256 = _of_python("sha256", "_sha2", "_sha256")  # as Python calls it since 3.12, and before


def sha256(data: bytes) -> str:
    """Return the SHA-256 of some bytes in hexadecimal digits.

    >>> sha256(b"")[:12]
    'e3b0c44298fc'
    """
    quickest = getattr(sys.modules.get("hashlib"), "sha256", _SHA256)
    digits: str = quickest(data).hexdigest()
    return digits

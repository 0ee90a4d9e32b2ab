"""Hashes are the standard's, whoever makes them."""

from __future__ import annotations

import hashlib
import subprocess
import sys
from importlib import import_module, reload

import pytest

from digest.machine import hashing

SAID = b"What grew in the third bed. " * 1000

BY_ITSELF = """
import sys
from digest.machine.hashing import blake2b, sha256
said = sys.stdin.buffer.read()
print(sha256(said), blake2b(said, digest_size=9).hexdigest(), "hashlib" in sys.modules)
import hashlib
print(sha256(said))
"""


def test_a_hash_needs_no_openssl_and_is_the_same_with_it() -> None:
    """What one process sealed another checks, whichever library it has loaded meanwhile."""
    command = [sys.executable, "-c", BY_ITSELF]
    ran = subprocess.run(command, input=SAID, capture_output=True, check=True)
    quick = hashlib.sha256(SAID).hexdigest()
    short = hashlib.blake2b(SAID, digest_size=9).hexdigest()
    assert ran.stdout.decode().split() == [quick, short, "False", quick]


def test_a_python_built_without_hashes_of_its_own_asks_hashlib(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Some distributions leave them out, so that OpenSSL alone says what is secure."""
    for left_out in ("_blake2", "_sha2", "_sha256"):
        monkeypatch.setitem(sys.modules, left_out, None)
    try:
        reload(hashing)
        assert hashing.blake2b is import_module("hashlib").blake2b
        assert hashing.sha256(SAID) == hashlib.sha256(SAID).hexdigest()
    finally:
        monkeypatch.undo()
        reload(hashing)

"""Hashes without OpenSSL: the very ones that hashlib makes, whichever module they come from."""

from __future__ import annotations

import hashlib
import sys

import pytest

from digest.machine import hashing

DATA = b"Moss asks little. " * 9


@pytest.mark.parametrize("is_loaded", [True, False])
def test_a_hash_is_hashlibs_whether_that_is_loaded_or_not(
    monkeypatch: pytest.MonkeyPatch, is_loaded: bool
) -> None:
    expected = hashlib.sha256(DATA).hexdigest()
    if not is_loaded:
        monkeypatch.delitem(sys.modules, "hashlib")
    assert hashing.sha256(DATA) == expected
    assert hashing.blake2b(DATA).digest() == hashlib.blake2b(DATA).digest()


def test_where_python_carries_no_hash_of_its_own_hashlibs_is_taken() -> None:
    """As it may be left out when Python is built; and its module is called otherwise before 3.12."""
    assert hashing._of_python("sha256", "_nowhere") is hashlib.sha256
    own = hashing._of_python("blake2b", "_nowhere", "_blake2")
    assert own(DATA).digest() == hashlib.blake2b(DATA).digest()

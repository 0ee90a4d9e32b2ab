"""Tells how alike two texts are, from sketches so small that every issue can record them.

A sketch holds the smallest hashes of a text's phrases of three words. The share of hashes that two
sketches have in common estimates the share of phrases that the texts have in common (bottom-k
sampling; Broder 1997, "On the resemblance and containment of documents").
"""

from __future__ import annotations

from binascii import a2b_base64, b2a_base64
from functools import lru_cache
from zlib import crc32

from digest.lazy import regex
from digest.models import Post

HASHES = 32
"""How many hashes a sketch holds at most: likeness is then told to about a tenth."""

LEAST_HASHES = 12
"""Texts of fewer phrases say too little to be told apart by a sketch."""

_BYTES = 3
_CHARACTERS = 4  # that write the bytes of one hash in base64
_FIRST = 6 * _CHARACTERS
_MASK = (1 << 8 * _BYTES) - 1
_MIX = 0x3779B1  # odd: spreads the hashes of phrases that begin alike over the whole range

# Scripts that write no spaces between words: each letter counts as a word.
_SINGLE = "\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff"
_WORD = regex(rf"[{_SINGLE}]|[^\W_{_SINGLE}]+")
# Turns what parts words in ASCII into spaces.
_APART = bytes(code if chr(code).isalnum() else 32 for code in range(128)).ljust(256)


def sketch(text: str) -> str:
    """Return the sketch of a text, empty if it has too few words to be recognised by.

    Case, punctuation and spacing do not count.

    >>> sketch("Too short to say")
    ''
    """
    words = _words(text)
    phrases = map(b" ".join, zip(words, words[1:], words[2:], strict=False))
    # Masked before it is multiplied, too: numbers of more than 30 bits are slow.
    hashes = [(crc & _MASK) * _MIX & _MASK for crc in map(crc32, phrases)]
    if len(hashes) < LEAST_HASHES:
        return ""
    # Spread evenly, twice as many as are wanted lie below this; so nearly always only those few
    # are sorted.
    limit = 2 * HASHES * _MASK // len(hashes)
    few = {hash_ for hash_ in hashes if hash_ < limit}
    if len(few) < HASHES:
        few = set(hashes)
    if len(few) < LEAST_HASHES:
        return ""
    smallest = sorted(few)[:HASHES]
    packed = b"".join([hash_.to_bytes(_BYTES, "big") for hash_ in smallest])
    return b2a_base64(packed, newline=False).decode()


def sketch_of(post: Post) -> str:
    """Return the sketch of a post with its words.

    It is as it was edited, or made now: an archive of an earlier version kept none.
    """
    return post.sketch or sketch(post.text)


def _words(text: str) -> list[bytes]:
    if text.isascii():  # the same as `_WORD` finds, in a fraction of the time
        return text.encode("ascii").lower().translate(_APART).split()
    return [word.encode() for word in _WORD.findall(text.casefold())]


def likeness(one: str, other: str) -> float:
    """Return the share of phrases that two sketched texts have in common, from 0 to 1.

    Nothing is known of a text without a sketch, which is like no other.

    >>> likeness("AAABAAAC", "AAACAAAD") == 1 / 3
    True
    >>> likeness("", "AAAB"), likeness("AAAB", "AAA"), likeness("", "")
    (0.0, 0.0, 0.0)
    """
    first, second = _hashes(one), _hashes(other)
    # A sketch that is not full holds all phrases of its text, so that of both together too.
    smallest = sorted(first | second)[:HASHES]
    shared = sum(hash_ in first and hash_ in second for hash_ in smallest)
    return shared / len(smallest) if smallest else 0.0


def first_hashes(encoded: str) -> list[str]:
    """Return the smallest hashes of a sketch, as it writes them.

    Texts much alike share one nearly always.

    >>> first_hashes("AAABAAACAAADAAAEAAAFAAAGAAAH")
    ['AAAB', 'AAAC', 'AAAD', 'AAAE', 'AAAF', 'AAAG']
    """
    return [
        encoded[at : at + _CHARACTERS] for at in range(0, min(len(encoded), _FIRST), _CHARACTERS)
    ]


def is_full(encoded: str) -> bool:
    """Tell whether a sketch is of a text with many phrases."""
    return len(encoded) >= HASHES * _CHARACTERS


@lru_cache(maxsize=4096)
def _hashes(encoded: str) -> frozenset[int]:
    try:
        data = a2b_base64(encoded)
    except ValueError:  # a record that somebody edited by hand
        return frozenset()
    return frozenset(
        int.from_bytes(data[at : at + _BYTES], "big") for at in range(0, len(data), _BYTES)
    )

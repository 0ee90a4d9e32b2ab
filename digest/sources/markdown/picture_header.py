"""Reads a picture's width and height out of the first bytes of its file: PNG, GIF, JPEG, WebP.

Pure and bounded: no file is opened here and no picture decoded. Where a file is cut off, damaged,
or turned by a note of the camera, which some mail programs heed and some do not, it says nothing.
"""

from __future__ import annotations

import struct

ENOUGH = 256 * 1024
"""How many of a file's first bytes hold its size, even behind a preview and colour profile."""

_MOST_SIDE = 30_000
_FRAMES = frozenset(range(0xC0, 0xD0)) - {
    0xC4,
    0xC8,
    0xCC,
}  # the JPEG markers whose segment tells the size
_BARE = frozenset({0x01, *range(0xD0, 0xD9)})
_TURNED = frozenset({5, 6, 7, 8})
_ORIENTATION = 0x0112


def size_of(data: bytes) -> tuple[int, int] | None:
    r"""Return width and height in pixels, or None where the bytes do not tell them for certain.

    Never raises. Sources: PNG 11.2.1, GIF89a 18, ITU-T T.81 B.2, WebP container and bitstreams (RFC
    9649, RFC 6386 9.1).

    >>> size_of(b"GIF89a\x80\x02\x68\x01")
    (640, 360)
    """
    try:
        found = _read(data)
    except (struct.error, IndexError):  # the bytes end too early
        return None
    return found if found and all(0 < side <= _MOST_SIDE for side in found) else None


def _read(data: bytes) -> tuple[int, int] | None:
    if data.startswith(b"\x89PNG\r\n\x1a\n") and data[12:16] == b"IHDR":
        width, height = struct.unpack_from(">II", data, 16)
        return width, height
    if data[:6] in (b"GIF87a", b"GIF89a"):
        width, height = struct.unpack_from("<HH", data, 6)
        return width, height
    if data.startswith(b"\xff\xd8\xff"):
        return _jpeg(data)
    if data[:4] == b"RIFF" and data[8:12] == b"WEBP":
        return _webp(data)
    return None


def _jpeg(data: bytes) -> tuple[int, int] | None:
    at, is_turned = 2, False
    while data[at] == 0xFF:
        marker = data[at + 1]
        if marker == 0xFF:  # padding
            at += 1
        elif marker in _BARE:
            at += 2
        elif marker in _FRAMES:
            height, width = struct.unpack_from(">HH", data, at + 5)
            return None if is_turned else (width, height)
        else:
            (length,) = struct.unpack_from(">H", data, at + 2)
            if length < 2 or marker == 0xDA:  # the picture itself begins before any size was told
                return None
            if marker == 0xE1 and data[at + 4 : at + 10] == b"Exif\0\0":
                is_turned |= _is_turned(data[at + 10 : at + 2 + length])
            at += 2 + length
    return None


def _is_turned(tiff: bytes) -> bool:
    """Tell whether a camera says to show the picture on its side (Exif 2.3, 4.6.4)."""
    order = "<" if tiff[:2] == b"II" else ">"
    try:
        (at,) = struct.unpack_from(f"{order}I", tiff, 4)
        (count,) = struct.unpack_from(f"{order}H", tiff, at)
        for entry in range(at + 2, at + 2 + 12 * min(count, 200), 12):
            (tag,) = struct.unpack_from(f"{order}H", tiff, entry)
            if tag == _ORIENTATION:
                return struct.unpack_from(f"{order}H", tiff, entry + 8)[0] in _TURNED
    except struct.error:
        return False
    return False


def _webp(data: bytes) -> tuple[int, int] | None:
    kind = data[12:16]
    if kind == b"VP8X":
        may_be_turned = data[20] & 0x08
        sides = int.from_bytes(data[24:27], "little") + 1, int.from_bytes(data[27:30], "little") + 1
        return sides if len(data) >= 30 and not may_be_turned else None
    if kind == b"VP8L" and data[20] == 0x2F:
        (bits,) = struct.unpack_from("<I", data, 21)
        return (bits & 0x3FFF) + 1, (bits >> 14 & 0x3FFF) + 1
    if kind == b"VP8 " and data[23:26] == b"\x9d\x01\x2a":
        width, height = struct.unpack_from("<HH", data, 26)
        return width & 0x3FFF, height & 0x3FFF
    return None

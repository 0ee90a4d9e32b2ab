"""What is read out of an answer.

Its headers, its body unpacked under a cap, its charset, its validator. Pure but for the iterating:
no connection is made here, and nothing is decided about trying again.
"""

from __future__ import annotations

import re
import zlib
from collections.abc import Iterable, Iterator, Mapping
from itertools import chain

from digest.errors import FetchError, TooLarge

REDIRECTS = frozenset({301, 302, 303, 307, 308})
BODILESS = frozenset({204, 304}) | REDIRECTS
ERROR_BYTES = 64 * 1024
PIECE_BYTES = 64 * 1024

# ways to pack a body; what else stands in that header, such as a charset, packs nothing
_STRANGE = re.compile(r"\b(?:br|zstd|deflate|compress|dcb|dcz)\b")
_GZIP = b"\x1f\x8b"
_GZIP_BITS = 31  # as zlib is told of the largest window, in gzip's format and no other
_DECLARED = re.compile(
    rb"""<\?xml[^>]*?encoding\s*=\s*["']([\w.:-]+)|<meta[^>]*?charset\s*=\s*["']?\s*([\w.:-]+)""",
    re.I,
)
_BOMS = ((b"\xef\xbb\xbf", "utf-8-sig"), (b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16"))
_WINDOWS = frozenset({"iso-8859-1", "latin-1", "latin1", "us-ascii", "ascii"})


def folded(headers: Iterable[tuple[bytes, bytes]]) -> dict[str, str]:
    """Return headers by lower-case name, repeated ones joined as HTTP allows."""
    result: dict[str, str] = {}
    for raw_name, raw_value in headers:
        name, value = raw_name.decode("latin-1").lower(), raw_value.decode("latin-1")
        result[name] = f"{result[name]}, {value}" if name in result else value
    return result


def body(chunks: Iterable[bytes], status: int, headers: Mapping[str, str], limit: int) -> bytes:
    """Return a body of at most `limit` bytes.

    Of an error only the beginning, of a redirect nothing.

    Raises:
        TooLarge: if it is larger once unpacked.
        FetchError: if it is packed in a way nobody asked for.
        zlib.error: if it is damaged.
    """
    if status in BODILESS:
        return b""
    packing = headers.get("content-encoding", "").strip().lower()
    if _STRANGE.search(packing) or packing.count("gzip") > 1:
        raise FetchError(f'the answer is packed in a way nobody asked for ("{packing[:60]}")')
    pieces = unpacked(chunks) if "gzip" in packing else _unpacked_if_packed(chunks)
    return _beginning(pieces) if status >= 400 else _capped(pieces, limit)


def _unpacked_if_packed(chunks: Iterable[bytes]) -> Iterator[bytes]:
    """Yield a body as it is, unpacked if it is a file that is packed: no server says so of one."""
    rest = iter(chunks)
    first = next(rest, b"")
    whole = chain((first,), rest)
    yield from unpacked(whole) if first.startswith(_GZIP) else whole


def _beginning(pieces: Iterable[bytes]) -> bytes:
    result = bytearray()
    for piece in pieces:
        result += piece
        if len(result) >= ERROR_BYTES:
            break
    return bytes(result[:ERROR_BYTES])


def _capped(pieces: Iterable[bytes], limit: int) -> bytes:
    result = bytearray()
    for piece in pieces:
        result += piece
        if len(result) > limit:
            raise TooLarge(
                f"the answer is larger than {limit:,} bytes",
                hint="If that is right for this site, raise max_bytes under [fetching].",
            )
    return bytes(result)


def unpacked(chunks: Iterable[bytes]) -> Iterator[bytes]:
    """Unzip in small pieces: one chunk of a bomb may hold a thousand times its size.

    Raises:
        zlib.error: if the data is damaged or breaks off.
    """
    engine, begun = zlib.decompressobj(_GZIP_BITS), False
    for chunk in chunks:
        rest = chunk
        while rest:
            if engine.eof:
                if rest[0] != 0x1F:  # padding after the end, which everybody ignores
                    return
                engine = zlib.decompressobj(_GZIP_BITS)
            begun = True
            yield engine.decompress(rest, PIECE_BYTES)
            rest = engine.unused_data if engine.eof else engine.unconsumed_tail
    yield engine.flush()
    if begun and not engine.eof:
        raise zlib.error("the data breaks off")


def charset(content_type: str, content: bytes) -> str:
    """Return the charset of a body.

    By its first bytes, the header, what it declares itself, else UTF-8.
    """
    for mark, name in _BOMS:
        if content.startswith(mark):
            return name
    if stated := re.search(r"charset\s*=\s*[\"']?\s*([\w.:-]+)", content_type, re.I):
        name = stated[1].lower()
    elif declared := _DECLARED.search(content[:2048]):
        name = (declared[1] or declared[2]).decode().lower()
    else:
        name = "utf-8"
    return "cp1252" if name in _WINDOWS else name  # the web calls Windows' characters Latin 1


def validator(headers: Mapping[str, str]) -> str:
    """Return what to hand back next time: the date before the ETag, which packing makes useless."""
    for name in ("last-modified", "etag"):
        # What is not ASCII cannot be handed back: HTTP's fields have no other letters (RFC 9110,
        # 5.5).
        if headers.get(name) and headers[name].isascii() and headers[name].isprintable():
            return f"{name}={headers[name]}"
    return ""

"""Reads a mail message (RFC 5322, MIME) as far as rules ask; any bytes are one."""

from __future__ import annotations

import binascii
import codecs
import re
from collections.abc import Iterator
from typing import Final

from digest.lazy import regex
from digest.models import Value

# Forwarded mails lie in each other; deeper ones are made to be slow.
_DEEPEST: Final = 12  # parts within parts
_MOST_PARTS: Final = 200
# A name is of printable ASCII without a colon (RFC 5322, 2.2).
_HEADER: Final = regex(r"([!-9;-~]+)[ \t]*:[ \t]*(.*)", re.DOTALL)
_PARAMETER: Final = regex(r""";\s*([\w-]+)\*?=\s*(?:"([^"]*)"|([^\s;"]+))""")
_DASHED: Final = re.compile(rb"(?:\A|\n)--([^\n]*+)")
_META: Final = re.compile(rb"""<meta[^>]{0,200}charset\s*=\s*["']?\s*([\w:.-]+)""", re.IGNORECASE)


class Header(Value):
    """Hold one header, its name in lower case, unfolded and decoded; `raw` is as it was written."""

    name: str
    value: str
    raw: str


class Part(Value):
    """Hold one part that is no container: its type in lower case and its bytes, decoded."""

    type: str
    data: bytes
    charset: str = ""
    disposition: str = ""

    def text(self) -> str:
        """Return the part as text; bytes that its charset does not know become U+FFFD."""
        return decoded(self.data, self.charset)


class Message(Value):
    """Hold a message: its headers, and its parts in order, out of their containers."""

    headers: tuple[Header, ...]
    parts: tuple[Part, ...]
    longest_line: int

    def all(self, name: str) -> list[str]:
        """Return the values of a header, by its lower-case name."""
        return [header.value for header in self.headers if header.name == name]

    def get(self, name: str) -> str:
        """Return the first value of a header, empty where there is none."""
        return next(iter(self.all(name)), "")

    def part(self, type_: str) -> Part | None:
        """Return the first part of a type that is no attachment."""
        fit = (
            part for part in self.parts if part.type == type_ and part.disposition != "attachment"
        )
        return next(fit, None)


def read(data: bytes) -> Message:
    """Return the message that bytes hold; a byte order mark and bare carriage returns are read."""
    data = data.removeprefix(codecs.BOM_UTF8)
    if b"\n" not in data:
        data = data.replace(b"\r", b"\n")
    parts: list[Part] = []
    headers = tuple(_collect(data, parts, 0))
    longest = max(map(len, data.splitlines()), default=0)
    return Message(headers=headers, parts=tuple(parts), longest_line=longest)


def _collect(data: bytes, parts: list[Part], depth: int) -> tuple[Header, ...]:
    """Add the parts that bytes hold, and return the headers at their top."""
    head, body = _parted(data)
    headers = tuple(_headers(head))
    # Of two headers of one name the first counts, as in most programs.
    by_name = {header.name: header.value for header in reversed(headers)}
    type_, parameters = _content_type(by_name.get("content-type", "text/plain"))
    boundary = parameters.get("boundary", "")
    if type_.startswith("multipart/") and boundary and depth < _DEEPEST:
        for piece in _pieces(body, boundary):
            if len(parts) < _MOST_PARTS:
                _collect(piece, parts, depth + 1)
        return headers
    encoding = by_name.get("content-transfer-encoding", "").strip().lower()
    parts.append(
        Part(
            type=type_,
            data=_transferred(body, encoding),
            charset=parameters.get("charset", ""),
            disposition=by_name.get("content-disposition", "").partition(";")[0].strip().lower(),
        )
    )
    return headers


def _parted(data: bytes) -> tuple[bytes, bytes]:
    """Return head and body, parted by the first empty line."""
    if data.startswith((b"\n", b"\r\n")):
        return b"", data.lstrip(b"\r\n")
    found = re.search(rb"\r?\n\r?\n", data)
    return (data[: found.start()], data[found.end() :]) if found else (data, b"")


def _headers(head: bytes) -> Iterator[Header]:
    # A line that begins with white space goes on with the one before (RFC 5322, 2.2.3).
    unfolded = re.sub(r"\r?\n(?=[ \t])", "", head.decode("utf-8", "replace"))
    for line in re.split(r"\r?\n", unfolded)[:1000]:
        if found := _HEADER.match(line):
            raw = found[2]
            yield Header(name=found[1].lower(), value=_words(raw).strip(" \t"), raw=raw)


def _words(raw: str) -> str:
    """Return a header's value with its encoded words (RFC 2047) read."""
    if "=?" not in raw:
        return raw
    from email.errors import HeaderParseError
    from email.header import decode_header

    try:
        pieces = decode_header(raw)
    except (HeaderParseError, ValueError, binascii.Error):
        return raw
    return "".join(
        p if isinstance(p, str) else decoded(p, charset or "ascii") for p, charset in pieces
    )


def _content_type(value: str) -> tuple[str, dict[str, str]]:
    type_ = value.partition(";")[0].strip().lower()
    parameters = {name.lower(): quoted or bare for name, quoted, bare in _PARAMETER.findall(value)}
    return type_ or "text/plain", parameters


def _pieces(body: bytes, boundary: str) -> list[bytes]:
    """Return what stands between the lines that part a body (RFC 2046, 5.1.1)."""
    edge = boundary.encode("utf-8", "replace").rstrip(b" \t")
    found: list[bytes] = []
    start: int | None = None
    for line in _DASHED.finditer(body):
        name = line[1].removesuffix(b"\r").rstrip(b" \t")
        if name not in (edge, edge + b"--"):
            continue
        if start is not None:
            found.append(body[start : line.start()].removeprefix(b"\n").removesuffix(b"\r"))
        start = line.end()
        if name != edge:
            return found
    return found if start is None else [*found, body[start:].removeprefix(b"\n")]


def _transferred(body: bytes, encoding: str) -> bytes:
    if encoding == "quoted-printable":
        return binascii.a2b_qp(body)
    if encoding == "base64":
        # What is no letter of base 64 is passed over (RFC 2045, 6.8); a torn end is mended.
        kept = re.sub(rb"[^A-Za-z0-9+/]", b"", body)
        return binascii.a2b_base64(kept + b"=" * (-len(kept) % 4)) if len(kept) % 4 != 1 else b""
    return body


def decoded(data: bytes, charset: str) -> str:
    """Return bytes as text, by the charset they are said to have, else UTF-8, else Windows' own."""
    try:
        return data.decode(codecs.lookup(charset).name if charset else "utf-8", "strict")
    except (LookupError, ValueError):
        pass
    try:
        return data.decode("utf-8")
    except ValueError:
        # Who names no charset has mostly an old editor on Windows.
        return data.decode("cp1252" if not charset else "utf-8", "replace")


def page_text(data: bytes) -> str:
    """Return the text of an HTML file, by its byte order mark or its own `<meta charset>`."""
    for mark, charset in _MARKS:
        if data.startswith(mark):
            return data[len(mark) :].decode(charset, "replace")
    said = _META.search(data[:4096])
    return decoded(data, said[1].decode("ascii", "replace") if said else "")


_MARKS: Final = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)

"""Writes message.eml: an issue as a mail message (RFC 5322), the same bytes for the same issue.

The parts are quoted-printable, the plain one first. It is addressed to a placeholder: whoever sends
it puts the reader in. Control characters in a header are refused, since a line break there would
start another header. What is not plain ASCII is written as encoded words (RFC 2047) by the
library's `Header`, since its newer policies make them too long for some servers.
"""

from __future__ import annotations

import re
from binascii import b2a_qp
from collections.abc import Sequence
from datetime import UTC, datetime
from urllib.parse import quote, urlsplit

from digest.addresses import ascii_host, in_ascii
from digest.errors import ConfigError
from digest.lazy import regex
from digest.machine.hashing import sha256
from digest.models import Issue, key

TO = "Reader <reader@example.com>"
_FALLBACK_HOST = "newsletter.example"
_DAYS = "Mon Tue Wed Thu Fri Sat Sun".split()
_MONTHS = "Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec".split()

# The most characters between two dots of a host's name (RFC 1035, 2.3.4).
_LONGEST_LABEL = 63

# The most columns of a header's line, if it can be folded at all (RFC 2047, 2).
_LINE = 76
# The most columns of an encoded word.
_WORD = 75

_PLAIN = regex(
    r"(?!.*=\?)[!-~]+(?: [!-~]+)*"
)  # what looks like an encoded word would be read as one
_CONTROL = regex("[\x00-\x1f\x7f-\x9f\u2028\u2029]")
_ATOMS = regex(r"[A-Za-z0-9_-]+(?: [A-Za-z0-9_-]+)*")
_MAILBOX = regex(r"(?:(?P<name>[^<>]*)<(?P<boxed>[^<>\s]+)>|(?P<bare>[^<>\s]+))")
_LOCAL = regex(
    r"""(?:[\w!#$%&'*+/=?^`{|}~-]+(?:\.[\w!#$%&'*+/=?^`{|}~-]+)*|"[^"\\\s]+")""", re.ASCII
)
_DOMAIN = regex(r"(?:[\w-]+(?:\.[\w-]+)*|\[[0-9A-Za-z:.]+\])", re.ASCII)


def write(issue: Issue, html: str, text: str) -> bytes:
    """Return the message with CRLF line ends; `html` and `text` are in the plain dialect.

    Date is the issue's cut-off; Message-ID and boundary are made from the content. List-Unsubscribe
    carries the newsletter's own address, one-click (RFC 8058) where that is https.

    Raises:
        ConfigError: if a header would hold a control character, or the sender is no address.
    """
    letter = issue.newsletter
    digest = sha256(f"{issue.id}\0{html}\0{text}".encode())
    host = _host(letter.url)
    boundary = f"={digest[20:52]}="
    by_itself = _named(letter.name, f"newsletter@{host}", "From")
    headers: dict[str, str | list[str]] = {
        "From": _sender(letter.sender) if letter.sender else by_itself,
        "To": [TO],
        "Subject": issue.subject,
        "Date": [_date(issue.window.cutoff_at.astimezone(UTC))],
        "Message-ID": [f"<{issue.id}.{digest[:20]}@{host}>"],
        "List-Id": _named(letter.name, f"{issue.edition}.{_label(letter.name)}.{host}", "List-Id"),
        **_unsubscribe(letter.unsubscribe),
        "MIME-Version": ["1.0"],
        "Content-Type": ["multipart/alternative;", f'boundary="{boundary}"'],
        "Content-Language": [letter.language],
    }
    head = "".join(_header(name, value) for name, value in headers.items()).encode("ascii")
    parts = (_part("plain", text), _part("html", html))
    edge = f"\r\n--{boundary}".encode()
    return head + b"".join(edge + b"\r\n" + part for part in parts) + edge + b"--\r\n"


def _host(url: str) -> str:
    """Return the host of an address as mail writes it.

    One that has no such form gives way to another.
    """
    return _ascii(urlsplit(url).hostname or "") or _FALLBACK_HOST


def _ascii(host: str) -> str:
    """Return a host's name in ASCII; empty if it has no such form."""
    try:
        return ascii_host(host)
    except UnicodeError:
        return ""


def _part(subtype: str, text: str) -> bytes:
    """Return one part of the message, with CRLF line ends and no line over 76 characters."""
    lines = text.encode().splitlines()
    head = f'Content-Type: text/{subtype}; charset="utf-8"\n'
    head += "Content-Transfer-Encoding: quoted-printable\n\n"
    encoded = quoted_printable(b"\n".join(lines) + b"\n")
    return (head.encode("ascii") + encoded).replace(b"\n", b"\r\n")


_UNLIKE = (b" \n", b"\t\n", b"\n.\n", b"\n.\0")
"""What the two encoders write otherwise, besides a code that just ends a full line."""


def quoted_printable(data: bytes) -> bytes:
    r"""Return text with single line ends in quoted-printable (RFC 2045, 6.7).

    It is what `quoprimime.body_encode` makes of it, by an encoder in C that nearly always agrees.

    >>> quoted_printable("café = 1\n".encode())
    b'caf=C3=A9 =3D 1\n'
    """
    encoded = b2a_qp(data)
    lines = b"\n" + data
    is_odd = any(unlike in lines for unlike in _UNLIKE)
    if is_odd or any(rest[2:3] == b"\n" for rest in encoded.split(b"=\n=")[1:]):
        from email import quoprimime

        return quoprimime.body_encode(data.decode("latin-1"), _LINE).encode("ascii")
    return encoded


# ---------------------------------------------------------------- headers


def _header(name: str, value: str | Sequence[str]) -> str:
    """Return a header's line, or lines where it is too long for one.

    Of text, or of words ready to print.

    Raises:
        ConfigError: if it would hold a control character.
    """
    _refuse_controls(name, value if isinstance(value, str) else " ".join(value))
    room = _LINE - len(f"{name}: ")
    if isinstance(value, str):
        words = value.split(" ")
        is_plain = _PLAIN.fullmatch(value) and max(map(len, words)) <= room
        value = words if is_plain else encoded_words(value, room)
    lines = [f"{name}: {value[0]}"]
    for word in value[1:]:
        if len(lines[-1]) + 1 + len(word) > _LINE:
            lines.append("")
        lines[-1] += f" {word}"
    return "\r\n".join(lines) + "\r\n"


def encoded_words(text: str, room: int = _WORD) -> list[str]:
    """Return text as encoded words (RFC 2047) of at most 75 columns, the first of at most `room`.

    None ends within a character. Readers see the words as one, without what stands between them.

    >>> encoded_words("Grüße vom Land"), encoded_words("園芸")
    (['=?utf-8?q?Gr=C3=BC=C3=9Fe_vom_Land?='], ['=?utf-8?b?5ZyS6Iq4?='])
    """
    from email.header import Header  # most headers are plain

    whole = text.encode(errors="replace").decode()
    before = "x" * (
        _WORD - 2 - room
    )  # what stands in the first line, of which Header counts the length
    return Header(whole, "utf-8", _WORD, before).encode(splitchars="").split("\n ")


def _named(name: str, address: str, header: str) -> list[str]:
    """Return a name with its address, as words ready to print.

    In quotation marks or encoded, never both.

    Raises:
        ConfigError: if the name holds a control character.
    """
    _refuse_controls(header, name)
    name = re.sub(r" \s+", " ", name)  # as readers show it, whatever is written
    words, room = _quoted(name).split(" "), _LINE - len(f"{header}: ")
    is_plain = _PLAIN.fullmatch(name) and max(map(len, words)) <= room
    return [*(words if is_plain else encoded_words(name, room)), f"<{address}>"]


def _quoted(name: str) -> str:
    return '"' + name.replace("\\", "\\\\").replace('"', '\\"') + '"'


def _sender(written: str) -> list[str]:
    """Return who sends this, as words ready to print.

    Raises:
        ConfigError: if it is no address that a mail program could answer, or holds a control
        character.
    """
    _refuse_controls("From", written)
    found = _MAILBOX.fullmatch(written.strip())
    local, _, domain = (found["boxed"] or found["bare"]).rpartition("@") if found else ("", "", "")
    domain = _ascii(domain)
    if not found or not _LOCAL.fullmatch(local) or not _DOMAIN.fullmatch(domain):
        raise ConfigError(
            f'[newsletter] sender: "{written}" is no address',
            where="digest.toml",
            hint='Write "Name <name@host>".',
        )
    name = (found["name"] or "").strip()
    is_quoted = len(name) > 1 and name[0] == name[-1] == '"'
    meant = re.sub(r"\\(.)", r"\1", name[1:-1]) if is_quoted else name
    if not meant:
        return [f"<{local}@{domain}>" if found["boxed"] else f"{local}@{domain}"]
    if _ATOMS.fullmatch(name):
        return [*name.split(" "), f"<{local}@{domain}>"]
    return _named(meant, f"{local}@{domain}", "From")


def _date(moment: datetime) -> str:
    """Return a time in UTC as RFC 5322 writes it, in whatever language the machine speaks."""
    day, month = _DAYS[moment.weekday()], _MONTHS[moment.month - 1]
    return f"{day}, {moment.day:02} {month} {moment.year:04} {moment:%H:%M:%S} +0000"


def _unsubscribe(address: str) -> dict[str, list[str]]:
    """Return the headers by which a program leaves the list.

    Some misread them if they are folded.
    """
    if not address:
        return {}
    headers = {"List-Unsubscribe": [f"<{_ascii_address(address)}>"]}
    if address.startswith("https://"):
        headers["List-Unsubscribe-Post"] = ["List-Unsubscribe=One-Click"]
    return headers


def _ascii_address(address: str) -> str:
    """Return a web or mail address in ASCII: its host in IDNA, the rest percent-encoded."""
    written = in_ascii(address)
    return "".join(c if c.isascii() else quote(c) for c in written)


def _label(name: str) -> str:
    """Return a newsletter's name as a part of its List-Id (RFC 2919), in a host name's characters.

    A name in another script is written as hosts write it (RFC 3492), so that no two are alike.

    >>> _label("Ase's letter"), _label("園芸"), _label("Сад")
    ('ase-s-letter', 'xn--hdss92h', 'xn--80ai1b')
    """
    known = re.sub(r"[+#]", "", key(name))
    if not known.isascii():
        known = f"xn--{known.encode('punycode').decode('ascii')}"
    label = re.sub(r"[^a-z0-9-]+", "", known.lower()).strip("-") or "newsletter"
    if len(label) <= _LONGEST_LABEL:
        return label
    mark = sha256(label.encode())[:8]
    return f"{label[: _LONGEST_LABEL - 9]}-{mark}"


def _refuse_controls(name: str, value: str) -> None:
    if _CONTROL.search(value):
        raise ConfigError(
            f"{name} holds a control character", where="message.eml", hint="Write it on one line."
        )

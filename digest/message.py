"""Writes message.eml: an issue as a mail message (RFC 5322), the same bytes for the same issue.

The parts are quoted-printable, the plain one first. It is addressed to a placeholder: whoever sends it puts
the reader in. Control characters in a header are refused, since a line break there would start another
header.
"""

from __future__ import annotations

import hashlib
import re
import unicodedata
from datetime import UTC, datetime
from email import quoprimime
from urllib.parse import urlsplit

from digest.errors import ConfigError
from digest.models import Issue, key

TO = "Reader <reader@example.com>"
_FALLBACK_HOST = "newsletter.example"
_DAYS = "Mon Tue Wed Thu Fri Sat Sun".split()
_MONTHS = "Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec".split()

# Headers that the standard library would write as they are; anything else is left to it.
_PLAIN_LENGTH = 170
_PLAIN_TEXT = re.compile(r"(?!.*=\?)[!-~]+(?: [!-~]+)*")
_ATOM = r"[A-Za-z0-9_-]+"
_DOTTED = rf"{_ATOM}(?:\.{_ATOM})*"
_PLAIN = {
    "From": re.compile(rf'(?:{_ATOM}(?: {_ATOM})*|"{_ATOM}(?: {_ATOM})*") <{_DOTTED}@{_DOTTED}>'),
    "Message-ID": re.compile(rf"<{_DOTTED}@{_DOTTED}>"),
}


def write(issue: Issue, html: str, text: str) -> bytes:
    """Return the message with CRLF line ends; `html` and `text` are in the plain dialect.

    Date is the issue's cut-off; Message-ID and boundary are made from the content. List-Unsubscribe
    carries the newsletter's own address, one-click (RFC 8058) where that is https.

    Raises:
        ConfigError: if a header would hold a control character, or the sender is no address.
    """
    letter = issue.newsletter
    digest = hashlib.sha256(f"{issue.id}\0{html}\0{text}".encode()).hexdigest()
    host = _host(letter.url)
    boundary = f"={digest[20:52]}="
    headers = {
        "From": letter.sender or f"{_phrase(letter.name)} <newsletter@{host}>",
        "To": TO,
        "Subject": issue.subject,
        "Date": _date(issue.window.cutoff_at.astimezone(UTC)),
        "Message-ID": f"<{issue.id}.{digest[:20]}@{host}>",
        "List-Id": f"{_phrase(letter.name)} <{issue.edition}.{_label(letter.name)}.{host}>",
        **_unsubscribe(letter.unsubscribe),
        "MIME-Version": "1.0",
        "Content-Type": f'multipart/alternative; boundary="{boundary}"',
        "Content-Language": letter.language,
    }
    head = b"".join(_header(name, value) for name, value in headers.items())
    _refuse_no_address(letter.sender, headers["From"])
    parts = (_part("plain", text), _part("html", html))
    edge = f"\r\n--{boundary}".encode()
    return head + b"".join(edge + b"\r\n" + part for part in parts) + edge + b"--\r\n"


def _host(url: str) -> str:
    """Return the host of an address as mail writes it; one that has no such form gives way to another."""
    host = urlsplit(url).hostname or _FALLBACK_HOST
    try:
        return host if host.isascii() else host.encode("idna").decode("ascii")
    except UnicodeError:
        return _FALLBACK_HOST


def _part(subtype: str, text: str) -> bytes:
    """Return one part of the message, with CRLF line ends and no line over 76 characters."""
    lines = text.encode().splitlines()
    encoded = quoprimime.body_encode((b"\n".join(lines) + b"\n").decode("latin-1"), 76)
    head = f'Content-Type: text/{subtype}; charset="utf-8"\nContent-Transfer-Encoding: quoted-printable\n\n'
    return (head + encoded).encode("ascii").replace(b"\n", b"\r\n")


# ---------------------------------------------------------------- headers


def _header(name: str, value: str) -> bytes:
    """Return a header's line, or lines where it is too long for one.

    Raises:
        ConfigError: if it would hold a control character, or cannot be written.
    """
    _refuse_controls(name, value)
    if len(value) <= _PLAIN_LENGTH and _PLAIN.get(name, _PLAIN_TEXT).fullmatch(value):
        return f"{name}: {value}\r\n".encode("ascii")
    return _folded(name, value)


def _folded(name: str, value: str) -> bytes:
    """Return a header encoded and folded by the standard library, which takes long to import.

    Lines may be longer than those of a body: folded, some programs misread List-Unsubscribe.
    """
    from email.policy import SMTP

    policy = SMTP.clone(max_line_length=200)
    try:
        made: str = policy.header_factory(name, value).fold(policy=policy)
    except ValueError as exc:
        raise ConfigError(f"{name}: cannot be written ({exc})", where="message.eml") from exc
    return made.encode("ascii", "surrogateescape")


def _refuse_no_address(sender: str, value: str) -> None:
    """Refuse a sender that no mail program could answer.

    Raises:
        ConfigError: if it is no address.
    """
    if _PLAIN["From"].fullmatch(value):
        return
    from email.policy import SMTP

    addresses = SMTP.header_factory("From", value).addresses
    if not addresses or any(not address.domain for address in addresses):
        raise ConfigError(
            f'[newsletter] sender: "{sender}" is no address',
            where="digest.toml",
            hint='Write "Name <name@host>".',
        )


def _date(moment: datetime) -> str:
    """Return a time in UTC as RFC 5322 writes it, in whatever language the machine speaks."""
    day, month = _DAYS[moment.weekday()], _MONTHS[moment.month - 1]
    return f"{day}, {moment.day:02} {month} {moment.year:04} {moment:%H:%M:%S} +0000"


def _unsubscribe(address: str) -> dict[str, str]:
    if not address:
        return {}
    headers = {"List-Unsubscribe": f"<{address}>"}
    if address.startswith("https://"):
        headers["List-Unsubscribe-Post"] = "List-Unsubscribe=One-Click"
    return headers


def _phrase(name: str) -> str:
    return '"' + name.replace("\\", "\\\\").replace('"', '\\"') + '"'


def _label(name: str) -> str:
    return re.sub(r"[^a-z0-9-]+", "", key(name)) or "newsletter"


def _refuse_controls(name: str, value: str) -> None:
    if any(unicodedata.category(c) == "Cc" or c in "\u2028\u2029" for c in value):
        raise ConfigError(
            f"{name} holds a control character", where="message.eml", hint="Write it on one line."
        )

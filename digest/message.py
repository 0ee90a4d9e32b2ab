"""Writes message.eml: an issue as a mail message (RFC 5322), the same bytes for the same issue.

The parts are quoted-printable, the plain one first. It is addressed to a placeholder: whoever sends it puts
the reader in. Control characters in a header are refused, since a line break there would start another
header.
"""

from __future__ import annotations

import hashlib
import re
import unicodedata
from datetime import UTC
from urllib.parse import urlsplit

from digest.errors import ConfigError
from digest.models import Issue, key

TO = "Reader <reader@example.com>"
_FALLBACK_HOST = "newsletter.example"


def write(issue: Issue, html: str, text: str) -> bytes:
    """Return the message with CRLF line ends; `html` and `text` are in the plain dialect.

    Date is the issue's cut-off; Message-ID and boundary are made from the content. List-Unsubscribe
    carries the newsletter's own address, one-click (RFC 8058) where that is https.

    Raises:
        ConfigError: if a header would hold a control character, or the sender is no address.
    """
    from email.message import EmailMessage
    from email.policy import SMTP
    from email.utils import format_datetime

    letter = issue.newsletter
    digest = hashlib.sha256(f"{issue.id}\0{html}\0{text}".encode()).hexdigest()
    host = urlsplit(letter.url).hostname or _FALLBACK_HOST
    message = EmailMessage(policy=SMTP.clone(max_line_length=76))
    headers = {
        "From": letter.sender or f"{_phrase(letter.name)} <newsletter@{host}>",
        "To": TO,
        "Subject": issue.subject,
        "Date": format_datetime(issue.window.cutoff_at.astimezone(UTC)),
        "Message-ID": f"<{issue.id}.{digest[:20]}@{host}>",
        "List-Id": f"{_phrase(letter.name)} <{issue.edition}.{_label(letter.name)}.{host}>",
        **_unsubscribe(letter.unsubscribe),
    }
    for name, value in headers.items():
        _refuse_controls(name, value)
        try:
            message[name] = value
        except ValueError as exc:
            raise ConfigError(f"{name}: cannot be written ({exc})", where="message.eml") from exc
    if not message["From"].addresses or any(not a.domain for a in message["From"].addresses):
        raise ConfigError(
            f'[newsletter] sender: "{letter.sender}" is no address',
            where="digest.toml",
            hint='Write "Name <name@host>".',
        )
    message.set_content(text, charset="utf-8", cte="quoted-printable")
    message.add_alternative(html, subtype="html", charset="utf-8", cte="quoted-printable")
    message.set_boundary(f"={digest[20:52]}=")
    message["Content-Language"] = letter.language
    for part in message.iter_parts():
        del part["MIME-Version"]  # it belongs to the message, not to its parts
    # Header lines may be longer than those of a body: folded, some programs misread List-Unsubscribe.
    return message.as_bytes(policy=SMTP.clone(max_line_length=200))


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

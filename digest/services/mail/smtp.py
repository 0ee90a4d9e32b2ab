"""A test of message.eml by SMTP (RFC 5321), with STARTTLS or TLS (RFC 8314) and AUTH (RFC 4954).

It goes to the addresses that are named on the command line, one at a time, and never to a list.
"""

from __future__ import annotations

import re
import smtplib
import ssl
from base64 import b64encode
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime
from email.utils import format_datetime, make_msgid, parseaddr
from typing import ClassVar

from digest.errors import ConfigError, DeliveryUnknown, Refusal
from digest.services.base import Capabilities, Copy, Draft, Letter
from digest.services.mail.transport import MailService, is_ascii, plain_words

_MOST_ADDRESSES = 10


class Smtp(MailService[smtplib.SMTP]):
    """Mail tests; keep no drafts."""

    about: ClassVar[Capabilities] = Capabilities(
        title="SMTP",
        tests=True,
        updates=False,
        read_back="none",
        audience="none",
        needs_key=False,
        unsubscribe="the newsletter's own address",
        plan="a mail server",
    )
    schemes: ClassVar = {"smtp": (587, False), "smtps": (465, True)}
    hints: ClassVar[Mapping[Refusal, str]] = {
        "passing": "Try again in a while; nothing was mailed."
    }
    hint: ClassVar = "See whether the address is right and the server may send it."

    def check(self) -> str:
        """Sign in, and say where."""
        with self.session():
            return f"{self.server.host}:{self.server.port} takes our mail"

    def find(self, letter: Letter) -> Sequence[Draft]:
        """Return nothing: there are no drafts."""
        return ()

    def get(self, draft_id: str) -> Draft | None:
        """Return nothing: there are no drafts."""
        return None

    def create(self, letter: Letter) -> Draft:
        """Refuse: there are no drafts."""
        raise self.unable("keeps no drafts", "Name who gets a test: --test you@example.org.")

    def update(self, draft: Draft, letter: Letter) -> Draft:
        """Refuse: there are no drafts."""
        raise self.unable("keeps no drafts", "Name who gets a test: --test you@example.org.")

    def set_back(self, draft: Draft) -> None:
        """Do nothing: there are no drafts."""

    def read(self, draft: Draft) -> Copy | None:
        """Return nothing: there are no drafts."""
        return None

    def schedule(self, draft: Draft, letter: Letter, at: datetime) -> None:
        """Refuse: it only mails tests."""
        raise self.unable("only mails tests", "Choose another service with --to.")

    def test(self, draft: Draft, letter: Letter, addresses: Sequence[str]) -> None:
        """Mail the message to a few addresses, each on its own."""
        if len(addresses) > _MOST_ADDRESSES:
            raise self.unable(
                f"mails a test to {_MOST_ADDRESSES} addresses at most", "A list is not a test."
            )
        sender = self.settings.sender or letter.sender_address
        if not sender:
            raise ConfigError(
                "[newsletter] has no sender, and a mail needs one",
                where=self.settings.where,
                hint='Add sender = "The editors <editors@example.org>".',
            )
        mails = {to: addressed(letter, sender, to) for to in addresses}
        if all(self.is_rehearsed("MAIL", to, mail) for to, mail in mails.items()):
            return
        with self.session() as session:
            for address, mail in mails.items():
                with self.translated(is_handed_over=True):
                    session.sendmail(sender, [address], mail)

    # ------------------------------------------------------------ how

    def reach(self, host: str, port: int, tls: ssl.SSLContext | None) -> smtplib.SMTP:
        """Return a connection."""
        seconds = self.wire.timeout_seconds
        if tls is None:
            return smtplib.SMTP(host, port, timeout=seconds)
        return smtplib.SMTP_SSL(host, port, timeout=seconds, context=tls)

    def encrypt(self, session: smtplib.SMTP, tls: ssl.SSLContext) -> bool:
        """Turn to TLS by STARTTLS (RFC 3207)."""
        session.ehlo()
        if not session.has_extn("starttls"):
            return False
        session.starttls(context=tls)
        return True

    def sign_in(self, session: smtplib.SMTP) -> None:
        """Say who we are, where the server wants to know."""
        session.ehlo_or_helo_if_needed()
        if not self.secrets.key:
            return
        if is_ascii(self.secrets):
            session.login(self.secrets.user.reveal(), self.secrets.key.reveal())
            return
        code, words = session.docmd("AUTH PLAIN", b64encode(plain_words(self.secrets)).decode())
        if code != 235:
            raise smtplib.SMTPAuthenticationError(code, words)

    def hang_up(self, session: smtplib.SMTP) -> None:
        """Close the connection."""
        session.close()

    @contextmanager
    def translated(self, *, is_handed_over: bool = False) -> Iterator[None]:
        """Turn what smtplib raises into one vocabulary, without a secret in it."""
        try:
            yield
        except smtplib.SMTPServerDisconnected as exc:
            if is_handed_over:
                raise DeliveryUnknown(
                    f"{self.server.host} broke off: the test may or may not have been mailed",
                    hint="Look into the mailbox, then try again.",
                ) from None
            raise self.refused("passing", str(exc)) from None
        except smtplib.SMTPAuthenticationError as exc:
            raise self.refused("authentication", _said(exc.smtp_code, exc.smtp_error)) from None
        except smtplib.SMTPRecipientsRefused as exc:
            code, words = next(iter(exc.recipients.values()))
            raise self.refused(_kind(code), _said(code, words)) from None
        except smtplib.SMTPResponseException as exc:
            told = _said(exc.smtp_code, exc.smtp_error)
            raise self.refused(_kind(exc.smtp_code), told) from None
        except smtplib.SMTPException as exc:
            raise self.refused("unable", str(exc)) from None
        except OSError as exc:
            raise self.refused("passing", str(exc.strerror or exc)) from None


def addressed(letter: Letter, sender: str, address: str) -> bytes:
    """Return a letter's message as it is mailed now to one address, with our key.

    It gets an id and a date of its own: mail programs show one of two mails with one id only, and
    sort a test of an issue of last week below what came since.
    """
    head, gap, body = letter.message.partition(b"\r\n\r\n")
    domain = parseaddr(sender)[1].rpartition("@")[2]
    ours = {
        "To": address,
        "Date": format_datetime(datetime.now(UTC)),
        "Message-ID": make_msgid(idstring=letter.key, domain=domain),
    }
    for name, value in ours.items():
        line = re.compile(rf"(?mi)^{name}: .*(?:\r\n[ \t].*)*\r\n".encode())
        head = line.sub(b"", head + b"\r\n").removesuffix(b"\r\n")
        head += f"\r\n{name}: {value}".encode()
    return f"X-Digest-Key: {letter.key}\r\n".encode() + head + gap + body


def _said(code: int, words: bytes | str) -> str:
    """Return the server's words with its code, in which an enhanced one may stand (RFC 3463)."""
    text = words.decode("utf-8", "replace") if isinstance(words, bytes) else words
    return f"{code} {' '.join(text.split())}"


def _kind(code: int) -> Refusal:
    if code in (530, 534, 535, 538):
        return "authentication"
    if code in (450, 451, 452):
        return "rate limit"
    return "passing" if code < 500 else "validation"

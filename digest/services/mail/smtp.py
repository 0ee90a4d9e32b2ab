"""A test of message.eml by SMTP (RFC 5321), with STARTTLS or TLS (RFC 8314) and AUTH (RFC 4954).

It goes to the addresses that are named on the command line, one at a time, and never to a list.
"""

from __future__ import annotations

import re
import smtplib
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import datetime
from typing import Any, ClassVar

from digest.errors import ConfigError, DeliveryUnknown, Refusal, ServiceError
from digest.services.access import Secrets, Wire
from digest.services.base import Capabilities, Copy, Draft, Letter, Settings
from digest.services.mail.transport import context, server

_SCHEMES = {"smtp": (587, False), "smtps": (465, True)}
_MOST_ADDRESSES = 10


class Smtp:
    """Mail tests; keep no drafts."""

    about: ClassVar[Capabilities] = Capabilities(
        title="SMTP",
        tests=True,
        updates=False,
        read_back="none",
        audience="none",
        needs_key=False,
        needs_sender=True,
        unsubscribe="the newsletter's own address",
        plan="a mail server",
    )
    rehearsed: ClassVar[Mapping[str, Any]] = {}

    def __init__(self, settings: Settings, secrets: Secrets, wire: Wire) -> None:
        self.settings, self.secrets, self.wire = settings, secrets, wire
        self.server = server(settings, _SCHEMES)

    def check(self) -> str:
        """Sign in, and say where."""
        with self._session():
            return f"{self.server.host}:{self.server.port} takes our mail"

    def find(self, letter: Letter) -> Sequence[Draft]:
        """Return nothing: there are no drafts."""
        return ()

    def get(self, draft_id: str) -> Draft | None:
        """Return nothing: there are no drafts."""
        return None

    def create(self, letter: Letter) -> Draft:
        """Refuse: there are no drafts."""
        raise self._unable("keeps no drafts", "Name who gets a test: --test you@example.org.")

    def update(self, draft: Draft, letter: Letter) -> Draft:
        """Refuse: there are no drafts."""
        raise self._unable("keeps no drafts", "Name who gets a test: --test you@example.org.")

    def set_back(self, draft: Draft) -> None:
        """Do nothing: there are no drafts."""

    def read(self, draft: Draft) -> Copy | None:
        """Return nothing: there are no drafts."""
        return None

    def schedule(self, draft: Draft, letter: Letter, at: datetime) -> None:
        """Refuse: it only mails tests."""
        raise self._unable("only mails tests", "Choose another service with --to.")

    def test(self, draft: Draft, letter: Letter, addresses: Sequence[str]) -> None:
        """Mail the message to a few addresses, each on its own."""
        if len(addresses) > _MOST_ADDRESSES:
            raise self._unable(
                f"mails a test to {_MOST_ADDRESSES} addresses at most", "A list is not a test."
            )
        if self.wire.rehearsal is not None:
            return
        sender = self.settings.sender or letter.sender_address
        if not sender:
            raise ConfigError(
                "[newsletter] has no sender, and a mail needs one",
                where=self.settings.where,
                hint='Add sender = "The editors <editors@example.org>".',
            )
        with self._session() as session:
            for address in addresses:
                self._mail(session, sender, address, letter)

    def _mail(self, session: smtplib.SMTP, sender: str, address: str, letter: Letter) -> None:
        with self._translated(is_handed_over=True):
            session.sendmail(sender, [address], addressed(letter.message, address, letter.key))

    @contextmanager
    def _session(self) -> Iterator[smtplib.SMTP]:
        session: smtplib.SMTP | None = None
        try:
            with self._translated():
                session = self._connected()
            yield session
        finally:
            if session is not None:
                session.close()

    def _connected(self) -> smtplib.SMTP:
        host, port, seconds = self.server.host, self.server.port, self.wire.timeout_seconds
        session: smtplib.SMTP
        if self.server.is_wrapped:
            tls = context(self.settings)
            session = smtplib.SMTP_SSL(host, port, timeout=seconds, context=tls)
        else:
            session = smtplib.SMTP(host, port, timeout=seconds)
        try:
            self._sign_in(session)
        except BaseException:
            session.close()
            raise
        return session

    def _sign_in(self, session: smtplib.SMTP) -> None:
        session.ehlo()
        if not self.server.is_wrapped:
            self._encrypt(session)
        if self.secrets.key:
            session.login(self.secrets.user.reveal(), self.secrets.key.reveal())

    def _encrypt(self, session: smtplib.SMTP) -> None:
        if session.has_extn("starttls"):
            session.starttls(context=context(self.settings))
            session.ehlo()
        elif not self.server.is_local:
            raise ServiceError(
                f"{self.server.host} offers no encryption",
                kind="unable",
                where=self.settings.url,
                hint="Use smtps://, or another server.",
            )

    @contextmanager
    def _translated(self, *, is_handed_over: bool = False) -> Iterator[None]:
        """Turn what smtplib raises into one vocabulary, without a secret in it."""
        try:
            yield
        except smtplib.SMTPServerDisconnected as exc:
            if is_handed_over:
                raise DeliveryUnknown(
                    f"{self.server.host} broke off: the test may or may not have been mailed",
                    hint="Look into the mailbox, then try again.",
                ) from None
            raise self._refused("passing", str(exc)) from None
        except smtplib.SMTPAuthenticationError as exc:
            raise self._refused("authentication", _said(exc.smtp_code, exc.smtp_error)) from None
        except smtplib.SMTPRecipientsRefused as exc:
            code, words = next(iter(exc.recipients.values()))
            raise self._refused(_kind(code), _said(code, words)) from None
        except smtplib.SMTPResponseException as exc:
            told = _said(exc.smtp_code, exc.smtp_error)
            raise self._refused(_kind(exc.smtp_code), told) from None
        except smtplib.SMTPException as exc:
            raise self._refused("unable", str(exc)) from None
        except OSError as exc:
            raise self._refused("passing", str(exc.strerror or exc)) from None

    def _refused(self, kind: Refusal, words: str) -> ServiceError:
        hints: dict[Refusal, str] = {
            "authentication": "See whether user_env and key_env name what the server wants.",
            "passing": "Try again in a while; nothing was mailed.",
        }
        return ServiceError(
            f"smtp: {self.secrets.mask(words)}",
            kind=kind,
            where=f"{self.server.host}:{self.server.port}",
            hint=hints.get(kind, "See whether the address is right and the server may send it."),
        )

    def _unable(self, what: str, hint: str) -> ServiceError:
        return ServiceError(f"smtp {what}", kind="unable", hint=hint)


def addressed(message: bytes, address: str, key: str) -> bytes:
    """Return a message with its placeholder for the reader filled in, and with our key."""
    filled = re.sub(rb"(?m)^To: .*$\r?\n?", f"To: {address}\r\n".encode(), message, count=1)
    return f"X-Digest-Key: {key}\r\n".encode() + filled


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

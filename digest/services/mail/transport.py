"""What SMTP and IMAP have in common.

An address such as `smtps://host:465`, TLS, signing in, and plain words for what is refused.
"""

from __future__ import annotations

import ssl
from abc import ABC, abstractmethod
from collections.abc import Iterator, Mapping
from contextlib import AbstractContextManager, contextmanager
from typing import Any, ClassVar, Final, Generic, TypeVar
from urllib.parse import urlsplit

from digest.errors import ConfigError, Refusal, ServiceError
from digest.models import Value
from digest.services.access import Request, Secrets, Wire
from digest.services.base import Settings

Session = TypeVar("Session")

_WRONG_KEY: Final = "See whether user_env and key_env name what the server wants."
_LOCAL = frozenset({"localhost", "127.0.0.1", "::1"})


class Server(Value):
    """Hold where a mail server is; `is_wrapped` in TLS from the first byte, else by STARTTLS."""

    host: str
    port: int
    is_wrapped: bool

    @property
    def is_local(self) -> bool:
        """Tell whether it is this machine, to which alone we speak without TLS if it has none."""
        return self.host in _LOCAL


def plain_words(secrets: Secrets) -> bytes:
    """Return who we are as the mechanism PLAIN has it, in UTF-8 (RFC 4616).

    The libraries' own way of signing in knows ASCII only.
    """
    return f"\0{secrets.user.reveal()}\0{secrets.key.reveal()}".encode()


def is_ascii(secrets: Secrets) -> bool:
    """Tell whether user and key are of ASCII only."""
    return (secrets.user.reveal() + secrets.key.reveal()).isascii()


def server(settings: Settings, schemes: dict[str, tuple[int, bool]]) -> Server:
    """Return the server that `url` names; `schemes` maps each to its port and whether TLS wraps it.

    Raises:
        ConfigError: if it names none.
    """
    parts = urlsplit(settings.url)
    known = ", ".join(f"{scheme}://" for scheme in schemes)
    try:
        port = parts.port
    except ValueError:
        port = 0
    if parts.scheme not in schemes or not parts.hostname or port == 0:
        raise ConfigError(
            f"[service.{settings.name}] url: names no mail server",
            where=settings.where,
            hint=f'Write url = "{next(iter(schemes))}://mail.example.org"; there are {known}.',
        )
    usual, is_wrapped = schemes[parts.scheme]
    return Server(host=parts.hostname, port=port or usual, is_wrapped=is_wrapped)


def context(settings: Settings) -> ssl.SSLContext:
    """Return how TLS is spoken: certificates are checked, against `ca_file` too where it is named.

    Raises:
        ConfigError: if that file cannot be read.
    """
    made = ssl.create_default_context()
    extra = settings.options.get("ca_file")
    if extra:
        try:
            made.load_verify_locations(extra)
        except (OSError, ssl.SSLError) as exc:
            raise ConfigError(
                f"[service.{settings.name}] ca_file: cannot be read ({exc})",
                where=settings.where,
                hint="Name a file of certificates in PEM form.",
            ) from exc
    return made


class MailService(ABC, Generic[Session]):
    """Hold how one mail server is reached; a module adds what its protocol is like.

    schemes: the port of each scheme, and whether TLS wraps it. hints: the next step for each kind
    of refusal. hint: the next step for all others.
    """

    schemes: ClassVar[dict[str, tuple[int, bool]]]
    hints: ClassVar[Mapping[Refusal, str]]
    hint: ClassVar[str]
    rehearsed: ClassVar[Mapping[str, Any]] = {}

    def __init__(self, settings: Settings, secrets: Secrets, wire: Wire) -> None:
        self.settings, self.secrets, self.wire = settings, secrets, wire
        self.server = server(settings, self.schemes)

    @abstractmethod
    def reach(self, host: str, port: int, tls: ssl.SSLContext | None) -> Session:
        """Return a connection, in TLS from the first byte if `tls` is given."""

    @abstractmethod
    def encrypt(self, session: Session, tls: ssl.SSLContext) -> bool:
        """Turn to TLS amid a connection; return False if the server does not offer it."""

    @abstractmethod
    def sign_in(self, session: Session) -> None:
        """Say who we are."""

    @abstractmethod
    def hang_up(self, session: Session) -> None:
        """Close the connection, whatever state it is in."""

    @abstractmethod
    def translated(self) -> AbstractContextManager[None]:
        """Turn what the protocol's library raises into one vocabulary, without a secret in it."""

    @contextmanager
    def session(self) -> Iterator[Session]:
        """Yield a connection that is signed in."""
        opened: Session | None = None
        try:
            with self.translated():
                opened = self._reached()
                self.sign_in(opened)
            yield opened
        finally:
            if opened is not None:
                self.hang_up(opened)

    def _reached(self) -> Session:
        """Return a connection that nobody can listen to."""
        tls = context(self.settings)
        if self.server.is_wrapped:
            return self.reach(self.server.host, self.server.port, tls)
        opened = self.reach(self.server.host, self.server.port, None)
        try:
            if not self.encrypt(opened, tls) and not self.server.is_local:
                raise self.refused("unable", "the server offers no encryption")
        except BaseException:
            self.hang_up(opened)
            raise
        return opened

    def is_rehearsed(self, verb: str, place: str, message: bytes) -> bool:
        """Tell whether this is a rehearsal; what would be said is kept among its requests."""
        kept = self.wire.rehearsal
        if kept is None:
            return False
        scheme = urlsplit(self.settings.url).scheme
        url = f"{scheme}://{self.server.host}:{self.server.port}/{place}"
        kept.append(Request(method=verb, url=url, body=message.decode("utf-8", "replace")))
        return True

    def refused(self, kind: Refusal, words: str) -> ServiceError:
        """Return the error for what the server refused, in its words and without a secret."""
        hints = {"authentication": _WRONG_KEY, **self.hints}
        return ServiceError(
            f"{self.settings.name}: {self.secrets.mask(words)}",
            kind=kind,
            where=f"{self.server.host}:{self.server.port}",
            hint=hints.get(kind, self.hint),
        )

    def unable(self, what: str, hint: str) -> ServiceError:
        """Return the error for what the protocol has no way of doing."""
        return ServiceError(f"{self.settings.name} {what}", kind="unable", hint=hint)

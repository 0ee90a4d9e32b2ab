"""What SMTP and IMAP have in common.

An address such as `smtps://host:465`, TLS, and plain words.
"""

from __future__ import annotations

import ssl
from urllib.parse import urlsplit

from digest.errors import ConfigError
from digest.models import Value
from digest.services.base import Settings

_LOCAL = frozenset({"localhost", "127.0.0.1", "::1"})


class Server(Value, frozen=True):
    """Hold where a mail server is; `is_wrapped` in TLS from the first byte, else by STARTTLS."""

    host: str
    port: int
    is_wrapped: bool

    @property
    def is_local(self) -> bool:
        """Tell whether it is this machine, to which alone we speak without TLS if it has none."""
        return self.host in _LOCAL


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

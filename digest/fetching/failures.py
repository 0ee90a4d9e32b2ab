"""What can go wrong in an exchange: the network's errors in our words, and whether to try again."""

from __future__ import annotations

import email.utils
import socket
import ssl
import zlib
from collections.abc import Mapping
from datetime import UTC, datetime

import httpcore2

from digest.errors import (
    AddressRefused,
    FetchError,
    HttpStatusError,
    TimedOut,
    TooLarge,
    Unanswered,
)

BROKEN = (
    httpcore2.TimeoutException,
    httpcore2.NetworkError,
    httpcore2.RemoteProtocolError,
    OSError,
    zlib.error,
)
RETRIED = frozenset({429, 500, 502, 503, 504})

_PHRASES = {
    304: ' ("not modified", to a first request)',
    401: " (it asks for a password)",
    403: " (it refuses)",
    404: " (there is no such page)",
    410: " (the page is gone)",
    429: " (too many requests)",
    500: " (an error of its own)",
    503: " (it is out of service for now)",
}


def translated(exc: Exception, *, where: str, host: str, seconds: float) -> FetchError:
    """Return our error for one of the network's, in words an editor understands."""
    cause = _cause(exc)
    if isinstance(exc, TimeoutError | httpcore2.TimeoutException):
        return TimedOut(f"no complete answer within {seconds:g} seconds", where=where)
    if isinstance(cause, socket.gaierror):
        return FetchError(
            f"the host {host} cannot be found", where=where, hint="Is it spelt right?"
        )
    if isinstance(cause, ssl.SSLCertVerificationError):
        return FetchError(f"its certificate is not valid ({cause.verify_message})", where=where)
    if isinstance(cause, ssl.SSLError):
        return FetchError(
            "no secure connection could be made", where=where, hint="Is it an http:// address?"
        )
    if isinstance(cause, ConnectionRefusedError):
        return FetchError("nothing answers there (connection refused)", where=where)
    if isinstance(exc, zlib.error):
        return FetchError("the answer is damaged and cannot be unpacked", where=where)
    return FetchError(f"the connection broke off ({cause})", where=where)


def unanswered(failure: FetchError) -> Unanswered:
    """Return the error of an exchange that failed after its request had gone out."""
    return Unanswered(failure.message, where=failure.where, hint=failure.hint)


def _cause(exc: BaseException | None) -> BaseException | None:
    """Return the system's own error, which httpcore2 hands on as the argument of its own."""
    inner = exc.args[0] if exc is not None and exc.args else None
    return inner if isinstance(inner, OSError) else exc


def refused(status: int, *, where: str, body: bytes, headers: dict[str, str]) -> HttpStatusError:
    """Return the error for an answer that is no success."""
    message = f"the site answered {status}{_PHRASES.get(status, '')}"
    return HttpStatusError(message, status=status, where=where, body=body, headers=headers)


def pause(exc: FetchError, backoff: float) -> float | None:
    """Return how long to wait before another attempt, in seconds; None if none would help."""
    if isinstance(exc, HttpStatusError):
        return max(backoff, retry_after(exc.headers)) if exc.status in RETRIED else None
    cause = _cause(exc.__cause__)
    if isinstance(cause, socket.gaierror):
        return backoff if cause.errno == socket.EAI_AGAIN else None
    lasting = isinstance(exc, AddressRefused | TooLarge | TimedOut) or isinstance(
        cause, zlib.error | ssl.SSLError
    )
    return backoff if isinstance(cause, BROKEN) and not lasting else None


def retry_after(headers: Mapping[str, str]) -> float:
    """Return the seconds a site asks us to wait, which it says in seconds or as a date; else 0."""
    said = headers.get("retry-after", "").strip()
    if said.isascii() and said.isdecimal():
        return float(said)
    try:
        moment = email.utils.parsedate_to_datetime(said)
        moment = moment if moment.tzinfo else moment.replace(tzinfo=UTC)
        return max(0.0, (moment - datetime.now(UTC)).total_seconds())
    except (ValueError, OverflowError, TypeError, IndexError):  # what is no date is no wish
        return 0.0

"""Asks DNS for the texts of a name; dnspython lives in this module alone.

Answers come from the machine's own resolvers. A name that has no text is no error.
"""

from __future__ import annotations

from digest.errors import FetchError, TimedOut


def texts(name: str, *, timeout_seconds: float = 5.0) -> tuple[str, ...]:
    """Return the TXT records of a name, the pieces of each joined (RFC 7208, 3.3).

    Raises:
        TimedOut: if no resolver answered in time.
        FetchError: if there is no resolver, or none would answer.
    """
    import dns.exception
    import dns.resolver

    try:
        answer = dns.resolver.resolve(name, "TXT", lifetime=timeout_seconds)
    except (dns.resolver.NXDOMAIN, dns.resolver.NoAnswer):
        return ()
    except dns.resolver.LifetimeTimeout as exc:
        raise TimedOut("no resolver answered in time", where=name) from exc
    except (dns.exception.DNSException, OSError, UnicodeError) as exc:
        raise FetchError(f"DNS cannot be asked ({exc})", where=name) from exc
    return tuple(b"".join(record.strings).decode("utf-8", "replace") for record in answer)

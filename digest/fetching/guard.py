"""Connections to checked addresses only, and only for as long as the exchange may take.

A name is looked up once and the connection goes to the very address that was checked, so a name
server that answers differently the second time wins nothing. Refuses to use the system's proxies.
"""

from __future__ import annotations

import ipaddress
import queue
import socket
import ssl
import threading
import time
from collections.abc import Iterable
from contextvars import ContextVar
from typing import Any

import httpcore2

from digest.errors import AddressRefused
from digest.fetching.registries import (
    IPV4_SPECIAL,
    IPV6_SPECIAL,
    IPV6_TRANSLATED,
    IPV6_UNICAST,
)

deadline: ContextVar[float] = ContextVar("deadline")


def remaining() -> float:
    """Return the seconds left of this thread's exchange.

    Raises:
        TimeoutError: if none are left.
    """
    seconds = deadline.get() - time.monotonic()
    if seconds <= 0:
        raise TimeoutError
    return seconds


def is_public(address: str) -> bool:
    """Tell whether an IP address is of the public internet, and any IPv4 address inside it too.

    One behind a translator is as public as the IPv4 address it leads to (RFC 6052); 6to4, whose
    relays are gone (RFC 7526), never is.

    >>> [is_public(a) for a in ("9.9.9.9", "10.0.0.1", "::ffff:127.0.0.1", "2002:7f00:1::")]
    [True, False, False, False]
    """
    ip = _parsed(address)
    if isinstance(ip, ipaddress.IPv4Address):
        return not any(ip in block for block in IPV4_SPECIAL)
    inner = _within(ip)
    if inner is not None and not ip.sixtofour:
        return is_public(str(inner))
    return ip in IPV6_UNICAST and not any(ip in block for block in IPV6_SPECIAL)


def is_link_local(address: str) -> bool:
    """Tell whether an IP address means "this very wire", where clouds answer with a machine's keys.

    >>> tuple(map(is_link_local, ("169.254.169.254", "::ffff:169.254.1.1", "10.0.0.1")))
    (True, True, False)
    """
    ip = _parsed(address)
    inner = _within(ip) if isinstance(ip, ipaddress.IPv6Address) else None
    return (inner or ip).is_link_local


def _parsed(address: str) -> ipaddress.IPv4Address | ipaddress.IPv6Address:
    return ipaddress.ip_address(address.partition("%")[0])  # without the name of a wire


def _within(ip: ipaddress.IPv6Address) -> ipaddress.IPv4Address | None:
    """Return the IPv4 address that an IPv6 one leads to, if it is of a kind that does."""
    if ip in IPV6_TRANSLATED:
        return ipaddress.IPv4Address(ip.packed[-4:])
    return ip.ipv4_mapped or ip.sixtofour


class GuardedBackend(httpcore2.NetworkBackend):
    """Connect to public addresses, and to the private ones of hosts allowed by name."""

    def __init__(self, allowed: frozenset[str]) -> None:
        self._allowed = allowed

    def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,
        local_address: str | None = None,
        socket_options: Iterable[Any] | None = None,
    ) -> httpcore2.NetworkStream:
        """Return a connection to the host.

        Raises:
            AddressRefused: if all its addresses are private and it was not allowed.
            TimeoutError: if the exchange's time is up.
            OSError: if there is no such host, or nothing answers.
        """
        addresses = _off_this_wire(host, _looked_up(host, port))
        if not self._allowed & {host, f"{host}:{port}", f"[{host}]", f"[{host}]:{port}"}:
            addresses = _public(host, addresses)
        return _connected(addresses, port, socket_options)


def _public(host: str, addresses: list[str]) -> list[str]:
    public = [address for address in addresses if is_public(address)]
    if public:
        return public
    raise AddressRefused(
        f"{host} is at a private address ({addresses[0]}), and those are not asked unless allowed",
        hint=f'If you trust it, allow it in digest.toml: [fetching] allow_private = ["{host}"]',
    )


def _off_this_wire(host: str, addresses: list[str]) -> list[str]:
    """Return the addresses that are not link-local.

    Nobody's blog is there, whoever allows the name.
    """
    far = [address for address in addresses if not is_link_local(address)]
    if far:
        return far
    raise AddressRefused(
        f"{host} is at a link-local address ({addresses[0]}), and those are never asked",
        hint="Name the host that the site is really on.",
    )


def _looked_up(host: str, port: int) -> list[str]:
    """Return a host's addresses; in a thread, since the system's resolver knows no deadline."""
    answer: queue.SimpleQueue[Any] = queue.SimpleQueue()

    def look_up() -> None:
        try:
            answer.put(socket.getaddrinfo(host, port, type=socket.SOCK_STREAM))
        except Exception as exc:  # noqa: BLE001 -- raised again by who waits for it
            answer.put(exc)

    threading.Thread(target=look_up, daemon=True).start()
    try:
        found = answer.get(timeout=remaining())
    except queue.Empty:
        raise TimeoutError from None
    if isinstance(found, UnicodeError):
        raise socket.gaierror(socket.EAI_NONAME, "not a host name") from found
    if isinstance(found, Exception):
        raise found
    return list(dict.fromkeys(str(entry[4][0]) for entry in found))


def _connected(
    addresses: list[str], port: int, options: Iterable[Any] | None
) -> httpcore2.NetworkStream:
    """Return a connection to the first address that answers.

    Each has an equal share of the time.
    """
    backend = httpcore2.SyncBackend()
    for left in range(len(addresses), 0, -1):
        try:
            share = remaining() / left
            return TimedStream(backend.connect_tcp(addresses[-left], port, share, None, options))
        except (httpcore2.ConnectError, httpcore2.ConnectTimeout):
            if left == 1:
                raise
    raise AssertionError("a host that was found has an address")


class TimedStream(httpcore2.NetworkStream):
    """Pass bytes on, giving each step only what is left of the whole exchange's time.

    A limit per read would let a server that sends a byte a second hold us for ever.
    """

    def __init__(self, inner: httpcore2.NetworkStream) -> None:
        self._inner = inner

    def read(self, max_bytes: int, timeout: float | None = None) -> bytes:
        """Return what has arrived."""
        return self._inner.read(max_bytes, remaining())

    def write(self, buffer: bytes, timeout: float | None = None) -> None:
        """Send bytes."""
        self._inner.write(buffer, remaining())

    def close(self) -> None:
        """Close the connection."""
        self._inner.close()

    def start_tls(
        self,
        ssl_context: ssl.SSLContext,
        server_hostname: str | None = None,
        timeout: float | None = None,
    ) -> httpcore2.NetworkStream:
        """Return the same connection, encrypted.

        `server_hostname` is the name that was asked for.
        """
        return TimedStream(self._inner.start_tls(ssl_context, server_hostname, remaining()))

    def get_extra_info(self, info: str) -> Any:
        """Return what the connection knows of itself."""
        return self._inner.get_extra_info(info)

"""The special-purpose addresses of IANA's registries: what is not the public internet.

Data, not code, so that the guard does not hang on which version of Python's `ipaddress` runs it.
Sources: https://www.iana.org/assignments/iana-ipv4-special-registry and
https://www.iana.org/assignments/iana-ipv6-special-registry, as of 2025-10-09; and multicast, RFC
5771 and RFC 4291. Listed are all blocks, also those the registries call globally reachable: nobody
writes a blog there. Left out is only what `IPV6_UNICAST` leaves out anyhow, and `IPV6_TRANSLATED`,
which networks without IPv4 need.
"""

from __future__ import annotations

from ipaddress import IPv4Network, IPv6Network
from typing import Final

IPV4_SPECIAL: Final = tuple(
    map(
        IPv4Network,
        (
            "0.0.0.0/8",  # this network, RFC 791
            "10.0.0.0/8",  # private use, RFC 1918
            "100.64.0.0/10",  # carriers' own, RFC 6598
            "127.0.0.0/8",  # loopback, RFC 1122
            "169.254.0.0/16",  # link-local, RFC 3927: clouds answer there with their keys
            "172.16.0.0/12",  # private use, RFC 1918
            "192.0.0.0/24",  # protocol assignments, RFC 6890
            "192.0.2.0/24",  # documentation, RFC 5737
            "192.31.196.0/24",  # AS112, RFC 7535: a sink for stray questions
            "192.52.193.0/24",  # AMT, RFC 7450
            "192.88.99.0/24",  # 6to4 relays, deprecated by RFC 7526
            "192.168.0.0/16",  # private use, RFC 1918
            "192.175.48.0/24",  # AS112, RFC 7534
            "198.18.0.0/15",  # benchmarks, RFC 2544
            "198.51.100.0/24",  # documentation, RFC 5737
            "203.0.113.0/24",  # documentation, RFC 5737
            "224.0.0.0/4",  # multicast, RFC 5771
            "240.0.0.0/4",  # reserved, RFC 1112, and the broadcast address, RFC 919
        ),
    )
)

IPV6_UNICAST: Final = IPv6Network("2000::/3")
"""All that was ever given out; what lies outside is local, reserved or multicast."""

IPV6_SPECIAL: Final = tuple(
    map(
        IPv6Network,
        (
            "2001::/23",  # protocol assignments, RFC 2928: Teredo, benchmarks, ORCHID and others
            "2001:db8::/32",  # documentation, RFC 3849
            "2002::/16",  # 6to4, RFC 3056: neither reachable nor not, and its relays are gone
            "2620:4f:8000::/48",  # AS112, RFC 7534
            "3fff::/20",  # documentation, RFC 9637
        ),
    )
)

IPV6_TRANSLATED: Final = IPv6Network("64:ff9b::/96")
"""IPv4 behind a translator, RFC 6052: as public as the IPv4 address in its last four bytes."""

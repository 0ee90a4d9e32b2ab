"""How the address of a link is written: what nobody can follow, and what was probably meant.

Only the form is judged; whether anybody is there is asked elsewhere.
"""

from __future__ import annotations

import re
from typing import Final, NamedTuple
from urllib.parse import unquote

from digest.lazy import regex
from digest.nearest import nearest

# The ways in which services write merge tags; what they lead to nobody knows before the sending.
_TAG: Final = regex(
    r"\{\{|\{%|\*\||%%\{|\{\$|\[\[|%[A-Z][A-Z-]{3,}%|\{[a-z]+[._][\w.]+\}|\[unsubscribe\]|<%|\$\{"
)
_SCHEME: Final = regex(r"([A-Za-z][A-Za-z0-9+.-]*):(.*)", re.DOTALL)
_SCHEMES: Final = ("http", "https", "mailto", "tel", "sms")
_TORN: Final = regex(r"(https?)(?:[:;.,]?/{1,3}|[;.,]/*|:(?!/))(?=[\w-]+\.)", re.I)
_HOST: Final = regex(r"//(?:[^/?#@]*@)?([^/?#]*)")
_MAILBOX: Final = regex(r"[^\s@,;:/<>()]+@[^\s@,;:/<>().]+(?:\.[^\s@,;:/<>().]+)+")
_NUMBER: Final = regex(r"\+?[\d().\s*#,-]*\d[\d().\s*#,-]*(?:;.*)?")
_BARE_HOST: Final = regex(
    r"(?:www\.|(?:[\w-]+\.)+(?:com|org|net|eu|io|info|[a-z]{2})(?:[/?#:]|$))", re.I
)
_IN_NO_HOST: Final = frozenset(" ,;\"'<>%|\\^`{}")


def is_tag(address: str) -> bool:
    """Tell whether an address is, or begins with, a service's merge tag."""
    return bool(_TAG.search(address))


class Slip(NamedTuple):
    """Hold what is wrong with an address, and what to write instead."""

    wrong: str
    write: str


def misspelt(address: str) -> Slip | None:
    """Return what is wrong with the form of an address; None if nothing is.

    >>> misspelt("htpps://a.example/")
    Slip(wrong='there is no scheme htpps', write='https:')
    >>> misspelt("mailto:ann@@a.example")
    Slip(wrong='"ann@@a.example" is no mail address', write='name@host.example')
    >>> misspelt("https://a.example/x"), misspelt("/about"), misspelt("{{ unsubscribe }}")
    (None, None, None)
    """
    address = address.strip()
    if is_tag(address):
        return None
    torn = _TORN.match(address)
    if torn and torn[0].lower() != (written := f"{torn[1].lower()}://"):
        return Slip("two slashes follow the scheme", written)
    parted = _SCHEME.match(address)
    if parted is None:
        return _without_scheme(address)
    scheme, rest = parted[1].lower(), parted[2]
    if scheme in ("http", "https"):
        return _of_the_web(rest)
    if scheme == "mailto":
        return _of_mail(rest)
    if scheme in ("tel", "sms"):
        return _of_a_telephone(unquote(rest.partition("?")[0]))
    # "localhost.example:8000/x" has no scheme, though it looks like one
    meant = nearest(scheme, _SCHEMES) if "." not in scheme else None
    return Slip(f"there is no scheme {parted[1]}", f"{meant}:") if meant else None


def _without_scheme(address: str) -> Slip | None:
    if address.startswith("//"):
        return Slip("it has no scheme", "https: before it")
    if _MAILBOX.fullmatch(address):
        return Slip("it has no scheme", "mailto: before it")
    is_host = _BARE_HOST.match(address)
    return Slip("it has no scheme", "https:// before it") if is_host else None


def _of_the_web(rest: str) -> Slip | None:
    found = _HOST.match(rest)
    host = found[1] if found else ""
    if not host:
        return Slip("there is no host behind the scheme", "https://host.example/")
    # an address of IPv6 holds colons itself
    name, _, port = (host, "", "") if host.startswith("[") else host.partition(":")
    if name.lower() in ("http", "https"):
        return Slip("the scheme stands there twice", "it once")
    if port and not port.isdecimal():
        return Slip(f'"{port}" is no port', "digits, or a / before it")
    is_host = all(name.rstrip(".").split(".")) and not _IN_NO_HOST & set(name)
    return None if is_host else Slip(f'"{host}" is no host', "it as host.example")


def _of_mail(rest: str) -> Slip | None:
    to, _, more = rest.partition("?")
    if not to and more:
        return None  # whoever follows it fills in the reader
    wrong = (one for one in unquote(to).split(",") if not _MAILBOX.fullmatch(one))
    one = next(wrong, None)
    return None if one is None else Slip(f'"{one}" is no mail address', "name@host.example")


def _of_a_telephone(number: str) -> Slip | None:
    if _NUMBER.fullmatch(number):
        return None
    return Slip(f'"{number}" is no number', "digits, such as +31201234567")

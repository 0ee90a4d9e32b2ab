"""Owns what makes two web addresses the same page, and how an address is written where it is shown.

The canonical form recognises and finds posts; it is for comparing only, never for a link somebody
will follow. The written form is for links and pictures only, never for comparing. Nothing is
fetched or followed.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from contextlib import suppress
from urllib.parse import parse_qsl, quote, unquote, urlencode, urljoin, urlsplit, urlunsplit

from digest.lazy import regex

_PLAIN = regex(r"https?://(?:www\.)?([a-z0-9.-]*[a-z0-9])((?:/[A-Za-z0-9_~-][A-Za-z0-9._~-]*)+)/?")
_INDEX = regex(r"/index\.(html?|php)$", re.I)
_TRACKING = regex(
    r"utm_\w+|fbclid|gclid|dclid|msclkid|yclid|igshid|mc_[ce]id|mkt_tok|_hsenc|_hsmi", re.I
)
_NO_PLACE = regex(r"utm_|xtor=|:~:|comments?$|respond$|top$|$", re.I)
_FORBIDDEN = regex(r'[\x00-\x20"<>\\^`{|}\x7f]')
# What nearly all addresses are, in which there is nothing to resolve or to mend.
_WHOLE = regex(r"https?://[A-Za-z0-9.-]+(?:/[A-Za-z0-9._~/?&=#%+-]*+)?")

# A file or page of the base's own site, in which there is nothing to mend either.
_SITE = regex(r"(https?://[A-Za-z0-9.-]+)(?:/|\Z)")
_FROM_ROOT = regex(r"(?:/[A-Za-z0-9_~-][A-Za-z0-9._~-]*+)+")
_NOTHING = regex(r"[\t\r\n]")
_AROUND = "".join(map(chr, range(0x21)))
_HAS_PATH = regex(r"https?:[\\/]|[^:]*$|[^:?#]*[/\\?#]", re.I)
_NOT_ASCII = regex(r"[^\x00-\x7e]")
_BRACKETS = regex(r"[\[\]]")
_UP_TO_HOST = regex(r"[a-z][a-z0-9+.-]*://[^/?#\\]*", re.I)
_DEFAULT_PORTS = {"http": 80, "https": 443}


def canonical(url: str) -> str:
    """Return the form in which addresses are compared, without scheme.

    What does not count: http or https, `www.`, case of the host, a default port, a trailing slash
    or index file, tracking parameters (`utm_*`, `fbclid`, …), the order of parameters, needless
    percent-encoding, and fragments that name no post (`#comments`). A path's case and any other
    fragment count: one-page blogs tell their posts apart by nothing else.

    >>> canonical("http://www.Garden.example:80/2026/tulips/?utm_source=feed#comments")
    'garden.example/2026/tulips'
    >>> canonical("https://garden.example/?p=7") == canonical("https://garden.example/?p=8")
    False
    """
    url = url.strip()
    if (plain := _PLAIN.fullmatch(url)) and not _INDEX.search(plain[2]):
        return plain[1] + plain[2]
    try:
        parts = urlsplit(url)
        host, port = _host(parts.hostname or ""), parts.port
    except ValueError:
        return url
    if parts.scheme.lower() not in _DEFAULT_PORTS or not host:
        return url
    if port and port != _DEFAULT_PORTS[parts.scheme.lower()]:
        host = f"{host}:{port}"
    path = _INDEX.sub("", quote(unquote(parts.path), safe="/~!$&'()*+,;=:@")).rstrip("/")
    query = _query(parts.query)
    fragment = "" if _NO_PLACE.match(parts.fragment) else f"#{parts.fragment}"
    return f"{host}{path}{f'?{query}' if query else ''}{fragment}"


def ascii_host(host: str) -> str:
    """Return a host's name as DNS writes it: "xn--bcher-kva.example" of "bücher.example".

    As browsers do it, where "straße" is not "strasse"; a name that only the older form allows, such
    as one of an emoji, is written in that. Sources: RFC 5891; UTS 46, nontransitional.

    >>> ascii_host("Straße.example"), ascii_host("☃.example")
    ('xn--strae-oqa.example', 'xn--n3h.example')

    Raises:
        UnicodeError: if it has no such form.
    """
    if host.isascii():
        return host.lower()
    import idna  # its tables are large, and few hosts need them

    try:
        return idna.encode(host, uts46=True).decode("ascii")
    except idna.IDNAError:
        return host.encode("idna").decode("ascii").lower()


def in_ascii(url: str) -> str:
    """Return an address with its host as DNS writes it; one without such a form as it is.

    >>> in_ascii("https://bücher.example:8080/é")
    'https://xn--bcher-kva.example:8080/é'
    """
    if url.isascii():
        return url
    try:
        parts = urlsplit(url)
        host = parts.hostname or ""
        return url if host.isascii() else url.replace(_written(parts.netloc), ascii_host(host), 1)
    except ValueError:  # UnicodeError is one
        return url


def place_of(url: str) -> str:
    """Return host and port of an address in the form in which they are compared; "" without any.

    >>> place_of("https://Ada@Bücher.example:8080/a") == place_of("//xn--bcher-kva.example:8080")
    True
    """
    try:
        return urlsplit(in_ascii(url)).netloc.rpartition("@")[2].lower()
    except ValueError:
        return ""


def _written(netloc: str) -> str:
    """Return the host of a place without user and port, in its own letters."""
    return netloc.rpartition("@")[2].partition(":")[0]


def _host(host: str) -> str:
    host = host.rstrip(".").lower()
    if not host.isascii():
        with suppress(UnicodeError):
            host = ascii_host(host)
    return host.removeprefix("www.")


def _query(query: str) -> str:
    pairs = parse_qsl(query, keep_blank_values=True)
    return urlencode(
        sorted((name, value) for name, value in pairs if not _TRACKING.fullmatch(name))
    )


def resolved(written: str, base: str) -> str:
    r"""Return the address that a page means by what is written in it; empty if that is none.

    Read as a browser reads it, so that it arrives whole: tabs and line ends are nothing, blanks
    around it neither; blanks within it, controls and letters beyond ASCII are percent-encoded, and
    a backslash in a path is a slash. A host keeps its letters. Absolute if `base` is. Source:
    WHATWG URL, "basic URL parser".

    >>> resolved("my pond\n plan.pdf", "https://garden.example/notes/")
    'https://garden.example/notes/my%20pond%20plan.pdf'
    >>> resolved(r"img\été.jpg", "https://gärten.example/a/"), resolved("//cdn.example/a.jpg", "")
    ('https://gärten.example/a/img/%C3%A9t%C3%A9.jpg', 'https://cdn.example/a.jpg')
    """
    if _WHOLE.fullmatch(written):
        return written
    if (site := _SITE.match(base)) and _FROM_ROOT.fullmatch(written):
        return site[1] + written
    url = _NOTHING.sub("", written).strip(_AROUND)
    if not url:
        return ""
    if _HAS_PATH.match(url):
        path, mark, query = url.partition("?")
        url = path.replace("\\", "/") + mark + query
    try:
        url = urljoin(base, url) if base else url
        url = f"https:{url}" if url.startswith("//") else url
        urlsplit(url)
    except ValueError:  # a bracketed host that is none
        return ""
    host = _UP_TO_HOST.match(url)
    at = host.end() if host else 0
    return writable(url[:at] + _NOT_ASCII.sub(_quoted, url[at:]))


def _quoted(found: re.Match[str]) -> str:
    return quote(found[0], errors="replace")


def names_a_page(canonical_url: str) -> bool:
    """Tell whether a canonical address names one page rather than a whole site.

    Some feeds give the site's own address as every post's link; such a link says nothing about
    identity.

    >>> names_a_page("garden.example"), names_a_page("garden.example?p=7")
    (False, True)
    """
    return "/" in canonical_url or "?" in canonical_url or "#" in canonical_url


def writable(url: str) -> str:
    r"""Return an address as it may stand in a page: what no address may hold is percent-encoded.

    These are blanks, control characters, ``" < > \ ^ ` { | }`` and, behind the host, ``[ ]``. A
    backslash in the path of a web address becomes the slash that every browser takes it for.
    Everything else stays as it is, letters of any script and what is encoded already; writing it
    again changes nothing. Sources: RFC 3986, appendix A; WHATWG URL, "URL code points" and "path
    state".

    >>> writable('https://garden.example/find?q={moss}|"wall"&r=%7Bfern%7D')
    'https://garden.example/find?q=%7Bmoss%7D%7C%22wall%22&r=%7Bfern%7D'
    >>> writable("https://garden.example/café/?tag[]=a")
    'https://garden.example/café/?tag%5B%5D=a'
    """
    if not _FORBIDDEN.search(url) and not _BRACKETS.search(url):
        return url
    start = _UP_TO_HOST.match(url)
    if not start:  # "mailto:" and the like have no path
        return _FORBIDDEN.sub(_encoded, url)
    host, rest = url[: start.end()], url[start.end() :]
    if host.lower().startswith(("http:", "https:")):
        rest = re.sub(r"^[^?#]*", lambda path: path[0].replace("\\", "/"), rest)
    return _FORBIDDEN.sub(_encoded, host) + _FORBIDDEN.sub(_encoded, _BRACKETS.sub(_encoded, rest))


def _encoded(found: re.Match[str]) -> str:
    return f"%{ord(found[0]):02X}"


def with_params(url: str, params: Mapping[str, str]) -> str:
    """Return a link with parameters added; those it already has stay as they are.

    >>> told = {"utm_source": "letter", "utm_medium": "email"}
    >>> with_params("https://a.example/p?utm_source=x#end", told)
    'https://a.example/p?utm_source=x&utm_medium=email#end'
    """
    if not params or not url.startswith(("http://", "https://")):
        return url
    try:
        parts = urlsplit(url)
    except ValueError:  # brackets where a host should be; the link stays as its writer wrote it
        return url
    present = {name for name, _ in parse_qsl(parts.query, keep_blank_values=True)}
    added = urlencode([(name, value) for name, value in params.items() if name not in present])
    if not added:
        return url
    query = f"{parts.query}&{added}" if parts.query else added
    return urlunsplit((parts.scheme, parts.netloc, parts.path, query, parts.fragment))

"""Judges addresses that stand in a post: absolute, safe, free of tracking, and what they embed.

Owns the lists of tracking parameters, beacon hosts and embed addresses. Pure text work: nothing is
ever fetched or resolved.
"""

from __future__ import annotations

import re
from urllib.parse import urlsplit

from digest.addresses import resolved
from digest.lazy import regex

MAX_URL = 2_000
"""The longest address kept, in characters; what is longer breaks mail clients."""

# What nearly all addresses are, in which there is nothing to resolve or to mend.
_PLAIN = regex(r"https?://[A-Za-z0-9.-]+(?:/[A-Za-z0-9._~/?&=#%+-]*+)?")
# Parameters of mail and advertising services, by the names that these give them.
_TRACKING = regex(
    r"(?:utm_\w+|fbclid|gclid|gclsrc|dclid|gbraid|wbraid|msclkid|twclid|ttclid|yclid|igshid|igsh"
    r"|mc_[ce]id"
    r"|mkt_tok|_hs(?:enc|mi)|hsCtaTracking|vero_(?:id|conv)|oly_(?:enc|anon)_id|_openstat|wickedid"
    r"|s_cid"
    r"|ml_subscriber(?:_hash)?|ck_subscriber_id|pk_(?:campaign|kwd|source)|mtm_\w+|piwik_\w+|_ga"
    r"|_gl)",
    re.IGNORECASE,
)
# Hosts and paths that only count who looked.
_BEACON = regex(
    r"//(?:[\w.-]+\.)?(?:pixel\.wp\.com|stats\.wp\.com|stats\.wordpress\.com|doubleclick\.net"
    r"|google-analytics\.com|googletagmanager\.com|scorecardresearch\.com|quantserve\.com"
    r"|feedsportal\.com"
    r"|facebook\.com/tr|bat\.bing\.com|adservice\.google\.\w+|list-manage\.com/track"
    r"|feeds\.feedburner\.com/~(?:r|ff)/|feeds\.wordpress\.com/1\.0|pubmatic\.com|adnxs\.com|mathtag\.com"
    r"|licensebuttons\.net/px|sendgrid\.net/wf/open)",
    re.IGNORECASE,
)
_YOUTUBE = regex(
    r"//(?:www\.|m\.)?(?:youtube(?:-nocookie)?\.com/(?:embed|v|shorts)/|youtu\.be/)([\w-]{6,20})"
)
_VIMEO = regex(r"//player\.vimeo\.com/video/(\d+)")


def absolute(url: str, base: str | None, *, schemes: tuple[str, ...] = ("http", "https")) -> str:
    r"""Return an address as an absolute one of an allowed scheme, or "" where there is none.

    A relative address needs a base; an anchor in the page itself has no address in a mail.

    >>> absolute("../pots.jpg", "https://garden.example/2026/11/")
    'https://garden.example/2026/pots.jpg'
    >>> absolute("java\nscript:alert(1)", "https://garden.example/"), absolute("#top", None)
    ('', '')
    """
    if _PLAIN.fullmatch(url) and len(url) <= MAX_URL:
        return url if "http" in schemes else ""
    if url.strip().startswith("#"):
        return ""
    url = resolved(url, base or "")
    try:
        parts = urlsplit(url)
        has_host = parts.scheme == "mailto" or (bool(parts.hostname) and parts.port != 0)
    except ValueError:  # a broken port
        return ""
    return url if parts.scheme in schemes and has_host and len(url) <= MAX_URL else ""


def without_tracking(url: str) -> str:
    """Return an address without the parameters that only tell where a click came from.

    >>> without_tracking("https://garden.example/?utm_source=mail&p=3#soil")
    'https://garden.example/?p=3#soil'
    """
    head, question, rest = url.partition("?")
    if not question:
        return url
    query, mark, fragment = rest.partition("#")
    kept = "&".join(
        part for part in query.split("&") if not _TRACKING.fullmatch(part.partition("=")[0])
    )
    if kept == query:
        return url
    return f"{head}?{kept}{mark}{fragment}" if kept else f"{head}{mark}{fragment}"


def is_beacon(url: str) -> bool:
    """Tell whether an address belongs to a service that counts views rather than shows pictures."""
    return bool(_BEACON.search(url))


# the script that shows code of GitHub's, and the page it shows
_GIST = regex(r"(https://gist\.github\.com/[\w-]+/[\w-]+)\.js(?:\?.*)?", re.IGNORECASE)


def watch_page(url: str) -> str:
    """Return the page where a person can watch or read what a frame's address embeds.

    >>> watch_page("https://www.youtube.com/embed/abc123DEF_4?rel=0")
    'https://www.youtube.com/watch?v=abc123DEF_4'
    """
    if match := _YOUTUBE.search(url):
        return f"https://www.youtube.com/watch?v={match[1]}"
    if match := _VIMEO.search(url):
        return f"https://vimeo.com/{match[1]}"
    if match := _GIST.fullmatch(url):
        return match[1]
    return url


def host(url: str) -> str:
    """Return an address's host without "www.", or "" where it has none."""
    try:
        return (urlsplit(url).hostname or "").removeprefix("www.")
    except ValueError:
        return ""

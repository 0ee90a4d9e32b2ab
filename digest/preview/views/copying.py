"""The issue's HTML as its frame gets it.

Links open in a new tab, and light or dark can be asked for. On disk nothing changes. A browser's
dark mode cannot be asked for in one frame alone (Chromium does not let `color-scheme` on the
frame's element reach the page inside), so the copy in the frame has its media queries answered
instead; that needs no script there.
"""

from __future__ import annotations

import re
from base64 import b64encode
from collections.abc import Mapping
from mimetypes import guess_type
from typing import Literal

Colours = Literal["system", "light", "dark"]

_HEAD = re.compile(rb"<head\b[^>]*>|<html\b[^>]*>|<!doctype\b[^>]*>", re.I)
_ANCHOR = re.compile(rb"""<a\b(?=[^>]*\shref=["']?#)(?![^>]*\starget=)""", re.I)
_STYLED = re.compile(
    rb"<style\b.*?</style\s*>|<meta\b[^>]*>|\smedia=(?:\"[^\"]*\"|'[^']*')", re.I | re.S
)
_QUERY = re.compile(rb"\(\s*prefers-color-scheme\s*:\s*(light|dark)\s*\)", re.I)
_SCHEMES = re.compile(rb"(?<![\w-])(light\s+dark|dark\s+light)(?![\w-])", re.I)


def framed(html: bytes, colours: Colours = "system") -> bytes:
    """Return the copy of an issue's HTML that the frame shows.

    Links without a target open in a new tab, links within the page stay in it.

    >>> framed(b'<head></head><a href="#top">Top</a>')
    b'<head><base target="_blank"></head><a target="_self" href="#top">Top</a>'
    """
    if colours != "system":
        html = _STYLED.sub(lambda found: _answered(found[0], colours.encode()), html)
    html = _ANCHOR.sub(b'<a target="_self"', html)
    base = b'<base target="_blank">'
    heads = {found[0][:5].lower(): found.end() for found in reversed(list(_HEAD.finditer(html)))}
    place = heads.get(b"<head") or heads.get(b"<html") or heads.get(b"<!doc") or 0
    return html[:place] + base + html[place:]


def with_pictures(html: bytes, pictures: Mapping[str, bytes]) -> bytes:
    """Return HTML in which the pictures that an issue carries stand in the page itself.

    The frame is a sandbox without an origin, so nothing that needs the preview's token reaches it.
    `pictures` are their bytes by the addresses under which the page shows them.
    """
    for address, data in pictures.items():
        kind = guess_type(address)[0] or "image/png"
        inlined = f"data:{kind};base64,{b64encode(data).decode()}"
        html = html.replace(f'"{address}"'.encode(), f'"{inlined}"'.encode())
    return html


def _answered(css: bytes, colours: bytes) -> bytes:
    """Return CSS or a meta element in which the reader's preference is settled."""

    def answer(found: re.Match[bytes]) -> bytes:
        return b"(min-width:0)" if found[1].lower() == colours else b"(max-width:0)"

    return _SCHEMES.sub(colours, _QUERY.sub(answer, css))

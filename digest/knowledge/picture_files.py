"""What the address of a picture says of its file: the format it is in, and who shows that.

A service that makes pictures over tells the format in the address ("?fm=avif", "/f_webp/",
"/format:webp/", "a.jpg@webp"), and that goes before the file's own ending.
"""

from __future__ import annotations

import re
from typing import Final

from digest.lazy import regex, remembering

_FORMATS: Final = r"(svgz?|webp|avif|jxl|hei[cf]|jpe?g|png|gif|tiff?|bmp|ico|psd)"
_ASKED: Final = regex(rf"[?&,/](?:f|fm|format|fmt|output|f_)[=_:]?{_FORMATS}\b", re.IGNORECASE)
_ENDING: Final = regex(rf"[.@!]{_FORMATS}(?:$|[?#&])", re.IGNORECASE)

_DRAWN: Final = frozenset(("svg", "svgz"))
_NEWER: Final = frozenset(("webp", "avif", "jxl", "heic", "heif"))


@remembering
def format_of(address: str) -> str:
    """Return the format of a picture's file in small letters; nothing where it is not told.

    >>> format_of("/a.jpg.webp?v=2"), format_of("/a.webp?fm=jpg"), format_of("/a?format=auto")
    ('webp', 'jpg', '')
    >>> format_of("/v2/format:webp/0*Ab"), format_of("/plain/a.png@avif"), format_of("/a.jpg!webp")
    ('webp', 'avif', 'webp')
    """
    found = _ASKED.search(address) or _ENDING.search(address)
    return found[1].lower() if found else ""


def is_drawing(address: str) -> bool:
    """Tell a drawing, of which webmail shows nothing.

    >>> is_drawing("/leaf.svg?v=2"), is_drawing("/image?url=%2Fleaf.svg&w=640")
    (True, True)
    """
    return format_of(address) in _DRAWN


def is_newer(address: str) -> bool:
    """Tell a file in a format that Outlook for Windows and older phones do not show.

    >>> is_newer("/a.avif"), is_newer("/f_webp,w_800/a.jpg"), is_newer("/a.jpg")
    (True, True, False)
    """
    return format_of(address) in _NEWER

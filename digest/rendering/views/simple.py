"""Views that take one thing away: style sheets, pictures, or the light."""

from __future__ import annotations

import re
from typing import Final

from digest.lazy import regex

_STYLE: Final = regex(r"<style\b[^>]*>.*?</style>", re.DOTALL | re.IGNORECASE)
_PICTURE: Final = regex(r'(<img\b[^>]*?\ssrc=)"[^"]*"', re.IGNORECASE)
_DARK: Final = regex(r"prefers-color-scheme\s*:\s*dark", re.IGNORECASE)
_OUTLOOK_DARK: Final = regex(r"\[data-ogs[cb]\]", re.IGNORECASE)

_INVERSION: Final = (
    "<style>"
    "html{background:#fff;filter:invert(1) hue-rotate(180deg)}"
    "img,video{filter:invert(1) hue-rotate(180deg)}"
    "</style>"
)


def bare(html: str) -> str:
    """Return a page without style sheets, as Gmail shows it of a mailbox that is elsewhere.

    >>> bare('<style>p{color:red}</style><p style="margin:0">')
    '<p style="margin:0">'
    """
    return _STYLE.sub("", html)


def blocked(html: str) -> str:
    """Return a page whose pictures do not load, as clients show it until a reader allows them.

    >>> blocked('<img alt="Frost" src="https://example.org/a.png" width="9">')
    '<img alt="Frost" src="data:," width="9">'
    """
    return _PICTURE.sub(r'\1"data:,"', html)


def inverted(html: str) -> str:
    """Return a page as apps show it that turn each light page dark, but not its pictures.

    What the page itself says about dark mode is not heard there.
    """
    light = _OUTLOOK_DARK.sub("[data-never]", _DARK.sub("max-width:0", html))
    head, found, rest = light.partition("</head>")
    return f"{head}{_INVERSION}{found}{rest}" if found else f"{_INVERSION}{light}"

r"""Keeps signs that an author escaped in Markdown from being taken for marks: `\*\*kwargs\*\*`.

Such a sign is on its way in three forms. While Markdown is read it is a sign of punctuation that
no language uses, so that what stands beside it reads as it would beside the sign itself. In HTML it
is a character reference in a spelling that only we write. And while a post is edited it is a
character for private use, which no rule looks for; that is undone at the very end.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Final
from urllib.parse import quote

from digest.lazy import regex

# The signs that begin a mark, and what stands for each in Markdown: the punctuation of Kharoshthi.
_SIGNS: Final = "*=[{%:!"
_MARKDOWN: Final = {sign: chr(0x10A50 + n) for n, sign in enumerate(_SIGNS)}
_BEGINS: Final = regex(r"\\([*=\[{%:!])(?=\\?[*=\[{%:!/#])")
_WRITTEN: Final = regex(
    rf"(?P<code><(pre|code)\b.*?</\2>)|(?P<tag><[^<>]*>)|[{''.join(_MARKDOWN.values())}]", re.DOTALL
)
_CODED: Final = regex(r"&#x000000([0-9a-f]{2});")
_PRIVATE: Final = 0xF0000

_AS_TEXT: Final = {other: f"&#x000000{ord(sign):02x};" for sign, other in _MARKDOWN.items()}
_AS_CODE: Final = {other: f"\\{sign}" for sign, other in _MARKDOWN.items()}
_IN_TAGS: Final = {quote(other): sign for sign, other in _MARKDOWN.items()} | {
    other: sign for sign, other in _MARKDOWN.items()
}
_SHOWN: Final = {chr(_PRIVATE + ord(sign)): sign for sign in _SIGNS}


def guarded(markdown: str) -> str:
    """Return Markdown in which something else stands for escaped signs that could begin a mark."""
    if not _BEGINS.search(markdown) or any(other in markdown for other in _MARKDOWN.values()):
        return markdown
    return _BEGINS.sub(lambda found: _MARKDOWN[found[1]], markdown)


def coded(html: str) -> str:
    """Return the HTML of guarded Markdown with references in place of what stood for the signs.

    In code a backslash is none before a sign, but itself; and in a tag nobody looks for marks.
    """
    return _WRITTEN.sub(_written, html)


def _written(found: re.Match[str]) -> str:
    if found["code"]:
        return _replaced(found[0], _AS_CODE)
    return _replaced(found[0], _IN_TAGS) if found["tag"] else _AS_TEXT[found[0]]


def _replaced(text: str, places: Mapping[str, str]) -> str:
    for other, sign in places.items():
        text = text.replace(other, sign)
    return text


def kept(html: str) -> str:
    """Return HTML whose coded signs are ones that no rule looks for; `shown` undoes it."""
    return _CODED.sub(lambda found: chr(_PRIVATE + int(found[1], 16)), html)


def shown(text: str) -> str:
    r"""Return text with the signs themselves.

    >>> shown(kept(coded(guarded(r"\**kwargs"))))
    '**kwargs'
    """
    for private, sign in _SHOWN.items():
        text = text.replace(private, sign)
    return text

"""Notices links whose host may pass for another.

Letters of two alphabets, or foreign ones that look Latin. A post stays as it is, since such a host
may be honest; an editor who asks for more is told.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from urllib.parse import unquote

from digest.lazy import regex
from digest.models import Post

_HOST = regex(r"""https?://(?:[^/\s"'<>@]*@)?([^/\s"'<>:?#]{1,1000})""", re.IGNORECASE)
# alphabets of which single letters look like Latin ones
_ALIKE = frozenset({"LATIN", "CYRILLIC", "GREEK", "ARMENIAN", "CHEROKEE"})
# letters of other alphabets that hardly anybody tells from Latin ones
_LOOKS_LATIN = frozenset("аԁеһіјӏոорԛѕսνѵԝхуѡαινορτυωϲϳ")


def in_links(post: Post) -> Iterator[str]:
    """Yield a sentence for each suspicious host that a post links to."""
    text = f"{post.body} {post.url or ''}"
    # a host of other letters may be written in Punycode, or in percent signs as Markdown does
    if text.isascii() and "%" not in text and "xn--" not in text.lower():
        return
    for shown in dict.fromkeys(map(_shown, _HOST.findall(text))):
        if any(_is_suspicious(label) for label in shown.split(".")):
            written = shown.encode("ascii", "backslashreplace").decode()
            where = post.url or post.id
            yield f'{where}: links to "{shown}" ({written}), which may pass for another site'


def _shown(host: str) -> str:
    """Return a host as a browser may show it."""
    labels = []
    for label in unquote(host).lower().split("."):
        try:
            punycode = label.removeprefix("xn--").encode("ascii") if label[:4] == "xn--" else b""
            labels.append(punycode.decode("punycode") if punycode else label)
        except ValueError:
            labels.append(label)
    return ".".join(labels)


def _is_suspicious(label: str) -> bool:
    if label.isascii():
        return False
    letters = [letter for letter in label if letter.isalpha()]
    scripts = {unicodedata.name(letter, "").partition(" ")[0] for letter in letters}
    foreign = [letter for letter in letters if not letter.isascii()]
    return len(scripts & _ALIKE) > 1 or all(letter in _LOOKS_LATIN for letter in foreign)

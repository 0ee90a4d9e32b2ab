"""Finds an answer among what a server's plug-ins print around it.

Notices, byte order marks, comments. PHP writes a notice of a careless plug-in above whatever is
asked for, and caches sign below. Readers of JSON and XML refuse that, browsers do not. A page that
only holds some JSON is no answer.
"""

from __future__ import annotations

import json
from itertools import islice
from typing import Any

from digest.frontmatter import whole
from digest.lazy import regex
from digest.models import decode

AROUND = (
    "something else stands around the answer, such as a notice of the server; it is passed over"
)

# How much may stand before an answer, in characters.
_FAR = 64 * 1024

_MOST_TRIES = 50


def _no_constant(name: str) -> None:
    raise ValueError(f"{name} is no JSON")


_DECODER = json.JSONDecoder(parse_constant=_no_constant)
_BEGIN = regex(r'[\[{](?=\s*["\[{\]}])')
_PAGE = regex(r"<(?:html|head|body|!doctype)\b", 2)
_FEED = regex(r"<\?xml\s|<(?:rss|feed|rdf:RDF)\b")


def json_among(body: bytes) -> tuple[Any, bool]:
    r"""Return the JSON that an answer holds, and whether something else stood around it.

    >>> json_among(b'<b>Notice</b>: x in y.php\n[{"id": 1}]<!-- cached -->')
    ([{'id': 1}], True)

    Raises:
        ValueError: if there is none, or it breaks off.
        RecursionError: if it is nested too deeply.
    """
    try:
        return decode(body, object), False
    except ValueError as exc:
        text = body.decode("utf-8", "replace")
        start_of_text = len(text) - len(text.lstrip("\ufeff \t\r\n"))
        text = text[start_of_text:]
        for start in _beginnings(text):
            try:
                value, end = _DECODER.raw_decode(text, start)
            except ValueError:
                continue
            if _is_whole(value, text[end : end + 100]):
                # what only halves of letters kept from being read has nothing around it
                return whole(value), bool(start_of_text or start or text[end:].strip())
        raise exc from None


def _beginnings(text: str) -> list[int]:
    """Return where JSON may begin: where the text does, else after what is no page."""
    if text.startswith(("[", "{")):
        return [0]
    starts = [found.start() for found in islice(_BEGIN.finditer(text[:_FAR]), _MOST_TRIES)]
    return [start for start in starts if not _PAGE.search(text[:start])]


def _is_whole(value: Any, rest: str) -> bool:
    """Tell whether a value is an answer, and no piece of one that breaks off."""
    return isinstance(value, dict | list) and rest.lstrip()[:1] not in {",", "]", "}", ":"}


def feed_begins(text: str) -> int:
    """Return where a feed begins in a text that begins with something else; -1 where none does."""
    found = _FEED.search(text[:_FAR])
    is_page = found is None or _PAGE.search(text[: found.start()])
    return -1 if is_page or found is None else found.start()

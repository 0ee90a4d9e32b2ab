"""Tells what a feed gives of a post: an excerpt, its beginning cut by a machine, or all of it."""

from __future__ import annotations

import re

from digest.sources.reading import plain, tags

_CUT_OFF = re.compile(
    r"(?:\[\s*(?:…|\.\.\.|&hellip;|&#8230;)\s*\]|…|\.\.\.|&hellip;|&#8230;)\s*(?:</\w+>\s*)*$"
)
_EXCERPT_WORDS = 80  # WordPress cuts at 55 words and names the post and its blog again


def is_excerpt(text: str) -> bool:
    """Say whether a feed's only text of a post is an excerpt of it: short, or cut off at its end.

    Blogs that send summaries send no more than that; what is longer is the post itself.
    """
    return bool(_CUT_OFF.search(text[-100:])) or len(plain(text).split()) <= _EXCERPT_WORDS


def is_beginning(summary: str, body: str) -> bool:
    """Tell a summary a machine cut from the body's beginning from one that somebody wrote.

    A hundred letters in common are enough: machines add "Read more" below, and boxes above the
    body.

    >>> is_beginning("Some plants keep […]", "<p>Some <b>plants</b> keep a grudge.</p>")
    True
    >>> is_beginning("On grudges.", "<p>Some plants keep a grudge.</p>")
    False
    """
    bare, words = _letters(summary), _letters(body[: 4 * len(summary) + 20_000])
    return bare[:100] in words if _CUT_OFF.search(summary[-100:]) else words.startswith(bare[:100])


def _letters(text: str) -> str:
    """Return an HTML text's letters and digits alone: no pictures, scripts or references."""
    for tag in tags(text):
        if tag.name in ("script", "style"):
            text = re.sub(r"(?is)<(script|style)\b.*?</\1\s*>", " ", text)
            break
    return "".join(c for c in plain(text).casefold() if c.isalnum())

"""Tells what a feed gives of a post: an excerpt, its beginning cut by a machine, or all of it."""

from __future__ import annotations

import html
import re

from digest.sources.reading import plain, tags

_CUT_OFF = re.compile(
    r"(?:\[\s*(?:…|\.\.\.|&hellip;|&#8230;)\s*\]|…|\.\.\.|&hellip;|&#8230;)\s*(?:</\w+>\s*)*$"
)
_CLOSING = 300  # characters in which a machine names a post and its blog behind the cut
_TELLING = 25  # letters that two texts hardly have in common by chance
_EXCERPT_WORDS = 80  # WordPress cuts at 55 words and names the post and its blog again


def is_excerpt(text: str) -> bool:
    """Say whether a feed's only text of a post is an excerpt of it: short, or cut off at its end.

    Blogs that send summaries send no more than that; what is longer is the post itself.
    """
    return bool(_CUT_OFF.search(text[-100:])) or len(plain(text).split()) <= _EXCERPT_WORDS


def is_beginning(summary: str, body: str) -> bool:
    """Tell a summary a machine cut from the body's beginning from one that somebody wrote.

    A hundred letters in common are enough: machines add "Read more" below, and boxes above the
    body. Of a short one, only what stands before the cut or in its first paragraph can be in
    common: behind it a machine names the post and the blog.

    >>> is_beginning("Some plants keep […]", "<p>Some <b>plants</b> keep a grudge.</p>")
    True
    >>> is_beginning("On grudges.", "<p>Some plants keep a grudge.</p>")
    False
    """
    words = _letters(body[: 4 * len(summary) + 20_000])
    bare = _letters(summary)[:100]
    if _CUT_OFF.search(summary[-100:]):
        return bare in words
    before = _letters(_before_cut(summary))[:100]
    first = _letters(summary.partition("</p>")[0])[:100]
    return (
        words.startswith(bare)
        or (len(before) >= _TELLING and before in words)
        or (len(first) >= _TELLING and words.startswith(first))
    )


def _before_cut(summary: str) -> str:
    """Return what stands before the sign of a cut that only a closing follows, or nothing."""
    text = html.unescape(summary)
    sign = max(text.rfind("…"), text.rfind("..."), 0)
    return text[:sign] if len(plain(text[sign:])) <= _CLOSING else ""


def _letters(text: str) -> str:
    """Return an HTML text's letters and digits alone: no pictures, scripts or references."""
    for tag in tags(text):
        if tag.name in ("script", "style"):
            text = re.sub(r"(?is)<(script|style)\b.*?</\1\s*>", " ", text)
            break
    return "".join(c for c in plain(text).casefold() if c.isalnum())

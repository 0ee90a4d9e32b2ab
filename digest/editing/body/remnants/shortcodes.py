"""Takes WordPress shortcodes out of text and leaves what they enclose; legitimate brackets stay.

"[sic]", "[1]", "[…]", "[draft]" and "[Editor's note: …]" are text. A shortcode shows itself by an
underscore or attributes, by its end tag, or by one of a few well-known names.
"""

from __future__ import annotations

import re

from digest.lazy import regex

_SHORTCODE = regex(
    r"""\[(?P<end>/?)(?P<name>[a-zA-Z][\w-]{1,40})
        (?P<rest>(?:\s[^\[\]]{0,2000})?+)\s?/?\]""",
    re.VERBOSE,
)
_END = regex(r"\[/([a-zA-Z][\w-]{1,40})\]")
_ATTRIBUTE = regex(r"\s[\w-]+\s?=\s?[\"'“”″‘’\w#/.&-]")
_KNOWN = frozenset(
    "gallery caption embed audio video playlist toc nextpage contact-form contact-form-7 "
    "wp-caption subscribe subscription-form recent-posts post-navigation social share sharing "
    "tweet youtube vimeo soundcloud slideshow slideshare portfolio testimonials products "
    "blog_subscription_form ez-toc".split()
)
_PLAYERS = frozenset("youtube vimeo soundcloud".split())  # "[youtube ogfYd705cRs]"

_BUTTON = regex(
    r"\[(?P<name>[\w-]*(?:button|btn)[\w-]*)\b[^\]]*\][^\[\]]{0,80}\[/(?P=name)\]", re.I
)


def end_names(text: str) -> frozenset[str]:
    """Return the names that some end tag such as "[/box]" closes."""
    return frozenset(name.lower() for name in _END.findall(text)) if "[/" in text else frozenset()


def without_shortcodes(text: str, ends: frozenset[str] | None = None) -> str:
    """Return text without shortcode tags; `ends` are names with an end tag elsewhere in the post.

    >>> without_shortcodes('[su_note color="#eee"]Bring gloves[/su_note] [sic] [1]')
    'Bring gloves [sic] [1]'
    """
    if "[" not in text or "]" not in text:
        return text
    if "[/" in text:
        text = _BUTTON.sub(" ", text)  # what stands on a button is no text
    known = (end_names(text) | ends) if ends else end_names(text)

    def replaced(match: re.Match[str]) -> str:
        name = match["name"].lower()
        rest = match["rest"]
        if match["end"]:
            return match[0] if rest else ""
        if "_" in name or name in known or _ATTRIBUTE.search(rest):
            return ""
        # a well-known name alone is one only at an edge; in a sentence somebody writes about it
        is_at_edge = not text[: match.start()].strip() or not text[match.end() :].strip()
        is_bare = not rest.strip() or (name in _PLAYERS and len(rest.split()) == 1)
        return "" if name in _KNOWN and is_bare and is_at_edge else match[0]

    return _SHORTCODE.sub(replaced, text)

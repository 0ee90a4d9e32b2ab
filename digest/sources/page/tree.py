"""Small questions about elements of a page: classes, text, and what their names say they hold."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import Any

from lxml import etree

Element = Any
HEADINGS = ("h1", "h2", "h3", "h4", "h5", "h6")
CONTENT = frozenset(
    {"entry-content", "e-content", "wp-block-post-content", "post-content", "post-content-inner"}
)
EXCERPT_WORD = re.compile(
    r"(?:^|[-_])(?:excerpt|summary|teaser-?text|description|desc|dek|standfirst|intro|snippet|blurb"
    r"|lede?)(?:$|[-_])"
)
META_WORD = re.compile(
    r"(?:^|[-_])(?:meta|metadata|byline|date|published|posted|author|vcard|categor(?:y|ies)"
    r"|cat-links"
    r"|tags?-links|taxonomy|taxonomies|comments?(?:-link)?"
    r"|label|badge|kicker|eyebrow|footer|read-more|readmore|more-link|more|button|btn|reading-time"
    r"|thumbnail|thumb|figcaption|screen-reader-text|sr-only)(?:$|[-_])"
)


def classes(element: Element) -> frozenset[str]:
    """Return an element's classes."""
    return frozenset(element.get("class", "").split())


def text_of(element: Element | None) -> str:
    """Return an element's text on one line."""
    return "" if element is None else " ".join("".join(element.itertext()).split())


def with_classes(element: Element, names: Iterable[str]) -> Iterator[Element]:
    """Yield the descendants that have one of these classes."""
    wanted = frozenset(names)
    return (e for e in element.iter(etree.Element) if wanted & classes(e))


def named_like(element: Element, pattern: re.Pattern[str]) -> Iterator[Element]:
    """Yield the descendants one of whose classes is like this."""
    return (
        e
        for e in element.iter(etree.Element)
        if e is not element and any(pattern.search(name) for name in classes(e))
    )


def is_meta(element: Element, inside: Element) -> bool:
    """Tell whether an element stands among dates, names and buttons, or in the text."""
    while element is not None and element is not inside:
        if any(
            META_WORD.search(name) or EXCERPT_WORD.search(name) or name in CONTENT
            for name in classes(element)
        ):
            return True
        element = element.getparent()
    return False

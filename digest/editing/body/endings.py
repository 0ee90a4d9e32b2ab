"""Takes paragraphs off a clean body's end that say nothing of the post.

Where it appeared, how to read on. What such a paragraph is, the caller knows; this module only
knows where a body's last paragraph is.
"""

from __future__ import annotations

from collections.abc import Callable

from digest.editing.body.plain import line
from digest.lazy import regex

# A link that ends the last paragraph: "… <a>Read more</a>".
_LINK = regex(r"\s*[\[(]?\s*<a [^<>]*>(?P<said>[^<>]{2,120})</a>\s*[\])]?\s*(?=</p>\s*\Z)")
_LAST = regex(r"<p(?: [^<>]*)?>((?:(?!<p\b|</p>)[\s\S])*)</p>\s*\Z")
_MOST = 4  # paragraphs
_REACH = 2_000  # characters in which the last paragraph begins


def without_endings(html: str, is_ending: Callable[[str], bool]) -> tuple[str, tuple[str, ...]]:
    """Return a body without such last paragraphs, and the text of those that went.

    One paragraph always stays: a body is never taken away whole.
    """
    gone: list[str] = []
    link = _LINK.search(html, max(0, len(html) - _REACH))
    if link and html[: link.start()].rstrip()[-3:] != "<p>" and is_ending(line(link["said"])):
        gone.append(line(link["said"]))
        html = html[: link.start()] + html[link.end() :]
    while len(gone) < _MOST and (last := _LAST.search(html, max(0, len(html) - _REACH))):
        said = line(last[1])
        if not last.start() or not said or not is_ending(said):
            break
        html = html[: last.start()].rstrip()
        gone.insert(0, said)
    return html, tuple(gone)

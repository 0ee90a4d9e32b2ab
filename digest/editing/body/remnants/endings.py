"""Takes paragraphs off a clean body's end that say nothing of the post.

Where it appeared, how to read on. What such a paragraph is, the caller knows; this module only
knows where a body's last paragraph is.
"""

from __future__ import annotations

from collections.abc import Callable

from digest.editing.body.plain import line
from digest.lazy import regex

# A link that ends the last paragraph: "… <a>Read more</a>".
_LINK = regex(r"<a [^<>]*>(?P<said>[^<>]{2,120})</a>\s*[\])]?\s*(?=</p>\s*\Z)")
_TAGS = regex(r"<[^<>]*>")
_MOST = 4  # paragraphs
_LONGEST = 500  # characters; what is longer says something of its own
_REACH = 2_000  # characters in which the last paragraph begins


def without_endings(html: str, is_ending: Callable[[str], bool]) -> tuple[str, tuple[str, ...]]:
    """Return a body without such last paragraphs, and the text of those that went.

    One paragraph always stays: a body is never taken away whole.
    """
    gone: list[str] = []
    at = html.rfind("<a ", -_REACH)
    if at > 0 and (link := _LINK.match(html, at)) and is_ending(line(link["said"])):
        before = _without_bracket(html[:at].rstrip())
        if not before.endswith("<p>"):
            gone.append(line(link["said"]))
            html = before + html[link.end() :]
    while len(gone) < _MOST and (at := _last_paragraph(html)) > 0:
        said = "" if _is_long(html[at:]) else line(html[at:])
        if not said or not is_ending(said):
            break
        html = html[:at].rstrip()
        gone.insert(0, said)
    return html, tuple(gone)


def _is_long(paragraph: str) -> bool:
    """Tell whether a paragraph is longer than any ending, as most are, without decoding it."""
    is_plain = "&" not in paragraph and "<sup" not in paragraph  # as long as it is written
    return is_plain and len(_TAGS.sub("", paragraph)) > _LONGEST


def _without_bracket(text: str) -> str:
    return text[:-1].rstrip() if text.endswith(("[", "(")) else text


def _last_paragraph(html: str) -> int:
    """Return where the paragraph begins that a body ends with; -1 where it ends otherwise."""
    at = max(html.rfind("<p>", -_REACH), html.rfind("<p ", -_REACH))
    ends = html.find("</p>", at)
    return at if at >= 0 and not html[ends + len("</p>") :].strip() else -1

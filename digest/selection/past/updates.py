"""Tells whether a post that was sent has changed enough since for its readers to be told."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from functools import cache
from html import unescape

from digest.lazy import regex
from digest.models import Post, PostView
from digest.selection.past.identity import title_print

CHANGED_SHARE = 0.2
"""From this share of changed words on, a text has changed."""

_NOTICES = (
    "corrections?|corrected|updated?|clarification|erratum|editor['’]s note|"
    "korrektur|berichtigung|aktualisierung|nachtrag|correctif|rectificatif|mise à jour|"
    "corrección|rectificación|actualización|fe de erratas|cywiriad|diweddariad"
    "|تصحيح|تحديث|訂正|追記|更新"
)
_TAG = regex(r"<[^>]*>")
_SINGLE = "\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff"


def change(post: Post, sent: PostView) -> tuple[str, str] | None:
    """Return how a post differs from what was sent, with its own notice, None if by little.

    Asked are its title, a new paragraph such as "Correction: …", and how many of its words changed.
    Case, punctuation and markup do not count.
    """
    was, now = paragraphs(sent.body), paragraphs(post.body)
    known = {_folded(text) for text in was}
    # A notice that was there when the post was sent is no news.
    passage = next(
        (text for text in now if _notice().match(text) and _folded(text) not in known), ""
    )
    share = difference(" ".join(was), " ".join(now))
    what = []
    if title_print(post.title) != _title_print(sent):
        # The editor may have sent another title, which the blog never had.
        is_own = title_print(sent.title) == _title_print(sent)
        what.append(f'its title was "{sent.title}"' if is_own else "its title changed")
    if passage:
        what.append(f'it says "{_short(passage)}"')
    if share >= CHANGED_SHARE:
        what.append(f"{share:.0%} of its words changed")
    return (", ".join(what), passage) if what else None


def difference(one: str, other: str) -> float:
    """Return the share of words that two texts do not have in common, from 0 to 1.

    >>> difference("Two pots, one spade", "two pots one SPADE!"), difference("a b c d", "a b c e")
    (0.0, 0.25)
    """
    first, second = Counter(_words(one)), Counter(_words(other))
    total = first.total() + second.total()
    return (total - 2 * (first & second).total()) / total if total else 0.0


def paragraphs(html: str) -> list[str]:
    """Return the text of each block of clean HTML that has any.

    >>> paragraphs("<p>Tulips &amp; <em>soil</em></p><ul><li>One</li></ul>")
    ['Tulips & soil', 'One']
    """
    blocks = (" ".join(unescape(_TAG.sub("", block)).split()) for block in _block().split(html))
    return [block for block in blocks if block]


def _title_print(sent: PostView) -> str:
    """Return the mark of the title that the post had: the editor may have sent another."""
    return sent.fingerprint[: len(sent.fingerprint) // 2] or title_print(sent.title)


def _words(text: str) -> list[str]:
    # As in fingerprints: what looks the same is the same.
    return _word().findall(unicodedata.normalize("NFKC", text).casefold())


def _folded(text: str) -> str:
    return " ".join(_words(text))


@cache
def _notice() -> re.Pattern[str]:
    """Return what a paragraph with a notice begins with.

    Made when first needed, as the others here.
    """
    return re.compile(
        rf"\W*(?:{_NOTICES})(?![^\W\d_])(?:[^:：.!?\n]{{0,40}}?[:：\])]|\s*[–—])|\W*(?:訂正|追記)",
        re.I,
    )


@cache
def _block() -> re.Pattern[str]:
    return re.compile(
        r"</?(?:p|div|li|ul|ol|h[1-6]|blockquote|table|tr|td|th|figure|figcaption|pre|br"
        r"|hr)\b[^>]*>",
        re.I,
    )


@cache
def _word() -> re.Pattern[str]:
    # Scripts without spaces are counted letter by letter.
    return re.compile(rf"[{_SINGLE}]|[^\W{_SINGLE}]+")


def _short(text: str) -> str:
    return text if len(text) <= 80 else text[:79].rsplit(" ", 1)[0] + "…"

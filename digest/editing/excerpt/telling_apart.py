"""Tells the excerpts of one issue apart: what several posts open with is said by none of them.

Owns which sentences are boilerplate, and what a post shows instead. It refuses to judge a single
excerpt; `excerpt` does.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence

from digest.editing.excerpt.running import running_text
from digest.editing.excerpt.sentences import fits, shorten, split
from digest.models import Post, key

_READ_AT_MOST = 6_000  # characters of a body that an excerpt may be made of


def distinct(posts: Sequence[Post], words: int, language: str = "") -> dict[str, str]:
    """Return an excerpt for each post's id, of at most `words` words, no two alike if possible.

    Sentences that several of the posts open with are boilerplate; a post whose excerpt holds one
    gets its own sentences instead, from its excerpt and then its body, where there are any. Posts
    that name no language are read as `language`.
    """
    spoken = {post.id: post.language or language for post in posts}
    shown = {post.id: shorten(post.excerpt, words, spoken[post.id]) for post in posts}
    sentences = {
        post.id: [key(part) for part in split(post.excerpt, spoken[post.id])] for post in posts
    }
    shared = _repeated(sentences.values())
    for post in posts:
        if not shared.intersection(sentences[post.id]):
            continue
        own = _own_sentences(post, shared, words, spoken[post.id])
        shown[post.id] = own or shown[post.id]
    return shown


def _repeated(sentences: Iterable[list[str]]) -> set[str]:
    """Return the sentences that more than one post opens with."""
    counts = Counter(part for parts in sentences for part in set(parts) if part)
    return {part for part, count in counts.items() if count > 1}


def _own_sentences(post: Post, shared: set[str], words: int, language: str) -> str:
    """Return a post's text without shared sentences.

    The rest of its excerpt where that says enough.
    """
    own = " ".join(part for part in split(post.excerpt, language) if key(part) not in shared)
    if own and not fits(own, words // 3):
        return shorten(own, words, language)
    parts = split(running_text(post.text[:_READ_AT_MOST], language), language)
    title = key(post.title)
    rest = " ".join(part for part in parts if key(part) not in shared and key(part) != title)
    return shorten(rest, words, language) or own

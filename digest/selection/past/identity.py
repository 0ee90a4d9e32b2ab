"""Recognises one post under two names: by id, by address, or by title and text together.

The text alone never suffices (a notice repeated every week is a new post each time), nor the title
alone.
"""

from __future__ import annotations

import hashlib
import unicodedata
from collections.abc import Callable, Iterable, Sequence
from functools import lru_cache

from digest.addresses import canonical, names_a_page
from digest.lazy import regex
from digest.models import Post, Remembered
from digest.selection.past.likeness import sketch

_WORD = regex(r"\w+")
_APART = bytes(
    code if chr(code).isalnum() or chr(code) == "_" else 32 for code in range(128)
).ljust(256)
"""Turns what parts words in ASCII into spaces.

The same as `_WORD` finds, in a fraction of the time.
"""

_HALF = 16


Whole = Callable[[Sequence[Post]], Sequence[Post]]
"""Gives posts that came without their words the words, in the same order."""

PrintOf = Callable[[Post], str]


def fingerprint(post: Post) -> str:
    """Return 32 hex digits, half for the title and half for the text, equal for equal posts.

    Case, punctuation and spacing do not count. Empty for a post without title or text: that says
    too little to recognise it by.
    """
    title = title_print(post.title)
    words = _fold(post.text) if title else ""
    return title + _digest(words) if words else ""


@lru_cache(maxsize=8192)
def title_print(title: str) -> str:
    """Return the half of a fingerprint that the title makes, empty without a title."""
    folded = _fold(title)
    return _digest(folded) if folded else ""


@lru_cache(maxsize=8192)
def page_of(url: str) -> str:
    """Return the address a post is recognised by, empty if it names a whole site."""
    address = canonical(url)
    return address if names_a_page(address) else ""


def marks(post: Post) -> tuple[str, str]:
    """Return what a post may share with another.

    Its address and its title, empty where it has none.
    """
    return page_of(post.url) if post.url else "", title_print(post.title)


def _fold(text: str) -> str:
    if text.isascii():
        plain = text.encode("ascii").lower().translate(_APART)
        return b" ".join(plain.split()).decode("ascii") or text.lower().strip()
    normal = unicodedata.normalize("NFKC", text).casefold()
    return " ".join(_WORD.findall(normal)) or normal.strip()


def _digest(folded: str) -> str:
    return hashlib.blake2b(folded.encode(), digest_size=_HALF // 2).hexdigest()


class Prints:
    """Give posts' fingerprints, reading the words of those without, each only once."""

    def __init__(self, whole: Whole) -> None:
        self._whole = whole
        self._made: dict[str, tuple[str, str]] = {}

    def __call__(self, post: Post) -> str:
        """Return the fingerprint of a post."""
        return self._both(post)[0]

    def sketch(self, post: Post) -> str:
        """Return the sketch of a post's text."""
        return self._both(post)[1]

    def _both(self, post: Post) -> tuple[str, str]:
        if post.id not in self._made:
            (told,) = self._whole([post])
            self._made[post.id] = fingerprint(told), sketch(told.text)
        return self._made[post.id]


class Known:
    """Remember posts, and say of another one which of them it is, and by what."""

    def __init__(self, print_of: PrintOf = fingerprint) -> None:
        self._print_of = print_of
        self._ids: dict[str, str] = {}
        self._pages: dict[str, str] = {}
        self._prints: dict[str, str] = {}
        self._titles: set[str] = set()
        self._waiting: dict[str, list[tuple[Post, str]]] = {}

    def add(
        self,
        holder: str,
        ids: Iterable[str] = (),
        urls: Iterable[str] = (),
        prints: Iterable[str] = (),
    ) -> None:
        """Remember posts by what is known of them; the first holder of a mark keeps it."""
        for id_ in ids:
            self._ids.setdefault(id_, holder)
        for url in urls:
            if page := page_of(url):
                self._pages.setdefault(page, holder)
        for print_ in prints:
            if print_:
                self._prints.setdefault(print_, holder)
                self._titles.add(print_[:_HALF])

    def remember(self, marks: Iterable[Remembered]) -> None:
        """Remember posts by what issues recorded of them; each issue is the holder of its own."""
        for mark in marks:
            self.add(mark.issue, [mark.id], [mark.url], [mark.fingerprint])

    def add_post(self, holder: str, post: Post) -> None:
        """Remember a whole post; its text is read only once another has the same title."""
        self.add(holder, [post.id], [post.url] if post.url else ())
        if title := title_print(post.title):
            self._waiting.setdefault(title, []).append((post, holder))

    def find(self, post: Post) -> tuple[str, str] | None:
        """Return the holder of the same post and the mark both share, or None."""
        if post.id in self._ids:
            return self._ids[post.id], "id"
        if post.url and (holder := self._pages.get(page_of(post.url))):
            return holder, "address"
        title = title_print(post.title)
        for other, holder in self._waiting.pop(title, ()) if title else ():
            self.add(holder, prints=[self._print_of(other)])
        if title in self._titles and (holder := self._prints.get(self._print_of(post))):
            return holder, "title and text"
        return None

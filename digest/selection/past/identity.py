"""Recognises one post under two names: by id, by address, by title and text, or by date and text.

The text alone never suffices (a notice repeated every week is a new post each time), nor the title
alone. Date means the very second: what two sources say of one post, whatever each calls it; two of
one blog are two. A copy that names the page it was first published at is that page.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import lru_cache

from digest.addresses import canonical, names_a_page
from digest.lazy import regex
from digest.machine.hashing import blake2b
from digest.models import Post, Remembered, Value
from digest.selection.past.likeness import sketch_of

_WORD = regex(r"\w+")
# Turns what parts words in ASCII into spaces. The same as `_WORD` finds, in a fraction of the time.
_APART = bytes(
    code if chr(code).isalnum() or chr(code) == "_" else 32 for code in range(128)
).ljust(256)

# Hex digits of a title, and as many of a text: 64 bits each.
_HALF = 16


_REACH = 400  # characters in which a text's first words stand
# A shorter text says too little to be known by it and its date.
_LEAST_WORDS = 15

# As many words as a text that was cut off has at least in common with the whole one.
_OPENING_WORDS = 12

Whole = Callable[[Sequence[Post]], Sequence[Post]]
"""Gives posts that came without their words the words, in the same order."""


def fingerprint(post: Post) -> str:
    """Return 32 hex digits, half for the title and half for the text, equal for equal posts.

    Case, punctuation and spacing do not count. Empty for a post without title or text: that says
    too little to recognise it by.
    """
    title = title_print(post.title)
    words = _fold(post.text) if title else ""
    return title + _digest(words) if words else ""


@lru_cache(maxsize=2048)
def title_print(title: str) -> str:
    """Return the half of a fingerprint that the title makes, empty without a title."""
    folded = _fold(title)
    return _digest(folded) if folded else ""


@lru_cache(maxsize=2048)
def page_of(url: str) -> str:
    """Return the address a post is recognised by, empty if it names a whole site."""
    address = canonical(url)
    return address if names_a_page(address) else ""


def pages_of(post: Post) -> tuple[str, ...]:
    """Return the pages a post is known by: its own, and the one it says it is a copy of."""
    pages = (page_of(url) for url in (post.url, post.original) if url)
    return tuple(page for page in pages if page)


def marks(post: Post) -> tuple[str, ...]:
    """Return what a post may share with another: addresses, its title, its date with its length."""
    return tuple(filter(None, (*pages_of(post), title_print(post.title), _stamp(post))))


def _stamp(post: Post) -> str | None:
    """Return the second of a post with its number of words, None for one too short to know."""
    if post.published_at is None or post.words < _LEAST_WORDS:
        return None
    return f"{post.published_at.timestamp():.0f} {post.words}"


def _fold(text: str) -> str:
    if text.isascii():
        plain = text.encode("ascii").lower().translate(_APART)
        return b" ".join(plain.split()).decode("ascii") or text.lower().strip()
    # Full-width letters and ligatures are the same letters to a reader.
    normal = unicodedata.normalize("NFKC", text).casefold()
    # A title of nothing but signs ("!!!") is one nevertheless.
    return " ".join(_WORD.findall(normal)) or normal.strip()


def _digest(folded: str) -> str:
    return blake2b(folded.encode(), digest_size=_HALF // 2).hexdigest()


def _home(post: Post) -> tuple[str, str]:
    """Return the source and host of a post: two that lie there side by side are two, if alike."""
    return post.source, page_of(post.url).partition("/")[0] if post.url else ""


class _Print(Value):
    """Hold what a post's words make: fingerprint, sketch, and the print of the text's opening."""

    whole: str
    sketch: str
    opening: str


class Prints:
    """Give posts' fingerprints, reading the words of those without, each only once."""

    def __init__(self, whole: Whole = list) -> None:
        self._whole = whole
        self._made: dict[str, _Print] = {}

    def __call__(self, post: Post) -> str:
        """Return the fingerprint of a post."""
        return self._all(post).whole

    def sketch(self, post: Post) -> str:
        """Return the sketch of a post's text."""
        return self._all(post).sketch

    def opening(self, post: Post) -> str:
        """Return what is alike where one text is the other cut off; empty for a short one."""
        return self._all(post).opening

    def _all(self, post: Post) -> _Print:
        if post.id not in self._made:
            (told,) = self._whole([post])
            words = _fold(told.text[:_REACH]).split(" ", _OPENING_WORDS)[:_OPENING_WORDS]
            opening = _digest(" ".join(words)) if len(words) == _OPENING_WORDS else ""
            self._made[post.id] = _Print(
                whole=fingerprint(told), sketch=sketch_of(told), opening=opening
            )
        return self._made[post.id]


class Known:
    """Remember posts, and say of another one which of them it is, and by what."""

    def __init__(self, prints: Prints) -> None:
        self._prints_of = prints
        self._ids: dict[str, str] = {}
        self._pages: dict[str, str] = {}
        self._prints: dict[str, str] = {}
        self._dated: dict[tuple[str, str], dict[tuple[str, str], str]] = {}
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
        """Remember a whole post; its text is read only once another has the same title or date."""
        self.add(holder, [post.id], [post.url] if post.url else ())
        for mark in filter(None, (title_print(post.title), _stamp(post))):
            self._waiting.setdefault(mark, []).append((post, holder))

    def find(self, post: Post) -> tuple[str, str] | None:
        """Return the holder of the same post and the mark both share, or None."""
        # Before a first issue nothing is known, and a post need not be looked at.
        return self._found(post) if self._ids or self._pages or self._prints else None

    def _found(self, post: Post) -> tuple[str, str] | None:
        if post.id in self._ids:
            return self._ids[post.id], "id"
        # Certain, and cheap to ask; the words are read only if this finds nothing.
        for page in pages_of(post):
            if holder := self._pages.get(page):
                return holder, "address"
        title, stamp = title_print(post.title), _stamp(post)
        for mark in filter(None, (title, stamp)):
            # Only now another post may be the same: its words are worth reading.
            for other, holder in self._waiting.pop(mark, ()):
                self._learn(other, holder)
        if title in self._titles and (holder := self._prints.get(self._prints_of(post))):
            return holder, "title and text"
        for dated in self._by_date(post) if self._dated else ():
            for home, elsewhere in self._dated.get(dated, {}).items():
                # Two of one blog under one date are two, such as a post and its translation.
                if home != _home(post):
                    return elsewhere, "date and text"
        return None

    def _learn(self, post: Post, holder: str) -> None:
        self.add(holder, prints=[self._prints_of(post)])
        for mark in self._by_date(post):
            self._dated.setdefault(mark, {}).setdefault(_home(post), holder)

    def _by_date(self, post: Post) -> Iterator[tuple[str, str]]:
        """Yield what a post has in common with itself elsewhere, where its date is known.

        The same text whatever the title, or the same title and the beginning of the text: many
        feeds cut theirs off.
        """
        if post.published_at is None:
            return
        second = f"{post.published_at.timestamp():.0f}"
        if post.words >= _LEAST_WORDS and (whole := self._prints_of(post)):
            yield second, whole[_HALF:]
        if opening := self._prints_of.opening(post):
            yield second, title_print(post.title) + opening

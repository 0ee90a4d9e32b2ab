"""Finds the post that another one seems to be: moved, retitled or copied, though nobody says so.

What is certain (an id, an address, title and words together) is for `identity`. Here are near
certain twins, which the editor is asked about: no program can tell a corrected title from a second
post of the same day, and neither losing a post nor sending it twice is right.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from datetime import date
from functools import lru_cache

from digest.models import Post, Remembered
from digest.selection.past.identity import Prints, title_print
from digest.selection.past.likeness import first_hashes, is_full, likeness

Living = Callable[[str], str | None]
"""Returns the source in which a post of this id lies now, None if it is in none any more."""

ALIKE = 0.5
"""From this share of common phrases on, two texts of one day are one."""

VERY_ALIKE = 0.8
"""From this share on, two texts are one whatever their days.

Under one title, or if they are long.
"""

_HARDLY_ALIKE = 0.2  # below, a text was not corrected but is another one
_TITLES_ALIKE = 0.8  # a typing error mended, a word put in
_TITLE = 16  # hex digits of a fingerprint that the title makes


class Twins:
    """Know posts by title and day, and say which of them another post seems to be."""

    def __init__(self, known: Iterable[Remembered], prints: Prints, living: Living) -> None:
        self._known, self._prints, self._living = known, prints, living
        self._titled: dict[str, list[Remembered]] = {}
        self._dated: dict[int, list[Remembered]] = {}
        self._worded: dict[str, list[Remembered]] = {}

    def find(self, post: Post) -> tuple[Remembered, str] | None:
        """Return what a post seems to be, and what both have in common, or None.

        Two posts that lie in the same source side by side are two, however alike.
        """
        for mark in dict.fromkeys(self._near(post)):
            # Its own record of an earlier issue is no twin.
            is_another = mark.id == post.id or self._living(mark.id) == post.source
            if not is_another and (why := self._likeness(post, mark)):
                return mark, why
        return None

    def _near(self, post: Post) -> Iterator[Remembered]:
        self._index()
        if title := title_print(post.title):
            yield from self._titled.get(title, ())
        if day := _day_of(post):
            # A date without a time moves to the next day where it is read in another zone.
            for near in (day, day - 1, day + 1):
                yield from self._dated.get(near, ())
        for hash_ in first_hashes(self._prints.sketch(post)) if self._worded else ():
            yield from self._worded.get(hash_, ())

    def _index(self) -> None:
        """Sort what is known, once it is first asked for: most builds have nothing to ask."""
        known, self._known = self._known, ()
        for mark in known:
            if mark.fingerprint:
                self._titled.setdefault(mark.fingerprint[:_TITLE], []).append(mark)
            if day := _ordinal(mark.day):
                self._dated.setdefault(day, []).append(mark)
            for hash_ in first_hashes(mark.sketch):
                self._worded.setdefault(hash_, []).append(mark)

    def _likeness(self, post: Post, mark: Remembered) -> str | None:
        """Return what two posts have in common if that is enough to be one, else None."""
        is_titled = title_print(post.title) == mark.fingerprint[:_TITLE] != ""
        is_dated = _is_near(_day_of(post), _ordinal(mark.day))
        if is_titled and is_dated:
            return "the same title and date"

        own = self._prints.sketch(post)
        share = likeness(own, mark.sketch)
        if is_dated:
            return _why_one_of_a_day(post, mark, own, share)
        if share < VERY_ALIKE:
            return None
        if is_titled:
            return f"the same title and {share:.0%} of its text"
        # Short texts share much by chance, as greetings and imprints do.
        is_long = is_full(own) and is_full(mark.sketch)
        return f"{share:.0%} of its text" if is_long else None


def _why_one_of_a_day(post: Post, mark: Remembered, own: str, share: float) -> str | None:
    """Return what two posts of one day have in common if that is enough to be one, else None."""
    if share >= ALIKE:
        return f"the same date and {share:.0%} of its text"
    # A text that is not known says nothing against it.
    may_be_corrected = share >= _HARDLY_ALIKE or not own or not mark.sketch
    if may_be_corrected and _almost_titled(post.title, mark.title):
        return "the same date and nearly the same title"
    return None


def _is_near(one: int | None, other: int | None) -> bool:
    """Tell whether two days are known, and one at most apart."""
    return one is not None and other is not None and abs(one - other) <= 1


def remembered(post: Post, issue: str, prints: Prints, *, is_dropped: bool = False) -> Remembered:
    """Return what a post is known by, for an issue that sent or dropped it."""
    return Remembered(
        id=post.id,
        issue=issue,
        url=post.url or "",
        title=post.title,
        fingerprint=prints(post) or title_print(post.title),
        sketch=prints.sketch(post),
        day=post.published_at.date().isoformat() if post.published_at else "",
        is_dropped=is_dropped,
    )


def _almost_titled(one: str, other: str) -> bool:
    """Tell whether one title may be the other corrected.

    The same numbers, and nearly the same words.
    """
    # "Week 41" and "Week 42" are two, however alike.
    if _digits(one) != _digits(other) or not one or not other:
        return False
    from difflib import SequenceMatcher

    alike = SequenceMatcher(None, one.casefold(), other.casefold(), autojunk=False)
    # The quick one is an upper bound, and refuses most pairs.
    return alike.quick_ratio() >= _TITLES_ALIKE and alike.ratio() >= _TITLES_ALIKE


def _digits(title: str) -> str:
    return "".join(filter(str.isdigit, title))


def _day_of(post: Post) -> int | None:
    return post.published_at.date().toordinal() if post.published_at else None


@lru_cache(maxsize=4096)
def _ordinal(day: str) -> int | None:
    try:
        return date.fromisoformat(day).toordinal()
    except ValueError:  # none was recorded, too
        return None

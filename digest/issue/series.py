"""What an issue tells of a series: the parts it can lead to, and how titles say their place."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence

from digest.lazy import regex
from digest.models import Post, Value, key


class Numbered(Value):
    """Hold what issues tell of a part of a series that they lead to; thousands are remembered."""

    id: str
    part: int
    title: str
    url: str


PartsOf = Callable[[str], Sequence[Numbered]]
"""Return the archive's parts of a series, by its name."""


def numbered(posts: Iterable[Post], series: str) -> tuple[Numbered, ...]:
    """Return those posts of a series that issues can lead to as its parts."""
    parts = ((post, _part_in(post, series)) for post in posts)
    return tuple(
        Numbered(id=post.id, part=part, title=post.title, url=post.url)
        for post, part in parts
        if part is not None and post.url
    )


def _part_in(post: Post, name: str) -> int | None:
    # nearly all posts of a series write its name alike
    return next((p.part for p in post.series if p.name == name or key(p.name) == key(name)), None)


# "2 ways to prune" counts ways.
_COUNTS = regex(r"\A\s*\d+\s+(?=\w)")
_NUMBER = regex(r"\d+")


def says_part(title: str, part: int, total: int | None = None) -> bool:
    """Tell whether a title itself says which part it is, and of how many where that is known.

    >>> says_part("Bitcoin news #209", 209), says_part("Ferns, part 2", 2, 4)
    (True, False)
    >>> says_part("Ferns, part II", 2), says_part("Ferns, part two", 2), says_part("2 ferns", 2)
    (True, True, False)
    """
    numbers = _NUMBER.findall(title)
    if numbers:
        said = {int(number) for number in _NUMBER.findall(_COUNTS.sub("", title))}
        return {part, total or part} <= said
    from digest.editing.series import marks_in

    return any(mark.part == part and total in (None, mark.total) for mark in marks_in(title))


def told_beside(title: str, own: str) -> str:
    """Return an earlier part's title, unless but for its number it is the one it stands below."""
    return "" if _NUMBER.sub("", title) == _NUMBER.sub("", own) else title


_BETWEEN = regex(r"\s*[:|·]\s+|\s+[–—-]\s+|\s*[(\[]|[)\]]\s*|,\s+(?=\D{0,8}\d+\b)")
_PLACE_ALONE = regex(r"\D{0,10}\d{1,3}\W*")


def without_series(title: str, series: str) -> str:
    """Return a title without its series' name and its place in it, for where both are said already.

    >>> without_series("Greener Leader Blog Series: Part 6 – Trees", "Greener Leader")
    'Trees'
    >>> without_series("The long bench", "Greenhouse notes")
    'The long bench'
    """
    if key(series) not in key(title):
        return title
    pieces = [piece.strip() for piece in _BETWEEN.split(title)]
    own = [p for p in pieces if p and key(series) not in key(p) and not _PLACE_ALONE.fullmatch(p)]
    return ": ".join(own)

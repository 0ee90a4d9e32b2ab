"""What an issue tells of a series: the parts it can lead to, and how titles say their place."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence

from digest.lazy import regex
from digest.models import Link, Post, Value, key


class Numbered(Value):
    """Hold what issues tell of a part of a series that they lead to; thousands are remembered.

    `bare` is the title that the link bears, without its numbers.
    """

    id: str
    part: int
    link: Link
    bare: str


Linked = Callable[[int, str, str], Link]
"""Return the link to a part by its number, its title and its address."""

PartsOf = Callable[[str, Linked], Sequence[Numbered]]
"""Return the archive's parts of a series in their order, by its name, with links to them."""


def numbered(posts: Iterable[Post], series: str, linked: Linked) -> tuple[Numbered, ...]:
    """Return those posts of a series that issues can lead to as its parts, in their order."""
    parts = ((_part_in(post, series), post) for post in posts)
    found = sorted(
        (part, post.title, post.url, post.id)
        for part, post in parts
        if part is not None and post.url
    )
    told = [(part, without_series(title, series), url, id_) for part, title, url, id_ in found]
    return tuple(
        Numbered(id=id_, part=part, link=linked(part, title, url), bare=bare(title))
        for part, title, url, id_ in told
    )


def _part_in(post: Post, name: str) -> int | None:
    # nearly all posts of a series write its name alike
    return next((p.part for p in post.series if p.name == name or key(p.name) == key(name)), None)


def counted(part: int, total: int | None, known: Iterable[int]) -> tuple[int, int | None]:
    """Return which of how many a part is, by the parts that are known and the declared total.

    A part 0 counts, and so does one beyond the total. Without a total nobody knows how many.

    >>> counted(3, 4, [0, 1, 2]), counted(3, 3, [0]), counted(2, 4, [5]), counted(2, None, [1])
    ((4, 4), (4, 4), (2, 5), (2, None))
    """
    numbers = {part, *known}
    begins_at_zero = 0 in numbers
    return part + begins_at_zero, total and max(total, max(numbers) + begins_at_zero)


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


def bare(title: str) -> str:
    """Return a title without its numbers: parts whose titles tell nothing else are alike."""
    return _NUMBER.sub("", title)


_BETWEEN = regex(r"\s*[:|·]\s+|\s+[–—-]\s+|\s*[(\[]|[)\]]\s*|,\s+(?=\D{0,8}\d+\b)")
_PLACE_ALONE = regex(r"\D{0,10}\d{1,3}\W*")


def without_series(title: str, series: str) -> str:
    """Return a title without its series' name and its place in it, for where both are said already.

    >>> without_series("Greener Leader Blog Series: Part 6 – Trees", "Greener Leader")
    'Trees'
    >>> without_series("Ferns, part 1 of 4: moss", "Ferns"), without_series("Mo: part two", "Mo")
    ('moss', '')
    >>> without_series("The long bench", "Greenhouse notes")
    'The long bench'
    """
    if key(series) not in key(title):
        return title
    from digest.editing.series import marks_in

    said = {"", *(mark.raw for mark in marks_in(title))}
    pieces = [piece.strip() for piece in _BETWEEN.split(title) if key(series) not in key(piece)]
    return ": ".join(p for p in pieces if p not in said and not _PLACE_ALONE.fullmatch(p))

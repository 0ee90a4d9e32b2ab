"""How large and how long a template's work may become: a slip is not to fill memory, or a day.

Every value that an operator, a filter or a call touches is measured as it would be written, and all
work of one rendering is counted. It is a guard against accidents: a template is its owner's own.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sized
from contextlib import contextmanager
from contextvars import ContextVar
from itertools import islice
from typing import Any, Final

LONGEST: Final = 1_000_000
"""The most characters of a text, or elements of a list, that an expression may make."""

LONGEST_PAGE: Final = 10 * LONGEST
"""The most characters that a template, a macro or a block may print."""

MOST_BITS: Final = 4096
"""Those of a number of over a thousand digits, which no page has a use for."""

# In rounds of loops: some seconds, of which the page of an ordinary issue takes a thousandth.
_MOST_WORK: Final = 50 * LONGEST
CALL: Final = 200
"""What a call of a macro takes in this measure."""
# And what a character that a filter reads does.
_CHARACTER: Final = 4


class TooMuch(ValueError):
    """Tell that a template makes or does more than it may."""


_USUAL = (list, tuple, range)  # of which one need not ask whether they have a length
_TEXTS = (str, bytes)
_NESTED = (list, tuple, dict, set, frozenset)

COUNTED: Final = "a loop counted"
"""The filter that counts a loop; no template can write its name."""

WEIGHED: Final = "a value weighed"
"""The filter that weighs what grows without any other; no template can write its name."""

_left: ContextVar[list[int] | None] = ContextVar("left", default=None)


@contextmanager
def working() -> Iterator[None]:
    """Count the work of one rendering."""
    before = _left.set([_MOST_WORK])
    try:
        yield
    finally:
        _left.reset(before)


def spend(work: int) -> None:
    """Count what is about to be done.

    Raises:
        TooMuch: if one rendering does far too much.
    """
    left = _left.get()
    if left is None:
        return
    left[0] -= work
    if left[0] < 0:
        raise TooMuch("the template works for too long: its loops or macros go through too much")


def refuse_beyond(length: int, most: int = LONGEST) -> None:
    """Refuse what would be longer than anything may be.

    Raises:
        TooMuch: saying how long.
    """
    if length > most:
        raise TooMuch(f"the result would be {length:,} long; {most:,} is the most there can be")


def size(value: Any) -> int:
    """Return about how many characters a value has when it is written, as far as it matters.

    >>> size(["one", ["two", 3]]), size("abc"), size(None)
    (10, 3, 0)
    """
    total, waiting = 0, [value]
    # A list may hold one other a thousand times, and that one a third: what is too much is enough.
    while waiting and total <= LONGEST:
        one = waiting.pop()
        if isinstance(one, _TEXTS):
            total += len(one)
        elif isinstance(one, int):
            total += one.bit_length() // 3
        elif isinstance(one, range):
            total += 6 * len(one)
        elif isinstance(one, _NESTED):
            total += len(one)
            waiting += (*one, *one.values()) if isinstance(one, dict) else one
    return total


def multiplied(left: Any, right: Any) -> None:
    """Refuse a list or text that is repeated too often, or a product of too many digits.

    Raises:
        TooMuch: if it would be one.
    """
    if isinstance(left, int) and isinstance(right, int):
        if left.bit_length() + right.bit_length() > MOST_BITS:
            raise TooMuch("the result of * would be too large a number")
        return
    # Whichever side it stands on.
    for many, times in ((left, right), (right, left)):
        if isinstance(times, int):
            refuse_beyond(size(many) * times)


def measured(*values: Any) -> None:
    """Refuse values of which one is too large, and count what they are together as work.

    Raises:
        TooMuch: if one is.
    """
    total = 0
    for value in values:
        length = size(value)
        refuse_beyond(length)
        total += length
    spend(CALL + _CHARACTER * total)


def weighed(value: Any) -> Any:
    """Return a value that is not too large.

    Raises:
        TooMuch: if it is.
    """
    # Most are short texts, and a page has many.
    refuse_beyond(len(value) if type(value) is str else size(value))
    return value


def whole(pieces: Iterable[str]) -> str:
    """Return what a template, a macro or a block printed.

    Raises:
        TooMuch: if it is too much.
    """
    kept: list[str] = []
    total, waiting = 0, iter(pieces)
    # A generator is stopped before it has filled the memory; an ordinary page is one round.
    while some := list(islice(waiting, 10_000)):
        total += sum(map(len, some))
        refuse_beyond(total, LONGEST_PAGE)
        kept += some
    return "".join(kept)


def gathered(value: Any) -> Any:
    """Return what an iterator gives as a tuple that is not too large, and anything else as it is.

    Raises:
        TooMuch: if it gives too much.
    """
    if not isinstance(value, Iterator):
        return value
    kept, total = [], 0
    for one in value:
        total += 1 + size(one)
        refuse_beyond(total)
        kept.append(one)
    return tuple(kept)


def counted(value: Iterable[Any]) -> Iterable[Any]:
    """Return what a loop goes through, counted as work."""
    if type(value) not in _USUAL and not isinstance(value, Sized):
        return _one_by_one(value) if isinstance(value, Iterator) else value
    spend(len(value))  # type: ignore[arg-type]
    return value


def _one_by_one(values: Iterator[Any]) -> Iterator[Any]:
    for value in values:
        spend(1)
        yield value


def replaced(value: Any, old: Any, new: Any, *_: Any, **__: Any) -> int:
    """Return how long a text would be, at most, with one of its parts replaced."""
    text, old, new = str(value), str(old), str(new)
    return len(text) + text.count(old) * max(0, len(new) - len(old))

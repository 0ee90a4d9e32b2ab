"""The one answer to "did you mean": which known name was probably meant by one that is not known.

A suggestion is never the word itself, and never far-fetched: a reader who follows it should be
right nearly always, since none at all costs less than a wrong one.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

# The least likeness of a name that is suggested, from 0 to 1, as difflib counts it.
_ALIKE = 0.6

# How much of a plain name may be mistyped, counted in letters put in, left out, changed or swapped:
# "user" is not meant to be "series", though difflib finds more than half of it there.
_MISTYPED = 0.3

# How many names a hint lists before it only counts the others.
_SHOWN = 12


def nearest(word: str, known: Iterable[str], *, alike: float = _ALIKE) -> str | None:
    """Return the known name that a word was probably meant to be, None if none is near enough.

    Case counts for nothing, and in an address only what differs counts: two pages of one site are
    alike by their last words, not by the site's name.

    >>> nearest("adress", ["address", "sender"]), nearest("weekly", ["weekly"])
    ('address', None)
    >>> nearest("Weekly", ["daily", "weekly"])
    'weekly'
    >>> nearest("https://a.example/nope/", ["https://a.example/71/"]) is None
    True
    """
    names = {name.casefold(): name for name in known if name != word}
    wanted = word.casefold()
    if wanted in names:
        return names[wanted]
    possible = [name for name in names if _most_alike(wanted, name) >= alike]
    if not possible:
        return None
    from difflib import get_close_matches  # a library that most commands need not import

    close = get_close_matches(wanted, possible, cutoff=alike)
    return next((names[name] for name in close if _is_alike(wanted, name, alike)), None)


def or_meant(word: str, known: Iterable[str]) -> str:
    """Return what follows a sentence on a name that is not known: the nearest one, or nothing.

    >>> or_meant("uper", ["upper"]), or_meant("x", ["upper"])
    ('; did you mean upper?', '')
    """
    near = nearest(word, known)
    return f"; did you mean {near}?" if near else ""


def did_you_mean(word: str, known: Iterable[str], *, there_are: str = "There are") -> str:
    """Return the hint for a name that is not known: the nearest one, else what there is.

    >>> did_you_mean("weakly", ["weekly", "briefing"])
    'Did you mean "weekly"?'
    >>> did_you_mean("x", ["b", "a"]), did_you_mean("x", [])
    ('There are: a, b.', 'There is none yet.')
    """
    names = sorted(set(known))
    near = nearest(word, names)
    if near is not None:
        return f'Did you mean "{near}"?'
    if not names:
        return "There is none yet."
    more = f" and {len(names) - _SHOWN} more" if len(names) > _SHOWN else ""
    return f"{there_are}: {', '.join(names[:_SHOWN])}{more}."


def _most_alike(one: str, other: str) -> float:
    """Return how alike two different names are at most, by the letters they share.

    >>> _most_alike("posts", "templates") < _ALIKE < _most_alike("tempaltes", "templates")
    True
    """
    shared = sum((Counter(one) & Counter(other)).values())
    return 2 * shared / (len(one) + len(other))


def _is_alike(wanted: str, name: str, alike: float) -> bool:
    """Tell whether one name may be another mistyped, or two addresses are alike in what differs."""
    if "/" not in wanted or "/" not in name:
        is_beginning = len(wanted) > 2 and name.startswith(wanted)
        return is_beginning or _slips(wanted, name) <= max(1, _MISTYPED * len(wanted))
    return alike_where_they_differ(wanted, name) >= alike


def alike_where_they_differ(one: str, other: str) -> float:
    """Return how alike two addresses are, from 0 to 1, beyond the folders that they share.

    >>> alike_where_they_differ("https://a.example/mos/", "https://a.example/moss/") > 0.8
    True
    >>> alike_where_they_differ("https://a.example/nope/", "https://a.example/frost/") < 0.3
    True
    """
    from difflib import SequenceMatcher

    return SequenceMatcher(None, *_apart(one.strip("/"), other.strip("/"))).ratio()


def _slips(one: str, other: str) -> int:
    """Return how many slips of the pen make one word of another (Damerau's, 1964).

    >>> _slips("wekely", "weekly"), _slips("bulid", "build"), _slips("user", "series")
    (1, 1, 4)
    """
    last: list[int] = []
    row = list(range(len(other) + 1))
    for i, letter in enumerate(one, 1):
        before, last, row = last, row, [i]
        for j, theirs in enumerate(other, 1):
            slips = min(last[j] + 1, row[-1] + 1, last[j - 1] + (letter != theirs))
            if i > 1 and j > 1 and (letter, one[i - 2]) == (other[j - 2], theirs):
                slips = min(slips, before[j - 2] + 1)
            row.append(slips)
    return row[-1]


def _apart(one: str, other: str) -> tuple[str, str]:
    """Return two addresses without the folders that they share."""
    ours, theirs = one.split("/"), other.split("/")
    while len(ours) > 1 and len(theirs) > 1 and ours[0] == theirs[0]:
        ours, theirs = ours[1:], theirs[1:]
    return "/".join(ours), "/".join(theirs)

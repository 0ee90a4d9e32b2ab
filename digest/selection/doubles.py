"""Finds the same post twice among the candidates of one issue, and keeps one of them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from math import inf
from typing import Any

from digest.models import Post
from digest.selection import order
from digest.selection.judging import Judged
from digest.selection.past import Known, Prints, Whole, marks, title_print
from digest.selection.wishes import Wishes

# A later sending of one of these would bring its double after all.
_WAITING = ("settling", "cool-down", "later", "twin")
"""Rules by which a post waits: its double waits with it, or would come in its place."""


def refuse_doubles(judged: list[Judged], asked: Wishes, prints: Prints) -> list[Judged]:
    """Keep one of the candidates that are the same post, and return what is kept.

    Pinned, else what the editor left out (the double of a dropped post is dropped as well), else
    carried over, else what is no copy by its own word, else the oldest; of one second the longest,
    and in one source what was seen last: a blog that moved has its posts there now.
    """
    entries = [j for j in judged if _may_come(j, asked)]
    # In the order of preference: whoever comes first stays, and the others find it here.
    known, kept = Known(prints), dict[str, Judged]()
    for entry in sorted(_alike(entries), key=lambda j: _preference(j, asked)):
        if found := known.find(entry.post):
            _refuse(entry, kept[found[0]], found[1])
        elif other := _seems_to_be(entry, kept.values()):
            _hold_back(entry, other)
        else:
            known.add_post(entry.post.id, entry.post)
            kept[entry.post.id] = entry
    return [entry for entry in entries if entry.double_of is None]


def twins(posts: Iterable[Post], whole: Whole) -> dict[str, str]:
    """Return the id of each post that is another one by another name, with the id of that one.

    `whole` is asked for the words of those that look alike.
    """
    known, found = Known(Prints(whole)), dict[str, str]()
    for post in sorted(posts, key=which_first):
        if other := known.find(post):
            found[post.id] = other[0]
        else:
            known.add_post(post.id, post)
    return found


def carry_doubles(judged: list[Judged]) -> None:
    """Let a double wait as long as the post it doubles, which may be withdrawn before it comes."""
    for entry in judged:
        if entry.double_of and entry.rule == "same-post":
            entry.is_carried = entry.double_of.is_carried


def _may_come(entry: Judged, asked: Wishes) -> bool:
    return entry.verdict == "chosen" or entry.rule in _WAITING or entry.post.id in asked.dropped


def _alike(entries: list[Judged]) -> list[Judged]:
    """Return those that share an address, title or date with another.

    Few, of however many there are.
    """
    marked = [(entry, marks(entry.post)) for entry in entries]
    counted = Counter(mark for _, own in marked for mark in own)
    shared = {mark for mark, count in counted.items() if count > 1}
    return [entry for entry, own in marked if not shared.isdisjoint(own)]


def _seems_to_be(entry: Judged, kept: Any) -> Judged | None:
    """Return what is kept of another source under the same title and of the same day."""
    post = entry.post
    # Who pinned or dropped it has seen both, and decided.
    if entry.rule in ("pinned", "dropped") or not post.published_at:
        return None
    title, day = title_print(post.title), post.published_at.date()
    return next(
        (
            other
            for other in kept
            if title
            and title_print(other.post.title) == title
            and other.post.source != post.source
            and other.post.published_at
            and other.post.published_at.date() == day
        ),
        None,
    )


def _refuse(entry: Judged, other: Judged, shared: str) -> None:
    """Refuse the double of a post that is kept; what the editor said of it stands."""
    entry.double_of = other
    if entry.rule in ("dropped", "later"):
        return
    entry.mark, entry.is_carried, entry.verdict = "", False, "refused"
    entry.detail = f'has the same {shared} as "{other.post.title}" of {other.post.source}'
    entry.rule = "same-post"
    if other.rule == "dropped":
        entry.rule, entry.detail = "dropped", f"{entry.detail}, which is dropped in editor.md"


def _hold_back(entry: Judged, other: Judged) -> None:
    entry.verdict, entry.rule, entry.mark = "waiting", "twin", ""
    entry.is_carried, entry.double_of = True, other
    entry.detail = (
        f'seems to be "{other.post.title}" of {other.post.source}, '
        "by the same title and date; pin it to send both, drop it to be asked no more"
    )


def _preference(entry: Judged, asked: Wishes) -> tuple[Any, ...]:
    post = entry.post
    return (
        asked.pinned.get(post.id, inf),
        entry.rule not in ("dropped", "later"),
        entry.rule != "carried-over",
        *which_first(post),
    )


def which_first(post: Post) -> tuple[Any, ...]:
    """Return what sorts the one to keep of posts that are the same before the others."""
    return (
        # A copy names where it was published first; between others the oldest is the first.
        bool(post.original),
        order.seconds(post),
        -post.words,
        post.source,
        -post.first_seen_at.timestamp() if post.first_seen_at else 0,
        post.id,
    )

"""What becomes of an issue as its budget shrinks, from all of it to the error that says what would do.

`shortening.txt` holds issues, and below each every form that a budget gives it: its bytes, how each post
is shown, and how many pages were made to find that out where it takes less than allowed, and exactly that.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable, Iterator
from functools import partial
from itertools import groupby
from pathlib import Path

import pytest

from digest.errors import ConfigError, EditorError
from digest.issue.budget import within
from digest.models import Decision, Issue, Page, PostView, Rendered, SectionView, Slotted
from digest.rendering import dialect, fill
from digest.rendering.page.levels import more, shortened
from tests.golden import hold
from tests.rendering.issues import issue

Found = tuple[Issue, Rendered, int]


def drawn(said: str) -> Issue:
    """Return an issue of which each line is a post: who put it there, its excerpt and its body."""
    posts, decisions = [], []
    for number, line in enumerate(said.splitlines()):
        kind, excerpt, body = line.split()
        title = f"{kind}{number}"
        post = PostView(
            id=f"link:{title}" if kind == "link" else title,
            url="" if kind == "nameless" else f"https://garden.example/{title}/",
            title="" if kind == "nameless" else title,
            excerpt="e" * int(excerpt),
            body="b" * int(body),
        )
        posts.append(post)
        rule = "pinned" if kind == "pinned" else "window"
        decisions.append(Decision(id=title, url="", title=title, verdict="chosen", rule=rule))
    section = SectionView(title="All", posts=tuple(posts[1:]))
    return issue(featured=posts[0], sections=(section,), decisions=tuple(decisions))


def paged(one: Issue) -> Rendered:
    """Render by a template that shows bodies, and as much again as there are posts beside a post."""
    shown = shortened(one)
    told = [[post.url or post.title, post.title, post.body or post.excerpt] for post in shown.posts]
    values = [value for post in told for value in post if value]
    crowd = sum(bool(post.body) for post in shown.posts) ** 2
    values += [more(one), "c" * crowd]
    page = Page(
        kind="html",
        segments=("<td>",) * (len(values) + 1),
        places=tuple(range(len(values))),
        values=tuple(Slotted(kind="text", value=value) for value in values),
    )
    return Rendered(email=page, web=page, text=page)


def size(one: Issue, pages: Rendered) -> int:
    return len(fill(pages.email, dialect(one.service), one))


def counted(whole: Issue, most: int, render: Callable[[Issue], Rendered]) -> Found:
    """Return the issue as it fits, its pages, and how many were made to find it."""
    made = 0

    def counting(one: Issue) -> Rendered:
        nonlocal made
        made += 1
        return render(one)

    found, pages = within(whole, most, counting)
    return found, pages, made


def is_pinning_told(whole: Issue, render: Callable[[Issue], Rendered], most: int) -> bool:
    """Tell whether what is pinned is what does not fit."""
    with pytest.raises((EditorError, ConfigError)) as told:
        within(whole, most, render)
    return told.type is EditorError


def descent(whole: Issue, render: Callable[[Issue], Rendered]) -> Iterator[str]:
    """Yield each form that an issue takes while its budget shrinks by what just does not fit."""
    most = size(whole, render(whole))
    while True:
        try:
            found, pages, made = counted(whole, most, render)
        except EditorError as told:
            # Below this, unpinning would not do.
            least = bisect_left(range(most), True, key=partial(is_pinning_told, whole, render))
            yield f"{most} to {least} bytes: {told}"
            most = least - 1
            continue
        except ConfigError as told:
            yield f"{most} bytes: {told}"
            return
        taken = size(found, pages)
        alike = groupby(found.posts, key=lambda post: post.shown)
        shown = ", ".join(f"{len(list(posts))} {level}" for level, posts in alike)
        again, same, by = counted(whole, taken, render)
        assert (again, same) == (found, pages), "what fits exactly fits"
        yield f"{most} to {taken} bytes, by {made} and {by} pages: {shown}"
        most = taken - 1


def test_an_issue_is_shortened_to_this_as_its_budget_shrinks() -> None:
    def answer(_: str, said: str) -> str:
        return "\n".join(descent(drawn(said), paged))

    hold(Path(__file__).with_name("shortening.txt"), answer)

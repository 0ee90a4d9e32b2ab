"""Keeps an issue within its edition's byte budget by showing less of its last posts.

The budget counts the bytes of email.html in the dialect of the issue's service. An issue beyond it
is shortened by a ladder, one rung at a time: first bodies give way to excerpts, then excerpts and
pictures to titles alone, then posts to a line that counts those left to the site. Every rung starts
with the last post of the last section and goes no further up than it must. What the editor pinned
or added is never touched, and the featured post only once all others have been left out.

What a post takes is read off compiled pages: one rendering shows what a rung can save at most, one
more usually finds how far it has to reach, and one that less would be too little. This room refuses
to choose posts, to change words, and to write.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Iterator, Mapping, Sequence
from itertools import accumulate
from typing import Final

from digest import rendering
from digest.errors import ConfigError, DigestError, EditorError, TemplateError
from digest.models import Issue, Page, PostCost, PostView, Rendered, Shown, Value, replace
from digest.rendering.page import cut, more, post_bytes

Render = Callable[[Issue], Rendered]
"""Return an issue's pages."""

Fill = Callable[[Issue, Page], str]
"""Return the HTML of an issue's email, which is ASCII, in the dialect of its service."""

LADDER: Final[tuple[Shown, ...]] = ("full", "excerpt", "title", "left")
# Each measures what the one before it saved; two nearly always do. After so many it is halved.
_ROUNDS = 4
# More than these would make the error longer than a screen.
_NAMED_POSTS = 8


class _Attempt(Value):
    """Hold an issue shortened in some way, its pages and size, and what each of its posts takes."""

    issue: Issue
    pages: Rendered
    html_bytes: int
    posts: tuple[int, ...]


def within(
    issue: Issue, max_bytes: int, render: Render, fill: Fill | None = None
) -> tuple[Issue, Rendered]:
    """Return an issue and its pages, shortened if its HTML would be larger than `max_bytes`.

    An issue within the budget comes back as it is. The outcome depends on nothing but the
    arguments. `fill` makes the whole page's text, for a caller that has more use for it.

    Raises:
        EditorError: if what editor.md pins or adds does not fit; names it with its bytes.
        ConfigError: if the budget is too small for the page and its featured post.
        TemplateError: if posts were left to the site and the template did not say so; and as
            `render`.
    """
    pages = render(issue)
    size = len(fill(issue, pages.email)) if fill else _size(issue, pages.email)
    if size <= max_bytes:
        return issue, pages
    return _Press(issue, max_bytes, render).pressed(pages)


def costs(issue: Issue, pages: Rendered) -> tuple[PostCost, ...]:
    """Return what each post of an issue takes of its email, in reading order."""
    pinned = _pinned(issue)
    sizes = post_bytes(issue, pages.email)
    return tuple(
        PostCost(title=post.title, shown=post.shown, html_bytes=size, is_pinned=post.id in pinned)
        for post, size in zip(issue.posts, sizes, strict=True)
    )


def _size(issue: Issue, page: Page) -> int:
    return len(rendering.fill(page, rendering.dialect(issue.service), issue).encode())


def _pinned(issue: Issue) -> frozenset[str]:
    """Return the ids of the posts that the editor put into the issue by hand."""
    pinned = {d.id for d in issue.decisions if d.rule == "pinned"}
    return frozenset(pinned | {post.id for post in issue.posts if post.id.startswith("link:")})


class _Press:
    """Shorten one issue, whose posts are known by their number in reading order."""

    def __init__(self, issue: Issue, max_bytes: int, render: Render) -> None:
        self.issue, self.max_bytes, self.render = issue, max_bytes, render
        pinned = _pinned(issue)
        movable = [number for number, post in enumerate(issue.posts) if post.id not in pinned]
        self.featured = [number for number in movable if issue.featured and number == 0]
        self.others = [number for number in movable if number not in self.featured]

    def pressed(self, pages: Rendered) -> tuple[Issue, Rendered]:
        """Return the issue with its pages, shortened no further than it must be.

        Raises:
            EditorError, ConfigError, TemplateError: as `within` says.
        """
        above, levels = self.measured(self.issue, pages), dict[int, Shown]()
        for posts, rung in self._descent():
            if self.fits(above):
                break
            lower = levels | dict.fromkeys(posts, rung)
            below = self.attempt(lower)
            if below.pages.email == above.pages.email:
                continue  # the template shows nothing that this rung takes away
            above = self.between(above, below, levels, posts, rung) if self.fits(below) else below
            levels = lower
        if not self.fits(above):
            raise _unmet(above, self.max_bytes)
        _refuse_silence(above)
        return above.issue, above.pages

    def _descent(self) -> Iterator[tuple[Sequence[int], Shown]]:
        """Yield each rung with the posts it is for.

        The featured post comes last and always stays.
        """
        yield from ((self.others, rung) for rung in LADDER[1:])
        yield from ((self.featured, rung) for rung in LADDER[1:-1])

    def between(
        self,
        above: _Attempt,
        below: _Attempt,
        levels: Mapping[int, Shown],
        posts: Sequence[int],
        rung: Shown,
    ) -> _Attempt:
        """Return the least shortened attempt that fits; `below` shortens all posts, `above` none.

        Every try tells by how much the sum of the posts' bytes is off, which the next one takes
        into account.
        """
        saved = self._savings(above, below, posts)
        sizes = list(accumulate(saved, initial=below.html_bytes))
        kept, too_many, off = 0, len(posts), 0
        best, rounds = below, 0
        while kept + 1 < too_many:  # until the next post up is known to be too much
            guess = bisect_right(sizes, self.max_bytes - off) - 1
            count = min(max(guess, kept + 1), too_many - 1)
            if rounds >= _ROUNDS:
                count = (kept + too_many) // 2
            tried = self.attempt({**levels, **dict.fromkeys(posts[count:], rung)})
            off, rounds = tried.html_bytes - sizes[count], rounds + 1
            if self.fits(tried):
                kept, best = count, tried
            else:
                too_many = count
        return best

    def _savings(self, above: _Attempt, below: _Attempt, posts: Sequence[int]) -> list[int]:
        """Return the bytes by which each post became less.

        All of them together are what the page lost.
        """
        pairs = zip(map(cut, above.issue.posts), map(cut, below.issue.posts), strict=True)
        is_less = [
            seen != replace(left, shown=seen.shown) or left.shown == "left" for seen, left in pairs
        ]
        shrunk = [at for at, number in enumerate(posts) if is_less[number]] or list(
            range(len(posts))
        )
        saved = [0] * len(posts)
        for at in shrunk:
            saved[at] = max(0, above.posts[posts[at]] - below.posts[posts[at]])
        lost = above.html_bytes - below.html_bytes
        if not any(saved):  # the page does not show which bytes are whose
            return [max(1, lost // len(shrunk)) if at in shrunk else 0 for at in range(len(posts))]
        saved[shrunk[-1]] += max(
            0, lost - sum(saved)
        )  # where the last post ends is known the least
        return saved

    def fits(self, attempt: _Attempt) -> bool:
        return attempt.html_bytes <= self.max_bytes

    def attempt(self, levels: Mapping[int, Shown]) -> _Attempt:
        """Return the issue with its posts shown at these levels, rendered."""
        issue = shown_at(self.issue, levels)
        return self.measured(issue, self.render(issue))

    def measured(self, issue: Issue, pages: Rendered) -> _Attempt:
        """Return an issue with its size and what its posts take of it."""
        return _Attempt(
            issue=issue,
            pages=pages,
            html_bytes=_size(issue, pages.email),
            posts=post_bytes(issue, pages.email),
        )


def shown_at(issue: Issue, levels: Mapping[int, Shown]) -> Issue:
    """Return the issue with some posts, by their number in reading order, shown at other levels."""
    posts: list[PostView] = [
        replace(post, shown=levels[number]) if number in levels else post
        for number, post in enumerate(issue.posts)
    ]
    featured = posts.pop(0) if issue.featured else None
    rest = iter(posts)
    sections = tuple(
        replace(section, posts=tuple(next(rest) for _ in section.posts))
        for section in issue.sections
    )
    return replace(issue, featured=featured, sections=sections)


# ---------------------------------------------------------------- when it cannot be


def _refuse_silence(attempt: _Attempt) -> None:
    """Refuse to leave posts out without a word.

    Raises:
        TemplateError: if posts are left to the site and the page does not say so.
    """
    line = more(attempt.issue)
    if line and not any(line in value.value for value in attempt.pages.email.values):
        raise TemplateError(
            "the issue is too large, and the template does not say how many posts are left to the "
            "site",
            where=f"{attempt.issue.template}/issue.mjml.j2",
            hint="Print {{ more }} after the posts, or raise max_bytes.",
        )


def _unmet(floor: _Attempt, max_bytes: int) -> DigestError:
    """Return the error of an issue that is too large though everything that may be shortened is."""
    issue, edition = floor.issue, f"[edition.{floor.issue.edition}] max_bytes"
    pinned = sorted(
        (cost for cost in costs(issue, floor.pages) if cost.is_pinned),
        key=lambda cost: -cost.html_bytes,
    )
    total = sum(cost.html_bytes for cost in pinned)
    raised = f"Raise {edition} to {floor.html_bytes:,} or more".replace(",", "_")
    if not pinned or floor.html_bytes - total > max_bytes:
        least = f"with all posts shortened it takes {floor.html_bytes:,}"
        message = f"{max_bytes:,} bytes cannot be met: {least}"
        return ConfigError(message, where=edition, hint=f"{raised}.")
    named = [f'"{cost.title}" ({cost.html_bytes:,})' for cost in pinned[:_NAMED_POSTS]]
    if len(pinned) > _NAMED_POSTS:
        named.append(f"{len(pinned) - _NAMED_POSTS} more")
    message = (
        f"{max_bytes:,} bytes cannot be met: what is pinned here takes {total:,} of "
        f"{floor.html_bytes:,}: "
        f"{', '.join(named)}"
    )
    return EditorError(
        message, where=f"issues/{issue.id}/editor.md", hint=f"{raised}, or unpin some."
    )

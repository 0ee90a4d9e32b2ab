"""What each post of an issue costs: the bytes of its part of a filled page.

A compiled page is fixed segments with values between. A post's part begins at the first value that
is its address and goes on to where the next post's begins; its markup is in it, since every block
of a page repeats the markup of its layout. Good to within the markup between two posts, not to the
byte.
"""

from __future__ import annotations

from digest.models import Issue, Page, Slotted, replace
from digest.rendering.page.slots import dialect, fill

_GAP = "\0"  # filling drops it from every value


def post_bytes(issue: Issue, page: Page) -> tuple[int, ...]:
    """Return the bytes of each post on its page, in reading order; 0 where it is not shown.

    The page is filled in the dialect of the issue's service, in which the bytes count.
    """
    posts = issue.posts
    anchors: dict[str, int] = {}
    for number, post in enumerate(posts):
        if post.shown != "left":
            anchors.setdefault(post.url or post.title, number)
    totals = [0] * len(posts)
    owner: int | None = None
    run = usual = 0
    for place, text, segment in zip(
        page.places, _texts(issue, page), page.segments[1:], strict=True
    ):
        found = anchors.get(page.values[place].value)
        if found is None:
            run += len(text)
        else:
            if owner is not None:
                totals[owner] += run
            totals[found] += len(text)
            usual = usual if found == owner else run
            owner, run = found, 0
        run += len(segment)
    if owner is not None:
        totals[owner] += min(run, usual)  # the last part ends where the one before it did
    return tuple(totals)


def _texts(issue: Issue, page: Page) -> list[str]:
    """Return what stands at each place of the filled page, regions that may be dropped included."""
    values = tuple(
        value if value.kind in ("text", "html", "slot") else Slotted(kind="text", value="")
        for value in page.values
    )
    apart = replace(page, segments=(_GAP,) * len(page.segments), values=values)
    return fill(apart, dialect(issue.service), issue).split(_GAP)[1:-1]
